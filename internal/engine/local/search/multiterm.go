package search

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// multiTermUnion is the union of the posting lists of all words that a pattern
// stands for. The lists count as one, in which a document has the sum of their
// weighted frequencies.
//
// All lists are added first. Then materialize gives all of the union, or findTop
// its matches and its first documents; both go over all lists again each time
// they are called. Lists are added up in the windows of an accumulator. A long
// list is read along with the windows; the postings of a short one are read when
// it is added, and sorted by window.
type multiTermUnion struct {
	run       *segRun
	lists     []weightedPostings // the long ones, as they stand before their first block
	openLists []weightedPostings // the same, as far as they are read
	// shortPostings are the postings of short lists, by window.
	shortPostings [][]posting
	shortCount    int
	// flatFreqs are the sums of short lists by document. Where there are too
	// many shortPostings it takes their place; else it is nil.
	flatFreqs    []uint32
	postingCount int // of all lists
	// unscored is whether the lists are of a field that does not rank. Then
	// frequencies count nothing, and all of them come out as 0.
	unscored bool

	// tracksSeen is set while windows keep bits of the documents that have a posting.
	tracksSeen bool

	// What findTop found: the live articles that match, their number, and those
	// of them that may be among the first hits.
	matches    reader.Bitset
	matchCount int
	top        []posting
}

// unionPool holds unions to be used again, with the memory that they have.
var unionPool = sync.Pool{New: func() any { return new(multiTermUnion) }}

// reset empties a union, and keeps its memory.
func (u *multiTermUnion) reset() {
	clear(u.lists)
	clear(u.openLists)
	for i := range u.shortPostings {
		u.shortPostings[i] = u.shortPostings[i][:0]
	}
	*u = multiTermUnion{lists: u.lists[:0], openLists: u.openLists[:0], shortPostings: u.shortPostings[:0]}
}

// maxShortPostings is how many postings of short lists are kept by window: some
// megabytes.
const maxShortPostings = 1 << 19

// add adds a list whose frequencies count weight times.
func (u *multiTermUnion) add(list segment.PostingList, weight uint32) error {
	u.postingCount += list.Count()
	if list.Count() >= longPostings {
		u.lists = append(u.lists, weightedPostings{PostingList: list, weight: weight})
		return nil
	}
	if len(u.shortPostings) == 0 {
		n := (u.run.Docs + accumulatorDocs - 1) / accumulatorDocs
		u.shortPostings = slices.Grow(u.shortPostings, n)[:n]
	}
	if u.shortCount += list.Count(); u.shortCount > maxShortPostings && u.flatFreqs == nil {
		u.flatten()
	}
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		if u.flatFreqs != nil {
			for i, doc := range docs[:n] {
				u.flatFreqs[doc] += weight * freqs[i]
			}
			continue
		}
		for i, doc := range docs[:n] {
			window := &u.shortPostings[doc/accumulatorDocs]
			*window = append(*window, posting{doc, weight * freqs[i]})
		}
	}
	return list.Err()
}

// flatten adds up the postings of short lists by document.
func (u *multiTermUnion) flatten() {
	u.flatFreqs = make([]uint32, u.run.Docs)
	for i, window := range u.shortPostings {
		for _, p := range window {
			u.flatFreqs[p.doc] += p.freq
		}
		u.shortPostings[i] = window[:0]
	}
}

// materialize returns the live articles of the union, with their frequencies.
func (u *multiTermUnion) materialize() (*leafPostings, error) {
	p, giveBack := borrowPostings(min(u.postingCount, u.run.Docs))
	defer giveBack()
	var err error
	if u.postingCount*seenRatio < u.run.Docs && u.flatFreqs == nil {
		u.tracksSeen = true
		err = u.eachWindow(func(a *accumulator, from int) { a.moveSeenTo(p, from, u.run.Segment) })
		u.tracksSeen = false
	} else {
		matches := u.run.newBitset()
		err = u.eachWindow(func(a *accumulator, from int) { a.moveTo(p, from, u.run.Segment, matches) })
	}
	if u.unscored {
		clear(p.freqs)
	}
	return p.clone(), err
}

