package index_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// readings are articles in an index, and analysed to be read one by one.
type readings struct {
	ix     *index.Index
	docs   []*match.Doc
	others []analysis.Analyzer
	claims int // that were found in the articles
}

func newReadings(t *testing.T, articles []corpus.Article) *readings {
	t.Helper()
	r := &readings{ix: open(t, t.TempDir(), &index.Options{Topics: noRules(t)})}
	add(t, r.ix, articles...)
	for i := range articles {
		a := analysis.Of(articles[i].Language)
		in := inputOf(&articles[i])
		stored, err := r.ix.Get(t.Context(), articles[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range stored.Claims {
			part := match.MarkedText{Field: match.Body, Marks: []string{match.KindMark(string(c.Kind))}}
			part.Start, part.End = c.Start, c.End
			in.Marked = append(in.Marked, part)
			r.claims++
		}
		r.docs = append(r.docs, match.Analyze(a, in))
		if a != analysis.Of("") && !slices.Contains(r.others, a) {
			r.others = append(r.others, a)
		}
	}
	return r
}

// check fails unless the index finds for a query what a slow reading of all
// articles does, or both refuse it for the same reason.
func (r *readings) check(t interface{ Fatalf(string, ...any) }, q string, lenient bool) {
	found, err := r.ix.Search(context.Background(), index.Query{
		Text: q, Copies: index.AllCopies, Lenient: lenient, Match: index.MatchStrict, NoAliases: true, IDsOnly: true, Location: time.UTC, Limit: 1000,
	})
	tree, _, wantErr := query.Read(q)
	c := match.Context{Analyzer: analysis.Of("en"), Others: r.others, Location: time.UTC}
	if lenient {
		tree, _ = query.ParseLenient(q)
		wantErr = nil
		c.Mend = func(*query.SyntaxError) {}
	}
	var plan match.Plan
	if wantErr == nil {
		plan, wantErr = match.Lower(match.PartWords(tree), c)
	}
	var got, want *index.SyntaxError
	var inner *query.SyntaxError
	if errors.As(wantErr, &inner) {
		want = &index.SyntaxError{Text: q, Offset: inner.Offset, Msg: inner.Msg, Hint: inner.Hint}
	}
	if errors.As(err, &got) != (want != nil) || got != nil && *got != *want || (err == nil) != (wantErr == nil) || lenient && err != nil {
		t.Fatalf("%s is refused with %v, want %v", q, err, wantErr)
	}
	if err != nil {
		return
	}
	var hits []string
	for _, d := range r.docs {
		if match.Match(plan, d) {
			hits = append(hits, d.Values[match.ID][0])
		}
	}
	slices.Sort(hits)
	list := ids(found.Hits)
	slices.Sort(list)
	if !slices.Equal(list, hits) || found.Total != len(hits) {
		t.Fatalf("%s finds %v (%d in all), want %v; its plan is %#v", q, list, found.Total, hits, plan)
	}
}

// Every article of up to four words over a vocabulary of three is asked every
// query up to a certain size.
func TestAllSmallQueries(t *testing.T) {
	vocabulary := []string{"kim", "maduro", "oil"}
	texts := []string{""}
	for from := 0; len(texts[from:]) < 81; {
		upTo := len(texts)
		for _, s := range texts[from:upTo] {
			for _, w := range vocabulary {
				texts = append(texts, strings.TrimSpace(s+" "+w))
			}
		}
		from = upTo
	}
	var articles []corpus.Article
	for i, s := range texts {
		articles = append(articles, corpus.Article{ID: fmt.Sprint(i), Body: s})
	}
	r := newReadings(t, articles)
	queries := smallQueries(vocabulary)
	t.Logf("%d articles, %d queries", len(articles), len(queries))
	for _, q := range queries {
		r.check(t, q, false)
	}
}

// smallQueries are: words, phrases and NEARs, and what NEAR alone cannot say; two of the
// former with an operator;
// and three words, each perhaps negated, with two operators, grouped in either
// way.
func smallQueries(vocabulary []string) []string {
	terms := []string{"*", "mad*", "-mad*"}
	var words, spans []string
	for _, a := range vocabulary {
		words = append(words, a, "-"+a)
		for _, b := range vocabulary {
			for _, form := range []string{`"%s %s"`, `"%s %s"~1`, `"%s * %s"`, "%s NEAR/1 %s", "%s NEAR/2 %s", "%s ADJ/1 %s", "%s ADJ/2 %s"} {
				terms = append(terms, fmt.Sprintf(form, a, b))
			}
			terms = append(terms, fmt.Sprintf(`"%s %s" NEAR/1 oil`, a, b), fmt.Sprintf(`(%s OR "%s kim") ADJ/2 %s`, a, b, b))
			for _, form := range []string{
				"%s NOT NEAR/1 %s", "%s NOT ADJ/2 %s", "atleast/2 (%s OR %s)", "atleast/2 (%s %s)", "lead/2:(%s %s)", "lead/3:(%s NEAR/1 %s)",
				"(%s NEAR/1 %s) NEAR/1 oil", "(%s NEAR/1 kim) NOT NEAR/1 %s", "atleast/2 (%s ADJ/2 %s)", `(%s ADJ/1 oil) NEAR/2 (kim OR "%s oil")`,
			} {
				s := fmt.Sprintf(form, a, b)
				spans = append(spans, s, "-("+s+")", "oil "+s, "words:>2 "+s)
			}
		}
	}
	terms = append(terms, words...)
	queries := append(slices.Clone(terms), spans...)
	operators := []string{" ", " AND ", " OR ", " NOT "}
	for _, a := range terms {
		for i, b := range terms {
			queries = append(queries, "("+a+")"+operators[i%len(operators)]+"("+b+")")
		}
	}
	for _, a := range words {
		for _, b := range words {
			for _, c := range words {
				for _, first := range operators[1:] {
					for _, second := range operators[1:] {
						queries = append(queries, a+first+b+second+c, "("+a+first+b+")"+second+c, a+first+"("+b+second+c+")")
					}
				}
			}
		}
	}
	return queries
}

// Queries made of random trees, and of random pieces, over random articles.
func TestRandomQueries(t *testing.T) {
	var corpora []*readings
	claims := 0
	for seed := range 4 {
		articles := rapid.SliceOfN(rapid.Custom(randomArticle), 24, 24).Example(seed)
		for i := range articles {
			articles[i].ID = fmt.Sprintf("%s%d", []string{"a", "ab", "b"}[i%3], i)
		}
		corpora = append(corpora, newReadings(t, articles))
		claims += corpora[seed].claims
	}
	if claims == 0 {
		t.Error("no article has a sentence of a kind to ask for")
	}
	some := rapid.IntRange(0, len(corpora)-1)
	t.Run("trees", rapid.MakeCheck(func(t *rapid.T) {
		r := corpora[some.Draw(t, "corpus")]
		for range 50 {
			r.check(t, randomNode(3).Draw(t, "query").String(), false)
		}
	}))
	t.Run("pieces", rapid.MakeCheck(func(t *rapid.T) {
		r := corpora[some.Draw(t, "corpus")]
		for range 50 {
			q := randomText.Draw(t, "query")
			r.check(t, q, false)
			r.check(t, q, true)
		}
	}))
}

// randomWords are few, so that articles and queries meet: some share a stem,
// some are stop words, some are cut in several.
var randomWords = []string{
	"kim", "maduro", "oil", "oils", "sanction", "sanctions", "sanctioned", "the", "of", "U.S.", "us", "Korea's", "korean",
	"well-being", "12:30", "C++", "é", "E", "北京", "北京市京北", "U.S.-led", "war", "Kim'in", "Oil", "KIM", "Kim",
}

func randomArticle(t *rapid.T) corpus.Article {
	words := func(label string, n int) string {
		var b strings.Builder
		for i := range rapid.IntRange(0, n).Draw(t, label) {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", ", ", ". ", "-", "\n\n"}).Draw(t, "between"))
			}
			b.WriteString(rapid.SampledFrom(randomWords).Draw(t, label))
		}
		return b.String()
	}
	several := func(label string) []string {
		list := make([]string, rapid.IntRange(0, 2).Draw(t, label))
		for i := range list {
			list[i] = words(label, 2)
		}
		return list
	}
	a := corpus.Article{
		Title: words("title", 3), Summary: words("summary", 3), Source: words("source", 2), Authors: several("authors"),
		Places: several("places"), People: several("people"), Organizations: several("orgs"),
		Path:     "archive/" + words("path", 1) + ".md",
		Language: rapid.SampledFrom([]string{"", "en", "en-US", "pt_BR", "de", "tr"}).Draw(t, "lang"),
		Topics:   stated(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "a/b", "a/b/c", "ab", "oil"}), 0, 2, rapid.ID[string]).Draw(t, "topics")...),
	}
	if rapid.Bool().Draw(t, "dated") {
		hours := 6 * rapid.IntRange(0, 4*90).Draw(t, "hours")
		a.Published = time.Date(2023, 11, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(hours) * time.Hour)
	}
	for range rapid.IntRange(1, 2).Draw(t, "sections") {
		s := corpus.Section{Heading: words("heading", 2), Start: len(a.Body)}
		a.Body += words("body", 8)
		a.Body += rapid.SampledFrom([]string{"", "", ". Kim will sell oil next year. ", ". Oils may rise, sanctioned or not. ", ". We must end the war.\n\n"}).Draw(t, "claim") + words("body", 3)
		s.End = len(a.Body)
		a.Sections = append(a.Sections, s)
	}
	return a
}

