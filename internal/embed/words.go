package embed

// WeightedTerm is a stem of a query and how much it counts; 1 is what a plain word does.
type WeightedTerm struct {
	Stem   string
	Weight float32
}

// Words are the words of a query with their vectors. They are immutable.
type Words struct {
	model   string
	terms   []WeightedTerm
	vectors []TermVector // by term; zero where the model doesn't know it
}

// newWords returns words without vectors.
func newWords(model string, terms []WeightedTerm) *Words {
	return &Words{model, terms, make([]TermVector, len(terms))}
}

// Words returns the vectors of the words of a query.
func (m *Model) Words(terms []WeightedTerm) *Words {
	w := newWords(m.ID(), terms)
	for i, t := range terms {
		w.vectors[i], _ = m.Term(t.Stem)
	}
	return w
}

// Model returns the id of the model that the vectors are by.
func (w *Words) Model() string { return w.model }

// Query returns what the query means, a vector of length 1: its words, weighted by their
// idf. Words that are not known are left out; zero if none is known.
func (w *Words) Query() QueryVector {
	q := make(QueryVector, Dims)
	for i := range w.terms {
		w.addTo(q, i)
	}
	q.Normalize()
	return q
}

// Shares returns what each of the words adds to Query: they sum to it.
func (w *Words) Shares() []QueryVector {
	shares := make([]QueryVector, len(w.terms))
	sum := make(QueryVector, Dims)
	for i := range shares {
		shares[i] = make(QueryVector, Dims)
		w.addTo(shares[i], i)
		w.addTo(sum, i)
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

// addTo adds the vector of a word, if it is known.
func (w *Words) addTo(q QueryVector, i int) {
	if v := w.vectors[i]; v.codes != nil {
		addCodes((*[Dims]float32)(q), v.codes, w.terms[i].Weight*v.scale)
	}
}
