package eval

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
)

// Comparison is how a second run differs from a first in one measure.
type Comparison struct {
	Delta         float64 // mean of the second less mean of the first
	Better, Worse int     // queries in which the second is so; the others are equal
	// P is how likely a difference at least as large, in either direction,
	// is when it were chance which of the two runs a query's scores are from.
	P float64
}

// Rounds is how many rounds of a randomization test are enough to tell
// probabilities near .05 to three digits (Smucker, Allan and Carterette, A
// Comparison of Statistical Significance Tests for Information Retrieval
// Evaluation, 2007).
const Rounds = 100_000

// Compare makes a paired randomization test of two reports over the same
// judgments: for each of rounds rounds it swaps the scores of each query at
// random, and sees how often the means then differ as much as they do. The
// test makes no assumption of how scores are distributed. Equal seeds give
// equal results.
func Compare(first, second Report, m Measure, rounds int, seed uint64) (Comparison, error) {
	if !slices.Equal(first.Queries, second.Queries) {
		return Comparison{}, errors.New("compare: the reports are not over the same queries")
	}
	if rounds < 1 {
		return Comparison{}, errors.New("compare: no rounds")
	}
	var c Comparison
	var sum float64
	var diffs []float64 // of queries that differ: swapping equal scores changes nothing
	for i := range first.Each {
		d := second.Each[i][m] - first.Each[i][m]
		switch {
		case d > 0:
			c.Better++
		case d < 0:
			c.Worse++
		default:
			continue
		}
		sum += d
		diffs = append(diffs, d)
	}
	if len(first.Queries) > 0 {
		c.Delta = sum / float64(len(first.Queries))
	}
	c.P = randomize(diffs, math.Abs(sum), rounds, seed)
	return c, nil
}

// Contrast is a report beside that of a baseline.
type Contrast struct {
	Baseline    Report
	Comparisons [measures]Comparison // by Measure; the baseline is first
}

// Against compares a report in every measure with that of a baseline over the same
// judgments, in [Rounds] rounds that are the same each time.
func (r *Report) Against(baseline Report) (*Contrast, error) {
	c := &Contrast{Baseline: baseline}
	for m := range c.Comparisons {
		var err error
		if c.Comparisons[m], err = Compare(baseline, *r, Measure(m), Rounds, 1); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// randomize returns the share of rounds in which diffs with random signs sum
// to at least observed, in absolute value. The observed assignment counts as
// one round more, so that the result is never 0, which no sample can show.
func randomize(diffs []float64, observed float64, rounds int, seed uint64) float64 {
	// Sums of the same numbers in another order differ in their last bits,
	// and must count as equal.
	observed -= 1e-12 * float64(len(diffs))
	random := rand.New(rand.NewPCG(seed, 0))
	atLeast := 1
	for range rounds {
		var sum float64
		var bits uint64
		for i, d := range diffs {
			if i%64 == 0 {
				bits = random.Uint64()
			}
			if bits&1 == 0 {
				sum += d
			} else {
				sum -= d
			}
			bits >>= 1
		}
		if math.Abs(sum) >= observed {
			atLeast++
		}
	}
	return float64(atLeast) / float64(rounds+1)
}
