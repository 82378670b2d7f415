package index

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/newsq/newsq/corpus"
)

func TestFurniture(t *testing.T) {
	o := outlet{here: 100, elsewhere: 900}
	for _, tt := range []struct {
		here, all int
		want      bool
	}{
		{90, 90, true},
		{31, 40, true},
		{30, 30, false},    // too few of the outlet
		{40, 130, false},   // a tenth elsewhere
		{41, 130, true},    // hardly
		{100, 1000, false}, // everybody has it
		{0, 900, false},
	} {
		if got := o.furniture(tt.here, tt.all); got != tt.want {
			t.Errorf("%d of %d articles with the word are of the outlet: %v", tt.here, tt.all, got)
		}
	}
	for all := range 1001 {
		for here := max(0, all-o.elsewhere); here <= min(all, o.here); here++ {
			if o.furniture(here, all) && !o.mayBeFurniture(all) {
				t.Fatalf("%d of %d are taken for impossible", here, all)
			}
		}
	}
}

func TestSimilarWithoutFurniture(t *testing.T) {
	ix, err := Open(t.Context(), filepath.Join(t.TempDir(), "index"), &Options{NoLearn: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	const caption = " Image caption: the harbour. Copyright Beacon."
	var articles []corpus.Article
	for i := range minOutlet {
		// Neighbours share a story, and what all of an outlet share tells nothing.
		story := fmt.Sprintf("Ferry%d and pilot%d wait on quay%d in the strait.", i/2, i/2, i/2)
		articles = append(articles,
			corpus.Article{ID: fmt.Sprintf("beacon-%d", i), Title: "Waiting", Source: "Beacon", Body: story + caption},
			corpus.Article{ID: fmt.Sprintf("ledger-%d", i), Title: "Waiting", Source: "Ledger", Body: story + " They do, says the Ledger."})
	}
	articles = append(articles,
		corpus.Article{ID: "law", Title: "Copyright law", Source: "Beacon", Body: "The law of copyright." + caption},
		corpus.Article{ID: "few", Title: "Waiting", Source: "Gull", Body: "A pilot waits." + caption})
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	termsOf := func(id string) (stems []string) {
		res, err := ix.Similar(t.Context(), SimilarQuery{ID: id})
		if err != nil {
			t.Fatal(err)
		}
		for _, term := range res.Terms {
			stems = append(stems, term.Stem)
		}
		return stems
	}
	for _, tt := range []struct {
		id         string
		with, lack []string
	}{
		{"beacon-8", []string{"ferry4", "pilot4", "quay4", "strait", "wait"}, []string{"imag", "caption", "copyright", "beacon", "harbour"}},
		{"ledger-8", []string{"ferry4", "pilot4", "quay4", "strait", "wait"}, []string{"ledger"}},
		{"law", []string{"copyright"}, []string{"caption", "imag"}}, // its title has it
		{"few", []string{"caption", "copyright", "beacon"}, nil},    // nothing is known of its outlet
	} {
		stems := termsOf(tt.id)
		for _, stem := range tt.with {
			if !slices.Contains(stems, stem) {
				t.Errorf("%s: %q lacks %q", tt.id, stems, stem)
			}
		}
		for _, stem := range tt.lack {
			if slices.Contains(stems, stem) {
				t.Errorf("%s: %q has %q", tt.id, stems, stem)
			}
		}
	}
	res, err := ix.Similar(t.Context(), SimilarQuery{ID: "beacon-8", Limit: 3})
	if err != nil || len(res.Hits) == 0 || res.Hits[0].Article.Source != "Ledger" {
		t.Errorf("the story of another outlet isn't first: %v, %v", similarIDs(res), err)
	}
}
