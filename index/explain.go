package index

import (
	"context"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/snippet"
)

// What an occurrence in each part of an article adds to the frequency of a word or
// phrase.
const (
	WeightTitle   = 2.5
	WeightHeading = 1.5
	WeightBody    = 1.0
)

// scorePart is a part of a score as the engine tells it.
func scorePart(p engine.Part) ScorePart {
	return ScorePart{Label: p.Label, Frequency: p.Frequency, DocFreq: p.DocFreq, Boost: p.Boost, Score: p.Score}
}

// explainer finds where the parts of a score occur. Engines tell the weighted
// frequency alone, which is what they store.
type explainer struct {
	patterns map[string][]snippet.Pattern // of each part, by its label
}

func newExplainer(ctx context.Context, a analysis.Analyzer, p match.Plan) (*explainer, error) {
	e := &explainer{patterns: make(map[string][]snippet.Pattern)}
	for _, leaf := range match.Leaves(p) {
		label := leaf.Label()
		if _, isNear := leaf.Plan.(match.Near); isNear || e.patterns[label] != nil {
			continue // its words are not the occurrences of a NEAR
		}
		h, err := newHighlighter(ctx, a, nil, leaf.Plan)
		if err != nil {
			return nil, err
		}
		e.patterns[label] = h.patterns
	}
	return e, nil
}

// place counts where the parts of a score occur in an article, of which an is the
// analyzer. Parts whose occurrences don't come to their frequency stay without.
func (e *explainer) place(an analysis.Analyzer, a *corpus.Article, parts []ScorePart) {
	for i := range parts {
		p := &parts[i]
		patterns := e.patterns[p.Label]
		if len(patterns) == 0 {
			continue
		}
		count := func(s string, in func(*snippet.Pattern) bool) int {
			if !in(&patterns[0]) {
				return 0
			}
			return len(snippet.Marks(an, s, patterns))
		}
		title := count(a.Title, func(p *snippet.Pattern) bool { return p.Title })
		headings, body := 0, 0
		for _, s := range sections(a) {
			headings += count(s.Heading, func(p *snippet.Pattern) bool { return p.Heading })
			body += count(a.Body[s.Start:s.End], func(p *snippet.Pattern) bool { return p.Body })
		}
		if WeightTitle*float64(title)+WeightHeading*float64(headings)+WeightBody*float64(body) == p.Frequency {
			p.Title, p.Headings, p.Body = title, headings, body
		}
	}
}
