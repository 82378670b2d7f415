package segment

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Documents are in the order of their values, and those of one value in their own.
func TestDocsByValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.OneOf(
			rapid.Int64(), rapid.Int64Range(-3, 3), rapid.Int64Range(1<<50, 1<<50+1<<40),
			rapid.SampledFrom([]int64{MissingValue, MissingValue + 1, math.MaxInt64}),
		)
		values := rapid.SliceOfN(some, 0, 300).Draw(t, "values")
		var want []uint32
		for doc, v := range values {
			if v != MissingValue {
				want = append(want, uint32(doc))
			}
		}
		slices.SortStableFunc(want, func(a, b uint32) int { return cmp.Compare(values[a], values[b]) })
		if got := docsByValue(values); !slices.Equal(got, want) {
			t.Fatalf("%d, want %d", got, want)
		}
	})
}
