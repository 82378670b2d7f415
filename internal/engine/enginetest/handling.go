package enginetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/engine"
)

// hidesWhatIsEmbargoed holds a snapshot without what is under embargo to an index that
// never had it, at random moments.
func hidesWhatIsEmbargoed(t *testing.T, target Target) {
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		ctx := context.Background()
		for range rapid.IntRange(1, 3).Draw(t, "batches") {
			w.write(t, 6)
			b := &engine.Batch{}
			for _, id := range slices.Sorted(maps.Keys(w.docs)) {
				if d := w.docs[id]; rapid.Bool().Draw(t, "embargoed") {
					d.Embargoed = true
					if days := rapid.IntRange(0, 5).Draw(t, "days"); days > 0 {
						d.EmbargoedUntil = start.AddDate(0, 0, days)
					}
					w.docs[id] = d
					b.Put = append(b.Put, d)
				}
			}
			if err := w.engine.Write(ctx, b); err != nil {
				t.Fatal(err)
			}
		}
		snap := w.snapshot(t)
		defer snap.Close(ctx)
		all := w.docs
		for range 4 {
			at := start.AddDate(0, 0, rapid.IntRange(0, 6).Draw(t, "at"))
			w.docs = maps.Clone(all)
			maps.DeleteFunc(w.docs, func(_ string, d engine.Doc) bool {
				return d.Embargoed && (d.EmbargoedUntil.IsZero() || d.EmbargoedUntil.After(at))
			})
			released, err := snap.Released(ctx, at)
			if err != nil {
				t.Fatal(err)
			}
			if released.Len() != len(w.docs) {
				t.Fatalf("%d articles at %v, want %d", released.Len(), at, len(w.docs))
			}
			for range 3 {
				w.compare(t, released, genPlan(t, 2))
			}
			w.compareFacets(t, released)
			for id := range all {
				_, there := w.docs[id]
				if _, err := released.Get(ctx, id); (err == nil) != there {
					t.Fatalf("%q: %v, want there %v", id, err, there)
				}
			}
		}
		w.docs = all
		w.compareFacets(t, snap)
	})
}

// keepsNotes writes and deletes notes at random.
func keepsNotes(t *testing.T, target Target) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		ctx := context.Background()
		notes := map[string]engine.Note{}
		keys := rapid.SampledFrom([]string{"a", "a\x00b", "a\x00c", "ab", "b", "é"})
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			w.write(t, 2)
			b := &engine.Batch{}
			for _, key := range rapid.SliceOfNDistinct(keys, 0, 3, rapid.ID).Draw(t, "deleted") {
				b.DeleteNotes = append(b.DeleteNotes, key)
				delete(notes, key)
			}
			for _, key := range rapid.SliceOfNDistinct(keys, 0, 4, rapid.ID).Draw(t, "put") {
				n := engine.Note{Key: key, Entry: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "entry"), Value: rapid.SliceOf(rapid.Byte()).Draw(t, "value")}
				b.PutNotes = append(b.PutNotes, n)
				notes[key] = n
			}
			if err := w.engine.Write(ctx, b); err != nil {
				t.Fatal(err)
			}
		}
		snap := w.snapshot(t)
		defer snap.Close(ctx)
		if snap.Len() != len(w.docs) {
			t.Fatalf("%d articles beside notes, want %d", snap.Len(), len(w.docs))
		}
		for _, prefix := range []string{"", "a", "a\x00", "c"} {
			compareNotes(ctx, t, snap, notes, prefix)
		}
		compareNotesOf(ctx, t, snap, notes)
		for _, entry := range []string{"x", "y"} {
			var got, want []string
			for key, err := range snap.EntryNotes(ctx, entry) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, key)
			}
			for key, n := range notes {
				if n.Entry == entry {
					want = append(want, key)
				}
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Fatalf("notes about %s: %q, want %q", entry, got, want)
			}
		}
	})
}

// compareNotesOf asks for notes by their keys.
func compareNotesOf(ctx context.Context, t *rapid.T, snap engine.Snapshot, notes map[string]engine.Note) {
	asked := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "a\x00b", "a\x00c", "ab", "b", "é", "", "none"}), 0, 8, rapid.ID).Draw(t, "asked")
	list, err := snap.NotesOf(ctx, asked...)
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, n := range list {
		got = append(got, fmt.Sprintf("%q %q %q", n.Key, n.Entry, n.Value))
	}
	for _, key := range asked {
		if n, ok := notes[key]; ok {
			want = append(want, fmt.Sprintf("%q %q %q", n.Key, n.Entry, n.Value))
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("notes of %q: %q, want %q", asked, got, want)
	}
}

// compareNotes compares the notes under a prefix.
func compareNotes(ctx context.Context, t *rapid.T, snap engine.Snapshot, notes map[string]engine.Note, prefix string) {
	for _, keysOnly := range []bool{false, true} {
		var got, want []string
		for n, err := range snap.Notes(ctx, prefix, keysOnly) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprintf("%q %q %q", n.Key, n.Entry, n.Value))
		}
		for _, key := range slices.Sorted(maps.Keys(notes)) {
			n := notes[key]
			if keysOnly {
				n = engine.Note{Key: key}
			}
			if strings.HasPrefix(key, prefix) {
				want = append(want, fmt.Sprintf("%q %q %q", n.Key, n.Entry, n.Value))
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("notes under %q: %q, want %q", prefix, got, want)
		}
	}
}
