package segment_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// hit is what an index says of a document that it found.
type hit struct {
	ID        string
	Score     float64
	Fields    map[string]any
	Locations map[string][]string
}

// TestIndex asks the same of bleve over this format and over its own: while
// documents are added, changed and deleted, and after opening again.
func TestIndex(t *testing.T) {
	segment.Register()
	segment.Register()
	dir := t.TempDir()
	config := map[string]any{"forceSegmentType": segment.Type, "forceSegmentVersion": segment.Version}
	ours := must(bleve.NewUsing(filepath.Join(dir, "newsq"), mappingOf(), scorch.Name, scorch.Name, config))(t)
	theirs := must(bleve.NewUsing(filepath.Join(dir, "zap"), mappingOf(), scorch.Name, scorch.Name, nil))(t)
	random := newRandom(1)
	for round := range 6 {
		a, b := ours.NewBatch(), theirs.NewBatch()
		for range 80 {
			id := fmt.Sprint(random.IntN(300))
			if random.IntN(6) == 0 {
				a.Delete(id)
				b.Delete(id)
				continue
			}
			words := ""
			for range 1 + random.IntN(30) {
				words += stock[random.IntN(1+random.IntN(len(stock)))] + " "
			}
			r := record{Title: stock[random.IntN(len(stock))], Body: words, Number: random.IntN(50)}
			if err := a.Index(id, r); err != nil {
				t.Fatal(err)
			}
			if err := b.Index(id, r); err != nil {
				t.Fatal(err)
			}
		}
		for _, err := range []error{ours.Batch(a), theirs.Batch(b)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if round%2 == 1 {
			sameAnswers(t, ours, theirs)
		}
	}
	if err := ours.Close(); err != nil {
		t.Fatal(err)
	}
	ours = must(bleve.OpenUsing(filepath.Join(dir, "newsq"), map[string]any{"read_only": true}))(t)
	sameAnswers(t, ours, theirs)
	for _, err := range []error{ours.Close(), theirs.Close()} {
		if err != nil {
			t.Error(err)
		}
	}
}

func sameAnswers(t *testing.T, ours, theirs bleve.Index) {
	t.Helper()
	phrase := bleve.NewMatchPhraseQuery("of the river")
	fuzzy := bleve.NewFuzzyQuery("glacier")
	fuzzy.SetFuzziness(2)
	low, high := 10.0, 30.0
	for name, q := range map[string]query.Query{
		"term": bleve.NewTermQuery("river"), "match": bleve.NewMatchQuery("the border treaty river"),
		"phrase": phrase, "prefix": bleve.NewPrefixQuery("t"), "fuzzy": fuzzy,
		"wildcard": bleve.NewWildcardQuery("*er"), "regexp": bleve.NewRegexpQuery("[a-m].*n"),
		"range": bleve.NewNumericRangeQuery(&low, &high), "all": bleve.NewMatchAllQuery(),
		"string": bleve.NewQueryStringQuery(`+Body:water -"in the" Title:tr*`),
		"and":    bleve.NewConjunctionQuery(bleve.NewTermQuery("water"), bleve.NewTermQuery("treaty")),
		"ids":    bleve.NewDocIDQuery([]string{"1", "2", "3", "299", "absent"}),
	} {
		got, want := answer(t, ours, q), answer(t, theirs, q)
		if len(want) == 0 && name != "string" {
			t.Errorf("%s: finds nothing", name)
		}
		diff(t, name, got, want)
	}
}

func answer(t *testing.T, ix bleve.Index, q query.Query) map[string]hit {
	t.Helper()
	r := bleve.NewSearchRequestOptions(q, 1000, 0, false)
	r.Fields = []string{"*"}
	r.IncludeLocations = true
	r.AddFacet("titles", bleve.NewFacetRequest("Title", 100))
	r.SortBy([]string{"Title", "_id"})
	found, err := ix.Search(r)
	if err != nil {
		t.Fatal(err)
	}
	hits := map[string]hit{}
	for _, h := range found.Hits {
		// Scores hang on how documents came into segments, and merging does
		// not wait for either index; what is found does not.
		one := hit{ID: h.ID, Fields: h.Fields, Locations: map[string][]string{}}
		for field, terms := range h.Locations {
			for term, places := range terms {
				for _, p := range places {
					one.Locations[field+":"+term] = append(one.Locations[field+":"+term], fmt.Sprint(p.Pos, p.Start, p.End))
				}
			}
		}
		hits[h.ID] = one
	}
	for _, f := range found.Facets["titles"].Terms.Terms() {
		hits["facet "+f.Term] = hit{Score: float64(f.Count)}
	}
	return hits
}
