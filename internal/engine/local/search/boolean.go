package search

import (
	"context"
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// segRun is a query under way in one segment.
type segRun struct {
	*reader.Segment
	query *compiled
	// memo keeps what leaves came to, by their number; nil for those not yet
	// asked for. A query and what is counted beside it share it.
	memo     []*leafPostings
	res      *resources
	nodeSets []reader.Bitset // by node, once made; nobody changes them
	// result is what the plan matches and the filters keep; nil while nobody
	// asked for it.
	result reader.Bitset
}

func (c *compiled) on(s *reader.Segment, w *resources, memo []*leafPostings) *segRun {
	return &segRun{Segment: s, query: c, memo: memo, res: w, nodeSets: make([]reader.Bitset, c.numNodes)}
}

// bits returns the articles that a node matches. The caller must not change
// them.
func (r *segRun) bits(ctx context.Context, e *expr) (reader.Bitset, error) {
	if set := r.nodeSets[e.number]; set != nil {
		return set, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	set, err := r.evaluate(ctx, e)
	if err != nil {
		return nil, err
	}
	r.nodeSets[e.number] = set
	return set, nil
}

func (r *segRun) evaluate(ctx context.Context, e *expr) (reader.Bitset, error) {
	switch e.kind {
	case exprAnd:
		return r.conjunction(ctx, e.kids)
	case exprOr, exprMax:
		set := r.newBitset()
		for _, k := range e.kids {
			if err := r.addTo(ctx, set, k); err != nil {
				return nil, err
			}
		}
		return set, nil
	case exprNot:
		articles, err := r.Articles()
		if err != nil {
			return nil, err
		}
		not, err := r.bits(ctx, e.kids[0])
		if err != nil {
			return nil, err
		}
		set := r.copyBitset(articles)
		set.AndNot(not)
		return set, nil
	}
	switch p := e.plan.(type) {
	case match.All:
		return r.Articles()
	case match.Stem, match.Phrase, match.Near:
		set := r.newBitset()
		return set, r.addTo(ctx, set, e)
	case match.Value:
		return r.value(ctx, p)
	case match.Dates:
		return r.Published(p)
	}
	return r.newBitset(), nil // match.None
}

// addTo adds what a node matches to set.
func (r *segRun) addTo(ctx context.Context, set reader.Bitset, e *expr) error {
	if e.leafID >= 0 && r.nodeSets[e.number] == nil {
		h, err := r.leaf(ctx, e.leafID)
		if err != nil {
			return err
		}
		return r.addPostings(ctx, set, h)
	}
	of, err := r.bits(ctx, e)
	if err == nil {
		set.Or(of)
	}
	return err
}

func (r *segRun) addPostings(ctx context.Context, set reader.Bitset, h *leafPostings) error {
	if err := r.res.spend(ctx, h.count()); err != nil {
		return err
	}
	if h.isPostingList {
		return r.AddLive(set, h.postings)
	}
	if h.union != nil {
		set.Or(h.union.matches)
		return nil
	}
	for _, doc := range h.docs {
		set.Add(doc)
	}
	return nil
}

// sparse is how many times longer a list is than what it is to be intersected
// with, from which looking up pays more than reading it all.
const sparseRatio = 3

// conjunction returns what all of the nodes match: the smallest lists first,
// so that the others need not be read whole.
func (r *segRun) conjunction(ctx context.Context, kids []*expr) (reader.Bitset, error) {
	var lists []*leafPostings
	var rest []*expr
	for _, k := range kids {
		if k.leafID < 0 {
			rest = append(rest, k)
			continue
		}
		h, err := r.leaf(ctx, k.leafID)
		if err != nil {
			return nil, err
		}
		lists = append(lists, h)
	}
	var set reader.Bitset
	if len(lists) > 0 {
		var err error
		if set, err = r.intersection(ctx, lists); err != nil {
			return nil, err
		}
	} else {
		articles, err := r.Articles()
		if err != nil || len(rest) == 0 {
			return articles, err
		}
		set = r.copyBitset(articles)
	}
	for _, k := range rest {
		of, err := r.bits(ctx, k)
		if err != nil {
			return nil, err
		}
		set.And(of)
	}
	return set, nil
}

// common returns the documents that all of the leaves have.
func (r *segRun) intersection(ctx context.Context, all []*leafPostings) (reader.Bitset, error) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b *leafPostings) int { return a.count() - b.count() })
	set := r.newBitset()
	few := all[0].count()
	if len(all) > 1 && few*sparseRatio < all[1].count() {
		docs, err := r.documents(ctx, all[0])
		for _, h := range all[1:] {
			if err == nil {
				docs, err = r.keepMatching(ctx, docs, h)
			}
		}
		for _, doc := range docs {
			set.Add(doc)
		}
		return set, err
	}
	if err := r.addPostings(ctx, set, all[0]); err != nil {
		return nil, err
	}
	for _, h := range all[1:] {
		if few*sparseRatio < h.count() {
			docs, err := r.keepMatching(ctx, set.AppendTo(r.res.docBuffer(few)), h)
			if err != nil {
				return nil, err
			}
			clear(set)
			for _, doc := range docs {
				set.Add(doc)
			}
			continue
		}
		other := r.newBitset()
		if err := r.addPostings(ctx, other, h); err != nil {
			return nil, err
		}
		set.And(other)
	}
	return set, nil
}

