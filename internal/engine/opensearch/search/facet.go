package search

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/engine"
)

// How many buckets, each with a value and its count, there are in an answer. A cluster
// refuses one with more than 65,535 in all.
const (
	maxBuckets     = 55_000
	maxFacetValues = 10_000 // of one facet
	maxPages       = 100
)

// counting is what a request counts beside its hits: a part of its search. Filters that
// don't apply to all counts are a post filter, and each count is of articles that pass
// those of them that apply to it.
type counting struct {
	compiler *compiler
	request  *engine.Request
	// filters keep the articles that are counted; they belong into the query.
	filters []query
	open    []openFilter
	facets  []*facetCount
	also    []query
}

// openFilter is a filter that does not apply to the counts of its own facet.
type openFilter struct {
	facet engine.Facet
	query query
}

// newCounting prepares what a request counts. plan is the set of its plan.
func (c *compiler) newCounting(ctx context.Context, r *engine.Request, plan query) (*counting, error) {
	k := &counting{compiler: c, request: r, filters: []query{plan}}
	for _, f := range c.view.ArticlesFilter() {
		k.filters = append(k.filters, f.(query))
	}
	for _, f := range r.Filters {
		q, err := filterQuery(f, r.Location)
		if err != nil {
			return nil, err
		}
		if !f.Not && slices.Contains(r.Facets, f.Facet) {
			k.open = append(k.open, openFilter{f.Facet, q})
		} else {
			k.filters = append(k.filters, q)
		}
	}
	for _, p := range r.Also {
		q, err := c.set(ctx, p)
		if err != nil {
			return nil, err
		}
		k.also = append(k.also, allOf(append(k.openExcept(""), q)...))
	}
	for _, f := range r.Facets {
		count, err := k.newFacetCount(ctx, f)
		if err != nil {
			return nil, err
		}
		k.facets = append(k.facets, count)
	}
	return k, nil
}

// openExcept returns the filters that apply to the counts of a facet, beside those that
// apply to all.
func (k *counting) openExcept(f engine.Facet) []query {
	var of []query
	for _, o := range k.open {
		if o.facet != f {
			of = append(of, o.query)
		}
	}
	return of
}

// postFilter returns the query that keeps the hits of those that are counted; nil for
// all of them.
func (k *counting) postFilter() query {
	if len(k.open) == 0 {
		return nil
	}
	return allOf(k.openExcept("")...)
}

// aggregations returns what is counted along with the hits; nil for nothing.
func (k *counting) aggregations() query {
	aggs := query{}
	for i, q := range k.also {
		aggs[alsoName(i)] = query{"filter": q}
	}
	for _, f := range k.facets {
		if f.values != nil {
			aggs[f.name()] = query{"filter": f.filter, "aggs": f.values}
		}
	}
	if len(aggs) == 0 {
		return nil
	}
	return aggs
}

func alsoName(i int) string { return fmt.Sprintf("also_%d", i) }

// read takes the counts from the aggregations of the answer, and asks for what did not
// fit into it.
func (k *counting) read(ctx context.Context, answer map[string]json.RawMessage, out *engine.Response) error {
	for i := range k.also {
		var one struct {
			Count int `json:"doc_count"`
		}
		if err := decode(answer, alsoName(i), &one); err != nil {
			return err
		}
		out.Also = append(out.Also, one.Count)
	}
	if len(k.facets) > 0 {
		out.Counts = make(map[engine.Facet][]engine.Count, len(k.facets))
	}
	for _, f := range k.facets {
		var values map[string]json.RawMessage
		if f.values != nil {
			if err := decode(answer, f.name(), &values); err != nil {
				return err
			}
		}
		counts, exact, err := f.read(ctx, values)
		if err != nil {
			return fmt.Errorf("count by %s: %w", f.facet.Name, err)
		}
		if !exact {
			out.Inexact = append(out.Inexact, fmt.Sprintf("the counts by %s", f.facet.Name))
		}
		out.Counts[f.facet.Name] = f.facet.SortCounts(counts)
	}
	return nil
}

// decode reads an aggregation. One that is missing is an error: its count would be 0.
func decode(answer map[string]json.RawMessage, name string, into any) error {
	b, ok := answer[name]
	if !ok {
		return fmt.Errorf("%w: answer to a search lacks what was to be counted: %s", engine.ErrServer, name)
	}
	return json.Unmarshal(b, into)
}

