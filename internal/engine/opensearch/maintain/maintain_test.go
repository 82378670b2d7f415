//go:build opensearch

package maintain

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
	"github.com/newsq/newsq/internal/match"
)

func TestMain(m *testing.M) { os.Exit(clustertest.Run(m)) }

// newArchive returns an archive of a name of its own, removed when the test ends.
func newArchive(t *testing.T) Archive {
	t.Helper()
	c, err := transport.New(transport.Config{Addresses: clustertest.Addresses(t)})
	if err != nil {
		t.Fatal(err)
	}
	a := Archive{Client: c, Alias: fmt.Sprintf("os-maintain-%s-%x", strings.ToLower(t.Name()), time.Now().UnixNano())}
	t.Cleanup(func() {
		removeAll(t, a)
		c.Close()
	})
	return a
}

// removeAll removes all that belongs to an archive.
func removeAll(t *testing.T, a Archive) {
	r := &transport.Request{Method: http.MethodDelete, Path: "/" + a.Alias + "-*", Query: url.Values{"expand_wildcards": {"all"}}}
	if err := a.Client.Do(context.Background(), r, nil); err != nil {
		t.Error(err)
	}
}

// open opens an archive for writing, until the test ends or it is closed.
func open(t *testing.T, a Archive) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), a.Client, a.Alias, engine.Options{LockWait: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, s) })
	return s
}

func shut(t *testing.T, s *store.Store) {
	if err := s.Close(context.Background()); err != nil {
		t.Error(err)
	}
}

// docOf makes a document of words.
func docOf(id, entry, words string) engine.Doc {
	a := corpus.Article{ID: id, Title: words}
	return engine.Doc{Article: a, Entry: entry, Version: words, Text: match.NewEncoder(analysis.Of).Encode(match.Input{Title: words, ID: id})}
}

