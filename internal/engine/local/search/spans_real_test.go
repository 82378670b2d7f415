package search

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// realTexts reads the first n articles of allsides. Each third one is cut into sections, and
// some parts of them are marked as said.
func realTexts(t *testing.T, random *rand.Rand, n int) (texts []*match.Encoded) {
	t.Helper()
	root := os.Getenv("NEWSQ_DATA")
	if root == "" {
		t.Skip("NEWSQ_DATA is not set")
	}
	f, err := os.Open(filepath.Join(root, "allsides", "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	encoder := match.NewEncoder(analysis.Of)
	for d := json.NewDecoder(z); d.More() && len(texts) < n; {
		var a struct{ ID, Title, Text string }
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		in := match.Input{ID: a.ID, Title: a.Title, Body: []string{a.Text}}
		if len(texts)%3 == 0 {
			in.Body = strings.SplitAfterN(a.Text, "\n", 1+random.IntN(5))
		}
		for range random.IntN(4) {
			start := random.IntN(len(a.Text))
			in.Marked = append(in.Marked, match.MarkedText{
				Field: match.Body, Marks: []string{match.MarkSaid},
				Span: text.Span{Start: start, End: start + random.IntN(len(a.Text)-start)},
			})
		}
		texts = append(texts, encoder.Encode(in))
	}
	return texts
}

// spanDrawer draws spans of words that stand near each other in an article.
type spanDrawer struct {
	*rand.Rand
	run match.Run
	at  int
}

func (d *spanDrawer) token() match.Token {
	return d.run[min(max(0, d.at+d.IntN(25)-12), len(d.run)-1)]
}

// pattern draws a pattern that a token is of.
func (d *spanDrawer) pattern(of match.Token) match.TermPattern {
	p := match.TermPattern{Text: of.Word}
	switch d.IntN(6) {
	case 0, 1:
		if of.Stem != "" {
			p = match.TermPattern{Kind: match.SameStem, Text: of.Stem}
		}
	case 2:
		if len(of.Word) > 5 {
			p = match.TermPattern{Kind: match.Prefix, Text: strings.ToValidUTF8(of.Word[:5], "")}
		}
	}
	if d.IntN(4) == 0 {
		for _, c := range []match.Case{match.LowerCase, match.TitleCase, match.UpperCase, match.MixedCase} {
			if of.HasCase(c) {
				p.Case = c
			}
		}
	}
	return p
}

func (d *spanDrawer) words() match.Span {
	var any match.SpanWords
	for range 1 + d.IntN(3)/2 {
		p := match.Phrase{Terms: []match.TermPattern{d.pattern(d.token())}}
		if i := d.at + d.IntN(10); d.IntN(4) == 0 && i+1 < len(d.run) {
			p.Terms = []match.TermPattern{d.pattern(d.run[i]), d.pattern(d.run[i+1])}
		}
		any = append(any, p)
	}
	return any
}

func (d *spanDrawer) span(depth int) match.Span {
	if depth == 0 {
		return d.words()
	}
	unit := [...]match.Unit{match.InWords, match.InSentence, match.InParagraph}[d.IntN(3)]
	kid := func() match.Span { return d.span(d.IntN(depth)) }
	switch d.IntN(6) {
	case 0:
		return match.SpanOr{kid(), kid()}
	case 1:
		return match.SpanNotNear{Of: kid(), Avoid: kid(), Distance: 1 + d.IntN(20), Unit: unit, Ordered: d.IntN(3) == 0}
	}
	n := match.SpanNear{Distance: 1 + d.IntN(15), Unit: unit, Ordered: d.IntN(3) == 0}
	for range 2 + d.IntN(3)/2 {
		n.Of = append(n.Of, kid())
	}
	return n
}

// Random spans of words of real articles are found as often as the slow evaluation finds them.
func TestRealDataSpans(t *testing.T) {
	random := rand.New(rand.NewPCG(19, 5))
	texts := realTexts(t, random, 200)
	docs := make([]*match.Doc, len(texts))
	for i, text := range texts {
		docs[i] = text.Doc()
	}
	v := readertest.Encoded(t, texts)
	kinds := map[string]int{}
	for range 300 {
		d := spanDrawer{Rand: random}
		runs := docs[random.IntN(len(docs))].Texts[match.Body]
		if len(runs) == 0 {
			continue
		}
		d.run = runs[random.IntN(len(runs))]
		d.at = random.IntN(len(d.run))
		p := match.Spans{Of: d.span(random.IntN(3))}
		switch random.IntN(6) {
		case 0:
			p.Field, p.Lead = match.Body, 1+random.IntN(300)
		case 1:
			p.Marks = match.MarkSaid
		case 2:
			p.AtLeast = 1 + random.IntN(4)
		}
		kinds[fmt.Sprintf("%T", p.Of)] += checkSpans(t, v, docs, p)
	}
	for _, kind := range []string{"match.SpanWords", "match.SpanOr", "match.SpanNear", "match.SpanNotNear"} {
		if kinds[kind] < 50 {
			t.Errorf("%d articles match a %s, which is too few to tell", kinds[kind], kind)
		}
	}
	t.Log(kinds)
}
