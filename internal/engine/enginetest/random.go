package enginetest

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// words is a small vocabulary, so that random articles and queries meet: some
// share a stem, some are variants of others, one is a stop word.
var words = []string{
	"korea", "sanction", "sanctions", "sanctioned", "the", "kim", "fears", "fear", "fate", "u.s.", "é", "x",
	"re-fear", "refears", "k'im", "上海市", "海上",
}

// genText draws up to n words.
func genText(t *rapid.T, label string, n int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, n).Draw(t, label), " ")
}

var (
	sources = []string{"", "Meridian", "Ledger"}
	topics  = []string{"a", "a/b", "a/b/c", "ab", "d"}
	authors = []string{"Ngozi Okoye", "Kim Fears"}
	zones   = []*time.Location{time.UTC, time.FixedZone("west", -7*3600), time.FixedZone("east", 9*3600)}
	langs   = []string{"", "en", "en-US", "de"}
)

// genDoc draws an article with one of a few ids.
func genDoc(t *rapid.T) engine.Doc {
	a := corpus.Article{
		ID:      fmt.Sprintf("id%d", rapid.IntRange(0, 29).Draw(t, "id")),
		Title:   genText(t, "title", 3),
		Summary: genSentences(t, "summary", 2),
		Source:  rapid.SampledFrom(sources).Draw(t, "source"),
		Authors: rapid.SliceOfNDistinct(rapid.SampledFrom(authors), 0, 2, rapid.ID[string]).Draw(t, "authors"),

		Places: rapid.SliceOfN(rapid.SampledFrom([]string{"Geneva", "New York", "Zürich", "上海", ""}), 0, 3).Draw(t, "places"),
		People: rapid.SliceOfN(rapid.SampledFrom(authors), 0, 2).Draw(t, "people"),

		Language: rapid.SampledFrom(langs).Draw(t, "lang"),
	}
	if rapid.Bool().Draw(t, "dated") {
		hours := 6 * rapid.IntRange(0, 4*40).Draw(t, "hours") // often at midnight
		year := rapid.SampledFrom([]int{2026, 2026, 2026, 1969, 1655}).Draw(t, "year")
		a.Published = time.Date(year, 1, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(hours) * time.Hour)
	}
	if rapid.Bool().Draw(t, "added") {
		a.Added = time.Date(2026, 1, 21, 7, 30, 0, 1000*rapid.IntRange(1, 3).Draw(t, "sync"), time.UTC)
	}
	for _, p := range rapid.SliceOfNDistinct(rapid.SampledFrom(topics), 0, 2, rapid.ID[string]).Draw(t, "topics") {
		a.Topics = append(a.Topics, corpus.Topic{Path: p, Origin: corpus.Stated})
	}
	if rapid.IntRange(0, 3).Draw(t, "no ai") == 0 {
		a.Handling = &corpus.Handling{NoAI: true}
	}
	a.Annotations = genAnnotations(t)
	for range rapid.IntRange(1, 2).Draw(t, "sections") {
		s := corpus.Section{Heading: genText(t, "heading", 2), Start: len(a.Body)}
		a.Body += genSentences(t, "body", 6)
		s.End = len(a.Body)
		a.Sections = append(a.Sections, s)
	}
	a.Entities, a.Quotations, a.Claims = genFound(t, &a)
	d := newMarkedDoc(a, rapid.SampledFrom([]string{"", "a.jsonl", "b.jsonl"}).Draw(t, "entry"), genMarked(t, &a))
	d.Keys, d.Story = genKeys(t), rapid.SampledFrom([]string{"", "s1", "s2", "a longer name"}).Draw(t, "story")
	if n := len(a.Topics); n > 0 && rapid.Bool().Draw(t, "derived") {
		d.Article.Topics[n-1].Origin, d.Article.Topics[n-1].Reason = corpus.ByRule, "korea (2)"
		if rapid.Bool().Draw(t, "learned") {
			d.Article.Topics[n-1].Origin, d.Article.Topics[n-1].Probability = corpus.Learned, .625
		}
	}
	d.Text.Values[match.TopicBy] = enrich.TopicValues(d.Article.Topics)
	return d
}

