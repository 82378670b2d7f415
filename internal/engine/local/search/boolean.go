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

// evaluate is bits for a node that is asked for the first time.
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
	case exprShould:
		return r.bits(ctx, e.kids[0])
	case exprNot:
		articles, err := r.Articles()
		if err != nil {
			return nil, err
		}
		excluded, err := r.bits(ctx, e.kids[0])
		if err != nil {
			return nil, err
		}
		set := r.copyBitset(articles)
		set.AndNot(excluded)
		return set, nil
	}
	switch p := e.plan.(type) {
	case match.All:
		return r.Articles()
	case match.Stem, match.Phrase, match.Near, match.Spans:
		set := r.newBitset()
		return set, r.addTo(ctx, set, e)
	case match.Value:
		return r.value(ctx, p)
	case match.Dates:
		return r.Dated(p)
	case match.Length:
		return r.WithWords(p)
	}
	return r.newBitset(), nil // match.None
}

// addTo adds what a node matches to set.
func (r *segRun) addTo(ctx context.Context, set reader.Bitset, e *expr) error {
	if e.leafID >= 0 && r.nodeSets[e.number] == nil {
		p, err := r.leaf(ctx, e.leafID)
		if err != nil {
			return err
		}
		return r.addPostings(ctx, set, p)
	}
	matches, err := r.bits(ctx, e)
	if err == nil {
		set.Or(matches)
	}
	return err
}

// addPostings adds the live articles of a leaf to set.
func (r *segRun) addPostings(ctx context.Context, set reader.Bitset, p *leafPostings) error {
	if err := r.res.spend(ctx, p.count()); err != nil {
		return err
	}
	if p.isPostingList && r.among != nil {
		docs, err := r.keepAmong(ctx, p)
		addDocs(set, docs)
		return err
	}
	if p.isPostingList {
		return r.AddLive(set, p.postings)
	}
	if p.union != nil {
		set.Or(p.union.matches)
		return nil
	}
	addDocs(set, p.docs)
	return nil
}

func addDocs(set reader.Bitset, docs []uint32) {
	for _, doc := range docs {
		set.Add(doc)
	}
}

// keepAmong returns those of among that all of the leaves have.
func (r *segRun) keepAmong(ctx context.Context, leaves ...*leafPostings) (docs []uint32, err error) {
	docs = r.among.AppendTo(r.res.docBuffer(maxAmong))
	for _, p := range leaves {
		if err == nil {
			docs, err = r.keepMatching(ctx, docs, p)
		}
	}
	return docs, err
}

// conjunction returns what all of the nodes match. Leaves come first, so that
// the long ones among them need not be read whole.
func (r *segRun) conjunction(ctx context.Context, kids []*expr) (reader.Bitset, error) {
	var leaves []*leafPostings
	var rest []*expr
	for _, k := range kids {
		if k.leafID < 0 {
			rest = append(rest, k)
			continue
		}
		p, err := r.leaf(ctx, k.leafID)
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, p)
	}
	var set reader.Bitset
	if len(leaves) > 0 {
		var err error
		if set, err = r.intersection(ctx, leaves); err != nil {
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
		matches, err := r.bits(ctx, k)
		if err != nil {
			return nil, err
		}
		set.And(matches)
	}
	return set, nil
}

// sparseRatio is how many times longer than what it is intersected with a list
// must be for looking up documents in it to cost less than reading all of it.
const sparseRatio = 3

