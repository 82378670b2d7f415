//go:build opensearch

package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// realWords are what plans over real articles are made of.
type realWords struct {
	random *rand.Rand
	seen   int // passages that were offered
	// passages are some tokens in a row, drawn from all articles alike, so that a
	// word is as frequent in them as it is in the articles.
	passages [][]match.Token
	words    []string // each once
	values   map[match.Field][]string
	docs     []engine.Doc // some, to be written again
	known    map[string]bool
}

// The sizes of samples, and the length of a passage.
const (
	maxPassages   = 20_000
	maxKeptDocs   = 2_000
	passageLength = 12
)

// learn takes words from an article.
func (w *realWords) learn(d engine.Doc) {
	doc := d.Text.Doc()
	for _, f := range []match.Field{match.Title, match.Heading, match.Body} {
		for _, run := range doc.Texts[f] {
			for len(run) > 0 {
				n := min(passageLength, len(run))
				w.keep(run[:n])
				run = run[n:]
			}
		}
	}
	for _, f := range []match.Field{match.Topic, match.Lang, match.ID} {
		w.values[f] = append(w.values[f], doc.Values[f]...)
	}
	if len(w.docs) < maxKeptDocs {
		w.docs = append(w.docs, d)
	}
}

// keep keeps a passage, or one of those so far in its stead.
func (w *realWords) keep(passage []match.Token) {
	w.seen++
	for _, t := range passage {
		if !w.known[t.Word] {
			w.known[t.Word] = true
			w.words = append(w.words, t.Word)
		}
	}
	if len(w.passages) < maxPassages {
		w.passages = append(w.passages, slices.Clone(passage))
	} else if at := w.random.IntN(w.seen); at < maxPassages {
		w.passages[at] = slices.Clone(passage)
	}
}

