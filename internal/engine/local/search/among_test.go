package search

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/match"
)

// drawAmongPlan draws a plan of stems and phrases.
func drawAmongPlan(random *rand.Rand) match.Plan {
	word := func() int { return random.IntN(readertest.NumWords) }
	switch random.IntN(5) {
	case 0:
		return phrasePlan(wordTerm(word()), wordTerm(word()))
	case 1:
		return match.And{Operands: []match.Plan{drawPlan(random, 1), phrasePlan(wordTerm(word()), wordTerm(word()), wordTerm(word()))}}
	case 2:
		return match.Or{Operands: []match.Plan{stemPlan(word()), phrasePlan(wordTerm(word()), wordTerm(word())), stemPlan(word())}}
	}
	return drawPlan(random, 2)
}

// A request with the statistics of an earlier one looks among what its filters keep,
// and finds the same as one that evaluates its leaves as a whole.
func TestLookAmong(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(12, 21))
	compared := 0
	for range 400 {
		r := engine.Request{Plan: drawAmongPlan(random), Limit: 1 + random.IntN(60), ExactTotal: random.IntN(2) == 0}
		if random.IntN(4) == 0 {
			r.Order = engine.Newest
		}
		for range 1 + random.IntN(2) {
			value := "topic/" + readertest.Word(random.IntN(readertest.NumWords))
			r.Filters = append(r.Filters, engine.Filter{Facet: engine.FacetTopic, Values: []string{value}, Not: random.IntN(4) == 0})
		}
		whole, err := Run(t.Context(), v, analysis.Of("en"), &r)
		if err != nil {
			t.Fatal(err)
		}
		if whole.Statistics == "" {
			continue
		}
		among := r
		among.Statistics = whole.Statistics
		got, err := Run(t.Context(), v, analysis.Of("en"), &among)
		if err != nil {
			t.Fatal(err)
		}
		if got.Total != whole.Total || got.Exact != whole.Exact || !reflect.DeepEqual(got.Hits, whole.Hits) {
			t.Fatalf("%#v: %d hits of %d, want %d of %d", r, len(got.Hits), got.Total, len(whole.Hits), whole.Total)
		}
		compared++
	}
	if compared < 50 {
		t.Errorf("only %d requests had statistics", compared)
	}
}
