package search

import (
	"context"
	"errors"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// workOut computes what a part of the query gives to each document that it
// matches. Nothing is passed over: it is for parts that no list stands for.
func (q *search) materialize(ctx context.Context, run *segRun, e *expr) (*materialized, error) {
	if e.leaf >= 0 {
		h, err := run.leaf(ctx, e.leafID)
		if err != nil {
			return nil, err
		}
		if !h.isPostingList {
			if err := h.materialize(); err != nil {
				return nil, err
			}
			return &materialized{docs: h.docs, scores: leafScores(run, q.query.leaves[e.leaf].weight, &q.bm25, h)}, nil
		}
	}
	set, err := run.bits(ctx, e)
	if err != nil {
		return nil, err
	}
	sums := run.Accumulators()
	if err := q.addScores(ctx, run, e, set, sums); err != nil {
		return nil, err // and not release what is no longer all zeroes
	}
	of := &materialized{docs: set.AppendTo(make([]uint32, 0, set.Count()))}
	of.scores = make([]int64, len(of.docs))
	for i, doc := range of.docs {
		of.scores[i], sums[doc] = sums[doc], 0
	}
	run.ReleaseAccumulators(sums)
	return of, nil
}

// giveAll is what a leaf gives to its documents.
func leafScores(run *segRun, weight float64, by *bm25, h *leafPostings) []int64 {
	quanta, lengths := make([]int64, len(h.docs)), run.Norms()
	sc := *by // a copy, which no store can change
	for i, doc := range h.docs {
		if freq := h.freqs[i]; freq > 0 {
			quanta[i] = sc.score(weight, freq, lengths[doc])
		}
	}
	return quanta
}

// addScores adds to sums what the leaves below e give to the articles of gate.
// A part of an OR gives nothing to an article that it does not match as a
// whole.
func (q *search) addScores(ctx context.Context, run *segRun, e *expr, gate reader.Bitset, sums []int64) error {
	switch {
	case !e.scores:
		return nil
	case e.leaf >= 0:
		return q.addLeaf(ctx, run, e, gate, sums)
	case e.kind == exprMax:
		return q.addMax(ctx, run, e, gate, sums)
	}
	for _, k := range e.kids {
		within, err := run.gateFor(ctx, k, gate)
		if err != nil {
			return err
		}
		if err := q.addScores(ctx, run, k, within, sums); err != nil {
			return err
		}
	}
	return nil
}

// gateOf is the part of gate that a node matches as a whole; what a leaf does
// not match it gives nothing to.
func (r *segRun) gateFor(ctx context.Context, e *expr, gate reader.Bitset) (reader.Bitset, error) {
	if len(e.kids) == 0 {
		return gate, nil
	}
	set, err := r.bits(ctx, e)
	if err != nil {
		return nil, err
	}
	within := r.copyBitset(gate)
	within.And(set)
	return within, nil
}

func (q *search) addLeaf(ctx context.Context, run *segRun, e *expr, gate reader.Bitset, sums []int64) error {
	h, err := run.leaf(ctx, e.leafID)
	if err != nil {
		return err
	}
	if err := run.res.spend(ctx, h.count()); err != nil {
		return err
	}
	l := q.query.leaves[e.leaf]
	if !h.isPostingList {
		if err := h.materialize(); err != nil {
			return err
		}
		for i, give := range leafScores(run, l.weight, &q.bm25, h) {
			if gate.Has(h.docs[i]) {
				sums[h.docs[i]] += give
			}
		}
		return nil
	}
	list, lengths := h.postings, run.Norms()
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		for i, doc := range docs[:n] {
			if gate.Has(doc) {
				sums[doc] += q.bm25.score(l.weight, freqs[i], lengths[doc])
			}
		}
	}
	return list.Err()
}

// addBest adds what the best part gives to each article.
func (q *search) addMax(ctx context.Context, run *segRun, e *expr, gate reader.Bitset, sums []int64) error {
	best, one := run.Accumulators(), run.Accumulators()
	for _, k := range e.kids {
		set, err := run.bits(ctx, k)
		if err != nil {
			return err
		}
		within := run.copyBitset(gate)
		within.And(set)
		if err := q.addScores(ctx, run, k, within, one); err != nil {
			return err
		}
		for _, doc := range within.AppendTo(nil) {
			best[doc] = max(best[doc], one[doc])
			one[doc] = 0
		}
	}
	for _, doc := range gate.AppendTo(nil) {
		sums[doc] += best[doc]
		best[doc] = 0
	}
	run.ReleaseAccumulators(best)
	run.ReleaseAccumulators(one)
	return nil
}

// explain computes a hit's score from its parts.
func (q *search) explain(ctx context.Context, run *segRun, c *candidate, h *engine.Hit) error {
	sum, err := q.explainPart(ctx, run, q.query.root, c.doc, &h.Parts)
	if err != nil {
		return err
	}
	if q.request.Order == engine.Relevance && sum != c.score {
		return errors.New("explain " + h.ID + ": the parts do not add up to the score")
	}
	c.score = sum
	if !q.request.Explain {
		h.Parts = nil
	}
	return nil
}

// explainPart appends the parts of what e gives to a document, and returns
// their sum.
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
		var of []engine.Part
		give, err := q.explainPart(ctx, run, k, doc, &of)
		switch {
		case err != nil:
			return 0, err
		case e.kind != exprMax:
			sum, best = sum+give, append(best, of...)
		case give > sum:
			sum, best = give, of
		}
	}
	*parts = append(*parts, best...)
	return sum, nil
}

// explainLeaf is explainPart for a leaf.
func (q *search) explainLeaf(ctx context.Context, run *segRun, e *expr, doc uint32, parts *[]engine.Part) (int64, error) {
	h, err := run.leaf(ctx, e.leafID)
	if err != nil {
		return 0, err
	}
	freq, err := h.freqOf(doc)
	if err != nil || freq == 0 {
		return 0, err
	}
	l := q.query.leaves[e.leaf]
	give := q.bm25.score(l.weight, freq, run.Norms()[doc])
	*parts = append(*parts, engine.Part{
		Label:     match.Leaf{Plan: l.plan, Boost: l.boost}.Label(),
		Frequency: float64(freq) / schema.WeightUnit,
		DocFreq:   l.df,
		Boost:     l.boost,
		Score:     q.bm25.toFloat(give),
	})
	return give, nil
}

// find returns the frequency in a document, 0 where the leaf does not occur.
func (h *leafPostings) freqOf(doc uint32) (freq uint32, err error) {
	if !h.isPostingList {
		if err := h.materialize(); err != nil {
			return 0, err
		}
		i, ok := slices.BinarySearch(h.docs, doc)
		if !ok {
			return 0, nil
		}
		return h.freqs[i], nil
	}
	list := h.postings
	var docs, freqs [segment.BlockSize]uint32
	list.Seek(doc)
	n := list.NextBlock(&docs, &freqs)
	if i := reader.SearchBlock(&docs, n, doc); i < n && docs[i] == doc {
		return freqs[i], nil
	}
	return 0, list.Err()
}
