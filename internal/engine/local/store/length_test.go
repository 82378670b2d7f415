package store

import (
	"fmt"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/match"
)

// The number of articles and their length, as a manifest has them and as the
// writer counts them from one state to the next, are those of the articles one
// by one.
func TestLength(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	doc := func(id, body string) engine.Doc {
		return engine.Doc{Article: corpus.Article{ID: id}, Version: body, Text: match.NewEncoder(analysis.Of).Encode(match.Input{ID: id, Body: []string{body}})}
	}
	var many []engine.Doc
	var most []string
	for i := range 1000 {
		many = append(many, doc(fmt.Sprint("m", i), "tariffs fell and "+fmt.Sprint(i, " rose")))
		if i > 0 {
			most = append(most, fmt.Sprint("m", i))
		}
	}
	for i, b := range []engine.Batch{
		{Put: []engine.Doc{doc("1", "the of")}},
		{Put: []engine.Doc{doc("2", "tariffs fell"), doc("3", "sanctions"), doc("4", "elections were held")}, PutEntries: []engine.Entry{{Key: "a", Stamp: "b"}}},
		{Delete: []string{"3"}},
		{Put: []engine.Doc{doc("2", "tariffs rose again")}, DeleteEntries: []string{"a"}},
		{Put: many, PutEntries: []engine.Entry{{Key: "c", Stamp: "d"}, {Key: "e", Stamp: "f"}}},
		{Delete: []string{"m7", "m999"}, DeleteEntries: []string{"c"}},
		{Delete: most},
		{Delete: []string{"1", "2", "4", "m0"}},
	} {
		if err := w.Write(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if err := w.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		r, err := Open(t.Context(), dir, engine.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []*reader.View{r.current.View, w.current.View} {
			count, want := lengthOneByOne(t, v)
			got, err := v.TotalLength()
			if got != want || v.Articles != count || err != nil {
				t.Errorf("batch %d: %d articles of length %d, %v; want %d of %d", i, v.Articles, got, err, count, want)
			}
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func lengthOneByOne(t *testing.T, v *reader.View) (count int, length uint64) {
	t.Helper()
	for _, s := range v.Segments {
		set, err := s.Articles()
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range set.AppendTo(nil) {
			count++
			length += uint64(s.Norms()[doc])
		}
	}
	return count, length
}