// intersection returns the live documents that all of the leaves have. The
// shortest is read, and the others are read or looked up in, as costs less. Where
// only a few articles are asked about, these are looked up in all of them.
func (r *segRun) intersection(ctx context.Context, leaves []*leafPostings) (reader.Bitset, error) {
	if r.among != nil {
		set := r.newBitset()
		docs, err := r.keepAmong(ctx, leaves...)
		addDocs(set, docs)
		return set, err
	}
	leaves = slices.Clone(leaves)
	slices.SortFunc(leaves, func(a, b *leafPostings) int { return a.count() - b.count() })
	shortest := leaves[0].count()
	if len(leaves) > 1 && shortest*sparseRatio < leaves[1].count() {
		return r.sparseIntersection(ctx, leaves)
	}
	set := r.newBitset()
	if err := r.addPostings(ctx, set, leaves[0]); err != nil {
		return nil, err
	}
	for _, p := range leaves[1:] {
		if shortest*sparseRatio < p.count() {
			docs, err := r.keepMatching(ctx, set.AppendTo(r.res.docBuffer(shortest)), p)
			if err != nil {
				return nil, err
			}
			clear(set)
			addDocs(set, docs)
			continue
		}
		other := r.newBitset()
		if err := r.addPostings(ctx, other, p); err != nil {
			return nil, err
		}
		set.And(other)
	}
	return set, nil
}

// sparseIntersection is intersection of leaves that are all much longer than the
// first one.
func (r *segRun) sparseIntersection(ctx context.Context, leaves []*leafPostings) (reader.Bitset, error) {
	set := r.newBitset()
	docs, err := r.documents(ctx, leaves[0])
	for _, p := range leaves[1:] {
		if err == nil {
			docs, err = r.keepMatching(ctx, docs, p)
		}
	}
	addDocs(set, docs)
	return set, err
}

// documents returns the live documents of a leaf, in order, in memory of the
// caller's own.
func (r *segRun) documents(ctx context.Context, p *leafPostings) ([]uint32, error) {
	if p.union != nil {
		return p.union.matches.AppendTo(r.res.docBuffer(p.union.matchCount)), nil
	}
	if !p.isPostingList {
		return slices.Clone(p.docs), nil
	}
	if err := r.res.spend(ctx, p.postings.Count()); err != nil {
		return nil, err
	}
	list, live := p.postings, r.res.docBuffer(p.postings.Count())
	var docs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			if r.Deleted == nil || !r.Deleted.Has(doc) {
				live = append(live, doc)
			}
		}
	}
	return live, list.Err()
}

// keepMatching returns those of docs that a leaf has. docs are live and in order,
// and are overwritten.
func (r *segRun) keepMatching(ctx context.Context, docs []uint32, p *leafPostings) ([]uint32, error) {
	if err := r.res.spend(ctx, stepsPerTerm+len(docs)); err != nil {
		return nil, err
	}
	if p.isPostingList {
		return keepInList(docs, p.postings)
	}
	kept := docs[:0]
	if p.union != nil {
		for _, doc := range docs {
			if p.union.matches.Has(doc) {
				kept = append(kept, doc)
			}
		}
		return kept, nil
	}
	i := 0
	for _, doc := range docs {
		for i < len(p.docs) && p.docs[i] < doc {
			i++
		}
		if i < len(p.docs) && p.docs[i] == doc {
			kept = append(kept, doc)
		}
	}
	return kept, nil
}

// keepInList is keepMatching for a posting list: of its blocks only those are
// read that may hold one of docs.
func keepInList(docs []uint32, list segment.PostingList) ([]uint32, error) {
	kept := docs[:0]
	c := candidatesPool.Get().(*candidates)
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
	case p.Prefix && p.Field == match.MyTag:
		return r.termRange(ctx, schema.FieldMyTag, p.Value)
	case p.Prefix && p.Field == match.Lang:
		return r.termRange(ctx, schema.FieldLang, p.Value)
	case p.Prefix && p.Field == match.Rights:
		return r.termRange(ctx, schema.FieldRights, p.Value)
	case p.Field == match.TopicBy:
		return r.TermSet(schema.FieldTopicBy, p.Value)
	case p.Field == match.Rights:
		return r.TermSet(schema.FieldRights, p.Value)
	case p.Field == match.Topic:
		return r.valueBelow(ctx, schema.FieldTopic, p.Value, "/")
	case p.Field == match.MyTag:
		return r.valueBelow(ctx, schema.FieldMyTag, p.Value, "/")
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

// valueBelow returns the live documents with a value, or with one below it: one
// that goes on with sep. They are cached, and the caller must not change them.
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

// termRange returns the live documents with any term that starts with prefix.
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
