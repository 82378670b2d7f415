//go:build opensearch

package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
	"github.com/newsq/newsq/internal/match"
)

func TestMain(m *testing.M) { os.Exit(clustertest.Run(m)) }

// place is an index of a test.
type place struct {
	client *transport.Client
	alias  string
}

// newPlace returns a place with no index, whose indexes are removed after the test.
func newPlace(t *testing.T) place {
	t.Helper()
	addresses := clustertest.Addresses(t)
	c, err := transport.New(transport.Config{Addresses: addresses})
	if err != nil {
		t.Fatal(err)
	}
	p := place{client: c, alias: fmt.Sprintf("os-store-%s-%d", strings.ToLower(t.Name()), os.Getpid())}
	t.Cleanup(func() { p.do(t, http.MethodDelete, "/"+p.alias+"-*", nil) })
	return p
}

// do sends a request; nil stands for no body.
func (p place) do(t *testing.T, method, path string, body any) {
	t.Helper()
	r := &transport.Request{Method: method, Path: path}
	if body != nil {
		var err error
		if r.Body, err = marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.client.Do(context.Background(), r, nil); err != nil {
		t.Fatal(err)
	}
}

func (p place) open(t *testing.T, o engine.Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), p.client, p.alias, o)
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

func docOf(id, title, entry string) engine.Doc {
	return engine.Doc{
		Article: corpus.Article{ID: id, Title: title}, Entry: entry, Version: title,
		Text: match.NewEncoder(analysis.Of).Encode(match.Input{Title: title, ID: id}),
	}
}

func puts(ids ...string) *engine.Batch {
	b := &engine.Batch{}
	for _, id := range ids {
		b.Put = append(b.Put, docOf(id, "title of "+id, ""))
	}
	return b
}

