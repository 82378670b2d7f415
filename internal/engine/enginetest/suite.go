package enginetest

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/match/matchtest"
)

// world is an engine beside what it should hold.
type world struct {
	target   Target
	dir      string
	location string
	engine   engine.Engine
	docs     map[string]engine.Doc // by id
	stamps   map[string]string     // of entries that were read to their end, by key
}

// newWorld opens an engine in a folder of its own, removed at the end.
func newWorld(t *rapid.T, target Target) *world {
	dir, err := os.MkdirTemp("", "enginetest")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{target: target, dir: dir, location: target.location(dir), docs: map[string]engine.Doc{}, stamps: map[string]string{}}
	if w.engine, err = target.open(context.Background(), w.location); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) close(t *rapid.T) {
	if err := errors.Join(w.engine.Close(context.Background()), w.target.remove(w.location), os.RemoveAll(w.dir)); err != nil {
		t.Fatal(err)
	}
}

// write draws a batch and applies it to both. It reports whether anything is in it.
func (w *world) write(t *rapid.T, size int) bool {
	b := &engine.Batch{}
	for _, id := range slices.Sorted(maps.Keys(w.docs)) {
		if rapid.IntRange(0, 5).Draw(t, "delete") == 0 {
			b.Delete = append(b.Delete, id)
			delete(w.docs, id)
		}
	}
	put := map[string]bool{}
	for range rapid.IntRange(0, size).Draw(t, "puts") {
		d := genDoc(t)
		if put[d.Article.ID] {
			continue
		}
		put[d.Article.ID] = true
		b.Put = append(b.Put, d)
		w.docs[d.Article.ID] = d
	}
	w.writeEntries(t, b)
	if err := w.engine.Write(context.Background(), b); err != nil {
		t.Fatalf("write: %v", err)
	}
	return len(b.Delete)+len(b.Put)+len(b.DeleteEntries)+len(b.PutEntries) > 0
}

func (w *world) snapshot(t *rapid.T) engine.Snapshot {
	ctx := context.Background()
	if err := w.engine.Publish(ctx); err != nil {
		t.Fatalf("publish: %v", err)
	}
	s, err := w.engine.Snapshot(ctx)
	if err != nil {
		t.Fatalf("snapshot: %v", err)
	}
	return s
}

// list returns the documents in order of id, and what they say.
func (w *world) list() ([]engine.Doc, []*match.Doc) {
	var docs []engine.Doc
	var texts []*match.Doc
	for _, id := range slices.Sorted(maps.Keys(w.docs)) {
		docs = append(docs, w.docs[id])
		texts = append(texts, w.docs[id].Text.Doc())
	}
	return docs, texts
}

// ranksLikeTheOracle compares sets, scores, order, totals and counts with the
// brute-force ranking, however the articles were batched.
func ranksLikeTheOracle(t *testing.T, target Target) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			w.write(t, 8)
		}
		snap := w.snapshot(t)
		defer snap.Close(context.Background())
		for range 12 {
			w.compare(t, snap, genPlan(t, 3))
		}
		w.compareFacets(t, snap)
	})
}

func (w *world) compare(t *rapid.T, snap engine.Snapshot, p match.Plan) {
	docs, texts := w.list()
	want := matchtest.Rank(p, texts)
	got, err := snap.Search(context.Background(), &engine.Request{Plan: p, Languages: languages(texts), Limit: 100, Explain: true})
	if err != nil {
		t.Fatalf("search %#v: %v", p, err)
	}
	if !got.Exact || got.Total != len(want) || len(got.Hits) != len(want) {
		t.Fatalf("search %#v: total %d, %d hits, want %d", p, got.Total, len(got.Hits), len(want))
	}
	byID := map[string]float64{}
	for _, s := range want {
		byID[docs[s.Doc].Article.ID] = s.Score
	}
	for i, h := range got.Hits {
		score, ok := byID[h.ID]
		if !ok || !w.target.same(score, h.Score) {
			t.Fatalf("search %#v: hit %d is %s with %g, want %g (matches: %v)", p, i, h.ID, h.Score, score, ok)
		}
		// Ranks agree but for those whose scores differ by rounding alone.
		if id := docs[want[i].Doc].Article.ID; id != h.ID && !w.target.same(byID[id], h.Score) {
			t.Fatalf("search %#v: rank %d is %s, want %s", p, i, h.ID, id)
		}
		sum := 0.0
		for _, part := range h.Parts {
			sum += part.Score
		}
		if !w.target.same(sum, h.Score) {
			t.Fatalf("search %#v: parts of %s add up to %g, score is %g", p, h.ID, sum, h.Score)
		}
	}
}

