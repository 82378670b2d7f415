package search

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
)

// Scripts run for all articles that match, and a common word of a large archive is in
// millions. The first hits of such a search are taken from those that come first by the
// server's own BM25, which passes over what cannot be among them. It knows lengths to one
// byte, and counts what was deleted: scores differ from ours by some percent.
const (
	// preselectFrom is about how many scripts take a second.
	preselectFrom = 1_000_000
	// preselected is how many articles are ranked then.
	preselected = 1000
)

// preselects reports whether hits are preselected. Later pages are not: they go on behind
// a score, whichever articles had it.
func (q *search) preselects() bool {
	r := q.request
	return q.byRelevance() && r.After == nil && r.Limit <= loadedHits && len(q.estimated()) == 0 &&
		q.scripts(q.tree.root) > q.preselectFrom
}

// scripts bounds for how many articles a node runs scripts, about.
func (q *search) scripts(n *node) int {
	if n.kind == nodeLeaf {
		return n.leaf.docFreq
	}
	sum, least := 0, q.statistics.Articles
	for _, k := range n.kids {
		if k.scores {
			of := q.scripts(k)
			sum, least = sum+of, min(least, of)
		}
	}
	if n.kind == nodeAnd {
		return least
	}
	return sum
}

// preselect makes a search one of the articles that come first by an estimate. It reads
// what is counted.
func (q *search) preselect(ctx context.Context, body query, out *engine.Response) (query, error) {
	q.preselecting = true
	estimate, err := q.among(ctx)
	q.preselecting = false
	if err != nil {
		return nil, err
	}
	first := maps.Clone(body)
	first["query"], first["size"], first["stored_fields"] = estimate, preselected, "_none_"
	delete(first, "_source")
	var a answer
	if err := q.view.Search(ctx, first, &a); err != nil {
		return nil, err
	}
	if err := q.readCounts(ctx, &a, out); err != nil {
		return nil, err
	}
	keys := make([]json.RawMessage, 0, len(a.Hits.Hits))
	for i := range a.Hits.Hits {
		values := a.Hits.Hits[i].Sort
		if len(values) == 0 {
			return nil, errNoSort
		}
		keys = append(keys, values[len(values)-1])
	}
	if !out.Exact || out.Total > preselected {
		q.inexact = append(q.inexact, fmt.Sprintf("the order of hits (ranked are the %d that an estimate puts first)", preselected))
	}
	stopCounting(body)
	delete(body, "post_filter")
	body["query"], err = q.among(ctx, terms(schema.FieldID, keys))
	return body, err
}
