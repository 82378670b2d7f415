package enginetest

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/match/matchtest"
)

// The sizes of the large collection: lists of blocks, of groups of blocks, and
// of a few postings, over more documents than are scored at a time.
const (
	largeDocs  = 11_000
	largeWords = 400
	largePlans = 80
)

// large is a collection in which an engine that does not look at everything
// has something to pass over.
type large struct {
	target Target
	random *rand.Rand
	docs   []engine.Doc
	texts  []*match.Doc
}

// word draws a word: the first few are in most documents, the last in hardly
// any.
func (l *large) word() string {
	return fmt.Sprintf("w%dx", int(math.Pow(largeWords, l.random.Float64()))-1)
}

func (l *large) text(most int) string {
	words := make([]string, l.random.IntN(most))
	for i := range words {
		words[i] = l.word()
	}
	return strings.Join(words, " ")
}

func (l *large) doc(id int) engine.Doc {
	a := corpus.Article{
		ID: fmt.Sprintf("id%05d", id), Title: l.text(4), Source: sources[l.random.IntN(len(sources))],
		Body: l.text(2 << l.random.IntN(5)),
	}
	a.Sections = []corpus.Section{{Heading: l.text(3), End: len(a.Body)}}
	if l.random.IntN(5) > 0 {
		a.Published = time.Date(2020, 1, 1+l.random.IntN(900), 12*l.random.IntN(2), 0, 0, 0, time.UTC)
	}
	for _, p := range topics {
		if l.random.IntN(6) == 0 {
			a.Topics = append(a.Topics, corpus.Topic{Path: p, Origin: corpus.Stated})
		}
	}
	return newDoc(a, "")
}

// plan draws a plan of the shapes that people ask for, and of others.
func (l *large) plan(depth int) match.Plan {
	stem := func() match.Plan { return match.Stem{Field: match.Text, Stem: l.word()} }
	many := func(n int, one func() match.Plan) []match.Plan {
		of := make([]match.Plan, 2+l.random.IntN(n))
		for i := range of {
			of[i] = one()
		}
		return of
	}
	below := func() match.Plan {
		if depth == 0 || l.random.IntN(2) == 0 {
			return stem()
		}
		return l.plan(depth - 1)
	}
	exact := func() match.TermPattern { return match.TermPattern{Kind: match.Exact, Text: l.word()} }
	switch l.random.IntN(12) {
	case 0:
		return stem()
	case 1, 2:
		return match.Or{Operands: many(5, stem)}
	case 3:
		return match.And{Operands: many(2, stem)}
	case 4:
		return match.Or{Operands: many(3, below)}
	case 5:
		return match.And{Operands: many(2, below)}
	case 6:
		return match.Or{Operands: many(2, below), Best: true}
	case 7:
		return match.And{Operands: []match.Plan{below(), match.Not{Operand: stem()}}}
	case 8:
		return match.Phrase{Terms: []match.TermPattern{exact(), exact()}, Slop: l.random.IntN(3)}
	case 9:
		return match.Phrase{Terms: []match.TermPattern{{Kind: match.Prefix, Text: fmt.Sprint("w", 1+l.random.IntN(9))}}}
	case 10:
		return match.Boost{Operand: below(), Factor: 0.5 + 2*l.random.Float64()}
	}
	return match.And{Operands: []match.Plan{below(), match.Value{Field: match.Topic, Value: topics[l.random.IntN(len(topics))]}}}
}

