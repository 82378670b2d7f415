package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// facetOfField returns the facet with the values that a field of the query language asks
// for, mostly of the same name: what an author writes, the author has said.
func facetOfField(field string) string {
	if field == match.MarkBy {
		return string(engine.FacetAuthor)
	}
	return field
}

func facetNamed(name string) (engine.FacetType, error) {
	if name == facetLanguage {
		name = FacetLang
	}
	var names []string
	for _, f := range engine.Facets() {
		if string(f.Name) == name {
			return f, nil
		}
		names = append(names, string(f.Name))
	}
	return engine.FacetType{}, fmt.Errorf("unknown facet %q; there are %s", name, strings.Join(names, ", "))
}

// resolveFilters brings the values of filters to the form in which the index
// keeps them: topics and languages to their canonical form, sources and authors to
// those that differ only in case and accents, or to all that have the words, where
// the filter is by words. A value that no article holds gets a warning that names
// the nearest.
//
// Topics are those of the origins that count, nil for all.
func resolveFilters(ctx context.Context, snap engine.Snapshot, filters []Filter, origins []corpus.Origin, loc *time.Location) ([]engine.Filter, []string, error) {
	var out []engine.Filter
	var warnings []string
	for _, f := range filters {
		if f.Facet == FacetRights {
			e, err := rightsFilter(f)
			if err != nil {
				return nil, nil, err
			}
			out = append(out, e)
			continue
		}
		facet, err := facetNamed(f.Facet)
		if err != nil {
			return nil, nil, err
		}
		byOrigin := facet.Name == engine.FacetTopic && len(origins) > 0
		var known []engine.Count
		if byOrigin {
			known, err = topicsKnown(ctx, snap, origins)
		} else {
			known, err = valuesOf(ctx, snap, facet.Name, loc)
		}
		if err != nil {
			return nil, nil, err
		}
		e := engine.Filter{Facet: facet.Name, Not: f.Not}
		for _, v := range f.Values {
			kept := resolveValue(facet, v, known)
			if f.Words {
				kept = append(kept, valuesWith(facet, v, known, len(kept) == 0)...)
			}
			if len(kept) == 0 {
				warnings = append(warnings, unknownValue(facet, v, known))
				kept = []string{canonicalValue(facet, v)}
			}
			e.Values = append(e.Values, kept...)
		}
		if byOrigin {
			e = filterByOrigin(e, origins)
		}
		out = append(out, e)
	}
	return out, warnings, nil
}

// filterByOrigin makes a filter by topics one by topics of some origins.
func filterByOrigin(f engine.Filter, origins []corpus.Origin) engine.Filter {
	out := engine.Filter{Facet: engine.FacetTopicBy, Not: f.Not}
	for _, path := range f.Values {
		out.Values = append(out.Values, enrich.ValuesBelow(path, origins)...)
	}
	return out
}

// rightsFilter returns a filter by terms of use, whose values are always known, also where
// no article has one.
func rightsFilter(f Filter) (engine.Filter, error) {
	for _, v := range f.Values {
		if v != RightsStated && v != RightsNoAI {
			return engine.Filter{}, fmt.Errorf("unknown value %q of the filter %s; there are %s and %s", v, FacetRights, RightsNoAI, RightsStated)
		}
	}
	return engine.Filter{Facet: engine.FacetRights, Not: f.Not, Values: f.Values}, nil
}

// valuesOf returns all values of a facet with their counts. Periods are those of a
// location.
func valuesOf(ctx context.Context, snap engine.Snapshot, f engine.Facet, loc *time.Location) ([]engine.Count, error) {
	all, err := snap.Search(ctx, &engine.Request{Plan: match.All{}, Facets: []engine.Facet{f}, Location: loc})
	if err != nil {
		return nil, err
	}
	return all.Counts[f], nil
}

// resolveValue returns the known values that v stands for. One with levels stands
// for itself, if it or one below it is known.
func resolveValue(f engine.FacetType, v string, known []engine.Count) []string {
	if f.Separator != "" {
		value := canonicalValue(f, v)
		below := value + f.Separator
		for i := range known {
			if k := known[i].Value; k == value || strings.HasPrefix(k, below) {
				return []string{value}
			}
		}
		return nil
	}
	var kept []string
	folded := foldValue(v)
	for i := range known {
		switch k := known[i].Value; {
		case k == v:
			return []string{v}
		case foldValue(k) == folded:
			kept = append(kept, k)
		}
	}
	return kept
}

// valuesWith returns the known values without levels that have the words of v, next
// to each other as in a phrase; where there are none, and anyOrder is set, those
// that have them in any order ("Okoye, Ada" is Ada Okoye). The value of those words
// alone is not among them.
func valuesWith(f engine.FacetType, v string, known []engine.Count, anyOrder bool) []string {
	words := foldValue(v)
	if f.Separator != "" || f.IsPeriod() || words == "" {
		return nil
	}
	var phrase, all []string
	each := strings.Fields(words)
	for i := range known {
		folded := " " + foldValue(known[i].Value) + " "
		switch {
		case folded == " "+words+" ":
		case strings.Contains(folded, " "+words+" "):
			phrase = append(phrase, known[i].Value)
		case !slices.ContainsFunc(each, func(w string) bool { return !strings.Contains(folded, " "+w+" ") }):
			all = append(all, known[i].Value)
		}
	}
	if len(phrase) > 0 || !anyOrder {
		return phrase
	}
	return all
}

// canonicalValue returns the form in which the index keeps a value, where there is
// one form for all that are alike.
func canonicalValue(f engine.FacetType, v string) string {
	switch f.Name {
	case engine.FacetTopic:
		return corpus.TopicPath(v)
	case engine.FacetMyTag:
		return query.TagPath(v)
	case engine.FacetLang:
		return match.LangTag(v)
	}
	return v
}

// foldValue is the words of a value, folded: "The Économist" and "the
// economist" agree.
func foldValue(v string) string {
	var words []string
	for _, t := range text.Words(v) {
		words = append(words, text.FirstCharacter(t.Word))
	}
	return strings.Join(words, " ")
}

// maxProposals is how many values a warning proposes.
const maxProposals = 3

// unknownValue says that no article holds a value, and proposes those with a
// word in it or one that is spelt nearly so, the most alike first.
func unknownValue(f engine.FacetType, v string, known []engine.Count) string {
	name := string(f.Name)
	if f.Name == engine.FacetLang {
		name = facetLanguage
	}
	msg := fmt.Sprintf("no article has %s %q", name, v)
	var near []string
	for _, k := range alikeValues(f, v, known) {
		if len(near) < maxProposals {
			near = append(near, k.Value)
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
	for i, f := range req.Facets {
		selected, counts := selectedValues(f, req.Filters), found.Counts[f]
		if f == engine.FacetTopicBy {
			selected, counts = q.selectedTopics(), countsByOrigin(counts, q.TopicsFrom)
		}
		fc := FacetCounts{Name: q.Facets[i]}
		for _, c := range counts {
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

// selectedTopics are the topics that filters ask for.
func (q *Query) selectedTopics() []string {
	var paths []string
	for _, f := range q.Filters {
		if f.Facet == FacetTopic && !f.Not {
			for _, v := range f.Values {
				paths = append(paths, corpus.TopicPath(v))
			}
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
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
