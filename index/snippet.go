package index

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/snippet"
	"github.com/newsq/newsq/internal/text"
)

// highlighter finds what a query looks for in the texts of articles.
type highlighter struct {
	analyzer analysis.Analyzer
	patterns []snippet.Pattern
	weight   float64 // of the patterns, without those of other names
	// words has what the forms of a word in several languages add to weight: of the form
	// that is the most frequent.
	words map[int]float64
	marks []string // what patterns have of marks, each once
}

// newHighlighter makes the patterns of a plan, of which a analysed the query. snap
// gives the weights by which passages are chosen. It is nil where none are chosen.
func newHighlighter(ctx context.Context, a analysis.Analyzer, snap engine.Snapshot, p match.Plan) (*highlighter, error) {
	h := &highlighter{analyzer: a}
	var err error
	known := map[string]bool{} // a leaf that is in the query twice makes one pattern
	leaves := match.Leaves(p)
	inKinds := h.termsInKinds(leaves)
	for _, leaf := range leaves {
		key := fmt.Sprintf("%#v", leaf.Plan)
		if known[key] || h.isIn(leaf.Plan, inKinds) {
			continue
		}
		known[key] = true
		switch plan := leaf.Plan.(type) {
		case match.Stem:
			err = h.add(ctx, snap, leaf, snippet.Pattern{Terms: []snippet.TermPattern{{Stem: plan.Stem}}}, plan.Stem)
		case match.Phrase:
			err = h.addPhrase(ctx, snap, leaf, plan)
		case match.Near:
			err = h.addNear(ctx, snap, leaf, plan)
		case match.Spans:
			err = h.addSpans(ctx, snap, leaf, plan)
		}
		if err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *highlighter) addPhrase(ctx context.Context, snap engine.Snapshot, leaf match.Leaf, p match.Phrase) error {
	terms, stems, err := h.terms(p)
	if err != nil {
		return err
	}
	return h.add(ctx, snap, leaf, snippet.Pattern{Terms: terms, Slop: p.Slop}, stems...)
}

// addNear adds the pattern of a NEAR, which weighs as much as the first phrases of
// its operands.
func (h *highlighter) addNear(ctx context.Context, snap engine.Snapshot, leaf match.Leaf, p match.Near) error {
	near := &snippet.Near{Distance: p.Distance, Ordered: p.Ordered, Marks: p.Marks}
	h.noteMarks(p.Marks)
	var weighed []string
	for _, phrases := range p.Operands {
		var operand []snippet.Phrase
		for i, phrase := range phrases {
			terms, stems, err := h.terms(phrase)
			if err != nil {
				return err
			}
			if i == 0 {
				weighed = append(weighed, stems...)
			}
			operand = append(operand, terms)
		}
		near.Operands = append(near.Operands, operand)
	}
	return h.add(ctx, snap, leaf, snippet.Pattern{Near: near}, weighed...)
}

// terms returns the terms of a phrase, and the stems by which it is weighed.
func (h *highlighter) terms(p match.Phrase) (terms []snippet.TermPattern, stems []string, err error) {
	terms = make([]snippet.TermPattern, len(p.Terms))
	for i, s := range p.Terms {
		h.noteMarks(s.Marks)
		terms[i].Marks = s.Marks
		if c := s.Case; c != match.AnyCase {
			terms[i].Written = func(s string) bool { return match.CaseOf(s) == c }
		}
		if s.Marks != "" && s.Kind == match.AnyWord {
			continue
		}
		switch s.Kind {
		case match.Exact:
			terms[i].Word = s.Text
			stems = append(stems, h.analyzer.Stem(s.Text))
		case match.SameStem:
			terms[i].Stem = s.Text
			stems = append(stems, s.Text)
		default:
			accepts, err := s.Matcher(h.analyzer)
			if err != nil {
				return nil, nil, err
			}
			terms[i].Match = accepts
			switch s.Kind {
			case match.Prefix:
				terms[i].Prefix, terms[i].OneCharacter = s.Text, text.Characters(s.Text) == 1
			case match.Wildcard:
				terms[i].Prefix, _, _ = strings.Cut(strings.ReplaceAll(s.Text, "?", "*"), "*")
			}
		}
	}
	return terms, stems, nil
}

// patternWeight is the weight of a pattern that has no stems, such as a single
// prefix. It is the idf of a word that one article in thirty holds.
const patternWeight = 3.4

// add adds a pattern that weighs as much as its stems, by their idf.
func (h *highlighter) add(ctx context.Context, snap engine.Snapshot, leaf match.Leaf, p snippet.Pattern, stems ...string) error {
	p.Title = leaf.Field == match.Text || leaf.Field == match.Title
	p.Heading = leaf.Field == match.Text || leaf.Field == match.Heading
	p.Body = leaf.Field == match.Text || leaf.Field == match.Body
	if !p.Title && !p.Heading && !p.Body {
		return nil // a value, such as an author's name, is not looked for in the text
	}
	if snap != nil {
		freqs, err := snap.DocFreq(ctx, stems...)
		if err != nil {
			return err
		}
		n := float64(snap.Len())
		for _, df := range freqs {
			p.Weight += math.Log(1 + (n-float64(df)+0.5)/(float64(df)+0.5))
		}
	}
	if len(stems) == 0 {
		p.Weight = patternWeight
	}
	if leaf.Boost < 1 {
		// Another name, mostly: worth less than the one asked for, however
		// rare it is.
		p.Weight = min(p.Weight, patternWeight) * leaf.Boost
	} else if !leaf.Optional {
		h.addWeight(leaf.Word, p.Weight)
	}
	h.patterns = append(h.patterns, p)
	return nil
}

// addWeight adds the weight of a pattern, which may be one of the forms of a word.
func (h *highlighter) addWeight(word int, weight float64) {
	if word == 0 {
		h.weight += weight
		return
	}
	before, known := h.words[word]
	switch {
	case !known:
		if h.words == nil {
			h.words = map[int]float64{}
		}
		h.weight += weight
	case weight >= before:
		return
	default:
		h.weight += weight - before
	}
	h.words[word] = weight
}

// snippets cuts an article's best passages with c, a cutter for the patterns.
func (h *highlighter) snippets(c *snippet.Cutter, a *corpus.Article, n int) []Snippet {
	if n == 0 {
		return nil
	}
	secs := sections(a)
	parts := make([]snippet.Section, len(secs))
	for i, s := range secs {
		parts[i] = snippet.Section{Heading: s.Heading, Text: a.Body[s.Start:s.End]}
	}
	c.SetForeign(h.foreignIn(a, secs))
	c.SetMarked(h.markedIn(a))
	var out []Snippet
	kinds := h.kinds()
	for _, p := range c.Cut(parts, n) {
		part := parts[p.Section]
		found := Snippet{
			Field:   FieldBody,
			Section: part.Heading,
			Page:    a.PageAt(secs[p.Section].Start + p.Span.Start),
			Text:    part.Text[p.Span.Start:p.Span.End],
			Start:   secs[p.Section].Start + p.Span.Start,
			Matches: spans(p.Matches),
			Score:   h.share(p.Score),
		}
		found.Is = claimsIn(a, &found, kinds)
		out = append(out, found)
	}
	if len(out) == 0 && a.Summary != "" {
		out = append(out, Snippet{Field: FieldSummary, Text: a.Summary, Matches: spans(snippet.Marks(h.analyzer, a.Summary, h.patterns))})
	}
	return out
}

// share returns the score of a passage as a part of what a passage with all that is looked
// for would have.
func (h *highlighter) share(score float64) float64 {
	if h.weight <= 0 {
		return 0
	}
	return min(1, score/h.weight)
}

func spans(in []text.Span) []Span {
	if len(in) == 0 {
		return nil
	}
	out := make([]Span, len(in))
	for i, s := range in {
		out[i] = Span(s)
	}
	return out
}

// Mark returns the places in s that q looks for, whatever field it names: byte
// ranges, in order, apart from each other. They are found as a search of the index
// finds them, with its aliases. s need not be of an article. Its error is a
// *SyntaxError, or says why the aliases cannot be read.
func (ix *Index) Mark(ctx context.Context, q Query, s string) ([]Span, error) {
	aliases, err := ix.aliasesFor(&q)
	if err != nil {
		return nil, err
	}
	if q, err = q.resolved(); err != nil {
		return nil, err
	}
	_, err = ix.read(ctx, q.asked, q.IncludeEmbargoed, func(snap engine.Snapshot) error { return q.setLanguages(ctx, snap) })
	if err != nil {
		return nil, err
	}
	r, err := q.parse(aliases)
	if err != nil {
		return nil, err
	}
	h, err := newHighlighter(ctx, r.context.Analyzer, nil, r.plan)
	if err != nil {
		return nil, err
	}
	return spans(snippet.Marks(h.analyzer, s, h.patterns)), nil
}
