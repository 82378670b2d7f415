package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/local/reader"
)

// collectShould looks for the first hits of a Should in a segment: those of any of
// its parts that the operand matches. The parts are scorers, so that what is not
// competitive is skipped: where ten articles have the very word that puts them
// first, the other forms of its stem are read no further.
func (q *search) collectShould(ctx context.Context, t *topk, run *segRun, root *expr, mask reader.Bitset) error {
	operand := root.kids[0]
	if !operand.scores {
		// No scorer has all that it matches.
		m, err := q.materialize(ctx, run, root)
		if err != nil {
			return err
		}
		return t.collectMaterialized(ctx, run.Segment, mask, m)
	}
	within, err := run.within(ctx, root)
	if err == nil && within == nil {
		mask, err = run.intersect(ctx, mask, operand)
	}
	if err != nil {
		return err
	}
	scorers, err := q.scorers(ctx, t, run, operand)
	if err != nil || len(scorers) == 0 {
		return err
	}
	for _, e := range root.kids[1:] {
		s, err := q.optionalScorer(ctx, run, e, within)
		if err != nil {
			return err
		}
		t.pooled = append(t.pooled, s)
		if s.count > 0 {
			scorers = append(scorers, s)
		}
	}
	return t.disjunction(ctx, run.Segment, mask, scorers)
}

// within returns the postings of the operand of a Should, where it costs less to look
// up the documents of the other parts in them than to make a set of them all: where
// the operand is a posting list, and none of the others is. Else it is nil.
func (r *segRun) within(ctx context.Context, root *expr) (operand *leafPostings, err error) {
	for i, e := range root.kids {
		if e.leaf < 0 {
			return nil, nil
		}
		p, err := r.leaf(ctx, e.leafID)
		if err != nil || p.isPostingList != (i == 0) {
			return nil, err
		}
		if i == 0 {
			operand = p
		}
	}
	return operand, nil
}

// intersect returns what a mask, which may be nil, and a node have in common. The
// caller must not change it.
func (r *segRun) intersect(ctx context.Context, mask reader.Bitset, e *expr) (reader.Bitset, error) {
	set, err := r.bits(ctx, e)
	if err != nil || mask == nil {
		return set, err
	}
	both := r.copyBitset(mask)
	both.And(set)
	return both, nil
}

// optionalScorer is the scorer of a part that may be missing. Where within is not
// nil, it has only documents of within.
func (q *search) optionalScorer(ctx context.Context, run *segRun, e *expr, within *leafPostings) (*scorer, error) {
	if within == nil {
		return q.scorer(ctx, run, e)
	}
	m, err := q.materialize(ctx, run, e)
	if err != nil {
		return nil, err
	}
	kept, err := run.keepMatching(ctx, append(run.res.docBuffer(len(m.docs)), m.docs...), within)
	if err != nil {
		return nil, err
	}
	if len(kept) < len(m.docs) {
		m = m.only(kept)
	}
	return newMaterializedScorer(m), nil
}

// only returns what a part gives to some of its documents.
func (m *materialized) only(docs []uint32) *materialized {
	some := &materialized{docs: docs, scores: make([]int64, 0, len(docs))}
	i := 0
	for _, doc := range docs {
		for m.docs[i] != doc {
			i++
		}
		some.scores = append(some.scores, m.scores[i])
	}
	return some
}
