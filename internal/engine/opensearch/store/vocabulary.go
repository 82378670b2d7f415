package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
	"github.com/newsq/newsq/internal/match"
)

// wordsPage is of how many articles words are sent at once, and how many documents of
// words are deleted.
const wordsPage = 1000

// maxRenewed is the number of articles beyond which the words stay as they are, since
// the words of each article are read for it. What is noted too much is found by no search.
const maxRenewed = 20_000

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
	if g.View.Articles > maxRenewed {
		return nil
	}
	w.words.Forget()
	defer func() {
		if err != nil {
			w.words.Forget() // some may not have been sent
		}
	}()
	written := w.state
	written.Written = true
	if err := w.putState(ctx, written); err != nil {
		return err
	}
	w.state = written
	if err := w.renewArticles(ctx, g.View); err != nil {
		return fmt.Errorf("renew the words: %w", err)
	}
	if err := w.deleteWords(ctx, g.View); err != nil {
		return fmt.Errorf("delete the words before: %w", err)
	}
	return w.publish(ctx)
}

// renewArticles writes the words of all articles of a view.
func (w *Writer) renewArticles(ctx context.Context, v *reader.View) error {
	body := transport.Object{
		"query":   transport.Object{"bool": transport.Object{"filter": v.ArticlesFilter()}},
		"sort":    []any{transport.Object{"_shard_doc": "asc"}},
		"_source": false, "stored_fields": []string{schema.FieldTokens},
	}
	n := 0
	for d, err := range reader.Pages(ctx, v, body, (*tokensOf).size, func(d *tokensOf) []json.RawMessage { return d.Sort }) {
		if err != nil {
			return err
		}
		doc, err := d.doc()
		if err != nil {
			return fmt.Errorf("%w: %s: %w", engine.ErrDamaged, d.ID, err)
		}
		w.words.AddDoc(doc)
		if n++; n%wordsPage != 0 {
			continue
		}
		if err := w.sendWords(ctx); err != nil {
			return err
		}
	}
	return w.sendWords(ctx)
}

// tokensOf is the document of an article, with its words.
type tokensOf struct {
	ID     string `json:"_id"`
	Fields struct{ Tokens [][]byte }
	Sort   []json.RawMessage
}

func (d *tokensOf) size() (n int) {
	for _, t := range d.Fields.Tokens {
		n += len(t)
	}
	return n
}

func (d *tokensOf) doc() (*match.Doc, error) {
	if len(d.Fields.Tokens) != 1 {
		return nil, errors.New("its words are missing")
	}
	return schema.DecodeTokens(d.Fields.Tokens[0])
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
