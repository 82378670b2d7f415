package enginetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// mustOpen opens an engine in a folder of its own.
func mustOpen(t *testing.T, target Target) engine.Engine {
	t.Helper()
	return mustOpenAt(t, target, target.fresh(t, ""), engine.Options{})
}

// mustOpenAt opens an index.
func mustOpenAt(t *testing.T, target Target, location string, o engine.Options) engine.Engine {
	t.Helper()
	e, err := target.Driver.Open(t.Context(), location, o)
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
		if err := s.Close(context.Background()); err != nil {
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
func placesAreOfOneSnapshot(t *testing.T, target Target) {
	e, other := mustOpen(t, target), mustOpen(t, target)
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

// cancelled asks everything with a context that has ended.
func cancelled(t *testing.T, target Target) {
	e := mustOpen(t, target)
	b := putOf("x", map[string]string{"1": "korea"})
	b.PutEntries = []engine.Entry{{Key: "x", Stamp: "s"}}
	publish(t, e, b)
	snap := mustSnapshot(t, e)
	found, err := snap.Search(t.Context(), &engine.Request{Plan: match.All{}, Limit: 1})
	if err != nil || len(found.Hits) != 1 {
		t.Fatalf("search: %+v, %v", found, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, do := range map[string]func() error{
		"search":   func() error { _, err := snap.Search(ctx, &engine.Request{Plan: match.All{}, Limit: 1}); return err },
		"load":     func() error { _, err := snap.Load(ctx, &found.Hits[0]); return err },
		"get":      func() error { _, err := snap.Get(ctx, "1"); return err },
		"lookup":   func() error { _, err := snap.Lookup(ctx, []engine.Ref{{ID: "1"}}); return err },
		"ids":      func() error { return lastError(snap.IDs(ctx, "")) },
		"articles": func() error { return lastError(snap.Articles(ctx)) },
		"entries":  func() error { return lastError(snap.Entries(ctx)) },
		"of entry": func() error { return lastError(snap.EntryIDs(ctx, "x")) },
		"df":       func() error { _, err := snap.DocFreq(ctx, "korea"); return err },
		"terms": func() error {
			_, _, err := snap.Terms(ctx, match.Text, match.TermPattern{Kind: match.Prefix, Text: "k"}, 10)
			return err
		},
		"write": func() error { return e.Write(ctx, putOf("", map[string]string{"2": "kim"})) },
	} {
		if err := do(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s in a context that has ended: %v", name, err)
		}
	}
	publish(t, e)
	if n := mustSnapshot(t, e).Len(); n != 1 {
		t.Errorf("%d articles after a write in a context that had ended, want 1", n)
	}
}

// lastError reads a stream to its end. An error must be the last thing.
func lastError[T any](seq iter.Seq2[T, error]) (last error) {
	for _, err := range seq {
		if last != nil {
			return errors.New("something follows an error: " + last.Error())
		}
		last = err
	}
	return last
}

// compareLookup asks for ids in any order, some twice, some unknown, in the
// version that is kept and in others.
func (w *world) compareLookup(t *rapid.T, snap engine.Snapshot) {
	var refs []engine.Ref
	var want []engine.Known
	for range rapid.IntRange(0, 40).Draw(t, "refs") {
		id := fmt.Sprintf("id%d", rapid.IntRange(0, 31).Draw(t, "ref"))
		d, ok := w.docs[id]
		ref, known := engine.Ref{ID: id, Version: d.Version}, engine.Known{Exists: ok, Same: ok, Added: d.Article.Added}
		switch rapid.IntRange(0, 2).Draw(t, "version") {
		case 0:
			ref.Version, known.Same, known.Entry = "another", false, d.Entry
		case 1:
			ref.Version = ""
		}
		refs, want = append(refs, ref), append(want, known)
	}
	got, err := snap.Lookup(context.Background(), refs)
	if diff := cmp.Diff(want, got); err != nil || diff != "" && len(want)+len(got) > 0 {
		t.Fatalf("lookup of %v: %v (-want +got):\n%s", refs, err, diff)
	}
}
