package search

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"time"
	"unsafe"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// candidate is a document that is offered to a collector. It holds no pointers: to move
// one in a heap would take longer with them, and several times as long while the garbage
// collector runs.
type candidate struct {
	score   int64
	doc     uint32
	segment uint32 // its ordinal
}

// collector keeps the best of the documents that are offered to it, in a heap
// with the worst on top, or, where many are wanted, in no order; see bulk.
//
// Documents may be offered in any order and from any segment, each once. offer
// takes one with its whole score; collectByDate takes a set, and only serves
// orders by date, in which no score counts. minCompetitiveScore may be asked at
// any time: a document with a lower score cannot be kept, and the answer never
// falls. sorted comes last. A read that fails is remembered in err,
// and the order is not right then: who sorts looks at it.
type collector struct {
	segments []*reader.Segment // of the view
	order    engine.Order
	limit    int // how many are kept, at least 1
	bm25     *bm25
	after    *engine.Position // where the page before ended; nil for the first page
	heap     []candidate
	// minScore is that of the last prune, and scores is memory for it; see bulk.
	minScore int64
	scores   []int64
	err      error  // the first error of reading what ties need
	touched  uint64 // see touch
}

// maxKeptHits is how many candidates a collector keeps memory for.
const maxKeptHits = 4096

// start makes c ready for another request, over the segments of a view. It keeps its
// memory.
func (c *collector) start(segments []*reader.Segment, order engine.Order, limit int, by *bm25, after *engine.Position) {
	*c = collector{segments: segments, order: order, limit: limit, bm25: by, after: after, heap: c.heap[:0], scores: c.scores[:0]}
}

// forget drops what c points to, so that it can wait for another request.
func (c *collector) forget() {
	if cap(c.heap) > maxKeptHits {
		c.heap, c.scores = nil, nil
	}
	c.start(nil, c.order, 0, nil, nil)
}

// minCompetitiveScore is the score below which nothing can be kept.
func (c *collector) minCompetitiveScore() int64 {
	switch {
	case c.bulk():
		return c.minScore
	case len(c.heap) < c.limit:
		return 0
	}
	return c.heap[0].score
}

// segmentOf returns the segment of a candidate.
func (c *collector) segmentOf(d *candidate) *reader.Segment { return c.segments[d.segment] }

