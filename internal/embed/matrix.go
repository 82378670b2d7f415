package embed

import (
	"context"
	"iter"
	"math"
)

// Matrix is a sparse matrix of term weights, articles by terms. It is gone through several
// times, and must be the same each time, in the same order of terms.
type Matrix interface {
	// Rows returns the number of articles, at most MaxRows.
	Rows() int
	// Columns yields the terms, no term twice. A column is the caller's until the next one
	// is yielded. An error is the last thing that is yielded.
	Columns(ctx context.Context) iter.Seq2[*Column, error]
}

// Column is a term's postings among the rows of a matrix.
type Column struct {
	Term string
	// Rows ascend; each has the term at least once.
	Rows []uint32
	// Weights are what Weighting.Weight gives, one for each of Rows. The idf is no part of
	// them: Train computes it from the number of rows.
	Weights []float32
}

// Weighting is how often a term occurs in an article, saturated, as BM25 has it:
//
//	frequency / (frequency + Base + PerLength*length)
//
// with Base = k1*(1 - b) and PerLength = k1*b/mean length, in the unit of frequencies.
type Weighting struct {
	Base, PerLength float64
}

// Weight returns the weight of a term without its idf: 0 to 1.
func (w Weighting) Weight(frequency, length uint32) float32 {
	f := float64(frequency)
	return float32(f / (f + w.Base + w.PerLength*float64(length)))
}

// valid reports whether weights lie between 0 and 1.
func (w Weighting) valid() bool {
	return w.Base > 0 && w.PerLength >= 0 && !math.IsInf(w.Base, 0) && !math.IsInf(w.PerLength, 0)
}

// idf is how much it tells that a term occurs in an article, if it does in df of so many
// articles (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, 3.2; plus
// 1 within the logarithm, so that it is never negative).
func idf(articles, df int) float64 {
	n, f := float64(articles), float64(df)
	return math.Log(1 + (n-f+0.5)/(f+0.5))
}
