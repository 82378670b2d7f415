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
		if err := seg.count(ctx, field, cut, set, counts); err != nil {
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

// count adds the number of set's articles with each term of a field, terms
// cut to their first bytes when cut is not 0.
func (s *segView) count(ctx context.Context, field string, cut int, set *roaring.Bitmap, counts map[string]int) error {
	steps := 0
	return s.eachTerm(field, nil, nil, func(d segment.TermDictionary, term string) error {
		if steps++; steps%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, err := d.PostingsList([]byte(term), nil, nil)
		if err != nil {
			return err
		}
		n := int(set.AndCardinality(bitmapOf(p)))
		if n == 0 {
			return nil
		}
		if cut > 0 && len(term) > cut {
			term = term[:cut]
		}
		counts[term] += n
		return nil
	})
}
