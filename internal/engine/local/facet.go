package local

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine"
)

// filtered is what the plan matches and the filters keep. The filters of the
// facet open that keep values are left out.
func (r *segResult) filtered(ctx context.Context, filters []engine.Filter, open engine.Facet) (*roaring.Bitmap, error) {
	set := r.base
	for _, f := range filters {
		if f.Facet == open && !f.Not {
			continue
		}
		holds, err := r.holding(ctx, f)
		if err != nil {
			return nil, err
		}
		if f.Not {
			set = roaring.AndNot(set, holds)
		} else {
			set = roaring.And(set, holds)
		}
	}
	return set, nil
}

// holding is the live articles that hold any of a filter's values.
func (r *segResult) holding(ctx context.Context, f engine.Filter) (*roaring.Bitmap, error) {
	field, ok := facetField(f.Facet)
	if !ok {
		return nil, fmt.Errorf("filter by unknown facet %q", f.Facet)
	}
	set := roaring.New()
	for _, v := range f.Values {
		var one *roaring.Bitmap
		var err error
		switch {
		case f.Facet == engine.FacetTopic:
			one, err = r.valueBelow(ctx, field, v, "/")
		case field == fieldDay:
			if len(v) != dayPrefix(f.Facet) {
				return nil, fmt.Errorf("filter by %s: %q is not of its form", f.Facet, v)
			}
			one, err = r.termRange(ctx, field, []byte(v), prefixEnd([]byte(v)))
		default:
			one, err = r.set(field, v)
		}
		if err != nil {
			return nil, err
		}
		set.Or(one)
	}
	return set, nil
}

// facet counts the values of a facet over what matches, most frequent first,
// then by value; dates newest first.
func (q *search) facet(ctx context.Context, f engine.Facet) ([]engine.Count, error) {
	field, ok := facetField(f)
	if !ok {
		return nil, fmt.Errorf("unknown facet %q", f)
	}
	cut := len("")
	if field == fieldDay {
		cut = dayPrefix(f)
	}
	counts := map[string]int{}
	for _, seg := range q.segs {
		set, err := seg.filtered(ctx, q.request.Filters, f)
		if err != nil {
			return nil, err
		}
		if set.IsEmpty() {
			continue
		}
		if err := seg.count(field, cut, set, counts); err != nil {
			return nil, err
		}
	}
	list := make([]engine.Count, 0, len(counts))
	for v, n := range counts {
		list = append(list, engine.Count{Value: v, Count: n})
	}
	slices.SortFunc(list, func(a, b engine.Count) int {
		if cut > 0 {
			return cmp.Compare(b.Value, a.Value)
		}
		return byCount(a, b)
	})
	return list, nil
}

// count adds the number of set's articles with each value of a field, values
// cut to their first bytes when cut is not 0.
func (s *segView) count(field string, cut int, set *roaring.Bitmap, counts map[string]int) error {
	c, err := s.columns[field]()
	if err != nil {
		return err
	}
	byValue := make([]int, len(c.values))
	var buf [256]uint32
	for it := set.ManyIterator(); ; {
		n := it.NextMany(buf[:])
		if n == 0 {
			break
		}
		for _, doc := range buf[:n] {
			for _, v := range c.of(doc) {
				byValue[v]++
			}
		}
	}
	for i, n := range byValue {
		if n > 0 {
			v := c.values[i]
			if cut > 0 && len(v) > cut {
				v = v[:cut]
			}
			counts[v] += n
		}
	}
	return nil
}

// column is an inverted field turned over: the values of each document. It is
// built with the first facet that needs it, and serves all searches after.
type column struct {
	values []string
	starts []uint32 // of each document in held; one more than there are documents
	held   []uint32 // indexes into values
}

func (c *column) of(doc uint32) []uint32 { return c.held[c.starts[doc]:c.starts[doc+1]] }

func (s *segView) readColumn(field string) (*column, error) {
	docs := int(s.seg.Count())
	c := &column{starts: make([]uint32, docs+1)}
	var lists [][]uint32 // documents of each value
	var r reader
	err := s.eachTerm(field, nil, nil, func(d segment.TermDictionary, term string) error {
		if err := r.open(s, d, term); err != nil {
			return err
		}
		var list []uint32
		err := r.each(func(p segment.Posting) error {
			list = append(list, uint32(p.Number()))
			c.starts[p.Number()+1]++
			return nil
		})
		c.values, lists = append(c.values, term), append(lists, list)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range docs {
		c.starts[i+1] += c.starts[i]
	}
	c.held = make([]uint32, c.starts[docs])
	next := slices.Clone(c.starts)
	for v, list := range lists {
		for _, doc := range list {
			c.held[next[doc]] = uint32(v)
			next[doc]++
		}
	}
	return c, nil
}
