package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/snippet"
)

// maxMeant is how many words are named that add most to a cosine. All words of both
// articles add to it, most of them next to nothing.
const maxMeant = 10

// present makes hits of the articles that were chosen.
func (s *similarity) present(ctx context.Context, q *Query) ([]Hit, error) {
	hits := make([]Hit, len(s.hits))
	ids := make([]string, len(s.hits))
	for i, a := range s.hits {
		ids[i] = a.candidate.ID
		hits[i] = Hit{Rank: i + 1, Score: a.candidate.Score, ID: ids[i]}
		if !q.IDsOnly {
			hits[i].Article = &s.hits[i].article
		}
	}
	if q.Explain {
		if err := s.explain(ctx, ids, hits); err != nil {
			return nil, err
		}
	}
	if q.IDsOnly || len(hits) == 0 {
		return hits, nil
	}
	hl := s.highlighter()
	var ex *explainer
	if q.Explain {
		var err error
		if ex, err = newExplainer(ctx, analyzerOf(s.subject.Language), s.anyTerm()); err != nil {
			return nil, err
		}
	}
	return hits, inParallel(len(hits), func() func(i int) error {
		show := newHitPresenter(hl, ex, orDefault(q.Passages, defaultPassages))
		return func(i int) error {
			show(&hits[i])
			return nil
		}
	})
}

// highlighter finds the terms in other articles. They weigh as in scores.
func (s *similarity) highlighter() *highlighter {
	h := &highlighter{analyzer: analyzerOf(s.subject.Language)}
	for _, t := range s.terms {
		h.patterns = append(h.patterns, snippet.Pattern{
			Terms: []snippet.TermPattern{{Stem: t.stem}}, Weight: t.strength(), Title: true, Heading: true, Body: true,
		})
	}
	return h
}

// explain fills in what the scores of hits are made of.
func (s *similarity) explain(ctx context.Context, ids []string, hits []Hit) error {
	scored, err := s.among(ctx, ids, true)
	if err != nil {
		return err
	}
	for i := range hits {
		for _, p := range scored[ids[i]].Parts {
			hits[i].Explanation = append(hits[i].Explanation, scorePart(p))
		}
		slices.SortStableFunc(hits[i].Explanation, func(a, b ScorePart) int { return cmp.Compare(b.Score, a.Score) })
	}
	if s.vectors == nil {
		return nil
	}
	terms := s.counts.weighted(s.model)
	shares := s.model.Words(terms).Shares()
	places := make([]engine.Place, len(s.hits))
	for i := range s.hits {
		places[i] = s.hits[i].candidate.Place
	}
	vectors := make([]embed.Vector, len(places))
	if err := s.vectors.Vectors(ctx, places, vectors); err != nil {
		return err
	}
	for i := range hits {
		c := &s.hits[i].candidate
		b := &Blend{
			Words: c.words, Meaning: s.meaning(c), Weight: similarMeaning, Decay: 1, Candidates: len(s.candidates),
			WordsMin: s.words.min, WordsMax: s.words.max, CosineMin: s.cosines.min, CosineMax: s.cosines.max, Model: s.model.ID(),
		}
		if c.cosine != noCosine {
			b.Cosine = c.cosine
		}
		for j := range shares {
			b.Terms = append(b.Terms, BlendTerm{Stem: terms[j].Stem, Cosine: shares[j].Along(vectors[i])})
		}
		slices.SortStableFunc(b.Terms, func(x, y BlendTerm) int { return cmp.Compare(y.Cosine, x.Cosine) })
		b.Terms = b.Terms[:min(len(b.Terms), maxMeant)]
		hits[i].Blend = b
	}
	return nil
}
