package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

const (
	// maxPage is how many hits are asked for at once: more than 10,000 no index returns
	// unless it is told to.
	maxPage = 10_000
	// maxWordsPage is the same where the words of articles come with them.
	maxWordsPage = 1000
	// loadedHits is up to how many hits come with their articles: those of a page of 100, and
	// the one behind it that tells whether another page follows.
	loadedHits = 101
)

// search is a search at work.
type search struct {
	view       *reader.View
	compiler   *compiler
	request    *engine.Request
	tree       *tree
	statistics *bm25f.Statistics
	bm25       bm25
	// preselecting is set while a query is made that estimates scores, see preselect.
	preselecting bool
	// preselectFrom is from how many scripts on, about, hits are preselected.
	preselectFrom int
	minWindow     int                   // see window
	maxRead       int                   // see windows
	broad         bool                  // whether patterns have too many words to count these
	frequencies   []frequency           // by id of leaf
	counted       []*countedFrequencies // by id of leaf; nil where the server's are taken
	windows       *windows              // nil where the server knows what is wanted
	counting      *counting
	inexact       []string
}

// Run answers a request from a view. a gives the stems of words where a plan asks for
// words by their stem.
func Run(ctx context.Context, v *reader.View, a analysis.Analyzer, r *engine.Request) (*engine.Response, error) {
	if !countsValues(r) {
		return newSearch(v, a, r).answer(ctx)
	}
	// Filters are held to these values, so that they are asked for again and again.
	out, err := reader.Cached(v, fmt.Sprintf("values of %q", r.Facets), func() (*engine.Response, error) {
		return newSearch(v, a, r).answer(ctx)
	})
	if err != nil {
		return nil, err
	}
	own := *out
	own.Counts = make(map[engine.Facet][]engine.Count, len(out.Counts))
	for f, list := range out.Counts {
		own.Counts[f] = slices.Clone(list)
	}
	return &own, nil
}

// countsValues reports whether a request asks for nothing but the values of facets, of all
// articles, wherever one is.
func countsValues(r *engine.Request) bool {
	for _, f := range r.Facets {
		if t, ok := f.Type(); !ok || t.IsPeriod() {
			return false
		}
	}
	_, all := r.Plan.(match.All)
	return all && r.Limit <= 0 && len(r.Facets) > 0 && len(r.Filters)+len(r.Also) == 0
}

func newSearch(v *reader.View, a analysis.Analyzer, r *engine.Request) *search {
	return &search{
		view: v, compiler: &compiler{view: v, analyzer: a},
		request: r, tree: newTree(r.Plan), preselectFrom: preselectFrom,
		minWindow: minWindow, maxRead: maxRead,
	}
}

func (q *search) answer(ctx context.Context) (*engine.Response, error) {
	out, err := q.run(ctx)
	if errors.Is(err, engine.ErrTooBroad) && q.countsPatterns() {
		// The words of a pattern are too many to be counted. That they match costs less.
		q.broad = true
		out, err = q.run(ctx)
	}
	return out, err
}

func (q *search) run(ctx context.Context) (*engine.Response, error) {
	if err := q.prepare(ctx); err != nil {
		return nil, err
	}
	out, err := q.settle(ctx)
	if err != nil {
		return nil, err
	}
	if q.tree.root.scores && len(out.Hits) > 0 {
		out.Statistics = q.statistics.Encode()
	}
	out.Inexact = append(out.Inexact, q.inexact...)
	return out, nil
}

// settle finds hits, and counts frequencies that the server does not know until these
// decide nothing.
func (q *search) settle(ctx context.Context) (*engine.Response, error) {
	var err error
	if q.windows, err = q.newWindows(ctx); err != nil {
		return nil, err
	}
	for {
		if q.windows != nil {
			if err := q.countFrequencies(ctx, q.windows); err != nil {
				return nil, err
			}
		}
		out, err := q.find(ctx)
		if err != nil || q.settles(q.windows, out.Hits) {
			return out, err
		}
	}
}

// prepare finds out what the queries of the search are made of.
func (q *search) prepare(ctx context.Context) error {
	q.inexact, q.counted = nil, make([]*countedFrequencies, len(q.tree.distinct))
	q.frequencies = make([]frequency, len(q.tree.distinct))
	for i, p := range q.tree.distinct {
		var err error
		if q.frequencies[i], err = q.compiler.frequency(ctx, p, q.broad); err != nil {
			return err
		}
	}
	var err error
	if q.statistics, err = q.readStatistics(ctx); err != nil {
		return err
	}
	q.bm25 = weigh(q.statistics, q.request.Languages, q.tree.leaves)
	set, err := q.compiler.set(ctx, q.request.Plan)
	if err != nil {
		return err
	}
	q.counting, err = q.compiler.newCounting(ctx, q.request, set)
	return err
}

