package match_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/match/matchtest"
)

func TestSimplifyingChangesNoScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		docs := rapid.SliceOfN(match.DocGen(), 1, 5).Draw(t, "docs")
		p := match.PlanGen(3).Draw(t, "plan")
		simple := match.Simplified(p)
		want, got := byDoc(matchtest.Rank(p, docs)), byDoc(matchtest.Rank(simple, docs))
		if len(got) != len(want) {
			t.Fatalf("%s finds %v, %s %v", match.Show(simple), got, match.Show(p), want)
		}
		for i := range want {
			if got[i].Doc != want[i].Doc || math.Abs(got[i].Score-want[i].Score) > 1e-9 {
				t.Fatalf("%s scores %v, %s %v", match.Show(simple), got, match.Show(p), want)
			}
		}
	})
}

func byDoc(s []matchtest.Scored) []matchtest.Scored {
	slices.SortFunc(s, func(a, b matchtest.Scored) int { return a.Doc - b.Doc })
	return s
}
