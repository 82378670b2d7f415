package embed

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func randomVector(random *rand.Rand) Vector {
	v := make(Vector, Dims)
	for i := range v {
		v[i] = int8(random.IntN(255) - 127)
	}
	return v
}

func TestCosine(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		var x, y [Dims]float32
		var dot, xx, yy float64
		for i := range x {
			x[i] = float32(random.NormFloat64())
			y[i] = x[i] + float32(random.NormFloat64())
			dot += float64(x[i]) * float64(y[i])
			xx += float64(x[i]) * float64(x[i])
			yy += float64(y[i]) * float64(y[i])
		}
		want := dot / math.Sqrt(xx*yy)
		a, b := quantize(x[:]), quantize(y[:])
		if got := Cosine(a, b); math.Abs(got-want) > 0.015 {
			t.Errorf("a cosine of %.4f, of bytes %.4f", want, got)
		}
		if got := float64(Dot(a, b)) / (vectorLength * vectorLength); math.Abs(got-want) > 0.015 {
			t.Errorf("a cosine of %.4f, by the inner product of bytes %.4f", want, got)
		}
	}
}

func TestZero(t *testing.T) {
	var zero Vector
	some := Vector{5: 100, Dims - 1: 0}
	if c := Cosine(zero, some); c != 0 || !zero.IsZero() || some.IsZero() {
		t.Errorf("a cosine of %v with nothing", c)
	}
	var q QueryVector
	q.Normalize()
	q.Add(1, zero)
	if v := q.Vector(); !v.IsZero() {
		t.Errorf("nothing became %v", v)
	}
	if v := NewSums(3).Vector(2); !v.IsZero() {
		t.Errorf("no term became %v", v)
	}
	q = make(QueryVector, Dims)
	q.Add(0.5, some)
	if v := q.Vector(); !slices.Equal(v, Vector{5: vectorLength, Dims - 1: 0}) {
		t.Errorf("one dimension alone became %v", v)
	}
	if length := q.Length(); math.Abs(length-0.5) > 1e-6 {
		t.Errorf("a vector added with weight .5 has length %v", length)
	}
	q[0] = float32(math.Inf(1))
	if v := q.Vector(); !v.IsZero() {
		t.Errorf("infinity became %v", v)
	}
}

func TestDot(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for _, dims := range []int{padding, 2 * padding, Dims - padding, Dims, Dims + padding, 384, 1536, MaxDims} {
		q := make(Vector, dims)
		for i := range q {
			q[i] = int8(random.IntN(256) - 128)
		}
		for n := range 12 {
			column := make([]int8, n*dims)
			for i := range column {
				column[i] = int8(random.IntN(256) - 128)
			}
			got, want := make([]int32, n), make([]int32, n)
			DotMany(q, column, got)
			dotManySlow(q, column, want)
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("%d dimensions, vector %d of %d: %d, want %d", dims, i, n, got[i], want[i])
				}
				if dot := Dot(q, column[i*dims:][:dims]); dot != want[i] {
					t.Fatalf("%d dimensions, vector %d of %d alone: %d, want %d", dims, i, n, dot, want[i])
				}
			}
		}
		for i := range q {
			q[i] = -128
		}
		if dot := Dot(q, q); int(dot) != 128*128*dims {
			t.Errorf("the greatest inner product of %d dimensions is %d", dims, dot)
		}
	}
	for _, other := range []Vector{nil, make(Vector, padding), make(Vector, 2*Dims)} {
		if dot := Dot(other, randomVector(random)); dot != 0 {
			t.Errorf("the inner product with %d dimensions is %d", len(other), dot)
		}
	}
}

// A vector whose dimensions are no multiple of padding has zeros behind them.
func TestPadded(t *testing.T) {
	for _, dims := range []int{1, 16, 31, 32, 33, 300, 4095} {
		q := make(QueryVector, dims)
		q[dims-1] = 2
		v := q.Vector()
		if len(v) != Padded(dims) || len(v)%padding != 0 || v[dims-1] != vectorLength || Dot(v, v) != vectorLength*vectorLength {
			t.Errorf("%d dimensions became %d bytes: %v", dims, len(v), v)
		}
	}
}

func TestCosines(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 6))
	q := randomVector(random)
	vectors := make([]Vector, 20)
	for i := range vectors[1:] {
		vectors[i] = randomVector(random)
	}
	got := make([]float64, len(vectors))
	Cosines(q, vectors, got)
	for i := range vectors {
		if want := Cosine(q, vectors[i]); got[i] != want {
			t.Errorf("the cosine of %d is %v, want %v", i, got[i], want)
		}
	}
}

// BenchmarkDotMany multiplies 128 MB of vectors, a million of those that are learned, as a
// search for the nearest does; plain is without AVX2.
func BenchmarkDotMany(b *testing.B) {
	const bytes = 1_000_000 * Dims
	column := make([]int8, bytes)
	for i := range column {
		column[i] = int8(i * 7)
	}
	for _, k := range []struct {
		name    string
		dims    int
		dotMany func(q Vector, column []int8, out []int32)
	}{{"128", Dims, DotMany}, {"384", 384, DotMany}, {"1536", 1536, DotMany}, {"128plain", Dims, dotManySlow}} {
		b.Run(k.name, func(b *testing.B) {
			q := make(Vector, k.dims)
			for i := range q {
				q[i] = int8(i * 11)
			}
			out := make([]int32, 128<<10/k.dims)
			n := 0
			for b.Loop() {
				for from := 0; from+len(out)*k.dims <= len(column); from += len(out) * k.dims {
					k.dotMany(q, column[from:], out)
					n += len(out)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/vector")
		})
	}
}

func BenchmarkSums(b *testing.B) {
	sums := NewSums(4096)
	v := randomVector(rand.New(rand.NewPCG(7, 8)))
	t := TermVector{0.01, (*[Dims]int8)(v)}
	row := uint32(0)
	for b.Loop() {
		sums.Add(row, 0.5, t)
		row = (row + 7) % 4096
	}
}
