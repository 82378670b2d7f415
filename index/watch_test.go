package index

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
)

// What is written, moved and removed in a folder is in the index a moment later, and
// nobody else is kept from writing.
func TestWatch(t *testing.T) {
	dir, at := t.TempDir(), filepath.Join(t.TempDir(), "x.idx")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("1.txt", "The harbour reopens.")
	src, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	synced, ended := make(chan SyncReport), make(chan error, 1)
	go func() {
		ended <- Watch(ctx, at, nil, src, WatchOptions{
			Sync: SyncOptions{Prune: true}, Interval: time.Hour,
			Synced: func(r SyncReport, err error) {
				if err != nil {
					t.Error(err)
				}
				select {
				case synced <- r:
				case <-ctx.Done():
				}
			},
		})
	}()
	// On a busy machine what was done at once is seen in two parts.
	wait := func(what string, done func(r *SyncReport) bool) {
		t.Helper()
		for r := range synced {
			if r.Removed > 0 && what != "removed" {
				t.Errorf("%s: %+v", what, r)
			}
			if done(&r) {
				return
			}
		}
	}
	added := func(r *SyncReport) bool { return r.Added == 1 }
	wait("added", added)
	write("2.txt", "The lighthouse is dark.")
	wait("added", added)
	ix, err := Open(t.Context(), at, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := ix.Search(t.Context(), Query{Text: "lighthouse"}); err != nil || res.Total != 1 {
		t.Error(res, err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "1.txt"), filepath.Join(dir, "3.txt")); err != nil {
		t.Fatal(err)
	}
	wait("moved", func(r *SyncReport) bool { return r.Moved == 1 })
	if err := os.Remove(filepath.Join(dir, "2.txt")); err != nil {
		t.Fatal(err)
	}
	wait("removed", func(r *SyncReport) bool { return r.Removed == 1 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
