package enginetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// readsOnly opens an index for reading, where there is none and where there is
// one.
func readsOnly(t *testing.T, target Target) {
	location := target.fresh(t, "ix")
	if _, err := target.Driver.Open(t.Context(), location, engine.Options{ReadOnly: true}); !errors.Is(err, engine.ErrNoIndex) {
		t.Errorf("open of nothing: %v, want ErrNoIndex", err)
	}
	w := mustOpenAt(t, target, location, engine.Options{})
	publish(t, w, putOf("", map[string]string{"1": "korea"}))
	r := mustOpenAt(t, target, location, engine.Options{ReadOnly: true})
	for name, err := range map[string]error{
		"write":         r.Write(t.Context(), putOf("", map[string]string{"2": "kim"})),
		"publish":       r.Publish(t.Context()),
		"write setting": r.WriteSetting(t.Context(), engine.TopicsSetting, nil),
	} {
		if !errors.Is(err, engine.ErrReadOnly) {
			t.Errorf("%s of a reader: %v, want ErrReadOnly", name, err)
		}
	}
	if n := mustSnapshot(t, r).Len(); n != 1 {
		t.Errorf("a reader sees %d articles, want 1", n)
	}
	publish(t, w, putOf("", map[string]string{"2": "kim"}))
	if n := mustSnapshot(t, r).Len(); n != 2 {
		t.Errorf("a reader sees %d articles after another was published, want 2", n)
	}
}

// keepsSettings writes settings, and reads them as another that opens the index.
func keepsSettings(t *testing.T, target Target) {
	location := target.fresh(t, "")
	e := mustOpenAt(t, target, location, engine.Options{})
	if _, _, err := e.ReadSetting(t.Context(), engine.AliasesSetting); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("setting that was never written: %v", err)
	}
	for _, content := range []string{"topics: {}\n", "", "extends: starter\n"} {
		if err := e.WriteSetting(t.Context(), engine.TopicsSetting, []byte(content)); err != nil {
			t.Fatal(err)
		}
		got, where, err := e.ReadSetting(t.Context(), engine.TopicsSetting)
		if string(got) != content || where == "" || err != nil {
			t.Errorf("setting is %q at %q, want %q: %v", got, where, content, err)
		}
	}
	publish(t, e)
	r := mustOpenAt(t, target, location, engine.Options{ReadOnly: true})
	if got, _, err := r.ReadSetting(t.Context(), engine.TopicsSetting); string(got) != "extends: starter\n" || err != nil {
		t.Errorf("a reader's setting is %q, %v", got, err)
	}
}

// compacts measures and compacts an index that has deletions, if its engine can.
func compacts(t *testing.T, target Target) {
	e := mustOpen(t, target)
	m, ok := e.(engine.Maintainer)
	if !ok {
		t.Skip("skipped: the engine is no Maintainer")
	}
	want := map[string]string{}
	for n := range 6 { // each replaces some of the one before
		titles := map[string]string{}
		for i := range 20 {
			titles[fmt.Sprint(10*n+i)] = fmt.Sprint("korea ", n)
		}
		publish(t, e, putOf(fmt.Sprint(n), titles))
		maps.Copy(want, titles)
	}
	publish(t, e, &engine.Batch{Delete: []string{"3", "33"}})
	old := mustSnapshot(t, e)
	delete(want, "3")
	delete(want, "33")
	check := func(when string) {
		t.Helper()
		snap := mustSnapshot(t, e)
		if got := titlesOf(t, snap); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
		if s, err := m.Stats(t.Context()); err != nil || s.Articles != len(want) {
			t.Errorf("%s: stats %+v, %v; want %d articles", when, s, err, len(want))
		}
	}
	check("before")
	r, err := m.Compact(t.Context())
	if err != nil || r.Before <= 0 || r.After <= 0 {
		t.Errorf("compact: %+v, %v", r, err)
	}
	check("after")
	if got := titlesOf(t, old); !maps.Equal(got, want) {
		t.Errorf("an older snapshot: %v, want %v", got, want)
	}
}

// titlesOf reads all articles of a snapshot.
func titlesOf(t *testing.T, snap engine.Snapshot) map[string]string {
	t.Helper()
	found, err := snap.Search(t.Context(), &engine.Request{Plan: match.All{}, Limit: 1000, ExactTotal: true})
	if err != nil || found.Total != len(found.Hits) {
		t.Fatalf("search: %d of %d, %v", len(found.Hits), found.Total, err)
	}
	titles := map[string]string{}
	for _, h := range found.Hits {
		a, err := snap.Load(t.Context(), &h)
		if err != nil {
			t.Fatal(err)
		}
		titles[h.ID] = a.Title
	}
	return titles
}

