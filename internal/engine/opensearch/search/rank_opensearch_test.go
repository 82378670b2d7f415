//go:build opensearch

package search

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/match/matchtest"
)

// tolerance of scores, relative: the server has them in 24 bits.
const tolerance = 1e-6

// collection is an index beside what it holds.
type collection struct {
	view  *reader.View
	docs  []engine.Doc
	texts []*match.Doc
}

// newCollection makes an index of articles, removed at the end.
func newCollection(t *testing.T, name string, docs []engine.Doc) *collection {
	t.Helper()
	addresses := os.Getenv("NEWSQ_OPENSEARCH")
	if addresses == "" {
		t.Skip("NEWSQ_OPENSEARCH has no addresses of a cluster")
	}
	ctx := t.Context()
	client, err := transport.New(transport.Config{Addresses: strings.Split(addresses, ",")})
	if err != nil {
		t.Fatal(err)
	}
	name = fmt.Sprintf("os-rank-%s-%d", name, os.Getpid())
	if err := client.DoJSON(ctx, http.MethodPut, "/"+name, schema.Index(schema.Settings{}), nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := client.Do(context.Background(), &transport.Request{Method: http.MethodDelete, Path: "/" + name}, nil); err != nil {
			t.Error(err)
		}
	})
	c := &collection{docs: docs}
	var w schema.Writer
	var ops []transport.Operation
	for i := range docs {
		source, err := w.Article(&docs[i])
		if err != nil {
			t.Fatal(err)
		}
		ops = append(ops, transport.Operation{ID: schema.DocID(schema.KindArticle, docs[i].Article.ID), Version: 1, Source: source})
		c.texts = append(c.texts, docs[i].Text.Doc())
	}
	if err := client.Bulk(ctx, name, ops); err != nil {
		t.Fatal(err)
	}
	if err := client.DoJSON(ctx, http.MethodPost, "/"+name+"/_refresh", nil, nil); err != nil {
		t.Fatal(err)
	}
	var pit struct {
		ID string `json:"pit_id"`
	}
	if err := client.Do(ctx, &transport.Request{Method: http.MethodPost, Path: "/" + name + "/_search/point_in_time", Query: url.Values{"keep_alive": {"5m"}}}, &pit); err != nil {
		t.Fatal(err)
	}
	c.view = &reader.View{Client: client, PIT: pit.ID, Articles: len(docs), Shards: 1}
	return c
}

