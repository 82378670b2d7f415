package index_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// wire is a source of files with what agencies send, by name.
type wire map[string][]corpus.Article

func (w wire) Covers(key string) bool { return strings.HasPrefix(key, "wire/") }

func (w wire) Entries(context.Context) iter.Seq2[corpus.Entry, error] {
	return func(yield func(corpus.Entry, error) bool) {
		for _, name := range slices.Sorted(maps.Keys(w)) {
			key := "wire/" + name
			read := func(context.Context) iter.Seq2[corpus.Article, error] {
				return func(yield func(corpus.Article, error) bool) {
					for _, a := range w[name] {
						a.Key, a.Path = key+"#"+a.ID, key
						if !yield(a, nil) {
							return
						}
					}
				}
			}
			if !yield(corpus.Entry{Key: key, Stamp: fmt.Sprint(w[name]), Size: -1, Articles: read}, nil) {
				return
			}
		}
	}
}

// sent makes an article of a version, which is sent on a day of March.
func sent(id string, number, day int, h corpus.Handling) corpus.Article {
	h.Version = number
	return corpus.Article{
		ID: id, Title: fmt.Sprintf("%s version %d of day %d", id, number, day), Body: "The harbour stays closed.",
		Published: time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC), Handling: &h,
	}
}

func syncWire(t *testing.T, ix *index.Index, w wire) index.SyncReport {
	t.Helper()
	r, err := ix.Sync(t.Context(), w, &index.SyncOptions{Prune: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// titles returns what a search finds, by id.
func titles(t *testing.T, ix *index.Index) map[string]string {
	t.Helper()
	found := map[string]string{}
	for h, err := range ix.All(t.Context(), index.Query{Passages: -1}) {
		if err != nil {
			t.Fatal(err)
		}
		found[h.ID] = h.Article.Title
	}
	return found
}

func graves(t *testing.T, ix *index.Index) map[string]string {
	t.Helper()
	list, err := ix.Withdrawn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, w := range list {
		found[w.ID] = string(w.Status) + " by " + w.By + ": " + w.Reason
	}
	return found
}

func TestVersions(t *testing.T) {
	none := corpus.Handling{}
	for _, test := range []struct {
		name   string
		steps  []wire
		titles map[string]string
		graves map[string]string
	}{
		{
			"a higher version replaces",
			[]wire{{"a": {sent("x", 1, 1, none)}}, {"a": {sent("x", 1, 1, none)}, "b": {sent("x", 2, 2, none)}}},
			map[string]string{"x": "x version 2 of day 2"},
			nil,
		},
		{
			"a lower one that arrives late does not",
			[]wire{{"b": {sent("x", 2, 2, none)}}, {"a": {sent("x", 1, 3, none)}, "b": {sent("x", 2, 2, none)}}},
			map[string]string{"x": "x version 2 of day 2"},
			nil,
		},
		{
			"all in one file",
			[]wire{{"a": {sent("x", 1, 1, none), sent("x", 3, 3, none), sent("x", 2, 2, none)}}},
			map[string]string{"x": "x version 3 of day 3"},
			nil,
		},
		{
			"of one number the later stands",
			[]wire{{"a": {sent("x", 1, 5, none)}, "b": {sent("x", 1, 2, none)}}},
			map[string]string{"x": "x version 1 of day 5"},
			nil,
		},
		{
			"an edited file",
			[]wire{{"a": {sent("x", 1, 5, none)}}, {"a": {sent("x", 1, 2, none)}}},
			map[string]string{"x": "x version 1 of day 2"},
			nil,
		},
		{
			"the file of the standing version is removed",
			[]wire{{"a": {sent("x", 1, 1, none)}, "b": {sent("x", 2, 2, none)}}, {"a": {sent("x", 1, 1, none)}}},
			map[string]string{"x": "x version 1 of day 1"},
			nil,
		},
		{
			"a file is moved",
			[]wire{{"a": {sent("x", 1, 1, none)}}, {"b": {sent("x", 1, 1, none)}}},
			map[string]string{"x": "x version 1 of day 1"},
			nil,
		},
		{
			"an article replaces others",
			[]wire{{"a": {sent("x", 1, 1, none)}}, {"a": {sent("x", 1, 1, none)}, "b": {sent("y", 1, 2, corpus.Handling{Replaces: []string{"x"}})}}},
			map[string]string{"y": "y version 1 of day 2"},
			nil,
		},
		{
			"replaced before it came",
			[]wire{{"b": {sent("y", 1, 2, corpus.Handling{Replaces: []string{"x"}})}}, {"a": {sent("x", 1, 1, none)}, "b": {sent("y", 1, 2, corpus.Handling{Replaces: []string{"x"}})}}},
			map[string]string{"y": "y version 1 of day 2"},
			nil,
		},
		{
			"two that replace each other",
			[]wire{{"a": {sent("x", 1, 3, corpus.Handling{Replaces: []string{"y"}})}, "b": {sent("y", 1, 2, corpus.Handling{Replaces: []string{"x"}})}}},
			map[string]string{"x": "x version 1 of day 3"},
			nil,
		},
		{
			"canceled, in all versions, later ones too",
			[]wire{
				{"a": {sent("x", 1, 1, none)}},
				{"a": {sent("x", 1, 1, none)}, "k": {sent("x", 2, 2, corpus.Handling{Status: corpus.Canceled, Notice: "wrong name"})}},
				{"a": {sent("x", 1, 1, none)}, "c": {sent("x", 3, 3, none)}, "k": {sent("x", 2, 2, corpus.Handling{Status: corpus.Canceled, Notice: "wrong name"})}},
			},
			nil,
			map[string]string{"x": "canceled by x: wrong name"},
		},
		{
			"withdrawn until a higher version comes",
			[]wire{{"a": {sent("x", 1, 1, none)}, "w": {sent("x", 1, 2, corpus.Handling{Status: corpus.Withdrawn})}}},
			nil,
			map[string]string{"x": "withdrawn by x: x version 1 of day 2"},
		},
		{
			"withdrawn and back",
			[]wire{{"a": {sent("x", 1, 1, none)}, "w": {sent("x", 2, 2, corpus.Handling{Status: corpus.Withdrawn})}, "b": {sent("x", 3, 3, none)}}},
			map[string]string{"x": "x version 3 of day 3"},
			nil,
		},
		{
			"an advisory takes back",
			[]wire{{"k": {sent("kill", 1, 2, corpus.Handling{Withdraws: []string{"x"}, Notice: "libel"})}}, {"a": {sent("x", 1, 1, none)}, "k": {sent("kill", 1, 2, corpus.Handling{Withdraws: []string{"x"}, Notice: "libel"})}}},
			map[string]string{"kill": "kill version 1 of day 2"},
			map[string]string{"x": "canceled by kill: libel"},
		},
		{
			"an advisory takes one version back",
			[]wire{{"a": {sent("x", 1, 1, none), sent("x", 2, 2, none)}, "k": {sent("kill", 1, 2, corpus.Handling{Withdraws: []string{"x:2"}})}}},
			map[string]string{"kill": "kill version 1 of day 2", "x": "x version 1 of day 1"},
			map[string]string{"x:2": "canceled by kill: kill version 1 of day 2"},
		},
		{
			"an advisory about an article without a version",
			[]wire{{"a": {{ID: "x", Title: "ordinary", Body: "Nothing."}}}, {"a": {{ID: "x", Title: "ordinary", Body: "Nothing."}}, "k": {sent("kill", 1, 2, corpus.Handling{Withdraws: []string{"x"}})}}},
			map[string]string{"kill": "kill version 1 of day 2"},
			map[string]string{"x": "canceled by kill: kill version 1 of day 2"},
		},
		{
			"the advisory is removed",
			[]wire{{"a": {sent("x", 1, 1, none)}, "k": {sent("kill", 1, 2, corpus.Handling{Withdraws: []string{"x"}})}}, {"a": {sent("x", 1, 1, none)}}},
			map[string]string{"x": "x version 1 of day 1"},
			nil,
		},
		{
			"the notice is removed",
			[]wire{{"a": {sent("x", 1, 1, none)}, "k": {sent("x", 2, 2, corpus.Handling{Status: corpus.Canceled})}}, {"a": {sent("x", 1, 1, none)}}},
			map[string]string{"x": "x version 1 of day 1"},
			nil,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			ix := open(t, dir, &index.Options{Topics: noRules(t)})
			for _, w := range test.steps {
				syncWire(t, ix, w)
			}
			check := func(when string) {
				t.Helper()
				if diff := cmp.Diff(test.titles, titles(t, ix), equateEmpty); diff != "" {
					t.Errorf("%s: found, -want +got:\n%s", when, diff)
				}
				if diff := cmp.Diff(test.graves, graves(t, ix), equateEmpty); diff != "" {
					t.Errorf("%s: withdrawn, -want +got:\n%s", when, diff)
				}
			}
			check("after the syncs")
			last := test.steps[len(test.steps)-1]
			if r := syncWire(t, ix, last); r.Added+r.Updated+r.Removed+r.Superseded+r.Withdrawn > 0 {
				t.Errorf("again: %+v", r)
			}
			if err := ix.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := index.Rebuild(t.Context(), dir, nil); err != nil {
				t.Fatal(err)
			}
			ix = open(t, dir, &index.Options{Topics: noRules(t)})
			check("after a rebuild")
			syncWire(t, ix, last)
			check("after a sync of what was rebuilt")
			syncWire(t, ix, wire{})
			if got, dead := titles(t, ix), graves(t, ix); len(got)+len(dead) > 0 {
				t.Errorf("without any file: %v, %v", got, dead)
			}
		})
	}
}

var equateEmpty = cmp.Transformer("empty", func(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
})

// What stands depends on the files that are there, and not on the order in which they
// came, nor on others that were there before.
func TestVersionsInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	ids := []string{"x", "y", "z"}
	for round := range 8 {
		all := wire{}
		for i := range 8 {
			h := corpus.Handling{}
			other := ids[random.IntN(len(ids))]
			switch random.IntN(8) {
			case 0:
				h.Status = corpus.Canceled
			case 1:
				h.Status = corpus.Withdrawn
			case 2:
				h.Replaces = []string{other}
			case 3:
				h.Withdraws = []string{fmt.Sprintf("%s:%d", other, 1+random.IntN(3))}
			case 4:
				h.Withdraws = []string{other}
			}
			all[fmt.Sprint(i)] = []corpus.Article{sent(ids[random.IntN(len(ids))], 1+random.IntN(3), 1+random.IntN(5), h)}
		}
		at := func(steps ...wire) string {
			ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
			defer ix.Close()
			for _, w := range steps {
				syncWire(t, ix, w)
			}
			return fmt.Sprint(titles(t, ix), graves(t, ix))
		}
		want := at(all)
		var steps []wire
		some := wire{}
		for _, i := range random.Perm(len(all)) {
			some[fmt.Sprint(i)] = all[fmt.Sprint(i)]
			steps = append(steps, maps.Clone(some))
		}
		if got := at(steps...); got != want {
			t.Fatalf("round %d: one by one\n%s\nat once\n%s\nof %v", round, got, want, all)
		}
		half := maps.Clone(all)
		delete(half, "1")
		delete(half, "4")
		if got, want := at(all, half), at(half); got != want {
			t.Fatalf("round %d: after others were removed\n%s\nwithout them\n%s\nof %v", round, got, want, all)
		}
	}
}

// Ids of the whole world are of one article, and others are not.
func TestGlobalID(t *testing.T) {
	mail := func(day int, global bool) corpus.Article {
		a := sent("m1@list.example", 0, day, corpus.Handling{})
		a.Handling, a.GlobalID = nil, global
		return a
	}
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	r := syncWire(t, ix, wire{"a": {mail(2, true), mail(2, true)}, "b": {mail(1, true)}})
	if got := titles(t, ix); len(got) != 1 || got["m1@list.example"] != mail(2, true).Title || r.Added != 1 || r.Superseded != 1 {
		t.Errorf("found %v, %+v", got, r)
	}
	syncWire(t, ix, wire{"b": {mail(1, true)}})
	if got := titles(t, ix); len(got) != 1 || got["m1@list.example"] != mail(1, true).Title {
		t.Errorf("when the later one is gone: %v", got)
	}
	ix = open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	syncWire(t, ix, wire{"a": {mail(2, false)}, "b": {mail(1, false)}})
	if got := titles(t, ix); len(got) != 2 {
		t.Errorf("ids of files: %v", got)
	}
}

func TestVersionsAreListed(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	r := syncWire(t, ix, wire{
		"a": {sent("x", 1, 1, corpus.Handling{}), sent("x", 2, 2, corpus.Handling{Notice: "corrects the name"})},
		"b": {sent("y", 1, 3, corpus.Handling{Replaces: []string{"x"}})},
		"c": {sent("z", 1, 3, corpus.Handling{}), sent("z", 2, 3, corpus.Handling{Status: corpus.Canceled, Notice: "wrong"})},
	})
	if r.Added != 1 || r.Superseded != 2 || r.Withdrawn != 1 {
		t.Errorf("%+v", r)
	}
	list, err := ix.Versions(t.Context(), "y")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range list {
		got = append(got, fmt.Sprintf("%s %d %v %s %s", v.ID, v.Number, v.Stands, v.Why, v.Notice))
	}
	want := []string{"y 1 true  ", "x 2 false replaced by y corrects the name", "x 1 false replaced by y "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := ix.Versions(t.Context(), "nothing"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("of no article: %v", err)
	}
	var replaced *index.ReplacedError
	if _, err := ix.Get(t.Context(), "x"); !errors.As(err, &replaced) || replaced.By != "y" {
		t.Errorf("what was replaced: %v", err)
	}
	var withdrawn *index.WithdrawnError
	if _, err := ix.Get(t.Context(), "z"); !errors.As(err, &withdrawn) || withdrawn.Reason != "wrong" {
		t.Errorf("what was canceled: %v", err)
	}
	if err := ix.Delete(t.Context(), "y"); err != nil {
		t.Fatal(err)
	}
}

// A program that adds versions itself gets what a sync does.
func TestAddVersions(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add := func(articles ...corpus.Article) {
		t.Helper()
		if err := ix.Add(t.Context(), articles...); err != nil {
			t.Fatal(err)
		}
	}
	add(corpus.Article{ID: "o", Title: "ordinary", Body: "Nothing."}, sent("x", 2, 2, corpus.Handling{}))
	add(sent("x", 1, 1, corpus.Handling{}))
	if diff := cmp.Diff(map[string]string{"o": "ordinary", "x": "x version 2 of day 2"}, titles(t, ix)); diff != "" {
		t.Error(diff)
	}
	add(sent("k", 1, 3, corpus.Handling{Withdraws: []string{"o", "x"}}))
	add(corpus.Article{ID: "o", Title: "ordinary again", Body: "Nothing."}, sent("x", 3, 4, corpus.Handling{}))
	if diff := cmp.Diff(map[string]string{"k": "k version 1 of day 3"}, titles(t, ix)); diff != "" {
		t.Error(diff)
	}
}

// What senders mean survives whatever is done to an index.
func TestVersionsSurvive(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir, &index.Options{Topics: noRules(t)})
	w := wire{
		"a": {sent("x", 1, 1, corpus.Handling{}), sent("x", 2, 2, corpus.Handling{})},
		"b": {sent("z", 1, 1, corpus.Handling{}), sent("z", 2, 2, corpus.Handling{Status: corpus.Canceled})},
	}
	syncWire(t, ix, w)
	check := func(ix *index.Index, when string) {
		t.Helper()
		list, err := ix.Versions(t.Context(), "x")
		if err != nil || len(list) != 2 || len(titles(t, ix)) != 1 || len(graves(t, ix)) != 1 {
			t.Errorf("%s: %v, %v, %v, %v", when, list, err, titles(t, ix), graves(t, ix))
		}
	}
	check(ix, "first")
	if _, err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	check(ix, "compacted")
	to := t.TempDir() + "/backup.tar.zst"
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := index.WriteBackup(t.Context(), dir, to); err != nil {
		t.Fatal(err)
	}
	back := t.TempDir() + "/back"
	if _, err := index.RestoreBackup(t.Context(), to, back, nil); err != nil {
		t.Fatal(err)
	}
	ix = open(t, back, &index.Options{Topics: noRules(t)})
	check(ix, "restored")
	if r := syncWire(t, ix, w); r.Added+r.Updated+r.Removed+r.Superseded+r.Withdrawn > 0 {
		t.Errorf("again: %+v", r)
	}
	check(ix, "synced again")
}

// stopping is a source whose reading ends its context.
type stopping struct {
	wire
	stop func()
}

func (s stopping) Entries(ctx context.Context) iter.Seq2[corpus.Entry, error] {
	return func(yield func(corpus.Entry, error) bool) {
		for e, err := range s.wire.Entries(ctx) {
			read := e.Articles
			e.Articles = func(ctx context.Context) iter.Seq2[corpus.Article, error] {
				return func(yield func(corpus.Article, error) bool) {
					for a, err := range read(ctx) {
						if a.ID == "stop" {
							time.Sleep(100 * time.Millisecond) // what was read before is on its way
							s.stop()
						}
						if !yield(a, err) {
							return
						}
					}
				}
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// A sync that is cut short is finished by the next one.
func TestVersionsOfInterruptedSync(t *testing.T) {
	w := wire{"0": {sent("stop", 1, 1, corpus.Handling{})}}
	for i := range 40 {
		id := fmt.Sprint("x", i)
		w["a"+id] = []corpus.Article{sent(id, 1, 1, corpus.Handling{}), sent(id, 2, 2, corpus.Handling{})}
		w["b"+id] = []corpus.Article{sent("k"+id, 1, 2, corpus.Handling{Withdraws: []string{id}})}
		if i%2 == 0 {
			delete(w, "b"+id)
		}
	}
	w["c"] = []corpus.Article{sent("stop", 1, 1, corpus.Handling{})}
	delete(w, "0")
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := ix.Sync(ctx, stopping{w, cancel}, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("the sync was not cut short: %v", err)
	}
	syncWire(t, ix, w)
	got, dead := titles(t, ix), graves(t, ix)
	if len(got) != 20+20+1 || len(dead) != 20 {
		t.Errorf("%d found, %d withdrawn", len(got), len(dead))
	}
	for id, title := range got {
		if strings.HasPrefix(id, "x") && !strings.Contains(title, "version 2") {
			t.Errorf("%s: %s", id, title)
		}
	}
}

// Without pruning, what is gone from its file stays, unless another version took its
// place.
func TestVersionsWithoutPruning(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	step := func(w wire, want map[string]string) {
		t.Helper()
		if _, err := ix.Sync(t.Context(), w, nil); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, titles(t, ix)); diff != "" {
			t.Error(diff)
		}
	}
	v := func(number, day int) corpus.Article { return sent("x", number, day, corpus.Handling{}) }
	step(wire{"a": {v(1, 1)}}, map[string]string{"x": v(1, 1).Title})
	step(wire{"b": {v(1, 1)}}, map[string]string{"x": v(1, 1).Title})
	step(wire{"b": {v(2, 2)}}, map[string]string{"x": v(2, 2).Title})
	step(wire{"b": {v(1, 1)}}, map[string]string{"x": v(2, 2).Title})
	step(wire{}, map[string]string{"x": v(2, 2).Title})
	syncWire(t, ix, wire{})
	if got := titles(t, ix); len(got) > 0 {
		t.Errorf("pruned: %v", got)
	}
}

// What a sync without pruning kept of a file that changed, the next one that prunes
// removes, though the file did not change again.
func TestPruneAfterAll(t *testing.T) {
	for _, form := range []string{"versions", "ordinary"} {
		one, two := sent("x", 1, 1, corpus.Handling{}), sent("y", 1, 2, corpus.Handling{Withdraws: []string{"x"}})
		if form == "ordinary" {
			one.Handling, two.Handling = nil, nil
		}
		ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
		syncWire(t, ix, wire{"a": {one, two}})
		w := wire{"a": {one}}
		for range 2 {
			if r, err := ix.Sync(t.Context(), w, nil); err != nil || r.Removed > 0 {
				t.Fatalf("%+v, %v", r, err)
			}
		}
		if got := titles(t, ix); got["y"] == "" {
			t.Errorf("%s: not kept: %v", form, got)
		}
		if r := syncWire(t, ix, w); r.Removed != 1 {
			t.Errorf("%s: %+v", form, r)
		}
		if diff := cmp.Diff(map[string]string{"x": one.Title}, titles(t, ix)); diff != "" {
			t.Errorf("%s: %s", form, diff)
		}
		if r := syncWire(t, ix, w); r.Bytes > 0 || r.Removed+r.Added+r.Updated > 0 {
			t.Errorf("%s: read again: %+v", form, r)
		}
	}
}
