package embed

import (
	"math"
	"math/rand/v2"
	"testing"
)

func randomVector(random *rand.Rand) (v Vector) {
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
		if got := Cosine(&a, &b); math.Abs(got-want) > 0.015 {
			t.Errorf("a cosine of %.4f, of bytes %.4f", want, got)
		}
		if got := float64(Dot(&a, &b)) / (vectorLength * vectorLength); math.Abs(got-want) > 0.015 {
			t.Errorf("a cosine of %.4f, by the inner product of bytes %.4f", want, got)
		}
	}
}

func TestZero(t *testing.T) {
	var zero Vector
	some := Vector{5: 100}
	if c := Cosine(&zero, &some); c != 0 || !zero.IsZero() || some.IsZero() {
		t.Errorf("a cosine of %v with nothing", c)
	}
	var q QueryVector
	q.Normalize()
	q.Add(1, &zero)
	if v := q.Vector(); !v.IsZero() {
		t.Errorf("nothing became %v", v)
	}
	if v := NewSums(3).Vector(2); !v.IsZero() {
		t.Errorf("no term became %v", v)
	}
	q.Add(0.5, &some)
	if v := q.Vector(); v != (Vector{5: vectorLength}) {
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
	q := randomVector(random)
	for n := range 40 {
		column := make([]int8, n*Dims)
		for i := range column {
			column[i] = int8(random.IntN(256) - 128)
		}
		got, want := make([]int32, n), make([]int32, n)
		DotMany(&q, column, got)
		dotManySlow(&q, column, want)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("vector %d of %d: %d, want %d", i, n, got[i], want[i])
			}
			if dot := Dot(&q, (*Vector)(column[i*Dims:])); dot != want[i] {
				t.Fatalf("vector %d of %d alone: %d, want %d", i, n, dot, want[i])
			}
		}
	}
	all := Vector{}
	for i := range all {
		all[i] = -128
	}
	if dot := Dot(&all, &all); dot != 128*128*128 {
		t.Errorf("the greatest inner product is %d", dot)
	}
}

func BenchmarkDotMany(b *testing.B) {
	random := rand.New(rand.NewPCG(7, 8))
	q := randomVector(random)
	column := make([]int8, 1_000_000*Dims)
	for i := range column {
		column[i] = int8(i * 7)
	}
	out := make([]int32, 1024)
	for b.Loop() {
		for from := 0; from+len(out)*Dims <= len(column); from += len(out) * Dims {
			DotMany(&q, column[from:], out)
		}
	}
}

func BenchmarkSums(b *testing.B) {
	sums := NewSums(4096)
	v := randomVector(rand.New(rand.NewPCG(7, 8)))
	t := TermVector{0.01, (*[Dims]int8)(&v)}
	row := uint32(0)
	for b.Loop() {
		sums.Add(row, 0.5, t)
		row = (row + 7) % 4096
	}
}
