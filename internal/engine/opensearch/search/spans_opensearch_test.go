//go:build opensearch

package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// scribe writes random articles in sentences and paragraphs, with capitals and marks, and
// plans of spans about them.
type scribe struct{ *rand.Rand }

func newScribe(seed uint64) *scribe { return &scribe{rand.New(rand.NewPCG(seed, 21))} }

func choose[T any](s *scribe, of ...T) T { return of[s.IntN(len(of))] }

func (s *scribe) word() string {
	w := choose(s, "korea", "sanction", "sanctions", "sanctioned", "the", "kim", "kim", "fears", "fear", "re-fear", "x")
	switch s.IntN(5) {
	case 0:
		return strings.ToUpper(w)
	case 1:
		return strings.ToUpper(w[:1]) + w[1:]
	}
	return w
}

func (s *scribe) text(most int) string {
	var b strings.Builder
	for i := range s.IntN(most + 1) {
		switch w := s.word(); {
		case i == 0:
			b.WriteString(w)
		case s.IntN(4) == 0:
			b.WriteString(choose(s, ". ", "! ", ".\n\n") + strings.ToUpper(w[:1]) + w[1:])
		default:
			b.WriteString(" " + w)
		}
	}
	return b.String()
}

func (s *scribe) docs(n int) []engine.Doc {
	docs := make([]engine.Doc, n)
	for i := range docs {
		docs[i] = s.doc(i)
	}
	return docs
}

func (s *scribe) doc(i int) engine.Doc {
	a := corpus.Article{ID: fmt.Sprintf("id%03d", i), Title: s.text(4), Summary: s.text(8)}
	in := match.Input{Title: a.Title, Summary: a.Summary, ID: a.ID, Notes: []string{s.text(6)}}
	for range 1 + s.IntN(3) {
		in.Headings = append(in.Headings, s.text(2))
		in.Body = append(in.Body, s.text(choose(s, 3, 8, 25)))
	}
	a.Body = strings.Join(in.Body, "")
	for range s.IntN(5) {
		f := choose(s, match.Title, match.Summary, match.Body, match.Body, match.Body)
		of := map[match.Field]string{match.Title: a.Title, match.Summary: a.Summary, match.Body: a.Body}[f]
		start := s.IntN(len(of) + 1)
		in.Marked = append(in.Marked, match.MarkedText{
			Field: f, Span: text.Span{Start: start, End: start + s.IntN(len(of)-start+1)},
			Marks: choose(s, []string{"said"}, []string{"by", "by=kim", "said"}, []string{"is=forecast"}, []string{"person", "person=kim"}),
		})
	}
	return engine.Doc{Article: a, Text: match.NewEncoder(analysis.Of).Encode(in)}
}

func (s *scribe) marks() string {
	return choose(s, "said", "by=kim said", "is=forecast", "is=forecast said", "person", "person=kim said")
}

func (s *scribe) term() match.TermPattern {
	en := analysis.Of("en")
	tokens := en.Tokens(s.word())
	w := tokens[s.IntN(len(tokens))].Word
	t := match.TermPattern{Kind: match.Exact, Text: w}
	switch s.IntN(12) {
	case 0, 1, 2:
		if stem := en.Stem(w); stem != "" {
			t = match.TermPattern{Kind: match.SameStem, Text: stem}
		}
	case 3:
		t = match.TermPattern{Kind: match.Prefix, Text: w[:1]}
	case 4:
		t = match.TermPattern{Kind: match.AnyWord}
	}
	if s.IntN(5) == 0 {
		t.Case = choose(s, match.LowerCase, match.TitleCase, match.UpperCase, match.MixedCase)
	}
	if s.IntN(8) == 0 {
		t.Marks = s.marks()
	}
	return t
}

// phrases draws phrases, more often one word than not.
func (s *scribe) phrases() match.SpanWords {
	var of match.SpanWords
	for range choose(s, 1, 1, 1, 2, 3) {
		p := match.Phrase{}
		for range choose(s, 1, 1, 1, 2, 3) {
			p.Terms = append(p.Terms, s.term())
		}
		of = append(of, p)
	}
	return of
}

