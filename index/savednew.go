package index

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// NewHits are the articles that came in since a saved search was last marked as seen.
// They are of one snapshot, which Close lets go.
type NewHits struct {
	Search SavedSearch

	ix  *Index
	raw engine.Snapshot // with what is under embargo
	arrivals
}

// arrivals is a snapshot in which is looked for what is new.
type arrivals struct {
	last engine.Snapshot // what may be seen now
	at   time.Time       // now
	upTo time.Time       // when the last article of the snapshot was added
}

// arrivals looks for what is new in a snapshot, in which what is under embargo is.
func (ix *Index) arrivals(ctx context.Context, raw engine.Snapshot) (a arrivals, err error) {
	a.at, a.last = time.Now(), raw
	if a.upTo, err = lastAddedIn(ctx, raw); err == nil && !ix.embargoed {
		a.last, err = raw.Released(ctx, a.at)
	}
	return a, err
}

// SeenMark says up to where the articles of a saved search were looked at.
type SeenMark struct {
	search   string
	upTo, at time.Time
}

// New returns what came into the index since the saved search of a name was last marked as
// seen, by when it was added and whatever its date. ErrNotFound: there is none of that name.
// The caller reads Hits, calls Seen once they are where they should be, and then Close. Who
// does so is told each article once, and misses none, whatever comes in meanwhile and
// however often syncs are cut short; where the caller ends before Seen, the same ones come
// again.
func (ix *Index) New(ctx context.Context, name string) (*NewHits, error) {
	s, err := ix.SavedNamed(ctx, name)
	if err != nil {
		return nil, err
	}
	return ix.NewOf(ctx, s)
}

// NewOf is New of a search as Saved or NewCounts returned it. For many searches that is
// faster, as their setting is read once.
func (ix *Index) NewOf(ctx context.Context, s SavedSearch) (*NewHits, error) {
	if s.Err != nil {
		return nil, fmt.Errorf("saved search %s: %w", s.Name, s.Err)
	}
	n := &NewHits{Search: s, ix: ix}
	var err error
	if n.raw, err = ix.engine.Snapshot(ctx); err != nil {
		return nil, err
	}
	if n.arrivals, err = ix.arrivals(ctx, n.raw); err != nil {
		return nil, errors.Join(err, n.raw.Close(ctx))
	}
	return n, nil
}

// Close lets go of the snapshot.
func (n *NewHits) Close(ctx context.Context) error { return n.raw.Close(ctx) }

// Hits yields the articles, those first that came in last; then those that were in the index
// before, under an embargo that has ended since. An error is the last thing that is yielded.
func (n *NewHits) Hits(ctx context.Context) iter.Seq2[Hit, error] { return n.hits(ctx, false) }

// IDs yields the ids of what Hits yields, and reads no article for it.
func (n *NewHits) IDs(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for h, err := range n.hits(ctx, true) {
			if !yield(h.ID, err) {
				return
			}
		}
	}
}

func (n *NewHits) hits(ctx context.Context, idsOnly bool) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		rank := 0
		q := n.Search.Query()
		q.Passages, q.IDsOnly = -1, idsOnly
		if !n.upTo.IsZero() { // else it is known of no article when it was added
			q.within = addedIn(n.Search.Seen, n.upTo)
			for h, err := range n.ix.allFrom(ctx, n.last, q, nil) {
				rank++
				if h.Rank = rank; !yield(h, err) || err != nil {
					return
				}
			}
		}
		n.released(ctx, q, func(h Hit, err error) bool {
			rank++
			h.Rank = rank
			return yield(h, err)
		})
	}
}

// released yields what q finds of what was under embargo when the search was marked as seen
// and isn't now.
func (n *NewHits) released(ctx context.Context, q Query, yield func(Hit, error) bool) {
	c := newCounter{ix: n.ix, raw: n.raw, arrivals: n.arrivals}
	left := []SavedCount{{Search: n.Search}}
	if err := errors.Join(c.countReleased(ctx, left), left[0].Err); err != nil {
		yield(Hit{}, err)
		return
	}
	if left[0].New == 0 {
		return
	}
	seen, err := n.raw.Released(ctx, n.Search.SeenAt)
	if err != nil {
		yield(Hit{}, err)
		return
	}
	q.within = match.Not{Operand: c.since(&n.Search)}
	for h, err := range n.ix.allFrom(ctx, n.last, q, nil) {
		if err == nil {
			var known []engine.Known
			if known, err = seen.Lookup(ctx, []engine.Ref{{ID: h.ID}}); err == nil && known[0].Exists {
				continue
			}
		}
		if !yield(h, err) || err != nil {
			return
		}
		if left[0].New--; left[0].New == 0 {
			return
		}
	}
}

// addedIn matches what was added later than one time, where it isn't zero, and not later
// than another.
func addedIn(after, to time.Time) match.Plan {
	d := match.Dates{To: to.Add(time.Microsecond), Added: true} // behind it
	if !after.IsZero() {
		d.From = after.Add(time.Microsecond)
	}
	return d
}

// Seen marks all of Hits as seen: the next New has what comes in later.
func (n *NewHits) Seen(ctx context.Context) error { return n.ix.MarkSeen(ctx, n.Mark()) }

// Mark is what Seen marks, for MarkSeen of many searches at once.
func (n *NewHits) Mark() SeenMark { return n.mark(&n.Search) }

func (a *arrivals) mark(s *SavedSearch) SeenMark {
	return SeenMark{search: s.Name, upTo: a.upTo, at: a.at.UTC()}
}

// MarkSeen marks as seen what New or NewCounts found of some searches. A search that was
// forgotten meanwhile is passed over, and no mark goes back to an earlier time.
func (ix *Index) MarkSeen(ctx context.Context, marks ...SeenMark) error {
	if len(marks) == 0 {
		return nil
	}
	if err := ix.checkWritable("mark as seen"); err != nil {
		return err
	}
	return ix.changeSaved(ctx, func(f *savedFile) error {
		at := make(map[string]int, len(f.Searches))
		for i := range f.Searches {
			at[f.Searches[i].Name] = i
		}
		for _, m := range marks {
			i, ok := at[m.search]
			if !ok {
				continue // it was forgotten meanwhile
			}
			s := &f.Searches[i]
			if m.upTo.After(s.Seen) {
				s.Seen = m.upTo
			}
			if m.at.After(s.SeenAt) {
				s.SeenAt = m.at
			}
		}
		return nil
	})
}