func randomNode(depth int) *rapid.Generator[query.Node] {
	if depth == 0 {
		return rapid.OneOf(rapid.Custom(randomLeaf), rapid.Custom(randomValue))
	}
	return rapid.OneOf(rapid.Custom(randomLeaf), rapid.Custom(randomNear), rapid.Custom(randomValue), rapid.Custom(randomSpan), rapid.Custom(func(t *rapid.T) query.Node {
		sub := randomNode(depth - 1)
		few := rapid.SliceOfN(sub, 2, 3)
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0, 1:
			return query.And{Operands: few.Draw(t, "and"), Bare: rapid.Bool().Draw(t, "bare")}
		case 2, 3:
			return query.Or{Operands: few.Draw(t, "or")}
		case 4:
			return query.Not{Operand: sub.Draw(t, "not")}
		case 5:
			return query.Boost{Operand: sub.Draw(t, "boost"), Factor: 2}
		}
		name := rapid.SampledFrom([]string{
			"title", "heading", "body", "summary", "author", "source", "place", "person", "org", "path", "url",
		}).Draw(t, "field")
		return query.Field{Name: name, Operand: rapid.OneOf(rapid.Custom(randomLeaf), rapid.Custom(randomNear)).Draw(t, "of")}
	}))
}

func randomLeaf(t *rapid.T) query.Node {
	word := rapid.SampledFrom(randomWords)
	w := word.Draw(t, "word")
	start := []rune(w)[:1]
	switch rapid.IntRange(0, 8).Draw(t, "leaf") {
	case 0, 1:
		return query.Word{Text: w}
	case 2:
		return query.Word{Text: w, Exact: true}
	case 3, 4:
		return randomPhrase(t)
	case 5:
		return query.Prefix{Text: rapid.SampledFrom([]string{w, string(start)}).Draw(t, "prefix")}
	case 6:
		return query.Wildcard{Pattern: rapid.SampledFrom([]string{"*" + w, string(start) + "*n*s", "o?l", "*i*", "?im", "s*n??"}).Draw(t, "pattern")}
	case 7:
		return query.Fuzzy{Text: w, Distance: rapid.IntRange(1, 2).Draw(t, "distance")}
	}
	return query.Regex{Pattern: rapid.SampledFrom([]string{"oils?", "s.*d", "(kim|us)", "[a-z]+", "K.*", ".", "é", `\d+.*`}).Draw(t, "regex")}
}

