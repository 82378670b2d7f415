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
	offsets   []byte // of the terms in text, and the end of the last one: uint32
	scales    []byte // float32
	text      []byte // the terms, sorted, one after the other
	codes     []byte // Dims for each term
	weighting Weighting
}

// ID is a digest of what the model knows. Vectors of models with other IDs must not be
// compared.
func (m *Model) ID() string { return hex.EncodeToString(m.header.ID[:]) }

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
	return m.text[binary.LittleEndian.Uint32(m.offsets[4*i:]):binary.LittleEndian.Uint32(m.offsets[4*i+4:])]
}

func (m *Model) vector(i int) TermVector {
	return TermVector{
		scale: math.Float32frombits(binary.LittleEndian.Uint32(m.scales[4*i:])),
		codes: (*[Dims]int8)(unsafe.Pointer(&m.codes[i*Dims : (i+1)*Dims][0])),
	}
}

// WeightedTerm is a stem of a query and how much it counts; 1 is what a plain word does.
type WeightedTerm struct {
	Stem   string
	Weight float32
}

// Query returns what a query means, a vector of length 1: its words, weighted by their idf.
// Words that are not known are left out; zero if none is known.
func (m *Model) Query(terms []WeightedTerm) QueryVector {
	q := make(QueryVector, Dims)
	for _, t := range terms {
		if v, ok := m.Term(t.Stem); ok {
			addCodes((*[Dims]float32)(q), v.codes, t.Weight*v.scale)
		}
	}
	q.Normalize()
	return q
}
