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

// Sharing implements the method of engine.Snapshot.
func (v *View) Sharing(ctx context.Context, keys []uint32) iter.Seq2[engine.Sharer, error] {
	return func(yield func(engine.Sharer, error) bool) {
		for page := range slices.Chunk(keys, termsPage) {
			if !v.sharing(ctx, page, yield) {
				return
			}
		}
	}
}

// sharing yields the articles that have some of these keys; false when the loop has ended.
func (v *View) sharing(ctx context.Context, keys []uint32, yield func(engine.Sharer, error) bool) bool {
	asked := make(map[uint32]bool, len(keys))
	values := make([]string, len(keys))
	for i, k := range keys {
		asked[k], values[i] = true, schema.SharedKey(k)
	}
	body := transport.Object{
		"query": all(append(v.ArticlesFilter(), transport.Object{"terms": transport.Object{schema.FieldShared: values}})...),
		"sort":  []string{"_shard_doc"}, "stored_fields": "_none_",
		"docvalue_fields": []string{schema.FieldID, schema.FieldStory, schema.FieldShared},
	}
	for h, err := range v.pages(ctx, body) {
		sharer := engine.Sharer{}
		if err == nil {
			sharer.ID, err = key(h.Fields.ID)
		}
		if err != nil {
			yield(sharer, err)
			return false
		}
		sharer.Story = h.Fields.story()
		for _, s := range h.Fields.Shared {
			k, ok := schema.KeyOfShared(s)
			if !ok {
				yield(engine.Sharer{}, fmt.Errorf("%w: article %q: %q is no key that copies share", engine.ErrDamaged, sharer.ID, s))
				return false
			}
			if sharer.Key = k; asked[k] && !yield(sharer, nil) {
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
