package reader

import (
	"context"
	"fmt"
	"iter"
	"math/bits"
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// Stored implements the method of engine.Snapshot.
func (v *View) Stored(ctx context.Context, ids ...string) ([]engine.StoredArticle, error) {
	articles := make([]engine.StoredArticle, 0, len(ids))
	for _, id := range ids {
		seg, doc, ok, err := v.find(id)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		a, err := seg.storedArticle(ctx, doc)
		if err != nil {
			return nil, fmt.Errorf("article %q: %w", id, err)
		}
		articles = append(articles, a)
	}
	return articles, ctx.Err()
}

// StoryIDs implements the method of engine.Snapshot.
func (v *View) StoryIDs(ctx context.Context, stories ...string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, story := range stories {
			for id, err := range v.idsWith(ctx, schema.FieldStory, story) {
				if !yield(id, err) || err != nil {
					return
				}
			}
		}
	}
}

// Keys implements the method of engine.Snapshot.
func (v *View) Keys(ctx context.Context, ids ...string) ([][]uint32, error) {
	lists := make([][]uint32, len(ids))
	for i, id := range ids {
		seg, doc, ok, err := v.find(id)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if lists[i], err = seg.keys(doc); err != nil {
			return nil, err
		}
	}
	return lists, ctx.Err()
}

// keys returns the keys of a document.
func (s *Segment) keys(doc uint32) ([]uint32, error) {
	var keys []uint32
	for _, field := range schema.SharedFields() {
		values := s.Raw.NumericValues(field)
		if values == nil {
			continue
		}
		if err := s.Raw.VerifyNumericValues(values[doc : doc+1]); err != nil {
			return nil, err
		}
		if values[doc] == segment.MissingValue {
			break
		}
		a, b := schema.SharedKeys(values[doc])
		if keys = append(keys, a); a != b {
			keys = append(keys, b)
		}
	}
	return keys, nil
}

// Sharing implements the method of engine.Snapshot. It goes through the keys of all
// articles once, which are 192 bytes of each, and takes 9 bytes for each key of the lists.
func (v *View) Sharing(ctx context.Context, lists [][]uint32, least int) iter.Seq2[engine.Sharer, error] {
	return func(yield func(engine.Sharer, error) bool) {
		j := keyJoin{table: newKeyTable(lists), least: least}
		for _, seg := range v.Segments {
			for from := uint32(0); uint64(from) < seg.Raw.Count(); from += joinBlock {
				if err := ctx.Err(); err != nil {
					yield(engine.Sharer{}, err)
					return
				}
				if !j.join(seg, from, min(from+joinBlock, uint32(seg.Raw.Count())), yield) {
					return
				}
			}
			if len(lists) >= manyLists {
				seg.Raw.DropPages()
			}
		}
	}
}

// manyLists is for how many lists the memory of a segment is given back that was joined with
// them: that of keys, and of articles that were compared after the join before.
const manyLists = 4096

// joinBlock is how many documents are joined with a table together: the columns of as many
// fit into a processor's cache.
const joinBlock = 2048

// keyJoin joins the keys of documents with those of lists.
type keyJoin struct {
	table *keyTable
	least int
	found []uint64 // document << 32 | list, for each key that both have
}

// join yields which documents of a segment, from one to before another, have enough keys
// of a list; false when the loop has ended.
func (j *keyJoin) join(s *Segment, from, to uint32, yield func(engine.Sharer, error) bool) bool {
	j.found = j.found[:0]
	for _, field := range schema.SharedFields() {
		values := s.Raw.NumericValues(field)
		if values == nil {
			continue
		}
		values = values[from:to]
		if err := s.Raw.VerifyNumericValues(values); err != nil {
			yield(engine.Sharer{}, err)
			return false
		}
		for i, n := range values {
			if n == segment.MissingValue {
				continue
			}
			a, b := schema.SharedKeys(n)
			if j.table.mayHave(a) {
				j.found = j.table.appendLists(j.found, from+uint32(i), a)
			}
			if b != a && j.table.mayHave(b) {
				j.found = j.table.appendLists(j.found, from+uint32(i), b)
			}
		}
	}
	slices.Sort(j.found)
	for i := 0; i < len(j.found); {
		n := i + 1
		for n < len(j.found) && j.found[n] == j.found[i] {
			n++
		}
		doc, list := uint32(j.found[i]>>32), uint32(j.found[i])
		keys := n - i
		i = n
		if keys < j.least || s.Deleted != nil && s.Deleted.Has(doc) {
			continue
		}
		id, err := s.Raw.DocID(uint64(doc))
		if !yield(engine.Sharer{List: int(list), Keys: keys, ID: string(id)}, err) || err != nil {
			return false
		}
	}
	return true
}

// keyTable finds the lists that have a key. Nearly all keys that are looked for are in none.
type keyTable struct {
	bits     []uint64 // a bit for the lowest bits of each key: a filter
	bitMask  uint32
	slots    []uint32 // by hash, 1 + the place of the first entry in a chain
	slotMask uint32
	entries  []keyEntry
}

// keyEntry is a key of a list.
type keyEntry struct{ key, list, next uint32 }

const (
	// keyTableRatio is how many bits of the filter there are for a key: so one in sixteen
	// of those that are in no list is looked for further.
	keyTableRatio = 16
	// maxLists is for how many lists that have a key an article is told.
	maxLists = 64
)

func newKeyTable(lists [][]uint32) *keyTable {
	n := 0
	for _, keys := range lists {
		n += len(keys)
	}
	size := 1 << bits.Len(uint(max(n, 64)-1))
	t := &keyTable{
		bits: make([]uint64, keyTableRatio*size/64), bitMask: uint32(keyTableRatio*size - 1),
		slots: make([]uint32, size), slotMask: uint32(size - 1), entries: make([]keyEntry, 0, n),
	}
	for i := len(lists) - 1; i >= 0; i-- { // so that chains begin with the first list
		for _, key := range lists[i] {
			t.bits[key&t.bitMask/64] |= 1 << (key % 64)
			slot := &t.slots[key>>7&t.slotMask]
			t.entries = append(t.entries, keyEntry{key, uint32(i), *slot})
			*slot = uint32(len(t.entries))
		}
	}
	return t
}

// mayHave reports whether a list may have a key.
func (t *keyTable) mayHave(key uint32) bool { return t.bits[key&t.bitMask/64]>>(key%64)&1 != 0 }

// appendLists appends a document with each of the first lists that have a key.
func (t *keyTable) appendLists(found []uint64, doc, key uint32) []uint64 {
	n := 0
	for e := t.slots[key>>7&t.slotMask]; e != 0 && n < maxLists; e = t.entries[e-1].next {
		if t.entries[e-1].key == key {
			found = append(found, uint64(doc)<<32|uint64(t.entries[e-1].list))
			n++
		}
	}
	return found
}

// Story returns the story of a document; empty where it has none.
func (s *Segment) Story(doc uint32) (string, error) {
	column, err := s.stories()
	if err != nil || column == nil {
		return "", err
	}
	ordinal, ok := column.First(doc)
	if !ok {
		return "", nil
	}
	terms, err := s.Raw.Terms(schema.FieldStory)
	if err != nil || int(ordinal) >= len(terms) {
		return "", err
	}
	return string(terms[ordinal]), nil
}

// openStories opens the column of stories; nil where there is none. It is opened once for
// all searches, as each asks for the stories of its hits.
func (s *Segment) openStories() (*segment.Ordinals, error) {
	values, ok, err := s.Raw.Ordinals(schema.FieldStory)
	if err != nil || !ok {
		return nil, err
	}
	return &values, nil
}
