package reader

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// The sizes of the pages in which streams are read.
const (
	firstPage  = 16
	keysPage   = 5000
	pageGrowth = 8 // from one to the next at most
	// pageBytes is about how much a page of articles or notes may take.
	pageBytes = 4 << 20
	// namesPage bounds a page of groups. Each may count as two, and a search may
	// make 65,535.
	namesPage = 10_000
)

// hit is a document in the answer to a search.
type hit struct {
	Source struct {
		Article json.RawMessage `json:"article"`
	} `json:"_source"`
	Fields fields            `json:"fields"`
	Sort   []json.RawMessage `json:"sort"`
}

// fields are those of a document that a search brings; each has all its values.
type fields struct {
	ID, Entry, Version, Key, Stamp []string
	Story, Shared                  []string
	Value                          [][]byte
	Added                          []int64
}

// of returns the values of the id or the key.
func (f *fields) of(field string) []string {
	if field == schema.FieldID {
		return f.ID
	}
	return f.Key
}

// size is about what a hit takes.
func (h *hit) size() int {
	n := len(h.Source.Article)
	for _, v := range h.Fields.Value {
		n += len(v)
	}
	return n
}

// page is the answer to a search.
type page struct {
	Hits struct{ Hits []hit }
}

// key returns the only value of a field of keys.
func key(values []string) (string, error) {
	if len(values) != 1 {
		return "", fmt.Errorf("%w: a document has %d keys", engine.ErrDamaged, len(values))
	}
	k, ok := schema.KeyOf(values[0])
	if !ok {
		return "", fmt.Errorf("%w: %q is no key", engine.ErrDamaged, values[0])
	}
	return k, nil
}

// firstKey is key for a field that may be absent.
func firstKey(values []string) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	return key(values)
}

// pages yields the hits of a search of articles, entries or notes.
func (v *View) pages(ctx context.Context, body transport.Object) iter.Seq2[*hit, error] {
	return Pages(ctx, v, body, (*hit).size, func(h *hit) []json.RawMessage { return h.Sort })
}

// Pages yields the hits of a search page by page. body says in what order; the first of
// its sort is of one value for each document. size returns about how many bytes a hit
// takes, and place the values that it was sorted by. A page that is too large is asked
// for in smaller ones.
func Pages[H any](ctx context.Context, v *View, body transport.Object, size func(*H) int, place func(*H) []json.RawMessage) iter.Seq2[*H, error] {
	return func(yield func(*H, error) bool) {
		body := maps.Clone(body)
		body["track_total_hits"] = false
		for n := firstPage; ; {
			body["size"] = n
			var found struct{ Hits struct{ Hits []H } }
			err := v.Search(ctx, body, &found)
			if smaller, ok := SmallerPage(n, err); ok {
				n = smaller
				continue
			}
			if err != nil {
				yield(nil, err)
				return
			}
			list := found.Hits.Hits
			bytes := 0
			for i := range list {
				bytes += size(&list[i])
				if err := ctx.Err(); err != nil {
					yield(nil, err)
					return
				}
				if !yield(&list[i], nil) {
					return
				}
			}
			if len(list) < n {
				return
			}
			body["search_after"] = place(&list[len(list)-1])
			n = nextPage(n, bytes)
		}
	}
}

// SmallerPage returns of how many hits to ask when a page of so many was answered with an
// error; false where a smaller one is of no help.
func SmallerPage(hits int, err error) (smaller int, ok bool) {
	return max(1, hits/pageGrowth), hits > 1 && errors.Is(err, transport.ErrTooLarge)
}

// nextPage returns how many hits a page has after one of so many hits and bytes.
func nextPage(hits, bytes int) int {
	most := keysPage
	if bytes > 0 {
		most = min(most, max(1, pageBytes*hits/bytes))
	}
	return min(most, pageGrowth*hits)
}

// all is a query of all conditions, which scores nothing.
func all(conditions ...any) transport.Object {
	return transport.Object{"bool": transport.Object{"filter": conditions}}
}

// startsWith is the condition that a field of keys begins with a prefix.
func startsWith(field, prefix string) []any {
	if prefix == "" {
		return nil
	}
	return []any{transport.Object{"prefix": transport.Object{field: schema.Key(prefix)}}}
}

// byKey returns a search of what conditions keep, in the order of a field of keys, of
// which each document has one.
func byKey(field string, conditions ...any) transport.Object {
	return transport.Object{
		"query": all(conditions...), "sort": []any{transport.Object{field: "asc"}},
		"stored_fields": "_none_", "docvalue_fields": []string{field},
	}
}
