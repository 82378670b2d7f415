package local

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/segment"
)

// places is a word's list read for its positions, forward.
type places struct {
	list        segment.List
	docs, freqs [segment.BlockSize]uint32
	i, n        int
	counted     bool // whether freqs are those of the block
	at          []uint32
}

// seek goes to the first document that is at least doc; ok is false when there
// is none.
func (p *places) seek(doc uint32) (at uint32, ok bool) {
	if p.n == 0 || p.docs[p.n-1] < doc {
		p.list.Seek(doc)
		for {
			if p.n = p.list.NextBlock(&p.docs, nil); p.n == 0 {
				return 0, false
			}
			p.i, p.counted = 0, false
			if p.docs[p.n-1] >= doc {
				break
			}
		}
	}
	if p.i+near < p.n && p.docs[p.i+near] < doc {
		p.i = firstFrom(&p.docs, p.n, doc)
	}
	for p.docs[p.i] < doc { // most steps are short
		p.i++
	}
	return p.docs[p.i], true
}

// read reads the positions in the document that the list stands at.
func (p *places) read() (err error) {
	if !p.counted {
		p.list.Freqs(&p.freqs)
		p.counted = true
	}
	p.at, err = p.list.Positions(&p.freqs, p.i, p.at[:0])
	return err
}

// wording is a phrase of given words: most phrases are.
func (r *segRun) wording(ctx context.Context, p match.Phrase, field string) (*hits, error) {
	var words []*places
	var of, skips []int // for each slot that is a word, its place in words
	skip := 0
	known := map[string]int{}
	for _, slot := range p.Slots {
		if slot.Kind == match.Any { // never first or last
			skip++
			continue
		}
		i, ok := known[slot.Text]
		if !ok {
			list, there, err := r.postings(field, slot.Text)
			if err != nil || !there {
				return &hits{}, err
			}
			i = len(words)
			known[slot.Text], words = i, append(words, &places{list: list})
		}
		of, skips, skip = append(of, i), append(skips, skip), 0
	}
	order := slices.Clone(words)
	slices.SortStableFunc(order, func(a, b *places) int { return a.list.Count() - b.list.Count() })
	h := &hits{}
	slots := make([][]uint32, len(of))
	slop := min(p.Slop, maxDistance)
	var found []occurrence
	err := r.together(ctx, order, func(doc uint32) error {
		for _, w := range words {
			if err := w.read(); err != nil {
				return err
			}
		}
		for i, w := range of {
			slots[i] = words[w].at
		}
		var steps int
		found, steps = phraseAt(found[:0], slots, skips, slop)
		if len(found) > 0 {
			h.docs, h.freqs = append(h.docs, doc), append(h.freqs, uint32(len(found)))
		}
		return r.work.spend(ctx, stepsPerPlaces+steps)
	})
	return h, err
}

// together calls f for each live article that all of the words have, at which
// they stand then. The words are ordered by frequency, rarest first.
func (r *segRun) together(ctx context.Context, words []*places, f func(doc uint32) error) error {
	if err := r.work.spend(ctx, stepsPerTerm*len(words)+words[0].list.Count()); err != nil {
		return err
	}
	doc, ok := words[0].seek(0)
next:
	for ok {
		for _, w := range words[1:] {
			at, more := w.seek(doc)
			if !more {
				break next
			}
			if at > doc {
				doc, ok = words[0].seek(at)
				continue next
			}
		}
		if r.deleted == nil || !r.deleted.has(doc) {
			if err := f(doc); err != nil {
				return err
			}
		}
		doc, ok = words[0].seek(doc + 1)
	}
	for _, w := range words {
		if err := w.list.Err(); err != nil {
			return err
		}
	}
	return nil
}
