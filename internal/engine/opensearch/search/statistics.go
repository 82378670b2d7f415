package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine/bm25f"
)

// readStatistics returns those of a request: its own, or those of the view, for which
// the server is asked once.
func (q *search) readStatistics(ctx context.Context) (*bm25f.Statistics, error) {
	s := &bm25f.Statistics{DocFreqs: make([]int, len(q.tree.leaves))}
	if q.request.Statistics != "" {
		return s, s.Decode(q.request.Statistics)
	}
	if len(s.DocFreqs) == 0 || q.request.Limit <= 0 {
		return s, nil
	}
	doubtful := q.estimated()
	sets, err := q.compiler.sets(ctx, append(slices.Clone(q.tree.distinct), q.tree.floors...))
	if err != nil {
		return nil, err
	}
	counts, err := q.compiler.count(ctx, slices.Concat(sets, q.doubts(doubtful)))
	if err != nil {
		return nil, err
	}
	for i, n := range counts[len(sets):] {
		if n == 0 {
			q.counted[doubtful[i]] = &countedFrequencies{all: true}
		}
	}
	s.Articles = q.view.Articles
	if s.Length, err = q.view.TotalLength(ctx); err != nil {
		return nil, err
	}
	floors := counts[len(q.tree.distinct):len(sets)]
	for i, l := range q.tree.leaves {
		s.DocFreqs[i] = counts[l.id]
		for _, f := range l.floors {
			s.DocFreqs[i] = max(s.DocFreqs[i], floors[f])
		}
	}
	return s, nil
}
