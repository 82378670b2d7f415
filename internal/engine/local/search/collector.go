package search

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"unsafe"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// candidate is an article on its way to the first ranks. What ties are broken
// by is read when it is needed.
type candidate struct {
	score int64
	seg   *reader.Segment
	doc   uint32
	id    string // in the segment until ids copies it
}

// ranking keeps the best candidates, as a heap with the worst on top.
type collector struct {
	order engine.Order
	limit int
	bm25  *bm25
	after *engine.Position // where the page before ended; nil for the first
	heap  []candidate
	err   error // the first error of reading what ties need
}

// least is the score below which nothing comes among the best.
func (r *collector) minCompetitiveScore() int64 {
	if len(r.heap) < r.limit {
		return 0
	}
	return r.heap[0].score
}

func (r *collector) id(c *candidate) string {
	if c.id == "" {
		b, err := c.seg.Raw.DocID(uint64(c.doc))
		if err != nil && r.err == nil {
			r.err = err
		}
		c.id = unsafe.String(unsafe.SliceData(b), len(b))
	}
	return c.id
}

// ids gives candidates ids that outlive the segments, all in one string.
func (r *collector) copyIDs(list []candidate) {
	const usual = 512 // bytes of ten ids, and of some more
	all := make([]byte, 0, usual)
	for i := range list {
		all = append(all, r.id(&list[i])...)
	}
	s := string(all)
	for i := range list {
		n := len(list[i].id)
		list[i].id, s = s[:n], s[n:]
	}
}

// compare is negative when a ranks before b.
func (r *collector) compare(a, b *candidate) int {
	if r.order == engine.Relevance {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
	}
	if c := compareTimes(r.order, a.seg.Time(a.doc), b.seg.Time(b.doc)); c != 0 {
		return c
	}
	return cmp.Compare(r.id(a), r.id(b))
}

// compareTimes puts the newer first, or the older with Oldest; what has no
// date comes last.
func compareTimes(o engine.Order, a, b int64) int {
	switch {
	case a == b:
		return 0
	case a == reader.NoTime:
		return 1
	case b == reader.NoTime:
		return -1
	case o == engine.Oldest:
		return cmp.Compare(a, b)
	}
	return cmp.Compare(b, a)
}

// isAfter reports whether c ranks after the page before.
func (r *collector) isAfter(c *candidate) bool {
	p := r.after
	if r.order == engine.Relevance {
		if score := r.bm25.toFloat(c.score); score != p.Score {
			return score < p.Score
		}
	}
	if d := compareTimes(r.order, c.seg.Time(c.doc), positionTime(p)); d != 0 {
		return d > 0
	}
	return r.id(c) > p.ID
}

func positionTime(p *engine.Position) int64 {
	if p.Published.IsZero() {
		return reader.NoTime
	}
	return schema.Nanos(p.Published)
}

// offer keeps c if it is among the best.
func (r *collector) offer(c candidate) {
	switch {
	case r.after != nil && !r.isAfter(&c):
	case len(r.heap) < r.limit:
		r.heap = append(r.heap, c)
		r.siftUp(len(r.heap) - 1)
	case r.compare(&c, &r.heap[0]) < 0:
		r.heap[0] = c
		r.siftDown(0)
	}
}

func (r *collector) siftUp(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if r.compare(&r.heap[i], &r.heap[parent]) <= 0 {
			return
		}
		r.heap[i], r.heap[parent] = r.heap[parent], r.heap[i]
		i = parent
	}
}

func (r *collector) siftDown(i int) {
	for {
		worst := i
		for _, kid := range [...]int{2*i + 1, 2*i + 2} {
			if kid < len(r.heap) && r.compare(&r.heap[kid], &r.heap[worst]) > 0 {
				worst = kid
			}
		}
		if worst == i {
			return
		}
		r.heap[i], r.heap[worst] = r.heap[worst], r.heap[i]
		i = worst
	}
}

// sorted returns what was kept, best first.
func (r *collector) sorted() ([]candidate, error) {
	slices.SortFunc(r.heap, func(a, b candidate) int { return r.compare(&a, &b) })
	return r.heap, r.err
}

// byTime offers the documents of set in the order of their times, as long as
// they may come among the best: all of what is alike but for the time.
func (r *collector) collectByDate(s *reader.Segment, set reader.Bitset) error {
	n := set.Count()
	if n*n < r.limit*s.Docs { // sooner taken one by one than come across
		for _, doc := range set.AppendTo(nil) {
			r.offer(candidate{seg: s, doc: doc})
		}
		return r.err
	}
	order, err := s.Raw.NumericOrder(schema.FieldTime)
	if err != nil {
		return err
	}
	from, step := len(order)-1, -1
	if r.order == engine.Oldest {
		from, step = 0, 1
	}
	if r.after != nil {
		from = r.pageStart(s, order, from)
	}
	for i := from; i >= 0 && i < len(order); i += step {
		doc := order[i]
		if len(r.heap) == r.limit && compareTimes(r.order, s.Times[doc], r.heap[0].seg.Time(r.heap[0].doc)) > 0 {
			return r.err // all that follow are worse
		}
		if set.Has(doc) {
			r.offer(candidate{seg: s, doc: doc})
		}
	}
	if len(r.heap) == r.limit && r.heap[0].seg.Time(r.heap[0].doc) != reader.NoTime {
		return r.err
	}
	for _, doc := range set.AppendTo(nil) {
		if s.Time(doc) == reader.NoTime {
			r.offer(candidate{seg: s, doc: doc})
		}
	}
	return r.err
}

// startAt is the place in order of the first document that may rank after the
// page before.
func (r *collector) pageStart(s *reader.Segment, order []uint32, from int) int {
	switch at := positionTime(r.after); {
	case at == reader.NoTime && r.order == engine.Oldest:
		return len(order) // only what has no date is left
	case at == reader.NoTime:
		return -1
	case r.order == engine.Oldest:
		return sort.Search(len(order), func(i int) bool { return s.Times[order[i]] >= at })
	case at == math.MaxInt64:
		return from
	default:
		return sort.Search(len(order), func(i int) bool { return s.Times[order[i]] > at }) - 1
	}
}
