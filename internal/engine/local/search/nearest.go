package search

import (
	"cmp"
	"context"
	"math/bits"
	"slices"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/vectors"
	"github.com/newsq/newsq/internal/match"
)

// Nearest is found by a scan of all vectors: a million take some milliseconds, and the
// answer is exact. First come those with the greatest inner products, of which some more
// are taken than are asked for: vectors have about the same length, within the rounding of
// a byte, so that these orders are nearly one. Then the cosine decides.

// nearSpare is how many more of them are taken, beside as many again.
const nearSpare = 32

// scanRows is how many vectors are multiplied at a time: 128 KB of those learned, which stay in the
// second cache of a processor.
const scanRows = 1 << 10

// Nearest is the method of engine.VectorReader.
func Nearest(ctx context.Context, v *reader.View, a analysis.Analyzer, vec embed.Vector, r *engine.NearestRequest) ([]engine.NearHit, error) {
	all, err := v.Vectors()
	if err != nil || all == nil || r.Limit <= 0 || vec.IsZero() {
		return nil, err
	}
	request := &engine.Request{Plan: match.All{}, Filters: r.Filters, Location: r.Location}
	if r.Exclude != nil {
		request.Plan = match.Not{Operand: r.Exclude}
	}
	q := newSearch(v, a, request)
	defer q.release()
	n := &nearest{limit: min(2*r.Limit+nearSpare, v.Articles), q: vec}
	for _, run := range q.runs {
		keep, err := run.matches(ctx, r.Filters)
		if err != nil {
			return nil, err
		}
		if err := n.scan(ctx, run.Segment, all.Files[run.Ordinal], keep); err != nil {
			return nil, err
		}
	}
	return n.hits(r.Limit)
}

// near is an article that may be among the nearest.
type near struct {
	seg     *reader.Segment
	doc     uint32
	product int32
	vector  embed.Vector
}

// nearest collects the nearest articles.
type nearest struct {
	q     embed.Vector
	limit int
	// list holds up to twice limit articles. When it is full, the nearest stay; minimum
	// is the product of the last one of these.
	list    []near
	minimum int32
	full    bool
}

// scan goes over the vectors of the documents of keep.
func (n *nearest) scan(ctx context.Context, seg *reader.Segment, f *vectors.File, keep reader.Bitset) error {
	var products [scanRows]int32
	docs := newRowDocs(f.Set())
	for from := 0; from < f.Rows; from += scanRows {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := min(from+scanRows, f.Rows)
		column, err := f.Column(from, to)
		if err != nil {
			return err
		}
		embed.DotMany(n.q, column, products[:to-from])
		for i, p := range products[:to-from] {
			if n.full && p < n.minimum {
				continue
			}
			x := embed.Vector(column[i*len(n.q):][:len(n.q)])
			if doc := docs.at(from + i); keep.Has(doc) && !x.IsZero() {
				n.add(near{seg: seg, doc: doc, product: p, vector: x})
			}
		}
	}
	return nil
}

// add takes an article in.
func (n *nearest) add(c near) {
	if n.list = append(n.list, c); len(n.list) == 2*n.limit {
		slices.SortFunc(n.list, func(a, b near) int { return cmp.Compare(b.product, a.product) })
		n.list = n.list[:n.limit]
		n.minimum, n.full = n.list[n.limit-1].product, true
	}
}

// hits returns the nearest articles, nearest first.
func (n *nearest) hits(limit int) ([]engine.NearHit, error) {
	hits := make([]engine.NearHit, 0, len(n.list))
	for _, c := range n.list {
		id, err := c.seg.Raw.DocID(uint64(c.doc))
		if err != nil {
			return nil, err
		}
		h := engine.NearHit{Cosine: embed.Cosine(n.q, c.vector)}
		h.ID, h.Place = string(id), c.seg.Place(c.doc)
		if at := c.seg.Time(c.doc); at != reader.NoTime {
			h.Published = schema.TimeOf(at)
		}
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b engine.NearHit) int {
		return cmp.Or(cmp.Compare(b.Cosine, a.Cosine), b.Published.Compare(a.Published), cmp.Compare(a.ID, b.ID))
	})
	return slices.Clip(hits[:min(limit, len(hits))]), nil
}

// rowDocs tells the document of each row, in ascending order of rows.
type rowDocs struct {
	set  []uint64
	word int
	rest uint64 // of the word, the bits that no row was asked for yet
	row  int    // of the lowest bit of rest
}

func newRowDocs(set []uint64) *rowDocs {
	r := &rowDocs{set: set}
	if len(set) > 0 {
		r.rest = set[0]
	}
	return r
}

// at returns the document of a row, which is not before the row last asked for.
func (r *rowDocs) at(row int) uint32 {
	for {
		if n := bits.OnesCount64(r.rest); r.row+n <= row {
			r.row += n
			r.word++
			r.rest = r.set[r.word]
			continue
		}
		for ; r.row < row; r.row++ {
			r.rest &= r.rest - 1
		}
		return uint32(r.word*64 + bits.TrailingZeros64(r.rest))
	}
}
