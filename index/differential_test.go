//go:build opensearch

package index_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local"
	"github.com/newsq/newsq/internal/engine/opensearch"
	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
	"github.com/newsq/newsq/internal/match"
)

// How much TestRealDataDifferential asks.
var (
	differentialPlans = flag.Int("differential.plans", 150, "random plans of each collection")
	differentialSeed  = flag.Uint64("differential.seed", 1, "what they are drawn by")
)

// singlePrecision is the tolerance of scores, relative to 1 or to the score.
const singlePrecision = 1e-6

// TestRealDataDifferential asks the local engine and the one on OpenSearch the same of
// real articles.
func TestRealDataDifferential(t *testing.T) {
	addresses := strings.ReplaceAll(strings.Join(clustertest.Any(t), ","), "http://", "")
	for _, name := range []string{"reuters", "allsides"} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name != "reuters" {
				t.Skip("short")
			}
			remote, err := opensearch.Driver{}.Open(t.Context(), fmt.Sprintf("http://%s/differential-%s-%d", addresses, name, rand.Uint32()), engine.Options{})
			if err != nil {
				t.Fatal(err)
			}
			newDifferential(t, name, remote).run(t)
		})
	}
}

// differential is a pair of engines with the same articles.
type differential struct {
	words         *realWords
	local, remote engine.Engine
	// What became of the plans.
	asked, refusedLocally, refused, inexact, common, wanted int
}