func randomPhrase(t *rapid.T) query.Phrase {
	words := rapid.SliceOfN(rapid.SampledFrom(append([]string{"*", "o*", "s*"}, randomWords...)), 1, 3).Draw(t, "phrase")
	return query.Phrase{Text: strings.Join(append(words, rapid.SampledFrom(randomWords).Draw(t, "last")), " ")}
}

func randomNear(t *rapid.T) query.Node {
	operand := rapid.Custom(randomLeaf)
	alternatives := rapid.Map(rapid.SliceOfN(operand, 2, 2), func(of []query.Node) query.Node { return query.Or{Operands: of} })
	return query.Near{
		Operands: rapid.SliceOfN(rapid.OneOf(operand, operand, alternatives), 2, 3).Draw(t, "near"),
		Distance: rapid.IntRange(1, 4).Draw(t, "distance"),
		Ordered:  rapid.Bool().Draw(t, "ordered"),
	}
}

// randomSpan draws what NEAR alone cannot say.
func randomSpan(t *rapid.T) query.Node {
	near := rapid.Custom(randomProximity)
	counted := rapid.OneOf(rapid.Custom(randomLeaf), near, rapid.Custom(randomCase), rapid.Map(rapid.SliceOfN(rapid.Custom(randomLeaf), 2, 2), func(of []query.Node) query.Node {
		return query.Or{Operands: of}
	}))
	switch rapid.IntRange(0, 7).Draw(t, "span") {
	case 0:
		return randomProximity(t)
	case 6, 7:
		return randomKind(t)
	case 1:
		return query.AtLeast{Count: rapid.IntRange(2, 4).Draw(t, "count"), Operand: counted.Draw(t, "counted")}
	case 2:
		of := rapid.SliceOfN(counted, 2, 2).Draw(t, "all")
		return query.AtLeast{Count: 2, Operand: query.And{Operands: of}}
	case 3:
		words := rapid.SampledFrom([]int{1, 2, 3, 5, 8, query.DefaultLead}).Draw(t, "lead")
		in := rapid.OneOf(counted, rapid.Custom(randomNear), rapid.Map(counted, func(n query.Node) query.Node { return query.AtLeast{Count: 2, Operand: n} }),
			rapid.Map(rapid.SliceOfN(counted, 2, 2), func(of []query.Node) query.Node { return query.And{Operands: of, Bare: true} }))
		return query.Lead{Words: words, Operand: in.Draw(t, "in the lead")}
	case 4:
		return randomCase(t)
	}
	low := rapid.IntRange(0, 12).Draw(t, "least")
	high := low + rapid.IntRange(2, 12).Draw(t, "more")
	return query.Range{Name: "words", Low: fmt.Sprint(low), High: fmt.Sprint(high), OpenLow: rapid.Bool().Draw(t, "above")}
}

