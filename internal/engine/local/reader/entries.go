package reader

import (
	"bytes"
	"context"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// entryMerge goes over the entries of a view in the order of their keys. It
// merges the keys that articles have with the records of entries. A record is
// the key, a NUL and the stamp, and so records are in the order of their keys.
type entryMerge struct {
	articles, records *termMerge
	key               []byte // the next key that articles have; nil at the end
	count             int    // of its articles
	record            []byte // the next record; nil at the end
	started           bool
}

func (v *View) mergeEntries() (m *entryMerge, err error) {
	m = &entryMerge{}
	if m.articles, err = v.mergeTerms(schema.FieldEntry, nil, nil); err != nil {
		return nil, err
	}
	m.records, err = v.mergeTerms(schema.FieldRecord, nil, nil)
	return m, err
}

// next returns the next entry; false at the end.
func (m *entryMerge) next(ctx context.Context) (e engine.Entry, ok bool, err error) {
	if !m.started {
		m.started = true
		if err := m.nextKey(ctx); err != nil {
			return e, false, err
		}
		if err := m.nextRecord(ctx); err != nil {
			return e, false, err
		}
	}
	if m.key == nil && m.record == nil {
		return e, false, nil
	}
	key, stamp, _ := bytes.Cut(m.record, []byte{0})
	order := -1 // of the next article's key to that of the next record
	switch {
	case m.key == nil:
		order = 1
	case m.record != nil:
		order = bytes.Compare(m.key, key)
	}
	if order >= 0 {
		e.Key, e.Stamp = string(key), string(stamp)
		if err := m.nextRecord(ctx); err != nil {
			return e, false, err
		}
	}
	if order <= 0 {
		e.Key, e.Articles = string(m.key), m.count
		if err := m.nextKey(ctx); err != nil {
			return e, false, err
		}
	}
	return e, true, nil
}

func (m *entryMerge) nextKey(ctx context.Context) (err error) {
	m.key, m.count, err = m.articles.next(ctx)
	return err
}

func (m *entryMerge) nextRecord(ctx context.Context) (err error) {
	m.record, _, err = m.records.next(ctx)
	return err
}
