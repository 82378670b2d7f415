//go:build opensearch

package index_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
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
	differentialOf    = flag.String("differential.of", "reuters,allsides", "collections")
)

// TestRealDataDifferential asks the local engine and the one on OpenSearch the same of
// real articles.
func TestRealDataDifferential(t *testing.T) {
	addresses := clustertest.Any(t)
	for _, name := range strings.Split(*differentialOf, ",") {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name != "reuters" {
				t.Skip("short")
			}
			remote := openDifferential(t, addresses, fmt.Sprintf("differential-%s-%d", name, rand.Uint32()))
			d := newDifferential(t, name, remote)
			d.comparePlans(t)
			d.comparePhrases(t)
			d.compareTerms(t)
			for range *differentialPlans / 20 {
				d.compareWhileWritten(t)
			}
		})
	}
}

// openDifferential makes an index on a cluster as an operator does, with the limits that
// this raises. It is removed after the test.
func openDifferential(t *testing.T, addresses []string, name string) engine.Engine {
	t.Helper()
	t.Cleanup(func() {
		ctx := context.Background() // that of the test has ended
		r, err := http.NewRequestWithContext(ctx, http.MethodDelete, addresses[0]+"/"+name+"-*", nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Body.Close(); err != nil || a.StatusCode != http.StatusOK {
			t.Errorf("removing %s: status %d, %v", name, a.StatusCode, err)
		}
	})
	location := "http://" + strings.ReplaceAll(strings.Join(addresses, ","), "http://", "") + "/" + name
	plan, err := opensearch.Driver{}.PlanInit(t.Context(), location, engine.InitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	e, err := opensearch.Driver{}.Open(t.Context(), location, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// differential is a pair of engines with the same articles.
type differential struct {
	words         *realWords
	local, remote engine.Engine
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

// pair is a generation of both engines.
type pair struct{ local, remote engine.Snapshot }

// both takes a snapshot of each.
func (d *differential) both(t *testing.T) pair {
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
	return pair{of[0], of[1]}
}

// compareTerms asks both which words patterns stand for, and how frequent stems are.
func (d *differential) compareTerms(t *testing.T) {
	p := d.both(t)
	fields, terms := make([]match.Field, *differentialPlans), make([]match.TermPattern, *differentialPlans)
	for i := range terms {
		fields[i], terms[i] = d.words.field(), d.words.pattern(d.words.word())
	}
	var refused [2]atomic.Int64
	sideBySide(len(terms), func(i int) {
		if terms[i].Kind != match.AnyWord {
			p.compareTerm(t, fields[i], terms[i], &refused)
		}
	})
	t.Logf("%d patterns looked up; %d refused by the local engine, %d on the cluster", len(terms), refused[0].Load(), refused[1].Load())
}

// compareTerm compares what both know of a pattern, and counts who refused to say.
func (p pair) compareTerm(t *testing.T, f match.Field, term match.TermPattern, refused *[2]atomic.Int64) {
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
	want, got := ask(p.local), ask(p.remote)
	for i, a := range []answer{want, got} {
		if a.Broad {
			refused[i].Add(1)
		}
	}
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
		p := d.both(t)
		for i, s := range []engine.Snapshot{p.local, p.remote} {
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
		if err := sameHits(hits[0], hits[1], nil); err != nil {
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
