package search

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// Articles whose words are read to see whether a condition matches them: in all, and in
// one request.
const (
	maxCandidates  = 10_000
	candidatesPage = 200
)

// materialize returns the query for those articles that p matches, of those that q
// does. Where these are too many, the words are read of those alone that p doesn't match
// for certain.
func (c *compiler) materialize(ctx context.Context, p match.Plan, q query) (query, error) {
	sure, doubtful, err := c.part(ctx, p, q)
	if err != nil {
		return nil, err
	}
	checked, err := c.checked(ctx, p, doubtful)
	if errors.Is(err, engine.ErrTooBroad) {
		var certain query
		if certain, err = c.certain(ctx, p); err != nil {
			return nil, err
		}
		sure = append(sure, certain)
		checked, err = c.checked(ctx, p, allOf(doubtful, not(certain)))
	}
	return anyOf(append(sure, checked)...), err
}

// part parts q, which matches all that p does, into what p matches, if anything is known
// to be so, and what it may match.
func (c *compiler) part(ctx context.Context, p match.Plan, q query) (sure []query, doubtful query, err error) {
	if s, ok := p.(match.Spans); ok {
		b, err := c.spans(ctx, s)
		return []query{b.sure}, b.doubtful, err
	}
	n, ok := p.(match.Near)
	if !ok || n.Ordered {
		return nil, q, nil
	}
	var doubts []query
	for _, f := range parts(n.Field) {
		of, err := c.exactOperands(ctx, f, n)
		if err != nil || of == nil {
			return nil, q, err
		}
		chained := chainedFirst(of, match.SpanNear{Distance: n.Distance}, f)
		if chained.whole {
			return nil, q, nil
		}
		if chained.doubt != nil {
			doubts = append(doubts, chained.doubt)
		}
	}
	doubt := anyOf(doubts...)
	return []query{allOf(q, not(doubt))}, allOf(q, doubt), nil
}

// checked returns the query for those articles of q that p matches by their words.
func (c *compiler) checked(ctx context.Context, p match.Plan, q query) (query, error) {
	var ids []string
	err := c.candidates(ctx, q, func(id string, doc *match.Doc) {
		if match.Match(p, doc) {
			ids = append(ids, id)
		}
	})
	switch {
	case err != nil:
		return nil, err
	case len(ids) == 0:
		return matchNone(), nil
	}
	return query{"ids": query{"values": ids}}, nil
}

// certain returns a query for articles that a condition on words matches for certain.
func (c *compiler) certain(ctx context.Context, p match.Plan) (query, error) {
	var of []query
	for _, n := range narrower(p) {
		q, exact, err := c.near(ctx, n)
		if err != nil {
			return nil, err
		}
		if exact {
			of = append(of, q)
		}
	}
	return anyOf(of...), nil
}

// candidatePage is a page of articles with their words.
type candidatePage struct {
	Hits struct {
		Total struct{ Value int }
		Hits  []struct {
			ID     string `json:"_id"`
			Sort   json.RawMessage
			Fields struct{ Tokens [][]byte }
		}
	}
}

// candidates calls f for each article of the view that q matches, with the id of its
// document.
func (c *compiler) candidates(ctx context.Context, q query, f func(id string, doc *match.Doc)) error {
	most := cmp.Or(c.maxCandidates, maxCandidates)
	body := query{
		"track_total_hits": most + 1,
		"query":            query{"bool": query{"filter": append(c.view.ArticlesFilter(), q)}},
		"_source":          false, "stored_fields": []string{schema.FieldTokens}, "sort": []string{"_shard_doc"},
	}
	for size := candidatesPage; ; {
		body["size"] = size
		var page candidatePage
		err := c.view.Search(ctx, body, &page)
		if smaller, ok := reader.SmallerPage(size, err); ok {
			size = smaller
			continue
		}
		if err != nil {
			return err
		}
		if page.Hits.Total.Value > most {
			return engine.ErrTooManyWords
		}
		for _, h := range page.Hits.Hits {
			if len(h.Fields.Tokens) != 1 {
				return fmt.Errorf("%w: %s: %w", engine.ErrDamaged, h.ID, errNoWords)
			}
			doc, err := schema.DecodeTokens(h.Fields.Tokens[0])
			if err != nil {
				return fmt.Errorf("%w: %s: %w", engine.ErrDamaged, h.ID, err)
			}
			f(h.ID, doc)
		}
		if len(page.Hits.Hits) < size {
			return nil
		}
		body["search_after"] = page.Hits.Hits[size-1].Sort
		body["track_total_hits"] = false
	}
}
