package local

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/match"
)

// expr is a plan made ready for evaluation: boosts have sunk into the leaves,
// and every node has a number under which its set is kept.
type expr struct {
	number int
	plan   match.Plan // of a node without kids
	kind   exprKind
	kids   []*expr
	leaf   int // index into the query's leaves; -1 where nothing is scored
}

type exprKind uint8

const (
	exprSet exprKind = iota // its own set: a leaf, a value, dates
	exprAnd
	exprOr
	exprBest // an OR of which the best part scores
	exprNot
)

// compiled is a plan ready to run on any segment.
type compiled struct {
	root   *expr
	nodes  int
	leaves []*leaf // in the order of the query
}

func compile(p match.Plan) *compiled {
	c := &compiled{}
	c.root = c.add(p, place{boost: 1, scores: true})
	return c
}

// place is where a node stands.
type place struct {
	boost  float64
	scores bool
	least  []int // see leaf
}

func (c *compiled) add(p match.Plan, at place) *expr {
	if b, ok := p.(match.Boost); ok {
		at.boost *= b.Factor
		return c.add(b.Of, at)
	}
	e := &expr{number: c.nodes, plan: p, leaf: -1}
	c.nodes++
	switch p := p.(type) {
	case match.And:
		e.kind = exprAnd
		for _, q := range p.Of {
			e.kids = append(e.kids, c.add(q, at))
		}
	case match.Or:
		e.kind = exprOr
		if p.Best {
			e.kind = exprBest
		}
		for i, q := range p.Of {
			if i == 1 && p.Best {
				at.least = append(slices.Clip(at.least), e.kids[0].number)
			}
			e.kids = append(e.kids, c.add(q, at))
		}
	case match.Not:
		e.kind = exprNot
		at.scores = false
		e.kids = []*expr{c.add(p.Of, at)}
	case match.Stem, match.Phrase, match.Near:
		if at.scores {
			e.leaf = len(c.leaves)
			c.leaves = append(c.leaves, &leaf{plan: p, boost: at.boost, least: at.least})
		}
	}
	return e
}

// segResult is what a compiled query came to in one segment.
type segResult struct {
	*segView
	// memo keeps what leaves came to: a query and what is counted beside it
	// share most of them.
	memo   map[string]*hits
	work   *work
	sets   []*roaring.Bitmap // by node; nobody changes them once they are here
	leaves []*hits           // by leaf
	base   *roaring.Bitmap   // what the plan matches, before filters
	result *roaring.Bitmap   // and after them
}

// run evaluates c on a segment. All leaves are evaluated, also where the
// outcome doesn't need them: their document frequencies are those of the
// whole index.
func (c *compiled) run(ctx context.Context, s *segView, w *work, memo map[string]*hits) (*segResult, error) {
	r := &segResult{segView: s, memo: memo, work: w, sets: make([]*roaring.Bitmap, c.nodes), leaves: make([]*hits, len(c.leaves))}
	var err error
	r.base, err = r.eval(ctx, c.root)
	return r, err
}

func (r *segResult) eval(ctx context.Context, e *expr) (set *roaring.Bitmap, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	defer func() { r.sets[e.number] = set }()
	kids := make([]*roaring.Bitmap, len(e.kids))
	for i, k := range e.kids {
		if kids[i], err = r.eval(ctx, k); err != nil {
			return nil, err
		}
	}
	switch e.kind {
	case exprAnd:
		if len(kids) == 0 {
			return r.articles, nil
		}
		return roaring.FastAnd(kids...), nil
	case exprOr, exprBest:
		return roaring.FastOr(kids...), nil
	case exprNot:
		return roaring.AndNot(r.articles, kids[0]), nil
	}
	return r.evalSet(ctx, e)
}

func (r *segResult) evalSet(ctx context.Context, e *expr) (*roaring.Bitmap, error) {
	switch p := e.plan.(type) {
	case match.All:
		return r.articles, nil
	case match.Stem, match.Phrase, match.Near:
		key := fmt.Sprintf("%#v", p)
		h := r.memo[key]
		if h == nil {
			var err error
			if h, err = r.leafHits(ctx, p); err != nil {
				return nil, err
			}
			r.memo[key] = h
		}
		if e.leaf >= 0 {
			r.leaves[e.leaf] = h
		}
		return h.set, nil
	case match.Value:
		return r.value(ctx, p)
	case match.Dates:
		return r.dates(ctx, p)
	}
	return roaring.New(), nil // match.None
}

