package maintain

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// document is an article's document as it is stored, which may be damaged.
type document struct {
	ID     string                            `json:"_id"`
	Source struct{ Article json.RawMessage } `json:"_source"`
	Fields struct {
		ID     []string
		Entry  []string
		Tokens []string
	}
	Sort []json.RawMessage
}

// documents yields the documents of all articles of a view, in the order in which they
// lie.
func documents(ctx context.Context, v *reader.View) iter.Seq2[*document, error] {
	body := transport.Object{
		"query":           transport.Object{"bool": transport.Object{"filter": v.ArticlesFilter()}},
		"sort":            []any{transport.Object{"_shard_doc": "asc"}},
		"_source":         []string{schema.FieldArticle},
		"docvalue_fields": []string{schema.FieldID, schema.FieldEntry},
		"stored_fields":   []string{schema.FieldTokens},
	}
	return reader.Pages(ctx, v, body, (*document).size, func(d *document) []json.RawMessage { return d.Sort })
}

// size is about how many bytes the document takes.
func (d *document) size() int {
	n := len(d.Source.Article)
	for _, t := range d.Fields.Tokens {
		n += len(t)
	}
	return n
}

// article returns the article that the document has.
func (d *document) article() (a corpus.Article, entry string, err error) {
	if len(d.Source.Article) == 0 {
		return a, "", errors.New("its article is missing")
	}
	if err := json.Unmarshal(d.Source.Article, &a); err != nil {
		return a, "", fmt.Errorf("its article can't be read: %w", err)
	}
	id, err := one(d.Fields.ID)
	if err != nil {
		return a, "", fmt.Errorf("its field id: %w", err)
	}
	if want := schema.DocID(schema.KindArticle, id); d.ID != want {
		return a, "", fmt.Errorf("its document has the id %.200q, not %.200q: there may be two of it", d.ID, want)
	}
	a.ID = id
	if len(d.Fields.Entry) > 0 {
		entry, err = one(d.Fields.Entry)
	}
	return a, entry, err
}

// check returns what is wrong with the document.
func (d *document) check() error {
	if _, _, err := d.article(); err != nil {
		return err
	}
	if len(d.Fields.Tokens) != 1 {
		return errors.New("its words are missing")
	}
	tokens, err := base64.StdEncoding.DecodeString(d.Fields.Tokens[0])
	if err == nil {
		_, err = schema.DecodeTokens(tokens)
	}
	if err != nil {
		return fmt.Errorf("its words can't be read: %w", err)
	}
	return nil
}

// one returns the only value of a field with a key.
func one(values []string) (string, error) {
	if len(values) != 1 {
		return "", fmt.Errorf("it has %d values instead of one", len(values))
	}
	key, ok := schema.KeyOf(values[0])
	if !ok {
		return "", fmt.Errorf("%.200q is no key", values[0])
	}
	return key, nil
}

// id returns the id of the article, as far as it can be read.
func (d *document) id() string {
	id, err := one(d.Fields.ID)
	if err != nil {
		return d.ID
	}
	return id
}
