package topic

import (
	"slices"
	"strconv"

	"github.com/newsq/newsq/internal/match"
)

// The leaves of rules that are Spans. Package match searches for them, in articles with the
// terms that they need.

// appendSpanKey appends what is the same for equal spans alone.
func appendSpanKey(key []byte, s match.Span) []byte {
	switch s := s.(type) {
	case match.SpanWords:
		key = append(key, 'w', '(')
		for _, ph := range s {
			key = appendPhraseKey(key, ph)
		}
	case match.SpanOr:
		key = append(key, 'o', '(')
		for _, of := range s {
			key = appendSpanKey(key, of)
		}
	case match.SpanNear:
		key = appendJoinKey(append(key, 'n'), s.Distance, s.Unit, s.Ordered)
		for _, of := range s.Of {
			key = appendSpanKey(key, of)
		}
	case match.SpanNotNear:
		key = appendJoinKey(append(key, 'a'), s.Distance, s.Unit, s.Ordered)
		key = appendSpanKey(appendSpanKey(key, s.Of), s.Avoid)
	}
	return append(key, ')')
}

func appendJoinKey(key []byte, distance int, unit match.Unit, ordered bool) []byte {
	key = strconv.AppendInt(key, int64(distance), 10)
	key = append(key, byte(unit))
	return append(strconv.AppendBool(key, ordered), '(')
}

// requiredBySpan returns sets of terms, of each of which one occurs wherever a span does.
func (c *compiler) requiredBySpan(s match.Span) [][]int32 {
	switch s := s.(type) {
	case match.SpanWords:
		return c.requiredByNear(match.Near{Operands: [][]match.Phrase{s}})
	case match.SpanOr:
		var sets []int32
		for _, of := range s {
			needs := c.requiredBySpan(of)
			if len(needs) == 0 {
				return nil
			}
			sets = append(sets, needs[0]...)
		}
		return [][]int32{sets}
	case match.SpanNear:
		var needs [][]int32
		for _, of := range s.Of {
			needs = append(needs, c.requiredBySpan(of)...)
		}
		return needs
	case match.SpanNotNear:
		return c.requiredBySpan(s.Of)
	}
	return nil
}

// walkPhrases calls f with the phrases of a span until it returns false.
func walkPhrases(s match.Span, f func(match.Phrase) bool) bool {
	each := func(spans []match.Span) bool {
		return !slices.ContainsFunc(spans, func(of match.Span) bool { return !walkPhrases(of, f) })
	}
	switch s := s.(type) {
	case match.SpanWords:
		return !slices.ContainsFunc(s, func(ph match.Phrase) bool { return !f(ph) })
	case match.SpanOr:
		return each(s)
	case match.SpanNear:
		return each(s.Of)
	case match.SpanNotNear:
		return each([]match.Span{s.Of, s.Avoid})
	}
	return true
}

// spanWithWords is withWords for a span.
func (r *evaluator) spanWithWords(s match.Span) match.Span {
	each := func(spans []match.Span) []match.Span {
		of := make([]match.Span, len(spans))
		for i, s := range spans {
			of[i] = r.spanWithWords(s)
		}
		return of
	}
	switch s := s.(type) {
	case match.SpanWords:
		words := make(match.SpanWords, len(s))
		for i, ph := range s {
			words[i] = r.phraseWithWords(ph)
		}
		return words
	case match.SpanOr:
		return match.SpanOr(each(s))
	case match.SpanNear:
		s.Of = each(s.Of)
		return s
	case match.SpanNotNear:
		s.Of, s.Avoid = r.spanWithWords(s.Of), r.spanWithWords(s.Avoid)
		return s
	}
	return s
}

// phraseWithWords returns a phrase with the first word of the article for each stem.
func (r *evaluator) phraseWithWords(p match.Phrase) match.Phrase {
	p.Terms = slices.Clone(p.Terms)
	for i, s := range p.Terms {
		if t, ok := r.program.terms[s.Text]; ok && s.Kind == match.SameStem && r.terms[t].last > 0 {
			p.Terms[i].Text = r.doc.Vocabulary.Words[r.occurrences[r.terms[t].first].word]
		}
	}
	return p
}

// isAsLong reports whether an article is as long as p says.
func (r *evaluator) isAsLong(p match.Length) bool {
	words := 0
	for _, f := range [...]match.Field{match.Title, match.Heading, match.Body} {
		if runs, start := r.doc.Field(f); len(runs) > 0 {
			words += runs[len(runs)-1].End - start
		}
	}
	return words >= p.Min && (p.Max < 0 || words <= p.Max)
}
