package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// facets are the names of the facets, in the order in which to show them.
func facets() []engine.Facet {
	return []engine.Facet{
		engine.FacetTopic, engine.FacetSource, engine.FacetAuthor,
		engine.FacetYear, engine.FacetMonth, engine.FacetDay,
	}
}

func facetNamed(name string) (engine.Facet, error) {
	var names []string
	for _, f := range facets() {
		if string(f) == name {
			return f, nil
		}
		names = append(names, string(f))
	}
	return "", fmt.Errorf("unknown facet %q; there are %s", name, strings.Join(names, ", "))
}

// resolveFilters brings the values of filters to the form in which the index
// keeps them: topics to their canonical form, sources and authors to those
// that differ only in case and accents. A value that no article holds gets a
// warning that names the nearest.
func resolveFilters(ctx context.Context, snap engine.Snapshot, filters []Filter) ([]engine.Filter, []string, error) {
	var out []engine.Filter
	var warnings []string
	for _, f := range filters {
		facet, err := facetNamed(f.Facet)
		if err != nil {
			return nil, nil, err
		}
		known, err := valuesOf(ctx, snap, facet)
		if err != nil {
			return nil, nil, err
		}
		e := engine.Filter{Facet: facet, Not: f.Not}
		for _, v := range f.Values {
			kept := resolveValue(facet, v, known)
			if len(kept) == 0 {
				warnings = append(warnings, unknownValue(facet, v, known))
				kept = []string{v}
				if facet == engine.FacetTopic {
					kept = []string{corpus.TopicPath(v)}
				}
			}
			e.Values = append(e.Values, kept...)
		}
		out = append(out, e)
	}
	return out, warnings, nil
}

// valuesOf returns all values of a facet with their counts.
func valuesOf(ctx context.Context, snap engine.Snapshot, f engine.Facet) ([]engine.Count, error) {
	all, err := snap.Search(ctx, &engine.Request{Plan: match.All{}, Facets: []engine.Facet{f}})
	if err != nil {
		return nil, err
	}
	return all.Counts[f], nil
}

func resolveValue(f engine.Facet, v string, known []engine.Count) []string {
	var kept []string
	path := corpus.TopicPath(v)
	folded := foldValue(v)
	for _, k := range known {
		switch {
		case f == engine.FacetTopic:
			if k.Value == path || strings.HasPrefix(k.Value, path+"/") {
				return []string{path}
			}
		case k.Value == v:
			return []string{v}
		case foldValue(k.Value) == folded:
			kept = append(kept, k.Value)
		}
	}
	return kept
}

// foldValue is the words of a value, folded: "The Économist" and "the
// economist" agree.
func foldValue(v string) string {
	var words []string
	for _, t := range text.Words(v) {
		words = append(words, t.Word)
	}
	return strings.Join(words, " ")
}

// maxProposals is how many values a warning proposes.
const maxProposals = 3

// unknownValue says that no article holds a value, and proposes those with a
// word in it or one that is spelt nearly so, most frequent first.
func unknownValue(f engine.Facet, v string, known []engine.Count) string {
	msg := fmt.Sprintf("no article has %s %q", f, v)
	var alike []func(string) bool
	for _, w := range strings.Fields(foldValue(v)) {
		term := match.TermPattern{Kind: match.Fuzzy, Text: w, Distance: 1}
		if utf8.RuneCountInString(w) < minMisspelt {
			term = match.TermPattern{Kind: match.Exact, Text: w}
		}
		accepts, err := term.Matcher(analyzerOf(""))
		if err != nil {
			return msg
		}
		alike = append(alike, accepts)
	}
	var near []string
	for _, k := range known {
		words := strings.Fields(foldValue(k.Value))
		if slices.ContainsFunc(alike, func(accepts func(string) bool) bool { return slices.ContainsFunc(words, accepts) }) {
			near = append(near, k.Value)
		}
		if len(near) == maxProposals {
			break
		}
	}
	if len(near) > 0 {
		msg += "; there is " + strings.Join(near, ", ")
	}
	return msg
}

// facetCounts cuts the counts to what was asked for. A value that a filter
// asks for is listed always.
func (q *Query) facetCounts(found *engine.Response, req *engine.Request) []FacetCounts {
	limit := q.FacetLimit
	if limit == 0 {
		limit = defaultFacetLimit
	}
	var out []FacetCounts
	for _, f := range req.Facets {
		selected := selectedValues(f, req.Filters)
		fc := FacetCounts{Name: string(f)}
		for _, c := range found.Counts[f] {
			chosen := slices.Contains(selected, c.Value)
			if limit >= 0 && len(fc.Values) >= limit && !chosen {
				fc.More++
				continue
			}
			fc.Values = append(fc.Values, FacetValue{Value: c.Value, Count: c.Count, Selected: chosen})
		}
		for _, v := range selected {
			if !slices.ContainsFunc(fc.Values, func(x FacetValue) bool { return x.Value == v }) {
				fc.Values = append(fc.Values, FacetValue{Value: v, Selected: true})
			}
		}
		out = append(out, fc)
	}
	return out
}

func selectedValues(f engine.Facet, filters []engine.Filter) []string {
	var v []string
	for _, x := range filters {
		if x.Facet == f && !x.Not {
			v = append(v, x.Values...)
		}
	}
	slices.SortFunc(v, cmp.Compare)
	return slices.Compact(v)
}
