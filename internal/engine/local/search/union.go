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
type union struct {
	of    *segRun
	lists []weightedPostings
	open  []weightedPostings // as far as they are read
	// short are the postings of lists that are too short to be come back to
	// for each stretch, by stretch.
	short [][]posting
	kept  int           // postings in short
	flat  []uint32      // frequencies by document, in place of short once that is long
	count int           // postings
	any   reader.Bitset // the live articles, if the union is dense
	n     int           // their number
	// silent is whether the lists are of a field that doesn't rank: there,
	// frequencies tell nothing.
	silent bool
	// top are those that may come among the first, which are all that is asked
	// for; see look.
	top []posting
}

// unions are used again, with the room that they have.
var unions = sync.Pool{New: func() any { return new(union) }}

// reset lets go of all but room.
func (u *union) reset() {
	clear(u.lists)
	clear(u.open)
	for i := range u.short {
		u.short[i] = u.short[i][:0]
	}
	*u = union{lists: u.lists[:0], open: u.open[:0], short: u.short[:0]}
}

// maxShort is how many postings of short lists are kept: some megabytes.
const maxShort = 1 << 19

func (u *union) add(list segment.PostingList, weight uint32) error {
	u.count += list.Count()
	if list.Count() >= longPostings {
		u.lists = append(u.lists, weightedPostings{PostingList: list, weight: weight})
		return nil
	}
	if len(u.short) == 0 {
		n := (u.of.Docs + accumulatorDocs - 1) / accumulatorDocs
		u.short = slices.Grow(u.short, n)[:n]
	}
	if u.kept += list.Count(); u.kept > maxShort && u.flat == nil {
		u.flat = make([]uint32, u.of.Docs)
		for i, of := range u.short {
			for _, p := range of {
				u.flat[p.doc] += p.freq
			}
			u.short[i] = of[:0]
		}
	}
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		if u.flat != nil {
			for i, doc := range docs[:n] {
				u.flat[doc] += weight * freqs[i]
			}
			continue
		}
		for i, doc := range docs[:n] {
			to := &u.short[doc/accumulatorDocs]
			*to = append(*to, posting{doc, weight * freqs[i]})
		}
	}
	return list.Err()
}

// hits works out all of the live articles.
func (u *union) hits() (*leafPostings, error) {
	h, give := borrowPostings(min(u.count, u.of.Docs))
	defer give()
	any := u.of.newBits()
	err := u.each(func(s *accumulator, from int) { s.moveTo(h, from, u.of.Segment, any) })
	if u.silent {
		clear(h.freqs)
	}
	return h.clone(), err
}

// each adds up all that lies in a stretch, calls f, which leaves the stretch
// empty, and goes on to the next one.
func (u *union) each(f func(s *accumulator, from int)) error {
	if u.count == 0 {
		return nil
	}
	u.open = append(u.open[:0], u.lists...) // these stay where they start
	lists := u.open
	s := accumulatorPool.Get().(*accumulator)
	for from := 0; from < u.of.Docs; from += accumulatorDocs {
		if u.flat != nil {
			copy(s.freqs[:], u.flat[from:])
		} else if len(u.short) > 0 {
			for _, p := range u.short[from/accumulatorDocs] {
				s.add(p.doc, p.freq)
			}
		}
		for i := range lists {
			if err := lists[i].addUpTo(s, uint32(min(from+accumulatorDocs, u.of.Docs)-1)); err != nil {
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
const dense = 32

// look finds which articles a dense union has, and the first of them, of which
// work says how many these are.
func (u *union) look() error {
	u.any = u.of.newBits()
	few := newTopSaturated(u)
	err := u.each(func(s *accumulator, from int) { s.drain(from, few.norms, u.any, &few.threshold, few.offer) })
	if u.of.Deleted != nil {
		u.any.AndNot(u.of.Deleted)
	}
	u.n, u.top = u.any.Count(), few.result()
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
func (r *segRun) word(ctx context.Context, slot match.TermPattern, f match.Field) (*leafPostings, error) {
	u := unions.Get().(*union)
	u.of = r
	kept := false
	defer func() {
		if !kept {
			u.reset()
			unions.Put(u)
		}
	}()
	for _, part := range fieldParts(f) {
		w := uint32(schema.Weight(part))
		if w == 0 {
			u.silent, w = true, 1
		}
		err := expand(ctx, r.Segment, r.work, schema.WordField(part), slot, func(_ []byte, list segment.PostingList) error {
			if err := r.work.spend(ctx, list.Count()); err != nil {
				return err
			}
			return u.add(list, w)
		})
		if err != nil {
			return nil, err
		}
	}
	if len(u.lists) == 0 || u.count*dense < r.Docs || r.work.few <= 0 || u.silent {
		return u.hits()
	}
	kept = true // to the end of the query, as it is all of it
	r.work.unions = append(r.work.unions, u)
	return &leafPostings{union: u}, u.look()
}

// whole works out a leaf that is a union.
func (h *leafPostings) materialize() error {
	if h.union == nil || h.docs != nil {
		return nil
	}
	all, err := h.union.hits()
	if err == nil {
		h.docs, h.freqs = all.docs, all.freqs
	}
	return err
}
