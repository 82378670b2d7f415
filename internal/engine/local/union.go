package local

import (
	"context"
	"math/bits"
	"sync"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/segment"
)

// union joins many lists, a stretch of documents at a time, so that the table
// in which they are added up stays in a near cache.
type union struct {
	of    *segRun
	lists []weighted
	// short are the postings of lists that are too short to be come back to
	// for each stretch, by stretch.
	short [][]posting
	count int // postings
}

// weighted is a list whose frequencies count so many times, read as far as the
// stretches that are done.
type weighted struct {
	segment.List
	weight      uint32
	i, n        int
	docs, freqs [segment.BlockSize]uint32
}

type posting struct{ doc, freq uint32 }

// unionDocs is how many documents a stretch has.
const unionDocs = 1 << 15

// longList is from how many postings on a list is read by stretches.
const longList = 16 * segment.BlockSize

// stretch is where lists are added up.
type stretch struct {
	freqs [unionDocs]uint32
	any   [unionDocs / 64]uint64
}

// stretches are used again, all zero.
var stretches = sync.Pool{New: func() any { return new(stretch) }}

func (u *union) add(list segment.List, weight uint32) error {
	u.count += list.Count()
	if list.Count() >= longList {
		u.lists = append(u.lists, weighted{List: list, weight: weight})
		return nil
	}
	if u.short == nil {
		u.short = make([][]posting, (u.of.docs+unionDocs-1)/unionDocs)
	}
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		for i, doc := range docs[:n] {
			to := &u.short[doc/unionDocs]
			*to = append(*to, posting{doc, weight * freqs[i]})
		}
	}
	return list.Err()
}

// hits returns the live articles of all lists.
func (u *union) hits() (*hits, error) {
	most := min(u.count, u.of.docs)
	h := &hits{docs: u.of.work.uint32s(most), freqs: u.of.work.uint32s(most)}
	if most == 0 {
		return h, nil
	}
	s := stretches.Get().(*stretch)
	for from := 0; from < u.of.docs; from += unionDocs {
		if u.short != nil {
			for _, p := range u.short[from/unionDocs] {
				s.add(p.doc, p.freq)
			}
		}
		for i := range u.lists {
			if err := u.lists[i].addTo(s, uint32(min(from+unionDocs, u.of.docs)-1)); err != nil {
				return nil, err // s may have something left in it
			}
		}
		s.moveTo(h, from, u.of.deleted)
	}
	stretches.Put(s)
	return h, nil
}

func (s *stretch) add(doc, freq uint32) {
	doc %= unionDocs
	s.freqs[doc] += freq
	s.any[doc/64] |= 1 << (doc % 64)
}

// addTo adds the postings up to the document last.
func (w *weighted) addTo(s *stretch, last uint32) error {
	for {
		i, weight := w.i, w.weight
		for ; i < w.n && w.docs[i&(segment.BlockSize-1)] <= last; i++ {
			at := i & (segment.BlockSize - 1)
			s.add(w.docs[at], weight*w.freqs[at])
		}
		if w.i = i; i < w.n {
			return nil
		}
		w.i = 0
		if w.n = w.NextBlock(&w.docs, &w.freqs); w.n == 0 {
			return w.Err()
		}
	}
}

// moveTo appends to h what is in the stretch that starts at from, but for
// deleted documents, and empties it.
func (s *stretch) moveTo(h *hits, from int, deleted bitset) {
	docs, freqs := h.docs, h.freqs
	for w, word := range s.any {
		if word == 0 {
			continue
		}
		s.any[w] = 0
		gone := uint64(0)
		if deleted != nil {
			gone = deleted[from/64+w]
		}
		for ; word != 0; word &= word - 1 {
			bit := bits.TrailingZeros64(word)
			at := (w*64 + bit) % unionDocs
			if gone>>bit&1 == 0 {
				docs, freqs = append(docs, uint32(from+at)), append(freqs, s.freqs[at])
			}
			s.freqs[at] = 0
		}
	}
	h.docs, h.freqs = docs, freqs
}

// word is the articles with any of the words that a slot stands for, in the
// parts that a field stands for.
func (r *segRun) word(ctx context.Context, slot match.Slot, f match.Field) (*hits, error) {
	u := &union{of: r}
	for _, part := range parts(f) {
		w := uint32(weight(part))
		err := r.expand(ctx, r.work, wordField(part), slot, func(_ []byte, list segment.List) error {
			if err := r.work.spend(ctx, list.Count()); err != nil {
				return err
			}
			return u.add(list, w)
		})
		if err != nil {
			return nil, err
		}
	}
	return u.hits()
}