// languages counts articles by the tag of their stems; nil where none has one.
func languages(docs []*match.Doc) map[string]int {
	counts := map[string]int{"": 0}
	for _, d := range docs {
		counts[d.StemTag]++
	}
	if len(counts) == 1 {
		return nil
	}
	return counts
}

// compareFacets counts by hand.
func (w *world) compareFacets(t *rapid.T, snap engine.Snapshot) {
	p := genPlan(t, 2)
	also := genPlan(t, 2)
	filters := []engine.Filter{
		{Facet: engine.FacetTopic, Values: []string{rapid.SampledFrom(topics).Draw(t, "topic")}},
		{Facet: engine.FacetSource, Values: []string{"Meridian"}, Not: rapid.Bool().Draw(t, "not")},
	}
	facets := []engine.Facet{engine.FacetTopic, engine.FacetSource, engine.FacetAuthor, engine.FacetPlace, engine.FacetPerson, engine.FacetOrg, engine.FacetLang, engine.FacetYear, engine.FacetMonth, engine.FacetDay, engine.FacetMyTag, engine.FacetTopicBy}
	if rapid.Bool().Draw(t, "by language") {
		filters = append(filters, engine.Filter{Facet: engine.FacetLang, Values: []string{rapid.SampledFrom([]string{"en", "en-us", "de", "fr"}).Draw(t, "language")}})
	}
	loc := rapid.SampledFrom([]*time.Location{nil, time.FixedZone("", -5*60*60), time.FixedZone("", 9*60*60)}).Draw(t, "location")
	if rapid.Bool().Draw(t, "by day") {
		filters = append(filters, engine.Filter{Facet: engine.FacetDay, Values: []string{"2026-01-20", "2026-01-22"}, Not: rapid.Bool().Draw(t, "not on it")})
	}
	if rapid.Bool().Draw(t, "by my tag") {
		filters = append(filters, engine.Filter{Facet: engine.FacetMyTag, Values: []string{"a", "d"}, Not: rapid.Bool().Draw(t, "not tagged")})
	}
	if rapid.Bool().Draw(t, "by origin") {
		origin := rapid.SampledFrom(enrich.Origins()).Draw(t, "origin")
		filters = append(filters, engine.Filter{Facet: engine.FacetTopicBy, Values: enrich.ValuesBelow(rapid.SampledFrom(append(topics, "")).Draw(t, "topic by origin"), []corpus.Origin{origin}), Not: rapid.Bool().Draw(t, "not by it")})
	}
	if rapid.Bool().Draw(t, "by rights") {
		filters = append(filters, engine.Filter{Facet: engine.FacetRights, Values: []string{match.RightsNoAI}, Not: rapid.Bool().Draw(t, "without")})
	}
	got, err := snap.Search(context.Background(), &engine.Request{Plan: p, Filters: filters, Facets: facets, Also: []match.Plan{also}, Location: loc})
	if err != nil {
		t.Fatal(err)
	}
	docs, _ := w.list()
	total, both := 0, 0
	want := map[engine.Facet]map[string]int{}
	for _, f := range facets {
		want[f] = map[string]int{}
	}
	for _, d := range docs {
		if !match.Match(p, d.Text.Doc()) {
			continue
		}
		if keeps(filters, "", d, loc) {
			total++
			if match.Match(also, d.Text.Doc()) {
				both++
			}
		}
		for _, f := range facets {
			if keeps(filters, f, d, loc) {
				for _, v := range values(f, d.Article, loc) {
					want[f][v]++
				}
			}
		}
	}
	if !slices.Equal(got.Also, []int{both}) {
		t.Fatalf("%#v and %#v: %v articles, want %d", p, also, got.Also, both)
	}
	counts := map[engine.Facet]map[string]int{}
	for f, list := range got.Counts {
		counts[f] = map[string]int{}
		for _, c := range list {
			counts[f][c.Value] = c.Count
		}
	}
	if diff := cmp.Diff(want, counts); diff != "" || got.Total != total {
		t.Fatalf("filters %+v: total %d, want %d; counts (-want +got):\n%s", filters, got.Total, total, diff)
	}
}

