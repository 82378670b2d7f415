//go:build opensearch

package store

import (
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// TestHeldGenerationsAreKept holds a generation and asks it nothing.
func TestHeldGenerationsAreKept(t *testing.T) {
	p := newPlace(t)
	s := p.open(t, engine.Options{})
	write(t, s, puts("1"))
	publish(t, s)
	g := hold(t, s)
	if !g.isHeld() {
		t.Error("what is held is not")
	}
	g.stop()
	<-g.kept
	before := g.View.Used()
	g.keep(time.Millisecond)
	for tick := time.Tick(10 * time.Millisecond); g.View.Used().Equal(before); {
		select {
		case <-t.Context().Done():
			t.Fatal("nobody has asked it")
		case <-tick:
		}
	}
	other, err := s.Hold(t.Context())
	if err != nil || other != g {
		t.Fatalf("it is not shared: %v", err)
	}
	if err := other.Release(t.Context()); err != nil || !g.isHeld() {
		t.Errorf("held by one of two: %v, %v", g.isHeld(), err)
	}
	alone, err := Take(t.Context(), p.client, s.index.Name)
	if err != nil || !alone.isHeld() {
		t.Fatalf("taken for oneself: %v", err)
	}
	if err := alone.Release(t.Context()); err != nil {
		t.Error(err)
	}
	<-alone.kept // nobody keeps what is let go
}

// TestRecent reads the generation that was the last one, and is told when it no longer is.
func TestRecent(t *testing.T) {
	p := newPlace(t)
	w := p.open(t, engine.Options{})
	r := p.open(t, engine.Options{ReadOnly: true})
	recent := func(generation uint64, want bool) {
		t.Helper()
		g, confirm, err := r.Recent(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if last, err := confirm(t.Context()); err != nil || last != want || g.View.Generation != generation {
			t.Errorf("generation %d, the last one %v, want %d, %v: %v", g.View.Generation, last, generation, want, err)
		}
		if err := g.Release(t.Context()); err != nil {
			t.Error(err)
		}
	}
	recent(0, true) // nothing was published
	recent(0, true)
	write(t, w, puts("1"))
	recent(0, true) // nor shown
	publish(t, w)
	recent(0, false)
	recent(0, false) // as long as nobody has asked for the last one
	hold(t, r)
	recent(1, true)
	write(t, w, puts("2"))
	recent(1, true)
	publish(t, w)
	recent(1, false)
}
