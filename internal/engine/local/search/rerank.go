package search

import (
	"context"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// chosen returns the candidates that are to be hits, in their order: the best ones, or
// those that choose returns.
func (q *search) chosen(ctx context.Context, c *collector, choose func(engine.Candidates) ([]int, error)) ([]candidate, error) {
	if choose == nil || !q.query.root.scores || len(c.heap) == 0 {
		return c.sorted()
	}
	if c.prune(); c.err != nil {
		return nil, c.err
	}
	indexes, err := choose(&candidateList{c})
	if err == nil {
		err = c.err
	}
	if err != nil {
		return nil, err
	}
	list := make([]candidate, len(indexes))
	for i, at := range indexes {
		list[i] = c.heap[at]
	}
	return list, ctx.Err()
}

// candidateList is what a collector kept, as engine.Candidates.
type candidateList struct{ c *collector }

func (l *candidateList) Len() int            { return len(l.c.heap) }
func (l *candidateList) Score(i int) float64 { return l.c.bm25.toFloat(l.c.heap[i].score) }
func (l *candidateList) ID(i int) string     { return strings.Clone(l.c.id(&l.c.heap[i])) }
func (l *candidateList) Places() []engine.Place {
	all := l.c.placesOf(l.c.heap)
	places := make([]engine.Place, len(l.c.heap))
	for i := range places {
		places[i] = all[i*reader.PlaceSize:][:reader.PlaceSize]
	}
	return places
}

func (l *candidateList) Published(i int) time.Time {
	if at := l.c.time(&l.c.heap[i]); at != reader.NoTime {
		return schema.TimeOf(at)
	}
	return time.Time{}
}