// keeps is the meaning of filters, those of the facet open left out.
func keeps(filters []engine.Filter, open engine.Facet, d engine.Doc, loc *time.Location) bool {
	for _, f := range filters {
		if f.Facet == open && !f.Not {
			continue
		}
		holds := slices.ContainsFunc(values(f.Facet, d.Article, loc), func(v string) bool {
			return slices.ContainsFunc(f.Values, func(w string) bool {
				return v == w || (f.Facet == engine.FacetTopic || f.Facet == engine.FacetMyTag) && strings.HasPrefix(v, w+"/") || f.Facet == engine.FacetLang && strings.HasPrefix(v, w+"-")
			})
		})
		if holds == f.Not {
			return false
		}
	}
	return true
}

func values(f engine.Facet, a corpus.Article, loc *time.Location) []string {
	layout := map[engine.Facet]string{engine.FacetYear: "2006", engine.FacetMonth: "2006-01", engine.FacetDay: "2006-01-02"}[f]
	switch {
	case f == engine.FacetTopic:
		var v []string
		for _, t := range a.Topics {
			v = append(v, t.Path)
		}
		return v
	case f == engine.FacetTopicBy:
		return enrich.TopicValues(a.Topics)
	case f == engine.FacetMyTag && a.Annotations != nil:
		var v []string
		for _, t := range a.Annotations.Tags {
			v = append(v, t.Path)
		}
		return v
	case f == engine.FacetSource && a.Source != "":
		return []string{a.Source}
	case f == engine.FacetAuthor:
		return a.Authors
	case f == engine.FacetPlace:
		return eachOnce(a.Names(corpus.Place))
	case f == engine.FacetPerson:
		return eachOnce(a.Names(corpus.Person))
	case f == engine.FacetOrg:
		return eachOnce(a.Names(corpus.Organization))
	case f == engine.FacetLang && a.Language != "":
		return []string{match.LangTag(a.Language)}
	case f == engine.FacetRights && a.Handling != nil && a.Handling.NoAI:
		return []string{match.RightsNoAI}
	case layout != "" && !a.Published.IsZero():
		return []string{match.InLocation(a.Published, loc).Format(layout)}
	}
	return nil
}

// eachOnce returns the values that are there, each once: an article counts once.
func eachOnce(values []string) []string {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	slices.Sort(values)
	return slices.Compact(values)
}

// keepsWhatWasWritten runs random operations, closing and opening in between,
// against a map.
func keepsWhatWasWritten(t *testing.T, target Target) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			if rapid.IntRange(0, 3).Draw(t, "step") == 0 {
				if err := w.engine.Close(context.Background()); err != nil {
					t.Fatal(err)
				}
				var err error
				if w.engine, err = target.open(ctx, w.location); err != nil {
					t.Fatal(err)
				}
			} else {
				w.write(t, 5)
			}
			w.compareStored(t)
		}
	})
}

func (w *world) compareStored(t *rapid.T) {
	ctx := context.Background()
	snap := w.snapshot(t)
	defer snap.Close(context.Background())
	ids := slices.Sorted(maps.Keys(w.docs))
	if snap.Len() != len(ids) {
		t.Fatalf("length %d, want %d", snap.Len(), len(ids))
	}
	w.compareStreams(t, snap)
	got, err := snap.Get(ctx, ids...)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range got {
		if diff := cmp.Diff(normal(w.docs[ids[i]].Article), normal(a)); diff != "" {
			t.Fatalf("article %s (-want +got):\n%s", ids[i], diff)
		}
	}
	if _, err := snap.Get(ctx, "nowhere"); !errors.Is(err, engine.ErrNotFound) {
		t.Fatalf("get of a missing id: %v", err)
	}
	w.compareLookup(t, snap)
}

// normal forgets the difference between no list and an empty one, which JSON
// does not keep.
func normal(a corpus.Article) corpus.Article {
	for _, list := range []*[]string{&a.Authors, &a.Places, &a.People, &a.Organizations} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	return a
}

