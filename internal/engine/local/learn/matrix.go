package learn

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"iter"
	"math"
	"slices"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// Weighting returns how terms weigh in the articles of a view: as they score.
func Weighting(v *reader.View) (embed.Weighting, error) {
	mean, err := v.MeanLength()
	if err != nil {
		return embed.Weighting{}, err
	}
	base, perLength := bm25f.NormParts(mean)
	return embed.Weighting{Base: base, PerLength: perLength}, nil
}

// Matrix is the term weights of a view's live articles, or of a sample of them. It is an
// embed.Matrix. It reads the posting lists each time that it is gone through, and holds
// four bytes for each document, a column, and while it is made 24 bytes for each article.
type Matrix struct {
	segments  []matrixSegment
	rows      int
	weighting embed.Weighting
}

// matrixSegment is a segment with the row of each document.
type matrixSegment struct {
	*reader.Segment
	rowOf []uint32 // by document; noRow for those that are not in the matrix
	norms []uint32
}

const noRow = math.MaxUint32

var _ embed.Matrix = (*Matrix)(nil)

// NewMatrix makes a matrix of at most maxRows articles. Rows are in the order of the hashes
// of ids, and of more articles those with the least are taken: so neither the sample nor
// what is learned from it depends on the segments that articles lie in.
func NewMatrix(ctx context.Context, v *reader.View, w embed.Weighting, maxRows int) (*Matrix, error) {
	m := &Matrix{weighting: w}
	var rows []row
	for i, seg := range v.Segments {
		m.segments = append(m.segments, matrixSegment{
			Segment: seg, rowOf: slices.Repeat([]uint32{noRow}, seg.Docs), norms: seg.Norms(),
		})
		err := eachID(ctx, seg, func(doc uint32, id []byte) { rows = append(rows, row{hashOf(id), i, doc}) })
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(rows, row.compare)
	for n, r := range rows[:min(len(rows), maxRows)] {
		m.segments[r.segment].rowOf[r.doc] = uint32(n)
		m.rows++
	}
	return m, v.Damaged()
}

// row is an article.
type row struct {
	hash    uint64 // of its id; two ids of one hash are not met in practice
	segment int
	doc     uint32
}

func (r row) compare(other row) int { return cmp.Compare(r.hash, other.hash) }

// hashOf returns a hash of an id that is the same everywhere.
func hashOf(id []byte) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(id) // never fails
	return h.Sum64()
}

// eachID calls f for the live articles of a segment.
func eachID(ctx context.Context, seg *reader.Segment, f func(doc uint32, id []byte)) error {
	articles, err := seg.Articles()
	if err != nil {
		return err
	}
	for _, doc := range articles.AppendTo(nil) {
		id, err := seg.Raw.DocID(uint64(doc))
		if err != nil {
			return err
		}
		f(doc, id)
	}
	return ctx.Err()
}

// Rows implements embed.Matrix.
func (m *Matrix) Rows() int { return m.rows }

// Columns implements embed.Matrix. Terms come in the order of their bytes.
func (m *Matrix) Columns(ctx context.Context) iter.Seq2[*embed.Column, error] {
	return func(yield func(*embed.Column, error) bool) {
		heads, err := m.heads()
		var c embed.Column
		var byRow sorter
		for n := 0; err == nil && len(heads) > 0; n++ {
			if n%checkEvery == 0 {
				if err = ctx.Err(); err != nil {
					break
				}
			}
			if heads, err = m.next(heads, &c); err != nil {
				break
			}
			byRow.sort(&c, m.rows)
			if len(c.Rows) > 0 && !yield(&c, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// sorter sorts columns by row. It keeps memory from one to the next.
type sorter struct {
	dense  []float32 // weights by row, 0 where there is none
	packed []uint64  // row, and the bits of the weight
}

// denseShare is the least share of rows, as a divisor, for which looking at all of them
// costs less than sorting.
const denseShare = 16

func (s *sorter) sort(c *embed.Column, rows int) {
	switch {
	case slices.IsSorted(c.Rows):
	case len(c.Rows) > rows/denseShare:
		if s.dense == nil {
			s.dense = make([]float32, rows)
		}
		clear(s.dense)
		for i, r := range c.Rows {
			s.dense[r] = c.Weights[i]
		}
		c.Rows, c.Weights = c.Rows[:0], c.Weights[:0]
		for r, w := range s.dense {
			if w != 0 {
				c.Rows, c.Weights = append(c.Rows, uint32(r)), append(c.Weights, w)
			}
		}
	default:
		s.packed = s.packed[:0]
		for i, r := range c.Rows {
			s.packed = append(s.packed, uint64(r)<<32|uint64(math.Float32bits(c.Weights[i])))
		}
		slices.Sort(s.packed)
		for i, p := range s.packed {
			c.Rows[i], c.Weights[i] = uint32(p>>32), math.Float32frombits(uint32(p))
		}
	}
}

// checkEvery is how many terms are read between two looks at a context.
const checkEvery = 1 << 10

// head is the first term of a segment that was not read yet.
type head struct {
	segment *matrixSegment
	cursor  *segment.TermCursor
	term    *segment.Term
}

// heads returns the first terms of all segments that have any, in their order.
func (m *Matrix) heads() ([]head, error) {
	var heads []head
	for i := range m.segments {
		c, err := m.segments[i].Raw.TermsIn(schema.FieldStem, nil, nil)
		if err != nil {
			return nil, fmt.Errorf("dictionary of %s: %w", schema.FieldStem, err)
		}
		t, err := c.Next()
		if err != nil {
			return nil, fmt.Errorf("dictionary of %s: %w", schema.FieldStem, err)
		}
		if t != nil {
			heads = append(heads, head{&m.segments[i], c, t})
		}
	}
	return heads, nil
}

// next reads the column of the first term, and returns the heads behind it.
func (m *Matrix) next(heads []head, c *embed.Column) ([]head, error) {
	first := heads[0].term.Bytes
	for _, h := range heads[1:] {
		if bytes.Compare(h.term.Bytes, first) < 0 {
			first = h.term.Bytes
		}
	}
	c.Term = string(first)
	c.Rows, c.Weights = c.Rows[:0], c.Weights[:0]
	rest := heads[:0]
	for _, h := range heads {
		if string(h.term.Bytes) == c.Term {
			err := m.addPostings(&h, c)
			if err == nil {
				h.term, err = h.cursor.Next()
			}
			if err != nil {
				return nil, fmt.Errorf("postings of %q: %w", c.Term, err)
			}
		}
		if h.term != nil {
			rest = append(rest, h)
		}
	}
	return rest, nil
}

// addPostings adds what a segment has of its first term.
func (m *Matrix) addPostings(h *head, c *embed.Column) error {
	h.term.DropPassed()
	list, err := h.term.Postings()
	if err != nil {
		return err
	}
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		for i, doc := range docs[:n] {
			if row := h.segment.rowOf[doc]; row != noRow {
				c.Rows = append(c.Rows, row)
				c.Weights = append(c.Weights, m.weighting.Weight(freqs[i], h.segment.norms[doc]))
			}
		}
	}
	return list.Err()
}
