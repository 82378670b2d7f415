package embed

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

const (
	// MaxRows bounds the articles that a model is trained on. More change vectors little,
	// and the memory of training grows with them.
	MaxRows = 50_000
	// MaxTerms bounds the terms of a model, which needs about 140 bytes for each.
	MaxTerms = 200_000
	// maxTermLength bounds the bytes of a term.
	maxTermLength = 1 << 10
	// minDocFreq is in how many articles a term must be: one that is in a single article
	// brings nothing together.
	minDocFreq = 2
	// oversampling is by how many dimensions the subspace is larger than the result, so that
	// the last of these are right too. Halko et al. have 5 to 10; the kernels want a multiple
	// of 8.
	oversampling = 16
	// iterations is how often the subspace is multiplied by the matrix and its transpose.
	iterations = 4
)

// Options says how to train. Weighting must be set.
type Options struct {
	// Weighting is what the weights of the matrix were computed by, and those of articles
	// that are folded in must be.
	Weighting Weighting
	// MaxTerms is the number of terms that the model may have; 0 is MaxTerms. Those in most
	// articles are taken.
	MaxTerms int
	// Trained is the time that the model tells.
	Trained time.Time
	// Progress is called after each time that the matrix was gone through, with how often
	// that was so far and will be; it may be nil.
	Progress func(done, total int)
}

// ErrTooFew: there is nothing to learn from, as no term is in two articles.
var ErrTooFew = errors.New("train: no term is in two articles")

// Train learns a model. The matrix is gone through six times. Beside the columns at hand,
// it needs 1.2 KB of memory for each article and what the model is large: 90 MB at most.
func Train(ctx context.Context, m Matrix, o Options) (*Model, error) {
	t, err := newTrainer(m, o)
	if err != nil {
		return nil, err
	}
	if err := t.survey(ctx); err != nil {
		return nil, err
	}
	t.start()
	for i := range iterations {
		if err := t.multiply(ctx); err != nil {
			return nil, err
		}
		if i < iterations-1 {
			t.basis, t.image = t.image, t.basis
			t.basis.orthonormalize()
		}
		if i == iterations-2 {
			// Rotate needs it exact, and rounding spoils the first (Yamamoto et al.,
			// CholeskyQR2, 2015).
			t.basis.orthonormalize()
		}
	}
	inverse := t.rotate()
	return t.model(ctx, inverse)
}

// trainer is the state of a training. With A the matrix, basis is Q, whose columns are
// orthonormal in the end and come to span the first left singular vectors of A; image is A*At*Q.
type trainer struct {
	matrix       Matrix
	options      Options
	scales       []float32 // by row: 1 / its length
	minDocFreq   int
	terms        int // that have it
	basis, image *dense
	passes       int
	weights      []float32 // of the column at hand, scaled
}

func newTrainer(m Matrix, o Options) (*trainer, error) {
	if o.MaxTerms == 0 {
		o.MaxTerms = MaxTerms
	}
	switch rows := m.Rows(); {
	case rows > MaxRows:
		return nil, fmt.Errorf("train: %d articles are more than %d; take a sample", rows, MaxRows)
	case rows < minDocFreq:
		return nil, ErrTooFew
	case o.MaxTerms < 1 || o.MaxTerms > MaxTerms:
		return nil, fmt.Errorf("train: MaxTerms is %d, not 1 to %d", o.MaxTerms, MaxTerms)
	case !o.Weighting.valid():
		return nil, fmt.Errorf("train: %+v is no weighting", o.Weighting)
	}
	return &trainer{matrix: m, options: o, scales: make([]float32, m.Rows()), minDocFreq: minDocFreq}, nil
}

// survey goes through the matrix for the first time: it checks it, finds the lengths of
// rows, and the document frequency that a term must have so that not too many have it.
func (t *trainer) survey(ctx context.Context) error {
	rows := t.matrix.Rows()
	squares := make([]float64, rows)
	withDocFreq := make([]int, rows+1)
	for c, err := range t.matrix.Columns(ctx) {
		if err != nil {
			return err
		}
		if err := c.check(rows); err != nil {
			return fmt.Errorf("train: term %.40q: %w", c.Term, err)
		}
		df := len(c.Rows)
		withDocFreq[df]++
		if df < minDocFreq {
			continue
		}
		idf := idf(rows, df)
		for i, r := range c.Rows {
			w := idf * float64(c.Weights[i])
			squares[r] += w * w
		}
	}
	for df := rows; df >= minDocFreq && t.terms+withDocFreq[df] <= t.options.MaxTerms; df-- {
		t.minDocFreq = df
		t.terms += withDocFreq[df]
	}
	if t.terms == 0 {
		return ErrTooFew
	}
	for r, s := range squares {
		if s > 0 {
			t.scales[r] = float32(1 / math.Sqrt(s))
		}
	}
	t.passed()
	return nil
}

