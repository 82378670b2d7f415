package enginetest

import (
	"context"
	"errors"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// mustOpen opens an engine in a folder of its own.
func mustOpen(t *testing.T, open Opener) engine.Engine {
	t.Helper()
	e, err := open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// publish writes batches and makes a generation of them.
func publish(t *testing.T, e engine.Engine, batches ...*engine.Batch) {
	t.Helper()
	for _, b := range batches {
		if err := e.Write(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// mustSnapshot takes a snapshot.
func mustSnapshot(t *testing.T, e engine.Engine) engine.Snapshot {
	t.Helper()
	s, err := e.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// putOf is a batch of articles with these titles, by id.
func putOf(entry string, titles map[string]string) *engine.Batch {
	b := &engine.Batch{}
	for id, title := range titles {
		b.Put = append(b.Put, newDoc(corpus.Article{ID: id, Title: title}, entry))
	}
	return b
}

// placesAreOfOneSnapshot loads hits of one snapshot from others.
func placesAreOfOneSnapshot(t *testing.T, open Opener) {
	e, other := mustOpen(t, open), mustOpen(t, open)
	publish(t, e, putOf("", map[string]string{"1": "korea before"}))
	publish(t, other, putOf("", map[string]string{"1": "korea elsewhere"}))
	old := mustSnapshot(t, e)
	publish(t, e, putOf("", map[string]string{"1": "korea after"}))
	found, err := old.Search(t.Context(), &engine.Request{Plan: match.All{}, Limit: 1})
	if err != nil || len(found.Hits) != 1 {
		t.Fatalf("search: %+v, %v", found, err)
	}
	hit := found.Hits[0]
	if a, err := old.Load(t.Context(), &hit); err != nil || a.Title != "korea before" {
		t.Errorf("load from its own snapshot: %q, %v", a.Title, err)
	}
	for name, snap := range map[string]engine.Snapshot{"later generation": mustSnapshot(t, e), "other index": mustSnapshot(t, other)} {
		if a, err := snap.Load(context.Background(), &hit); !errors.Is(err, engine.ErrNotFound) {
			t.Errorf("load from the %s: %q, %v; want ErrNotFound", name, a.Title, err)
		}
	}
	for _, p := range []engine.Place{"", "x", hit.Place[1:], hit.Place + "x"} {
		hit := engine.Hit{Position: hit.Position, Place: p}
		if a, err := old.Load(t.Context(), &hit); !errors.Is(err, engine.ErrNotFound) {
			t.Errorf("load from place %q: %q, %v; want ErrNotFound", p, a.Title, err)
		}
	}
}