// genFound draws what was found in the text of an article: stretches of it, with names.
func genFound(t *rapid.T, a *corpus.Article) (entities []corpus.Entity, quotations []corpus.Quotation, claims []corpus.Claim) {
	border := func(of string, i int) int { // at i or behind it
		for i < len(of) && !utf8.RuneStart(of[i]) {
			i++
		}
		return i
	}
	stretch := func(of string) (text string, start, end int) {
		start = border(of, rapid.IntRange(0, len(of)).Draw(t, "start"))
		end = border(of, rapid.IntRange(start, len(of)).Draw(t, "end"))
		return of[start:end], start, end
	}
	texts := map[string]string{"": a.Body, corpus.MentionTitle: a.Title, corpus.MentionSummary: a.Summary}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(authors), 0, 2, rapid.ID[string]).Draw(t, "entities") {
		e := corpus.Entity{Name: name, Kind: rapid.SampledFrom([]corpus.EntityKind{corpus.Person, corpus.Organization, corpus.Place}).Draw(t, "kind")}
		m := corpus.Mention{Field: rapid.SampledFrom([]string{"", corpus.MentionTitle, corpus.MentionSummary}).Draw(t, "field")}
		m.Text, m.Start, m.End = stretch(texts[m.Field])
		e.Mentions = append(e.Mentions, m)
		entities = append(entities, e)
	}
	if rapid.Bool().Draw(t, "quoted") {
		q := corpus.Quotation{Speaker: rapid.SampledFrom(authors).Draw(t, "speaker")}
		q.Text, q.Start, q.End = stretch(a.Body)
		q.SpeakerText, q.SpeakerStart, q.SpeakerEnd = stretch(a.Body)
		quotations = append(quotations, q)
	}
	for _, kind := range rapid.SliceOfNDistinct(rapid.SampledFrom([]corpus.ClaimKind{corpus.Forecast, corpus.Recommendation, corpus.Caveat}), 0, 2, rapid.ID[corpus.ClaimKind]).Draw(t, "claims") {
		c := corpus.Claim{Kind: kind}
		_, c.Start, c.End = stretch(a.Body)
		claims = append(claims, c)
	}
	return entities, quotations, claims
}

// genAnnotations draws what readers wrote about an article: mostly nothing.
func genAnnotations(t *rapid.T) *corpus.Annotations {
	if rapid.IntRange(0, 2).Draw(t, "annotated") > 0 {
		return nil
	}
	a, at := &corpus.Annotations{}, time.Date(2026, 2, 1, 9, 30, 0, 0, time.UTC)
	for _, p := range rapid.SliceOfNDistinct(rapid.SampledFrom(topics), 0, 2, rapid.ID[string]).Draw(t, "my tags") {
		a.Tags = append(a.Tags, corpus.Tag{Path: p, Added: at, By: "ada"})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "my notes") {
		a.Notes = append(a.Notes, corpus.Note{ID: fmt.Sprint("n", i), Text: genText(t, "note", 3), Added: at})
	}
	return a
}

// newDoc analyses an article as package index does.
func newDoc(a corpus.Article, entry string) engine.Doc { return newMarkedDoc(a, entry, nil) }

// newMarkedDoc is newDoc for an article of which parts have marks.
func newMarkedDoc(a corpus.Article, entry string, marked []match.MarkedText) engine.Doc {
	in := match.Input{
		Title: a.Title, Summary: a.Summary, Authors: a.Authors, Source: a.Source,
		Lang: a.Language, ID: a.ID, Published: a.Published, Added: a.Added, Marked: marked,
	}
	for i, s := range a.Sections {
		in.Headings = append(in.Headings, s.Heading)
		in.Body = append(in.Body, a.Body[s.Start:s.End])
		if len(s.Heading)%5 != i { // some sections are in German
			in.Foreign = append(in.Foreign, match.ForeignPart{Section: i, Span: text.Span{End: s.End - s.Start}, Analyzer: analysis.Of("de")})
		}
	}
	for _, t := range a.Topics {
		in.Topics = append(in.Topics, t.Path)
	}
	stated := a
	stated.Handling, stated.Annotations = nil, nil // a pointer is printed as an address
	version := fmt.Sprint(stated)
	if a.Handling != nil && a.Handling.NoAI {
		in.Rights = []string{match.RightsNoAI}
		version += " no ai"
	}
	if n := a.Annotations; n != nil {
		for _, t := range n.Tags {
			in.MyTags = append(in.MyTags, t.Path)
		}
		for _, note := range n.Notes {
			in.Notes = append(in.Notes, note.Text)
		}
		version += fmt.Sprint(" ", *n)
	}
	return engine.Doc{Article: a, Entry: entry, Version: version, Text: match.NewEncoder(analysis.Of).Encode(in)}
}

