package segment

import (
	"math/rand/v2"
	"testing"
)

// Blocks of sums are closed by AVX2 as they are one by one.
func TestCloseSumsIsSingle(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 14))
	for round := range 400 {
		var sums, upSums, norms sumBlock
		density, most := 1+random.IntN(20), 1+random.IntN(sumLimit)
		for i := range sums {
			if random.IntN(density) == 0 {
				sums[i] = uint16(random.IntN(most + 1))
			}
			if random.IntN(3) == 0 {
				upSums[i] = uint16(random.IntN(sumLimit + 1))
			}
			norms[i] = uint16(random.Uint32())
		}
		floor := uint16(random.IntN(1 << random.IntN(17)))
		if round%10 == 0 {
			floor = 0
		}
		wantSums, wantUp, want, got := sums, upSums, foundSums{}, foundSums{}
		wantHits, wantSaturated := closeSumsSingle(&wantSums, &wantUp, &norms, floor, &want)
		hits, saturated := closeSums(&sums, &upSums, &norms, floor, &got)
		if hits != wantHits || saturated != wantSaturated || sums != wantSums || upSums != wantUp ||
			got.docs != want.docs || [64]uint16(got.groups) != [64]uint16(want.groups) {
			t.Fatalf("round %d, floor %d: %d hits, %v; want %d, %v", round, floor, hits, saturated, wantHits, wantSaturated)
		}
	}
}