// eachWindow adds up all lists window by window, and calls f for each window,
// with its first document. f leaves the accumulator empty.
func (u *multiTermUnion) eachWindow(f func(a *accumulator, from int)) error {
	if u.postingCount == 0 {
		return nil
	}
	u.openLists = append(u.openLists[:0], u.lists...)
	lists := u.openLists
	a := accumulatorPool.Get().(*accumulator)
	a.tracksSeen = u.tracksSeen
	for from := 0; from < u.run.Docs; from += accumulatorDocs {
		if u.flatFreqs != nil {
			copy(a.freqs[:], u.flatFreqs[from:])
		} else if len(u.shortPostings) > 0 {
			for _, p := range u.shortPostings[from/accumulatorDocs] {
				a.add(p.doc, p.freq)
				if u.tracksSeen {
					a.see(p.doc)
				}
			}
		}
		for i := range lists {
			if err := lists[i].addUpTo(a, uint32(min(from+accumulatorDocs, u.run.Docs)-1)); err != nil {
				return err // the accumulator is not empty, and not used again
			}
		}
		f(a, from)
	}
	accumulatorPool.Put(a)
	return nil
}

// seenRatio is how many documents there are at least for each posting of a union
// whose windows keep bits: then most groups of eight documents have no posting, and
// to look at all frequencies costs more than to set a bit for each posting.
const seenRatio = 8

// denseRatio is how many documents there may be for each posting of a union that
// is dense: that is, of which matches are kept as a bitset.
const denseRatio = 32

// findTop finds which live articles a dense union has, and those of them that may
// be among the first res.topLimit hits.
func (u *multiTermUnion) findTop() error {
	u.matches = u.run.newBitset()
	top := newTopSaturated(u)
	err := u.eachWindow(func(a *accumulator, from int) { a.drain(from, top.norms, u.matches, &top.threshold, top.offer) })
	if u.run.Deleted != nil {
		u.matches.AndNot(u.run.Deleted)
	}
	u.matchCount, u.top = u.matches.Count(), top.result()
	return err
}

// multiTerm evaluates a term pattern in a field: it finds the articles with any
// of the words that the pattern stands for.
func (r *segRun) multiTerm(ctx context.Context, pattern match.TermPattern, f match.Field) (*leafPostings, error) {
	u := unionPool.Get().(*multiTermUnion)
	u.run = r
	keep := false
	defer func() {
		if !keep {
			u.reset()
			unionPool.Put(u)
		}
	}()
	for _, part := range fieldParts(f) {
		weight := uint32(bm25f.Weight(part))
		if weight == 0 {
			u.unscored, weight = true, 1
		}
		err := expand(ctx, r.Segment, r.res, schema.WordField(part), pattern, func(_ []byte, list segment.PostingList) error {
			if err := r.res.spend(ctx, list.Count()); err != nil {
				return err
			}
			return u.add(list, weight)
		})
		if err != nil {
			return nil, err
		}
		list, ok, err := variants(ctx, r.Segment, r.res, schema.WordField(part), pattern)
		if err == nil && ok {
			err = errors.Join(r.res.spend(ctx, list.Count()), u.add(list, weight))
		}
		if err != nil {
			return nil, err
		}
	}
	if len(u.lists) == 0 || u.postingCount*denseRatio < r.Docs || r.res.topLimit <= 0 || u.unscored {
		return u.materialize()
	}
	// The pattern is all of the query, so that its matches and its first
	// documents are all that is asked for. The union is kept for those who ask
	// for more, until the query ends.
	keep = true
	r.res.unions = append(r.res.unions, u)
	return &leafPostings{union: u}, u.findTop()
}
