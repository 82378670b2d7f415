package embed

import (
	"cmp"
	"slices"
	"testing"
)

func TestNearestTerms(t *testing.T) {
	m := train(t, subjects(60, 40, 4))
	for stem, v := range m.All() {
		q := Vector(v.codes[:])
		var want []NearTerm
		for stem, v := range m.All() {
			want = append(want, NearTerm{stem, Cosine(q, v.codes[:])})
		}
		slices.SortStableFunc(want, func(a, b NearTerm) int { return cmp.Compare(b.Cosine, a.Cosine) })
		for _, n := range []int{1, 7, len(want) + 3} {
			if got := m.NearestTerms(q, n); !slices.Equal(got, want[:min(n, len(want))]) {
				t.Fatalf("the %d nearest to %s: %v, want %v", n, stem, got, want)
			}
		}
	}
	if got := m.NearestTerms(nil, 3); got != nil {
		t.Errorf("near to nothing: %v", got)
	}
}
