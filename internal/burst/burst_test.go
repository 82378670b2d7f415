package burst

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// usualModel has the defaults.
var usualModel = Model{Scale: DefaultScale, Gamma: DefaultGamma}

func TestFind(t *testing.T) {
	hundreds := slices.Repeat([]int{100}, 12)
	tests := []struct {
		name            string
		relevant, total []int
		want            [][2]int
	}{
		{"nothing", []int{0, 0, 0}, []int{5, 0, 5}, nil},
		{"no batches", nil, nil, nil},
		{"even", slices.Repeat([]int{5}, 12), hundreds, nil},
		{"a peak", []int{2, 2, 1, 2, 30, 25, 2, 3, 2, 1, 2, 2}, hundreds, [][2]int{{4, 6}}},
		{"two peaks", []int{2, 30, 1, 2, 1, 2, 2, 30, 25, 1, 2, 2}, hundreds, [][2]int{{1, 2}, {7, 9}}},
		{"at the end", []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 40}, hundreds, [][2]int{{11, 12}}},
		// More articles in all are no burst of what they are about.
		{"all grow", []int{2, 2, 2, 20}, []int{100, 100, 100, 1000}, nil},
		// A batch without articles says nothing, and does not end a burst.
		{"a gap", []int{1, 1, 30, 0, 30, 1, 1, 1, 1, 1, 1, 1}, []int{100, 100, 100, 0, 100, 100, 100, 100, 100, 100, 100, 100}, [][2]int{{2, 5}}},
	}
	for _, test := range tests {
		found, ok := usualModel.Find(test.relevant, test.total)
		if !ok {
			t.Errorf("%s: not told", test.name)
		}
		var spans [][2]int
		for _, b := range found {
			spans = append(spans, [2]int{b.From, b.To})
			if b.Weight <= 0 {
				t.Errorf("%s: burst %v has no weight", test.name, b)
			}
		}
		if !slices.Equal(spans, test.want) {
			t.Errorf("%s: found %v, want %v", test.name, spans, test.want)
		}
	}
}

// What most articles are about cannot be twice as frequent.
func TestFindTooFrequent(t *testing.T) {
	if found, ok := usualModel.Find([]int{6, 9}, []int{10, 10}); ok || found != nil {
		t.Errorf("found %v, %v", found, ok)
	}
}

// price is what a sequence of states costs, as the paper has it.
func price(m Model, states []bool, relevant, total []int) float64 {
	var d, r, sum float64
	for t := range total {
		d, r = d+float64(relevant[t]), r+float64(total[t])
	}
	before := false
	for t, burst := range states {
		p := d / r
		if burst {
			p *= m.Scale
		}
		if burst && !before {
			sum += m.Gamma * math.Log(float64(len(states)))
		}
		choose := lnFactorial(total[t]) - lnFactorial(relevant[t]) - lnFactorial(total[t]-relevant[t])
		sum -= choose + float64(relevant[t])*math.Log(p) + float64(total[t]-relevant[t])*math.Log(1-p)
		before = burst
	}
	return sum
}

func lnFactorial(n int) float64 {
	v, _ := math.Lgamma(float64(n) + 1)
	return v
}

// The sequence is as cheap as the cheapest of all sequences, and bursts are its runs.
func TestFindIsCheapest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(t, "n")
		relevant, total := make([]int, n), make([]int, n)
		any := false
		for i := range n {
			total[i] = rapid.IntRange(0, 60).Draw(t, "total")
			relevant[i] = rapid.IntRange(0, total[i]).Draw(t, "relevant")
			any = any || relevant[i] > 0
		}
		m := Model{Scale: rapid.Float64Range(1.1, 4).Draw(t, "scale"), Gamma: rapid.Float64Range(0, 2).Draw(t, "gamma")}
		found, ok := m.Find(relevant, total)
		if !ok || !any {
			if found != nil {
				t.Fatalf("found %v", found)
			}
			return
		}
		states, weight := make([]bool, n), 0.
		for _, b := range found {
			weight += b.Weight - m.Gamma*math.Log(float64(n))
			for i := b.From; i < b.To; i++ {
				states[i] = true
			}
		}
		best := math.Inf(1)
		for bits := range 1 << n {
			each := make([]bool, n)
			for i := range n {
				each[i] = bits>>i&1 == 1
			}
			best = min(best, price(m, each, relevant, total))
		}
		const rounding = 1e-9 // of sums of some hundred logarithms
		if got := price(m, states, relevant, total); got > best+rounding {
			t.Fatalf("%v costs %g, and the cheapest %g", states, got, best)
		}
		if usual := price(m, make([]bool, n), relevant, total); math.Abs(usual-weight-best) > rounding {
			t.Fatalf("the weights come to %g, and bursts save %g", weight, usual-best)
		}
	})
}