// newDifferential fills two engines.
func newDifferential(t *testing.T, name string, remote engine.Engine) *differential {
	t.Helper()
	l, err := local.Driver{}.Open(t.Context(), t.TempDir(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := &differential{local: l, remote: remote, words: &realWords{
		random: rand.New(rand.NewPCG(*differentialSeed, 12)), values: map[match.Field][]string{}, known: map[string]bool{},
	}}
	t.Cleanup(func() {
		if err := errors.Join(d.local.Close(context.Background()), d.remote.Close(context.Background())); err != nil {
			t.Error(err)
		}
	})
	src, err := corpus.Open(benchData(t, name))
	if err != nil {
		t.Fatal(err)
	}
	const batch = 2000
	b := &engine.Batch{}
	encoder := match.NewEncoder(analysis.Of)
	for a := range readAll(t, src) {
		doc := engine.Doc{Article: a, Entry: a.Key, Version: a.ID, Text: encoder.Encode(inputOf(&a))}
		d.words.learn(doc)
		if b.Put = append(b.Put, doc); len(b.Put) == batch {
			d.write(t, b)
			b = &engine.Batch{}
		}
	}
	d.write(t, b)
	return d
}

// readAll yields the articles of a source that can be read.
func readAll(t *testing.T, src corpus.Source) func(yield func(corpus.Article) bool) {
	return func(yield func(corpus.Article) bool) {
		for e, err := range src.Entries(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			for a, err := range e.Articles(t.Context()) {
				if bad := (*corpus.ReadError)(nil); errors.As(err, &bad) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if !yield(a) {
					return
				}
			}
		}
	}
}

func (d *differential) write(t *testing.T, b *engine.Batch) {
	t.Helper()
	for _, e := range []engine.Engine{d.local, d.remote} {
		if err := errors.Join(e.Write(t.Context(), b), e.Publish(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
}

// both takes a snapshot of each.
func (d *differential) both(t *testing.T) (l, r engine.Snapshot) {
	t.Helper()
	var of [2]engine.Snapshot
	for i, e := range []engine.Engine{d.local, d.remote} {
		s, err := e.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(context.Background()); err != nil {
				t.Error(err)
			}
		})
		of[i] = s
	}
	return of[0], of[1]
}

// maxWrong is how many differences are told.
const maxWrong = 20

func (d *differential) run(t *testing.T) {
	l, r := d.both(t)
	if l.Len() != r.Len() || l.Len() == 0 {
		t.Fatalf("%d articles, want %d", r.Len(), l.Len())
	}
	wrong := 0
	for i := range *differentialPlans {
		stemsOnly := i%2 == 0
		q := d.words.request(d.words.plan(2, stemsOnly))
		if err := d.compare(t.Context(), l, r, q); err != nil {
			t.Errorf("plan %d: %v", i, d.smallest(t.Context(), l, r, q, err))
			if wrong++; wrong == maxWrong {
				break
			}
		}
	}
	t.Logf("%d plans, %d refused as too broad, %d by the local engine, %d inexact; of the first ten %d of %d in common", d.asked, d.refused, d.refusedLocally, d.inexact, d.common, d.wanted)
	for range *differentialPlans {
		d.compareTerms(t, l, r)
	}
	for range *differentialPlans / 20 {
		d.compareWhileWritten(t)
	}
}

// compare asks both, and says how they differ.
func (d *differential) compare(ctx context.Context, l, r engine.Snapshot, q *engine.Request) error {
	d.asked++
	want, wantErr := l.Search(ctx, q)
	got, err := r.Search(ctx, q)
	if broad, locally := errors.Is(err, engine.ErrTooBroad), errors.Is(wantErr, engine.ErrTooBroad); broad || locally {
		if broad {
			d.refused++
		}
		if locally {
			d.refusedLocally++
		}
		return nil
	}
	if err != nil || wantErr != nil {
		return fmt.Errorf("%w, want %w", err, wantErr)
	}
	if got.Total != want.Total || !got.Exact {
		return fmt.Errorf("total %d (exact %v), want %d", got.Total, got.Exact, want.Total)
	}
	if diff := cmp.Diff(want.Also, got.Also); diff != "" {
		return fmt.Errorf("also (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(byValue(want.Counts), byValue(got.Counts)); diff != "" {
		return fmt.Errorf("counts (-want +got):\n%s", diff)
	}
	d.overlap(want.Hits, got.Hits)
	if len(got.Inexact) > 0 {
		d.inexact++
		return d.sameSets(ctx, l, r, q, want.Total)
	}
	if err := sameHits(want.Hits, got.Hits, scoresOf(ctx, l, q)); err != nil {
		return err
	}
	return d.sameSets(ctx, l, r, q, want.Total)
}

func byValue(counts map[engine.Facet][]engine.Count) map[engine.Facet]map[string]int {
	all := map[engine.Facet]map[string]int{}
	for f, list := range counts {
		all[f] = map[string]int{}
		for _, c := range list {
			all[f][c.Value] = c.Count
		}
	}
	return all
}

// overlap counts what the first hits have in common, or those that score the same.
func (d *differential) overlap(want, got []engine.Hit) {
	for _, g := range got {
		if slices.ContainsFunc(want, func(w engine.Hit) bool { return w.ID == g.ID }) || len(want) > 0 && nearly(g.Score, want[len(want)-1].Score) {
			d.common++
		}
	}
	d.wanted += len(want)
}

func nearly(a, b float64) bool {
	return math.Abs(a-b) <= singlePrecision*max(1, math.Abs(a), math.Abs(b))
}

// scoresOf returns a function that asks for the score of one article.
func scoresOf(ctx context.Context, s engine.Snapshot, q *engine.Request) func(id string) float64 {
	return func(id string) float64 {
		one := match.Value{Field: match.ID, Value: id}
		found, err := s.Search(ctx, &engine.Request{Plan: match.And{Operands: []match.Plan{q.Plan, one}}, Limit: 1})
		if err != nil || len(found.Hits) == 0 {
			return math.NaN()
		}
		return found.Hits[0].Score
	}
}

// sameHits compares ranks and scores. Articles whose scores differ by rounding alone may
// stand in any order.
func sameHits(want, got []engine.Hit, score func(id string) float64) error {
	if len(want) != len(got) {
		return fmt.Errorf("%d hits, want %d", len(got), len(want))
	}
	for i, g := range got {
		w := want[i]
		if !nearly(w.Score, g.Score) || w.ID != g.ID && !nearly(score(g.ID), w.Score) {
			return fmt.Errorf("hit %d is %s with %g, want %s with %g", i, g.ID, g.Score, w.ID, w.Score)
		}
	}
	return nil
}

// sameSets compares all ids, page by page, of small sets and of some large ones.
func (d *differential) sameSets(ctx context.Context, l, r engine.Snapshot, q *engine.Request, total int) error {
	if total > 2000 && d.asked%20 > 0 {
		return nil
	}
	want, err := allIDs(ctx, l, q)
	if err != nil {
		return err
	}
	got, err := allIDs(ctx, r, q)
	if err != nil {
		return err
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		return fmt.Errorf("all ids (-want +got):\n%s", diff)
	}
	return nil
}

func allIDs(ctx context.Context, s engine.Snapshot, q *engine.Request) (ids []string, err error) {
	page := &engine.Request{Plan: q.Plan, Filters: q.Filters, Location: q.Location, Order: q.Order, Limit: 1000}
	for {
		found, err := s.Search(ctx, page)
		if err != nil || len(found.Hits) == 0 {
			return ids, err
		}
		for _, h := range found.Hits {
			ids = append(ids, h.ID)
		}
		page.After, page.Statistics = &found.Hits[len(found.Hits)-1].Position, found.Statistics
	}
}

// smallest returns the difference of the smallest part of a plan that shows one.
func (d *differential) smallest(ctx context.Context, l, r engine.Snapshot, q *engine.Request, err error) error {
	for _, p := range operands(q.Plan) {
		part := *q
		part.Plan = p
		if err := d.compare(ctx, l, r, &part); err != nil {
			return d.smallest(ctx, l, r, &part, err)
		}
	}
	return fmt.Errorf("%#v, order %d, filters %v, in %v: %w", q.Plan, q.Order, q.Filters, q.Location, err)
}

// operands returns the plans below a plan.
func operands(p match.Plan) []match.Plan {
	switch p := p.(type) {
	case match.And:
		return p.Operands
	case match.Or:
		return p.Operands
	case match.Not:
		return []match.Plan{p.Operand}
	case match.Boost:
		return []match.Plan{p.Operand}
	case match.Should:
		return append([]match.Plan{p.Operand}, p.Optional...)
	}
	return nil
}

// compareTerms asks both which words a pattern stands for, and how frequent a stem is.
func (d *differential) compareTerms(t *testing.T, l, r engine.Snapshot) {
	t.Helper()
	f, term := d.words.field(), d.words.pattern(d.words.word())
	if term.Kind == match.AnyWord {
		return
	}
	type answer struct {
		Counts []engine.Count
		More   int
		Broad  bool
		Freq   []int
	}
	ask := func(s engine.Snapshot) answer {
		counts, more, err := s.Terms(t.Context(), f, term, 20)
		freq, err2 := s.DocFreq(t.Context(), term.Text, analysis.Of("en").Stem(term.Text))
		broad := errors.Is(err, engine.ErrTooBroad)
		if err != nil && !broad || err2 != nil {
			t.Errorf("terms of %v %+v: %v, %v", f, term, err, err2)
		}
		return answer{counts, more, broad, freq}
	}
	want, got := ask(l), ask(r)
	if want.Broad || got.Broad {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" && len(want.Counts)+len(got.Counts) > 0 {
		t.Errorf("terms of %v %+v (-want +got):\n%s", f, term, diff)
	}
}

// compareWhileWritten reads a list by pages, between which some articles are removed and
// others come back.
func (d *differential) compareWhileWritten(t *testing.T) {
	q := &engine.Request{Plan: d.words.plan(1, true), Limit: 5, Order: oneOf(d.words.random, []engine.Order{engine.Relevance, engine.Relevance, engine.Newest, engine.Oldest})}
	statistics, after := [2]string{}, [2]*engine.Position{}
	for page := range 4 {
		var hits [2][]engine.Hit
		l, r := d.both(t)
		for i, s := range []engine.Snapshot{l, r} {
			one := *q
			one.Statistics, one.After = statistics[i], after[i]
			found, err := s.Search(t.Context(), &one)
			if err != nil {
				t.Errorf("page %d of %#v: %v", page, q.Plan, err)
				return
			}
			hits[i], statistics[i] = found.Hits, found.Statistics
			if n := len(found.Hits); n > 0 {
				after[i] = &found.Hits[n-1].Position
			}
		}
		if err := sameHits(hits[0], hits[1], func(string) float64 { return math.NaN() }); err != nil {
			t.Errorf("page %d of %#v, order %d: %v", page, q.Plan, q.Order, err)
			return
		}
		if len(hits[0]) == 0 {
			return
		}
		d.write(t, d.change())
	}
}

// change draws a batch: some articles go, some come back.
func (d *differential) change() *engine.Batch {
	b := &engine.Batch{}
	put := map[string]engine.Doc{}
	for range 20 {
		doc := oneOf(d.words.random, d.words.docs)
		if d.words.random.IntN(2) == 0 {
			b.Delete = append(b.Delete, doc.Article.ID)
		} else {
			put[doc.Article.ID] = doc
		}
	}
	b.Put = slices.Collect(maps.Values(put))
	return b
}
