package index

import (
	"context"
	"errors"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
)

// orderedCandidates is the number of hits that are put in another order than that of
// words. Of what lies behind the first thousand hardly anything comes among the first
// ones: on FNC, candidates without a bound gain .0016 of MAP over a thousand.
const orderedCandidates = 1000

// maxListedCandidates bounds how many candidates a later page may have, since articles
// may be added before the last one.
const maxListedCandidates = maxLimit

// order is the stage between the engine, which matches and scores, and the presentation:
// it lists what a search finds in its final order. It never changes what is found.
//
// search has the contract of [engine.Snapshot.Search]. Request.After is the position of a
// hit that it returned before, and Request.Statistics what it returned with it, so that
// whoever needs more hits than a page asks again behind the last one:
//
//   - The hits of a request that goes on are those behind After, in the same order, none
//     left out and none repeated.
//   - Position.Score falls from hit to hit; ties are as the engine has them.
//   - Statistics are all that the order depends on beside the articles themselves.
//
// By words, the order is the engine's. Otherwise the best candidates by words come first,
// in the order of their new scores, and behind them the list goes on by words. A new
// score lies between the best and the worst of the candidates' scores by words, so that
// no hit behind them has a higher one. See [listing].
type order struct {
	snap    engine.Snapshot
	meaning *meaning // nil: the order is by words
	recency recency
	asked   bool  // whether a blend was asked for, so that words alone will not do
	damage  error // of vectors that would have been used; nil where they are whole

	unmeant error // why the query has no vector though articles have; nil where it has

	// What the last search came to.

	listing   *listing  // nil: the order is that of the engine
	relearned bool      // the page before was ordered by another model
	page      []ordered // of the candidates, those that were returned
}

// ordered is a hit with what its new score, Hit.Score, is made of.
type ordered struct {
	engine.Hit
	candidate
}

// newOrder returns the order in which q, of which r was read, lists what is found in snap.
func newOrder(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery) (*order, error) {
	o := &order{snap: snap}
	if q.Sort != Relevance || q.Limit < 0 {
		return o, nil
	}
	o.recency = recency{halfLife: q.Recency, now: q.now()}
	if q.Rank == RankWords {
		return o, nil
	}
	o.asked = q.Rank == RankBlend
	var err error
	o.meaning, err = newMeaning(ctx, snap, q, r)
	return o, o.withoutMeaning(err)
}

// warnNoMeaning is the warning of a search by words alone where there are vectors.
const warnNoMeaning = "hits are in the order of words alone, since what they mean can't be read: %v; learn anew to mend it"

// withoutMeaning has the order be by words alone where vectors are damaged: these are whole.
// It returns err where it is something else, or a blend was asked for.
func (o *order) withoutMeaning(err error) error {
	if isUnmeant(err) {
		o.meaning, o.unmeant = nil, err
		return nil
	}
	if o.asked || !errors.Is(err, ErrDamaged) {
		return err
	}
	o.meaning, o.damage = nil, err
	return nil
}

// search answers req with the hits in their final order.
func (o *order) search(ctx context.Context, req *engine.Request) (*engine.Response, error) {
	o.listing, o.relearned = nil, false
	if req.Order != engine.Relevance || req.Limit <= 0 {
		return o.snap.Search(ctx, req)
	}
	if !isListing(req.Statistics) {
		if req.After != nil || o.meaning == nil && !o.recency.on() {
			return o.snap.Search(ctx, req)
		}
		return o.first(ctx, req)
	}
	l, err := decodeListing(req.Statistics)
	if err != nil {
		return nil, err
	}
	if o.listing = l; after(*req.After, l.last) {
		return o.behind(ctx, req)
	}
	return o.next(ctx, req)
}

// first answers a request for the first page.
func (o *order) first(ctx context.Context, req *engine.Request) (*engine.Response, error) {
	wide := *req
	wide.Limit = orderedCandidates
	var page []candidate
	res, err := engine.Rerank(ctx, o.snap, &wide, func(c engine.Candidates) (_ []int, err error) {
		list := newCandidates(c)
		o.listing = newListing(list)
		if err := o.blend(ctx, list); err != nil {
			return nil, err
		}
		page = o.choose(list, req.Limit)
		return indexesOf(page), nil
	})
	if err != nil {
		return nil, err
	}
	if o.listing == nil { // nothing scores: the order is by date
		if req.Limit > orderedCandidates {
			return o.snap.Search(ctx, req)
		}
		res.Hits = res.Hits[:min(len(res.Hits), req.Limit)]
		return res, nil
	}
	o.listing.statistics = res.Statistics
	return o.goOnBehind(ctx, req, res, page)
}