// pagesAddUp reads a result list page by page and compares it with the whole.
func pagesAddUp(t *testing.T, target Target) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		w.write(t, 20)
		w.write(t, 10)
		snap := w.snapshot(t)
		defer snap.Close(context.Background())
		r := engine.Request{
			Plan:  genPlan(t, 1),
			Order: rapid.SampledFrom([]engine.Order{engine.Relevance, engine.Newest, engine.Oldest, engine.LastAdded}).Draw(t, "order"),
			Limit: 1000,
		}
		whole, err := snap.Search(ctx, &r)
		if err != nil {
			t.Fatal(err)
		}
		var paged []engine.Hit
		r.Limit = rapid.IntRange(1, 4).Draw(t, "limit")
		for {
			page, err := snap.Search(ctx, &r)
			if err != nil {
				t.Fatal(err)
			}
			if len(page.Hits) == 0 {
				break
			}
			paged = append(paged, page.Hits...)
			r.After = &page.Hits[len(page.Hits)-1].Position
		}
		if diff := cmp.Diff(whole.Hits, paged, cmp.Comparer(target.same)); diff != "" {
			t.Fatalf("%#v (-whole +paged):\n%s", r.Plan, diff)
		}
		checkOrder(t, r.Order, whole.Hits)
		for _, h := range whole.Hits {
			a, err := snap.Load(ctx, &h)
			if diff := cmp.Diff(normal(w.docs[h.ID].Article), normal(a)); diff != "" || err != nil {
				t.Fatalf("loaded %s: %v (-want +got):\n%s", h.ID, err, diff)
			}
		}
	})
}

func checkOrder(t *rapid.T, o engine.Order, hits []engine.Hit) {
	for i := 1; i < len(hits); i++ {
		a, b := hits[i-1], hits[i]
		newer := a.Published.After(b.Published) || a.Published.Equal(b.Published) && a.ID < b.ID
		ok := newer
		switch o {
		case engine.Relevance:
			ok = a.Score > b.Score || a.Score == b.Score && newer
		case engine.LastAdded:
			ok = a.Added.After(b.Added) || a.Added.Equal(b.Added) && newer
		case engine.Oldest:
			ok = !a.Published.IsZero() && (b.Published.IsZero() || a.Published.Before(b.Published)) ||
				a.Published.Equal(b.Published) && a.ID < b.ID
		}
		if !ok {
			t.Fatalf("order %d: %+v stands before %+v", o, a.Position, b.Position)
		}
	}
}

// showsWholeGenerations holds a snapshot while the index moves on.
func showsWholeGenerations(t *testing.T, target Target) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		w.write(t, 10)
		old := w.snapshot(t)
		defer old.Close(context.Background())
		then := maps.Clone(w.docs)
		written := w.write(t, 10)
		unseen, err := w.engine.Snapshot(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if unseen.Len() != len(then) || unseen.Generation() != old.Generation() {
			t.Fatalf("unpublished articles are seen: %d of %d", unseen.Len(), len(then))
		}
		unseen.Close(context.Background())
		now := w.snapshot(t)
		defer now.Close(context.Background())
		// Of a batch with nothing in it an engine may make a generation or not.
		if now.Len() != len(w.docs) || now.Generation() < old.Generation() || written && now.Generation() == old.Generation() {
			t.Fatalf("generation %d after %d has %d articles, want %d", now.Generation(), old.Generation(), now.Len(), len(w.docs))
		}
		w.docs = then
		w.compare(t, old, match.All{})
	})
}

// openEmpty makes an engine, and a snapshot of it.
func openEmpty(ctx context.Context, t *testing.T, target Target) (engine.Engine, engine.Snapshot) {
	t.Helper()
	e, err := target.open(ctx, target.fresh(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	snap, err := e.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return e, snap
}

func emptyIndex(t *testing.T, target Target) {
	ctx := context.Background()
	e, snap := openEmpty(ctx, t, target)
	for _, p := range []match.Plan{match.All{}, match.Stem{Stem: "korea"}, match.Not{Operand: match.All{}}} {
		got, err := snap.Search(ctx, &engine.Request{Plan: p, Limit: 10, Facets: []engine.Facet{engine.FacetTopic}})
		if err != nil || got.Total != 0 || len(got.Hits) != 0 {
			t.Errorf("search %#v: %+v, %v", p, got, err)
		}
	}
	if err := errors.Join(snap.Close(context.Background()), e.Close(ctx), e.Close(ctx)); err != nil {
		t.Errorf("close twice: %v", err)
	}
	if _, err := e.Snapshot(ctx); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("snapshot of a closed engine: %v", err)
	}
	if err := e.Write(ctx, &engine.Batch{}); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("write to a closed engine: %v", err)
	}
}