func (s *scribe) unit() match.Unit {
	return choose(s, match.InWords, match.InWords, match.InSentence, match.InParagraph)
}

func (s *scribe) span(depth int) match.Span {
	kind := s.IntN(8)
	if depth <= 0 {
		kind = 0
	}
	switch kind {
	case 0, 1:
		return s.phrases()
	case 2:
		return match.SpanOr{s.span(depth - 1), s.span(depth - 1)}
	case 3, 4:
		return match.SpanNotNear{
			Of: s.span(depth - 1), Avoid: s.span(depth - 1), Distance: s.IntN(4), Unit: s.unit(), Ordered: s.IntN(2) == 0,
		}
	}
	n := match.SpanNear{Distance: s.IntN(5), Unit: s.unit(), Ordered: s.IntN(2) == 0}
	for range 2 + s.IntN(2) {
		n.Of = append(n.Of, s.span(depth-1))
	}
	return n
}

func (s *scribe) spans(depth int) match.Spans {
	p := match.Spans{
		Field: choose(s, match.Text, match.Text, match.Body, match.Body, match.Title, match.Heading, match.Summary, match.Note),
		Of:    s.span(depth), AtLeast: choose(s, 0, 0, 0, 1, 2, 3, 5),
	}
	if s.IntN(4) == 0 {
		p.Field, p.Lead = match.Body, 1+s.IntN(12)
	}
	if s.IntN(5) == 0 {
		p.Marks = s.marks()
	}
	return p
}

// TestSpansAreThoseOfMatch compares the articles of random spans with those that the
// definition says.
func TestSpansAreThoseOfMatch(t *testing.T) {
	s := newScribe(1)
	shelf := newShelfOf(t, s.docs(250), 4, schema.OneThread)
	for depth := range 3 {
		native, asked := 0, 0
		for range rounds(600) {
			p := s.spans(depth)
			asked++
			c := &compiler{view: shelf.view, analyzer: analysis.Of("en")}
			if _, exact, err := c.near(t.Context(), p); err != nil {
				t.Errorf("%#v: %v", p, err)
			} else if exact {
				native++
			}
			if shelf.compare(t, p); t.Failed() {
				return
			}
		}
		t.Logf("depth %d: of %d spans, %d have an exact query", depth, asked, native)
	}
	for range rounds(60) {
		shelf.compare(t, match.Length{Min: s.IntN(40), Max: s.IntN(60) - 5})
	}
}

// TestBroadSpans asks as if of a large archive, where no more articles may be read than
// are in doubt.
func TestBroadSpans(t *testing.T) {
	s := newScribe(2)
	shelf := newShelfOf(t, s.docs(200), 2, schema.OneThread)
	asked, refused := 0, 0
	for range rounds(300) {
		asked++
		if refused += shelf.compareBroad(t, s.spans(1)); t.Failed() {
			return
		}
	}
	t.Logf("%d asked, %d refused", asked, refused)
	if refused > asked/4 {
		t.Error("most are refused")
	}
}

// TestPhrasesOfSeveralLengths: where a long phrase overlaps what a short one is near, both
// are found.
func TestPhrasesOfSeveralLengths(t *testing.T) {
	a := corpus.Article{ID: "a"}
	d := engine.Doc{Article: a, Text: match.NewEncoder(analysis.Of).Encode(match.Input{ID: "a", Body: []string{"korea kim fear"}})}
	shelf := newShelfOf(t, []engine.Doc{d}, 1, schema.OneThread)
	long := match.Phrase{Terms: []match.TermPattern{{Text: "korea"}, {Text: "kim"}, {Text: "fear"}}}
	kim, fear := match.Phrase{Terms: []match.TermPattern{{Text: "kim"}}}, match.Phrase{Terms: []match.TermPattern{{Text: "fear"}}}
	for _, ordered := range []bool{false, true} {
		near := match.Near{Distance: 1, Ordered: ordered, Operands: [][]match.Phrase{{long, kim}, {fear}}}
		if !match.Match(near, shelf.texts[0]) {
			t.Error("it doesn't match")
		}
		shelf.compare(t, near)
		shelf.compare(t, match.Spans{Of: match.SpanNear{Of: []match.Span{match.SpanWords{long, kim}, match.SpanWords{fear}}, Distance: 1, Ordered: ordered}})
	}
}