// countsPatterns reports whether the server counts the words of patterns.
func (q *search) countsPatterns() bool {
	if q.broad {
		return false
	}
	for _, p := range q.tree.distinct {
		if p, ok := p.(match.Phrase); ok && len(p.Terms) == 1 && ranks(p) {
			return true
		}
	}
	return false
}

// byRelevance reports whether scores order the hits that are wanted.
func (q *search) byRelevance() bool {
	return q.request.Order == engine.Relevance && q.request.Limit > 0 && q.tree.root.scores
}

// needsWords reports whether hits must come with the words of their articles: where
// parts of the score are asked for, or where the server doesn't know the score.
func (q *search) needsWords() bool {
	if !q.tree.root.scores {
		return false
	}
	return q.request.Explain || q.request.Order != engine.Relevance && len(q.estimated()) > 0
}

// find asks for hits, counts and totals.
func (q *search) find(ctx context.Context) (*engine.Response, error) {
	body, err := q.body(ctx)
	if err != nil {
		return nil, err
	}
	out := &engine.Response{Exact: true}
	counted := false
	if q.preselects() {
		if body, err = q.preselect(ctx, body, out); err != nil {
			return nil, err
		}
		counted = true
	}
	page := q.page()
	for more := true; more; {
		size := min(q.request.Limit-len(out.Hits), page)
		body["size"] = max(size, 0)
		var a answer
		err := q.view.Search(ctx, body, &a)
		if smaller, ok := reader.SmallerPage(size, err); ok {
			page = smaller
			continue
		}
		if err != nil {
			return nil, err
		}
		if !counted {
			if err := q.readCounts(ctx, &a, out); err != nil {
				return nil, err
			}
			counted = true
			stopCounting(body)
		}
		if err := q.addHits(&a, out); err != nil {
			return nil, err
		}
		if more = len(a.Hits.Hits) >= size && len(out.Hits) < q.request.Limit; more {
			body["search_after"] = a.Hits.Hits[len(a.Hits.Hits)-1].Sort
		}
	}
	return out, nil
}

// readCounts reads the total and what else is counted.
func (q *search) readCounts(ctx context.Context, a *answer, out *engine.Response) error {
	out.Total = a.Hits.Total.Value
	if a.Hits.Total.Relation != "eq" {
		out.Total, out.Exact = q.request.CountedTo(), false
	}
	return q.counting.read(ctx, a.Aggregations, out)
}

// stopCounting makes a search of which the counts are known one for further hits.
func stopCounting(body query) {
	delete(body, "aggs")
	body["track_total_hits"] = false
}

// page is how many hits are asked for at once.
func (q *search) page() int {
	if q.needsWords() {
		return maxWordsPage
	}
	return maxPage
}

// body returns the body of the search, but for its size.
func (q *search) body(ctx context.Context) (query, error) {
	r := q.request
	of, err := q.wanted(ctx)
	if err != nil {
		return nil, err
	}
	body := query{"query": of, "sort": q.sort(), "track_total_hits": true, "_source": false}
	if !r.ExactTotal && len(r.Facets) == 0 && len(r.Also) == 0 && r.Limit > 0 && r.Order == engine.Relevance {
		body["track_total_hits"] = r.CountedTo() + 1
	}
	if aggs := q.counting.aggregations(); aggs != nil {
		body["aggs"] = aggs
	}
	if filter := q.counting.postFilter(); filter != nil {
		body["post_filter"] = filter
	}
	if r.After != nil {
		body["search_after"] = q.position(r.After)
	}
	if q.scoresHits() && r.Order != engine.Relevance {
		body["track_scores"] = true
	}
	if r.Limit > 0 {
		body["docvalue_fields"] = []string{schema.FieldStory}
	}
	q.load(body)
	return body, nil
}

// scoresHits reports whether the server scores the hits that are wanted.
func (q *search) scoresHits() bool {
	return q.request.Limit > 0 && q.tree.root.scores && (q.request.Order == engine.Relevance || !q.needsWords())
}

// wanted returns the query for what is found, which scores where scores are wanted.
func (q *search) wanted(ctx context.Context) (query, error) {
	if !q.scoresHits() {
		return allOf(q.counting.filters...), nil
	}
	return q.among(ctx)
}

// among returns the query that scores what is found, of those articles that some more
// filters keep.
func (q *search) among(ctx context.Context, filters ...query) (query, error) {
	of, err := q.scored(ctx, q.tree.root)
	// The first filter is the plan.
	return query{"bool": query{"must": of, "filter": append(filters, q.counting.filters[1:]...)}}, err
}

// load has the hits come with what is needed of them.
func (q *search) load(body query) {
	switch withArticle := q.request.Limit <= loadedHits; {
	case q.needsWords():
		body["stored_fields"] = []string{schema.FieldTokens}
		if withArticle {
			body["stored_fields"] = []string{schema.FieldTokens, "_source"}
		}
	case !withArticle:
		body["stored_fields"] = "_none_"
		delete(body, "_source")
		return
	}
	if q.request.Limit <= loadedHits {
		body["_source"] = []string{schema.FieldArticle}
	}
}

