package reader

import (
	"bytes"
	"context"
	"errors"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// entryMerge goes over the entries of a view in the order of their keys. It merges the
// keys that articles have, and notes, with the records of entries. A record is the key,
// a NUL and the stamp, and so records are in the order of their keys.
type entryMerge struct {
	articles, notes, records *termMerge

	key     []byte // the next key that articles have; nil at the end
	count   int    // of its articles
	note    []byte // the next key that notes have; nil at the end
	record  []byte // the next record; nil at the end
	started bool
}

func (v *View) mergeEntries() (m *entryMerge, err error) {
	m = &entryMerge{}
	if m.articles, err = v.mergeTerms(schema.FieldEntry, nil, nil); err != nil {
		return nil, err
	}
	if m.notes, err = v.mergeTerms(schema.FieldAbout, nil, nil); err != nil {
		return nil, err
	}
	m.records, err = v.mergeTerms(schema.FieldRecord, nil, nil)
	return m, err
}

// next returns the next entry; false at the end.
func (m *entryMerge) next(ctx context.Context) (e engine.Entry, ok bool, err error) {
	if !m.started {
		m.started = true
		if err := errors.Join(m.nextKey(ctx), m.nextNote(ctx), m.nextRecord(ctx)); err != nil {
			return e, false, err
		}
	}
	key, stamp, _ := bytes.Cut(m.record, []byte{0})
	var least []byte // of the keys that are next
	for _, k := range [...]struct {
		key []byte
		ok  bool
	}{{m.key, m.key != nil}, {m.note, m.note != nil}, {key, m.record != nil}} {
		if k.ok && (!ok || bytes.Compare(k.key, least) < 0) {
			least, ok = k.key, true
		}
	}
	if !ok {
		return e, false, nil
	}
	e.Key = string(least)
	if m.record != nil && string(key) == e.Key {
		e.Stamp = string(stamp)
		err = m.nextRecord(ctx)
	}
	if err == nil && m.note != nil && string(m.note) == e.Key {
		err = m.nextNote(ctx)
	}
	if err == nil && m.key != nil && string(m.key) == e.Key {
		e.Articles = m.count
		err = m.nextKey(ctx)
	}
	return e, err == nil, err
}

func (m *entryMerge) nextKey(ctx context.Context) (err error) {
	m.key, m.count, err = m.articles.next(ctx)
	return err
}

func (m *entryMerge) nextNote(ctx context.Context) (err error) {
	m.note, _, err = m.notes.next(ctx)
	return err
}

func (m *entryMerge) nextRecord(ctx context.Context) (err error) {
	m.record, _, err = m.records.next(ctx)
	return err
}
