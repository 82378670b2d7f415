//go:build opensearch

package maintain

import (
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

func TestInit(t *testing.T) {
	a := newArchive(t)
	if s, err := a.Status(t.Context()); err != nil || s.Index != "" || s.Version == "" || len(s.Nodes) == 0 {
		t.Errorf("status of nothing: %+v, %v", s, err)
	}
	p, err := a.PlanInit(t.Context(), engine.InitOptions{})
	must(t, err)
	must(t, p.Apply(t.Context()))
	p, err = a.PlanInit(t.Context(), engine.InitOptions{})
	if err != nil || len(p.Steps) > 0 || len(p.Notes) < 2 {
		t.Errorf("the second plan: %+v, %v", p, err)
	}
	none := 0
	p, err = a.PlanInit(t.Context(), engine.InitOptions{Replicas: &none, Shards: 3})
	if err != nil || len(p.Steps) != 1 || !strings.Contains(p.Steps[0], "no copy") {
		t.Fatalf("plan of fewer copies: %+v, %v", p, err)
	}
	must(t, p.Apply(t.Context()))
	if i, err := a.current(t.Context()); err != nil || !i.hasReplicas(0) || i.Shards != 1 {
		t.Errorf("index %+v, %v", i, err)
	}
	s, err := a.Status(t.Context())
	if err != nil || s.Index != a.Alias+"-1" || s.Schema != schema.Version || s.Shards != 1 || s.InSync != 1 || s.Durability != "request" || len(s.Unknown) > 0 {
		t.Errorf("status %+v, %v", s, err)
	}
}

// TestInitAtOnce applies plans that were all made when there was nothing.
func TestInitAtOnce(t *testing.T) {
	a := newArchive(t)
	var plans []*engine.InitPlan
	for range 4 {
		p, err := a.PlanInit(t.Context(), engine.InitOptions{})
		must(t, err)
		plans = append(plans, p)
	}
	other, err := a.PlanInit(t.Context(), engine.InitOptions{Shards: 2})
	must(t, err)
	errs := make(chan error, len(plans))
	for _, p := range plans {
		go func() { errs <- p.Apply(t.Context()) }()
	}
	for range plans {
		must(t, <-errs)
	}
	if err := other.Apply(t.Context()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a plan of more shards: %v", err)
	}
	holds(t, a, fill(t, a))
}

// TestInitOfShards makes an index of several shards, and writes to it.
func TestInitOfShards(t *testing.T) {
	a := newArchive(t)
	p, err := a.PlanInit(t.Context(), engine.InitOptions{Shards: 2})
	must(t, err)
	must(t, p.Apply(t.Context()))
	articles := fill(t, a)
	holds(t, a, articles)
	s, err := a.Status(t.Context())
	if err != nil || s.Shards != 2 || s.Articles != len(articles) || !slices.ContainsFunc(s.Warnings, func(w string) bool { return strings.Contains(w, "2 shards") }) {
		t.Errorf("status %+v, %v", s, err)
	}
	if r, err := a.Check(t.Context()); err != nil || len(r.Damage) > 0 || r.Articles != len(articles) {
		t.Errorf("check %+v, %v", r, err)
	}
}

// TestThreads has an index that was made before shards were searched by one thread.
func TestThreads(t *testing.T) {
	a := newArchive(t)
	articles := fill(t, a)
	setting := transport.Object{"index": transport.Object{schema.ThreadsSetting: nil}}
	must(t, a.Client.DoJSON(t.Context(), http.MethodPut, transport.Path(store.NameOf(a.Alias, 1), "_settings"), setting, nil))
	warns := func() bool {
		s, err := a.Status(t.Context())
		must(t, err)
		return strings.Contains(strings.Join(s.Warnings, "\n"), "newsq engine init mends it")
	}
	if !warns() {
		t.Error("the status says nothing")
	}
	p, err := a.PlanInit(t.Context(), engine.InitOptions{})
	if err != nil || len(p.Steps) != 1 || !strings.Contains(p.Steps[0], "one thread") {
		t.Fatalf("plan %+v, %v", p, err)
	}
	must(t, p.Apply(t.Context()))
	if warns() {
		t.Error("it is not mended")
	}
	holds(t, a, articles)
}
