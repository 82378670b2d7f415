package eval

import (
	"fmt"
	"math"
	"testing"
)

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name          string
		first, second []float64
		better, worse int
		delta         float64
		p             float64 // exact, over all assignments of signs
	}{
		{"equal", []float64{.1, .2, .3}, []float64{.1, .2, .3}, 0, 0, 0, 1},
		{"one query differs", []float64{.1, .2}, []float64{.1, .4}, 1, 0, .1, 1},
		// Of the 2^10 assignments of signs, all + and all - are as extreme.
		{"better in each of 10", make([]float64, 10), []float64{.1, .1, .1, .1, .1, .1, .1, .1, .1, .1}, 10, 0, .1, 2. / 1024},
		// 3 of 4 alike: all signs equal (2 ways) or one other (8), of 16.
		{"better in 3 of 4", []float64{0, 0, 0, .5}, []float64{.5, .5, .5, 0}, 3, 1, .25, 10. / 16},
		// |sum| of .3 at least: .1+.2 with one sign, of 4 assignments.
		{"worse twice", []float64{.2, .2}, []float64{.1, 0}, 0, 2, -.15, 2. / 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Compare(report(tt.first), report(tt.second), MAP, 100_000, 1)
			if err != nil {
				t.Fatal(err)
			}
			if c.Better != tt.better || c.Worse != tt.worse || math.Abs(c.Delta-tt.delta) > 1e-12 {
				t.Errorf("got %+v, want better %d, worse %d, delta %v", c, tt.better, tt.worse, tt.delta)
			}
			if math.Abs(c.P-tt.p) > .005 {
				t.Errorf("p = %v, want about %v", c.P, tt.p)
			}
			again, err := Compare(report(tt.first), report(tt.second), MAP, 100_000, 1)
			if err != nil || again != c {
				t.Errorf("the same seed gave %+v, then %+v (%v)", c, again, err)
			}
		})
	}
}

func TestCompareErrors(t *testing.T) {
	if _, err := Compare(report([]float64{1}), report([]float64{1, 1}), MAP, 10, 1); err == nil {
		t.Error("reports over other queries were compared")
	}
	if _, err := Compare(report([]float64{1}), report([]float64{1}), MAP, 0, 1); err == nil {
		t.Error("no rounds gave a result")
	}
}

// report is one with these average precisions.
func report(values []float64) Report {
	var r Report
	for i, v := range values {
		r.Queries = append(r.Queries, fmt.Sprint(i))
		r.Each = append(r.Each, Scores{MAP: v})
	}
	return r
}

// Every measure is compared, and the baseline is what the deltas are counted from.
func TestAgainst(t *testing.T) {
	qrels := Qrels{"1": {"a": 1}, "2": {"a": 1}}
	baseline := Evaluate(qrels, Run{"1": {{"x", 2}, {"a", 1}}, "2": {{"a", 1}}})
	rep := Evaluate(qrels, Run{"1": {{"a", 2}, {"x", 1}}, "2": {{"a", 1}}})
	c, err := rep.Against(baseline)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Comparisons[MRR]; got != (Comparison{Delta: .25, Better: 1, P: 1}) {
		t.Errorf("MRR: %+v", got)
	}
	if got := c.Comparisons[P10]; got != (Comparison{P: 1}) {
		t.Errorf("P@10, which is equal: %+v", got)
	}
	if _, err := rep.Against(Report{}); err == nil {
		t.Error("reports over other queries were compared")
	}
}
