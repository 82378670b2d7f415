package embed

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// columns is a matrix in memory.
type columns struct {
	rows int
	all  []Column
}

func (m *columns) Rows() int { return m.rows }

func (m *columns) Columns(context.Context) iter.Seq2[*Column, error] {
	return func(yield func(*Column, error) bool) {
		for i := range m.all {
			if !yield(&m.all[i], nil) {
				return
			}
		}
	}
}

// subjects returns a matrix of articles that are each about one of some subjects, whose
// words are in all articles about it with some likelihood, among words of no subject.
func subjects(rows, terms, count int) *columns {
	random := rand.New(rand.NewPCG(3, 4))
	m := &columns{rows: rows}
	for i := range terms {
		c := Column{Term: fmt.Sprintf("w%d", i)}
		for r := range rows {
			likelihood := 0.02
			if i%(count+1) == r%count {
				likelihood = 0.4
			}
			if random.Float64() < likelihood {
				c.Rows = append(c.Rows, uint32(r))
				c.Weights = append(c.Weights, float32(0.2+0.8*random.Float64()))
			}
		}
		m.all = append(m.all, c)
	}
	return m
}

var options = Options{
	Weighting: Weighting{Base: 0.6, PerLength: 0.01},
	Trained:   time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC),
}

func train(t testing.TB, m Matrix) *Model {
	t.Helper()
	model, err := Train(t.Context(), m, options)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

// fold returns the vectors of all rows of a matrix.
func fold(m *columns, model *Model) []Vector {
	sums := NewSums(m.rows)
	for _, c := range m.all {
		if v, ok := model.Term(c.Term); ok {
			for i, r := range c.Rows {
				sums.Add(r, c.Weights[i], v)
			}
		}
	}
	vectors := make([]Vector, m.rows)
	for r := range vectors {
		vectors[r] = sums.Vector(uint32(r))
	}
	return vectors
}

// Articles about the same subject are nearer to each other than to all others, and a word is
// nearest to the articles of its subject.
func TestSubjects(t *testing.T) {
	const count = 7
	m := subjects(600, 400, count)
	model := train(t, m)
	vectors := fold(m, model)
	for r := range 20 {
		var same, other float64
		for s := range vectors {
			if c := Cosine(vectors[r], vectors[s]); s%count == r%count {
				same += c / 600 * count
			} else {
				other += c / 600 * count / (count - 1)
			}
		}
		if same < 4*other {
			t.Errorf("article %d: mean cosine %.3f with its subject, %.3f with others", r, same, other)
		}
	}
	query := model.Words([]WeightedTerm{{"w3", 1}, {"unknown", 1}}).Query()
	v := query.Vector()
	best := 0
	for r := range vectors {
		if Dot(v, vectors[r]) > Dot(v, vectors[best]) {
			best = r
		}
	}
	if best%count != 3 {
		t.Errorf("the article nearest to w3 is %d, of subject %d", best, best%count)
	}
}

// The matrix that the vectors of terms make is the best of its rank: what is left of the
// weights is what singular values beyond the 128th have, by an SVD of the whole matrix.
func TestAgainstWholeSVD(t *testing.T) {
	const rows = width // so that the eigenvalues of A*At can be had from the same size
	m := subjects(rows, 300, 5)
	model := train(t, m)
	weights := wholeMatrix(m)
	var gram square
	for i := range rows {
		for j := range rows {
			for k := range weights[i] {
				gram[i][j] += weights[i][k] * weights[j][k]
			}
		}
	}
	values, _ := eigen(&gram)
	var want, got float64
	for _, v := range values[:Dims] {
		want += v
	}
	// The part of the matrix in the span of V has the squared length of A*V.
	for i := range rows {
		var projected [Dims]float64
		for k, w := range weights[i] {
			if v, ok := model.Term(m.all[k].Term); ok && w != 0 {
				idf := idf(rows, len(m.all[k].Rows))
				for d, c := range v.codes {
					projected[d] += w * float64(c) * float64(v.scale) / idf
				}
			}
		}
		for _, x := range projected {
			got += x * x
		}
	}
	if math.Abs(got-want) > 0.003*want {
		t.Errorf("the vectors hold %.5f of the squared weights, the best ones %.5f", got, want)
	}
}

// wholeMatrix returns the weights that are trained on: with idf, rows scaled to length 1.
func wholeMatrix(m *columns) [][]float64 {
	weights := make([][]float64, m.rows)
	for r := range weights {
		weights[r] = make([]float64, len(m.all))
	}
	for k, c := range m.all {
		if len(c.Rows) < minDocFreq {
			continue
		}
		for i, r := range c.Rows {
			weights[r][k] = idf(m.rows, len(c.Rows)) * float64(c.Weights[i])
		}
	}
	for _, row := range weights {
		var sum float64
		for _, w := range row {
			sum += w * w
		}
		for k := range row {
			row[k] /= math.Sqrt(sum)
		}
	}
	return weights
}

func TestTrainingIsDeterministic(t *testing.T) {
	m := subjects(400, 300, 6)
	first, second := train(t, m), train(t, m)
	if first.ID() != second.ID() || !slices.Equal(first.Encode(), second.Encode()) {
		t.Error("the same matrix gave two models")
	}
	m.all[3].Weights[0] /= 2
	if train(t, m).ID() == first.ID() {
		t.Error("another matrix gave a model with the same ID")
	}
}

// A matrix of fewer dimensions than vectors have: what it lacks is 0, and nothing is NaN.
func TestFewDimensions(t *testing.T) {
	for _, m := range []*columns{
		{rows: 2, all: []Column{{"a", []uint32{0, 1}, []float32{1, 1}}}},
		{rows: 40, all: []Column{{"a", []uint32{0, 1}, []float32{1, .5}}, {"b", []uint32{3, 5}, []float32{1, .5}}}},
		subjects(30, 20, 2),
	} {
		model := train(t, m)
		for _, v := range fold(m, model) {
			if c := Cosine(v, v); !v.IsZero() && math.Abs(c-1) > 1e-9 {
				t.Errorf("%d rows: a cosine of %v with itself", m.rows, c)
			}
		}
		if v, _ := model.Term(m.all[0].Term); *v.codes == [Dims]int8{} {
			t.Errorf("%d rows: nothing was learned", m.rows)
		}
	}
}

func TestTrainErrors(t *testing.T) {
	good := func() *columns { return subjects(20, 10, 2) }
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Train(ctx, good(), options); !errors.Is(err, context.Canceled) {
		t.Errorf("a training that was cancelled: %v", err)
	}
	for _, tt := range []struct {
		name   string
		change func(m *columns, o *Options)
	}{
		{"no weighting", func(_ *columns, o *Options) { o.Weighting = Weighting{} }},
		{"too many rows", func(m *columns, _ *Options) { m.rows = MaxRows + 1 }},
		{"no rows", func(m *columns, _ *Options) { m.rows = 0 }},
		{"no columns", func(m *columns, _ *Options) { m.all = nil }},
		{"too many terms asked for", func(_ *columns, o *Options) { o.MaxTerms = MaxTerms + 1 }},
		{"a row out of bounds", func(m *columns, _ *Options) { m.all[0].Rows[len(m.all[0].Rows)-1] = 20 }},
		{"rows that don't ascend", func(m *columns, _ *Options) { m.all[0].Rows[0] = m.all[0].Rows[1] }},
		{"a weight missing", func(m *columns, _ *Options) { m.all[0].Weights = m.all[0].Weights[1:] }},
		{"a weight that is none", func(m *columns, _ *Options) { m.all[0].Weights[0] = float32(math.NaN()) }},
		{"a weight of 2", func(m *columns, _ *Options) { m.all[0].Weights[0] = 2 }},
		{"a term twice", func(m *columns, _ *Options) { m.all[0].Term = m.all[3].Term }},
		{"a term too long", func(m *columns, _ *Options) { m.all[0].Term = string(make([]byte, maxTermLength+1)) }},
	} {
		m, o := good(), options
		tt.change(m, &o)
		if _, err := Train(t.Context(), m, o); err == nil {
			t.Errorf("%s: no error", tt.name)
		} else {
			t.Logf("%s: %v", tt.name, err)
		}
	}
}

// Of more terms than a model may have, those in most articles are taken.
func TestMaxTerms(t *testing.T) {
	m := subjects(200, 100, 4)
	o := options
	o.MaxTerms = 30
	model, err := Train(t.Context(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	if n := model.Terms(); n == 0 || n > 30 {
		t.Fatalf("%d terms, not 1 to 30", n)
	}
	least := m.rows
	for _, c := range m.all {
		if model.Known(c.Term) {
			least = min(least, len(c.Rows))
		}
	}
	for _, c := range m.all {
		if !model.Known(c.Term) && len(c.Rows) > least {
			t.Errorf("%s is in %d articles and unknown, another term in %d is known", c.Term, len(c.Rows), least)
		}
	}
}

// The time of a posting in training, by all that is done.
func BenchmarkTrain(b *testing.B) {
	m := subjects(2000, 3000, 40)
	postings := 0
	for _, c := range m.all {
		postings += len(c.Rows)
	}
	for b.Loop() {
		train(b, m)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*postings), "ns/posting")
}
