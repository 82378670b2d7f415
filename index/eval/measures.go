package eval

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Depth is how many articles of a ranking count.
const Depth = 1000

// Measure names a measure of a ranking. All lie between 0 and 1, and more is
// better.
type Measure int

// The measures. R is the number of relevant articles of a query.
const (
	MAP       Measure = iota // average precision: of the precision at each relevant article, summed and divided by R
	NDCG10                   // discounted gain of the first 10, as a share of the best there could be
	P5                       // relevant articles among the first 5, divided by 5
	P10                      // likewise 10
	RPrec                    // relevant articles among the first R, divided by R
	MRR                      // 1 / rank of the first relevant article
	Recall20                 // relevant articles among the first 20, divided by R
	Recall100                // likewise 100

	measures = iota
)

// names are those that trec_eval prints.
var names = [measures]string{
	"map", "ndcg_cut_10", "P_5", "P_10", "Rprec", "recip_rank", "recall_20", "recall_100",
}

// String returns the name that trec_eval gives the measure.
func (m Measure) String() string {
	if m < 0 || m >= measures {
		return fmt.Sprintf("Measure(%d)", int(m))
	}
	return names[m]
}

// Label returns the name that papers give the measure.
func (m Measure) Label() string {
	if m < 0 || m >= measures {
		return m.String()
	}
	return [measures]string{"MAP", "nDCG@10", "P@5", "P@10", "R-prec", "MRR", "R@20", "R@100"}[m]
}

// Scores holds the value of each [Measure].
type Scores [measures]float64

// String lists the scores in one line.
func (s Scores) String() string {
	var b strings.Builder
	for m, v := range s {
		if m > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%s %.4f", Measure(m), v)
	}
	return b.String()
}

// Report is how good a run is.
type Report struct {
	Mean    Scores   // over Queries
	Queries []string // ids of all judged queries, numbers in their order
	Each    []Scores // of each of Queries
}

// Evaluate measures a run against judgments.
func Evaluate(qrels Qrels, r Run) Report {
	rep := Report{Queries: slices.SortedFunc(maps.Keys(qrels), byNumber)}
	for _, q := range rep.Queries {
		s := score(qrels[q], r[q])
		rep.Each = append(rep.Each, s)
		for m := range s {
			rep.Mean[m] += s[m] / float64(len(rep.Queries))
		}
	}
	return rep
}

// score measures one ranking against the grades of its query.
func score(grades map[string]int, entries []Scored) Scores {
	var ideal []int // the grades above 0, best first
	for _, g := range grades {
		if g > 0 {
			ideal = append(ideal, g)
		}
	}
	relevant := len(ideal) // R
	if relevant == 0 {
		return Scores{}
	}
	slices.SortFunc(ideal, func(a, b int) int { return b - a })

	entries = Ordered(entries)
	entries = entries[:min(len(entries), Depth)]
	var places []int // of relevant articles, from 0
	var precisions, gain, idealGain float64
	for i, e := range entries {
		if grade := grades[e.ID]; grade > 0 {
			places = append(places, i)
			precisions += float64(len(places)) / float64(i+1)
			gain += discounted(grade, i)
		}
	}
	for i, g := range ideal {
		idealGain += discounted(g, i)
	}

	s := Scores{
		MAP:       precisions / float64(relevant),
		NDCG10:    gain / idealGain,
		P5:        within(places, 5) / 5,
		P10:       within(places, 10) / 10,
		RPrec:     within(places, relevant) / float64(relevant),
		Recall20:  within(places, 20) / float64(relevant),
		Recall100: within(places, 100) / float64(relevant),
	}
	if len(places) > 0 {
		s[MRR] = 1 / float64(places[0]+1)
	}
	return s
}

// discounted is what an article of some grade at place i, from 0, adds to
// NDCG10.
func discounted(grade, i int) float64 {
	if i >= 10 {
		return 0
	}
	return float64(grade) / math.Log2(float64(i+2))
}

// within returns how many of places lie below n.
func within(places []int, n int) float64 {
	i, _ := slices.BinarySearch(places, n)
	return float64(i)
}
