package index

import (
	"context"
	"errors"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// SavedCount is how many articles are new in a saved search.
type SavedCount struct {
	Search SavedSearch
	// New is how many came in since the search was last marked as seen: as many as New
	// yields.
	New int
	// Added is how many of them the sync added that tells of it; 0 for NewCounts.
	Added int
	// Err says why they could not be counted, as where the query can't be read any more or
	// is too broad. It ends nothing else.
	Err error
	// Mark marks what was counted as seen; see MarkSeen.
	Mark SeenMark
}

// NewCounts returns how many articles are new in saved searches: in those of some names, or
// without names in all, in the order in which they were saved. All are counted in one
// snapshot, and no article is read. ErrNotFound: there is none of a name.
func (ix *Index) NewCounts(ctx context.Context, names ...string) ([]SavedCount, error) {
	f, err := readSaved(ctx, ix.engine)
	if err != nil {
		return nil, err
	}
	searches := f.Searches
	if len(names) > 0 {
		searches = nil
		for _, name := range names {
			i, err := f.find(name)
			if err != nil {
				return nil, err
			}
			searches = append(searches, f.Searches[i])
		}
	}
	if len(searches) == 0 {
		return nil, nil
	}
	raw, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := ix.countNew(ctx, raw, searches)
	return counts, errors.Join(err, raw.Close(ctx))
}

// tellSaved returns what has come in for saved searches since a time, which is that of the
// last article that was visible before a sync. Searches for which nothing has are left out.
func (ix *Index) tellSaved(ctx context.Context, searches []SavedSearch, before time.Time) (told []SavedCount, err error) {
	raw, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, raw.Close(ctx)) }()
	c, err := ix.newCounter(ctx, raw)
	if err != nil || !c.upTo.After(before) {
		return nil, err // nothing has come in
	}
	// What the sync brought is little, most often, and fast to look through. All that is
	// new is looked through only for the searches for which it brought something.
	since := func(s *SavedSearch) match.Plan {
		if s.Seen.After(before) {
			return c.since(s)
		}
		return addedIn(before, c.upTo)
	}
	counts := c.begin(searches)
	if err := c.each(ctx, counts, c.last, since, func(of *SavedCount, n int) { of.Added = n }); err != nil {
		return nil, err
	}
	for i := range counts {
		if counts[i].Added > 0 || counts[i].Err != nil {
			told = append(told, counts[i])
		}
	}
	return told, errors.Join(c.count(ctx, told, c.since), c.countReleased(ctx, told))
}

// countNew counts what is new of searches in a snapshot.
func (ix *Index) countNew(ctx context.Context, raw engine.Snapshot, searches []SavedSearch) ([]SavedCount, error) {
	c, err := ix.newCounter(ctx, raw)
	if err != nil {
		return nil, err
	}
	counts := c.begin(searches)
	if err := c.count(ctx, counts, c.since); err != nil {
		return nil, err
	}
	return counts, c.countReleased(ctx, counts)
}

// newCounter counts what is new of saved searches in one snapshot.
type newCounter struct {
	ix  *Index
	raw engine.Snapshot
	arrivals
}

func (ix *Index) newCounter(ctx context.Context, raw engine.Snapshot) (*newCounter, error) {
	a, err := ix.arrivals(ctx, raw)
	return &newCounter{ix: ix, raw: raw, arrivals: a}, err
}

// begin returns the searches with nothing counted.
func (c *newCounter) begin(searches []SavedSearch) []SavedCount {
	counts := make([]SavedCount, len(searches))
	for i := range searches {
		counts[i] = SavedCount{Search: searches[i], Mark: c.mark(&searches[i])}
	}
	return counts
}

// since is what came in since a search was marked as seen.
func (c *newCounter) since(s *SavedSearch) match.Plan { return addedIn(s.Seen, c.upTo) }

// countedAtOnce is how many searches are counted together: enough for few requests to a
// server, and few enough that their plans take little memory.
const countedAtOnce = 256

