package index

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/snippet"
	"github.com/newsq/newsq/internal/text"
)

// addSpans adds the pattern of a Spans, which weighs as much as the first phrases of what
// it asks for. How often something must occur is not looked at: an article was found, and
// all that counts is marked.
func (h *highlighter) addSpans(ctx context.Context, snap engine.Snapshot, leaf match.Leaf, p match.Spans) error {
	marks := match.SplitMarks(p.Marks)
	if p.Lead > 0 {
		marks = append(marks, leadMark(p.Lead))
	}
	spans := &snippet.Spans{Marks: match.JoinMarks(marks)}
	h.noteMarks(spans.Marks)
	var weighed []string
	var err error
	if spans.Of, err = h.span(p.Of, &weighed); err != nil {
		return err
	}
	return h.add(ctx, snap, leaf, snippet.Pattern{Spans: spans}, weighed...)
}

// span returns a span as passages are looked for, and adds the stems by which it is weighed.
func (h *highlighter) span(s match.Span, weighed *[]string) (of snippet.Span, err error) {
	switch s := s.(type) {
	case match.SpanWords:
		for i, phrase := range s {
			terms, stems, err := h.terms(phrase)
			if err != nil {
				return of, err
			}
			if i == 0 {
				*weighed = append(*weighed, stems...)
			}
			of.Words = append(of.Words, terms)
		}
	case match.SpanOr:
		before := len(*weighed)
		for i, alternative := range s {
			one, err := h.span(alternative, weighed)
			if err != nil {
				return of, err
			}
			of.Or = append(of.Or, one)
			if i == 0 {
				before = len(*weighed)
			}
		}
		*weighed = (*weighed)[:before]
	case match.SpanNear:
		of.Distance, of.Unit, of.Ordered = s.Distance, unitOf(s.Unit), s.Ordered
		for _, operand := range s.Of {
			one, err := h.span(operand, weighed)
			if err != nil {
				return of, err
			}
			of.Near = append(of.Near, one)
		}
	case match.SpanNotNear:
		of.Distance, of.Unit, of.Ordered = s.Distance, unitOf(s.Unit), s.Ordered
		one, err := h.span(s.Of, weighed)
		if err != nil {
			return of, err
		}
		var none []string
		avoid, err := h.span(s.Avoid, &none)
		of.Of, of.Avoid = &one, &avoid
		return of, err
	}
	return of, nil
}

func unitOf(u match.Unit) snippet.Unit {
	switch u {
	case match.InSentence:
		return snippet.InSentence
	case match.InParagraph:
		return snippet.InParagraph
	}
	return snippet.InWords
}

// leadMark returns the mark of the first words of a body, which no index has: a part of the
// text that passages are looked for in.
func leadMark(words int) string { return fmt.Sprintf("%s%d", leadPrefix, words) }

const leadPrefix = "lead="

// leadPart returns the part of a body that its first words take.
func leadPart(a *corpus.Article, mark string) (span text.Span, ok bool) {
	n := 0
	if _, err := fmt.Sscanf(mark, leadPrefix+"%d", &n); err != nil || n <= 0 {
		return span, false
	}
	span.End = len(a.Body)
	for _, s := range sections(a) {
		words := text.Words(a.Body[s.Start:s.End])
		if n > len(words) {
			n -= len(words)
			continue
		}
		// Of a pair of characters the second belongs to the word, too.
		span.End = s.Start + words[n-1].Start + max(len(words[n-1].Word), words[n-1].End-words[n-1].Start)
		break
	}
	return span, true
}

// partsOf returns the parts of the body that have all of some marks, in the form of
// match.TermPattern.Marks, of which those of kinds and of the lead are in parts of their own.
func partsOf(a *corpus.Article, all []match.MarkedText, marks string) (parts []text.Span) {
	var rest []string
	parts = []text.Span{{End: len(a.Body)}}
	for _, m := range match.SplitMarks(marks) {
		switch lead, ok := leadPart(a, m); {
		case ok:
			parts = common(parts, []text.Span{lead})
		case strings.HasPrefix(m, match.KindMark("")):
			parts = common(parts, bodyParts(all, m))
		default:
			rest = append(rest, m)
		}
	}
	if len(rest) > 0 {
		parts = common(parts, bodyParts(all, match.JoinMarks(rest)))
	}
	return parts
}

