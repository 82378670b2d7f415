package embed

import (
	"encoding/binary"
	"encoding/hex"
	"iter"
	"math"
	"sort"
	"time"
	"unsafe"
)

// Model is what words mean: for each term its row of V, times its idf. It is immutable and
// safe for concurrent use. It is a view of its encoded form, see codec.go.
type Model struct {
	data      []byte
	header    header
	starts    []uint32 // where the entries of the terms are in data, see codec.go
	codes     []byte   // Dims for each term
	weighting Weighting
}

// ID is a digest of what the model knows. Vectors of models with other IDs must not be
// compared.
func (m *Model) ID() string { return m.header.id() }

func (h *header) id() string { return hex.EncodeToString(h.ID[:]) }

// Terms returns the number of terms.
func (m *Model) Terms() int { return int(m.header.Terms) }

// Articles returns the number of articles that the model was trained on.
func (m *Model) Articles() int { return int(m.header.Articles) }

// Trained returns when it was trained, to the microsecond, in UTC.
func (m *Model) Trained() time.Time { return time.UnixMicro(m.header.Trained).UTC() }

// Weighting returns what the weights of the articles were computed by.
func (m *Model) Weighting() Weighting { return m.weighting }

// Weight returns what [Sums.Add] wants: the weight of a term that occurs with this frequency in
// an article of this length, without its idf, which is part of the term's vector.
func (m *Model) Weight(frequency, length uint32) float32 {
	return m.weighting.Weight(frequency, length)
}

// TermVector is a term's row of V times its idf, as the model keeps it: whole numbers with
// a scale. It is good as long as the bytes that the model was decoded from.
type TermVector struct {
	scale float32
	codes *[Dims]int8
}

// Term returns the vector of a stem; false if the model doesn't know it.
func (m *Model) Term(stem string) (TermVector, bool) {
	i := sort.Search(m.Terms(), func(i int) bool { return string(m.term(i)) >= stem })
	if i == m.Terms() || string(m.term(i)) != stem {
		return TermVector{}, false
	}
	return m.vector(i), true
}

// Known reports whether the model knows a stem.
func (m *Model) Known(stem string) bool {
	_, ok := m.Term(stem)
	return ok
}

// All yields the terms in the order of their bytes, with their vectors.
func (m *Model) All() iter.Seq2[string, TermVector] {
	return func(yield func(string, TermVector) bool) {
		for i := range m.Terms() {
			if !yield(string(m.term(i)), m.vector(i)) {
				return
			}
		}
	}
}

func (m *Model) term(i int) []byte {
	entry := m.data[m.starts[i]:]
	n := binary.LittleEndian.Uint16(entry[4:])
	return entry[entryHeader:][:n]
}

func (m *Model) vector(i int) TermVector {
	scale := math.Float32frombits(binary.LittleEndian.Uint32(m.data[m.starts[i]:]))
	return newTermVector(scale, m.codes[i*Dims:])
}

// newTermVector returns the vector whose codes b begins with. It goes on using b.
func newTermVector(scale float32, b []byte) TermVector {
	return TermVector{scale, (*[Dims]int8)(unsafe.Pointer(unsafe.SliceData(b[:Dims])))}
}