// genPlan draws a plan of at most the given depth.
func genPlan(t *rapid.T, depth int) match.Plan {
	kinds := 12
	if depth <= 0 {
		kinds = 7
	}
	sub := func(n int) []match.Plan {
		of := make([]match.Plan, rapid.IntRange(1, n).Draw(t, "clauses"))
		for i := range of {
			of[i] = genPlan(t, depth-1)
		}
		return of
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return match.Phrase{Field: genField(t), Terms: genTerms(t, 3), Slop: rapid.IntRange(0, 2).Draw(t, "slop")}
	case 1:
		return genValue(t)
	case 2:
		return genNear(t)
	case 3, 4:
		word := english().Tokens(rapid.SampledFrom(words).Draw(t, "word"))[0].Word
		return match.Stem{Field: genField(t), Stem: genAnalyzer(t).Stem(word)}
	case 5:
		return genSpans(t)
	case 6:
		least := rapid.IntRange(0, 12).Draw(t, "least words")
		return match.Length{Min: least, Max: rapid.IntRange(-1, 12).Draw(t, "most words")}
	case 7:
		return match.And{Operands: sub(3)}
	case 8:
		switch rapid.IntRange(0, 4).Draw(t, "or") {
		case 0, 1:
			return match.Or{Operands: sub(3)}
		case 2:
			return genForms(t)
		case 3:
			return match.Or{Operands: append([]match.Plan{genForms(t)}, sub(2)...), Best: true}
		}
		return match.Or{Operands: sub(3), Best: true}
	case 9:
		return match.Not{Operand: genPlan(t, depth-1)}
	case 10:
		return genShould(t, depth)
	}
	return match.Boost{Operand: genPlan(t, depth-1), Factor: rapid.SampledFrom([]float64{0.5, 2, 3}).Draw(t, "boost")}
}

// genShould draws a Should, of which a part may be missing.
func genShould(t *rapid.T, depth int) match.Plan {
	s := match.Should{Operand: genPlan(t, depth-1)}
	for range rapid.IntRange(0, 2).Draw(t, "optional") {
		s.Optional = append(s.Optional, genPlan(t, depth-1))
	}
	for range rapid.IntRange(0, 2).Draw(t, "first") {
		s.First = append(s.First, match.Phrase{Field: genField(t), Terms: genTerms(t, 2)})
	}
	return s
}

// genForms draws a word in several languages.
func genForms(t *rapid.T) match.Plan {
	word := english().Tokens(rapid.SampledFrom(words).Draw(t, "word"))[0].Word
	f := genField(t)
	return match.Or{Forms: true, Operands: []match.Plan{
		match.Stem{Field: f, Stem: english().Stem(word)},
		match.Stem{Field: f, Stem: analysis.Of("de").Stem(word)},
		match.Boost{Operand: match.Phrase{Field: f, Terms: []match.TermPattern{{Kind: match.Exact, Text: word}}}, Factor: 0.5},
	}}
}

// english analyses the words of plans. Articles of the suite are in English, in German, or
// in languages that are analysed as English.
func english() analysis.Analyzer { return analysis.Of("en") }

// genAnalyzer draws the analyzer of a stem.
func genAnalyzer(t *rapid.T) analysis.Analyzer {
	return analysis.Of(rapid.SampledFrom([]string{"en", "en", "de"}).Draw(t, "language of stem"))
}

func genField(t *rapid.T) match.Field {
	return rapid.SampledFrom([]match.Field{
		match.Text, match.Text, match.Text, match.Title, match.Heading, match.Body, match.Summary, match.Note, match.Author, match.Source,
	}).Draw(t, "field")
}

