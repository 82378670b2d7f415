package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// wordDoc is an article that says one thing.
func wordDoc(id, body string) engine.Doc {
	return engine.Doc{
		Article: corpus.Article{ID: id, Body: body},
		Text:    match.NewEncoder(analysis.Of).Encode(match.Input{ID: id, Body: []string{body}}),
	}
}

// Scorch may merge a segment away, and remove its file, while its vectors are made.
func TestFoldsWhileMerged(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var b engine.Batch
	for i := range 40 {
		b.Put = append(b.Put, wordDoc(fmt.Sprint(i), fmt.Sprintf("ferry harbour %s", []string{"grain", "fuel", "guard"}[i%3])))
	}
	if err := errors.Join(s.Write(t.Context(), &b), s.Publish(t.Context())); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Learn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), &engine.Batch{Put: []engine.Doc{wordDoc("new", "ferry")}}); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, writerFolder, scorchFolder, "*"+segmentExt))
	if err != nil || len(files) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	for _, f := range files {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.foldWritten(t.Context()); err != nil {
		t.Errorf("a segment that was merged away: %v", err)
	}
}

// Scorch may merge segments between the check of its root and the look at what it opened.
func TestOpenedRootAfterAMerge(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "b", "c"} {
		if err := s.Write(t.Context(), &engine.Batch{Put: []engine.Doc{wordDoc(id, "ferry")}}); err != nil {
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
