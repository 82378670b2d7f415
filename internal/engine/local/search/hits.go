package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// makeHits makes hits of documents that were kept.
func (q *search) makeHits(ctx context.Context, c *collector, list []candidate, out *engine.Response) error {
	if len(list) == 0 {
		return c.err
	}
	c.touched = c.touch(list)
	places := c.placesOf(list)
	out.Hits = make([]engine.Hit, len(list))
	c.nameHits(list, out.Hits)
	for i := range list {
		d, h := &list[i], &out.Hits[i]
		h.Place = places[i*reader.PlaceSize:][:reader.PlaceSize]
		if at := c.time(d); at != reader.NoTime {
			h.Published = schema.TimeOf(at)
		}
		if q.request.Order == engine.LastAdded {
			if at := c.addedAt(d); at != reader.NoTime {
				h.Added = schema.TimeOf(at)
			}
		}
		if q.request.Order != engine.Relevance || q.request.Explain {
			if err := q.explain(ctx, q.runs[d.segment], d, h); err != nil {
				return err
			}
		}
		h.Score = q.bm25.toFloat(d.score)
		if !q.request.NoStories {
			var err error
			if h.Story, err = c.segmentOf(d).Story(d.doc); err != nil {
				return err
			}
		}
	}
	return c.err
}

// nameHits gives hits the ids of candidates. They outlive the segments, all in one string.
func (c *collector) nameHits(list []candidate, hits []engine.Hit) {
	const usual = 512 // bytes of ten ids, and of some more
	all := make([]byte, 0, usual)
	for i := range list {
		hits[i].ID = c.id(&list[i])
		all = append(all, hits[i].ID...)
	}
	s := string(all)
	for i := range hits {
		n := len(hits[i].ID)
		hits[i].ID, s = s[:n], s[n:]
	}
}

// touch reads of each candidate what makeHits reads, one after the other, so that the
// processor fetches all of it from memory at the same time. The sum is of no use, but
// that the reads are not left out.
func (c *collector) touch(list []candidate) (sum uint64) {
	for i := range list {
		sum += c.segmentOf(&list[i]).Touch(list[i].doc)
	}
	return sum
}

// placesOf returns the places of candidates, one after the other: one string
// costs less than one for each.
func (c *collector) placesOf(list []candidate) engine.Place {
	const usual = 32 // hits
	all := slices.Grow(make([]byte, 0, usual*reader.PlaceSize), len(list)*reader.PlaceSize)
	for i := range list {
		all = c.segmentOf(&list[i]).AppendPlace(all, list[i].doc)
	}
	return engine.Place(all)
}
