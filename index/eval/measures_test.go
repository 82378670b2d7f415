package eval

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Worked out by hand: the relevant articles are a (grade 1) and b (grade 3).
func TestMeasuresByHand(t *testing.T) {
	grades := map[string]int{"a": 1, "b": 3, "c": 0, "d": -1}
	best := 3/math.Log2(2) + 1/math.Log2(3)
	for _, tt := range []struct {
		name    string
		ranking []string
		want    Scores
	}{
		{"the best there could be", []string{"b", "a", "c", "d"}, Scores{
			MAP: 1, NDCG10: 1, P5: 2. / 5, P10: 2. / 10, RPrec: 1, MRR: 1, Recall20: 1, Recall100: 1,
		}},
		{"grades the wrong way round", []string{"a", "b"}, Scores{
			MAP: 1, NDCG10: (1/math.Log2(2) + 3/math.Log2(3)) / best,
			P5: 2. / 5, P10: 2. / 10, RPrec: 1, MRR: 1, Recall20: 1, Recall100: 1,
		}},
		{"second and fourth", []string{"c", "b", "x", "a"}, Scores{
			MAP: (1./2 + 2./4) / 2, NDCG10: (3/math.Log2(3) + 1/math.Log2(5)) / best,
			P5: 2. / 5, P10: 2. / 10, RPrec: 1. / 2, MRR: 1. / 2, Recall20: 1, Recall100: 1,
		}},
		{"one of two, and last", []string{"d", "c", "x", "y", "z", "b"}, Scores{
			MAP: 1. / 6 / 2, NDCG10: 3 / math.Log2(7) / best,
			P10: 1. / 10, MRR: 1. / 6, Recall20: 1. / 2, Recall100: 1. / 2,
		}},
		{"none", []string{"c", "d", "x"}, Scores{}},
		{"an empty ranking", nil, Scores{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var entries []Scored
			for i, id := range tt.ranking {
				entries = append(entries, Scored{id, -float64(i)})
			}
			if diff := cmp.Diff(tt.want, score(grades, entries), near); diff != "" {
				t.Errorf("scores (-want +got):\n%s", diff)
			}
		})
	}
}

// The figures are trec_eval's own, as its Python binding gives them for these
// judgments and rankings.
func TestMeasuresAsTrecEval(t *testing.T) {
	qrels := Qrels{
		"1": {"a": 1, "b": 3, "c": 0, "d": 2, "e": -1, "f": 4},
		"2": {"a": 1, "x": 0},
		"3": {"p": 0, "q": 0}, // nothing is relevant
		"4": {"m": 1, "n": 2}, // not in the run
		"5": {},
	}
	run := Run{
		"1": {{"z", 9}, {"b", 8.5}, {"e", 8}, {"a", 7.5}, {"c", 7.5}, {"d", 7.5}, {"y", 1}},
		"2": {{"x", 2}, {"a", 1}},
		"3": {{"p", 1}},
		"9": {{"a", 1}}, // not judged
	}
	for i := range 30 {
		qrels["5"][fmt.Sprintf("r%02d", i)] = 1 + i%3
	}
	for i := 0; i < 30; i += 2 {
		run["5"] = append(run["5"], Scored{fmt.Sprintf("r%02d", i), 100 - 3*float64(i)})
	}
	for i := range 40 {
		run["5"] = append(run["5"], Scored{fmt.Sprintf("n%02d", i), 99 - 2*float64(i)})
	}

	//   map, ndcg_cut_10, P_5, P_10, Rprec, recip_rank, recall_20, recall_100
	want := Report{
		Queries: []string{"1", "2", "3", "4", "5"},
		Each: []Scores{
			{0.375, 0.4247100540825668, 0.4, 0.3, 0.5, 0.5, 0.75, 0.75},
			{0.5, 0.6309297535714575, 0.2, 0.1, 0, 0.5, 1, 1},
			{},
			{},
			{0.1685620291309262, 0.20267652204390707, 0.4, 0.3, 0.26666666666666666, 1, 0.16666666666666666, 0.5},
		},
		Mean: Scores{0.20871240582618525, 0.25166326593958627, 0.2, 0.14, 0.15333333333333332, 0.4, 0.38333333333333336, 0.45},
	}
	if diff := cmp.Diff(want, Evaluate(qrels, run), near); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

func TestTies(t *testing.T) {
	for _, tt := range []struct {
		name   string
		scores [2]float64 // of a, which is relevant, and of b
		want   float64    // 1 / rank of a
	}{
		{"a leads", [2]float64{2, 1}, 1},
		{"equal scores: the greater id leads", [2]float64{1, 1}, 0.5},
		{"equal in single precision", [2]float64{100.00000001, 100}, 0.5},
	} {
		got := score(map[string]int{"a": 1}, []Scored{{"a", tt.scores[0]}, {"b", tt.scores[1]}})
		if got[MRR] != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got[MRR], tt.want)
		}
	}
}

func TestDepth(t *testing.T) {
	var entries []Scored
	for i := range Depth + 1 {
		entries = append(entries, Scored{fmt.Sprint(i), -float64(i)})
	}
	last := score(map[string]int{fmt.Sprint(Depth - 1): 1}, entries)
	if last[MAP] != 1./Depth {
		t.Errorf("the last article that counts: %v", last)
	}
	beyond := score(map[string]int{fmt.Sprint(Depth): 1}, entries)
	if beyond != (Scores{}) {
		t.Errorf("the first that doesn't: %v", beyond)
	}
}

func TestEvaluateKeepsTheRun(t *testing.T) {
	entries := []Scored{{"a", 1}, {"b", 2}}
	Evaluate(Qrels{"1": {"a": 1}}, Run{"1": entries})
	if diff := cmp.Diff([]Scored{{"a", 1}, {"b", 2}}, entries); diff != "" {
		t.Errorf("entries (-before +after):\n%s", diff)
	}
}

func TestScoresString(t *testing.T) {
	got := Scores{0.30512, 0.4, 0, 0.25, 0.31, 1, 0.5, 0.75}.String()
	want := "map 0.3051 ndcg_cut_10 0.4000 P_5 0.0000 P_10 0.2500 Rprec 0.3100 recip_rank 1.0000 recall_20 0.5000 recall_100 0.7500"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := MAP.Label() + Recall100.Label(); got != "MAPR@100" {
		t.Errorf("labels: %s", got)
	}
	if got := Measure(99).String(); got != "Measure(99)" || Measure(99).Label() != got {
		t.Errorf("a measure that is none: %s", got)
	}
}

// near takes numbers as equal that differ only by rounding.
var near = cmpopts.EquateApprox(0, 1e-14)