// randomProximity draws NEARs of all units, which may be negated and within each other.
func randomProximity(t *rapid.T) query.Node {
	operand := rapid.OneOf(rapid.Custom(randomLeaf), rapid.Custom(randomLeaf), rapid.Custom(randomCase), rapid.Custom(randomNear))
	alternatives := rapid.Map(rapid.SliceOfN(operand, 2, 2), func(of []query.Node) query.Node { return query.Or{Operands: of} })
	operand = rapid.OneOf(operand, alternatives)
	unit := rapid.SampledFrom([]query.Unit{query.Words, query.Sentence, query.Paragraph}).Draw(t, "unit")
	distance := 0
	if unit == query.Words {
		distance = rapid.IntRange(1, 4).Draw(t, "distance")
	}
	ordered := rapid.Bool().Draw(t, "ordered")
	if rapid.Bool().Draw(t, "negated") {
		return query.NotNear{Operand: operand.Draw(t, "of"), Avoid: operand.Draw(t, "avoid"), Distance: distance, Unit: unit, Ordered: ordered}
	}
	return query.Near{Operands: rapid.SliceOfN(operand, 2, 3).Draw(t, "near"), Distance: distance, Unit: unit, Ordered: ordered}
}

// randomKind draws what asks for a kind of sentence.
func randomKind(t *rapid.T) query.Node {
	is := query.Field{Name: "is", Operand: query.Word{Text: rapid.SampledFrom(query.Kinds()).Draw(t, "kind")}}
	of := rapid.SliceOfN(rapid.OneOf(rapid.Custom(randomLeaf), rapid.Custom(randomCase), rapid.Custom(randomNear)), 0, 2).Draw(t, "beside")
	switch {
	case len(of) == 0:
		return is
	case rapid.Bool().Draw(t, "near"):
		return query.Near{Operands: append(of, is), Unit: query.Sentence}
	}
	return query.And{Operands: append(of, is), Bare: rapid.Bool().Draw(t, "bare")}
}

