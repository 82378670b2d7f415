package local

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// search is one request under way.
type search struct {
	view    *view
	request *engine.Request
	query   *compiled
	scoring scoring
	segs    []*segResult
	work    *work
}

// Search implements engine.Snapshot.
func (s *snapshot) Search(ctx context.Context, r *engine.Request) (*engine.Response, error) {
	q := &search{view: s.generation.view, request: r, query: compile(r.Plan), work: newWork(s.generation.view.count)}
	out := &engine.Response{Exact: true, Counts: map[engine.Facet][]engine.Count{}}
	if err := q.match(ctx); err != nil {
		return nil, err
	}
	for _, seg := range q.segs {
		out.Total += int(seg.result.GetCardinality())
	}
	for _, f := range r.Facets {
		counts, err := q.facet(ctx, f)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", f, err)
		}
		out.Counts[f] = counts
	}
	for _, p := range r.Also {
		n, err := q.also(ctx, p)
		if err != nil {
			return nil, err
		}
		out.Also = append(out.Also, n)
	}
	if r.Limit <= 0 {
		return out, nil
	}
	hits, err := q.top(ctx)
	if err != nil {
		return nil, err
	}
	if r.Explain {
		if err := q.explain(ctx, hits); err != nil {
			return nil, err
		}
	}
	for _, h := range hits {
		out.Hits = append(out.Hits, h.Hit)
	}
	return out, nil
}

// match finds the articles of every segment, and the document frequencies.
func (q *search) match(ctx context.Context) error {
	for _, seg := range q.view.segs {
		r, err := q.query.run(ctx, seg, q.work, map[string]*hits{})
		if err != nil {
			return err
		}
		if r.result, err = r.filtered(ctx, q.request.Filters, ""); err != nil {
			return err
		}
		for i, h := range r.leaves {
			q.query.leaves[i].df += int(h.set.GetCardinality())
		}
		q.segs = append(q.segs, r)
	}
	for _, l := range q.query.leaves {
		for _, node := range l.least {
			l.df = max(l.df, q.articles(node))
		}
	}
	mean, err := q.view.meanLength()
	q.scoring = scoring{count: q.view.count, meanLength: mean}
	for _, l := range q.query.leaves {
		l.idf = q.scoring.idf(l.df)
	}
	return err
}

// articles counts what a node matches.
func (q *search) articles(node int) int {
	n := 0
	for _, seg := range q.segs {
		n += int(seg.sets[node].GetCardinality())
	}
	return n
}

// also counts what was found and matches p as well.
func (q *search) also(ctx context.Context, p match.Plan) (int, error) {
	c, n := compile(p), 0
	for _, seg := range q.segs {
		r, err := c.run(ctx, seg.segView, q.work, seg.memo)
		if err != nil {
			return 0, err
		}
		n += int(seg.result.AndCardinality(r.base))
	}
	return n, nil
}

// candidate is an article on its way to the first ranks. What ties are broken
// by is read when it is needed.
type candidate struct {
	score float64
	seg   *segResult
	doc   uint32
	id    string
}

// hit is a candidate with what the caller gets of it.
type hit struct {
	candidate
	engine.Hit
}

// ranking orders candidates, best first.
type ranking struct {
	order engine.Order
	timed bool  // whether times were needed, and so are there
	err   error // the first error of reading what ties need
}

// fewHits is how many articles are sooner read than the times of all.
const fewHits = 50

// fewSearches is how many searches read articles for the times of hits, before
// the times of all are read instead.
const fewSearches = 3

// published is when c was published, from the times of its segment or from
// the article itself.
func (c *candidate) published(byColumn bool) (int64, error) {
	if byColumn {
		times, err := c.seg.times()
		if err != nil {
			return 0, err
		}
		return times[c.doc], nil
	}
	st, err := c.seg.load(c.doc)
	if err != nil || st.Article.Published.IsZero() {
		return noTime, err
	}
	return nanos(st.Article.Published), nil
}

func (r *ranking) time(c *candidate) int64 {
	r.timed = true
	times, err := c.seg.times()
	if err != nil {
		r.fail(err)
		return noTime
	}
	return times[c.doc]
}

func (r *ranking) id(c *candidate) string {
	if c.id == "" {
		b, err := c.seg.seg.DocID(uint64(c.doc))
		if err != nil {
			r.fail(err)
		}
		c.id = string(b)
	}
	return c.id
}

func (r *ranking) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// compare is negative when a ranks before b.
func (r *ranking) compare(a, b *candidate) int {
	if r.order == engine.Relevance {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
	}
	return cmp.Or(
		compareTimes(r.order, r.time(a), r.time(b)),
		cmp.Compare(r.id(a), r.id(b)))
}