// bodyParts returns those parts of a body that have all marks.
func bodyParts(all []match.MarkedText, marks string) (parts []text.Span) {
	for _, p := range all {
		if p.Field == match.Body && hasAll(p.Marks, marks) {
			parts = append(parts, p.Span)
		}
	}
	return parts
}

// common returns what parts have in common with others.
func common(parts, others []text.Span) (both []text.Span) {
	for _, p := range parts {
		for _, o := range others {
			if s := (text.Span{Start: max(p.Start, o.Start), End: min(p.End, o.End)}); s.Start < s.End {
				both = append(both, s)
			}
		}
	}
	return both
}

// kinds returns the kinds of sentences that patterns ask for.
func (h *highlighter) kinds() (kinds []corpus.ClaimKind) {
	for _, marks := range h.marks {
		for _, m := range match.SplitMarks(marks) {
			if kind, ok := strings.CutPrefix(m, match.KindMark("")); ok && !slices.Contains(kinds, corpus.ClaimKind(kind)) {
				kinds = append(kinds, corpus.ClaimKind(kind))
			}
		}
	}
	return kinds
}

// claimsIn returns what the sentences with matches of a passage of the body claim, as
// Snippet.Is has it.
func claimsIn(a *corpus.Article, s *Snippet, kinds []corpus.ClaimKind) string {
	var found []string
	for _, kind := range kinds {
		if slices.ContainsFunc(a.Claims, func(c corpus.Claim) bool {
			return c.Kind == kind && slices.ContainsFunc(s.Matches, func(m Span) bool { return s.Start+m.Start < c.End && c.Start < s.Start+m.End })
		}) {
			found = append(found, string(kind))
		}
	}
	return strings.Join(found, " ")
}

// termsInKinds returns the terms of what must stand in sentences of a kind. A plan asks for
// them in the article as well, for the score, and there they are not marked.
func (h *highlighter) termsInKinds(leaves []match.Leaf) map[string]bool {
	terms := make(map[string]bool)
	for _, leaf := range leaves {
		if p, ok := leaf.Plan.(match.Spans); ok && strings.Contains(p.Marks, match.KindMark("")) {
			h.addTerms(terms, p.Of)
		}
	}
	return terms
}

func (h *highlighter) addTerms(terms map[string]bool, s match.Span) {
	switch s := s.(type) {
	case match.SpanWords:
		for _, phrase := range s {
			for _, t := range phrase.Terms {
				terms[h.termKey(t)] = true
			}
		}
	case match.SpanOr:
		for _, of := range s {
			h.addTerms(terms, of)
		}
	case match.SpanNear:
		for _, of := range s.Of {
			h.addTerms(terms, of)
		}
	case match.SpanNotNear:
		h.addTerms(terms, s.Of)
		h.addTerms(terms, s.Avoid)
	}
}

// termKey tells a term from those of other words; a word is told by its stem.
func (h *highlighter) termKey(t match.TermPattern) string {
	switch t.Kind {
	case match.SameStem:
		return t.Text
	case match.Exact:
		return h.analyzer.Stem(t.Text)
	}
	return fmt.Sprint(t.Kind, t.Distance, "/", t.Text)
}

// isIn reports whether all that a plan asks for anywhere in the article is among terms.
func (h *highlighter) isIn(p match.Plan, terms map[string]bool) bool {
	if len(terms) == 0 {
		return false
	}
	isKnown := func(ph match.Phrase) bool {
		return !slices.ContainsFunc(ph.Terms, func(t match.TermPattern) bool { return t.Marks != "" || !terms[h.termKey(t)] })
	}
	switch p := p.(type) {
	case match.Stem:
		return terms[p.Stem]
	case match.Phrase:
		return isKnown(p)
	case match.Near:
		return p.Marks == "" && !slices.ContainsFunc(p.Operands, func(phrases []match.Phrase) bool {
			return slices.ContainsFunc(phrases, func(ph match.Phrase) bool { return !isKnown(ph) })
		})
	case match.Spans:
		within := make(map[string]bool)
		if h.addTerms(within, p.Of); p.Marks != "" {
			return false
		}
		for t := range within {
			if !terms[t] {
				return false
			}
		}
		return true
	}
	return false
}
