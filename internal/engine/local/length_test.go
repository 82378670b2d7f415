package local

import (
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// The length that a manifest has is what a reader would add up.
func TestManifestLength(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	doc := func(id, body string) engine.Doc {
		return engine.Doc{Article: corpus.Article{ID: id}, Version: body, Text: new(match.Numberer).Number(match.Input{ID: id, Body: []string{body}})}
	}
	for i, b := range []engine.Batch{
		{Put: []engine.Doc{doc("1", "the of")}},
		{Put: []engine.Doc{doc("2", "tariffs fell"), doc("3", "sanctions"), doc("4", "elections were held")}, PutEntries: []engine.Entry{{Key: "a", Stamp: "b"}}},
		{Delete: []string{"3"}},
		{Put: []engine.Doc{doc("2", "tariffs rose again")}, DeleteEntries: []string{"a"}},
		{Delete: []string{"1", "2", "4"}},
	} {
		if err := w.Write(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if err := w.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		r, err := Open(t.Context(), dir, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		v := r.current.view
		got, err := v.length()
		want, err2 := v.addLengths()
		if got != want || err != nil || err2 != nil || (want == 0) != (i == 0 || i == 4) {
			t.Errorf("batch %d: length %d, %v; want %d, %v", i, got, err, want, err2)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}