// compareTimes puts the newer first, or the older with Oldest; what has no
// date comes last.
func compareTimes(o engine.Order, a, b int64) int {
	switch {
	case a == b:
		return 0
	case a == noTime:
		return 1
	case b == noTime:
		return -1
	case o == engine.Oldest:
		return cmp.Compare(a, b)
	}
	return cmp.Compare(b, a)
}

// after reports whether c ranks after a position seen before.
func (r *ranking) after(c *candidate, p *engine.Position) bool {
	if r.order == engine.Relevance && c.score != p.Score {
		return c.score < p.Score
	}
	at := int64(noTime)
	if !p.Published.IsZero() {
		at = nanos(p.Published)
	}
	if d := compareTimes(r.order, r.time(c), at); d != 0 {
		return d > 0
	}
	return r.id(c) > p.ID
}

// worstFirst is the heap of the best candidates so far, the worst on top.
type worstFirst struct {
	*ranking
	c []candidate
}

func (h *worstFirst) Len() int           { return len(h.c) }
func (h *worstFirst) Less(i, j int) bool { return h.compare(&h.c[i], &h.c[j]) > 0 }
func (h *worstFirst) Swap(i, j int)      { h.c[i], h.c[j] = h.c[j], h.c[i] }
func (h *worstFirst) Push(x any)         { h.c = append(h.c, x.(candidate)) }
func (h *worstFirst) Pop() any {
	last := h.c[len(h.c)-1]
	h.c = h.c[:len(h.c)-1]
	return last
}

// offer keeps c if it is among the best limit.
func (h *worstFirst) offer(c candidate, limit int) {
	switch {
	case len(h.c) < limit:
		heap.Push(h, c)
	case h.compare(&c, &h.c[0]) < 0:
		h.c[0] = c
		heap.Fix(h, 0)
	}
}

// top returns the first hits, in order.
func (q *search) top(ctx context.Context) ([]*hit, error) {
	best := &worstFirst{ranking: &ranking{order: q.request.Order}}
	for _, seg := range q.segs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		docs, scores, err := q.scores(ctx, seg, seg.result)
		if err != nil {
			return nil, err
		}
		for i, doc := range docs {
			c := candidate{score: scores[i], seg: seg, doc: doc}
			if q.request.After == nil || best.after(&c, q.request.After) {
				best.offer(c, q.request.Limit)
			}
		}
	}
	slices.SortFunc(best.c, func(a, b candidate) int { return best.compare(&a, &b) })
	// In a process of its own, as a command is, a search reads the few
	// articles; one that goes on searching has the times of all.
	byColumn := best.timed || len(best.c) > fewHits || q.view.searches.Add(1) > fewSearches
	hits := make([]*hit, len(best.c))
	for i := range best.c {
		c := &best.c[i]
		p := engine.Position{Score: c.score, ID: best.id(c)}
		at, err := c.published(byColumn)
		if err != nil {
			return nil, err
		}
		if at != noTime {
			p.Published = time.Unix(0, at).UTC()
		}
		hits[i] = &hit{*c, engine.Hit{Position: p}}
	}
	return hits, best.err
}

// scores returns the articles of gate in order, and their scores.
func (q *search) scores(ctx context.Context, seg *segResult, gate *roaring.Bitmap) ([]uint32, []float64, error) {
	docs := gate.ToArray()
	scores := make([]float64, len(docs))
	k, leaf := 0, -1
	err := q.score(ctx, seg, q.query.root, gate, func(l int, doc, freq, length uint32) {
		if l != leaf {
			k, leaf = 0, l // the next leaf starts over
		}
		k += sort.Search(len(docs)-k, func(i int) bool { return docs[k+i] >= doc })
		scores[k] += q.scoring.score(q.query.leaves[l], freq, length)
	})
	return docs, scores, err
}

// explain fills in the parts of the hits' scores.
func (q *search) explain(ctx context.Context, hits []*hit) error {
	for _, h := range hits {
		one := roaring.BitmapOf(h.doc)
		err := q.score(ctx, h.seg, q.query.root, one, func(l int, _, freq, length uint32) {
			leaf := q.query.leaves[l]
			h.Parts = append(h.Parts, engine.Part{
				Label:     label(leaf),
				Frequency: float64(freq) / weightUnit,
				DocFreq:   leaf.df,
				Boost:     leaf.boost,
				Score:     q.scoring.score(leaf, freq, length),
			})
		})
		if err != nil {
			return err
		}
		if sum := partSum(h.Parts); math.Abs(sum-h.Score) > 1e-9*math.Max(1, h.Score) {
			return fmt.Errorf("explain %s: parts add up to %g instead of %g", h.ID, sum, h.Score)
		}
	}
	return nil
}

func partSum(parts []engine.Part) float64 {
	sum := 0.0
	for _, p := range parts {
		sum += p.Score
	}
	return sum
}
