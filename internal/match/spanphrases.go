package match

// SpanPhrases returns the phrases of a span, in their order, but for those that it avoids.
func SpanPhrases(s Span) (phrases []Phrase) {
	switch s := s.(type) {
	case SpanWords:
		return s
	case SpanOr:
		for _, of := range s {
			phrases = append(phrases, SpanPhrases(of)...)
		}
	case SpanNear:
		for _, of := range s.Of {
			phrases = append(phrases, SpanPhrases(of)...)
		}
	case SpanNotNear:
		return SpanPhrases(s.Of)
	}
	return phrases
}