// check says what is wrong with a column of so many rows.
func (c *Column) check(rows int) error {
	switch n := len(c.Rows); {
	case n != len(c.Weights):
		return fmt.Errorf("%d rows have %d weights", n, len(c.Weights))
	case n > rows || n > 0 && int(c.Rows[n-1]) >= rows:
		return fmt.Errorf("more than %d rows", rows)
	case len(c.Term) > maxTermLength:
		return fmt.Errorf("%d bytes are more than %d", len(c.Term), maxTermLength)
	}
	for i := 1; i < len(c.Rows); i++ {
		if c.Rows[i-1] >= c.Rows[i] {
			return errors.New("the rows don't ascend")
		}
	}
	for i, w := range c.Weights {
		if !(w > 0 && w <= 1) {
			return fmt.Errorf("the weight in row %d is %v, not above 0 and at most 1", c.Rows[i], w)
		}
	}
	return nil
}

func (t *trainer) passed() {
	t.passes++
	if t.options.Progress != nil {
		t.options.Progress(t.passes, iterations+2)
	}
}

// start makes the first basis, of random numbers, always the same. Its columns are nearly
// orthogonal, which is enough.
func (t *trainer) start() {
	rows := t.matrix.Rows()
	t.basis, t.image = newDense(rows), newDense(rows)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range t.basis.values {
		t.basis.values[i] = float32(random.NormFloat64())
	}
}

// multiply makes image A*At*basis: for each column a of A, a*(at*basis).
func (t *trainer) multiply(ctx context.Context) error {
	clear(t.image.values)
	var product [width]float32
	for c, err := range t.columns(ctx) {
		if err != nil {
			return err
		}
		clear(product[:])
		gather(product[:], t.basis.values, c.Rows, t.weights)
		scatter(t.image.values, product[:], c.Rows, t.weights)
	}
	t.passed()
	return nil
}

// columns yields the columns of terms that the model has, with t.weights set.
func (t *trainer) columns(ctx context.Context) func(yield func(*Column, error) bool) {
	rows := t.matrix.Rows()
	return func(yield func(*Column, error) bool) {
		n := 0
		for c, err := range t.matrix.Columns(ctx) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			df := len(c.Rows)
			if df < t.minDocFreq {
				continue
			}
			if n++; n > t.terms || df != len(c.Weights) || int(c.Rows[df-1]) >= rows {
				break // told below
			}
			idf := float32(idf(rows, df))
			t.weights = slices.Grow(t.weights[:0], df)[:df]
			for i, r := range c.Rows {
				t.weights[i] = idf * c.Weights[i] * t.scales[r]
			}
			if !yield(c, nil) {
				return
			}
		}
		if n != t.terms {
			yield(nil, errors.New("train: the matrix changed while it was gone through"))
		}
	}
}

// rotate makes the basis the first left singular vectors, by Rayleigh and Ritz: with Qt*A*At*Q
// = W*L*Wt, these are Q*W, and the roots of L are the singular values, of which it returns
// the inverse; 0 for those that are nothing but rounding.
func (t *trainer) rotate() (inverse [Dims]float32) {
	gram := product(t.basis, t.image)
	values, vectors := eigen(gram)
	for i := range inverse {
		if values[i] > values[0]*negligible {
			inverse[i] = float32(1 / math.Sqrt(values[i]))
		}
	}
	t.basis.transform(vectors)
	return inverse
}

// negligible is how small an eigenvalue is beside the first one if it is nothing but
// rounding: float32 has 24 bits.
const negligible = 1e-6

// model makes V of the left singular vectors U: V = At*U/S.
func (t *trainer) model(ctx context.Context, inverse [Dims]float32) (*Model, error) {
	rows := t.matrix.Rows()
	b := newBuilder(t.terms)
	var product [width]float32
	for c, err := range t.columns(ctx) {
		if err != nil {
			return nil, err
		}
		clear(product[:])
		gather(product[:], t.basis.values, c.Rows, t.weights)
		idf := float32(idf(rows, len(c.Rows)))
		var row [Dims]float32
		for i := range row {
			row[i] = idf * product[i] * inverse[i]
		}
		b.add(c.Term, &row)
	}
	t.passed()
	return b.model(t.options.Weighting, rows, t.options.Trained)
}