// next answers a request that goes on within the candidates, and behind them where the
// page has room.
func (o *order) next(ctx context.Context, req *engine.Request) (*engine.Response, error) {
	wide := *req
	wide.Statistics, wide.After, wide.Limit = o.listing.statistics, nil, o.listing.candidates+1
	for {
		wider := false
		var page []candidate
		res, err := engine.Rerank(ctx, o.snap, &wide, func(c engine.Candidates) ([]int, error) {
			list := newCandidates(c)
			list.keep(func(c *candidate) bool { return !list.isAfter(c, c.words, &o.listing.last) })
			// Those of the first page are among them if one behind them is. Else articles
			// were added.
			all := len(list.found) < c.Len() || c.Len() < wide.Limit || wide.Limit > maxListedCandidates
			if wider = !all; wider {
				return nil, nil
			}
			if err := o.goOn(ctx, list); err != nil {
				return nil, err
			}
			o.score(list)
			list.keep(func(c *candidate) bool { return list.isAfter(c, c.score, req.After) })
			page = firstOf(list.found, req.Limit, list.byScore)
			return indexesOf(page), nil
		})
		if err != nil {
			return nil, err
		}
		if !wider {
			return o.goOnBehind(ctx, req, res, page)
		}
		wide.Limit *= 2
	}
}

// goOnBehind completes a response whose hits are page. Where the page has room, hits by
// words follow.
func (o *order) goOnBehind(ctx context.Context, req *engine.Request, res *engine.Response, page []candidate) (*engine.Response, error) {
	for i := range page {
		res.Hits[i].Score = page[i].score
		o.page = append(o.page, ordered{res.Hits[i], page[i]})
	}
	if room := req.Limit - len(page); room > 0 && (req.After != nil || o.listing.candidates == orderedCandidates) {
		rest := *req
		rest.After, rest.Limit, rest.Facets, rest.Also, rest.ExactTotal = &o.listing.last, room, nil, nil, false
		more, err := o.behind(ctx, &rest)
		if err != nil {
			return nil, err
		}
		res.Hits = append(res.Hits, more.Hits...)
	}
	res.Statistics = o.listing.encode()
	return res, nil
}

// indexesOf returns those that the engine knows candidates by.
func indexesOf(page []candidate) []int {
	indexes := make([]int, len(page))
	for i := range page {
		indexes[i] = page[i].at
	}
	return indexes
}

// behind answers a request that goes on behind the candidates, by words.
func (o *order) behind(ctx context.Context, req *engine.Request) (*engine.Response, error) {
	rest := *req
	rest.Statistics = o.listing.statistics
	res, err := o.snap.Search(ctx, &rest)
	if err == nil {
		res.Statistics = o.listing.encode()
	}
	return res, err
}

// blend has the order of a first page be by meaning, if it is.
func (o *order) blend(ctx context.Context, list *candidates) error {
	if o.meaning == nil {
		return nil
	}
	if err := o.meaning.resolve(ctx); err != nil {
		return o.withoutMeaning(err)
	}
	return o.withoutMeaning(list.load(ctx, o.meaning, func(vectors []embed.Vector) {
		o.listing.setMeaning(o.meaning, list, vectors)
	}))
}

// goOn is blend of a later page, whose order is that of the first one. With another model
// that cannot be.
func (o *order) goOn(ctx context.Context, list *candidates) error {
	if o.listing.model == "" {
		return nil
	}
	o.relearned = o.meaning == nil || o.meaning.id() != o.listing.model
	switch {
	case o.meaning == nil:
		o.listing.model = ""
		return nil
	case o.relearned:
		return o.blend(ctx, list)
	}
	err := list.load(ctx, o.meaning, func(vectors []embed.Vector) { o.listing.setCosines(list.found, vectors) })
	if err != nil {
		o.listing.model, o.relearned = "", true
	}
	return o.withoutMeaning(err)
}

// score gives candidates their new scores.
func (o *order) score(list *candidates) {
	for i := range list.found {
		c := &list.found[i]
		parts := o.listing.parts(c, o.decay(list, c))
		c.score = o.listing.score(c.words, &parts)
	}
}

// decay is the factor of a candidate's age.
func (o *order) decay(list *candidates, c *candidate) float64 {
	if !o.recency.on() {
		return 1
	}
	return o.recency.decay(list.engine.Published(c.at))
}

// choose returns the first candidates in the new order.
func (o *order) choose(list *candidates, limit int) []candidate {
	o.score(list)
	return firstOf(list.found, limit, list.byScore)
}

// rankedBy says what the last search was ordered by.
func (o *order) rankedBy() Ranking {
	if o.listing != nil && o.listing.model != "" {
		return RankBlend
	}
	return RankWords
}

// after reports whether a hit at a comes behind one at b: the higher score first, then
// the newer article, those without a date last, then the smaller id.
func after(a, b engine.Position) bool {
	switch {
	case a.Score != b.Score:
		return a.Score < b.Score
	case !a.Published.Equal(b.Published):
		return compareDates(a.Published, b.Published) > 0
	}
	return a.ID > b.ID
}
