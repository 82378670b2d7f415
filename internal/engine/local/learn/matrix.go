package learn

import (
	"bytes"
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
// four bytes for each document and one column.
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

// NewMatrix makes a matrix of at most maxRows articles. Of more, those are taken whose
// ids have the least hashes, so that the sample doesn't depend on the segments that they
// lie in. Rows are in the order of segments and documents.
func NewMatrix(ctx context.Context, v *reader.View, w embed.Weighting, maxRows int) (*Matrix, error) {
	m := &Matrix{weighting: w}
	maxHash := uint64(math.MaxUint64)
	if v.Articles > maxRows {
		var err error
		if maxHash, err = hashBelow(ctx, v, maxRows); err != nil {
			return nil, err
		}
	}
	for _, seg := range v.Segments {
		s := matrixSegment{Segment: seg, rowOf: slices.Repeat([]uint32{noRow}, seg.Docs), norms: seg.Norms()}
		err := eachID(ctx, seg, func(doc uint32, id []byte) {
			if m.rows < maxRows && (maxHash == math.MaxUint64 || hashOf(id) <= maxHash) {
				s.rowOf[doc] = uint32(m.rows)
				m.rows++
			}
		})
		if err != nil {
			return nil, err
		}
		m.segments = append(m.segments, s)
	}
	return m, v.Damaged()
}

// hashBelow returns the hash that n of the live articles don't exceed.
func hashBelow(ctx context.Context, v *reader.View, n int) (uint64, error) {
	hashes := make([]uint64, 0, v.Articles)
	for _, seg := range v.Segments {
		if err := eachID(ctx, seg, func(_ uint32, id []byte) { hashes = append(hashes, hashOf(id)) }); err != nil {
			return 0, err
		}
	}
	if len(hashes) <= n {
		return math.MaxUint64, nil
	}
	slices.Sort(hashes)
	return hashes[n-1], nil
}

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
		for n := 0; err == nil && len(heads) > 0; n++ {
			if n%checkEvery == 0 {
				if err = ctx.Err(); err != nil {
					break
				}
			}
			if heads, err = m.next(heads, &c); err != nil {
				break
			}
			if len(c.Rows) > 0 && !yield(&c, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
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
