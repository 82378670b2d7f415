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
	within, err := run.isWithin(ctx, root)
	if err == nil && !within {
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
		s, err := q.scorer(ctx, run, e)
		if err != nil {
			return err
		}
		t.pooled = append(t.pooled, s)
		if s.count > 0 {
			scorers = append(scorers, s)
		}
	}
	if within {
		return t.disjunctionWithin(ctx, run.Segment, mask, scorers)
	}
	return t.disjunction(ctx, run.Segment, mask, scorers)
}

// isWithin reports whether it costs less to look up the documents of the other parts of a
// Should in the postings of the operand than to make a set of them all: it does where the
// operand is a posting list, and none of the others is.
func (r *segRun) isWithin(ctx context.Context, root *expr) (bool, error) {
	for i, e := range root.kids {
		if e.leaf < 0 {
			return false, nil
		}
		p, err := r.leaf(ctx, e.leafID)
		if err != nil || p.isPostingList != (i == 0) {
			return false, err
		}
	}
	return true, nil
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
