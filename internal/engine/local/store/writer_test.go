package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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

// After a merge, the vectors of its segments are taken over. They are those that would be
// made anew, to the byte.
func TestFoldsByCopying(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	write := func(first, n int) {
		t.Helper()
		var b engine.Batch
		for i := first; i < first+n; i++ {
			b.Put = append(b.Put, wordDoc(fmt.Sprint(i), fmt.Sprintf("ferry harbour %s %s", []string{"grain", "fuel", "guard"}[i%3], []string{"port", "sea"}[i%2])))
		}
		if err := s.Write(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
	}
	write(0, 40)
	write(40, 40)
	if err := s.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Learn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	write(20, 30) // of which 30 were there before
	write(80, 10)
	if err := errors.Join(s.Write(t.Context(), &engine.Batch{Delete: []string{"3", "70"}}), s.Compact(t.Context())); err != nil {
		t.Fatal(err)
	}
	file := onlyVectorsFile(t, dir)
	merged := s.mergedVectors(strings.TrimSuffix(filepath.Base(file), "-"+shortModel(s.model.id)+vectorsExt)+segmentExt, s.model.id)
	if len(merged) == 0 {
		t.Error("nothing is known of the merge")
	}
	for _, m := range merged {
		if m.File != nil {
			_ = m.File.Close()
		}
	}
	copied, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.foldSegments(t.Context(), s.model, true, nil); err != nil {
		t.Fatal(err)
	}
	if anew, err := os.ReadFile(file); err != nil || !bytes.Equal(copied, anew) {
		t.Errorf("vectors made anew are others: %v", err)
	}
}

// onlyVectorsFile returns the path of the only file of vectors.
func onlyVectorsFile(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, writerFolder, vectorsFolder, "*"+vectorsExt))
	if err != nil || len(files) != 1 {
		t.Fatalf("files of vectors: %v, %v", files, err)
	}
	return files[0]
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
