package search

import (
	"context"
	"errors"
	"fmt"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// window is for how many articles the client counts the frequencies that no query tells.
const window = 2000

// estimated returns the ids of the leaves whose frequencies the server does not know.
func (q *search) estimated() (ids []int) {
	for id, p := range q.tree.distinct {
		if ranks(p) && q.frequencies[id].of == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// countFrequencies counts, by the words of articles, the frequencies of leaves that no
// query tells: in all articles that are found, or in those that come first by an
// estimate.
func (q *search) countFrequencies(ctx context.Context) error {
	ids := q.estimated()
	if len(ids) == 0 || !q.byRelevance() {
		return nil
	}
	key := fmt.Sprintf("frequencies of %#v %#v %#v %q", q.request.Plan, q.request.Filters, q.request.Location, q.request.Statistics)
	counted, err := reader.Cached(q.view, key, func() ([]*countedFrequencies, error) { return q.readFrequencies(ctx, ids) })
	if err != nil {
		return err
	}
	q.counted = counted
	if !q.counted[ids[0]].all {
		q.inexact = append(q.inexact, fmt.Sprintf("the order of hits beyond the first %d", window))
	}
	return nil
}

func (q *search) readFrequencies(ctx context.Context, ids []int) ([]*countedFrequencies, error) {
	sets := make([]query, len(ids))
	for i, id := range ids {
		sets[i] = q.frequencies[id].set
	}
	of, err := q.among(ctx, append(q.counting.openExcept(""), anyOf(sets...))...)
	if err != nil {
		return nil, err
	}
	var a answer
	err = q.view.Search(ctx, query{
		"query": of, "size": window, "track_total_hits": window + 1, "sort": q.sort(), "_source": false,
		"stored_fields": []string{schema.FieldTokens},
	}, &a)
	if err != nil {
		return nil, err
	}
	counted := make([]*countedFrequencies, len(q.tree.distinct))
	for _, id := range ids {
		counted[id] = &countedFrequencies{byFrequency: map[int][]string{}, all: a.Hits.Total.Value <= window}
	}
	for i := range a.Hits.Hits {
		h := &a.Hits.Hits[i]
		p, err := q.readPosition(h)
		if err != nil {
			return nil, err
		}
		doc, err := h.doc()
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", engine.ErrDamaged, p.ID, err)
		}
		for _, id := range ids {
			if n := countFrequency(q.tree.distinct[id], doc); n > 0 {
				counted[id].byFrequency[n] = append(counted[id].byFrequency[n], schema.Key(p.ID))
			}
		}
	}
	return counted, nil
}

// doc returns the words of an article.
func (h *hit) doc() (*match.Doc, error) {
	if len(h.Fields.Tokens) != 1 {
		return nil, errNoWords
	}
	return schema.DecodeTokens(h.Fields.Tokens[0])
}

var errNoWords = errors.New("its words are missing")