// facetCount counts the values of a facet.
type facetCount struct {
	counting *counting
	facet    engine.FacetType
	filter   query // the open filters that apply
	// values are the aggregations that go along with the hits; nil where all are asked
	// for apart.
	values query
	// pieces are the stretches of time to count articles with a time of day in, for
	// periods in a location where the day is another one than in UTC.
	pieces []piece
}

func (f *facetCount) name() string { return "facet_" + string(f.facet.Name) }

// The names of the aggregations of a facet.
const (
	valuesName = "values" // of keywords, or of periods in UTC
	piecesName = "pieces"
)

func (k *counting) newFacetCount(ctx context.Context, name engine.Facet) (*facetCount, error) {
	t, ok := name.Type()
	if !ok {
		return nil, fmt.Errorf("unknown facet %q", name)
	}
	f := &facetCount{counting: k, facet: t, filter: allOf(k.openExcept(name)...)}
	if t.IsPeriod() {
		return f, f.countPeriods(ctx)
	}
	field, _ := facetField(name)
	f.values = query{valuesName: query{"terms": query{"field": field, "size": f.size()}}}
	return f, nil
}

// size is how many values are counted along with the hits.
func (f *facetCount) size() int {
	return min(f.counting.compiler.pageSize(), maxBuckets/len(f.counting.request.Facets))
}

// pageSize is how many values an answer has that is of a facet alone.
func (c *compiler) pageSize() int {
	if c.facetValues > 0 {
		return c.facetValues
	}
	return maxFacetValues
}

// read returns the counts, and whether they are exact.
func (f *facetCount) read(ctx context.Context, answer map[string]json.RawMessage) (map[string]int, bool, error) {
	if f.facet.IsPeriod() {
		return f.readPeriods(ctx, answer)
	}
	var list termCounts
	if err := decode(answer, valuesName, &list); err != nil {
		return nil, false, err
	}
	if list.Others == 0 && list.Error == 0 {
		return list.counts(), true, nil
	}
	field, _ := facetField(f.facet.Name)
	counts := map[string]int{}
	whole, err := f.pages(ctx, query{"terms": query{"field": field}}, nil, nil, func(key json.RawMessage, n int) error {
		var value string
		err := json.Unmarshal(key, &value)
		counts[value] += n
		return err
	})
	if err == nil && !whole {
		counts = list.counts()
	}
	return counts, whole, err
}

func (l *termCounts) counts() map[string]int {
	counts := make(map[string]int, len(l.Buckets))
	for _, b := range l.Buckets {
		counts[b.Key] = b.Count
	}
	return counts
}

// pageCounts is a page of the values of a field, in their order.
type pageCounts struct {
	After   json.RawMessage `json:"after_key"`
	Buckets []struct {
		Key   struct{ Value json.RawMessage }
		Count int `json:"doc_count"`
	}
}

func pageOf(source query, size int, after json.RawMessage) query {
	page := query{"size": size, "sources": []query{{"value": source}}}
	if after != nil {
		page["after"] = after
	}
	return query{"composite": page}
}

// each calls add for each value of a page of so many, and returns where the next page
// starts; nil for none.
func (p *pageCounts) each(size int, add func(key json.RawMessage, n int) error) (next json.RawMessage, err error) {
	for _, b := range p.Buckets {
		if err := add(b.Key.Value, b.Count); err != nil {
			return nil, err
		}
	}
	if len(p.Buckets) < size {
		return nil, nil
	}
	return p.After, nil
}

// pages reads all values of a source from after on, in requests of their own. filters
// keep articles beside those of the facet. It returns false when there are too many.
func (f *facetCount) pages(ctx context.Context, source query, after json.RawMessage, filters []query, add func(key json.RawMessage, n int) error) (bool, error) {
	k := f.counting
	all, size := slices.Concat(k.filters, []query{f.filter}, filters), k.compiler.pageSize()
	for range maxPages {
		var answer struct {
			Aggregations struct{ Values pageCounts }
		}
		err := k.compiler.view.Search(ctx, query{
			"size": 0, "track_total_hits": false, "query": allOf(all...),
			"aggs": query{valuesName: pageOf(source, size, after)},
		}, &answer)
		if err != nil {
			return false, err
		}
		if after, err = answer.Aggregations.Values.each(size, add); err != nil || after == nil {
			return err == nil, err
		}
	}
	return false, nil
}
