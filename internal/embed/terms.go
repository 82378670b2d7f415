package embed

import (
	"cmp"
	"slices"
)

// NearTerm is a term and the cosine between its vector and another one.
type NearTerm struct {
	Stem   string
	Cosine float64
}

// NearestTerms returns the n terms whose vectors are nearest to q, nearest first; of equal
// ones the first by their bytes. It looks at all of them.
func (m *Model) NearestTerms(q Vector, n int) []NearTerm {
	if n <= 0 || q.IsZero() {
		return nil
	}
	square := Dot(q, q)
	nearest := make([]NearTerm, 0, n+1)
	for i := range m.Terms() {
		codes := Vector(m.vector(i).codes[:])
		c := cosine(Dot(q, codes), square, Dot(codes, codes))
		if len(nearest) == n && c <= nearest[n-1].Cosine {
			continue
		}
		at, _ := slices.BinarySearchFunc(nearest, c, func(t NearTerm, c float64) int {
			return cmp.Or(cmp.Compare(c, t.Cosine), -1) // behind those that are as near
		})
		nearest = slices.Insert(nearest, at, NearTerm{string(m.term(i)), c})
		nearest = nearest[:min(len(nearest), n)]
	}
	return nearest
}
