//go:build opensearch

package search

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// TestCountsAreExact compares the counts of random requests with those counted by hand,
// in one answer and in pages.
func TestCountsAreExact(t *testing.T) {
	m := &maker{rand.New(rand.NewPCG(3, 4))}
	s := newShelf(t, m.docs(300), 5)
	for range rounds(60) {
		r := m.countingRequest(t)
		for _, size := range []int{0, 2} {
			s.compareCounts(t, r, size)
		}
		if t.Failed() {
			return
		}
	}
}

func (m *maker) countingRequest(t *testing.T) *engine.Request {
	r := &engine.Request{Plan: m.plan(2), Location: m.location(t), Also: []match.Plan{m.plan(2), m.plan(1)}}
	for _, f := range engine.Facets() {
		if m.IntN(2) == 0 {
			r.Facets = append(r.Facets, f.Name)
		}
	}
	for range m.IntN(4) {
		f := engine.Filter{Not: m.IntN(3) == 0}
		switch m.IntN(8) {
		case 0:
			f.Facet, f.Values = engine.FacetTopic, m.some("a", "a/b", "ab", "d")
		case 1:
			f.Facet, f.Values = engine.FacetLang, m.some("en", "en-us", "de", "e")
		case 2:
			f.Facet, f.Values = engine.FacetAuthor, m.some("Ngozi Okoye", "Zoë")
		case 3:
			f.Facet, f.Values = engine.FacetDay, m.some("2026-01-20", "2026-01-21", "2025-02-01", "1655-01-22")
		case 4:
			f.Facet, f.Values = engine.FacetYear, m.some("2026", "1969", "1655")
		case 5:
			f.Facet, f.Values = engine.FacetSource, m.some("Meridian", "Ledger", "none")
		case 6:
			f.Facet, f.Values = engine.FacetRights, m.some(match.RightsStated, match.RightsNoAI)
		case 7:
			f.Facet, f.Values = engine.FacetMyTag, m.some("a", "a/b", "b", "d")
		}
		r.Filters = append(r.Filters, f)
	}
	return r
}