// documents returns the live documents of a leaf, in order.
func (r *segRun) documents(ctx context.Context, h *leafPostings) ([]uint32, error) {
	if h.union != nil {
		return h.union.matches.AppendTo(r.res.docBuffer(h.union.matchCount)), nil
	}
	if !h.isPostingList {
		return slices.Clone(h.docs), nil
	}
	if err := r.res.spend(ctx, h.postings.Count()); err != nil {
		return nil, err
	}
	list, all := h.postings, r.res.docBuffer(h.postings.Count())
	var docs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			if r.Deleted == nil || !r.Deleted.Has(doc) {
				all = append(all, doc)
			}
		}
	}
	return all, list.Err()
}

// having keeps those of docs, which are in order, that a leaf has. It changes
// docs.
func (r *segRun) keepMatching(ctx context.Context, docs []uint32, h *leafPostings) ([]uint32, error) {
	if err := r.res.spend(ctx, stepsPerTerm+len(docs)); err != nil {
		return nil, err
	}
	kept := docs[:0]
	if h.union != nil {
		for _, doc := range docs {
			if h.union.matches.Has(doc) {
				kept = append(kept, doc)
			}
		}
		return kept, nil
	}
	if !h.isPostingList {
		i := 0
		for _, doc := range docs {
			for i < len(h.docs) && h.docs[i] < doc {
				i++
			}
			if i < len(h.docs) && h.docs[i] == doc {
				kept = append(kept, doc)
			}
		}
		return kept, nil
	}
	list, c := h.postings, candidatesPool.Get().(*candidates)
	defer candidatesPool.Put(c)
	var block [segment.BlockSize]uint32
	for len(docs) > 0 {
		list.Seek(docs[0])
		n := list.NextBlock(&block, nil)
		if n == 0 {
			break
		}
		to := 0
		for last := block[n-1]; to < len(docs) && docs[to] <= last; to++ {
		}
		for part := range slices.Chunk(docs[:to], windowDocs) {
			found := reader.IntersectBlock(&block, n, part, 0, c.indexes[:], c.blockIndexes[:])
			for _, k := range c.indexes[:found] {
				kept = append(kept, part[k])
			}
		}
		docs = docs[to:]
	}
	return kept, list.Err()
}

// value evaluates a condition on a field of whole values.
func (r *segRun) value(ctx context.Context, p match.Value) (reader.Bitset, error) {
	switch {
	case p.Prefix && p.Field == match.Topic:
		return r.termRange(ctx, schema.FieldTopic, p.Value)
	case p.Prefix && p.Field == match.Lang:
		return r.termRange(ctx, schema.FieldLang, p.Value)
	case p.Field == match.Topic:
		return r.valueBelow(ctx, schema.FieldTopic, p.Value, "/")
	case p.Field == match.Lang:
		return r.valueBelow(ctx, schema.FieldLang, p.Value, "-")
	}
	articles, err := r.Articles()
	if err != nil {
		return nil, err
	}
	var set reader.Bitset
	if p.Prefix {
		set, err = r.termRange(ctx, schema.FieldID, p.Value)
	} else {
		set, err = r.TermSet(schema.FieldID, p.Value)
	}
	if err == nil {
		set.And(articles)
	}
	return set, err
}

// valueBelow is the documents with a value or one that lies below it, parted
// by sep. The caller must not change them.
func (r *segRun) valueBelow(ctx context.Context, field, value, sep string) (reader.Bitset, error) {
	return r.CachedSet(field+"\x00"+value, func() (reader.Bitset, error) {
		set, err := r.TermSet(field, value)
		if err != nil {
			return nil, err
		}
		below, err := r.termRange(ctx, field, value+sep)
		if err == nil {
			set.Or(below)
		}
		return set, err
	})
}

// termRange is the live documents with any term that starts with prefix.
func (r *segRun) termRange(ctx context.Context, field, prefix string) (reader.Bitset, error) {
	set := r.newBitset()
	err := r.EachTerm(field, nil, []byte(prefix), reader.PrefixEnd([]byte(prefix)), func(t *segment.Term) error {
		list, err := t.Postings()
		if err != nil {
			return fmt.Errorf("postings of %s:%q: %w", field, t.Bytes, err)
		}
		if err := r.res.spend(ctx, stepsPerWord+stepsPerTerm); err != nil {
			return err
		}
		return r.AddLive(set, list)
	})
	return set, err
}

// newBits returns an empty set for as long as the query takes.
func (r *segRun) newBitset() reader.Bitset {
	b := r.res.bitset((r.Docs + 63) / 64)
	clear(b)
	return b
}

// copyOf copies a set for as long as the query takes.
func (r *segRun) copyBitset(b reader.Bitset) reader.Bitset {
	c := r.res.bitset(len(b))
	copy(c, b)
	return c
}