// value evaluates a condition on a field of whole values.
func (r *segResult) value(ctx context.Context, p match.Value) (*roaring.Bitmap, error) {
	switch {
	case p.Prefix && p.Field == match.Topic:
		return r.termRange(ctx, fieldTopic, []byte(p.Value), prefixEnd([]byte(p.Value)))
	case p.Prefix && p.Field == match.Lang:
		return r.termRange(ctx, fieldLang, []byte(p.Value), prefixEnd([]byte(p.Value)))
	case p.Field == match.Topic:
		return r.valueBelow(ctx, fieldTopic, p.Value, "/")
	case p.Field == match.Lang:
		return r.valueBelow(ctx, fieldLang, p.Value, "-")
	case p.Prefix:
		set, err := r.termRange(ctx, fieldID, []byte(p.Value), prefixEnd([]byte(p.Value)))
		if err == nil {
			set.And(r.articles)
		}
		return set, err
	}
	set, err := r.set(fieldID, p.Value)
	if err == nil {
		set.And(r.articles)
	}
	return set, err
}

// valueBelow is the documents with a value or one that lies below it, parted
// by sep.
func (r *segResult) valueBelow(ctx context.Context, field, value, sep string) (*roaring.Bitmap, error) {
	set, err := r.set(field, value)
	if err != nil {
		return nil, err
	}
	from := []byte(value + sep)
	below, err := r.termRange(ctx, field, from, prefixEnd(from))
	if err != nil {
		return nil, err
	}
	set.Or(below)
	return set, nil
}

// termRange is the live documents with any term within [from, to).
func (r *segResult) termRange(ctx context.Context, field string, from, to []byte) (*roaring.Bitmap, error) {
	bits := make([]uint64, r.seg.Count()/64+1)
	err := r.eachTerm(field, from, to, func(_ segment.TermDictionary, term string) error {
		list, _, err := r.own.Postings(field, term)
		if err != nil {
			return err
		}
		list.Bits(bits)
		return errors.Join(list.Err(), r.work.spend(ctx, stepsPerWord+stepsPerTerm))
	})
	return r.live(bits), err
}

// dates is the live articles published within p: days that lie in it wholly by
// the day, what is left at its ends by the time.
func (r *segResult) dates(ctx context.Context, p match.Dates) (*roaring.Bitmap, error) {
	// A day without a time is held against what the clock shows, see
	// match.Dates: between first and last, both ways agree.
	from, to := earlier(p.From, match.Wall(p.From)), later(p.To, match.Wall(p.To))
	first, last := ceilDay(later(p.From, match.Wall(p.From))), floorDay(earlier(p.To, match.Wall(p.To)))
	if !p.From.IsZero() && !p.To.IsZero() && !first.Before(last) {
		return r.timesWithin(ctx, p, from, to)
	}
	var loDay, hiDay []byte
	set := roaring.New()
	if !p.From.IsZero() {
		loDay = []byte(first.Format(time.DateOnly))
		edge, err := r.timesWithin(ctx, p, from, first)
		if err != nil {
			return nil, err
		}
		set.Or(edge)
	}
	if !p.To.IsZero() {
		hiDay = []byte(last.Format(time.DateOnly))
		edge, err := r.timesWithin(ctx, p, last, to)
		if err != nil {
			return nil, err
		}
		set.Or(edge)
	}
	days, err := r.termRange(ctx, fieldDay, loDay, hiDay)
	if err != nil {
		return nil, err
	}
	set.Or(days)
	return set, nil
}

