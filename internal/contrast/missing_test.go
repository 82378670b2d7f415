package contrast

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestLowerTail holds the test to tables that were computed by hand: of 20 articles 10 are
// about it, and of 5 drawn one at most is with (252 + 10*210)/15504.
func TestLowerTail(t *testing.T) {
	for _, tt := range []struct {
		found, n, about, all int
		want                 float64
	}{
		{1, 5, 10, 20, 2352. / 15504},
		{0, 5, 10, 20, 252. / 15504},
		{5, 5, 10, 20, 1},
		{0, 0, 10, 20, 1},
		{1, 15, 10, 20, 0}, // 5 at least are about it
		{5, 15, 10, 20, 252. / 15504},
	} {
		if got := LowerTail(tt.found, tt.n, tt.about, tt.all); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("LowerTail(%d, %d, %d, %d) = %v, want %v", tt.found, tt.n, tt.about, tt.all, got, tt.want)
		}
	}
}

func TestLowerTailAsExactOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.IntRange(1, 60).Draw(t, "all")
		n, about := rapid.IntRange(0, all).Draw(t, "n"), rapid.IntRange(0, all).Draw(t, "about")
		found := rapid.IntRange(0, n).Draw(t, "found")
		sum := new(big.Int)
		for i := range found + 1 {
			if i <= about && n-i <= all-about {
				ways := new(big.Int).Binomial(int64(about), int64(i))
				sum.Add(sum, ways.Mul(ways, new(big.Int).Binomial(int64(all-about), int64(n-i))))
			}
		}
		want, _ := new(big.Rat).SetFrac(sum, new(big.Int).Binomial(int64(all), int64(n))).Float64()
		if got := LowerTail(found, n, about, all); math.Abs(got-want) > 1e-9 {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// The p are those of the example in section 3.2 of the paper, in another order. At .05, the
// first four are discoveries.
func TestFalseDiscovery(t *testing.T) {
	p := []float64{.3240, .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .4262, .5719, .6528, .7590, 1}
	discoveries := 0
	for i, q := range FalseDiscovery(p) {
		if q <= .05 {
			discoveries++
			if p[i] > .0095 {
				t.Errorf("p = %v is a discovery", p[i])
			}
		}
		if q < p[i] {
			t.Errorf("q = %v is below p = %v", q, p[i])
		}
	}
	if discoveries != 4 {
		t.Errorf("%d discoveries, want 4", discoveries)
	}
	if len(FalseDiscovery(nil)) != 0 {
		t.Error("something of nothing")
	}
}
