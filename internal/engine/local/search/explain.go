package search

import (
	"context"
	"errors"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/match"
)

// explain computes a hit's score from what each leaf gives, independently of how
// it was found, and fills in the parts if these were asked for.
func (q *search) explain(ctx context.Context, run *segRun, d *candidate, h *engine.Hit) error {
	sum, err := q.explainPart(ctx, run, q.query.root, d.doc, &h.Parts)
	if err != nil {
		return err
	}
	if q.request.Order == engine.Relevance && sum != d.score {
		return errors.New("explain " + h.ID + ": the parts do not add up to the score")
	}
	d.score = sum
	if !q.request.Explain {
		h.Parts = nil
	}
	return nil
}

// explainPart appends what the leaves of a node give to a document, and returns
// the sum.
func (q *search) explainPart(ctx context.Context, run *segRun, e *expr, doc uint32, parts *[]engine.Part) (int64, error) {
	if !e.scores {
		return 0, nil
	}
	if e.leaf >= 0 {
		return q.explainLeaf(ctx, run, e, doc, parts)
	}
	if set, err := run.bits(ctx, e); err != nil || !set.Has(doc) {
		return 0, err
	}
	sum, best := int64(0), []engine.Part(nil)
	for _, k := range e.kids {
		var kidParts []engine.Part
		score, err := q.explainPart(ctx, run, k, doc, &kidParts)
		switch {
		case err != nil:
			return 0, err
		case e.kind != exprMax:
			sum, best = sum+score, append(best, kidParts...)
		case score > sum:
			sum, best = score, kidParts
		}
	}
	*parts = append(*parts, best...)
	return sum, nil
}

// explainLeaf is explainPart for a leaf.
func (q *search) explainLeaf(ctx context.Context, run *segRun, e *expr, doc uint32, parts *[]engine.Part) (int64, error) {
	p, err := run.leaf(ctx, e.leafID)
	if err != nil {
		return 0, err
	}
	freq, err := p.freqOf(doc)
	if err != nil {
		return 0, err
	}
	l := q.query.leaves[e.leaf]
	if freq == 0 {
		// In a field without weight a leaf that puts articles first still does.
		if l.first == nil {
			return 0, nil
		}
		if set, err := run.bits(ctx, e); err != nil || !set.Has(doc) {
			return 0, err
		}
	}
	score := q.bm25.leafScore(l, freq, run.Norms()[doc])
	*parts = append(*parts, engine.Part{
		Label:     match.Leaf{Plan: l.plan, Boost: l.boost}.Label(),
		Frequency: float64(freq) / bm25f.WeightUnit,
		DocFreq:   l.df,
		Boost:     l.boost,
		Score:     q.bm25.toFloat(score),
	})
	return score, nil
}
