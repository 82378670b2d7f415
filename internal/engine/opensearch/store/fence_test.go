//go:build opensearch

package store

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// ids returns the ids of all articles of a generation.
func ids(t *testing.T, g *Generation) (list []string) {
	t.Helper()
	for id, err := range g.View.IDs(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, id)
	}
	return list
}

// takeAway ends a lease whose holder doesn't learn of it.
func (p place) takeAway(t *testing.T, s *Store) {
	t.Helper()
	p.do(t, http.MethodPut, transport.Path(StateOf(p.alias), "_doc", leaseID), LeaseState{Session: s.lease.Session()})
}

// What a writer sends that has lost its lease does not come into the index, whatever it
// is: not what nobody else has written, either.
func TestLateWrites(t *testing.T) {
	p := newPlace(t)
	old := p.open(t, engine.Options{})
	write(t, old, puts("1", "2"))
	publish(t, old)
	p.takeAway(t, old)
	next := p.open(t, engine.Options{})
	for name, b := range map[string]*engine.Batch{
		"a new article": puts("3"),
		"a deletion":    {Delete: []string{"1"}},
		"a note":        {PutNotes: []engine.Note{{Key: "n", Value: []byte("v")}}},
		"a record":      {PutEntries: []engine.Entry{{Key: "e", Stamp: "s"}}},
		"its deletion":  {DeleteEntries: []string{"e"}},
	} {
		if err := old.Write(t.Context(), b); !errors.Is(err, engine.ErrLocked) {
			t.Errorf("%s: %v", name, err)
		}
	}
	write(t, next, puts("4"))
	publish(t, next)
	g := hold(t, next)
	if got := ids(t, g); !slices.Equal(got, []string{"1", "2", "4"}) {
		t.Errorf("articles %q", got)
	}
	for e, err := range g.View.Entries(t.Context()) {
		t.Errorf("entry %v, %v", e, err)
	}
	if _, err := fence(t.Context(), p.client, old.index.Name, old.lease.Session()); !errors.Is(err, engine.ErrLocked) {
		t.Errorf("the session before comes back: %v", err)
	}
}

// An index or the state that is removed under a writer is not made again by what it writes,
// with fields that a cluster guesses.
func TestRemovedUnderAWriter(t *testing.T) {
	p := newPlace(t)
	w := p.open(t, engine.Options{})
	write(t, w, puts("1"))
	publish(t, w)
	r := p.open(t, engine.Options{ReadOnly: true})
	g := hold(t, r)
	p.do(t, http.MethodDelete, transport.Path(w.index.Name), nil)
	for _, b := range []*engine.Batch{puts("2"), {Delete: []string{"1"}}, {DeleteNotes: []string{"1"}}} {
		if err := w.Write(t.Context(), b); !errors.Is(err, engine.ErrNoIndex) || !strings.Contains(err.Error(), "was removed while it was written") {
			t.Errorf("write: %v", err)
		}
	}
	if err := g.View.Search(t.Context(), transport.Object{"size": 0}, &struct{}{}); !errors.Is(err, engine.ErrSnapshotGone) {
		t.Errorf("a search in what is gone: %v", err)
	}
	if g.View.Fresh() {
		t.Error("what is gone is held to be there")
	}
	if _, err := r.Hold(t.Context()); !errors.Is(err, engine.ErrNoIndex) {
		t.Errorf("a snapshot of what is gone: %v", err)
	}
	p.do(t, http.MethodDelete, transport.Path(StateOf(p.alias)), nil)
	if err := w.WriteSetting(t.Context(), engine.TopicsSetting, []byte("x")); !errors.Is(err, engine.ErrNoIndex) {
		t.Errorf("setting: %v", err)
	}
	if err := w.lease.renew(t.Context()); !errors.Is(err, engine.ErrNoIndex) {
		t.Errorf("renewal: %v", err)
	}
	_ = w.lease.Release(t.Context()) // which is gone
	var left map[string]any
	err := p.client.Do(t.Context(), &transport.Request{Method: http.MethodGet, Path: transport.Path(p.alias + "*")}, &left)
	if err != nil || len(left) > 0 {
		t.Errorf("there are %v again: %v", left, err)
	}
	again := p.open(t, engine.Options{})
	write(t, again, puts("3"))
	publish(t, again)
	if got := ids(t, hold(t, again)); !slices.Equal(got, []string{"3"}) {
		t.Errorf("articles %q", got)
	}
}

// An index whose names for writing were lost, as one that an operator restored without
// aliases, gets them again.
func TestNamesForWritingComeBack(t *testing.T) {
	p := newPlace(t)
	w := p.open(t, engine.Options{})
	write(t, w, puts("1"))
	publish(t, w)
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	remove := func(index, name string) any {
		return transport.Object{"remove": transport.Object{"index": index, "alias": name}}
	}
	p.do(t, http.MethodPost, "/_aliases", transport.Object{"actions": []any{
		remove(w.index.Name, writerName(w.index.Name, w.lease.Session())), remove(StateOf(p.alias), StateWriter(p.alias)),
	}})
	w = p.open(t, engine.Options{})
	write(t, w, puts("2"))
	publish(t, w)
	if got := ids(t, hold(t, w)); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("articles %q", got)
	}
}

// A lease that was not renewed for too long is held on when nobody took it; one that was
// taken is lost.
func TestHeldOn(t *testing.T) {
	p := newPlace(t)
	w := p.open(t, engine.Options{})
	standStill := func() {
		w.lease.mu.Lock()
		defer w.lease.mu.Unlock()
		w.lease.renewed = time.Now().Add(-2 * leaseLife)
	}
	standStill()
	write(t, w, puts("1"))
	p.takeAway(t, w)
	standStill()
	if err := w.Write(t.Context(), puts("2")); !errors.Is(err, engine.ErrLocked) {
		t.Errorf("write under a lease that was taken: %v", err)
	}
}

// Writers that all come first make one index, and all that they write is there.
func TestAllComeFirst(t *testing.T) {
	p := newPlace(t)
	const writers = 8
	var want []string
	var all sync.WaitGroup
	for n := range writers {
		want = append(want, fmt.Sprint(n))
		all.Go(func() {
			s, err := Open(t.Context(), p.client, p.alias, engine.Options{LockWait: 2 * time.Minute})
			if err != nil {
				t.Error(err)
				return
			}
			err = errors.Join(s.Write(t.Context(), puts(fmt.Sprint(n))), s.Publish(t.Context()), s.Close(context.Background()))
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	r := p.open(t, engine.Options{ReadOnly: true})
	if got := ids(t, hold(t, r)); !slices.Equal(got, want) {
		t.Errorf("articles %q, want %q", got, want)
	}
	err := Create(t.Context(), p.client, p.alias, NameOf(p.alias, 2), schema.Settings{})
	if !errors.Is(err, transport.ErrExists) {
		t.Errorf("a second index of the alias: %v", err)
	}
	names, err := Names(t.Context(), p.client, p.alias)
	if err != nil || len(names) != 1 {
		t.Errorf("indexes %q, %v", names, err)
	}
}