// write writes articles by id, and publishes them.
func write(t *testing.T, w engine.Writer, articles map[string]string) {
	t.Helper()
	b := &engine.Batch{}
	for _, id := range slices.Sorted(maps.Keys(articles)) {
		b.Put = append(b.Put, docOf(id, "e", articles[id]))
	}
	must(t, w.Write(t.Context(), b))
	must(t, w.Publish(t.Context()))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fill makes an index of articles, one deleted, a note and a setting, and closes it.
func fill(t *testing.T, a Archive) map[string]string {
	t.Helper()
	s := open(t, a)
	articles := map[string]string{"1": "korea", "2": "kim talks", "\xff\x00": "sanctions", "ü": "the summit"}
	write(t, s, articles)
	write(t, s, map[string]string{"gone": "vanished"})
	must(t, s.Write(t.Context(), &engine.Batch{
		Delete: []string{"gone"}, PutNotes: []engine.Note{{Key: "n", Entry: "e", Value: []byte("v")}}, PutEntries: []engine.Entry{{Key: "e", Stamp: "s"}},
	}))
	must(t, s.Publish(t.Context()))
	must(t, s.WriteSetting(t.Context(), engine.TopicsSetting, []byte("topics: {}\n")))
	shut(t, s)
	return articles
}

// titles returns the titles of the articles that a view shows, by id.
func titles(t *testing.T, v *reader.View) map[string]string {
	t.Helper()
	found := map[string]string{}
	for a, err := range v.StoredArticles(t.Context()) {
		must(t, err)
		found[a.Article.ID] = a.Article.Title
	}
	return found
}

// holds holds an archive to articles, as one who opens it reads them.
func holds(t *testing.T, a Archive, want map[string]string) *reader.View {
	t.Helper()
	s, err := store.Open(t.Context(), a.Client, a.Alias, engine.Options{ReadOnly: true})
	must(t, err)
	g, err := s.Hold(t.Context())
	must(t, err)
	t.Cleanup(func() { must(t, errors.Join(g.Release(context.Background()), s.Close(context.Background()))) })
	if got := titles(t, g.View); !maps.Equal(got, want) {
		t.Errorf("%s has %q, want %q", a.Alias, got, want)
	}
	return g.View
}

// reindex writes what is read as it was.
func reindex(ctx context.Context, from engine.Salvage, to engine.Writer) error {
	b := &engine.Batch{}
	for a, err := range from.Articles(ctx) {
		if err != nil {
			return err
		}
		b.Put = append(b.Put, docOf(a.Article.ID, a.Entry, a.Article.Title))
	}
	for n, err := range from.Notes(ctx) {
		if err != nil {
			return err
		}
		b.PutNotes = append(b.PutNotes, n)
	}
	return to.Write(ctx, b)
}

func TestTakenName(t *testing.T) {
	a := newArchive(t)
	other := a.Alias + "-other"
	must(t, a.Client.DoJSON(t.Context(), http.MethodPut, "/"+other, transport.Object{"aliases": transport.Object{a.Alias: transport.Object{}}}, nil))
	if p, err := a.PlanInit(t.Context(), engine.InitOptions{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("plan %+v, %v", p, err)
	}
	if r, err := a.Restore(t.Context(), "none/none", engine.RestoreOptions{Force: true}); err == nil {
		t.Errorf("restored: %+v", r)
	}
	if r, err := a.Rebuild(t.Context(), engine.RebuildOptions{Reindex: reindex}); !errors.Is(err, errTaken) {
		t.Errorf("rebuilt: %+v, %v", r, err)
	}
}

func TestStatusAndStats(t *testing.T) {
	a := newArchive(t)
	articles := fill(t, a)
	w := open(t, a)
	s, err := a.Status(t.Context())
	if err != nil || s.Articles != len(articles) || s.Generation == 0 || s.Published.IsZero() || s.Writer == "" || s.LeaseEnds.IsZero() || s.Unpublished || s.Bytes == 0 {
		t.Errorf("status %+v, %v", s, err)
	}
	must(t, w.Write(t.Context(), &engine.Batch{Put: []engine.Doc{docOf("5", "", "more")}}))
	if s, err := a.Status(t.Context()); err != nil || !s.Unpublished || s.Articles != len(articles) {
		t.Errorf("status with something unpublished: %+v, %v", s, err)
	}
	until := time.Now().Add(time.Hour)
	hidden := docOf("6", "", "not yet")
	hidden.Embargoed, hidden.EmbargoedUntil = true, until
	dated := docOf("7", "", "dated")
	dated.Article.Published = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	strange := docOf("8", "", "strange")
	strange.Article.Published = time.Date(1492, 1, 2, 3, 0, 0, 0, time.UTC)
	must(t, w.Write(t.Context(), &engine.Batch{Put: []engine.Doc{hidden, dated, strange}}))
	must(t, w.Publish(t.Context()))
	got, err := a.Stats(t.Context())
	must(t, err)
	if want := (engine.DateStats{Time: 1, Day: 1, None: 6, Strange: 1}); got.Dates != want || got.Articles != 8 || got.Tokens != 11 {
		t.Errorf("stats %+v, want dates %+v", got, want)
	}
	if r := got.Released; r.Articles != 7 || r.Tokens != 9 || r.Dates.None != 5 || r.Dates.Strange != 1 {
		t.Errorf("released %+v", r)
	}
	if got.Written.IsZero() || len(got.Segments) == 0 || got.Files["segments"] == 0 || len(got.Generations) != 1 {
		t.Errorf("stats %+v", got)
	}
}

// put writes a document as it is, in a version of its own, and shows it.
func put(t *testing.T, a Archive, index, id, doc string) {
	t.Helper()
	r := &transport.Request{
		Method: http.MethodPut, Path: transport.Path(index, "_doc", id), Body: []byte(doc),
		Query: url.Values{"version": {"4611686018427387904"}, "version_type": {"external_gte"}, "refresh": {"true"}},
	}
	must(t, a.Client.Do(t.Context(), r, nil))
}

func TestCheckAndRepair(t *testing.T) {
	a := newArchive(t)
	articles := fill(t, a)
	index := a.Alias + "-1"
	if r, err := a.Repair(t.Context(), engine.RebuildOptions{Reindex: reindex}); err != nil || !r.Whole || r.Kept != "" || r.Articles != len(articles) {
		t.Errorf("repair of a whole index: %+v, %v", r, err)
	}
	put(t, a, index, schema.DocID(schema.KindArticle, "2"), `{"kind":"article","id":"2","version":"v","length":1,"article":{"id":2,"title":["x"]}}`)
	put(t, a, index, "a:twice", `{"kind":"article","id":"1","article":{"id":"1","title":"korea again"}}`)
	put(t, a, index, "x", `{"kind":"strange"}`)
	put(t, a, index, "y", `{"key":"none"}`)
	r, err := a.Check(t.Context())
	must(t, err)
	var all []string
	for _, d := range r.Damage {
		all = append(all, d.Path+": "+d.Err.Error())
	}
	for _, part := range []string{
		`kind "strange"`, "1 of its documents are of no kind", "1 articles lack the field version", "1 articles lack the field length",
		"/_doc/a:2: its article can't be read", "/_doc/a:twice: its document has the id",
	} {
		if !slices.ContainsFunc(all, func(d string) bool { return strings.Contains(d, part) }) {
			t.Errorf("damage lacks %q:\n%s", part, strings.Join(all, "\n"))
		}
	}
	if r, err := a.Rebuild(t.Context(), engine.RebuildOptions{Reindex: reindex}); !errors.Is(err, engine.ErrDamaged) {
		t.Errorf("rebuild of damage: %+v, %v", r, err)
	}
	got, err := a.Repair(t.Context(), engine.RebuildOptions{Reindex: reindex})
	if err != nil || got.Kept != index || len(got.Lost) != 2 {
		t.Errorf("repair: %+v, %v", got, err)
	}
	delete(articles, "2")
	holds(t, a, articles)
	if r, err := a.Check(t.Context()); err != nil || len(r.Damage) > 0 {
		t.Errorf("after the repair: %+v, %v", r, err)
	}
	if c, err := a.catalog(t.Context()); err != nil || len(c.others) != 1 || !strings.HasPrefix(c.others[0].why(), "it is kept") {
		t.Errorf("the damaged index: %+v, %v", c, err)
	}
	must(t, a.Sweep(t.Context()))
	if c, err := a.catalog(t.Context()); err != nil || len(c.others) != 1 {
		t.Errorf("the damaged index was removed: %+v, %v", c, err)
	}
}

func TestRebuild(t *testing.T) {
	a := newArchive(t)
	articles := fill(t, a)
	before := holds(t, a, articles)
	w := open(t, a)
	if _, err := a.Rebuild(t.Context(), engine.RebuildOptions{Reindex: reindex}); !errors.Is(err, engine.ErrLocked) {
		t.Errorf("rebuild while another writes: %v", err)
	}
	// What is written and not published is part of what is read.
	articles["9"] = "late"
	must(t, w.Write(t.Context(), &engine.Batch{Put: []engine.Doc{docOf("9", "e", "late")}}))
	shut(t, w)
	cut := errors.New("cut short")
	_, err := a.Rebuild(t.Context(), engine.RebuildOptions{Reindex: func(ctx context.Context, _ engine.Salvage, to engine.Writer) error {
		return errors.Join(to.Write(ctx, &engine.Batch{Put: []engine.Doc{docOf("half", "", "half")}}), cut)
	}})
	if !errors.Is(err, cut) {
		t.Errorf("rebuild that is cut short: %v", err)
	}
	holds(t, a, articles)
	// A process that died has left an index that is not whole.
	must(t, a.createUnfinished(t.Context(), store.NameOf(a.Alias, 7), &indexInfo{Description: &store.Description{Shards: 1}}))
	r, err := a.Rebuild(t.Context(), engine.RebuildOptions{Reindex: reindex})
	if err != nil || r.Articles != len(articles) || len(r.Lost) > 0 || r.Kept != "" {
		t.Fatalf("rebuild: %+v, %v", r, err)
	}
	after := holds(t, a, articles)
	if after.Generation <= before.Generation {
		t.Errorf("generation %d after %d", after.Generation, before.Generation)
	}
	if got := titles(t, before); len(got) != len(articles)-1 {
		t.Errorf("who read before sees %q", got)
	}
	c, err := a.catalog(t.Context())
	if err != nil || c.current.number != 8 || len(c.others) != 1 || c.others[0].ours().Retired == 0 {
		t.Fatalf("catalog %+v, %v", c, err)
	}
	writeAgain(t, a, articles)
	sweepsWhenUnread(t, a, c.others[0])
}

// writeAgain holds that an index can be written after it was made by other means.
func writeAgain(t *testing.T, a Archive, articles map[string]string) {
	t.Helper()
	w := open(t, a)
	write(t, w, map[string]string{"1": "korea changed"})
	articles["1"] = "korea changed"
	must(t, w.Write(t.Context(), &engine.Batch{Delete: []string{"ü"}}))
	must(t, w.Publish(t.Context()))
	delete(articles, "ü")
	shut(t, w)
	holds(t, a, articles)
}

// sweepsWhenUnread holds that an index that was replaced is removed some time after,
// when nobody reads it.
func sweepsWhenUnread(t *testing.T, a Archive, old indexInfo) {
	t.Helper()
	there := func(when string, want bool) {
		t.Helper()
		must(t, a.Sweep(t.Context()))
		c, err := a.catalog(t.Context())
		must(t, err)
		if _, is := c.find(old.Name); is != want {
			t.Errorf("%s: the old index is there: %v, want %v", when, is, want)
		}
	}
	there("just replaced", true)
	m := old.ours()
	m.Retired = time.Now().Add(-grace - time.Minute).UnixMilli()
	must(t, a.setMeta(t.Context(), old.Name, m))
	g, err := store.Take(t.Context(), a.Client, old.Name)
	must(t, err)
	there("still read", true)
	must(t, g.Release(t.Context()))
	closePoints(t, a, old.Name)
	there("not read any more", false)
}

// closePoints ends the points in time of an index that other parts of a test hold.
func closePoints(t *testing.T, a Archive, index string) {
	t.Helper()
	var answer struct {
		Pits []struct {
			ID string `json:"pit_id"`
		}
	}
	must(t, a.Client.Do(t.Context(), &transport.Request{Method: http.MethodGet, Path: "/_search/point_in_time/_all"}, &answer))
	for _, p := range answer.Pits {
		var found struct {
			Hits struct {
				Hits []struct {
					Index string `json:"_index"`
				}
			}
		}
		err := a.Client.DoJSON(t.Context(), http.MethodPost, "/_search", transport.Object{"size": 1, "pit": transport.Object{"id": p.ID}}, &found)
		if err == nil && len(found.Hits.Hits) > 0 && found.Hits.Hits[0].Index == index {
			must(t, a.Client.DoJSON(t.Context(), http.MethodDelete, "/_search/point_in_time", transport.Object{"pit_id": []string{p.ID}}, nil))
		}
	}
}

func TestCompact(t *testing.T) {
	a := newArchive(t)
	articles := fill(t, a)
	w := open(t, a)
	for n := range 5 {
		write(t, w, map[string]string{"2": fmt.Sprint("kim talks", n), "again": fmt.Sprint("word", n)})
	}
	articles["2"], articles["again"] = "kim talks4", "word4"
	before := holds(t, a, articles)
	if got := words(t, a); !slices.Contains(got, "vanished") || !slices.Contains(got, "word0") {
		t.Errorf("the words before are %q", got)
	}
	r, err := a.Compact(t.Context(), w.Writer())
	if err != nil || r.Before <= 0 || r.After <= 0 {
		t.Errorf("compact: %+v, %v", r, err)
	}
	// After counts all copies of the shard.
	if s, err := a.Stats(t.Context()); err != nil || len(s.Segments) != 1 || s.Segments[0].Bytes > r.After {
		t.Errorf("segments %+v of %d bytes, %v", s.Segments, r.After, err)
	}
	want := []string{"kim", "korea", "sanctions", "summit", "talks4", "the", "word4"}
	if got := words(t, a); !slices.Equal(got, want) {
		t.Errorf("the words are %q, want %q", got, want)
	}
	if got := titles(t, before); !maps.Equal(got, articles) {
		t.Errorf("a snapshot from before has %q", got)
	}
	// Words that went and come back are noted again.
	write(t, w, map[string]string{"gone": "vanished"})
	if got := words(t, a); !slices.Contains(got, "vanished") {
		t.Errorf("a word that came back is not among %q", got)
	}
	if r, err := a.Check(t.Context()); err != nil || len(r.Damage) > 0 {
		t.Errorf("check: %+v, %v", r, err)
	}
}

// words returns the words of titles that are noted.
func words(t *testing.T, a Archive) (list []string) {
	t.Helper()
	i, err := a.current(t.Context())
	must(t, err)
	g, err := store.Take(t.Context(), a.Client, i.Name)
	must(t, err)
	defer func() { must(t, g.Release(t.Context())) }()
	var answer struct {
		Aggregations struct{ Words struct{ Buckets []bucket } }
	}
	must(t, g.View.Search(t.Context(), transport.Object{"size": 0, "aggs": transport.Object{"words": transport.Object{
		"terms": transport.Object{"field": schema.VocabularyField(match.Title), "size": 100, "order": transport.Object{"_key": "asc"}},
	}}}, &answer))
	for _, b := range answer.Aggregations.Words.Buckets {
		list = append(list, b.Key)
	}
	return list
}

func TestChecksums(t *testing.T) {
	a := newArchive(t)
	articles := fill(t, a)
	v := holds(t, a, articles)
	a.Checksums = true
	r, err := a.Check(t.Context())
	if err != nil || len(r.Damage) > 0 || r.Articles != len(articles) {
		t.Errorf("check: %+v, %v", r, err)
	}
	if got := titles(t, v); !maps.Equal(got, articles) {
		t.Errorf("who reads meanwhile sees %q", got)
	}
	c, err := a.catalog(t.Context())
	if err != nil || len(c.leftovers) > 0 || c.current.ours().Blocked {
		t.Errorf("the check left %+v, %v", c, err)
	}
	writeAgain(t, a, articles)
	w := open(t, a)
	if _, err := a.Check(t.Context()); !errors.Is(err, engine.ErrLocked) {
		t.Errorf("checksums while another writes: %v", err)
	}
	shut(t, w)
	// A check that died has left the index blocked.
	must(t, a.block(t.Context(), c.current))
	must(t, a.Sweep(t.Context()))
	writeAgain(t, a, articles)
}