func (m *maker) location(t *testing.T) *time.Location {
	name := pick(m, "", "UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "fixed")
	switch name {
	case "":
		return nil
	case "fixed":
		return time.FixedZone("", 9*3600+61)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Skip(err)
	}
	return loc
}

func (s *shelf) compareCounts(t *testing.T, r *engine.Request, size int) {
	t.Helper()
	c := &compiler{view: s.view, analyzer: analysis.Of("en"), facetValues: size}
	set, err := c.set(t.Context(), r.Plan)
	if err != nil {
		t.Fatal(err)
	}
	k, err := c.newCounting(t.Context(), r, set)
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	var answer struct {
		Hits         struct{ Total struct{ Value int } }
		Aggregations map[string]json.RawMessage
	}
	body := query{"size": 0, "track_total_hits": true, "query": allOf(k.filters...)}
	if aggs := k.aggregations(); aggs != nil {
		body["aggs"] = aggs
	}
	if post := k.postFilter(); post != nil {
		body["post_filter"] = post
	}
	if err := s.view.Search(t.Context(), body, &answer); err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	got := &engine.Response{Total: answer.Hits.Total.Value}
	if err := k.read(t.Context(), answer.Aggregations, got); err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	if diff := cmp.Diff(s.count(r), got); diff != "" {
		t.Errorf("%+v, at most %d values (-want +got):\n%s", r, size, diff)
	}
}

// count counts by hand.
func (s *shelf) count(r *engine.Request) *engine.Response {
	want := &engine.Response{Also: make([]int, len(r.Also))}
	counts := map[engine.Facet]map[string]int{}
	for _, f := range r.Facets {
		counts[f] = map[string]int{}
	}
	for i, d := range s.texts {
		if !match.Match(r.Plan, d) {
			continue
		}
		if s.keeps(r, "", i) {
			want.Total++
			for j, p := range r.Also {
				if match.Match(p, d) {
					want.Also[j]++
				}
			}
		}
		for _, f := range r.Facets {
			if s.keeps(r, f, i) {
				for _, v := range s.values(f, i, r.Location) {
					counts[f][v]++
				}
			}
		}
	}
	if len(counts) > 0 {
		want.Counts = map[engine.Facet][]engine.Count{}
	}
	for f, list := range counts {
		kind, _ := f.Type()
		want.Counts[f] = kind.SortCounts(list)
	}
	return want
}

// keeps is the meaning of filters, those of the facet open left out.
func (s *shelf) keeps(r *engine.Request, open engine.Facet, i int) bool {
	for _, f := range r.Filters {
		if f.Facet == open && !f.Not {
			continue
		}
		kind, _ := f.Facet.Type()
		holds := slices.ContainsFunc(s.values(f.Facet, i, r.Location), func(v string) bool {
			return slices.ContainsFunc(f.Values, func(w string) bool {
				return v == w || kind.Separator != "" && strings.HasPrefix(v, w+kind.Separator)
			})
		})
		if holds == f.Not {
			return false
		}
	}
	return true
}

func (s *shelf) values(f engine.Facet, i int, loc *time.Location) []string {
	a := s.docs[i].Article
	switch f {
	case engine.FacetTopic:
		return s.texts[i].Values[match.Topic]
	case engine.FacetMyTag:
		return s.texts[i].Values[match.MyTag]
	case engine.FacetLang:
		return s.texts[i].Values[match.Lang]
	case engine.FacetRights:
		return s.texts[i].Values[match.Rights]
	case engine.FacetAuthor:
		return a.Authors
	case engine.FacetPlace:
		return a.Places
	case engine.FacetPerson:
		return a.People
	case engine.FacetOrg:
		return a.Organizations
	case engine.FacetSource:
		if a.Source == "" {
			return nil
		}
		return []string{a.Source}
	}
	kind, _ := f.Type()
	if a.Published.IsZero() {
		return nil
	}
	return []string{match.InLocation(a.Published, loc).Format(kind.Layout)}
}

// TestTermsAreThoseOfTheArticles compares the words of random patterns with those that
// the articles have.
func TestTermsAreThoseOfTheArticles(t *testing.T) {
	m := &maker{rand.New(rand.NewPCG(5, 6))}
	s := newShelf(t, m.docs(200), 3)
	english := analysis.Of("en")
	for range rounds(300) {
		f, pattern := m.field(), m.term()
		accepts, err := pattern.Matcher(english)
		if err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{}
		for _, d := range s.texts {
			for _, part := range parts(f) {
				words := map[string]bool{}
				for _, run := range d.Texts[part] {
					for _, token := range run {
						if accepts(token.Word) && !words[token.Word] {
							words[token.Word] = true
							counts[token.Word]++
						}
					}
				}
			}
		}
		want := engine.SortCounts(counts)
		more := max(0, len(want)-5)
		want = want[:len(want)-more]
		got, n, err := Terms(t.Context(), s.view, english, f, pattern, 5)
		if err != nil || n != more || !slices.Equal(got, want) {
			t.Fatalf("%v %+v: %v and %d more, %v; want %v and %d more", f, pattern, got, n, err, want, more)
		}
	}
}

// TestBroadPatterns asks for more words than a query of the cluster may have, and for an
// automaton that is too large.
func TestBroadPatterns(t *testing.T) {
	m := &maker{rand.New(rand.NewPCG(9, 10))}
	s := newShelf(t, m.docs(3), 1)
	x := match.TermPattern{Kind: match.Exact, Text: "x"}
	words := match.Or{}
	for i := range 30_000 {
		words.Operands = append(words.Operands, match.Stem{Field: match.Body, Stem: strings.Repeat("x", 1+i%7) + string(rune('a'+i%26)) + string(rune(0x4e00+i))})
	}
	for _, p := range []match.Plan{
		words,
		match.Phrase{Field: match.Body, Terms: []match.TermPattern{{Kind: match.Regex, Text: "(a|.)*a(a|.){18}"}, x}},
		match.Phrase{Field: match.Body, Terms: []match.TermPattern{{Kind: match.Regex, Text: "(a|.)*a(a|.){18}"}}},
	} {
		c := &compiler{view: s.view, analyzer: analysis.Of("en")}
		q, err := c.set(t.Context(), p)
		if err == nil {
			err = s.view.Search(t.Context(), query{"size": 0, "query": q}, nil)
		}
		if !errors.Is(err, engine.ErrTooBroad) {
			t.Errorf("%.200v: %v", p, err)
		}
	}
}

// TestDocFreqs compares the number of articles with a stem.
func TestDocFreqs(t *testing.T) {
	m := &maker{rand.New(rand.NewPCG(7, 8))}
	s := newShelf(t, m.docs(60), 2)
	var stems []string
	for _, w := range makerWords() {
		stems = append(stems, analysis.Of("en").Stem(analysis.Of("en").Tokens(w)[0].Word))
	}
	got, err := DocFreq(t.Context(), s.view, stems...)
	if err != nil {
		t.Fatal(err)
	}
	for i, stem := range stems {
		want := 0
		for _, d := range s.texts {
			if match.Match(match.Stem{Stem: stem}, d) {
				want++
			}
		}
		if got[i] != want {
			t.Errorf("%s: %d, want %d", stem, got[i], want)
		}
	}
}

// TestValuesAreAskedForOnce has a caller change the values that it was given, which are
// kept for the next one.
func TestValuesAreAskedForOnce(t *testing.T) {
	m := &maker{rand.New(rand.NewPCG(5, 6))}
	s := newShelf(t, m.docs(100), 1)
	r := &engine.Request{Plan: match.All{}, Facets: []engine.Facet{engine.FacetSource}}
	want := s.count(r).Counts
	for range 2 {
		got, err := Run(t.Context(), s.view, analysis.Of("en"), r)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Counts); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		got.Counts[engine.FacetSource][0].Value = "changed"
	}
	r.Facets = []engine.Facet{engine.FacetDay}
	if countsValues(r) {
		t.Error("days, which depend on a place, are kept for all")
	}
}
