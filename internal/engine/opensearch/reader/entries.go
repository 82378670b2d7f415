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

// Entries implements the method of engine.Snapshot. It merges the keys that articles
// and notes have with the records of entries.
func (v *View) Entries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	return func(yield func(engine.Entry, error) bool) {
		named := newPeeked(v.namedEntries(ctx))
		defer named.stop()
		records := newPeeked(v.records(ctx))
		defer records.stop()
		for {
			e, ok, err := mergeEntries(named, records)
			if err != nil {
				yield(engine.Entry{}, err)
				return
			}
			if !ok || !yield(e, nil) {
				return
			}
		}
	}
}

// mergeEntries returns the next entry of two streams in the order of keys.
func mergeEntries(named, records *peeked) (e engine.Entry, ok bool, err error) {
	a, okA, err := named.peek()
	if err != nil {
		return e, false, err
	}
	b, okB, err := records.peek()
	if err != nil || !okA && !okB {
		return e, false, err
	}
	if okA && (!okB || a.Key <= b.Key) {
		e = a
		named.take()
	}
	if okB && (!okA || b.Key <= a.Key) {
		e.Key, e.Stamp = b.Key, b.Stamp
		records.take()
	}
	return e, true, nil
}

// peeked is a stream whose next value can be looked at.
type peeked struct {
	next  func() (engine.Entry, error, bool)
	stop  func()
	value engine.Entry
	err   error
	state peekState
}

type peekState uint8

const (
	unread peekState = iota
	read
	ended
)

func newPeeked(seq iter.Seq2[engine.Entry, error]) *peeked {
	p := &peeked{}
	p.next, p.stop = iter.Pull2(seq)
	return p
}

func (p *peeked) peek() (engine.Entry, bool, error) {
	if p.state == unread {
		var ok bool
		p.value, p.err, ok = p.next()
		if p.state = read; !ok {
			p.state = ended
		}
	}
	return p.value, p.state == read, p.err
}

func (p *peeked) take() {
	if p.state == read {
		p.state = unread
	}
}

// records yields the records of entries.
func (v *View) records(ctx context.Context) iter.Seq2[engine.Entry, error] {
	body := byKey(schema.FieldKey, term(schema.FieldKind, schema.KindRecord))
	body["docvalue_fields"] = []string{schema.FieldKey, schema.FieldStamp}
	return func(yield func(engine.Entry, error) bool) {
		for h, err := range v.pages(ctx, body) {
			var e engine.Entry
			if err == nil {
				e.Key, err = key(h.Fields.Key)
			}
			if err == nil {
				e.Stamp, err = key(h.Fields.Stamp)
			}
			if err != nil {
				yield(engine.Entry{}, err)
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// groups is the answer to a search of namedEntries.
type groups struct {
	Aggregations struct {
		Entries struct {
			AfterKey map[string]string `json:"after_key"`
			Buckets  []struct {
				Key      map[string]string
				Articles struct {
					Count int `json:"doc_count"`
				}
			}
		}
	}
}

// namedEntries yields the entries that articles or notes have, without stamps.
func (v *View) namedEntries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	articles := all(v.ArticlesFilter()...)
	source := transport.Object{"entry": transport.Object{"terms": transport.Object{"field": schema.FieldEntry}}}
	return func(yield func(engine.Entry, error) bool) {
		size := namesPage
		composite := transport.Object{"size": size, "sources": []any{source}}
		for {
			body := transport.Object{
				"size": 0, "track_total_hits": false,
				"query": transport.Object{"bool": transport.Object{
					"filter": []any{transport.Object{"bool": transport.Object{
						"should": []any{articles, term(schema.FieldKind, schema.KindNote)}, "minimum_should_match": 1,
					}}},
				}},
				"aggs": transport.Object{"entries": transport.Object{
					"composite": composite, "aggs": transport.Object{"articles": transport.Object{"filter": articles}},
				}},
			}
			var page groups
			err := v.Search(ctx, body, &page)
			if smaller, ok := SmallerPage(size, err); ok {
				size = smaller
				composite["size"] = size
				continue
			}
			if err != nil {
				yield(engine.Entry{}, err)
				return
			}
			found := &page.Aggregations.Entries
			for i := range found.Buckets {
				k, ok := schema.KeyOf(found.Buckets[i].Key["entry"])
				if !ok {
					yield(engine.Entry{}, fmt.Errorf("%w: the key of an entry is none", engine.ErrDamaged))
					return
				}
				if !yield(engine.Entry{Key: k, Articles: found.Buckets[i].Articles.Count}, nil) {
					return
				}
			}
			if len(found.Buckets) < size || found.AfterKey == nil {
				return
			}
			composite["after"] = found.AfterKey
		}
	}
}

// Notes implements the method of engine.Snapshot.
func (v *View) Notes(ctx context.Context, prefix string, keysOnly bool) iter.Seq2[engine.Note, error] {
	conditions := append([]any{term(schema.FieldKind, schema.KindNote)}, startsWith(schema.FieldKey, prefix)...)
	body := byKey(schema.FieldKey, conditions...)
	if !keysOnly {
		body["stored_fields"] = []string{schema.FieldValue}
		body["docvalue_fields"] = []string{schema.FieldKey, schema.FieldEntry}
	}
	return func(yield func(engine.Note, error) bool) {
		for h, err := range v.pages(ctx, body) {
			var n engine.Note
			if err == nil {
				n, err = h.note(keysOnly)
			}
			if err != nil {
				yield(engine.Note{}, err)
				return
			}
			if !yield(n, nil) {
				return
			}
		}
	}
}

// NotesOf implements the method of engine.Snapshot.
func (v *View) NotesOf(ctx context.Context, keys ...string) ([]engine.Note, error) {
	found := make(map[string]engine.Note, len(keys))
	for page := range slices.Chunk(keys, lookupPage) {
		names := make([]string, len(page))
		for i, k := range page {
			names[i] = schema.Key(k)
		}
		body := byKey(schema.FieldKey, term(schema.FieldKind, schema.KindNote), transport.Object{"terms": transport.Object{schema.FieldKey: names}})
		body["stored_fields"] = []string{schema.FieldValue}
		body["docvalue_fields"] = []string{schema.FieldKey, schema.FieldEntry}
		for h, err := range v.pages(ctx, body) {
			if err != nil {
				return nil, err
			}
			n, err := h.note(false)
			if err != nil {
				return nil, err
			}
			found[n.Key] = n
		}
	}
	var notes []engine.Note
	for _, k := range keys {
		if n, ok := found[k]; ok {
			notes = append(notes, n)
		}
	}
	return notes, ctx.Err()
}

func (h *hit) note(keyOnly bool) (n engine.Note, err error) {
	if n.Key, err = key(h.Fields.Key); err != nil || keyOnly {
		return n, err
	}
	if n.Entry, err = firstKey(h.Fields.Entry); err != nil {
		return n, err
	}
	if len(h.Fields.Value) != 1 {
		return n, fmt.Errorf("%w: note %q is not stored", engine.ErrDamaged, n.Key)
	}
	n.Value = h.Fields.Value[0]
	return n, nil
}

// EntryNotes implements the method of engine.Snapshot.
func (v *View) EntryNotes(ctx context.Context, key string) iter.Seq2[string, error] {
	return v.keys(ctx, schema.FieldKey, term(schema.FieldKind, schema.KindNote), term(schema.FieldEntry, schema.Key(key)))
}