// passesOverLikeTheOracle compares the first hits of a large collection, in
// segments of many sizes and with deletions, with the brute-force ranking.
func passesOverLikeTheOracle(t *testing.T, target Target) {
	ctx := context.Background()
	e, err := target.open(ctx, target.fresh(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(ctx)
	l := &large{target: target, random: rand.New(rand.NewPCG(5, 8))}
	last := map[string]engine.Doc{}
	for id := 0; id < largeDocs; {
		b := &engine.Batch{}
		for range min(1<<l.random.IntN(13), largeDocs-id) {
			b.Put = append(b.Put, l.doc(id))
			id++
		}
		l.write(t, e, b, last)
	}
	again := &engine.Batch{} // some are replaced, some removed
	for id := range largeDocs {
		switch l.random.IntN(30) {
		case 0:
			again.Put = append(again.Put, l.doc(id))
		case 1:
			again.Delete = append(again.Delete, fmt.Sprintf("id%05d", id))
		}
	}
	l.write(t, e, again, last)
	for _, d := range last {
		l.docs = append(l.docs, d)
	}
	slices.SortFunc(l.docs, func(a, b engine.Doc) int { return strings.Compare(a.Article.ID, b.Article.ID) })
	for i := range l.docs {
		l.texts = append(l.texts, l.docs[i].Text.Doc())
	}
	if err := e.Publish(ctx); err != nil {
		t.Fatal(err)
	}
	snap, err := e.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close(ctx)
	plans := largePlans
	if testing.Short() {
		plans /= 4
	}
	for range plans {
		l.compare(t, snap, l.plan(2))
	}
}

func (l *large) write(t *testing.T, e engine.Engine, b *engine.Batch, last map[string]engine.Doc) {
	for _, id := range b.Delete {
		delete(last, id)
	}
	for _, d := range b.Put {
		last[d.Article.ID] = d
	}
	if err := e.Write(context.Background(), b); err != nil {
		t.Fatal(err)
	}
}

// ranked is what the oracle finds, in a given order.
func (l *large) ranked(p match.Plan, r *engine.Request) []matchtest.Scored {
	want := matchtest.Rank(p, l.texts)
	for _, f := range r.Filters {
		want = slices.DeleteFunc(want, func(s matchtest.Scored) bool {
			return slices.Contains(f.Values, l.docs[s.Doc].Article.Source) == f.Not
		})
	}
	if r.Order == engine.Relevance {
		return want
	}
	slices.SortFunc(want, func(a, b matchtest.Scored) int {
		x, y := &l.docs[a.Doc].Article, &l.docs[b.Doc].Article
		switch {
		case x.Published.Equal(y.Published):
			return strings.Compare(x.ID, y.ID)
		case x.Published.IsZero() != y.Published.IsZero():
			return cmp.Compare(b2i(x.Published.IsZero()), b2i(y.Published.IsZero()))
		case r.Order == engine.Newest:
			return y.Published.Compare(x.Published)
		}
		return x.Published.Compare(y.Published)
	})
	return want
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// compare asks for two pages in some way.
func (l *large) compare(t *testing.T, snap engine.Snapshot, p match.Plan) {
	r := &engine.Request{Plan: p, Limit: []int{1, 10, 100}[l.random.IntN(3)], ExactTotal: l.random.IntN(2) == 0, CountTo: []int{0, 1, 10, 300}[l.random.IntN(4)]}
	if l.random.IntN(5) == 0 {
		r.Order = engine.Newest + engine.Order(l.random.IntN(2))
	}
	if l.random.IntN(4) == 0 {
		r.Filters = []engine.Filter{{Facet: engine.FacetSource, Values: []string{"Ledger"}, Not: l.random.IntN(2) == 0}}
	}
	want := l.ranked(p, r)
	for page := range 2 {
		got, err := snap.Search(context.Background(), r)
		if err != nil {
			t.Fatalf("search %#v: %v", p, err)
		}
		if got.Exact && got.Total != len(want) || !got.Exact && (r.ExactTotal || got.Total > len(want) || got.Total < r.CountedTo()) {
			t.Fatalf("search %#v: total %d (exact: %v), want %d", p, got.Total, got.Exact, len(want))
		}
		rest := want[min(page*r.Limit, len(want)):]
		if len(got.Hits) != min(r.Limit, len(rest)) {
			t.Fatalf("search %#v: %d hits on page %d, want %d", p, len(got.Hits), page, min(r.Limit, len(rest)))
		}
		for i, h := range got.Hits {
			w := rest[i]
			id := l.docs[w.Doc].Article.ID
			if !l.target.same(h.Score, w.Score) || h.ID != id && !(r.Order == engine.Relevance && l.target.same(l.scoreOf(h.ID, want), w.Score)) {
				t.Fatalf("search %#v (order %d, page %d): hit %d is %s with %g, want %s with %g", p, r.Order, page, i, h.ID, h.Score, id, w.Score)
			}
		}
		if len(got.Hits) == 0 {
			return
		}
		r.After = &got.Hits[len(got.Hits)-1].Position
	}
}

// scoreOf is what the oracle gives to a document. Ranks of documents may differ
// whose scores differ by rounding alone.
func (l *large) scoreOf(id string, want []matchtest.Scored) float64 {
	for _, s := range want {
		if l.docs[s.Doc].Article.ID == id {
			return s.Score
		}
	}
	return math.NaN()
}