// id returns the id of a candidate, which breaks ties. It lies in the segment.
func (c *collector) id(d *candidate) string {
	b, err := c.segmentOf(d).Raw.DocID(uint64(d.doc))
	if err != nil && c.err == nil {
		c.err = err
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// time returns when a candidate was published, or reader.NoTime.
func (c *collector) time(d *candidate) int64 { return c.segmentOf(d).Time(d.doc) }

// addedAt returns when a candidate came into the index, or reader.NoTime.
func (c *collector) addedAt(d *candidate) int64 { return c.segmentOf(d).AddedAt(d.doc) }

// compare is negative when a ranks before b.
func (c *collector) compare(a, b *candidate) int {
	if c.order == engine.Relevance {
		if d := cmp.Compare(b.score, a.score); d != 0 {
			return d
		}
	}
	if c.order == engine.LastAdded {
		if d := compareTimes(c.order, c.addedAt(a), c.addedAt(b)); d != 0 {
			return d
		}
	}
	if d := compareTimes(c.order, c.time(a), c.time(b)); d != 0 {
		return d
	}
	return cmp.Compare(c.id(a), c.id(b))
}

// compareTimes puts the newer first, or the older with Oldest. What has no date
// comes last.
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

// isAfter reports whether d ranks after the end of the page before.
func (c *collector) isAfter(d *candidate) bool {
	p := c.after
	if c.order == engine.Relevance {
		if score := c.bm25.toFloat(d.score); score != p.Score {
			return score < p.Score
		}
	}
	if c.order == engine.LastAdded {
		if order := compareTimes(c.order, c.addedAt(d), timeNumber(p.Added)); order != 0 {
			return order > 0
		}
	}
	if order := compareTimes(c.order, c.time(d), timeNumber(p.Published)); order != 0 {
		return order > 0
	}
	return c.id(d) > p.ID
}

// timeNumber is a time as the columns of segments have it.
func timeNumber(t time.Time) int64 {
	if t.IsZero() {
		return reader.NoTime
	}
	return schema.Micros(t)
}

// sortedField is the field whose order an order by date goes along: that of publication,
// or with LastAdded that of when articles were added. Behind it ties are broken.
func (c *collector) sortedField() string {
	if c.order == engine.LastAdded {
		return schema.FieldAdded
	}
	return schema.FieldTime
}

// sortedTime is what sortedField has of a document.
func (c *collector) sortedTime(s *reader.Segment, doc uint32) int64 {
	if c.order == engine.LastAdded {
		return s.AddedAt(doc)
	}
	return s.Time(doc)
}

// offer keeps d if it is among the best.
func (c *collector) offer(d candidate) {
	switch {
	case c.after != nil && !c.isAfter(&d):
	case c.bulk():
		c.offerBulk(d)
	case len(c.heap) < c.limit:
		c.heap = append(c.heap, d)
		c.siftUp(len(c.heap) - 1)
	case c.before(&d, &c.heap[0]):
		c.replaceWorst(d)
	}
}

// before reports whether a ranks before b. It is compare for a heap: scores tell most
// candidates apart, and in orders by date all are the same.
func (c *collector) before(a, b *candidate) bool {
	if a.score != b.score && c.order == engine.Relevance {
		return a.score > b.score
	}
	return c.compare(a, b) < 0
}

// siftUp moves the candidate at i up to its place in the heap.
func (c *collector) siftUp(i int) {
	heap, d := c.heap, c.heap[i]
	for i > 0 {
		parent := (i - 1) / 2
		if !c.before(&heap[parent], &d) {
			break
		}
		heap[i] = heap[parent]
		i = parent
	}
	heap[i] = d
}

// replaceWorst puts d into the heap in the place of the worst candidate. What ranks behind
// it moves up, each candidate once.
func (c *collector) replaceWorst(d candidate) {
	heap, i := c.heap, 0
	for {
		child := 2*i + 1
		if child >= len(heap) {
			break
		}
		if other := child + 1; other < len(heap) && c.before(&heap[child], &heap[other]) {
			child = other
		}
		if !c.before(&d, &heap[child]) {
			break
		}
		heap[i] = heap[child]
		i = child
	}
	heap[i] = d
}

// sortedByInsertion is up to how many candidates are sorted by insertion, which takes
// less for them than to call a function for each comparison.
const sortedByInsertion = 16

// sorted returns what was kept, best first.
func (c *collector) sorted() ([]candidate, error) {
	if c.bulk() {
		c.prune()
	}
	if len(c.heap) > sortedByInsertion {
		slices.SortFunc(c.heap, func(a, b candidate) int { return c.compare(&a, &b) })
		return c.heap, c.err
	}
	for i := range c.heap {
		d := c.heap[i]
		for ; i > 0 && c.before(&d, &c.heap[i-1]); i-- {
			c.heap[i] = c.heap[i-1]
		}
		c.heap[i] = d
	}
	return c.heap, c.err
}

// collectByDate takes in the documents of a set, for an order by date. It goes
// along the order of times that the segment has, and stops where nothing more
// can be kept.
func (c *collector) collectByDate(s *reader.Segment, set reader.Bitset) error {
	n := set.Count()
	if n*n < c.limit*s.Docs { // it costs less to offer them all than to meet them in the order
		return c.offerAll(s, set)
	}
	order, err := s.Raw.NumericOrder(c.sortedField())
	if err != nil {
		return err
	}
	from, step := len(order)-1, -1
	if c.order == engine.Oldest {
		from, step = 0, 1
	}
	if c.after != nil {
		from = c.pageStart(s, order, from)
	}
	for i := from; i >= 0 && i < len(order); i += step {
		doc := order[i]
		if len(c.heap) == c.limit && compareTimes(c.order, c.sortedTime(s, doc), c.sortedTime(c.segmentOf(&c.heap[0]), c.heap[0].doc)) > 0 {
			return c.err // all that follow rank lower
		}
		if set.Has(doc) {
			c.offer(candidate{doc: doc, segment: uint32(s.Ordinal)})
		}
	}
	return c.offerUndated(s, set)
}

// offerAll offers all documents of a set.
func (c *collector) offerAll(s *reader.Segment, set reader.Bitset) error {
	for _, doc := range set.AppendTo(nil) {
		c.offer(candidate{doc: doc, segment: uint32(s.Ordinal)})
	}
	return c.err
}

// offerUndated offers the documents of a set that have no date, unless only dated
// ones can be kept.
func (c *collector) offerUndated(s *reader.Segment, set reader.Bitset) error {
	if len(c.heap) == c.limit && c.sortedTime(c.segmentOf(&c.heap[0]), c.heap[0].doc) != reader.NoTime {
		return c.err
	}
	for _, doc := range set.AppendTo(nil) {
		if c.sortedTime(s, doc) == reader.NoTime {
			c.offer(candidate{doc: doc, segment: uint32(s.Ordinal)})
		}
	}
	return c.err
}

// pageStart is the index in order of the first document that may rank after the
// page before. first is that of the first document of all.
func (c *collector) pageStart(s *reader.Segment, order []uint32, first int) int {
	from := c.after.Published
	if c.order == engine.LastAdded {
		from = c.after.Added
	}
	switch at := timeNumber(from); {
	case at == reader.NoTime && c.order == engine.Oldest:
		return len(order) // only what has no date is left
	case at == reader.NoTime:
		return -1
	case c.order == engine.Oldest:
		return sort.Search(len(order), func(i int) bool { return c.sortedTime(s, order[i]) >= at })
	case at == math.MaxInt64:
		return first
	default:
		return sort.Search(len(order), func(i int) bool { return c.sortedTime(s, order[i]) > at }) - 1
	}
}
