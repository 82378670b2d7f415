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
	c.touched = touch(list)
	c.copyIDs(list)
	places := placesOf(list)
	out.Hits = make([]engine.Hit, len(list))
	for i := range list {
		d, h := &list[i], &out.Hits[i]
		h.ID, h.Place = d.id, places[i*reader.PlaceSize:][:reader.PlaceSize]
		if at := d.seg.Time(d.doc); at != reader.NoTime {
			h.Published = schema.TimeOf(at)
		}
		if q.request.Order == engine.LastAdded {
			if at := d.seg.AddedAt(d.doc); at != reader.NoTime {
				h.Added = schema.TimeOf(at)
			}
		}
		if q.request.Order != engine.Relevance || q.request.Explain {
			if err := q.explain(ctx, q.runs[d.seg.Ordinal], d, h); err != nil {
				return err
			}
		}
		h.Score = q.bm25.toFloat(d.score)
		if !q.request.NoStories {
			var err error
			if h.Story, err = d.seg.Story(d.doc); err != nil {
				return err
			}
		}
	}
	return c.err
}

// touch reads of each candidate what makeHits reads, one after the other, so that the
// processor fetches all of it from memory at the same time. The sum is of no use, but
// that the reads are not left out.
func touch(list []candidate) (sum uint64) {
	for i := range list {
		sum += list[i].seg.Touch(list[i].doc)
	}
	return sum
}

// placesOf returns the places of candidates, one after the other: one string
// costs less than one for each.
func placesOf(list []candidate) engine.Place {
	const usual = 32 // hits
	all := slices.Grow(make([]byte, 0, usual*reader.PlaceSize), len(list)*reader.PlaceSize)
	for i := range list {
		all = list[i].seg.AppendPlace(all, list[i].doc)
	}
	return engine.Place(all)
}
