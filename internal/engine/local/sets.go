package local

import (
	"context"
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// segRun is a query under way in one segment.
type segRun struct {
	*segView
	query *compiled
	// memo keeps what leaves came to: a query and what is counted beside it
	// share most of them.
	memo map[any]*hits
	work *work
	sets []bitset // by node, once made; nobody changes them
	// result is what the plan matches and the filters keep; nil while nobody
	// asked for it.
	result bitset
}

func (c *compiled) on(s *segView, w *work, memo map[any]*hits) *segRun {
	return &segRun{segView: s, query: c, memo: memo, work: w, sets: make([]bitset, c.nodes)}
}

// bits returns the articles that a node matches. The caller must not change
// them.
func (r *segRun) bits(ctx context.Context, e *expr) (bitset, error) {
	if set := r.sets[e.number]; set != nil {
		return set, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	set, err := r.evaluate(ctx, e)
	if err != nil {
		return nil, err
	}
	r.sets[e.number] = set
	return set, nil
}

func (r *segRun) evaluate(ctx context.Context, e *expr) (bitset, error) {
	switch e.kind {
	case exprAnd:
		return r.conjunction(ctx, e.kids)
	case exprOr, exprBest:
		set := r.newBits()
		for _, k := range e.kids {
			if err := r.addTo(ctx, set, k); err != nil {
				return nil, err
			}
		}
		return set, nil
	case exprNot:
		articles, err := r.articles()
		if err != nil {
			return nil, err
		}
		not, err := r.bits(ctx, e.kids[0])
		if err != nil {
			return nil, err
		}
		set := r.copyOf(articles)
		set.andNot(not)
		return set, nil
	}
	switch p := e.plan.(type) {
	case match.All:
		return r.articles()
	case match.Stem, match.Phrase, match.Near:
		set := r.newBits()
		return set, r.addTo(ctx, set, e)
	case match.Value:
		return r.value(ctx, p)
	case match.Dates:
		return r.dates(p)
	}
	return r.newBits(), nil // match.None
}

// addTo adds what a node matches to set.
func (r *segRun) addTo(ctx context.Context, set bitset, e *expr) error {
	if isLeaf(e.plan) && r.sets[e.number] == nil {
		h, err := r.hits(ctx, e.plan)
		if err != nil {
			return err
		}
		return r.addHits(ctx, set, h)
	}
	of, err := r.bits(ctx, e)
	if err == nil {
		set.or(of)
	}
	return err
}

func isLeaf(p match.Plan) bool {
	switch p.(type) {
	case match.Stem, match.Phrase, match.Near:
		return true
	}
	return false
}

func (r *segRun) addHits(ctx context.Context, set bitset, h *hits) error {
	if err := r.work.spend(ctx, h.count()); err != nil {
		return err
	}
	if h.isList {
		return r.addList(set, h.list)
	}
	if h.of != nil {
		set.or(h.of.any)
		return nil
	}
	for _, doc := range h.docs {
		set.add(doc)
	}
	return nil
}

// sparse is how many times longer a list is than what it is to be intersected
// with, from which looking up pays more than reading it all.
const sparse = 3

// conjunction returns what all of the nodes match: the smallest lists first,
// so that the others need not be read whole.
func (r *segRun) conjunction(ctx context.Context, kids []*expr) (bitset, error) {
	var lists []*hits
	var rest []*expr
	for _, k := range kids {
		if !isLeaf(k.plan) {
			rest = append(rest, k)
			continue
		}
		h, err := r.hits(ctx, k.plan)
		if err != nil {
			return nil, err
		}
		lists = append(lists, h)
	}
	var set bitset
	if len(lists) > 0 {
		var err error
		if set, err = r.common(ctx, lists); err != nil {
			return nil, err
		}
	} else {
		articles, err := r.articles()
		if err != nil || len(rest) == 0 {
			return articles, err
		}
		set = r.copyOf(articles)
	}
	for _, k := range rest {
		of, err := r.bits(ctx, k)
		if err != nil {
			return nil, err
		}
		set.and(of)
	}
	return set, nil
}

// common returns the documents that all of the leaves have.
func (r *segRun) common(ctx context.Context, all []*hits) (bitset, error) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b *hits) int { return a.count() - b.count() })
	set := r.newBits()
	few := all[0].count()
	if len(all) > 1 && few*sparse < all[1].count() {
		docs, err := r.documents(ctx, all[0])
		for _, h := range all[1:] {
			if err == nil {
				docs, err = r.having(ctx, docs, h)
			}
		}
		for _, doc := range docs {
			set.add(doc)
		}
		return set, err
	}
	if err := r.addHits(ctx, set, all[0]); err != nil {
		return nil, err
	}
	for _, h := range all[1:] {
		if few*sparse < h.count() {
			docs, err := r.having(ctx, set.appendTo(r.work.uint32s(few)), h)
			if err != nil {
				return nil, err
			}
			clear(set)
			for _, doc := range docs {
				set.add(doc)
			}
			continue
		}
		other := r.newBits()
		if err := r.addHits(ctx, other, h); err != nil {
			return nil, err
		}
		set.and(other)
	}
	return set, nil
}

