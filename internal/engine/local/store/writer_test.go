package store

import (
	"errors"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// Scorch may merge segments between the check of its root and the look at what it opened.
func TestOpenedRootAfterAMerge(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "b", "c"} {
		doc := engine.Doc{
			Article: corpus.Article{ID: id, Body: "ferry"},
			Text:    match.NewEncoder(analysis.Of).Encode(match.Input{ID: id, Body: []string{"ferry"}}),
		}
		if err := s.Write(t.Context(), &engine.Batch{Put: []engine.Doc{doc}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(s.Write(t.Context(), &engine.Batch{Delete: []string{"b"}}), s.Close()); err != nil {
		t.Fatal(err)
	}
	root, err := checkWriterStore(dir)
	if err != nil || root.documents != 2 {
		t.Fatalf("the root has %+v, want 2 documents: %v", root, err)
	}
	s, err = Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	root.segments = append(root.segments, root.segments...) // as before a merge
	if err := s.checkOpenedRoot(root); err != nil {
		t.Errorf("after a merge: %v", err)
	}
	root.documents++
	if err := s.checkOpenedRoot(root); !errors.Is(err, engine.ErrDamaged) {
		t.Errorf("with a document less than checked: %v, want %v", err, engine.ErrDamaged)
	}
}
