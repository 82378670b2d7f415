package embed

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// What is done eight at a time gives the same bits as one by one.
func TestAddScaled(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for n := range 200 {
		got, src := make([]float32, n), make([]float32, n)
		for i := range got {
			got[i], src[i] = float32(random.NormFloat64()), float32(random.NormFloat64())
		}
		want := slices.Clone(got)
		w := float32(random.NormFloat64())
		addScaled(got, src, w)
		addScaledSlow(want, src, w)
		if !slices.Equal(got, want) {
			t.Fatalf("%d numbers: %v, want %v", n, got, want)
		}
	}
}

func TestAddCodes(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	for range 100 {
		var got [Dims]float32
		for i := range got {
			got[i] = float32(random.NormFloat64())
		}
		want := got
		codes := [Dims]int8(randomVector(random))
		codes[0], codes[1] = -128, 127
		w := float32(random.NormFloat64())
		addCodes(&got, &codes, w)
		addCodesSlow(&want, &codes, w)
		if got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

func TestGatherScatter(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	const rows = 50
	matrix := newDense(rows)
	for i := range matrix.values {
		matrix.values[i] = float32(random.NormFloat64())
	}
	chosen, weights := []uint32{0, 3, 4, 17, 49}, []float32{1, -.5, .25, 3, 1e-3}
	var got, want [width]float32
	gather(got[:], matrix.values, chosen, weights)
	for i, r := range chosen {
		addScaledSlow(want[:], matrix.row(int(r)), weights[i])
	}
	if got != want {
		t.Errorf("gathered %v, want %v", got, want)
	}
	expected := slices.Clone(matrix.values)
	scatter(matrix.values, got[:], chosen, weights)
	for i, r := range chosen {
		addScaledSlow(expected[int(r)*width:][:width], got[:], weights[i])
	}
	if !slices.Equal(matrix.values, expected) {
		t.Error("scattered otherwise than one by one")
	}
}

func BenchmarkGather(b *testing.B) {
	const rows = 28_000
	matrix := newDense(rows)
	var chosen []uint32
	var weights []float32
	for r := uint32(0); r < rows; r += 28 {
		chosen, weights = append(chosen, r), append(weights, 0.5)
	}
	var sum [width]float32
	for b.Loop() {
		gather(sum[:], matrix.values, chosen, weights)
		scatter(matrix.values, sum[:], chosen, weights)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(chosen)), "ns/posting")
}
