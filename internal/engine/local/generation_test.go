package local_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local"
	"github.com/newsq/newsq/internal/match"
)

func open(t *testing.T, dir string, o engine.Options) *local.Engine {
	t.Helper()
	e, err := local.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return e
}

func article(id, body string) engine.Doc {
	a := corpus.Article{ID: id, Body: body}
	return engine.Doc{Article: a, Version: body, Text: match.NewEncoder(analysis.Of).Encode(match.Input{ID: id, Body: []string{body}})}
}

func write(t *testing.T, e engine.Engine, docs ...engine.Doc) {
	t.Helper()
	if err := e.Write(t.Context(), &engine.Batch{Put: docs}); err != nil {
		t.Fatal(err)
	}
}

func publish(t *testing.T, e engine.Engine) {
	t.Helper()
	if err := e.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func snapshotOf(t *testing.T, e engine.Engine) engine.Snapshot {
	t.Helper()
	s, err := e.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func count(t *testing.T, e engine.Engine) int {
	t.Helper()
	s := snapshotOf(t, e)
	defer s.Close(t.Context())
	return s.Len()
}

func generations(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "generations"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A reader beside the writer sees each generation when it is published, and
// keeps the one it holds.
func TestReaderBesideWriter(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, engine.Options{})
	r := open(t, dir, engine.Options{ReadOnly: true})

	write(t, w, article("1", "deterrence"))
	if n := count(t, r); n != 0 {
		t.Errorf("reader sees %d articles before they are published", n)
	}
	publish(t, w)
	held := snapshotOf(t, r)
	if held.Len() != 1 {
		t.Errorf("reader sees %d articles, want 1", held.Len())
	}
	for _, id := range []string{"2", "3"} {
		write(t, w, article(id, "deterrence holds"))
		publish(t, w)
	}
	if n := count(t, r); n != 3 {
		t.Errorf("reader sees %d articles, want 3", n)
	}
	got, err := held.Search(t.Context(), &engine.Request{Plan: match.Stem{Stem: analysis.Of("en").Stem("deterrence")}, Limit: 10})
	if err != nil || got.Total != 1 {
		t.Errorf("held generation: %+v, %v", got, err)
	}
	if names := generations(t, dir); !slices.Contains(names, "000000000002") || len(names) != 2 {
		t.Errorf("generations %v; want the held and the current one", names)
	}
	if err := held.Close(t.Context()); err != nil {
		t.Error(err)
	}
	write(t, w, article("4", "x"))
	publish(t, w)
	count(t, r)
	write(t, w, article("5", "x"))
	publish(t, w)
	count(t, r)
	if names := generations(t, dir); slices.Contains(names, "000000000002") {
		t.Errorf("generations %v; the one that was let go should be gone", names)
	}
}

// What was acknowledged and not published is there after the next start.
func TestCatchesUp(t *testing.T) {
	dir := t.TempDir()
	w, err := local.Open(t.Context(), dir, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, article("1", "x"))
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, open(t, dir, engine.Options{ReadOnly: true})); n != 0 {
		t.Errorf("reader sees %d articles that were never published", n)
	}
	if n := count(t, open(t, dir, engine.Options{})); n != 1 {
		t.Errorf("%d articles after the next start, want 1", n)
	}
}

// Nothing written, nothing published.
func TestPublishOfNothing(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, engine.Options{})
	write(t, w, article("1", "x"))
	publish(t, w)
	before := generations(t, dir)
	publish(t, w)
	if after := generations(t, dir); !slices.Equal(before, after) {
		t.Errorf("generations %v became %v", before, after)
	}
}

func TestSecondWriter(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, engine.Options{})
	_, err := local.Open(t.Context(), dir, engine.Options{LockWait: 100 * time.Millisecond})
	if !errors.Is(err, engine.ErrLocked) || !strings.Contains(err.Error(), "process ") {
		t.Errorf("second writer: %v; want ErrLocked with the holder", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := local.Open(ctx, dir, engine.Options{LockWait: time.Minute}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while waiting: %v", err)
	}
}

func TestRefusesOtherFolders(t *testing.T) {
	tests := []struct{ name, file, content, want string }{
		{"somebody's folder", "thesis.txt", "x", "holds thesis.txt"},
		{"newer schema", "newsq.json", `{"format":"newsq","schema":99}`, "schema 99"},
		{"foreign header", "newsq.json", `{"format":"else"}`, "not a newsq header"},
		{"cut header", "newsq.json", `{"for`, "not a newsq header"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, tt.file), []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := local.Open(t.Context(), dir, engine.Options{}); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
	missing := filepath.Join(t.TempDir(), "none")
	if _, err := local.Open(t.Context(), missing, engine.Options{ReadOnly: true}); !errors.Is(err, engine.ErrNoIndex) {
		t.Errorf("read-only open of nothing: %v", err)
	}
	if _, err := os.Stat(missing); !os.IsNotExist(err) {
		t.Errorf("read-only open made something: %v", err)
	}
}

// A generation is a bleve index: where the segment plugin is registered, bleve
// opens it, and its own searchers find the same articles.
func TestBleveOpensGeneration(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, engine.Options{})
	write(t, w, article("1", "deterrence holds"), article("2", "talks fail"), article("3", "deterrence fails"))
	publish(t, w)
	current := generations(t, dir)
	path := filepath.Join(dir, "generations", current[len(current)-1])
	ix, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": "1s"})
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	q := bleve.NewTermQuery("deterrence")
	q.SetField("body")
	res, err := ix.Search(bleve.NewSearchRequest(q))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range res.Hits {
		ids = append(ids, h.ID)
	}
	slices.Sort(ids)
	if !slices.Equal(ids, []string{"1", "3"}) {
		t.Errorf("bleve finds %v, want 1 and 3", ids)
	}
}
