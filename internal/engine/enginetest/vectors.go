package enginetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// subjects are the words of articles that are about one of three things.
var subjects = [][]string{
	strings.Fields("missile launch warhead deterrence sanctions regime pyongyang nuclear"),
	strings.Fields("inflation interest rates bank economy growth currency bonds"),
	strings.Fields("match goal striker league coach season stadium injury"),
}

// aboutSubjects is a batch of articles with ids from on, each about the subject that its
// number gives.
func aboutSubjects(from, n int) *engine.Batch {
	random := rand.New(rand.NewPCG(uint64(from), 7))
	b := &engine.Batch{}
	for i := from; i < from+n; i++ {
		words := subjects[i%len(subjects)]
		var text []string
		for range 12 {
			text = append(text, words[random.IntN(len(words))])
		}
		a := corpus.Article{
			ID: fmt.Sprintf("%04d", i), Source: fmt.Sprint("outlet ", i%2), Published: time.Date(2026, 1, 1+i%20, 0, 0, 0, 0, time.UTC),
			Body: strings.Join(text, " "), Sections: []corpus.Section{{End: len(strings.Join(text, " "))}},
		}
		b.Put = append(b.Put, newDoc(a, ""))
	}
	return b
}

// mustVectors returns the vectors of all articles of a snapshot, by id.
func mustVectors(t *testing.T, snap engine.Snapshot) map[string]embed.Vector {
	t.Helper()
	found, err := snap.Search(t.Context(), &engine.Request{Plan: match.All{}, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	places := make([]engine.Place, len(found.Hits))
	for i, h := range found.Hits {
		places[i] = h.Place
	}
	out := make([]embed.Vector, len(places))
	if err := snap.(engine.VectorReader).Vectors(t.Context(), places, out); err != nil {
		t.Fatal(err)
	}
	vectors := map[string]embed.Vector{}
	for i, h := range found.Hits {
		vectors[h.ID] = out[i]
	}
	return vectors
}

// slowNearest is what Nearest answers, by the vectors of the articles that keep.
func slowNearest(vectors map[string]embed.Vector, q embed.Vector, limit int, keep func(id string) bool) (cosines []float64) {
	for id, v := range vectors {
		if keep(id) && !v.IsZero() {
			cosines = append(cosines, embed.Cosine(q, v))
		}
	}
	slices.Sort(cosines)
	slices.Reverse(cosines)
	return cosines[:min(limit, len(cosines))]
}

// learner returns the engine as one that learns.
func learner(t *testing.T, e engine.Engine) engine.Learner {
	t.Helper()
	l, ok := e.(engine.Learner)
	if !ok {
		t.Skip("skipped: the engine is no Learner")
	}
	return l
}

// learns trains a model, and reads vectors before and after, also of what comes later.
func learns(t *testing.T, target Target) {
	location := target.fresh(t, "ix")
	e := mustOpenAt(t, target, location, engine.Options{})
	l := learner(t, e)
	publish(t, e, aboutSubjects(0, 1))
	if _, err := l.Learn(t.Context(), nil); !errors.Is(err, engine.ErrTooFew) {
		t.Errorf("learn from one article: %v, want ErrTooFew", err)
	}
	publish(t, e, aboutSubjects(1, 40), aboutSubjects(41, 49))
	before := mustSnapshot(t, e)
	steps := 0
	r, err := l.Learn(t.Context(), func(done, total int) { steps = total - done })
	if err != nil || r.Model == "" || r.Trained != 90 || r.Articles != 90 || r.Terms == 0 || r.Bytes == 0 || steps != 0 {
		t.Fatalf("learn: %+v, %v, %d steps left", r, err, steps)
	}
	if m, err := before.(engine.VectorReader).Model(t.Context()); m != nil || err != nil {
		t.Errorf("a snapshot from before has the model %v, %v", m, err)
	}
	for id, v := range mustVectors(t, before) {
		if !v.IsZero() {
			t.Errorf("article %s has a vector in a snapshot from before", id)
		}
	}
	publish(t, e, aboutSubjects(90, 30), &engine.Batch{Delete: []string{"0003"}})
	reader := mustOpenAt(t, target, location, engine.Options{ReadOnly: true})
	if _, err := reader.(engine.Learner).Learn(t.Context(), nil); !errors.Is(err, engine.ErrReadOnly) {
		t.Errorf("learn of a reader: %v, want ErrReadOnly", err)
	}
	for name, e := range map[string]engine.Engine{"writer": e, "reader": reader} {
		got, err := e.(engine.Learner).Learned(t.Context())
		if err != nil || got.Model != r.Model || got.Trained != 90 || got.ArticlesBefore != 90 || got.Articles != 119 ||
			got.Unknown != 0 || got.Tokens <= got.TokensBefore || got.Damage != nil || got.Time.IsZero() {
			t.Errorf("%s: learned %+v, %v", name, got, err)
		}
		readsVectors(t, mustSnapshot(t, e), r.Model)
	}
	again, err := l.Learn(t.Context(), nil)
	if err != nil || again.Trained != 119 || again.Model == r.Model {
		t.Errorf("learn again: %+v, %v", again, err)
	}
	if err := e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Learn(t.Context(), nil); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("learn when closed: %v, want ErrClosed", err)
	}
	e = mustOpenAt(t, target, location, engine.Options{})
	publish(t, e, aboutSubjects(120, 10))
	readsVectors(t, mustSnapshot(t, e), again.Model)
}

// readsVectors holds the vectors of a snapshot to what they are for.
func readsVectors(t *testing.T, snap engine.Snapshot, model string) {
	t.Helper()
	v := snap.(engine.VectorReader)
	if m, err := v.Model(t.Context()); err != nil || m.ID() != model {
		t.Fatalf("the model is %v, %v; want %s", m, err, model)
	}
	vectors := mustVectors(t, snap)
	for id, x := range vectors {
		own, err := v.Nearest(t.Context(), x, &engine.NearestRequest{Limit: 20})
		if err != nil || len(own) != 20 || own[0].Cosine < 0.999 {
			t.Fatalf("nearest to %s: %+v, %v", id, own, err)
		}
		for _, h := range own {
			y := vectors[h.ID]
			if c := embed.Cosine(x, y); c != h.Cosine || h.Score != 0 {
				t.Errorf("%s is near to %s by %g and scores %g, want %g and 0", h.ID, id, h.Cosine, h.Score, c)
			}
			if subjectOf(t, h.ID) != subjectOf(t, id) {
				t.Errorf("%s is nearest to %s by %g, which is about something else", h.ID, id, h.Cosine)
			}
		}
		nearestIsSlowNearest(t, snap, vectors, x)
	}
	if _, there := vectors["0003"]; there {
		t.Error("an article that was deleted is there")
	}
	other := []engine.Place{"of nothing"}
	if err := v.Vectors(t.Context(), other, make([]embed.Vector, 1)); !errors.Is(err, engine.ErrNotFound) {
		t.Errorf("a place of nothing: %v, want ErrNotFound", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	x := vectors["0001"]
	if _, err := v.Nearest(ctx, x, &engine.NearestRequest{Limit: 3}); !errors.Is(err, context.Canceled) {
		t.Errorf("nearest of a context that ended: %v", err)
	}
}

// subjectOf returns which of subjects an article is about.
func subjectOf(t *testing.T, id string) int {
	t.Helper()
	n := 0
	if _, err := fmt.Sscan(strings.TrimLeft(id, "0")+" ", &n); err != nil && strings.Trim(id, "0") != "" {
		t.Fatal(err)
	}
	return n % len(subjects)
}

// nearestIsSlowNearest asks for the nearest with a filter and without what matches a plan.
func nearestIsSlowNearest(t *testing.T, snap engine.Snapshot, vectors map[string]embed.Vector, q embed.Vector) {
	t.Helper()
	missile := match.Stem{Stem: "missil"}
	excluded, err := snap.Search(t.Context(), &engine.Request{Plan: missile, Limit: 1000})
	if err != nil || len(excluded.Hits) == 0 {
		t.Fatalf("%d hits of %v, %v", len(excluded.Hits), missile, err)
	}
	r := &engine.NearestRequest{
		Filters: []engine.Filter{{Facet: engine.FacetSource, Values: []string{"outlet 1"}}},
		Exclude: missile, Limit: 15,
	}
	got, err := snap.(engine.VectorReader).Nearest(t.Context(), q, r)
	if err != nil {
		t.Fatal(err)
	}
	want := slowNearest(vectors, q, r.Limit, func(id string) bool {
		odd := id[len(id)-1]%2 == 1
		return odd && !slices.ContainsFunc(excluded.Hits, func(h engine.Hit) bool { return h.ID == id })
	})
	var cosines []float64
	for _, h := range got {
		cosines = append(cosines, h.Cosine)
		if _, err := snap.Load(t.Context(), &h.Hit); err != nil {
			t.Errorf("load %s: %v", h.ID, err)
		}
	}
	if !slices.Equal(cosines, want) {
		t.Errorf("nearest by %v, want %v", cosines, want)
	}
}

// vectorsOfEmbargoed learns from an article under embargo, which is then shown nowhere.
func vectorsOfEmbargoed(t *testing.T, target Target) {
	e := mustOpen(t, target)
	l := learner(t, e)
	b := aboutSubjects(0, 30)
	b.Put[4].Embargoed = true
	publish(t, e, b)
	r, err := l.Learn(t.Context(), nil)
	if err != nil || r.Trained != 30 {
		t.Fatalf("learn: %+v, %v", r, err)
	}
	all := mustSnapshot(t, e)
	x := mustVectors(t, all)["0004"]
	released, err := all.Released(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for name, n := range map[string]int{"all": 30, "released": 29} {
		snap := map[string]engine.Snapshot{"all": all, "released": released}[name]
		got, err := snap.(engine.VectorReader).Nearest(t.Context(), x, &engine.NearestRequest{Limit: 100})
		there := slices.ContainsFunc(got, func(h engine.NearHit) bool { return h.ID == "0004" })
		if err != nil || len(got) != n || there != (name == "all") || len(mustVectors(t, snap)) != n {
			t.Errorf("%s: %d near, the article under embargo among them: %v; %v", name, len(got), there, err)
		}
	}
}
