package search

import (
	"context"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// spelled is a word of a phrase: its list, read once for the documents that
// other words have as well, and behind that for its positions in these.
type spelled struct {
	docs  *scorer
	spots [windowDocs]uint32 // where the candidates' postings are: block * BlockSize + place

	list   segment.PostingList
	block  int // whose frequencies are read; -1 before the first
	freqs  [segment.BlockSize]uint32
	places segment.PositionReader
	at     []uint32 // positions in all candidates
	ends   [windowDocs]uint32
}

var spelledWords = sync.Pool{New: func() any { return new(spelled) }}

func newSpelled(list segment.PostingList) *spelled {
	w := spelledWords.Get().(*spelled)
	w.docs, w.list, w.block, w.places = newDocsScorer(list), list, -1, segment.PositionReader{}
	return w
}

func (w *spelled) release() {
	w.docs.release()
	w.docs, w.list = nil, segment.PostingList{}
	spelledWords.Put(w)
}

// read reads the positions in the first n candidates.
func (w *spelled) read(n int) (err error) {
	w.at = w.at[:0]
	var places [segment.BlockSize]uint8
	for i := 0; i < n; {
		block, of := w.spots[i]/segment.BlockSize, 0
		for ; i+of < n && w.spots[i+of]/segment.BlockSize == block; of++ {
			places[of&(segment.BlockSize-1)] = uint8(w.spots[i+of] % segment.BlockSize)
		}
		if int(block) != w.block {
			var docs [segment.BlockSize]uint32
			w.list.SkipToBlock(int(block))
			if w.list.NextBlock(&docs, &w.freqs) == 0 {
				return w.list.Err()
			}
			w.block = int(block)
		}
		if w.at, err = w.list.BlockPositions(&w.places, &w.freqs, places[:of], w.at, w.ends[i:n]); err != nil {
			return err
		}
		i += of
	}
	return nil
}

// in returns the positions in a candidate.
func (w *spelled) in(i int) []uint32 {
	from := uint32(0)
	if i > 0 {
		from = w.ends[i-1]
	}
	return w.at[from:w.ends[i]]
}

// wording is a phrase of given words: most phrases are.
func (r *segRun) wording(ctx context.Context, p match.Phrase, field string) (*leafPostings, error) {
	var words []*spelled
	defer func() {
		for _, w := range words {
			w.release()
		}
	}()
	var of, skips []int // for each slot that is a word, its place in words
	skip := 0
	known := map[string]int{}
	for _, slot := range p.Terms {
		if slot.Kind == match.AnyWord { // never first or last
			skip++
			continue
		}
		i, ok := known[slot.Text]
		if !ok {
			list, there, err := r.Postings(field, slot.Text)
			if err != nil || !there {
				return &leafPostings{}, err
			}
			i = len(words)
			known[slot.Text], words = i, append(words, newSpelled(list))
		}
		of, skips, skip = append(of, i), append(skips, skip), 0
	}
	most := r.Docs
	for _, w := range words {
		most = min(most, w.list.Count())
	}
	h, give := borrowPostings(most)
	defer give()
	slots := make([][]uint32, len(of))
	slop := min(p.Slop, schema.MaxDistance)
	var found []occurrence
	err := r.together(ctx, words, func(c *candidates) error {
		for _, w := range words {
			if err := w.read(c.n); err != nil {
				return err
			}
		}
		work := stepsPerPlaces * c.n
		if len(of) == 2 && slop == 0 {
			return r.work.spend(ctx, work+h.addPairs(c, words[of[0]], words[of[1]], 1+uint32(skips[1])))
		}
		for k, doc := range c.docs[:c.n] {
			for i, w := range of {
				slots[i] = words[w].in(k)
			}
			var steps int
			found, steps = phraseAt(found[:0], slots, skips, slop)
			if len(found) > 0 {
				h.docs, h.freqs = append(h.docs, doc), append(h.freqs, uint32(len(found)))
			}
			work += steps
		}
		return r.work.spend(ctx, work)
	})
	return h.clone(), err
}

// addPairs adds those of the candidates in which the second word stands at a
// distance from the first, and returns how many positions were looked at.
func (h *leafPostings) addPairs(c *candidates, first, second *spelled, distance uint32) (steps int) {
	var found []occurrence
	for k, doc := range c.docs[:c.n] {
		found, _ = pairsAt(found[:0], first.in(k), second.in(k), distance)
		if len(found) > 0 {
			h.docs, h.freqs = append(h.docs, doc), append(h.freqs, uint32(len(found)))
		}
	}
	return len(first.at) + len(second.at)
}

// together calls f for the live articles that all of the words have, as many at
// a time as there is room for.
func (r *segRun) together(ctx context.Context, words []*spelled, f func(c *candidates) error) error {
	c := candidatesPool.Get().(*candidates)
	defer candidatesPool.Put(c)
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b *spelled) int { return a.list.Count() - b.list.Count() })
	if err := r.work.spend(ctx, stepsPerTerm*len(words)+words[0].list.Count()); err != nil {
		return err
	}
	for more := true; more; {
		if more = r.lead(c, words[0]); c.n == 0 {
			continue
		}
		for i := 1; i < len(words) && c.n > 0; i++ {
			c.keep(words, i)
		}
		if c.n > 0 {
			if err := f(c); err != nil {
				return err
			}
		}
	}
	for _, w := range words {
		if err := w.docs.err; err != nil {
			return err
		}
	}
	return nil
}

// lead makes candidates of the next live documents of a word, and reports
// whether there may be more.
func (r *segRun) lead(c *candidates, w *spelled) bool {
	for c.n = 0; c.n+segment.BlockSize <= windowDocs; {
		first := uint32(w.docs.nextBlockIndex() * segment.BlockSize)
		if !w.docs.nextBlock() {
			return false
		}
		for i, doc := range w.docs.docs {
			if r.Deleted == nil || !r.Deleted.Has(doc) {
				w.spots[c.n&(windowDocs-1)] = first + uint32(i)
				c.add(doc, 0)
			}
		}
	}
	return true
}

// keep keeps the candidates that word i has, too.
func (c *candidates) keep(words []*spelled, i int) {
	w, kept := words[i], 0
	for from := 0; from < c.n && w.docs.reachBlock(c.docs[from]); {
		to := c.endUpTo(from, w.docs.docs[len(w.docs.docs)-1])
		n := c.lookUp(w.docs, from, to)
		from = to
		first := uint32(w.docs.nextBlockIndex()-1) * segment.BlockSize
		for x, k := range c.indexes[:n] {
			c.docs[kept+x] = c.docs[k]
			w.spots[kept+x] = first + uint32(c.blockIndexes[x])
		}
		for _, before := range words[:i] {
			spots := before.spots[kept:]
			for x, k := range c.indexes[:n] {
				spots[x] = before.spots[k]
			}
		}
		kept += n
	}
	c.n = kept
}
