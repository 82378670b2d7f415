package index

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// The languages that are kept are those that a count of each snapshot gives, as articles
// come and embargoes end.
func TestKnownLanguagesAreCounted(t *testing.T) {
	ix, err := Open(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ix.Close() }()
	var known knownLanguages
	soon := time.Now().Add(time.Hour)
	check := func(when string, at time.Time, embargoed bool, want int) {
		t.Helper()
		snap, err := ix.snapshot(t.Context(), at, embargoed)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = snap.Close(t.Context()) }()
		if _, ok := snap.(engine.Identified); !ok {
			t.Fatal("the snapshot does not tell its state")
		}
		counted, err := languagesOf(t.Context(), snap)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, err := known.of(t.Context(), snap)
			if err != nil || !maps.Equal(got.articles, counted.articles) || len(got.others) != len(counted.others) || got.articles["de:"] != want {
				t.Errorf("%s: %v, %v, want %v with %d in German", when, got, err, counted, want)
			}
			if got != oneLanguage {
				got.docFreq = func(...string) ([]int, error) { return nil, nil } // as a query does
			}
		}
	}
	german := func(id string) corpus.Article {
		return corpus.Article{ID: id, Title: id, Body: "Der Rat hat am Montag über den Haushalt beraten, und das Ergebnis ist offen.", Language: "de"}
	}
	if err := ix.Add(t.Context(), corpus.Article{ID: "e", Title: "The council", Body: "The council met.", Language: "en"}); err != nil {
		t.Fatal(err)
	}
	check("in English", time.Now(), false, 0)
	later := german("later")
	later.Handling = &corpus.Handling{Embargoed: true, EmbargoedUntil: soon}
	if err := ix.Add(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	check("under embargo", time.Now(), false, 0)
	check("released", soon.Add(time.Minute), false, 1)
	check("with all", time.Now(), true, 1)
	check("before again", time.Now(), false, 0)
	for i := range 2 {
		if err := ix.Add(t.Context(), german(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
		check("added", time.Now(), false, i+1)
	}
}
