package index

import (
	"context"
	"errors"
	"slices"

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

	// What the last search came to.

	listing   *listing    // nil: the order is that of the engine
	relearned bool        // the page before was ordered by another model
	page      []candidate // those that were returned
}

// candidate is a hit with what its new score is made of.
type candidate struct {
	engine.Hit         // Score is the new one
	words      float64 // its score by words
	cosine     float64 // to what the query means; noCosine where that isn't known
	parts      scoreParts
}

// newOrder returns the order in which q, of which r was read, lists what is found in snap.
func newOrder(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery) (*order, error) {
	o := &order{snap: snap}
	if q.Sort != Relevance || q.Limit < 0 {
		return o, nil
	}
	o.recency = recency{halfLife: q.Recency, now: q.asked}
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
	wide.Limit = max(req.Limit, orderedCandidates)
	res, err := o.snap.Search(ctx, &wide)
	if err != nil || len(res.Hits) == 0 || res.Statistics == "" {
		return res, err // nothing scores: the order is by date
	}
	found := candidatesOf(res.Hits[:min(len(res.Hits), orderedCandidates)])
	o.listing = newListing(res, found)
	if err := o.blend(ctx, found); err != nil {
		return nil, err
	}
	o.sort(found)
	for i := range found {
		res.Hits[i] = found[i].Hit
	}
	o.page = append(o.page, found[:min(len(found), req.Limit)]...)
	res.Hits = res.Hits[:min(len(res.Hits), req.Limit)]
	res.Statistics = o.listing.encode()
	return res, nil
}

// next answers a request that goes on within the candidates, and behind them where the
// page has room.
func (o *order) next(ctx context.Context, req *engine.Request) (*engine.Response, error) {
	found, res, err := o.candidates(ctx, req)
	if err != nil {
		return nil, err
	}
	if o.listing.model != "" {
		if err := o.goOn(ctx, found); err != nil {
			return nil, err
		}
	}
	o.sort(found)
	found = slices.DeleteFunc(found, func(c candidate) bool { return !after(c.Position, *req.After) })
	found = found[:min(len(found), req.Limit)]
	o.page = append(o.page, found...)
	res.Hits = res.Hits[:0]
	for i := range found {
		res.Hits = append(res.Hits, found[i].Hit)
	}
	if room := req.Limit - len(found); room > 0 {
		rest := *req
		rest.After, rest.Limit = &o.listing.last, room
		more, err := o.behind(ctx, &rest)
		if err != nil {
			return nil, err
		}
		res.Hits = append(res.Hits, more.Hits...)
	}
	res.Statistics = o.listing.encode()
	return res, nil
}

// candidates finds those of the first page that are still there, with articles that were
// added among them.
func (o *order) candidates(ctx context.Context, req *engine.Request) ([]candidate, *engine.Response, error) {
	l := o.listing
	wide := *req
	wide.Statistics, wide.After, wide.Limit = l.statistics, nil, l.candidates+1
	for {
		res, err := o.snap.Search(ctx, &wide)
		if err != nil {
			return nil, nil, err
		}
		n := 0
		for n < len(res.Hits) && !after(res.Hits[n].Position, l.last) {
			n++
		}
		if n < len(res.Hits) || len(res.Hits) < wide.Limit || wide.Limit > maxListedCandidates {
			return candidatesOf(res.Hits[:n]), res, nil
		}
		wide.Limit *= 2 // articles were added
	}
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

func candidatesOf(hits []engine.Hit) []candidate {
	list := make([]candidate, len(hits))
	for i, h := range hits {
		list[i] = candidate{Hit: h, words: h.Score}
	}
	return list
}

// blend has the order of a first page be by meaning, if it is.
func (o *order) blend(ctx context.Context, found []candidate) error {
	if o.meaning == nil {
		return nil
	}
	vectors, err := o.meaning.load(ctx, found)
	if err != nil {
		return o.withoutMeaning(err)
	}
	o.listing.setMeaning(o.meaning, found, vectors)
	return nil
}

// goOn is blend of a later page, whose order is that of the first one. With another model
// that cannot be.
func (o *order) goOn(ctx context.Context, found []candidate) error {
	o.relearned = o.meaning == nil || o.meaning.model.ID() != o.listing.model
	switch {
	case o.meaning == nil:
		o.listing.model = ""
		return nil
	case o.relearned:
		return o.blend(ctx, found)
	}
	vectors, err := o.meaning.load(ctx, found)
	if err != nil {
		o.listing.model, o.relearned = "", true
		return o.withoutMeaning(err)
	}
	o.listing.setCosines(found, vectors)
	return nil
}

// sort scores candidates and puts them in order.
func (o *order) sort(found []candidate) {
	for i := range found {
		c := &found[i]
		c.parts = o.listing.parts(c, &o.recency)
		c.Score = o.listing.score(c.words, &c.parts)
	}
	slices.SortFunc(found, func(a, b candidate) int {
		switch {
		case after(b.Position, a.Position):
			return -1
		case after(a.Position, b.Position):
			return 1
		}
		return 0
	})
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
		return !b.Published.IsZero() && (a.Published.IsZero() || a.Published.Before(b.Published))
	}
	return a.ID > b.ID
}
