//go:build opensearch

package maintain

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// repository makes a repository for snapshots.
func repository(t *testing.T, a Archive) string {
	t.Helper()
	name := a.Alias
	err := a.Client.DoJSON(t.Context(), http.MethodPut, transport.Path("_snapshot", name), transport.Object{
		"type": "fs", "settings": transport.Object{"location": name},
	}, nil)
	if err != nil {
		t.Skipf("skipped: the cluster has no folder for snapshots: %v", err)
	}
	t.Cleanup(func() {
		ctx := context.Background()
		var all struct{ Snapshots []struct{ Snapshot string } }
		err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path("_snapshot", name, "_all")}, &all)
		for _, s := range all.Snapshots {
			err = errors.Join(err, a.Client.Do(ctx, &transport.Request{Method: http.MethodDelete, Path: transport.Path("_snapshot", name, s.Snapshot)}, nil))
		}
		err = errors.Join(err, a.Client.Do(ctx, &transport.Request{Method: http.MethodDelete, Path: transport.Path("_snapshot", name)}, nil))
		if err != nil {
			t.Error(err)
		}
	})
	return name
}

func TestBackup(t *testing.T) {
	a := newArchive(t)
	articles := fill(t, a)
	r := repository(t, a)
	if _, err := a.Backup(t.Context(), "no-such-repository/x"); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), r) {
		t.Errorf("backup to a repository that isn't there: %v", err)
	}
	got, err := a.Backup(t.Context(), r+"/one")
	if err != nil || got.Articles != len(articles) || got.Bytes <= 0 {
		t.Fatalf("backup: %+v, %v", got, err)
	}
	if _, err := a.Backup(t.Context(), r+"/one"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second backup of the name: %v", err)
	}
	for range 3 { // sessions that the other alias knows nothing of
		shut(t, open(t, a))
	}
	_, err = a.Backup(t.Context(), r+"/two")
	must(t, err)
	b := Archive{Client: a.Client, Alias: a.Alias + "b"}
	t.Cleanup(func() { removeAll(t, b) })
	got, err = b.Restore(t.Context(), r+"/two", engine.RestoreOptions{Reindex: reindex})
	if err != nil || got.Articles != len(articles) || got.Kept != "" {
		t.Fatalf("restore: %+v, %v", got, err)
	}
	first := holds(t, b, articles)
	if content, _, err := store.ReadSetting(t.Context(), b.Client, b.Alias, engine.TopicsSetting); string(content) != "topics: {}\n" || err != nil {
		t.Errorf("setting %q, %v", content, err)
	}
	changed := maps.Clone(articles)
	writeAgain(t, b, changed)
	must(t, store.WriteSetting(t.Context(), b.Client, b.Alias, engine.AliasesSetting, []byte("later\n")))
	if _, err := b.Restore(t.Context(), r+"/one", engine.RestoreOptions{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("restore to a name that is taken: %v", err)
	}
	got, err = b.Restore(t.Context(), r+"/one", engine.RestoreOptions{Force: true})
	if err != nil || got.Articles != len(articles) || got.Kept != b.Alias+"-1" {
		t.Errorf("restore by force: %+v, %v", got, err)
	}
	second := holds(t, b, articles)
	if second.Generation <= first.Generation+2 {
		t.Errorf("generation %d after %d and two more", second.Generation, first.Generation)
	}
	if _, _, err := store.ReadSetting(t.Context(), b.Client, b.Alias, engine.AliasesSetting); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a setting that the backup doesn't have: %v", err)
	}
	if r, err := b.Check(t.Context()); err != nil || len(r.Damage) > 0 || r.Articles != len(articles) {
		t.Errorf("check: %+v, %v", r, err)
	}
	writeAgain(t, b, articles)
}

// TestRestoreCutShort ends a restoration after the cluster has restored the index, and
// before newsq has noted what it is.
func TestRestoreCutShort(t *testing.T) {
	a := newArchive(t)
	articles := fill(t, a)
	r := repository(t, a)
	_, err := a.Backup(t.Context(), r+"/one")
	must(t, err)
	b := Archive{Client: a.Client, Alias: a.Alias + "b"}
	t.Cleanup(func() { removeAll(t, b) })
	must(t, b.restoreOne(t.Context(), place{r, "one"}, store.NameOf(a.Alias, 1), store.NameOf(b.Alias, 1)))
	s, err := b.Status(t.Context())
	if err != nil || s.Index != "" || !strings.Contains(strings.Join(s.Warnings, "\n"), b.Alias+"-1 is there as well: it is being filled, or was left by") {
		t.Errorf("status: %+v, %v", s, err)
	}
	if _, err := b.Restore(t.Context(), r+"/one", engine.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	holds(t, b, articles)
	c, err := b.catalog(t.Context())
	if err != nil || len(c.others) != 0 || c.current.Hidden || c.current.number != 2 {
		t.Errorf("after the next restoration: %+v, %v", c, err)
	}
}

// TestAliasTakenAway has the alias taken from an index: it is told, and kept.
func TestAliasTakenAway(t *testing.T) {
	a := newArchive(t)
	fill(t, a)
	must(t, a.Client.Do(t.Context(), &transport.Request{Method: http.MethodDelete, Path: transport.Path(store.NameOf(a.Alias, 1), "_alias", a.Alias)}, nil))
	must(t, a.Sweep(t.Context()))
	s, err := a.Status(t.Context())
	if err != nil || !strings.Contains(strings.Join(s.Warnings, "\n"), "DELETE /"+a.Alias+"-1 removes it") {
		t.Errorf("status: %+v, %v", s, err)
	}
}