func genTerms(t *rapid.T, n int) []match.TermPattern {
	terms := make([]match.TermPattern, rapid.IntRange(1, n).Draw(t, "terms"))
	for i := range terms {
		w := rapid.SampledFrom(english().Tokens(rapid.SampledFrom(words).Draw(t, "term"))).Draw(t, "token").Word
		_, first := utf8.DecodeRuneInString(w)
		_, last := utf8.DecodeLastRuneInString(w)
		terms[i] = rapid.SampledFrom([]match.TermPattern{
			{Kind: match.Exact, Text: w},
			{Kind: match.Exact, Text: w},
			{Kind: match.SameStem, Text: genAnalyzer(t).Stem(w)},
			{Kind: match.Prefix, Text: w[:first]},
			{Kind: match.Wildcard, Text: w[:first] + "*" + w[len(w)-last:]},
			{Kind: match.Fuzzy, Text: w, Distance: 1},
			{Kind: match.Regex, Text: "(" + w + "|x)"},
			{Kind: match.AnyWord},
		}).Draw(t, "term kind")
		if rapid.IntRange(0, 5).Draw(t, "marked") == 0 {
			terms[i].Marks = genMarks(t)
		}
		if rapid.IntRange(0, 5).Draw(t, "written") == 0 {
			terms[i].Case = genCase(t)
		}
	}
	return terms
}

func genNear(t *rapid.T) match.Plan {
	n := match.Near{
		Field:    genField(t),
		Distance: rapid.IntRange(1, 4).Draw(t, "distance"),
		Ordered:  rapid.Bool().Draw(t, "ordered"),
	}
	least := 2
	if rapid.IntRange(0, 2).Draw(t, "in marks") == 0 {
		n.Marks, least = genMarks(t), 1
	}
	for range rapid.IntRange(least, 3).Draw(t, "operands") {
		var alternatives []match.Phrase
		for range rapid.IntRange(1, 2).Draw(t, "alternatives") {
			ph := match.Phrase{Terms: genTerms(t, 2)}
			if n.Marks != "" {
				ph.Slop = rapid.IntRange(0, 1).Draw(t, "slop")
			}
			alternatives = append(alternatives, ph)
		}
		n.Operands = append(n.Operands, alternatives)
	}
	return n
}

func genValue(t *rapid.T) match.Plan {
	day := func(label string) time.Time {
		hours := 6 * rapid.IntRange(-4, 4*41).Draw(t, label)
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		return time.Date(2026, 1, 20, 0, 0, 0, 0, zone).Add(time.Duration(hours) * time.Hour)
	}
	switch rapid.IntRange(0, 9).Draw(t, "value") {
	case 0:
		return match.Value{Field: match.Topic, Value: rapid.SampledFrom(append(topics, "")).Draw(t, "topic"), Prefix: rapid.Bool().Draw(t, "prefix")}
	case 1:
		return match.Value{Field: match.Lang, Value: rapid.SampledFrom(langs).Draw(t, "lang"), Prefix: rapid.Bool().Draw(t, "prefix")}
	case 2:
		return match.Value{Field: match.ID, Value: "id1", Prefix: rapid.Bool().Draw(t, "prefix")}
	case 3:
		return match.Dates{From: day("from")}
	case 4:
		return match.Dates{To: day("to")}
	case 5:
		return match.Dates{From: day("from"), To: day("to")}
	case 6:
		return match.Value{Field: match.MyTag, Value: rapid.SampledFrom(append(topics, "")).Draw(t, "my tag"), Prefix: rapid.Bool().Draw(t, "prefix")}
	case 7:
		return match.Value{Field: match.TopicBy, Value: rapid.SampledFrom(enrich.ValuesBelow(rapid.SampledFrom(topics).Draw(t, "topic"), enrich.Origins())).Draw(t, "topic by origin")}
	case 8:
		at := time.Date(2026, 1, 21, 7, 30, 0, 1000*rapid.IntRange(1, 3).Draw(t, "added from"), time.UTC)
		return match.Dates{From: at, To: at.Add(time.Duration(rapid.IntRange(-1, 2).Draw(t, "added to")) * time.Microsecond), Added: true}
	}
	return rapid.SampledFrom([]match.Plan{match.All{}, match.None{}}).Draw(t, "all or none")
}
