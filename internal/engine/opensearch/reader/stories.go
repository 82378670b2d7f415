package reader

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// termsPage is how many values a query asks for: a cluster takes no more than 65,536.
const termsPage = 10_000

// story is the story of an article; empty where it has none.
func (f *fields) story() string {
	if len(f.Story) == 0 {
		return ""
	}
	return f.Story[0]
}

// Stored implements the method of engine.Snapshot.
func (v *View) Stored(ctx context.Context, ids ...string) ([]engine.StoredArticle, error) {
	articles := make([]engine.StoredArticle, 0, len(ids))
	for page := range slices.Chunk(ids, getPage) {
		body := transport.Object{
			"query": all(append(v.ArticlesFilter(), withIDs(page))...), "sort": []string{"_shard_doc"},
			"_source": []string{schema.FieldArticle}, "docvalue_fields": storedFields,
		}
		found := make(map[string]engine.StoredArticle, len(page))
		for h, err := range v.pages(ctx, body) {
			if err != nil {
				return nil, err
			}
			a, err := h.storedArticle()
			if err != nil {
				return nil, err
			}
			found[a.Article.ID] = a
		}
		for _, id := range page {
			if a, ok := found[id]; ok {
				articles = append(articles, a)
			}
		}
	}
	return articles, ctx.Err()
}

// Keys implements the method of engine.Snapshot.
func (v *View) Keys(ctx context.Context, ids ...string) ([][]uint32, error) {
	lists := make([][]uint32, len(ids))
	at := make(map[string]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	for page := range slices.Chunk(ids, termsPage) {
		for h, err := range v.pages(ctx, sharedBody(v, withIDs(page))) {
			if err != nil {
				return nil, err
			}
			id, keys, err := h.shared()
			if err != nil {
				return nil, err
			}
			lists[at[id]] = keys
		}
	}
	return lists, ctx.Err()
}

// sharedBody asks for the ids and the keys of the articles that a filter lets through.
func sharedBody(v *View, filter transport.Object) transport.Object {
	return transport.Object{
		"query": all(append(v.ArticlesFilter(), filter)...), "sort": []string{"_shard_doc"}, "stored_fields": "_none_",
		"docvalue_fields": []string{schema.FieldID, schema.FieldShared},
	}
}

// shared returns the id and the keys of an article.
func (h *hit) shared() (id string, keys []uint32, err error) {
	if id, err = key(h.Fields.ID); err != nil {
		return "", nil, err
	}
	keys = make([]uint32, len(h.Fields.Shared))
	for i, s := range h.Fields.Shared {
		k, ok := schema.KeyOfShared(s)
		if !ok {
			return "", nil, fmt.Errorf("%w: article %q: %q is no key that copies share", engine.ErrDamaged, id, s)
		}
		keys[i] = k
	}
	return id, keys, nil
}

// Sharing implements the method of engine.Snapshot. It looks keys up, a group of lists at a
// time.
func (v *View) Sharing(ctx context.Context, lists [][]uint32, least int) iter.Seq2[engine.Sharer, error] {
	return func(yield func(engine.Sharer, error) bool) {
		for first := 0; first < len(lists); {
			n, keys := 0, 0
			for first+n < len(lists) && (n == 0 || keys+len(lists[first+n]) <= termsPage) {
				keys += len(lists[first+n])
				n++
			}
			if !v.sharing(ctx, lists[first:first+n], first, least, yield) {
				return
			}
			first += n
		}
	}
}

// sharing yields the articles that have enough keys of some lists, of which the first has
// the index first; false when the loop has ended.
func (v *View) sharing(ctx context.Context, lists [][]uint32, first, least int, yield func(engine.Sharer, error) bool) bool {
	with := map[uint32][]int{}
	var values []string
	for i, keys := range lists {
		for _, k := range keys {
			if with[k] == nil {
				values = append(values, schema.SharedKey(k))
			}
			with[k] = append(with[k], i)
		}
	}
	if len(values) == 0 {
		return true
	}
	for h, err := range v.pages(ctx, sharedBody(v, transport.Object{"terms": transport.Object{schema.FieldShared: values}})) {
		var id string
		var keys []uint32
		if err == nil {
			id, keys, err = h.shared()
		}
		if err != nil {
			yield(engine.Sharer{}, err)
			return false
		}
		count := map[int]int{}
		for _, k := range keys {
			for _, i := range with[k] {
				count[i]++
			}
		}
		for i, n := range count {
			if n >= least && !yield(engine.Sharer{List: first + i, Keys: n, ID: id}, nil) {
				return false
			}
		}
	}
	return true
}

// StoryIDs implements the method of engine.Snapshot.
func (v *View) StoryIDs(ctx context.Context, stories ...string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for page := range slices.Chunk(stories, termsPage) {
			of := transport.Object{"terms": transport.Object{schema.FieldStory: page}}
			for id, err := range v.keys(ctx, schema.FieldID, append(v.ArticlesFilter(), of)...) {
				if !yield(id, err) || err != nil {
					return
				}
			}
		}
	}
}
