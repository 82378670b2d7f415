package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// The client counts the frequencies that no query tells for some times as many articles
// as there are hits wanted, within these bounds. The words of one take some KB.
const (
	windowLimits = 3
	minWindow    = 300
	maxWindow    = 1000
)

func (q *search) window() int {
	return min(max(q.request.Limit, minWindow/windowLimits), maxWindow/windowLimits) * windowLimits
}

// estimated returns the ids of the leaves whose frequencies the server does not know.
func (q *search) estimated() (ids []int) {
	for id, p := range q.tree.distinct {
		if ranks(p) && q.frequencies[id].doubt != nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// countFrequencies counts, by the words of articles, the frequencies of leaves that no
// query tells: in all articles that are found, or in those that come first by an
// estimate.
func (q *search) countFrequencies(ctx context.Context) error {
	ids := slices.DeleteFunc(q.estimated(), func(id int) bool { return q.counted[id] != nil })
	if len(ids) == 0 || !q.byRelevance() {
		return nil
	}
	of, err := q.among(ctx, append(q.counting.openExcept(""), anyOf(q.doubts(ids)...))...)
	if err != nil {
		return err
	}
	key, err := json.Marshal(of)
	if err != nil {
		return err
	}
	leaves := make([]match.Plan, len(ids))
	for i, id := range ids {
		leaves[i] = q.tree.distinct[id]
	}
	// The query doesn't tell which leaves it is of: phrases in the same articles, however
	// often they occur there, may be one list of ids.
	counted, err := reader.Cached(q.view, fmt.Sprintf("frequencies of %#v in %d %s", leaves, q.window(), key), func() ([]*countedFrequencies, error) {
		return q.readFrequencies(ctx, of, leaves)
	})
	if err != nil {
		return err
	}
	for i, id := range ids {
		q.counted[id] = counted[i]
	}
	if !q.counted[ids[0]].all {
		q.inexact = append(q.inexact, fmt.Sprintf("the order of hits beyond the first %d", q.window()))
	}
	return nil
}

// doubts returns the queries for the articles in which leaves are estimated.
func (q *search) doubts(ids []int) []query {
	of := make([]query, len(ids))
	for i, id := range ids {
		of[i] = q.frequencies[id].doubt
	}
	return of
}

// readFrequencies counts the frequencies of leaves in the first articles of a query.
func (q *search) readFrequencies(ctx context.Context, of query, leaves []match.Plan) ([]*countedFrequencies, error) {
	counted := make([]*countedFrequencies, len(leaves))
	for i := range counted {
		counted[i] = &countedFrequencies{byFrequency: map[int][]string{}}
	}
	body := query{
		"query": of, "track_total_hits": q.window() + 1, "sort": q.sort(), "_source": false,
		"stored_fields": []string{schema.FieldTokens},
	}
	for left, page := q.window(), q.window(); ; {
		size := min(left, page)
		body["size"] = size
		var a answer
		err := q.view.Search(ctx, body, &a)
		if smaller, ok := reader.SmallerPage(size, err); ok {
			page = smaller
			continue
		}
		if err != nil {
			return nil, err
		}
		if left == q.window() {
			for _, c := range counted {
				c.all = a.Hits.Total.Value <= q.window()
			}
		}
		if err := q.addFrequencies(&a, leaves, counted); err != nil {
			return nil, err
		}
		left -= len(a.Hits.Hits)
		if left <= 0 || len(a.Hits.Hits) < size {
			return counted, nil
		}
		body["search_after"], body["track_total_hits"] = a.Hits.Hits[size-1].Sort, false
	}
}

// addFrequencies adds the frequencies of leaves in the articles of an answer.
func (q *search) addFrequencies(a *answer, leaves []match.Plan, counted []*countedFrequencies) error {
	for n := range a.Hits.Hits {
		h := &a.Hits.Hits[n]
		p, err := q.readPosition(h)
		if err != nil {
			return err
		}
		doc, err := h.doc()
		if err != nil {
			return fmt.Errorf("%w: %s: %w", engine.ErrDamaged, p.ID, err)
		}
		for i, leaf := range leaves {
			if f := countFrequency(leaf, doc); f > 0 {
				counted[i].byFrequency[f] = append(counted[i].byFrequency[f], schema.Key(p.ID))
			}
		}
	}
	return nil
}

// doc returns the words of an article.
func (h *hit) doc() (*match.Doc, error) {
	if len(h.Fields.Tokens) != 1 {
		return nil, errNoWords
	}
	return schema.DecodeTokens(h.Fields.Tokens[0])
}

var errNoWords = errors.New("its words are missing")