func oneOf[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// word draws a word: as often as it is used, or as rare as most words are.
func (w *realWords) word() string {
	if w.random.IntN(4) == 0 {
		return oneOf(w.random, w.words)
	}
	return oneOf(w.random, oneOf(w.random, w.passages)).Word
}

func (w *realWords) stem() match.Plan {
	return match.Stem{Field: w.field(), Stem: analysis.Of("en").Stem(w.word())}
}

func (w *realWords) field() match.Field {
	return oneOf(w.random, []match.Field{
		match.Text, match.Text, match.Text, match.Text, match.Title, match.Heading, match.Body, match.Summary, match.Author, match.Source, match.Place,
	})
}

// pattern draws a pattern that a word meets.
func (w *realWords) pattern(word string) match.TermPattern {
	runes := []rune(word)
	some := string(runes[:1+w.random.IntN(len(runes))])
	switch w.random.IntN(12) {
	case 0:
		return match.TermPattern{Kind: match.SameStem, Text: analysis.Of("en").Stem(word)}
	case 1:
		return match.TermPattern{Kind: match.Prefix, Text: some}
	case 2:
		return match.TermPattern{Kind: match.Wildcard, Text: some + "*" + string(runes[len(runes)-1])}
	case 3:
		return match.TermPattern{Kind: match.Wildcard, Text: "*" + string(runes[len(runes)/2:])}
	case 4:
		if len(runes) > 3 {
			return match.TermPattern{Kind: match.Fuzzy, Text: word, Distance: 1 + w.random.IntN(2)}
		}
	case 5:
		return match.TermPattern{Kind: match.Regex, Text: w.regex(runes)}
	case 6:
		return match.TermPattern{Kind: match.AnyWord}
	}
	return match.TermPattern{Kind: match.Exact, Text: word}
}

func (w *realWords) regex(runes []rune) string {
	quoted := func(of []rune) string {
		return strings.NewReplacer(".", `\.`, "+", `\+`, "$", `\$`).Replace(string(of))
	}
	at := w.random.IntN(len(runes))
	switch w.random.IntN(4) {
	case 0:
		return quoted(runes[:at]) + "." + quoted(runes[at+1:])
	case 1:
		return quoted(runes[:at]) + "[a-m]+" + quoted(runes[at+1:])
	case 2:
		return "(" + quoted(runes) + "|" + quoted([]rune(w.word())) + ")s?"
	}
	return quoted(runes[:at]) + `\w{0,3}` + quoted(runes[at:])
}

// terms draws terms that stand in some article, or nearly so.
func (w *realWords) terms(most int) []match.TermPattern {
	passage := oneOf(w.random, w.passages)
	from := w.random.IntN(len(passage))
	tokens := passage[from:min(len(passage), from+1+w.random.IntN(most))]
	terms := make([]match.TermPattern, 0, len(tokens))
	for i, t := range tokens {
		switch {
		case i > 0 && w.random.IntN(10) == 0: // one is left out: slop will do
		case w.random.IntN(3) == 0:
			terms = append(terms, w.pattern(t.Word))
		default:
			terms = append(terms, match.TermPattern{Kind: match.Exact, Text: t.Word})
		}
	}
	return terms
}

func (w *realWords) phrase() match.Plan {
	return match.Phrase{Field: w.field(), Terms: w.terms(4), Slop: w.random.IntN(3)}
}

// near draws operands of one passage, in some order.
func (w *realWords) near() match.Plan {
	n := match.Near{Field: w.field(), Distance: 1 + w.random.IntN(10), Ordered: w.random.IntN(2) == 0}
	passage := oneOf(w.random, w.passages)
	for range 2 + w.random.IntN(2) {
		alternatives := []match.Phrase{{Terms: []match.TermPattern{w.pattern(oneOf(w.random, passage).Word)}}}
		if w.random.IntN(3) == 0 {
			alternatives = append(alternatives, match.Phrase{Terms: w.terms(2)})
		}
		n.Operands = append(n.Operands, alternatives)
	}
	return n
}

// spoken draws a phrase or a NEAR of words as they are used, without patterns.
func (w *realWords) spoken() match.Plan {
	const most = 4
	passage := oneOf(w.random, w.passages)
	for len(passage) < most {
		passage = oneOf(w.random, w.passages)
	}
	from := w.random.IntN(len(passage) - most + 1)
	word := func(t match.Token) match.TermPattern {
		if t.Stem != "" && w.random.IntN(3) == 0 {
			return match.TermPattern{Kind: match.SameStem, Text: t.Stem}
		}
		return match.TermPattern{Kind: match.Exact, Text: t.Word}
	}
	first, others := word(passage[from]), passage[from+1:from+2+w.random.IntN(most-1)]
	if w.random.IntN(2) == 0 {
		n := match.Near{Operands: [][]match.Phrase{{{Terms: []match.TermPattern{first}}}}, Distance: most + w.random.IntN(most), Ordered: w.random.IntN(3) == 0}
		for _, t := range others {
			n.Operands = append(n.Operands, []match.Phrase{{Terms: []match.TermPattern{word(t)}}})
		}
		return n
	}
	p := match.Phrase{Terms: []match.TermPattern{first}, Slop: w.random.IntN(3)}
	for i, t := range others {
		if i > 0 || p.Slop == 0 || len(others) == 1 { // otherwise it is left out: slop will do
			p.Terms = append(p.Terms, word(t))
		}
	}
	return p
}

func (w *realWords) value() match.Plan {
	switch w.random.IntN(4) {
	case 0:
		from := time.Date(1987+w.random.IntN(35), time.Month(1+w.random.IntN(12)), 1+w.random.IntN(28), 0, 0, 0, 0, w.location())
		d := match.Dates{From: from, To: from.AddDate(w.random.IntN(4), 1+w.random.IntN(12), 0)}
		if w.random.IntN(3) == 0 {
			d.From = time.Time{}
		}
		return d
	case 1:
		return match.All{}
	}
	f := oneOf(w.random, []match.Field{match.Topic, match.Topic, match.Lang, match.ID})
	if len(w.values[f]) == 0 {
		return match.None{}
	}
	v := match.Value{Field: f, Value: oneOf(w.random, w.values[f])}
	if w.random.IntN(3) == 0 {
		for v.Prefix, v.Value = true, v.Value[:w.random.IntN(len(v.Value)+1)]; !utf8.ValidString(v.Value); {
			v.Value = v.Value[:len(v.Value)-1]
		}
	}
	return v
}

func (w *realWords) location() *time.Location {
	return oneOf(w.random, []*time.Location{time.UTC, time.FixedZone("", -5*60*60), time.FixedZone("", 9*60*60)})
}

// plan draws a plan; with stemsOnly one of which all that scores is stems.
func (w *realWords) plan(depth int, stemsOnly bool) match.Plan {
	below := func() match.Plan { return w.plan(depth-1, stemsOnly) }
	several := func(most int) []match.Plan {
		of := make([]match.Plan, 1+w.random.IntN(most))
		for i := range of {
			of[i] = below()
		}
		return of
	}
	if depth == 0 || w.random.IntN(3) == 0 {
		switch kind := w.random.IntN(8); {
		case kind == 0:
			return w.value()
		case stemsOnly || kind < 4:
			return w.stem()
		case kind < 7:
			return w.phrase()
		}
		return w.near()
	}
	switch w.random.IntN(8) {
	case 0, 1:
		return match.And{Operands: several(3)}
	case 2, 3:
		return match.Or{Operands: several(5)}
	case 4:
		return match.Or{Operands: several(3), Best: true}
	case 5:
		return match.And{Operands: []match.Plan{below(), match.Not{Operand: below()}}}
	case 6:
		return match.Boost{Operand: below(), Factor: 0.5 + 2*w.random.Float64()}
	}
	s := match.Should{Operand: below(), Optional: several(2)}
	if !stemsOnly && w.random.IntN(3) == 0 {
		s.First = []match.Phrase{{Field: match.Text, Terms: w.terms(2)}}
	}
	return s
}

// request draws how to ask for a plan.
func (w *realWords) request(p match.Plan) *engine.Request {
	r := &engine.Request{Plan: p, ExactTotal: true, Limit: 10, Location: w.location()}
	if w.random.IntN(4) == 0 {
		r.Order = oneOf(w.random, []engine.Order{engine.Newest, engine.Oldest})
	}
	if w.random.IntN(4) == 0 {
		r.Filters = append(r.Filters, engine.Filter{Facet: engine.FacetYear, Values: []string{fmt.Sprint(1987 + w.random.IntN(35)), "2016"}, Not: w.random.IntN(2) == 0})
	}
	if topics := w.values[match.Topic]; w.random.IntN(4) == 0 && len(topics) > 0 {
		r.Filters = append(r.Filters, engine.Filter{Facet: engine.FacetTopic, Values: []string{oneOf(w.random, topics)}, Not: w.random.IntN(2) == 0})
	}
	if w.random.IntN(2) == 0 {
		for _, f := range engine.Facets() {
			r.Facets = append(r.Facets, f.Name)
		}
	}
	if w.random.IntN(4) == 0 {
		r.Also = []match.Plan{w.stem(), w.phrase()}
	}
	return r
}

// question draws how to read on in the list of a request.
func (w *realWords) question(r *engine.Request) question {
	q := question{Request: r, page: oneOf(w.random, []int{shortList + 1, shortList + 1, 600})}
	for range 2 {
		a := oneOf(w.random, w.docs).Article
		q.after = append(q.after, engine.Position{Score: w.random.Float64(), Published: a.Published, ID: a.ID})
	}
	return q
}
