package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/match"
)

// raiseFloor finds a score that as many documents have as are looked for, where any part of
// the query will do and a part is a stem with champions: these have at least what the stem
// gives to them. So most windows of a long list are passed over from the beginning.
func (q *search) raiseFloor(ctx context.Context, t *topk, run *segRun, mask reader.Bitset) error {
	root, page := q.query.root, t.collector
	if root.kind != exprOr || len(root.kids) < 2 || page.after != nil || page.limit > maxChampionsAsked {
		return nil
	}
	for _, e := range root.kids {
		if e.leaf < 0 {
			continue
		}
		p, ok := e.plan.(match.Stem)
		if !ok || p.Field != match.Text {
			continue
		}
		floor, err := q.championFloor(ctx, run, q.query.leaves[e.leaf], p.Stem, mask, page.limit)
		if err != nil {
			return err
		}
		t.floor = max(t.floor, floor)
	}
	return nil
}

// championFloor returns a score that n allowed documents of a segment have by a stem; 0 where
// its champions tell none. See topk for what is allowed.
func (q *search) championFloor(ctx context.Context, run *segRun, l *leaf, stem string, mask reader.Bitset, n int) (int64, error) {
	asked := n
	if mask != nil || run.Deleted != nil {
		asked = maxChampionsAsked
	}
	c := &q.stemChampions
	if ok, err := run.stemChampions(ctx, stem, asked, c); !ok || err != nil {
		return 0, err
	}
	scores, norms := q.floorScores[:0], run.Norms()
	for i, doc := range c.Docs {
		if mask != nil && !mask.Has(doc) || mask == nil && run.Deleted != nil && run.Deleted.Has(doc) {
			continue
		}
		scores = append(scores, q.bm25.score(l.weight, c.Freqs[i], norms[doc]))
	}
	if q.floorScores = scores; len(scores) < n {
		return 0, nil
	}
	return nthLargest(scores, n), nil
}
