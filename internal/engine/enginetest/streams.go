package enginetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// writeEntries draws changes of the records of entries.
func (w *world) writeEntries(t *rapid.T, b *engine.Batch) {
	for _, key := range []string{"a", "a.jsonl", "b.jsonl", "b/c"} {
		switch rapid.IntRange(0, 3).Draw(t, "record") {
		case 0:
			b.DeleteEntries = append(b.DeleteEntries, key)
			delete(w.stamps, key)
		case 1:
			e := engine.Entry{Key: key, Stamp: rapid.SampledFrom([]string{"s", "t"}).Draw(t, "stamp")}
			b.PutEntries = append(b.PutEntries, e)
			w.stamps[key] = e.Stamp
		}
	}
}

// remembersEntries follows the records of what was read.
func remembersEntries(t *testing.T, target Target) {
	ctx := context.Background()
	e, err := target.open(ctx, target.fresh(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(ctx)
	put := func(b *engine.Batch) {
		t.Helper()
		if err := errors.Join(e.Write(ctx, b), e.Publish(ctx)); err != nil {
			t.Fatal(err)
		}
	}
	doc := func(id, entry string) engine.Doc {
		return newDoc(corpus.Article{ID: id, Title: "korea", Topics: []corpus.Topic{{Path: "d"}}}, entry)
	}
	put(&engine.Batch{
		Put:        []engine.Doc{doc("1", "x.jsonl"), doc("2", "x.jsonl"), doc("3", "y.txt")},
		PutEntries: []engine.Entry{{Key: "x.jsonl", Stamp: "s1"}, {Key: "empty.txt", Stamp: "s2"}},
	})
	checkEntries(t, e, "empty.txt s2 0", "x.jsonl s1 2", "y.txt  1")
	put(&engine.Batch{PutEntries: []engine.Entry{{Key: "x.jsonl", Stamp: "s3"}}, DeleteEntries: []string{"empty.txt"}, Delete: []string{"2"}})
	checkEntries(t, e, "x.jsonl s3 1", "y.txt  1")

	snap, err := e.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close(context.Background())
	if snap.Len() != 2 {
		t.Errorf("length %d, want 2: records are no articles", snap.Len())
	}
	for id, err := range snap.EntryIDs(ctx, "x.jsonl") {
		if id != "1" || err != nil {
			t.Errorf("ids of x.jsonl: %q, %v", id, err)
		}
	}
	known, err := snap.Lookup(ctx, []engine.Ref{{ID: "3", Version: "another"}, {ID: "2"}})
	if want := []engine.Known{{Exists: true, Entry: "y.txt"}, {}}; !slices.Equal(known, want) || err != nil {
		t.Errorf("lookup of an article and a deleted one: %+v, %v; want %+v", known, err, want)
	}
	if n, err := snap.DocFreq(ctx, "korea", "none"); err != nil || !slices.Equal(n, []int{2, 0}) {
		t.Errorf("document frequencies %v, %v", n, err)
	}
}

func checkEntries(t *testing.T, e engine.Engine, want ...string) {
	t.Helper()
	snap, err := e.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close(context.Background())
	var got []string
	for x, err := range snap.Entries(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %s %d", x.Key, x.Stamp, x.Articles))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
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
	w.compareArticles(t, snap)
}

// compareArticles reads all that is stored.
func (w *world) compareArticles(t *rapid.T, snap engine.Snapshot) {
	n := 0
	for got, err := range snap.Articles(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		d, ok := w.docs[got.Article.ID]
		if !ok || got.Entry != d.Entry {
			t.Fatalf("article %s of %q: there is %v, of %q", got.Article.ID, got.Entry, ok, d.Entry)
		}
		if diff := cmp.Diff(normal(d.Article), normal(got.Article)); diff != "" {
			t.Fatalf("article %s (-want +got):\n%s", got.Article.ID, diff)
		}
		n++
	}
	if n != len(w.docs) {
		t.Fatalf("%d articles, want %d", n, len(w.docs))
	}
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
func streamsStop(t *testing.T, target Target) {
	e := mustOpen(t, target)
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