// timesWithin is the live articles published within [from, to) whose time p
// contains.
func (r *segResult) timesWithin(ctx context.Context, p match.Dates, from, to time.Time) (*roaring.Bitmap, error) {
	set := roaring.New()
	err := r.eachTerm(fieldTime, timeTerm(from), timeTerm(to), func(d segment.TermDictionary, term string) error {
		if err := r.work.spend(ctx, stepsPerTerm); err != nil {
			return err
		}
		if !p.Contain(time.Unix(0, parseTimeTerm([]byte(term)))) {
			return nil
		}
		list, err := d.PostingsList([]byte(term), r.deleted, nil)
		if err != nil {
			return err
		}
		return eachDoc(list, func(doc uint32) { set.Add(doc) })
	})
	return set, err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

const dayLength = 24 * time.Hour // in UTC every day has as many

func floorDay(t time.Time) time.Time { return t.UTC().Truncate(dayLength) }

func ceilDay(t time.Time) time.Time {
	d := floorDay(t)
	if d.Before(t) {
		d = d.Add(dayLength)
	}
	return d
}

// scoring is what scores depend on beside the segment.
type scoring struct {
	count      int     // articles
	meanLength float64 // weighted, doubled
}

// k1 and b of BM25, the values that the literature and its peers use.
const (
	k1 = 1.2
	b  = 0.75
)

// score is BM25F with the weighted frequency of all fields saturated at once
// (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, 3.6):
//
//	idf * tf / (tf + k1*(1 - b + b*length/mean)),  idf = ln(1 + (N - df + 0.5)/(df + 0.5))
//
// freq and length come doubled, see schema.go.
func (sc scoring) score(l *leaf, freq, length uint32) float64 {
	tf := float64(freq) / weightUnit
	norm := k1 * (1 - b + b*float64(length)/sc.meanLength)
	return l.boost * l.idf * tf / (tf + norm)
}

// idf is how much a leaf that occurs in df articles tells.
func (sc scoring) idf(df int) float64 {
	n, f := float64(sc.count), float64(df)
	return math.Log(1 + (n-f+0.5)/(f+0.5))
}

// adder takes what a leaf gives to an article: its frequency there, and the
// article's length. Of each leaf the articles come in order.
type adder func(leaf int, doc, freq, length uint32)

// score hands on what the leaves below e give to the articles of gate. A part
// of an OR gives nothing to an article that it does not match as a whole.
func (q *search) score(ctx context.Context, r *segResult, e *expr, gate *roaring.Bitmap, add adder) error {
	switch {
	case e.kind == exprNot:
		return nil
	case e.kind == exprBest:
		return q.scoreBest(ctx, r, e, gate, add)
	case e.leaf >= 0:
		if err := q.work.spend(ctx, int(r.leaves[e.leaf].set.GetCardinality())); err != nil {
			return err
		}
		return r.leaves[e.leaf].each(gate, func(doc, freq, length uint32) { add(e.leaf, doc, freq, length) })
	}
	for _, k := range e.kids {
		if err := q.score(ctx, r, k, r.within(k, gate), add); err != nil {
			return err
		}
	}
	return nil
}

// within is the part of gate that a node with parts matches as a whole.
func (r *segResult) within(e *expr, gate *roaring.Bitmap) *roaring.Bitmap {
	if len(e.kids) == 0 {
		return gate
	}
	return roaring.And(gate, r.sets[e.number])
}

// given is what a leaf gave to an article.
type given struct {
	leaf              int
	doc, freq, length uint32
}

// scoreBest hands on what the best part gives to each article: all parts are
// scored first, then those that won are gone through again.
func (q *search) scoreBest(ctx context.Context, r *segResult, e *expr, gate *roaring.Bitmap, add adder) error {
	parts := make([][]given, len(e.kids))
	best := map[uint32]int{}
	highest := map[uint32]float64{}
	for i, k := range e.kids {
		sums := map[uint32]float64{}
		err := q.score(ctx, r, k, r.within(k, gate), func(leaf int, doc, freq, length uint32) {
			parts[i] = append(parts[i], given{leaf, doc, freq, length})
			sums[doc] += q.scoring.score(q.query.leaves[leaf], freq, length)
		})
		if err != nil {
			return err
		}
		for doc, sum := range sums {
			if old, ok := highest[doc]; !ok || sum > old {
				best[doc], highest[doc] = i, sum
			}
		}
	}
	for i, part := range parts {
		for _, g := range part {
			if best[g.doc] == i {
				add(g.leaf, g.doc, g.freq, g.length)
			}
		}
	}
	return nil
}