// sort is the order of hits.
func (q *search) sort() []query {
	byField := func(field, order string) query {
		return query{field: query{"order": order, "missing": "_last"}}
	}
	byTime := func(order string) query { return byField(schema.FieldTime, order) }
	byID := query{schema.FieldID: "asc"}
	switch q.request.Order {
	case engine.Newest:
		return []query{byTime("desc"), byID}
	case engine.Oldest:
		return []query{byTime("asc"), byID}
	case engine.LastAdded:
		return []query{byField(schema.FieldAdded, "desc"), byTime("desc"), byID}
	}
	return []query{{"_score": "desc"}, byTime("desc"), byID}
}

// position returns the values by which hits are sorted, as the server has them.
func (q *search) position(p *engine.Position) []any {
	at := int64(math.MinInt64) // what has no date comes last
	switch {
	case !p.Published.IsZero():
		at = schema.Micros(p.Published)
	case q.request.Order == engine.Oldest:
		at = math.MaxInt64
	}
	if q.request.Order == engine.Relevance {
		return []any{float32(p.Score), at, schema.Key(p.ID)}
	}
	if q.request.Order == engine.LastAdded {
		added := int64(math.MinInt64)
		if !p.Added.IsZero() {
			added = schema.Micros(p.Added)
		}
		return []any{added, at, schema.Key(p.ID)}
	}
	return []any{at, schema.Key(p.ID)}
}

// answer is what a search returns.
type answer struct {
	Hits struct {
		Total struct {
			Value    int
			Relation string
		}
		Hits []hit
	}
	Aggregations map[string]json.RawMessage
}

// hit is an article that was found.
type hit struct {
	Score  *float64          `json:"_score"`
	Sort   []json.RawMessage // see search.sort
	Source struct {
		Article json.RawMessage
	} `json:"_source"`
	Fields struct {
		Tokens [][]byte
		Story  []string
	}
}

// addHits makes hits of those of an answer.
func (q *search) addHits(a *answer, out *engine.Response) error {
	for i := range a.Hits.Hits {
		from := &a.Hits.Hits[i]
		h, err := q.hit(from)
		if err != nil {
			return fmt.Errorf("read a hit: %w", err)
		}
		out.Hits = append(out.Hits, h)
	}
	return nil
}

func (q *search) hit(from *hit) (h engine.Hit, err error) {
	if h.Position, err = q.readPosition(from); err != nil {
		return h, err
	}
	if q.needsWords() {
		doc, err := from.doc()
		if err != nil {
			return h, fmt.Errorf("%w: %s: %w", engine.ErrDamaged, h.ID, err)
		}
		parts, sum := q.explain(q.tree.root, doc, lengthOf(doc))
		if q.request.Explain {
			h.Parts = parts
		}
		if q.request.Order != engine.Relevance {
			h.Score = sum
		}
	}
	h.Place = q.view.Place(h.ID)
	if len(from.Fields.Story) > 0 {
		h.Story = from.Fields.Story[0]
	}
	if len(from.Source.Article) > 0 {
		q.view.Keep(h.ID, from.Source.Article)
	}
	return h, nil
}

// readPosition reads the values by which a hit was sorted.
func (q *search) readPosition(from *hit) (p engine.Position, err error) {
	values := from.Sort
	if q.request.Order == engine.Relevance {
		if len(values) == 0 {
			return p, errNoSort
		}
		var score float32
		if err := json.Unmarshal(values[0], &score); err != nil {
			return p, err
		}
		p.Score, values = float64(score), values[1:]
	} else if from.Score != nil {
		p.Score = float64(float32(*from.Score))
	}
	if q.request.Order == engine.LastAdded {
		var added int64
		if len(values) == 0 {
			return p, errNoSort
		}
		if err := json.Unmarshal(values[0], &added); err != nil {
			return p, err
		}
		if values = values[1:]; added != math.MinInt64 {
			p.Added = schema.TimeOf(added)
		}
	}
	if len(values) != 2 {
		return p, errNoSort
	}
	var at int64
	var key string
	if err := errors.Join(json.Unmarshal(values[0], &at), json.Unmarshal(values[1], &key)); err != nil {
		return p, err
	}
	if at != math.MinInt64 && at != math.MaxInt64 {
		p.Published = schema.TimeOf(at)
	}
	id, ok := schema.KeyOf(key)
	if !ok {
		return p, fmt.Errorf("%w: %q is no id", engine.ErrDamaged, key)
	}
	p.ID = id
	return p, nil
}

var errNoSort = fmt.Errorf("%w: a hit does not say where it stands", engine.ErrServer)
