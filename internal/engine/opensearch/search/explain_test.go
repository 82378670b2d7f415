package search

import (
	"errors"
	"testing"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/match/matchtest"
)

// TestExplainsLikeTheOracle computes scores from words, and compares them with the
// brute-force ranking.
func TestExplainsLikeTheOracle(t *testing.T) {
	g := newGenerator(7)
	var texts []*match.Doc
	for _, d := range g.docs(25) {
		texts = append(texts, d.Text.Doc())
	}
	for range 400 {
		q := &search{tree: newTree(g.plan(3))}
		q.statistics = countByHand(q.tree, texts)
		q.bm25 = weigh(q.statistics, nil, q.tree.leaves)
		for _, want := range matchtest.Rank(q.tree.plan, texts) {
			d := texts[want.Doc]
			parts, score := q.explain(q.tree.root, d, lengthOf(d))
			sum := 0.0
			for _, p := range parts {
				sum += p.Score
			}
			if !near(score, want.Score) || !near(score, sum) {
				t.Fatalf("%#v: article %d scores %g, its parts %g, want %g", q.tree.plan, want.Doc, score, sum, want.Score)
			}
		}
	}
}

func countByHand(t *tree, docs []*match.Doc) *bm25f.Statistics {
	s := &bm25f.Statistics{Articles: len(docs)}
	matching := func(p match.Plan) (n int) {
		for _, d := range docs {
			if match.Match(p, d) {
				n++
			}
		}
		return n
	}
	for _, d := range docs {
		s.Length += uint64(lengthOf(d))
	}
	for _, l := range t.leaves {
		n := matching(l.plan)
		for _, f := range l.floors {
			n = max(n, matching(t.floors[f]))
		}
		s.DocFreqs = append(s.DocFreqs, n)
	}
	return s
}

func TestStatistics(t *testing.T) {
	want := bm25f.Statistics{Articles: 300, Length: 70_000, DocFreqs: []int{0, 7, 300}}
	got := bm25f.Statistics{DocFreqs: make([]int, 3)}
	if err := got.Decode(want.Encode()); err != nil {
		t.Fatal(err)
	}
	if got.Encode() != want.Encode() {
		t.Errorf("read %+v, wrote %+v", got, want)
	}
	for _, from := range []string{"x", "\x00", "\x05\x05", "\x05\x05\x06\x01\x01", want.Encode() + "\x00", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"} {
		if err := got.Decode(from); !errors.Is(err, engine.ErrStatistics) {
			t.Errorf("%q: %v", from, err)
		}
	}
}