// documents returns the live documents of a leaf, in order.
func (r *segRun) documents(ctx context.Context, h *hits) ([]uint32, error) {
	if h.of != nil {
		return h.of.any.appendTo(r.work.uint32s(h.of.n)), nil
	}
	if !h.isList {
		return slices.Clone(h.docs), nil
	}
	if err := r.work.spend(ctx, h.list.Count()); err != nil {
		return nil, err
	}
	list, all := h.list, r.work.uint32s(h.list.Count())
	var docs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			if r.deleted == nil || !r.deleted.has(doc) {
				all = append(all, doc)
			}
		}
	}
	return all, list.Err()
}

// having keeps those of docs, which are in order, that a leaf has. It changes
// docs.
func (r *segRun) having(ctx context.Context, docs []uint32, h *hits) ([]uint32, error) {
	if err := r.work.spend(ctx, stepsPerTerm+len(docs)); err != nil {
		return nil, err
	}
	kept := docs[:0]
	if h.of != nil {
		for _, doc := range docs {
			if h.of.any.has(doc) {
				kept = append(kept, doc)
			}
		}
		return kept, nil
	}
	if !h.isList {
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
	list, c := h.list, roomy.Get().(*candidates)
	defer roomy.Put(c)
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
			found := findIn(&block, n, part, 0, c.which[:], c.place[:])
			for _, k := range c.which[:found] {
				kept = append(kept, part[k])
			}
		}
		docs = docs[to:]
	}
	return kept, list.Err()
}

// value evaluates a condition on a field of whole values.
func (r *segRun) value(ctx context.Context, p match.Value) (bitset, error) {
	switch {
	case p.Prefix && p.Field == match.Topic:
		return r.termRange(ctx, fieldTopic, p.Value)
	case p.Prefix && p.Field == match.Lang:
		return r.termRange(ctx, fieldLang, p.Value)
	case p.Field == match.Topic:
		return r.valueBelow(ctx, fieldTopic, p.Value, "/")
	case p.Field == match.Lang:
		return r.valueBelow(ctx, fieldLang, p.Value, "-")
	}
	articles, err := r.articles()
	if err != nil {
		return nil, err
	}
	var set bitset
	if p.Prefix {
		set, err = r.termRange(ctx, fieldID, p.Value)
	} else {
		set, err = r.set(fieldID, p.Value)
	}
	if err == nil {
		set.and(articles)
	}
	return set, err
}

// valueBelow is the documents with a value or one that lies below it, parted
// by sep. The caller must not change them.
func (r *segRun) valueBelow(ctx context.Context, field, value, sep string) (bitset, error) {
	return r.keptSet(field+"\x00"+value, func() (bitset, error) {
		set, err := r.set(field, value)
		if err != nil {
			return nil, err
		}
		below, err := r.termRange(ctx, field, value+sep)
		if err == nil {
			set.or(below)
		}
		return set, err
	})
}

// termRange is the live documents with any term that starts with prefix.
func (r *segRun) termRange(ctx context.Context, field, prefix string) (bitset, error) {
	set := r.newBits()
	err := r.eachTerm(field, nil, []byte(prefix), prefixEnd([]byte(prefix)), func(t *segment.Term) error {
		list, err := t.List()
		if err != nil {
			return fmt.Errorf("postings of %s:%q: %w", field, t.Bytes, err)
		}
		if err := r.work.spend(ctx, stepsPerWord+stepsPerTerm); err != nil {
			return err
		}
		return r.addList(set, list)
	})
	return set, err
}