func randomCase(t *rapid.T) query.Node {
	w := rapid.SampledFrom([]string{"Kim", "kim", "KIM", "US", "U.S.", "us", "C++", "É", "E", "Korea's", "oil", "Oil", "北京"}).Draw(t, "written")
	return query.Field{Name: "caps", Operand: rapid.SampledFrom([]query.Node{
		query.Word{Text: w}, query.Phrase{Text: w + " Oil"}, query.Prefix{Text: w},
	}).Draw(t, "cased")}
}

// randomValue draws what is compared with whole values, and wide phrases,
// which don't stand beside NEAR.
func randomValue(t *rapid.T) query.Node {
	dates := []string{"2023", "2023-12", "2023-12-05", "2024-01", "2024-q1", "2024-01-10T12:00", "2024-02", "30d"}
	field := func(name, value string) query.Node { return query.Field{Name: name, Operand: query.Word{Text: value}} }
	switch rapid.IntRange(0, 5).Draw(t, "value") {
	case 0:
		p := randomPhrase(t)
		p.Slop = rapid.IntRange(1, 4).Draw(t, "slop")
		return p
	case 1:
		return field("topic", rapid.SampledFrom([]string{"a", "a/b", "ab", "oil", "b"}).Draw(t, "topic"))
	case 2:
		return field("lang", rapid.SampledFrom([]string{"en", "pt", "pt-br", "e"}).Draw(t, "lang"))
	case 3:
		id := rapid.SampledFrom([]string{"a", "ab", "b5", "a0"}).Draw(t, "id")
		return rapid.SampledFrom([]query.Node{field("id", id), query.Field{Name: "id", Operand: query.Prefix{Text: id}}}).Draw(t, "id or prefix")
	}
	r := query.Range{Name: "date"}
	low := rapid.IntRange(0, len(dates)-1).Draw(t, "low")
	high := rapid.IntRange(low, len(dates)-1).Draw(t, "high")
	if rapid.Bool().Draw(t, "from") {
		r.Low, r.OpenLow = dates[low], rapid.Bool().Draw(t, "open below")
	}
	if rapid.Bool().Draw(t, "to") {
		r.High, r.OpenHi = dates[high], rapid.Bool().Draw(t, "open above")
	}
	return r
}

// randomText draws queries as a cat on the keyboard would write them that
// knows the language.
var randomText = rapid.Map(rapid.SliceOfN(rapid.SampledFrom(append([]string{
	" ", " ", " ", " ", "AND", "OR", "NOT", "NEAR", "NEAR/2", "ADJ/1", "NEAR/x", "-", "+", "(", ")", `"`, `"`, "“", "~", "~2", "^2", "*", "?", "=",
	"NEAR/s", "NOT NEAR/p ", "atleast/2 ", "lead/3:", "lead:", "caps:", "words:>3", "*{1}", "Kim", "Oil", "is:x",
	"/", ":", "title:", "topic:", "date:", "date:2024", "since:", "id:", "lang:", "autor:", "..", "[", " TO ", "}", ">", "|", "&&", `\`, "!", ".", "'s", "2023", "a",
}, randomWords...)), 1, 12), func(pieces []string) string { return strings.Join(pieces, "") })
