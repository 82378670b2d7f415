package index_test

import (
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// A reader's state changes with what another one writes, and with the end of an embargo.
func TestState(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, nil)
	add := func(a corpus.Article) {
		t.Helper()
		if err := w.Add(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	add(corpus.Article{ID: "a", Title: "Oil"})
	r := open(t, dir, &index.Options{ReadOnly: true})
	state := func() index.State {
		t.Helper()
		s, err := r.State(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := state()
	if first.Articles != 1 || first.Generation == 0 || state() != first {
		t.Errorf("state %+v, then %+v", first, state())
	}
	add(corpus.Article{ID: "b", Title: "Gas", Handling: &corpus.Handling{EmbargoedUntil: time.Now().Add(time.Hour)}})
	if next := state(); next.Generation <= first.Generation || next.Articles != 1 {
		t.Errorf("state %+v after %+v", next, first)
	}
	second := state()
	if second.Identity == "" || second.Identity == first.Identity {
		t.Errorf("state %+v after %+v", second, first)
	}
	all := open(t, dir, &index.Options{ReadOnly: true, IncludeEmbargoed: true})
	if s, err := all.State(t.Context()); err != nil || s.Articles != 2 {
		t.Errorf("state %+v, %v", s, err)
	}
}
