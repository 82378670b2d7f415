package local

import (
	"context"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/segment"
)

// union joins many lists. Most documents are in several of them,
// so they are added up in a table.
type union struct {
	of    *segView
	freqs []uint32 // by document
	any   bitset
	lists []weighted // kept while they are few
}

// weighted is a list whose frequencies count so many times.
type weighted struct {
	segment.List
	weight uint32
}

func (s *segView) newUnion() *union { return &union{of: s} }

// fewLists is how many lists are sooner joined one by one.
const fewLists = 2

func (u *union) add(list weighted) error {
	if u.freqs == nil && len(u.lists) < fewLists {
		u.lists = append(u.lists, list)
		return nil
	}
	if u.freqs == nil {
		u.freqs, u.any = u.of.newTallies(), u.of.newBits()
		for _, l := range u.lists {
			if err := u.tally(l); err != nil {
				return err
			}
		}
	}
	return u.tally(list)
}

func (u *union) tally(list weighted) error {
	var docs, freqs [segment.BlockSize]uint32
	sums, words, weight := u.freqs, u.any, list.weight
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		for i, doc := range docs[:n] {
			sums[doc] += weight * freqs[i]
			words[doc/64] |= 1 << (doc % 64)
		}
	}
	return list.Err()
}

// hits returns the live articles of all lists.
func (u *union) hits() (*hits, error) {
	if u.freqs == nil {
		var all *hits
		for _, l := range u.lists {
			h, err := u.of.read(l.List, l.weight)
			if err != nil {
				return nil, err
			}
			all = all.join(h)
		}
		if all == nil {
			all = &hits{}
		}
		return all, nil
	}
	for _, doc := range u.of.removed {
		u.freqs[doc] = 0
	}
	if u.of.deleted != nil {
		u.any.andNot(u.of.deleted)
	}
	h := &hits{docs: u.any.appendTo(make([]uint32, 0, u.any.count()))}
	h.freqs = make([]uint32, len(h.docs))
	freqs, sums := h.freqs, u.freqs
	for i, doc := range h.docs {
		freqs[i], sums[doc] = sums[doc], 0
	}
	u.of.tallies.Put(&u.freqs)
	return h, nil
}

// newTallies returns a zero for each document; whoever puts it back leaves it
// so.
func (s *segView) newTallies() []uint32 {
	if t, ok := s.tallies.Get().(*[]uint32); ok {
		return *t
	}
	return make([]uint32, s.docs)
}

// word is the articles with any of the words that a slot stands for, in the
// parts that a field stands for.
func (r *segRun) word(ctx context.Context, slot match.Slot, f match.Field) (*hits, error) {
	u := r.newUnion()
	for _, part := range parts(f) {
		w := uint32(weight(part))
		err := r.expand(ctx, r.work, wordField(part), slot, func(_ []byte, list segment.List) error {
			if err := r.work.spend(ctx, list.Count()); err != nil {
				return err
			}
			return u.add(weighted{list, w})
		})
		if err != nil {
			return nil, err
		}
	}
	return u.hits()
}
