package embed

// Shares returns what each of terms adds to Query of all of them: they sum to it.
func (m *Model) Shares(terms []WeightedTerm) []QueryVector {
	shares := make([]QueryVector, len(terms))
	sum := make(QueryVector, Dims)
	for i, t := range terms {
		shares[i] = make(QueryVector, Dims)
		if v, ok := m.Term(t.Stem); ok {
			addCodes((*[Dims]float32)(shares[i]), v.codes, t.Weight*v.scale)
			addCodes((*[Dims]float32)(sum), v.codes, t.Weight*v.scale)
		}
	}
	length := float32(sum.Length())
	if length == 0 {
		return shares
	}
	for i := range shares {
		for j := range shares[i] {
			shares[i][j] /= length
		}
	}
	return shares
}

// Along returns the inner product with a vector scaled to length 1; 0 with zero.
func (q QueryVector) Along(v Vector) float64 {
	unit := make(QueryVector, len(q))
	unit.Add(1, v)
	var sum float64
	for i, x := range unit {
		sum += float64(x) * float64(q[i])
	}
	return sum
}
