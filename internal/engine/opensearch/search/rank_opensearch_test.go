//go:build opensearch

package search

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

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
		source, err := w.AppendArticle(nil, &docs[i])
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

// compare compares hits, scores, order and parts of a search with the brute-force
// ranking.
func (c *collection) compare(t *testing.T, r *engine.Request, got *engine.Response, err error) {
	t.Helper()
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

func TestRanksLikeTheOracle(t *testing.T) {
	g := newGenerator(1)
	c := newCollection(t, "rank", g.docs(60))
	for i := range rounds(1500) {
		r := &engine.Request{Plan: g.plan(3), Limit: 100, Explain: i%2 == 0, Order: engine.Order(max(0, g.IntN(5)-2))}
		got, err := Run(t.Context(), c.view, analysis.Of("en"), r)
		if c.compare(t, r, got, err); t.Failed() {
			return
		}
	}
}

// TestCountsOnTheServer asks for phrases with gaps and NEARs of any number of words as
// written and stems. What is counted in none of the articles' words the server must know.
func TestCountsOnTheServer(t *testing.T) {
	g := newGenerator(11)
	c := newCollection(t, "server", g.docs(60))
	for i := range rounds(900) {
		p, whole := match.Plan(g.plainPhrase()), false
		if i%3 > 0 {
			n := g.plainNear()
			p, whole = n, !n.Ordered && neighboursShare(n)
		}
		r := &engine.Request{Plan: p, Limit: 100, Explain: i%2 == 0}
		q := newSearch(c.view, analysis.Of("en"), r)
		got, err := q.answer(t.Context())
		if c.compare(t, r, got, err); t.Failed() {
			return
		}
		if f := q.frequencies[0]; f.whole != whole {
			t.Fatalf("%#v: counted by the client: %v, want %v", p, f.whole, whole)
		}
		if len(got.Inexact) > 0 {
			t.Fatalf("%#v: inexact: %q", p, got.Inexact)
		}
	}
}

// TestReadsOnUntilTheOrderIsKnown has the first window be as small as can be, so that
// more of them decide what comes first, on later pages too.
func TestReadsOnUntilTheOrderIsKnown(t *testing.T) {
	g := newGenerator(13)
	c := newCollection(t, "windows", g.docs(60))
	readOn := 0
	for range rounds(600) {
		n := g.plainNear()
		n.Ordered = false
		n.Operands[1] = n.Operands[0]
		var p match.Plan = n
		if g.IntN(3) == 0 {
			p = match.Or{Operands: []match.Plan{n, g.plainNear()}, Best: g.IntN(2) == 0}
		}
		want := matchtest.Rank(p, c.texts)
		r := &engine.Request{Plan: p, Limit: 1 + g.IntN(3)}
		for from := 0; from < 3*r.Limit; from += r.Limit {
			q := newSearch(c.view, analysis.Of("en"), r)
			q.minWindow = 3
			q.maxRead = draw(g, 10, 100)
			got, err := q.answer(t.Context())
			if err != nil {
				t.Fatalf("%#v: %v", p, err)
			}
			if q.windows != nil && q.windows.read > q.window() {
				readOn++
			}
			if len(got.Inexact) > 0 {
				if q.maxRead > len(c.docs) {
					t.Fatalf("%#v: inexact: %q", p, got.Inexact)
				}
				break
			}
			for i, h := range got.Hits {
				if w := want[from+i]; !near(w.Score, h.Score) {
					t.Fatalf("%#v: rank %d is %s with %g, want %s with %g", p, from+i, h.ID, h.Score, c.docs[w.Doc].Article.ID, w.Score)
				}
			}
			if len(got.Hits) < r.Limit {
				break
			}
			r.Statistics, r.After = got.Statistics, &got.Hits[r.Limit-1].Position
		}
	}
	if readOn == 0 {
		t.Error("the first window settled all orders")
	}
}

// neighboursShare reports whether two operands side by side have a term in common.
func neighboursShare(n match.Near) bool {
	for i, phrases := range n.Operands[1:] {
		for _, t := range phrases[0].Terms {
			if slices.Contains(n.Operands[i][0].Terms, t) {
				return true
			}
		}
	}
	return false
}

// TestPreselects has all searches preselect their hits, of which none is left out.
func TestPreselects(t *testing.T) {
	g := newGenerator(5)
	c := newCollection(t, "preselect", g.docs(60))
	for range rounds(300) {
		r := &engine.Request{Plan: g.plan(2), Limit: 100}
		q := newSearch(c.view, analysis.Of("en"), r)
		q.preselectFrom = 0
		got, err := q.answer(t.Context())
		if c.compare(t, r, got, err); t.Failed() {
			return
		}
		if len(got.Inexact) > 0 {
			t.Fatalf("%#v: inexact: %q", r.Plan, got.Inexact)
		}
	}
}

func TestPagesAddUp(t *testing.T) {
	g := newGenerator(3)
	c := newCollection(t, "pages", g.docs(60))
	for i := range rounds(60) {
		r := &engine.Request{Plan: g.plan(2), Limit: 1000, Order: engine.Order(i % 3)}
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

// docsOf draws articles of which each has one of some texts as title, and one as body.
func (g *generator) docsOf(n int, texts ...string) []engine.Doc {
	docs := make([]engine.Doc, n)
	for i := range docs {
		in := match.Input{ID: fmt.Sprintf("id%02d", i), Title: draw(g, texts...), Body: []string{draw(g, texts...)}}
		docs[i] = engine.Doc{Article: corpus.Article{ID: in.ID, Title: in.Title, Body: in.Body[0]}, Text: match.NewEncoder(analysis.Of).Encode(in)}
	}
	return docs
}

// TestCountsEachPhraseForItself asks for phrases that match the same articles, in other
// places of each: what was counted of one must not be taken for another.
func TestCountsEachPhraseForItself(t *testing.T) {
	const docs = 12
	g := newGenerator(7)
	c := newCollection(t, "each-phrase", g.docsOf(docs, "korea the korea korea", "x korea korea"))
	anything, korea, k := match.TermPattern{Kind: match.AnyWord}, match.TermPattern{Text: "korea"}, match.TermPattern{Kind: match.Prefix, Text: "k"}
	var alone, pairs []match.Plan
	for _, f := range []match.Field{match.Text, match.Body} {
		for _, terms := range [][]match.TermPattern{{anything, korea}, {korea, anything}, {korea, k}} {
			for slop := range 3 {
				alone = append(alone, match.Phrase{Field: f, Terms: terms, Slop: slop})
			}
		}
	}
	for i, p := range alone {
		pairs = append(pairs, match.And{Operands: []match.Plan{p, alone[(i+1)%len(alone)]}})
	}
	for _, p := range append(alone, pairs...) {
		r := &engine.Request{Plan: p, Limit: docs, Explain: true}
		got, err := Run(t.Context(), c.view, analysis.Of("en"), r)
		c.compare(t, r, got, err)
	}
}

// TestLongArticles searches articles of which few fit into an answer.
func TestLongArticles(t *testing.T) {
	const docs, most = 30, 160 << 10
	g := newGenerator(9)
	long := strings.Repeat("wagons roll by ", 700)
	c := newCollection(t, "long", g.docsOf(docs, "korea the kim talks "+long, "talks kim "+long+" korea", "kim x talks korea "+long))
	var err error
	if c.view.Client, err = transport.New(transport.Config{Addresses: strings.Split(os.Getenv("NEWSQ_OPENSEARCH"), ","), MaxAnswer: most}); err != nil {
		t.Fatal(err)
	}
	near := match.Near{Field: match.Text, Distance: 3}
	for _, w := range []string{"korea", "kim", "talks"} {
		near.Operands = append(near.Operands, []match.Phrase{{Terms: []match.TermPattern{{Text: w}}}})
	}
	behind := match.Phrase{Field: match.Body, Terms: []match.TermPattern{{Text: "kim"}, {Kind: match.AnyWord}, {Text: "korea"}}, Slop: 1}
	for _, p := range []match.Plan{near, behind, match.Phrase{Field: match.Text, Terms: []match.TermPattern{{Text: "korea"}}}} {
		for _, r := range []*engine.Request{
			{Plan: p, Limit: docs},
			{Plan: p, Limit: docs, Explain: true},
			{Plan: p, Limit: docs, Order: engine.Newest},
			{Plan: p, Limit: 2 * loadedHits, Order: engine.Newest, Explain: true},
		} {
			got, err := Run(t.Context(), c.view, analysis.Of("en"), r)
			c.compare(t, r, got, err)
		}
	}
}

// plainTerms draws words as written and stems.
func (g *generator) plainTerms(least, most int) []match.TermPattern {
	en := analysis.Of("en")
	terms := make([]match.TermPattern, least+g.IntN(most-least+1))
	for i := range terms {
		w := en.Tokens(g.word())[0].Word
		terms[i] = match.TermPattern{Kind: match.Exact, Text: w}
		if stem := en.Stem(w); stem != "" && g.IntN(3) == 0 {
			terms[i] = match.TermPattern{Kind: match.SameStem, Text: stem}
		}
	}
	return terms
}

// plainPhrase draws a phrase with gaps of such words.
func (g *generator) plainPhrase() match.Phrase {
	return match.Phrase{Field: g.field(), Terms: g.plainTerms(2, 4), Slop: g.IntN(4)}
}

// plainNear draws a NEAR of such words.
func (g *generator) plainNear() match.Near {
	n := match.Near{Field: g.field(), Distance: 1 + g.IntN(5), Ordered: g.IntN(3) == 0}
	for range 2 + g.IntN(3) {
		n.Operands = append(n.Operands, []match.Phrase{{Terms: g.plainTerms(1, 1+g.IntN(2))}})
	}
	return n
}
