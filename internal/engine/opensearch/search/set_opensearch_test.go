//go:build opensearch

package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
	"github.com/newsq/newsq/internal/match"
)

// shelf is an index of random articles beside what it holds.
type shelf struct {
	view  *reader.View
	docs  []engine.Doc
	texts []*match.Doc
}

// newShelf makes an index, in so many refreshes, which is removed at the end. Its
// segments are searched side by side, as on a machine with more processors.
func newShelf(t *testing.T, docs []engine.Doc, refreshes int) *shelf {
	t.Helper()
	return newShelfOf(t, docs, refreshes, "all")
}

// newShelfOf is newShelf for a mode in which segments are searched: one after the other,
// as our indexes have it, where scores decide what matches.
func newShelfOf(t *testing.T, docs []engine.Doc, refreshes int, mode string) *shelf {
	t.Helper()
	addresses := os.Getenv("NEWSQ_OPENSEARCH")
	if addresses == "" {
		t.Skip("NEWSQ_OPENSEARCH has no addresses of a cluster")
	}
	client, err := transport.New(transport.Config{Addresses: strings.Split(addresses, ",")})
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("os-match-%s-%d", strings.ToLower(t.Name()), os.Getpid())
	body := schema.Index(schema.Settings{})
	settings := body["settings"].(query)["index"].(query)
	settings[schema.ThreadsSetting], settings["search.concurrent.max_slice_count"] = mode, 4
	if err := client.DoJSON(t.Context(), http.MethodPut, "/"+name, body, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := client.Do(context.Background(), &transport.Request{Method: http.MethodDelete, Path: "/" + name}, nil); err != nil {
			t.Error(err)
		}
	})
	s := &shelf{docs: docs}
	var w schema.Writer
	var words schema.Words
	for part := range slices.Chunk(docs, max(1, len(docs)/refreshes)) {
		var ops []transport.Operation
		for i := range part {
			source, err := w.AppendArticle(nil, &part[i])
			if err != nil {
				t.Fatal(err)
			}
			ops = append(ops, transport.Operation{ID: schema.DocID(schema.KindArticle, part[i].Article.ID), Version: 1, Source: source})
			words.Add(part[i].Text)
			s.texts = append(s.texts, part[i].Text.Doc())
		}
		for _, source := range words.Documents() {
			ops = append(ops, transport.Operation{ID: fmt.Sprintf("w:%d", len(s.texts)), Version: 1, Source: source})
		}
		if err := client.Bulk(t.Context(), name, ops); err != nil {
			t.Fatal(err)
		}
		if err := client.DoJSON(t.Context(), http.MethodPost, "/"+name+"/_refresh", nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	var pit struct {
		ID string `json:"pit_id"`
	}
	open := &transport.Request{Method: http.MethodPost, Path: "/" + name + "/_search/point_in_time", Query: url.Values{"keep_alive": {"5m"}}}
	if err := client.Do(t.Context(), open, &pit); err != nil {
		t.Fatal(err)
	}
	s.view = &reader.View{Client: client, PIT: pit.ID, Articles: len(docs), Shards: 1}
	return s
}

// compare finds the articles of a plan, and compares them with those that match says.
func (s *shelf) compare(t *testing.T, p match.Plan) {
	t.Helper()
	c := &compiler{view: s.view, analyzer: analysis.Of("en")}
	q, err := c.set(t.Context(), p)
	if err != nil {
		t.Errorf("%#v: %v", p, err)
		return
	}
	s.compareSet(t, p, q)
}

// compareSet compares the articles of a plan with those that its query finds.
func (s *shelf) compareSet(t *testing.T, p match.Plan, q query) {
	t.Helper()
	var answer struct {
		Hits struct {
			Hits []struct {
				ID string `json:"_id"`
			}
		}
	}
	err := s.view.Search(t.Context(), query{
		"size": 1000, "_source": false, "query": query{"bool": query{"filter": append(s.view.ArticlesFilter(), q)}},
	}, &answer)
	if err != nil {
		t.Errorf("%#v: %v", p, err)
		return
	}
	var got, want []string
	for _, h := range answer.Hits.Hits {
		got = append(got, h.ID)
	}
	for i, d := range s.texts {
		if match.Match(p, d) {
			want = append(want, schema.DocID(schema.KindArticle, s.docs[i].Article.ID))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		only := func(of, without []string) []string {
			return slices.DeleteFunc(slices.Clone(of), func(id string) bool { return slices.Contains(without, id) })
		}
		t.Errorf("%#v:\n too many %v\nmissing %v\nas %v", p, only(got, want), only(want, got), q)
	}
}

// compareBroad is compare for conditions of which more articles come near than may be
// read. Those that are refused even so are counted.
func (s *shelf) compareBroad(t *testing.T, p match.Plan) (refused int) {
	t.Helper()
	c := &compiler{view: s.view, analyzer: analysis.Of("en"), maxCandidates: len(s.docs) / 4}
	q, err := c.set(t.Context(), p)
	if errors.Is(err, engine.ErrTooBroad) {
		return 1
	}
	if err != nil {
		t.Errorf("%#v: %v", p, err)
		return 0
	}
	s.compareSet(t, p, q)
	return 0
}

// maker makes random articles and plans of a tiny vocabulary, so that they meet.
type maker struct{ *rand.Rand }

func pick[T any](m *maker, of ...T) T { return of[m.IntN(len(of))] }

func makerWords() []string {
	return []string{
		"korea", "sanction", "sanctions", "sanctioned", "the", "kim", "fears", "fear", "fate", "u.s.", "é", "x", "xy", "yx", "xyz",
		"re-fear", "refears", "k'im", "k9", "上海", "𝔘x", "mik",
	}
}

func (m *maker) text(most int) string {
	words := make([]string, m.IntN(most+1))
	for i := range words {
		words[i] = pick(m, makerWords()...)
	}
	return strings.Join(words, " ")
}

func (m *maker) some(of ...string) []string {
	var list []string
	for _, v := range of {
		if m.IntN(3) == 0 {
			list = append(list, v)
		}
	}
	return list
}

func (m *maker) doc(i int) engine.Doc {
	a := corpus.Article{
		ID: fmt.Sprintf("id%d", i), Title: m.text(3), Summary: m.text(2), Source: pick(m, "", "Meridian", "Ledger"),
		Authors: m.some("Ngozi Okoye", "Kim Fears", "Zoë"), Places: m.some("Geneva", "上海"), People: m.some("Kim"),
		Organizations: m.some("U.N.", "NATO"), Language: pick(m, "", "en", "en-US", "de"),
	}
	if i%7 == 0 {
		a.ID = fmt.Sprintf("ünïd/%d\xff", i)
	}
	if m.IntN(4) > 0 {
		hours := 6 * m.IntN(4*40)
		year := pick(m, 2026, 2026, 2026, 2025, 1969, 1655, 1911)
		a.Published = time.Date(year, 1, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(hours) * time.Hour)
		if m.IntN(3) == 0 {
			a.Published = a.Published.Add(time.Duration(m.IntN(7200)-3600)*time.Second + time.Duration(m.IntN(1e9)))
		}
	}
	for _, p := range m.some("a", "a/b", "a/b/c", "ab", "d") {
		a.Topics = append(a.Topics, corpus.Topic{Path: p, Origin: corpus.Stated})
	}
	in := match.Input{
		Title: a.Title, Summary: a.Summary, Authors: a.Authors, Source: a.Source, Lang: a.Language, ID: a.ID, Published: a.Published,
		Places: a.Places, People: a.People, Orgs: a.Organizations, Path: "a/" + m.text(1), URL: "https://x.org/" + m.text(1),
		Rights: m.some(match.RightsStated, match.RightsNoAI), MyTags: m.some("a", "a/b", "ab", "d"),
	}
	for range m.IntN(3) {
		in.Notes = append(in.Notes, m.text(4))
	}
	if m.IntN(3) > 0 { // in microseconds, and never at midnight
		a.Added = time.Date(2026, 1, 20, 0, 0, 0, 1000*(1+m.IntN(3)), time.UTC).Add(time.Duration(6*m.IntN(4*40)) * time.Hour)
		in.Added = a.Added
	}
	for range 1 + m.IntN(2) {
		in.Headings, in.Body = append(in.Headings, m.text(2)), append(in.Body, m.text(7))
	}
	for _, t := range a.Topics {
		in.Topics = append(in.Topics, t.Path)
	}
	return engine.Doc{Article: a, Entry: "a.jsonl", Version: fmt.Sprint(i), Text: match.NewEncoder(analysis.Of).Encode(in)}
}

func (m *maker) docs(n int) []engine.Doc {
	docs := make([]engine.Doc, n)
	for i := range docs {
		docs[i] = m.doc(i)
	}
	return docs
}

func (m *maker) field() match.Field {
	return pick(m, match.Text, match.Text, match.Text, match.Title, match.Heading, match.Body, match.Body, match.Summary, match.Note,
		match.Author, match.Source, match.Place, match.Person, match.Org, match.Path, match.URL)
}

// word returns a word as it is folded.
func (m *maker) word() string {
	return analysis.Of("en").Tokens(pick(m, makerWords()...))[0].Word
}

func (m *maker) term() match.TermPattern {
	w := m.word()
	runes := []rune(w)
	switch m.IntN(12) {
	case 0, 1, 2:
		return match.TermPattern{Kind: match.SameStem, Text: analysis.Of("en").Stem(w)}
	case 3:
		return match.TermPattern{Kind: match.Prefix, Text: string(runes[:m.IntN(len(runes)+1)])}
	case 4:
		return match.TermPattern{Kind: match.Wildcard, Text: pick(m, string(runes[:1])+"*"+string(runes[len(runes)-1:]), "?"+string(runes[1:]), "*"+string(runes[1:]), "?*", "*")}
	case 5:
		return match.TermPattern{Kind: match.Fuzzy, Text: w, Distance: 1 + m.IntN(2)}
	case 6:
		return match.TermPattern{Kind: match.Regex, Text: pick(m, "("+w+"|x)", string(runes[:1])+".*", `\pL+`, `^`+w+`$`, `\b`+w, `[a-k]+`, `(?i:K)im`, `.`, `.{2,3}`, `[^a-z]*`, `[^x]`, "")}
	case 7:
		return match.TermPattern{Kind: match.AnyWord}
	}
	return match.TermPattern{Kind: match.Exact, Text: w}
}

func (m *maker) phrase(most, slop int) match.Phrase {
	p := match.Phrase{Field: m.field(), Slop: m.IntN(slop + 1)}
	for range 1 + m.IntN(most) {
		p.Terms = append(p.Terms, m.term())
	}
	return p
}

func (m *maker) near(least, most int, ordered bool) match.Near {
	n := match.Near{Field: m.field(), Distance: m.IntN(5), Ordered: ordered}
	for range least + m.IntN(most-least+1) {
		var of []match.Phrase
		for range 1 + m.IntN(2) {
			of = append(of, m.phrase(pick(m, 1, 1, 2, 3), 0))
		}
		n.Operands = append(n.Operands, of)
	}
	return n
}

func (m *maker) value() match.Plan {
	switch m.IntN(4) {
	case 0:
		return match.Value{Field: pick(m, match.Topic, match.MyTag), Value: pick(m, "a", "a/b", "ab", "a/", "d", ""), Prefix: m.IntN(2) == 0}
	case 1:
		return match.Value{Field: match.Lang, Value: pick(m, "en", "en-us", "de", "e", ""), Prefix: m.IntN(2) == 0}
	case 2:
		return match.Value{Field: match.ID, Value: pick(m, "id1", "id12", "ünïd/7\xff", "ünïd", "ü\xff", "\xc3", ""), Prefix: m.IntN(2) == 0}
	}
	return match.Value{Field: pick(m, match.Rights, match.Rights, match.Title), Value: pick(m, match.RightsStated, "no", ""), Prefix: m.IntN(2) == 0}
}

func (m *maker) dates() match.Plan {
	at := func() time.Time {
		if m.IntN(4) == 0 {
			return time.Time{}
		}
		zone := pick(m, time.UTC, time.FixedZone("west", -7*3600), time.FixedZone("east", 9*3600))
		return time.Date(pick(m, 2026, 2026, 1655, 1969), 1, 20, 0, 0, 0, m.IntN(2)*m.IntN(2000), zone).Add(time.Duration(6*m.IntN(4*40)) * time.Hour)
	}
	return match.Dates{From: at(), To: at(), Added: m.IntN(3) == 0}
}

func (m *maker) plan(depth int) match.Plan {
	sub := func() []match.Plan {
		of := make([]match.Plan, m.IntN(4))
		for i := range of {
			of[i] = m.plan(depth - 1)
		}
		return of
	}
	kind := m.IntN(12)
	if depth == 0 {
		kind = m.IntN(7)
	}
	switch kind {
	case 0:
		return m.phrase(3, 2)
	case 1:
		return m.value()
	case 2:
		return m.near(1, 3, m.IntN(2) == 0)
	case 3:
		return m.dates()
	case 4:
		return pick[match.Plan](m, match.All{}, match.None{})
	case 5, 6:
		return match.Stem{Field: m.field(), Stem: analysis.Of("en").Stem(m.word())}
	case 7:
		return match.Or{Operands: sub(), Best: m.IntN(2) == 0}
	case 8:
		return match.Not{Operand: m.plan(depth - 1)}
	case 9:
		return match.Should{Operand: m.plan(depth - 1), Optional: sub()}
	case 10:
		return match.Boost{Operand: m.plan(depth - 1), Factor: 2}
	}
	return match.And{Operands: sub()}
}

// plansOfAKind is how many random plans of each kind are compared.
const plansOfAKind = 150

// TestSetsAreThoseOfMatch compares the articles of random plans with those that the
// definition says.
func TestSetsAreThoseOfMatch(t *testing.T) {
	m := &maker{rand.New(rand.NewPCG(1, 2))}
	s := newShelf(t, m.docs(300), 5)
	for name, plan := range map[string]func() match.Plan{
		"word":   func() match.Plan { return m.phrase(1, 0) },
		"stem":   func() match.Plan { return match.Stem{Field: m.field(), Stem: analysis.Of("en").Stem(m.word())} },
		"phrase": func() match.Plan { return m.phrase(4, 0) },
		"slop":   func() match.Plan { return m.phrase(4, 3) },
		"near":   func() match.Plan { return m.near(2, 2, false) },
		"adj":    func() match.Plan { return m.near(2, 4, true) },
		"nears":  func() match.Plan { return m.near(3, 4, false) },
		"value":  m.value,
		"dates":  m.dates,
		"nothing": func() match.Plan {
			return pick[match.Plan](m, match.Phrase{}, match.Near{Field: match.Body}, match.Phrase{Field: match.Topic, Terms: []match.TermPattern{{}}})
		},
		"plan": func() match.Plan { return m.plan(3) },
	} {
		t.Run(name, func(t *testing.T) {
			for range rounds(plansOfAKind) {
				if s.compare(t, plan()); t.Failed() {
					return
				}
			}
		})
	}
}

// TestBroadSetsAreThoseOfMatch compares conditions without an exact query, as if they
// were of a large archive: some articles match for certain, and the words of others are
// read.
func TestBroadSetsAreThoseOfMatch(t *testing.T) {
	m := &maker{rand.New(rand.NewPCG(11, 12))}
	s := newShelf(t, m.docs(300), 3)
	anything, the := match.TermPattern{Kind: match.AnyWord}, match.TermPattern{Kind: match.Exact, Text: "the"}
	word := func() match.TermPattern { return match.TermPattern{Kind: match.Exact, Text: m.word()} }
	asked, refused := 0, 0
	for range rounds(plansOfAKind) {
		near := func(n int) match.Plan {
			p := match.Near{Field: m.field(), Distance: 1 + m.IntN(4), Ordered: m.IntN(2) == 0}
			for range n {
				p.Operands = append(p.Operands, []match.Phrase{{Terms: []match.TermPattern{pick(m, word(), the, anything)}}})
			}
			return p
		}
		for _, p := range []match.Plan{
			match.Phrase{Field: m.field(), Terms: []match.TermPattern{anything, word()}, Slop: m.IntN(3)},
			match.Phrase{Field: m.field(), Terms: []match.TermPattern{word(), word(), anything}},
			match.Phrase{Field: m.field(), Terms: []match.TermPattern{anything, the, anything}, Slop: m.IntN(2)},
			near(2), near(3),
		} {
			asked++
			refused += s.compareBroad(t, p)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d asked, %d refused", asked, refused)
	if refused > asked/4 {
		t.Error("most are refused")
	}
}
