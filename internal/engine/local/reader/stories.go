package reader

import (
	"context"
	"fmt"
	"iter"
	"math/bits"

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

// Sharing implements the method of engine.Snapshot. It goes through the keys of all
// articles: 192 bytes of each.
func (v *View) Sharing(ctx context.Context, keys []uint32) iter.Seq2[engine.Sharer, error] {
	return func(yield func(engine.Sharer, error) bool) {
		asked := newKeySet(keys)
		for _, seg := range v.Segments {
			if !seg.sharing(ctx, asked, yield) {
				return
			}
		}
	}
}

// sharing yields the articles of a segment that have some of the keys; false when the
// loop has ended.
func (s *Segment) sharing(ctx context.Context, asked *keySet, yield func(engine.Sharer, error) bool) bool {
	for _, field := range schema.SharedFields() {
		if err := ctx.Err(); err != nil {
			yield(engine.Sharer{}, err)
			return false
		}
		values := s.Raw.NumericValues(field)
		if err := s.Raw.VerifyNumericValues(values); err != nil {
			yield(engine.Sharer{}, err)
			return false
		}
		for doc, n := range values {
			a, b := schema.SharedKeys(n)
			inA, inB := asked.has(a), b != a && asked.has(b)
			if !inA && !inB || n == segment.MissingValue || s.Deleted != nil && s.Deleted.Has(uint32(doc)) {
				continue
			}
			if inA && !s.yieldSharer(uint32(doc), a, yield) || inB && !s.yieldSharer(uint32(doc), b, yield) {
				return false
			}
		}
	}
	return true
}

// yieldSharer yields a document that has a key; false when the loop has ended.
func (s *Segment) yieldSharer(doc, key uint32, yield func(engine.Sharer, error) bool) bool {
	id, story, err := s.identify(doc)
	return yield(engine.Sharer{Key: key, ID: id, Story: story}, err) && err == nil
}

// keySet is a set of keys that nearly all keys asked for are not in.
type keySet struct {
	bits  []uint64 // a bit for the lowest bits of each key
	mask  uint32
	whole map[uint32]bool
}

// keySetRatio is how many bits there are for a key: so one in sixteen of those that are
// not in the set is looked for further.
const keySetRatio = 16

// newKeySet returns the set of some keys. It takes two bytes a key, and what a map takes.
func newKeySet(keys []uint32) *keySet {
	size := 1 << bits.Len(uint(max(keySetRatio*len(keys), 64)-1))
	k := &keySet{bits: make([]uint64, size/64), mask: uint32(size - 1), whole: make(map[uint32]bool, len(keys))}
	for _, key := range keys {
		k.bits[key&k.mask/64] |= 1 << (key % 64)
		k.whole[key] = true
	}
	return k
}

func (k *keySet) has(key uint32) bool {
	return k.bits[key&k.mask/64]>>(key%64)&1 != 0 && k.whole[key]
}

// identify returns the id and the story of a document.
func (s *Segment) identify(doc uint32) (id, story string, err error) {
	b, err := s.Raw.DocID(uint64(doc))
	if err != nil {
		return "", "", err
	}
	story, err = s.Story(doc)
	return string(b), story, err
}

// Story returns the story of a document; empty where it has none.
func (s *Segment) Story(doc uint32) (string, error) {
	values, ok, err := s.Raw.Ordinals(schema.FieldStory)
	if err != nil || !ok {
		return "", err
	}
	ordinals := values.Append(nil, doc)
	if len(ordinals) == 0 {
		return "", nil
	}
	terms, err := s.Raw.Terms(schema.FieldStory)
	if err != nil || int(ordinals[0]) >= len(terms) {
		return "", err
	}
	return string(terms[ordinals[0]]), nil
}