// maintainsOffline checks, rebuilds, backs up and restores an index that is not
// open, if its driver can.
func maintainsOffline(t *testing.T, target Target) {
	m, ok := target.Driver.(engine.OfflineMaintainer)
	if !ok {
		t.Skip("skipped: the driver is no OfflineMaintainer")
	}
	o := &offline{target: target, m: m, titles: map[string]string{"1": "korea", "2": "kim", "3": "sanctions"}}
	o.location = target.fresh(t, "ix")
	o.fill(t)
	o.check(t, "before", o.location)
	if r, err := m.Repair(t.Context(), o.location, engine.RebuildOptions{Reindex: o.reindex}); err != nil || !r.Whole || r.Kept != "" || r.Articles != 3 {
		t.Errorf("repair of a whole index: %+v, %v", r, err)
	}
	o.rebuild(t)
	o.backUp(t)
}

// offline is an index that is not open, beside what it should hold.
type offline struct {
	target   Target
	m        engine.OfflineMaintainer
	location string
	titles   map[string]string
}

// fill makes the index, with one article that is deleted again.
func (o *offline) fill(t *testing.T) {
	e, err := o.target.Driver.Open(t.Context(), o.location, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	publish(t, e, putOf("x", o.titles), putOf("x", map[string]string{"4": "gone"}))
	publish(t, e, &engine.Batch{Delete: []string{"4"}, PutEntries: []engine.Entry{{Key: "x", Stamp: "s"}}})
	err = e.WriteSetting(t.Context(), engine.TopicsSetting, []byte("topics: {}\n"))
	if err := errors.Join(err, e.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// reindex writes what is read of an index as it was.
func (o *offline) reindex(ctx context.Context, from engine.Salvage, to engine.Writer) error {
	if content, _, err := from.ReadSetting(ctx, engine.TopicsSetting); string(content) != "topics: {}\n" || err != nil {
		return fmt.Errorf("setting of the old index is %q: %w", content, err)
	}
	b := &engine.Batch{}
	for a, err := range from.Articles(ctx) {
		if err != nil {
			return err
		}
		b.Put = append(b.Put, newDoc(a.Article, a.Entry))
	}
	slices.SortFunc(b.Put, func(x, y engine.Doc) int { return len(x.Article.Title) - len(y.Article.Title) })
	return to.Write(ctx, b)
}

// check holds an index at a location to what it should hold.
func (o *offline) check(t *testing.T, when, location string) {
	t.Helper()
	r, err := o.m.Check(t.Context(), location)
	if err != nil || r.Articles != len(o.titles) || len(r.Damage) > 0 {
		t.Errorf("%s: check %+v, %v", when, r, err)
	}
	e := mustOpenAt(t, o.target, location, engine.Options{ReadOnly: true})
	if got := titlesOf(t, mustSnapshot(t, e)); !maps.Equal(got, o.titles) {
		t.Errorf("%s: articles %v, want %v", when, got, o.titles)
	}
	if got, _, err := e.ReadSetting(t.Context(), engine.TopicsSetting); string(got) != "topics: {}\n" || err != nil {
		t.Errorf("%s: setting %q, %v", when, got, err)
	}
}

func (o *offline) rebuild(t *testing.T) {
	cut := errors.New("cut short")
	_, err := o.m.Rebuild(t.Context(), o.location, engine.RebuildOptions{
		Reindex: func(ctx context.Context, from engine.Salvage, to engine.Writer) error {
			d := newDoc(corpus.Article{ID: "5", Title: "half"}, "")
			return errors.Join(to.Write(ctx, &engine.Batch{Put: []engine.Doc{d}}), cut)
		},
	})
	if !errors.Is(err, cut) {
		t.Errorf("rebuild that is cut short: %v", err)
	}
	o.check(t, "after a rebuild that was cut short", o.location)
	r, err := o.m.Rebuild(t.Context(), o.location, engine.RebuildOptions{Reindex: o.reindex})
	if err != nil || r.Articles != len(o.titles) || len(r.Lost) > 0 {
		t.Errorf("rebuild: %+v, %v", r, err)
	}
	o.check(t, "after a rebuild", o.location)
}

func (o *offline) backUp(t *testing.T) {
	backup := o.target.backup(t, t.TempDir())
	r, err := o.m.Backup(t.Context(), o.location, backup)
	if err != nil || r.Articles != len(o.titles) || r.Bytes <= 0 {
		t.Fatalf("backup: %+v, %v", r, err)
	}
	if _, err := o.m.Backup(t.Context(), o.location, backup); !errors.Is(err, fs.ErrExist) {
		t.Errorf("backup to a place that is taken: %v", err)
	}
	at := o.target.fresh(t, "restored")
	for _, force := range []bool{false, true} {
		r, err := o.m.Restore(t.Context(), backup, at, engine.RestoreOptions{Force: force, Reindex: o.reindex})
		if err != nil || r.Articles != len(o.titles) || (r.Kept != "") != force {
			t.Errorf("restore (force: %v): %+v, %v", force, r, err)
		}
		o.check(t, "restored", at)
	}
	if _, err := o.m.Restore(t.Context(), backup, at, engine.RestoreOptions{Reindex: o.reindex}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("restore to a place that is taken: %v", err)
	}
}
