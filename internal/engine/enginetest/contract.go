package enginetest

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// mustOpen opens an engine in a folder of its own.
func mustOpen(t *testing.T, open opener) engine.Engine {
	t.Helper()
	e, err := open(t.Context(), t.TempDir())
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
func placesAreOfOneSnapshot(t *testing.T, open opener) {
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

// compareStreams reads ids, entries and ids of entries, whole and in part.
func (w *world) compareStreams(t *rapid.T, snap engine.Snapshot) {
	ctx := context.Background()
	prefix := rapid.SampledFrom([]string{"", "i", "id", "id1", "id12", "id2", "ie", "\x00", "\xff"}).Draw(t, "prefix")
	var ids []string
	byEntry := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(w.docs)) {
		if strings.HasPrefix(id, prefix) {
			ids = append(ids, id)
		}
		byEntry[w.docs[id].Entry] = append(byEntry[w.docs[id].Entry], id)
	}
	compareStream(t, "ids with "+prefix, snap.IDs(ctx, prefix), ids)
	delete(byEntry, "") // of articles that a program added
	var entries []engine.Entry
	keys := maps.Clone(w.stamps)
	for key := range byEntry {
		keys[key] = w.stamps[key]
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		entries = append(entries, engine.Entry{Key: key, Stamp: keys[key], Articles: len(byEntry[key])})
		var of []string
		for id, err := range snap.EntryIDs(ctx, key) {
			if err != nil {
				t.Fatal(err)
			}
			of = append(of, id)
		}
		slices.Sort(of)
		if !slices.Equal(of, byEntry[key]) {
			t.Fatalf("ids of %s: %v, want %v", key, of, byEntry[key])
		}
	}
	compareStream(t, "entries", snap.Entries(ctx), entries)
}

// compareStream reads a stream, or only its beginning.
func compareStream[T any](t *rapid.T, what string, seq iter.Seq2[T, error], want []T) {
	upTo := len(want) + 1 // to the end
	if rapid.Bool().Draw(t, "in part") {
		upTo = rapid.IntRange(0, len(want)).Draw(t, "up to")
	}
	var got []T
	for v, err := range seq {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if len(got) == upTo {
			break
		}
		got = append(got, v)
	}
	want = want[:min(upTo, len(want))]
	if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// streamsStop ends streams early and reads a stream twice.
func streamsStop(t *testing.T, open opener) {
	e := mustOpen(t, open)
	for _, ids := range []string{"b d f", "a d e", "c g"} { // one is replaced
		titles := map[string]string{}
		for id := range strings.FieldsSeq(ids) {
			titles[id] = ids
		}
		publish(t, e, putOf("x"+ids, titles), &engine.Batch{PutEntries: []engine.Entry{{Key: "y" + ids, Stamp: "s"}}})
	}
	publish(t, e, &engine.Batch{Delete: []string{"a", "g"}, DeleteEntries: []string{"yc g"}})
	snap := mustSnapshot(t, e)
	ids := snap.IDs(t.Context(), "")
	for upTo := range 6 {
		var got []string
		for id, err := range ids {
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, id); len(got) > upTo {
				break
			}
		}
		if want := strings.Fields("b c d e f")[:min(upTo+1, 5)]; !slices.Equal(got, want) {
			t.Errorf("the first ids are %v, want %v", got, want)
		}
	}
	var keys []string
	for entry, err := range snap.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if keys = append(keys, entry.Key); len(keys) == 4 {
			break
		}
	}
	if want := []string{"xa d e", "xb d f", "xc g", "ya d e"}; !slices.Equal(keys, want) {
		t.Errorf("the first entries are %q, want %q", keys, want)
	}
}

// cancelled asks everything with a context that has ended.
func cancelled(t *testing.T, open opener) {
	e := mustOpen(t, open)
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
