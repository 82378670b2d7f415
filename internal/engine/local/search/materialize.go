package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// materialize computes what a part of the query gives to each document that it
// matches. Nothing is skipped: it is for parts that no posting list stands for.
func (q *search) materialize(ctx context.Context, run *segRun, e *expr) (*materialized, error) {
	if e.leaf >= 0 {
		p, err := run.leaf(ctx, e.leafID)
		if err != nil {
			return nil, err
		}
		if !p.isPostingList {
			if err := p.materialize(); err != nil {
				return nil, err
			}
			return &materialized{docs: p.docs, scores: p.scoresOf(run, q.query.leaves[e.leaf], &q.bm25)}, nil
		}
	}
	set, err := run.bits(ctx, e)
	if err != nil {
		return nil, err
	}
	sums := run.Accumulators()
	if err := q.addScores(ctx, run, e, set, sums); err != nil {
		return nil, err // sums are not all 0, and must not be released
	}
	m := &materialized{docs: set.AppendTo(make([]uint32, 0, set.Count()))}
	m.scores = make([]int64, len(m.docs))
	for i, doc := range m.docs {
		m.scores[i], sums[doc] = sums[doc], 0
	}
	run.ReleaseAccumulators(sums)
	return m, nil
}

// scoresOf returns what a leaf gives to docs. Nobody changes it: leaves that ask for the same
// with the same weight share it.
func (p *leafPostings) scoresOf(run *segRun, l *leaf, by *bm25) []int64 {
	if l.first != nil {
		return leafScores(run, l, by, p)
	}
	if p.scores == nil || p.scoredFor != l.weight {
		p.scores, p.scoredFor = leafScores(run, l, by, p), l.weight
	}
	return p.scores
}

// leafScores is what a leaf with docs and freqs gives to its documents.
func leafScores(run *segRun, l *leaf, by *bm25, p *leafPostings) []int64 {
	scores, norms := run.res.scoreBuffer(len(p.docs)), run.Norms()
	first := int64(0)
	if l.first != nil {
		first = l.firstScore
	}
	sim, weight := *by, l.weight // a copy, which no store can change
	i := 0
	for ; i+segment.BlockSize <= len(scores); i += segment.BlockSize {
		docs, freqs := (*[segment.BlockSize]uint32)(p.docs[i:]), (*[segment.BlockSize]uint32)(p.freqs[i:])
		block := (*[segment.BlockSize]int64)(scores[i:])
		by.scoreBlock(block, weight, docs, freqs, norms)
		for k := range block {
			if freqs[k] == 0 { // the field has no weight
				block[k] = 0
			}
			block[k] += first
		}
	}
	for ; i < len(scores); i++ {
		scores[i] = first
		if freq := p.freqs[i]; freq > 0 {
			scores[i] += sim.score(weight, freq, norms[p.docs[i]])
		}
	}
	return scores
}

// addScores adds what the leaves of a node give to the articles of gate to sums,
// which have one for each document. gate are articles that the node matches. A
// part of it gives nothing to an article that it does not match as a whole: so
// the gate of a part is smaller.
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

// gateFor returns those articles of gate that a node matches as a whole. For a
// leaf that is gate, as a leaf gives nothing to what it does not match.
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

// addLeaf is addScores for a leaf.
func (q *search) addLeaf(ctx context.Context, run *segRun, e *expr, gate reader.Bitset, sums []int64) error {
	p, err := run.leaf(ctx, e.leafID)
	if err != nil {
		return err
	}
	if err := run.res.spend(ctx, p.count()); err != nil {
		return err
	}
	l := q.query.leaves[e.leaf]
	if !p.isPostingList {
		if err := p.materialize(); err != nil {
			return err
		}
		for i, score := range p.scoresOf(run, l, &q.bm25) {
			if gate.Has(p.docs[i]) {
				sums[p.docs[i]] += score
			}
		}
		return nil
	}
	list, norms := p.postings, run.Norms()
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		for i, doc := range docs[:n] {
			if gate.Has(doc) {
				sums[doc] += q.bm25.leafScore(l, freqs[i], norms[doc])
			}
		}
	}
	return list.Err()
}

// addMax is addScores for a node of which only the best part scores.
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