// TestSpansRankLikeTheOracle compares order and scores, too.
func TestSpansRankLikeTheOracle(t *testing.T) {
	s := newScribe(3)
	docs := s.docs(80)
	for i := range docs {
		docs[i].Text.Values = map[match.Field][]string{match.ID: {docs[i].Article.ID}}
	}
	c := newCollection(t, "spans", docs)
	for i := range rounds(900) {
		p := match.Plan(s.spans(i % 3))
		switch s.IntN(6) {
		case 0:
			p = match.And{Operands: []match.Plan{p, match.Length{Min: 5, Max: s.IntN(50)}}}
		case 1:
			p = match.Or{Operands: []match.Plan{p, s.spans(0)}, Best: s.IntN(2) == 0}
		case 2:
			p = match.And{Operands: []match.Plan{p, match.Not{Operand: s.spans(1)}}}
		}
		r := &engine.Request{Plan: p, Limit: 100, Explain: i%2 == 0}
		got, err := Run(t.Context(), c.view, analysis.Of("en"), r)
		if c.compare(t, r, got, err); t.Failed() {
			return
		}
	}
}

// TestSpansCountedOnTheServer asks for what the server must count by itself.
func TestSpansCountedOnTheServer(t *testing.T) {
	s := newScribe(4)
	c := newCollection(t, "spans-server", s.docs(80))
	exact := func(w string) match.SpanWords {
		return match.SpanWords{{Terms: []match.TermPattern{{Kind: match.Exact, Text: w}}}}
	}
	kim, korea, fear := exact("kim"), exact("korea"), exact("fear")
	caps := match.SpanWords{{Terms: []match.TermPattern{{Text: "kim", Case: match.UpperCase}}}}
	lower := match.SpanWords{{Terms: []match.TermPattern{{Text: "kim", Case: match.LowerCase}}}}
	two := match.SpanWords{{Terms: []match.TermPattern{{Text: "kim"}, {Text: "korea"}}}}
	for name, of := range map[string]match.Span{
		"word": kim, "capitals": caps, "no capitals": lower, "phrase": two, "words": match.SpanOr{kim, korea},
		"sentence": match.SpanNear{Of: []match.Span{kim, korea}, Unit: match.InSentence}, "paragraph": match.SpanNear{Of: []match.Span{kim, korea, fear}, Unit: match.InParagraph},
		"ordered": match.SpanNear{Of: []match.Span{two, fear}, Unit: match.InSentence, Ordered: true},
		"near":    match.SpanNear{Of: []match.Span{kim, korea}, Distance: 3}, "not near": match.SpanNotNear{Of: kim, Avoid: match.SpanOr{korea, two}, Distance: 3},
		"not in the sentence": match.SpanNotNear{Of: kim, Avoid: korea, Unit: match.InSentence},
		"phrase not in it":    match.SpanNotNear{Of: two, Avoid: fear, Unit: match.InSentence},
		"groups":              match.SpanNear{Of: []match.Span{match.SpanOr{kim, korea}, match.SpanOr{fear, exact("x")}}, Unit: match.InSentence},
		"groups in words":     match.SpanNear{Of: []match.Span{match.SpanOr{kim, two[:0], exact("sanctions")}, match.SpanOr{fear, exact("the")}}, Distance: 3},
	} {
		for _, least := range []int{0, 2, 4} {
			p := match.Spans{Of: of, AtLeast: least}
			q := newSearch(c.view, analysis.Of("en"), &engine.Request{Plan: p, Limit: 100})
			got, err := q.answer(t.Context())
			if c.compare(t, q.request, got, err); t.Failed() {
				t.Fatal(name, least)
			}
			if q.windows != nil {
				t.Errorf("%s, %d times: the words of articles are read", name, least)
			}
		}
	}
}
