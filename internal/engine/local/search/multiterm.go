package search

import (
	"context"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// union is many lists that count as one: the words that a pattern stands for.
// They are added up a stretch of documents at a time, so that the table for it
// stays in a near cache.
type multiTermUnion struct {
	run       *segRun
	lists     []weightedPostings
	openLists []weightedPostings // as far as they are read
	// short are the postings of lists that are too short to be come back to
	// for each stretch, by stretch.
	shortPostings [][]posting
	shortCount    int           // postings in short
	flatFreqs     []uint32      // frequencies by document, in place of short once that is long
	postingCount  int           // postings
	matches       reader.Bitset // the live articles, if the union is dense
	matchCount    int           // their number
	// silent is whether the lists are of a field that doesn't rank: there,
	// frequencies tell nothing.
	unscored bool
	// top are those that may come among the first, which are all that is asked
	// for; see look.
	top []posting
}

// unions are used again, with the room that they have.
var unionPool = sync.Pool{New: func() any { return new(multiTermUnion) }}

// reset lets go of all but room.
func (u *multiTermUnion) reset() {
	clear(u.lists)
	clear(u.openLists)
	for i := range u.shortPostings {
		u.shortPostings[i] = u.shortPostings[i][:0]
	}
	*u = multiTermUnion{lists: u.lists[:0], openLists: u.openLists[:0], shortPostings: u.shortPostings[:0]}
}

// maxShort is how many postings of short lists are kept: some megabytes.
const maxShortPostings = 1 << 19

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
		u.flatFreqs = make([]uint32, u.run.Docs)
		for i, of := range u.shortPostings {
			for _, p := range of {
				u.flatFreqs[p.doc] += p.freq
			}
			u.shortPostings[i] = of[:0]
		}
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
			to := &u.shortPostings[doc/accumulatorDocs]
			*to = append(*to, posting{doc, weight * freqs[i]})
		}
	}
	return list.Err()
}

// hits works out all of the live articles.
func (u *multiTermUnion) materialize() (*leafPostings, error) {
	h, give := borrowPostings(min(u.postingCount, u.run.Docs))
	defer give()
	any := u.run.newBitset()
	err := u.eachWindow(func(s *accumulator, from int) { s.moveTo(h, from, u.run.Segment, any) })
	if u.unscored {
		clear(h.freqs)
	}
	return h.clone(), err
}

// each adds up all that lies in a stretch, calls f, which leaves the stretch
// empty, and goes on to the next one.
func (u *multiTermUnion) eachWindow(f func(s *accumulator, from int)) error {
	if u.postingCount == 0 {
		return nil
	}
	u.openLists = append(u.openLists[:0], u.lists...) // these stay where they start
	lists := u.openLists
	s := accumulatorPool.Get().(*accumulator)
	for from := 0; from < u.run.Docs; from += accumulatorDocs {
		if u.flatFreqs != nil {
			copy(s.freqs[:], u.flatFreqs[from:])
		} else if len(u.shortPostings) > 0 {
			for _, p := range u.shortPostings[from/accumulatorDocs] {
				s.add(p.doc, p.freq)
			}
		}
		for i := range lists {
			if err := lists[i].addUpTo(s, uint32(min(from+accumulatorDocs, u.run.Docs)-1)); err != nil {
				return err // s may have something left in it
			}
		}
		f(s, from)
	}
	accumulatorPool.Put(s)
	return nil
}

// dense is from one posting for how many documents on a union is counted by
// bits.
const denseRatio = 32

// look finds which articles a dense union has, and the first of them, of which
// work says how many these are.
func (u *multiTermUnion) findTop() error {
	u.matches = u.run.newBitset()
	few := newTopSaturated(u)
	err := u.eachWindow(func(s *accumulator, from int) { s.drain(from, few.norms, u.matches, &few.threshold, few.offer) })
	if u.run.Deleted != nil {
		u.matches.AndNot(u.run.Deleted)
	}
	u.matchCount, u.top = u.matches.Count(), few.result()
	return err
}

// best returns the documents of a leaf that may come among the first hits, and
// their frequencies.
func (h *leafPostings) top() (docs, freqs []uint32, err error) {
	if h.union == nil || h.union.top == nil {
		err = h.materialize()
		return h.docs, h.freqs, err
	}
	for _, p := range h.union.top {
		docs, freqs = append(docs, p.doc), append(freqs, p.freq)
	}
	return docs, freqs, nil
}

// word is the articles with any of the words that a slot stands for, in the
// parts that a field stands for.
func (r *segRun) multiTerm(ctx context.Context, slot match.TermPattern, f match.Field) (*leafPostings, error) {
	u := unionPool.Get().(*multiTermUnion)
	u.run = r
	kept := false
	defer func() {
		if !kept {
			u.reset()
			unionPool.Put(u)
		}
	}()
	for _, part := range fieldParts(f) {
		w := uint32(schema.Weight(part))
		if w == 0 {
			u.unscored, w = true, 1
		}
		err := expand(ctx, r.Segment, r.res, schema.WordField(part), slot, func(_ []byte, list segment.PostingList) error {
			if err := r.res.spend(ctx, list.Count()); err != nil {
				return err
			}
			return u.add(list, w)
		})
		if err != nil {
			return nil, err
		}
	}
	if len(u.lists) == 0 || u.postingCount*denseRatio < r.Docs || r.res.topLimit <= 0 || u.unscored {
		return u.materialize()
	}
	kept = true // to the end of the query, as it is all of it
	r.res.unions = append(r.res.unions, u)
	return &leafPostings{union: u}, u.findTop()
}

// whole works out a leaf that is a union.
func (h *leafPostings) materialize() error {
	if h.union == nil || h.docs != nil {
		return nil
	}
	all, err := h.union.materialize()
	if err == nil {
		h.docs, h.freqs = all.docs, all.freqs
	}
	return err
}
