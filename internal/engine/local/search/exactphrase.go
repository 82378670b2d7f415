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
type phraseWord struct {
	docs           *scorer
	postingIndexes [windowDocs]uint32 // where the candidates' postings are: block * BlockSize + place

	postings       segment.PostingList
	freqsBlock     int // whose frequencies are read; -1 before the first
	freqs          [segment.BlockSize]uint32
	positionReader segment.PositionReader
	positions      []uint32 // positions in all candidates
	ends           [windowDocs]uint32
}

var phraseWordPool = sync.Pool{New: func() any { return new(phraseWord) }}

func newPhraseWord(list segment.PostingList) *phraseWord {
	w := phraseWordPool.Get().(*phraseWord)
	w.docs, w.postings, w.freqsBlock, w.positionReader = newDocsScorer(list), list, -1, segment.PositionReader{}
	return w
}

func (w *phraseWord) release() {
	w.docs.release()
	w.docs, w.postings = nil, segment.PostingList{}
	phraseWordPool.Put(w)
}

// read reads the positions in the first n candidates.
func (w *phraseWord) readPositions(n int) (err error) {
	w.positions = w.positions[:0]
	var places [segment.BlockSize]uint8
	for i := 0; i < n; {
		block, of := w.postingIndexes[i]/segment.BlockSize, 0
		for ; i+of < n && w.postingIndexes[i+of]/segment.BlockSize == block; of++ {
			places[of&(segment.BlockSize-1)] = uint8(w.postingIndexes[i+of] % segment.BlockSize)
		}
		if int(block) != w.freqsBlock {
			var docs [segment.BlockSize]uint32
			w.postings.SkipToBlock(int(block))
			if w.postings.NextBlock(&docs, &w.freqs) == 0 {
				return w.postings.Err()
			}
			w.freqsBlock = int(block)
		}
		if w.positions, err = w.postings.BlockPositions(&w.positionReader, &w.freqs, places[:of], w.positions, w.ends[i:n]); err != nil {
			return err
		}
		i += of
	}
	return nil
}

// in returns the positions in a candidate.
func (w *phraseWord) positionsIn(i int) []uint32 {
	from := uint32(0)
	if i > 0 {
		from = w.ends[i-1]
	}
	return w.positions[from:w.ends[i]]
}

// wording is a phrase of given words: most phrases are.
func (r *segRun) exactPhrase(ctx context.Context, p match.Phrase, field string) (*leafPostings, error) {
	var words []*phraseWord
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
			known[slot.Text], words = i, append(words, newPhraseWord(list))
		}
		of, skips, skip = append(of, i), append(skips, skip), 0
	}
	most := r.Docs
	for _, w := range words {
		most = min(most, w.postings.Count())
	}
	h, give := borrowPostings(most)
	defer give()
	slots := make([][]uint32, len(of))
	slop := min(p.Slop, schema.MaxDistance)
	var found []occurrence
	err := r.eachIntersection(ctx, words, func(c *candidates) error {
		for _, w := range words {
			if err := w.readPositions(c.n); err != nil {
				return err
			}
		}
		work := stepsPerPositions * c.n
		if len(of) == 2 && slop == 0 {
			return r.res.spend(ctx, work+h.addPairs(c, words[of[0]], words[of[1]], 1+uint32(skips[1])))
		}
		for k, doc := range c.docs[:c.n] {
			for i, w := range of {
				slots[i] = words[w].positionsIn(k)
			}
			var steps int
			found, steps = phraseOccurrences(found[:0], slots, skips, slop)
			if len(found) > 0 {
				h.docs, h.freqs = append(h.docs, doc), append(h.freqs, uint32(len(found)))
			}
			work += steps
		}
		return r.res.spend(ctx, work)
	})
	return h.clone(), err
}

// addPairs adds those of the candidates in which the second word stands at a
// distance from the first, and returns how many positions were looked at.
func (h *leafPostings) addPairs(c *candidates, first, second *phraseWord, distance uint32) (steps int) {
	var found []occurrence
	for k, doc := range c.docs[:c.n] {
		found, _ = pairOccurrences(found[:0], first.positionsIn(k), second.positionsIn(k), distance)
		if len(found) > 0 {
			h.docs, h.freqs = append(h.docs, doc), append(h.freqs, uint32(len(found)))
		}
	}
	return len(first.positions) + len(second.positions)
}

// together calls f for the live articles that all of the words have, as many at
// a time as there is room for.
func (r *segRun) eachIntersection(ctx context.Context, words []*phraseWord, f func(c *candidates) error) error {
	c := candidatesPool.Get().(*candidates)
	defer candidatesPool.Put(c)
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b *phraseWord) int { return a.postings.Count() - b.postings.Count() })
	if err := r.res.spend(ctx, stepsPerTerm*len(words)+words[0].postings.Count()); err != nil {
		return err
	}
	for more := true; more; {
		if more = r.leadCandidates(c, words[0]); c.n == 0 {
			continue
		}
		for i := 1; i < len(words) && c.n > 0; i++ {
			c.intersectWord(words, i)
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
func (r *segRun) leadCandidates(c *candidates, w *phraseWord) bool {
	for c.n = 0; c.n+segment.BlockSize <= windowDocs; {
		first := uint32(w.docs.nextBlockIndex() * segment.BlockSize)
		if !w.docs.nextBlock() {
			return false
		}
		for i, doc := range w.docs.docs {
			if r.Deleted == nil || !r.Deleted.Has(doc) {
				w.postingIndexes[c.n&(windowDocs-1)] = first + uint32(i)
				c.add(doc, 0)
			}
		}
	}
	return true
}

// keep keeps the candidates that word i has, too.
func (c *candidates) intersectWord(words []*phraseWord, i int) {
	w, kept := words[i], 0
	for from := 0; from < c.n && w.docs.reachBlock(c.docs[from]); {
		to := c.endUpTo(from, w.docs.docs[len(w.docs.docs)-1])
		n := c.lookUp(w.docs, from, to)
		from = to
		first := uint32(w.docs.nextBlockIndex()-1) * segment.BlockSize
		for x, k := range c.indexes[:n] {
			c.docs[kept+x] = c.docs[k]
			w.postingIndexes[kept+x] = first + uint32(c.blockIndexes[x])
		}
		for _, before := range words[:i] {
			spots := before.postingIndexes[kept:]
			for x, k := range c.indexes[:n] {
				spots[x] = before.postingIndexes[k]
			}
		}
		kept += n
	}
	c.n = kept
}