// search asks for a plan, and compares hits, scores, order and parts with the
// brute-force ranking.
func (c *collection) compare(t *testing.T, r *engine.Request) {
	t.Helper()
	got, err := Run(t.Context(), c.view, analysis.Of("en"), r)
	if err != nil {
		t.Fatalf("search %#v: %v", r.Plan, err)
	}
	want := matchtest.Rank(r.Plan, c.texts)
	score := map[string]float64{}
	for _, s := range want {
		score[c.docs[s.Doc].Article.ID] = s.Score
	}
	if !got.Exact || got.Total != len(want) || len(got.Hits) != min(len(want), r.Limit) {
		t.Errorf("search %#v: total %d (exact: %v), %d hits; want %d", r.Plan, got.Total, got.Exact, len(got.Hits), len(want))
		return
	}
	for i, h := range got.Hits {
		s, ok := score[h.ID]
		if !ok || !near(s, h.Score) {
			t.Errorf("search %#v: hit %d is %s with %g, want %g (matches: %v)", r.Plan, i, h.ID, h.Score, s, ok)
			return
		}
		if w := want[i]; r.Order == engine.Relevance && !near(w.Score, h.Score) {
			t.Errorf("search %#v: rank %d is %s with %g, want %s with %g", r.Plan, i, h.ID, h.Score, c.docs[w.Doc].Article.ID, w.Score)
			return
		}
		sum := 0.0
		for _, p := range h.Parts {
			sum += p.Score
		}
		if r.Explain && !near(sum, h.Score) {
			t.Errorf("search %#v: parts of %s add up to %g, score is %g: %+v", r.Plan, h.ID, sum, h.Score, h.Parts)
			return
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= tolerance*max(1, math.Abs(a), math.Abs(b)) }

func TestRanksLikeTheOracle(t *testing.T) {
	g := &generator{rand.New(rand.NewPCG(1, 2))}
	var docs []engine.Doc
	for i := range 60 {
		docs = append(docs, g.doc(i))
	}
	c := newCollection(t, "rank", docs)
	for i := range 1500 {
		r := &engine.Request{Plan: g.plan(3), Limit: 100, Explain: i%2 == 0, Order: engine.Order(max(0, g.IntN(5)-2))}
		if c.superset(r.Plan) {
			continue
		}
		c.compare(t, r)
		if t.Failed() {
			return
		}
	}
}

func TestPagesAddUp(t *testing.T) {
	g := &generator{rand.New(rand.NewPCG(3, 4))}
	var docs []engine.Doc
	for i := range 60 {
		docs = append(docs, g.doc(i))
	}
	c := newCollection(t, "pages", docs)
	for i := range 60 {
		r := &engine.Request{Plan: g.plan(2), Limit: 1000, Order: engine.Order(i % 3)}
		if c.superset(r.Plan) {
			continue
		}
		whole, err := Run(t.Context(), c.view, analysis.Of("en"), r)
		if err != nil {
			t.Fatal(err)
		}
		var paged []engine.Hit
		for r.Limit, r.Statistics = 7, whole.Statistics; ; {
			page, err := Run(t.Context(), c.view, analysis.Of("en"), r)
			if err != nil {
				t.Fatalf("%#v after %+v: %v", r.Plan, r.After, err)
			}
			if len(page.Hits) == 0 {
				break
			}
			if page.Total != whole.Total || page.Statistics != whole.Statistics {
				t.Fatalf("%#v: total %d, statistics %q; at first %d, %q", r.Plan, page.Total, page.Statistics, whole.Total, whole.Statistics)
			}
			paged = append(paged, page.Hits...)
			r.After = &page.Hits[len(page.Hits)-1].Position
		}
		if diff := cmp.Diff(whole.Hits, paged); diff != "" {
			t.Fatalf("%#v (-whole +paged):\n%s", r.Plan, diff)
		}
	}
}

// generator draws articles and plans of a small vocabulary.
type generator struct{ *rand.Rand }

func draw[T any](g *generator, of ...T) T { return of[g.IntN(len(of))] }

func (g *generator) word() string {
	return draw(g, "korea", "sanction", "sanctions", "sanctioned", "the", "kim", "fears", "fear", "fate", "u.s.", "é", "x", "re-fear", "k'im")
}

func (g *generator) text(most int) string {
	words := make([]string, g.IntN(most+1))
	for i := range words {
		words[i] = g.word()
	}
	return strings.Join(words, " ")
}

func (g *generator) doc(i int) engine.Doc {
	a := corpus.Article{ID: fmt.Sprintf("id%02d", i), Title: g.text(3), Summary: g.text(2), Source: draw(g, "", "Meridian"), Body: g.text(draw(g, 8, 8, 40))}
	if g.IntN(3) > 0 {
		a.Published = time.Date(draw(g, 1655, 1969, 2026), 1, 1+g.IntN(9), 6*g.IntN(3), 0, 0, 0, time.UTC)
	}
	in := match.Input{
		Title: a.Title, Headings: []string{g.text(2), g.text(1)}, Body: []string{a.Body, g.text(3)},
		Summary: a.Summary, Source: a.Source, ID: a.ID, Published: a.Published, Topics: []string{draw(g, "a", "a/b", "ab")},
	}
	return engine.Doc{Article: a, Text: match.NewEncoder(analysis.Of).Encode(in)}
}

func (g *generator) field() match.Field {
	return draw(g, match.Text, match.Text, match.Text, match.Title, match.Heading, match.Body, match.Summary, match.Source)
}

func (g *generator) terms(most int) []match.TermPattern {
	en := analysis.Of("en")
	terms := make([]match.TermPattern, 1+g.IntN(most))
	for i := range terms {
		w := en.Tokens(g.word())[0].Word
		terms[i] = draw(g,
			match.TermPattern{Kind: match.Exact, Text: w},
			match.TermPattern{Kind: match.Exact, Text: w},
			match.TermPattern{Kind: match.SameStem, Text: en.Stem(w)},
			match.TermPattern{Kind: match.Prefix, Text: w[:1]},
			match.TermPattern{Kind: match.Wildcard, Text: w[:1] + "*" + w[len(w)-1:]},
			match.TermPattern{Kind: match.Fuzzy, Text: w, Distance: 1},
			match.TermPattern{Kind: match.Regex, Text: "(" + w + "|x)"},
			match.TermPattern{Kind: match.AnyWord},
		)
		if !strings.ContainsFunc(terms[i].Text, func(r rune) bool { return r != '\uFFFD' }) {
			terms[i] = match.TermPattern{Kind: match.Exact, Text: w}
		}
	}
	return terms
}

func (g *generator) plans(most, depth int) []match.Plan {
	plans := make([]match.Plan, 1+g.IntN(most))
	for i := range plans {
		plans[i] = g.plan(depth)
	}
	return plans
}

func (g *generator) plan(depth int) match.Plan {
	kinds := 11
	if depth <= 0 {
		kinds = 5
	}
	switch g.IntN(kinds) {
	case 0:
		return match.Phrase{Field: g.field(), Terms: g.terms(3), Slop: g.IntN(3)}
	case 1:
		return draw[match.Plan](g, match.Value{Field: match.Topic, Value: "a"}, match.All{}, match.None{}, match.Dates{From: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)})
	case 2:
		n := match.Near{Field: g.field(), Distance: 1 + g.IntN(4), Ordered: g.IntN(2) == 0}
		for range 2 + g.IntN(2) {
			n.Operands = append(n.Operands, []match.Phrase{{Terms: g.terms(2)}})
		}
		return n
	case 3, 4:
		en := analysis.Of("en")
		return match.Stem{Field: g.field(), Stem: en.Stem(en.Tokens(g.word())[0].Word)}
	case 5:
		return match.And{Operands: g.plans(3, depth-1)}
	case 6, 7:
		return match.Or{Operands: g.plans(3, depth-1), Best: g.IntN(2) == 0}
	case 8:
		return match.Not{Operand: g.plan(depth - 1)}
	case 9:
		s := match.Should{Operand: g.plan(depth - 1), Optional: g.plans(2, depth-1)}
		for range g.IntN(3) {
			s.First = append(s.First, match.Phrase{Field: g.field(), Terms: g.terms(2)})
		}
		return s
	}
	return match.Boost{Operand: g.plan(depth - 1), Factor: draw(g, 0.5, 2, 3)}
}
