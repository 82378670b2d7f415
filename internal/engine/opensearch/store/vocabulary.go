package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
	"github.com/newsq/newsq/internal/match"
)

// wordsPage is how many words are asked for at once, and looked for in the articles.
const wordsPage = 1000

// renewArticles is the number of articles beyond which the words stay as they are: the
// server holds each word against each article, and took minutes for 21,600 articles of
// Reuters. What is noted too much is found by no search.
const renewArticles = 20_000

// RenewWords publishes what was written, and then writes the words that articles have
// anew: those of articles that were deleted or replaced are left out, and each stands in
// one document. The new ones are there before the old ones go, so that no word is ever
// missing.
func (w *Writer) RenewWords(ctx context.Context) (err error) {
	w.ahead.Lock()
	defer w.ahead.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.publish(ctx); err != nil {
		return err
	}
	g, err := Take(ctx, w.client, w.index)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Release(ctx)) }()
	if g.View.Articles > renewArticles {
		return nil
	}
	w.words.Forget()
	written := w.state
	written.Written = true
	if err := w.putState(ctx, written); err != nil {
		return err
	}
	w.state = written
	for _, f := range schema.TextFields() {
		if err := w.renewField(ctx, g.View, f); err != nil {
			return fmt.Errorf("renew the words of %v: %w", f, err)
		}
	}
	if err := w.deleteWords(ctx, g.View); err != nil {
		return fmt.Errorf("delete the words before: %w", err)
	}
	return w.publish(ctx)
}

// renewField writes the words of a field that articles still have.
func (w *Writer) renewField(ctx context.Context, v *reader.View, f match.Field) error {
	var after transport.Object
	for {
		words, last, err := wordsAfter(ctx, v, f, after)
		if err != nil || len(words) == 0 {
			return err
		}
		used, err := usedWords(ctx, v, f, words)
		if err != nil {
			return err
		}
		w.words.Fresh(f, used)
		if err := w.sendWords(ctx); err != nil {
			return err
		}
		if last == nil || len(words) < wordsPage {
			return nil
		}
		after = last
	}
}

// sendWords sends the words that are new, in documents of their own.
func (w *Writer) sendWords(ctx context.Context) error {
	list := w.words.Documents()
	if len(list) == 0 {
		return nil
	}
	version, err := w.version()
	if err != nil {
		return err
	}
	ops := make([]transport.Operation, len(list))
	for i, source := range list {
		key := fmt.Sprintf("%d-%d-%d", w.lease.Session(), uint32(version), i)
		ops[i] = transport.Operation{ID: schema.DocID(schema.KindWords, key), Source: source, Version: version}
	}
	return w.bulk(ctx, ops)
}

// wordsAfter returns a page of the words of a field as they were noted, each once.
func wordsAfter(ctx context.Context, v *reader.View, f match.Field, after transport.Object) (words []string, last transport.Object, err error) {
	const name = "word"
	composite := transport.Object{"size": wordsPage, "sources": []any{
		transport.Object{name: transport.Object{"terms": transport.Object{"field": schema.VocabularyField(f)}}},
	}}
	if after != nil {
		composite["after"] = after
	}
	var answer struct {
		Aggregations struct {
			Words struct {
				After   transport.Object `json:"after_key"`
				Buckets []struct{ Key struct{ Word string } }
			}
		}
	}
	err = v.Search(ctx, transport.Object{
		"size": 0, "track_total_hits": false,
		"query": transport.Object{"term": transport.Object{schema.FieldKind: schema.KindWords}},
		"aggs":  transport.Object{"words": transport.Object{"composite": composite}},
	}, &answer)
	if err != nil {
		return nil, nil, err
	}
	for _, b := range answer.Aggregations.Words.Buckets {
		words = append(words, b.Key.Word)
	}
	return words, answer.Aggregations.Words.After, nil
}

// usedWords returns the words that an article has in a field.
func usedWords(ctx context.Context, v *reader.View, f match.Field, words []string) (used []string, err error) {
	filters := make([]any, len(words))
	for i, word := range words {
		filters[i] = transport.Object{"term": transport.Object{schema.WordField(f): word}}
	}
	var answer struct {
		Aggregations struct {
			Words struct {
				Buckets []struct {
					Count int `json:"doc_count"`
				}
			}
		}
	}
	err = v.Search(ctx, transport.Object{
		"size": 0, "track_total_hits": false,
		"aggs": transport.Object{"words": transport.Object{"filters": transport.Object{"filters": filters}}},
	}, &answer)
	if err != nil {
		return nil, err
	}
	counts := answer.Aggregations.Words.Buckets
	if len(counts) != len(words) {
		return nil, fmt.Errorf("the cluster counted %d words of %d", len(counts), len(words))
	}
	for i, word := range words {
		if counts[i].Count > 0 {
			used = append(used, word)
		}
	}
	return used, nil
}

// deleteWords deletes the documents of words that a view shows.
func (w *Writer) deleteWords(ctx context.Context, v *reader.View) error {
	body := transport.Object{
		"size": wordsPage, "track_total_hits": false, "_source": false,
		"query": transport.Object{"term": transport.Object{schema.FieldKind: schema.KindWords}},
		"sort":  []any{transport.Object{"_shard_doc": "asc"}},
	}
	for {
		var answer struct {
			Hits struct {
				Hits []struct {
					ID   string `json:"_id"`
					Sort []any
				}
			}
		}
		if err := v.Search(ctx, body, &answer); err != nil {
			return err
		}
		list := answer.Hits.Hits
		ops := make([]transport.Operation, len(list))
		for i, h := range list {
			ops[i] = transport.Operation{Delete: true, ID: h.ID}
		}
		if err := w.send(ctx, ops); err != nil || len(list) < wordsPage {
			return err
		}
		body["search_after"] = list[len(list)-1].Sort
	}
}
