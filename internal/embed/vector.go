package embed

import "math"

// Dims is the number of dimensions of vectors that are learned from a corpus.
const Dims = 128

// Vector is the place of an article or a query in meaning: a vector of length
// vectorLength, or zero where nothing is known, as the nil Vector is. It has a byte for
// each dimension, and zeros behind them up to a multiple of padding; see Padded.
type Vector []int8

const (
	// vectorLength is the length of vectors before they are rounded: no dimension can
	// be larger than a byte holds, whatever the vector. Rounding changes a cosine by
	// .003 (standard deviation), and no measure of a ranking.
	vectorLength = 127
	// padding is how many bytes the kernels take at a time.
	padding = 32
	// MaxDims bounds the dimensions of vectors. Inner products of many more would still
	// fit 32 bits.
	MaxDims = 4096
)

// Padded returns how many bytes a vector of so many dimensions has.
func Padded(dims int) int { return (dims + padding - 1) / padding * padding }

// IsZero reports whether nothing is known.
func (v Vector) IsZero() bool {
	for _, x := range v {
		if x != 0 {
			return false
		}
	}
	return true
}

// Dot returns the inner product of two vectors; 0 if one is nil or has other dimensions.
func Dot(a, b Vector) int32 {
	if len(a) != len(b) {
		return 0
	}
	var out [1]int32
	DotMany(a, b, out[:])
	return out[0]
}

// DotMany writes the inner products of q with the vectors that lie in column, as many bytes
// each as q has. It panics if column is shorter than out needs.
func DotMany(q Vector, column []int8, out []int32) { dotMany(q, column[:len(out)*len(q)], out) }

// Cosine returns the cosine between two vectors, -1 to 1; 0 if one of them is zero or has
// other dimensions.
func Cosine(a, b Vector) float64 {
	return cosine(Dot(a, b), Dot(a, a), Dot(b, b))
}

// Cosines writes the cosine between q and each of vectors to out, which is as long.
func Cosines(q Vector, vectors []Vector, out []float64) {
	square := Dot(q, q)
	for i, v := range vectors {
		out[i] = cosine(Dot(q, v), square, Dot(v, v))
	}
}

// cosine returns the cosine between two vectors with this inner product and these squares
// of their lengths.
func cosine(dot, aa, bb int32) float64 {
	squares := float64(aa) * float64(bb)
	if squares == 0 {
		return 0
	}
	return float64(dot) / math.Sqrt(squares)
}

// QueryVector is a sum of words and articles: what a query means. The nil QueryVector
// means nothing. Its length is that of vectors to which it is compared.
type QueryVector []float32

// IsZero reports whether q means nothing.
func (q QueryVector) IsZero() bool {
	for _, x := range q {
		if x != 0 {
			return false
		}
	}
	return true
}

// Length returns the Euclidean length.
func (q QueryVector) Length() float64 {
	var sum float64
	for _, x := range q {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum)
}

// Normalize scales q to length 1, if it isn't zero.
func (q QueryVector) Normalize() {
	if length := q.Length(); length > 0 {
		for i := range q {
			q[i] = float32(float64(q[i]) / length)
		}
	}
}

// Add adds a vector, scaled to the length weight. A zero vector adds nothing.
func (q QueryVector) Add(weight float32, v Vector) {
	length := math.Sqrt(float64(Dot(v, v)))
	if length == 0 {
		return
	}
	scale := float32(float64(weight) / length)
	for i, x := range v {
		q[i] += scale * float32(x)
	}
}

// Along returns the inner product with a vector scaled to length 1; 0 with zero.
func (q QueryVector) Along(v Vector) float64 {
	unit := make(QueryVector, len(q))
	unit.Add(1, v)
	var sum float64
	for i, x := range unit {
		sum += float64(x) * float64(q[i])
	}
	return sum
}

// Vector returns q with a byte for each dimension.
func (q QueryVector) Vector() Vector { return quantize(q) }

// quantize rounds to a Vector, which is nil for what has no direction.
func quantize(x []float32) Vector {
	length := QueryVector(x).Length()
	if length == 0 || math.IsInf(length, 0) || math.IsNaN(length) {
		return nil
	}
	v := make(Vector, Padded(len(x)))
	scale := vectorLength / length
	for i := range x {
		v[i] = int8(math.RoundToEven(float64(x[i]) * scale))
	}
	return v
}

// Sums adds up the vectors of articles, term by term. It is not safe for concurrent use.
type Sums struct {
	sums []float32
}

// NewSums returns sums of so many rows that are all zero. A row needs 512 bytes: to fold in
// many articles, take some thousand at a time.
func NewSums(rows int) *Sums { return &Sums{make([]float32, rows*Dims)} }

// Add adds a term to a row. The weight is what Model.Weight returns.
func (s *Sums) Add(row uint32, weight float32, t TermVector) {
	addCodes((*[Dims]float32)(s.sums[int(row)*Dims:]), t.codes, weight*t.scale)
}

// Vector returns the vector of a row.
func (s *Sums) Vector(row uint32) Vector { return quantize(s.sums[int(row)*Dims:][:Dims]) }

// Reset makes all rows zero.
func (s *Sums) Reset() { clear(s.sums) }
