package search

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// eachChoice calls f with all ways to take one of so many things n times.
func eachChoice(things, n int, f func(choice []int)) {
	choice := make([]int, n)
	for {
		f(choice)
		i := 0
		for ; i < n && choice[i] == things-1; i++ {
			choice[i] = 0
		}
		if i == n {
			return
		}
		choice[i]++
	}
}

// appendTexts appends all bodies of n of some words, with nothing, the start of a sentence or
// that of a paragraph between one word and the next.
func appendTexts(texts []*match.Encoded, encoder *match.Encoder, n int, words ...string) []*match.Encoded {
	body := make([]string, n)
	eachChoice(len(words), n, func(choice []int) {
		for i, w := range choice {
			body[i] = words[w]
		}
		eachChoice(3, n-1, func(between []int) {
			d := encoder.Encode(match.Input{ID: fmt.Sprint(len(texts)), Body: []string{strings.Join(body, " ")}})
			for i, b := range between {
				if b > 0 {
					d.Sentences = append(d.Sentences, uint32(i+1))
				}
				if b == 2 {
					d.Paragraphs = append(d.Paragraphs, uint32(i+1))
				}
			}
			texts = append(texts, d)
		})
	})
	return texts
}

// smallSpans are the words, all pairs of them that are joined, and all of these joined with a
// word or with a pair.
func smallSpans(words ...match.Span) (spans []match.Span) {
	join := func(a, b match.Span, f func(s match.Span)) {
		for _, unit := range []match.Unit{match.InWords, match.InSentence, match.InParagraph} {
			for _, ordered := range []bool{false, true} {
				f(match.SpanNear{Of: []match.Span{a, b}, Distance: 1, Unit: unit, Ordered: ordered})
				f(match.SpanNotNear{Of: a, Avoid: b, Distance: 1, Unit: unit, Ordered: ordered})
			}
		}
	}
	add := func(s match.Span) { spans = append(spans, s) }
	a, b := words[0], words[1]
	for _, x := range words {
		add(x)
		for _, y := range words {
			add(match.SpanOr{x, y})
			join(x, y, add)
			add(match.SpanNear{Of: []match.Span{x, y}, Distance: 2})
		}
	}
	join(a, b, func(pair match.Span) {
		join(pair, a, add)
		join(b, pair, add)
		add(match.SpanOr{pair, b})
		add(match.SpanNear{Of: []match.Span{a, b, pair}, Distance: 2})
	})
	return spans
}

// The engine finds every small span in every small text as often as the slow evaluation does.
func TestSmallSpans(t *testing.T) {
	encoder := match.NewEncoder(analysis.Of)
	var texts []*match.Encoded
	for n := 1; n <= 3; n++ {
		texts = appendTexts(texts, encoder, n, "war", "aid", "Aid")
	}
	longest := 5
	if testing.Short() {
		longest = 4
	}
	for n := 4; n <= longest; n++ {
		texts = appendTexts(texts, encoder, n, "war", "Aid")
	}
	docs := make([]*match.Doc, len(texts))
	for i, text := range texts {
		docs[i] = text.Doc()
	}
	v := readertest.Encoded(t, texts)
	word := func(c match.Case, words ...string) match.Span {
		var p match.Phrase
		for _, w := range words {
			p.Terms = append(p.Terms, match.TermPattern{Text: w, Case: c})
		}
		return match.SpanWords{p}
	}
	spans := smallSpans(word(match.AnyCase, "war"), word(match.AnyCase, "aid"), word(match.TitleCase, "aid"), word(match.LowerCase, "aid"), word(match.AnyCase, "aid", "war"))
	found := 0
	for i, of := range spans {
		p := match.Spans{Field: match.Body, Of: of}
		switch i % 4 { // they are the same in all trees
		case 1:
			p.AtLeast = 2
		case 2:
			p.Lead = 2
		case 3:
			p.Field = match.Text
		}
		found += checkSpans(t, v, docs, p)
	}
	if found == 0 {
		t.Error("nothing was found")
	}
}

// checkSpans holds what the engine finds of a plan in one segment to the slow evaluation, and
// returns in how many articles that is.
func checkSpans(t *testing.T, v *reader.View, docs []*match.Doc, p match.Spans) int {
	t.Helper()
	r := runOn(v, v.Segments[0])
	got, err := r.spans(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	defer r.res.release()
	next := 0
	for doc, d := range docs {
		title, heading, body := match.Occurrences(p, d)
		want := bm25f.Weight(match.Title)*title + bm25f.Weight(match.Heading)*heading + bm25f.Weight(match.Body)*body
		freq := 0
		if next < len(got.docs) && int(got.docs[next]) == doc {
			freq = int(got.freqs[next])
			next++
		}
		if freq != want {
			t.Fatalf("%#v in %v: frequency %d, want %d", p, d.Texts, freq, want)
		}
	}
	return next
}

// Texts of more words than lie between the positions of two runs, where it is stored where
// these start.
func TestSpansOfLongTexts(t *testing.T) {
	_, gap := schema.RunGrid(1)
	filler := func(n int) string { return strings.Repeat("x ", n) }
	encoder := match.NewEncoder(analysis.Of)
	var texts []*match.Encoded
	var docs []*match.Doc
	for i, body := range [][]string{
		{filler(int(gap)) + "war aid"},
		{"war " + filler(int(gap)) + "aid"},
		{"war", filler(int(gap)) + "aid war. Every war needs aid.\n\nThe war aid"},
		{filler(int(gap)), "war", "aid", "war aid"},
		{"war", "aid", filler(int(gap) - 3), "war aid"},
		{"war", "aid", filler(int(gap) - 3)},
		{"war x. Then aid x x", "aid", "war"},
	} {
		text := encoder.Encode(match.Input{ID: fmt.Sprint(i), Title: "war aid", Headings: []string{"war", filler(int(gap)) + "war", "aid"}, Body: body})
		texts, docs = append(texts, text), append(docs, text.Doc())
	}
	v := readertest.Encoded(t, texts)
	war, aid := match.SpanWords{{Terms: []match.TermPattern{{Text: "war"}}}}, match.SpanWords{{Terms: []match.TermPattern{{Text: "aid"}}}}
	found := 0
	for _, f := range []match.Field{match.Text, match.Title, match.Heading, match.Body} {
		for _, unit := range []match.Unit{match.InWords, match.InSentence, match.InParagraph} {
			for _, lead := range []int{0, 1, 2, 5, int(gap), int(gap) + 1, int(gap) + 2, int(gap) + 3, 3 * int(gap)} {
				for _, of := range []match.Span{
					war,
					match.SpanNear{Of: []match.Span{war, aid}, Unit: unit, Distance: 1},
					match.SpanNotNear{Of: war, Avoid: aid, Unit: unit, Distance: 1},
				} {
					p := match.Spans{Field: f, Of: of}
					if f == match.Body {
						p.Lead = lead
					} else if lead > 2 {
						p.AtLeast = lead
					}
					found += checkSpans(t, v, docs, p)
				}
			}
		}
	}
	if found == 0 {
		t.Error("nothing was found")
	}
}