// count adds to New of each search what it finds in the articles that within matches.
func (c *newCounter) count(ctx context.Context, counts []SavedCount, within func(*SavedSearch) match.Plan) error {
	if c.upTo.IsZero() {
		return nil // it is known of no article when it was added
	}
	return c.each(ctx, counts, c.last, within, func(of *SavedCount, n int) { of.New += n })
}

// countReleased adds what was in the index when a search was marked as seen, under an
// embargo that has ended since.
func (c *newCounter) countReleased(ctx context.Context, counts []SavedCount) error {
	if c.ix.embargoed {
		return nil
	}
	first := c.at
	for i := range counts {
		if at := counts[i].Search.SeenAt; at.Before(first) {
			first = at
		}
	}
	if seen, err := c.raw.Released(ctx, first); err != nil || seen.Len() == c.last.Len() {
		return err // no embargo has ended since any of them was marked
	}
	for i := range counts {
		of := counts[i : i+1]
		seen, err := c.raw.Released(ctx, of[0].Search.SeenAt)
		if err != nil {
			return err
		}
		if seen.Len() == c.last.Len() {
			continue
		}
		// What could be seen then is among what can be seen now, so that a difference
		// of counts is the count of a difference.
		before := func(s *SavedSearch) match.Plan { return match.Not{Operand: c.since(s)} }
		released := 0
		err = c.each(ctx, of, c.last, before, func(_ *SavedCount, n int) { released += n })
		if err == nil {
			err = c.each(ctx, of, seen, before, func(_ *SavedCount, n int) { released -= n })
		}
		if err != nil {
			return err
		}
		of[0].New += max(released, 0)
	}
	return nil
}

// each calls add with how many articles of a snapshot each search finds among those that
// within matches. What is wrong with a search goes to its Err.
func (c *newCounter) each(ctx context.Context, counts []SavedCount, snap engine.Snapshot, within func(*SavedSearch) match.Plan, add func(*SavedCount, int)) error {
	for from := 0; from < len(counts); from += countedAtOnce {
		some := counts[from:min(from+countedAtOnce, len(counts))]
		requests := make([]*engine.Request, len(some))
		err := inParallel(len(some), func() func(i int) error {
			return func(i int) (err error) {
				if some[i].Err == nil {
					requests[i], err = c.request(ctx, snap, &some[i].Search, within)
				}
				return some[i].note(err)
			}
		})
		if err != nil {
			return err
		}
		totals, errs := totalsOf(ctx, snap, requests)
		for i := range some {
			if err := some[i].note(errs[i]); err != nil {
				return err
			}
			if requests[i] != nil && errs[i] == nil {
				add(&some[i], totals[i])
			}
		}
	}
	return nil
}

// note keeps an error that is of one search, and returns one that is of the index.
func (s *SavedCount) note(err error) error {
	for _, of := range []error{context.Canceled, context.DeadlineExceeded, ErrClosed, ErrDamaged, ErrServer, ErrSnapshotGone} {
		if errors.Is(err, of) {
			return err
		}
	}
	if err != nil {
		s.Err, s.Search.Err = err, err
	}
	return nil
}

// request is what the engine counts of a search.
func (c *newCounter) request(ctx context.Context, snap engine.Snapshot, s *SavedSearch, within func(*SavedSearch) match.Plan) (*engine.Request, error) {
	q, err := s.Query().resolved()
	if err != nil {
		return nil, err
	}
	aliases, err := c.ix.aliasesFor(&q)
	if err != nil {
		return nil, err
	}
	q.within = within(s)
	if err := q.setLanguages(ctx, snap); err != nil {
		return nil, err
	}
	r, err := q.parse(aliases)
	if err != nil {
		return nil, err
	}
	filters, _, err := resolveFilters(ctx, snap, q.Filters, q.TopicsFrom, q.location())
	if err != nil {
		return nil, err
	}
	return &engine.Request{Plan: r.plan, Filters: filters, Location: q.location(), ExactTotal: true, NoStories: true}, nil
}
