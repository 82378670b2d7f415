package neardup

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMinimizeWideIsMinimizePlain(t *testing.T) {
	if !wide {
		t.Skip("this processor has no AVX2")
	}
	rapid.Check(t, func(t *rapid.T) {
		hashes := rapid.SliceOfN(rapid.Uint32(), 1, 50).Draw(t, "hashes")
		var before, got, want [lanes]uint32
		for i := range before {
			before[i] = rapid.Uint32().Draw(t, "minimum")
		}
		got, want = before, before
		minimizeWide(&got, &hashFunctions.multipliers, &hashFunctions.xors, hashes)
		minimizePlain(&want, hashes)
		if got != want {
			t.Fatalf("minima of %v differ:\n%v\n%v", hashes, got, want)
		}
	})
}