func write(t *testing.T, s *Store, b *engine.Batch) {
	t.Helper()
	if err := s.Write(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func publish(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func hold(t *testing.T, s *Store) *Generation {
	t.Helper()
	g, err := s.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Release(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return g
}

func TestOneWriterAtATime(t *testing.T) {
	p := newPlace(t)
	first := p.open(t, engine.Options{})
	session := first.lease.Session()
	_, err := Open(t.Context(), p.client, p.alias, engine.Options{})
	if !errors.Is(err, engine.ErrLocked) || !strings.Contains(err.Error(), "process") {
		t.Errorf("a second writer: %v", err)
	}
	opened := make(chan error, 1)
	go func() {
		s, err := Open(context.Background(), p.client, p.alias, engine.Options{LockWait: time.Minute})
		if err == nil {
			if s.lease.Session() <= session {
				err = fmt.Errorf("session %d after %d", s.lease.Session(), session)
			}
			err = errors.Join(err, s.Close(context.Background()))
		}
		opened <- err
	}()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := first.Close(ended); err != nil {
		t.Error(err)
	}
	if err := <-opened; err != nil {
		t.Errorf("a writer that waited: %v", err)
	}
	if err := first.Write(t.Context(), puts("1")); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("write after close: %v", err)
	}
}

// TestLostLease takes the lease from a writer that doesn't know it yet.
func TestLostLease(t *testing.T) {
	p := newPlace(t)
	old := p.open(t, engine.Options{})
	write(t, old, puts("1"))
	p.takeAway(t, old)
	next := p.open(t, engine.Options{})
	write(t, next, puts("2"))
	if err := old.Write(t.Context(), puts("2")); !errors.Is(err, engine.ErrLocked) {
		t.Errorf("write of what another has written: %v", err)
	}
	if err := old.Publish(t.Context()); !errors.Is(err, engine.ErrLocked) {
		t.Errorf("publication after another has opened: %v", err)
	}
	if err := old.lease.renew(t.Context()); !errors.Is(err, engine.ErrLocked) {
		t.Errorf("renewal of a lease that is lost: %v", err)
	}
	if err := old.Write(t.Context(), puts("3")); !errors.Is(err, engine.ErrLocked) {
		t.Errorf("write without a lease: %v", err)
	}
	publish(t, next)
	if n := hold(t, next).View.Articles; n != 2 {
		t.Errorf("%d articles, want 2", n)
	}
}

// TestUnansweredRenewal renews a lease without its holder's knowing, as a request does
// that is carried out, and not waited for.
func TestUnansweredRenewal(t *testing.T) {
	p := newPlace(t)
	unanswered := func(l *Lease) {
		state := l.state
		state.Expires += 100
		p.do(t, http.MethodPut, transport.Path(StateOf(p.alias), "_doc", leaseID), state)
	}
	s, err := Open(t.Context(), p.client, p.alias, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	session := s.lease.Session()
	unanswered(s.lease)
	if err := s.lease.advance(t.Context(), session+5); err != nil {
		t.Error(err)
	}
	if got, err := ReadLease(t.Context(), p.client, p.alias); err != nil || got.Session != session+6 {
		t.Errorf("session %d, %v, want %d", got.Session, err, session+6)
	}
	unanswered(s.lease)
	if err := errors.Join(s.lease.renew(t.Context()), s.lease.Check(t.Context())); err != nil {
		t.Errorf("a lease of one's own is lost: %v", err)
	}
	unanswered(s.lease)
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
	p.open(t, engine.Options{}) // at once
}

func TestUnpublishedIsPublishedByTheNext(t *testing.T) {
	p := newPlace(t)
	w := p.open(t, engine.Options{})
	write(t, w, puts("1"))
	publish(t, w)
	publish(t, w)
	before := hold(t, w).View.Generation
	if before != 1 {
		t.Errorf("generation %d after one publication with something written, want 1", before)
	}
	write(t, w, puts("2"))
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := p.open(t, engine.Options{ReadOnly: true})
	if n := hold(t, r).View.Articles; n != 1 {
		t.Errorf("%d articles before publication, want 1", n)
	}
	for range 2 { // the first one changes nothing
		w = p.open(t, engine.Options{})
		if n := hold(t, w).View.Articles; n != 1 {
			t.Errorf("a writer that has just opened sees %d articles, want 1", n)
		}
		if err := w.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w = p.open(t, engine.Options{})
	publish(t, w)
	if g := hold(t, r); g.View.Articles != 2 || g.View.Generation != before+1 {
		t.Errorf("generation %d with %d articles, want %d with 2", g.View.Generation, g.View.Articles, before+1)
	}
}

// TestPublicationCutShort ends a writer between the document of the generation and the
// refresh.
func TestPublicationCutShort(t *testing.T) {
	p := newPlace(t)
	w := p.open(t, engine.Options{})
	write(t, w, puts("1"))
	if err := w.writer.putState(t.Context(), schema.State{Generation: 1}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	w = p.open(t, engine.Options{})
	if g := hold(t, w); g.View.Articles != 1 || g.View.Generation != 1 {
		t.Errorf("generation %d with %d articles, want 1 with 1", g.View.Generation, g.View.Articles)
	}
}

func TestNamesThatAreTaken(t *testing.T) {
	p := newPlace(t)
	refused := func(what string) {
		t.Helper()
		for _, readOnly := range []bool{true, false} {
			_, err := Open(t.Context(), p.client, p.alias, engine.Options{ReadOnly: readOnly})
			if err == nil || errors.Is(err, engine.ErrNoIndex) || !strings.Contains(err.Error(), "choose another name") {
				t.Errorf("%s, read-only %v: %v", what, readOnly, err)
			}
		}
	}
	p.do(t, http.MethodPut, "/"+p.alias, nil)
	refused("an index of the name")
	p.do(t, http.MethodDelete, "/"+p.alias, nil)
	p.do(t, http.MethodPut, "/"+p.alias+"-other", transport.Object{"aliases": transport.Object{p.alias: transport.Object{}}})
	refused("another's alias")
	p.do(t, http.MethodDelete, "/"+p.alias+"-other", nil)
	p.do(t, http.MethodPut, "/"+StateOf(p.alias), nil)
	if _, err := Open(t.Context(), p.client, p.alias, engine.Options{}); err == nil || !strings.Contains(err.Error(), "choose another name") {
		t.Errorf("another's state: %v", err)
	}
}

func TestOtherSchemas(t *testing.T) {
	p := newPlace(t)
	for _, c := range []struct {
		meta schema.Meta
		want error
	}{
		{schema.Meta{Schema: schema.Version + 1, Hash: "x"}, engine.ErrNewer},
		{schema.Meta{Schema: schema.Version - 1, Hash: "x"}, engine.ErrOutdated},
		{schema.Meta{Schema: schema.Version, Hash: "x"}, engine.ErrOutdated},
	} {
		body := schema.Index(schema.Settings{})
		mapping, _ := body["mappings"].(transport.Object)
		mapping["_meta"] = transport.Object{"newsq": c.meta}
		body["aliases"] = transport.Object{p.alias: transport.Object{}}
		p.do(t, http.MethodPut, "/"+NameOf(p.alias, 1), body)
		for _, readOnly := range []bool{true, false} {
			if _, err := Open(t.Context(), p.client, p.alias, engine.Options{ReadOnly: readOnly}); !errors.Is(err, c.want) {
				t.Errorf("schema %+v: %v, want %v", c.meta, err, c.want)
			}
		}
		p.do(t, http.MethodDelete, "/"+NameOf(p.alias, 1), nil)
	}
}

func TestKeysOfAnyBytes(t *testing.T) {
	p := newPlace(t)
	s := p.open(t, engine.Options{})
	keys := []string{"\x01", "a", "a\x00b", "a\xff", "a\xff\xfe", "a\u00ff", "b\xc3", strings.Repeat("long\xe9", 300), "上海/\"\\\n|.jsonl"}
	slices.Sort(keys)
	b := &engine.Batch{}
	for _, k := range keys {
		b.Put = append(b.Put, docOf(k, "t", k))
		b.PutNotes = append(b.PutNotes, engine.Note{Key: k, Entry: k, Value: []byte(k)})
		b.PutEntries = append(b.PutEntries, engine.Entry{Key: k, Stamp: k})
	}
	write(t, s, b)
	publish(t, s)
	v := hold(t, s).View
	ids, err := collect(v.IDs(t.Context(), ""))
	if err != nil || !slices.Equal(ids, keys) {
		t.Errorf("ids %q, want %q: %v", ids, keys, err)
	}
	if ids, err = collect(v.IDs(t.Context(), "a\xff")); err != nil || !slices.Equal(ids, []string{"a\xff", "a\xff\xfe"}) {
		t.Errorf("ids with a prefix: %q, %v", ids, err)
	}
	entries, err := collect(v.Entries(t.Context()))
	if err != nil || len(entries) != len(keys) {
		t.Fatalf("%d entries, want %d: %v", len(entries), len(keys), err)
	}
	notes, err := collect(v.Notes(t.Context(), "", false))
	if err != nil || len(notes) != len(keys) {
		t.Fatalf("%d notes, want %d: %v", len(notes), len(keys), err)
	}
	for i, k := range keys {
		if e := (engine.Entry{Key: k, Stamp: k, Articles: 1}); entries[i] != e {
			t.Errorf("entry %+v, want %+v", entries[i], e)
		}
		if n := notes[i]; n.Key != k || n.Entry != k || string(n.Value) != k {
			t.Errorf("note %+v, want %q", n, k)
		}
		if of, err := collect(v.EntryIDs(t.Context(), k)); err != nil || !slices.Equal(of, []string{k}) {
			t.Errorf("ids of entry %q: %q, %v", k, of, err)
		}
	}
	list, err := v.Get(t.Context(), keys...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if list[i].ID != keys[i] {
			t.Errorf("got %q, want %q", list[i].ID, keys[i])
		}
	}
}

func collect[T any](seq func(func(T, error) bool)) (list []T, err error) {
	for v, err := range seq {
		if err != nil {
			return list, err
		}
		list = append(list, v)
	}
	return list, nil
}

// TestManyPages reads streams that take several pages.
func TestManyPages(t *testing.T) {
	const n = 11_000
	p := newPlace(t)
	s := p.open(t, engine.Options{})
	b := &engine.Batch{}
	for i := range n {
		key := fmt.Sprintf("%06d", i)
		b.PutNotes = append(b.PutNotes, engine.Note{Key: key, Entry: "note of " + key, Value: []byte(key)})
		b.PutEntries = append(b.PutEntries, engine.Entry{Key: "read " + key, Stamp: key})
	}
	write(t, s, b)
	write(t, s, &engine.Batch{Put: puts("1", "2", "3").Put, Delete: []string{"1", "1", "9"}})
	publish(t, s)
	v := hold(t, s).View
	notes, err := collect(v.Notes(t.Context(), "", false))
	if err != nil || len(notes) != n || string(notes[n-1].Value) != notes[n-1].Key {
		t.Errorf("%d notes, want %d: %v", len(notes), n, err)
	}
	entries, err := collect(v.Entries(t.Context()))
	if err != nil || len(entries) != 2*n {
		t.Errorf("%d entries, want %d: %v", len(entries), 2*n, err)
	}
	if !slices.IsSortedFunc(entries, func(a, b engine.Entry) int { return strings.Compare(a.Key, b.Key) }) {
		t.Error("entries are not in order")
	}
	if v.Articles != 3 {
		t.Errorf("%d articles, want 3: a batch deletes before it puts", v.Articles)
	}
}

func TestLargeSettings(t *testing.T) {
	p := newPlace(t)
	s := p.open(t, engine.Options{})
	large := bytes.Repeat([]byte("{\"id\":\"\xff\"}\n"), 200_000)
	if err := s.WriteSetting(t.Context(), engine.RemovedSetting, large); err != nil {
		t.Fatal(err)
	}
	got, _, err := s.ReadSetting(t.Context(), engine.RemovedSetting)
	if err != nil || !bytes.Equal(got, large) {
		t.Errorf("%d bytes, want %d: %v", len(got), len(large), err)
	}
	if err := s.WriteSetting(t.Context(), engine.RemovedSetting, make([]byte, maxSetting+1)); err == nil {
		t.Error("a setting without end is written")
	}
	if _, _, err := s.ReadSetting(t.Context(), "other"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is no setting: %v", err)
	}
}

// TestPointsInTimeAreShared holds one generation twice, and lets it go.
func TestPointsInTimeAreShared(t *testing.T) {
	p := newPlace(t)
	s := p.open(t, engine.Options{})
	write(t, s, puts("1"))
	publish(t, s)
	take := func() *Generation {
		g, err := s.Hold(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	release := func(g *Generation) {
		if err := g.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	a, b := take(), take()
	if a != b {
		t.Error("two points in time of one generation")
	}
	release(a)
	write(t, s, puts("2"))
	publish(t, s)
	c := take()
	if _, err := b.View.Get(t.Context(), "1"); err != nil || c == b {
		t.Errorf("a generation that is held is not good any more: %v", err)
	}
	release(b)
	if _, err := b.View.Get(t.Context(), "1"); !errors.Is(err, engine.ErrSnapshotGone) {
		t.Errorf("a generation that nobody holds: %v", err)
	}
	p.do(t, http.MethodDelete, "/_search/point_in_time", transport.Object{"pit_id": []string{c.View.PIT}})
	if _, err := c.View.Get(t.Context(), "1"); !errors.Is(err, engine.ErrSnapshotGone) {
		t.Errorf("a point in time that was ended: %v", err)
	}
	d := take()
	if _, err := d.View.Get(t.Context(), "1", "2"); err != nil {
		t.Errorf("the generation held again: %v", err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.View.Get(t.Context(), "1"); err != nil {
		t.Errorf("a generation that is held after the index was closed: %v", err)
	}
	release(c)
	release(d)
}

func TestBatchesThatCannotBeKept(t *testing.T) {
	p := newPlace(t)
	s := p.open(t, engine.Options{})
	long := docOf(strings.Repeat("x", 40_000), "t", "")
	late := docOf("late", "t", "")
	late.Article.Published = time.Date(12_000, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, d := range []engine.Doc{long, late} {
		if err := s.Write(t.Context(), &engine.Batch{Put: []engine.Doc{docOf("1", "t", ""), d}}); err == nil {
			t.Errorf("article %.10q is written", d.Article.ID)
		}
	}
	write(t, s, puts("2"))
}
