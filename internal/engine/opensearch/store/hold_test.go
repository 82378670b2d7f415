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
