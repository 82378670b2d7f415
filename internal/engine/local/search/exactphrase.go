package search

import (
	"context"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// An exact phrase is a phrase of given words, between which any word may stand in
// some places. Most phrases are. Its words are joined like the scorers of a
// conjunction: live documents of the shortest list become candidates, some
// thousands at a time, and those are dropped that a further word lacks. Only then
// positions are read, those of the candidates that are left.

// phraseWord is a word of an exact phrase. Its posting list is read twice, both
// times forward: once for documents, and behind that for the positions in those
// documents that all words have.
type phraseWord struct {
	docs *scorer
	// postingIndexes are the indexes in the list of the candidates' postings.
	postingIndexes [windowDocs]uint32

	postings       segment.PostingList
	freqsBlock     int // the block whose frequencies were read; -1 before the first
	freqs          [segment.BlockSize]uint32
	positionReader segment.PositionReader
	positions      []uint32           // in all candidates, one after the other
	ends           [windowDocs]uint32 // where those of each candidate end
}

// phraseWordPool holds words to be used again.
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

// readPositions reads the positions in the first n candidates.
func (w *phraseWord) readPositions(n int) (err error) {
	w.positions = w.positions[:0]
	var blockIndexes [segment.BlockSize]uint8 // of the candidates in one block
	for i := 0; i < n; {
		block, found := w.postingIndexes[i]/segment.BlockSize, 0
		for ; i+found < n && w.postingIndexes[i+found]/segment.BlockSize == block; found++ {
			blockIndexes[found&(segment.BlockSize-1)] = uint8(w.postingIndexes[i+found] % segment.BlockSize)
		}
		if int(block) != w.freqsBlock {
			var docs [segment.BlockSize]uint32
			w.postings.SkipToBlock(int(block))
			if w.postings.NextBlock(&docs, &w.freqs) == 0 {
				return w.postings.Err()
			}
			w.freqsBlock = int(block)
		}
		if w.positions, err = w.postings.BlockPositions(&w.positionReader, &w.freqs, blockIndexes[:found], w.positions, w.ends[i:n]); err != nil {
			return err
		}
		i += found
	}
	return nil
}

// positionsIn returns the positions in a candidate.
func (w *phraseWord) positionsIn(i int) []uint32 {
	from := uint32(0)
	if i > 0 {
		from = w.ends[i-1]
	}
	return w.positions[from:w.ends[i]]
}

// exactPhrase is an exact phrase in one field of a segment.
type exactPhrase struct {
	words []*phraseWord // each once
	terms []int         // which of words stands there, in the order of the phrase
	skips []int         // how many words, whatever they are, stand before each of terms
	slop  int

	termPositions [][]uint32 // memory for one candidate
	found         []occurrence
}

func (e *exactPhrase) release() {
	for _, w := range e.words {
		w.release()
	}
}

// openExactPhrase opens the lists of the words of p. It returns nil when the
// segment lacks one of them.
func (r *segRun) openExactPhrase(p match.Phrase, field string) (*exactPhrase, error) {
	e := &exactPhrase{slop: min(p.Slop, schema.MaxDistance)}
	known, skip := map[string]int{}, 0
	for _, pattern := range p.Terms {
		if pattern.Kind == match.AnyWord { // never first or last
			skip++
			continue
		}
		i, ok := known[pattern.Text]
		if !ok {
			list, there, err := r.Postings(field, pattern.Text)
			if err != nil || !there {
				e.release()
				return nil, err
			}
			i = len(e.words)
			known[pattern.Text], e.words = i, append(e.words, newPhraseWord(list))
		}
		e.terms, e.skips, skip = append(e.terms, i), append(e.skips, skip), 0
	}
	e.termPositions = make([][]uint32, len(e.terms))
	return e, nil
}

// exactPhrase counts the occurrences of an exact phrase in a field.
func (r *segRun) exactPhrase(ctx context.Context, p match.Phrase, field string) (*leafPostings, error) {
	e, err := r.openExactPhrase(p, field)
	if err != nil || e == nil {
		return &leafPostings{}, err
	}
	defer e.release()
	shortest := r.Docs
	for _, w := range e.words {
		shortest = min(shortest, w.postings.Count())
	}
	counted, giveBack := borrowPostings(shortest)
	defer giveBack()
	err = r.eachIntersection(ctx, e.words, func(c *candidates) error {
		for _, w := range e.words {
			if err := w.readPositions(c.n); err != nil {
				return err
			}
		}
		return r.res.spend(ctx, stepsPerPositions*c.n+e.count(c, counted))
	})
	return counted.clone(), err
}

// count appends those of the candidates in which the phrase occurs to p. It
// returns the steps that it took.
func (e *exactPhrase) count(c *candidates, p *leafPostings) (steps int) {
	if len(e.terms) == 2 && e.slop == 0 {
		return p.addPairs(c, e.words[e.terms[0]], e.words[e.terms[1]], 1+uint32(e.skips[1]))
	}
	for k, doc := range c.docs[:c.n] {
		for i, w := range e.terms {
			e.termPositions[i] = e.words[w].positionsIn(k)
		}
		var n int
		e.found, n = phraseOccurrences(e.found[:0], e.termPositions, e.skips, e.slop)
		if len(e.found) > 0 {
			p.docs, p.freqs = append(p.docs, doc), append(p.freqs, uint32(len(e.found)))
		}
		steps += n
	}
	return steps
}

// addPairs appends those of the candidates in which the second word stands at a
// distance behind the first, and returns how many positions there were.
func (p *leafPostings) addPairs(c *candidates, first, second *phraseWord, distance uint32) (steps int) {
	var i, j uint32
	for k, doc := range c.docs[:c.n] {
		endI, endJ := first.ends[k&(windowDocs-1)], second.ends[k&(windowDocs-1)]
		if n := countPairs(first.positions[i:endI], second.positions[j:endJ], distance); n > 0 {
			p.docs, p.freqs = append(p.docs, doc), append(p.freqs, n)
		}
		i, j = endI, endJ
	}
	return len(first.positions) + len(second.positions)
}

// eachIntersection calls f for the live articles that all of the words have, up to
// windowDocs at a time.
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

// leadCandidates makes candidates of the next live documents of a word, and reports
// whether there may be more. Where only a few articles are asked about, it goes from one
// of these to the next.
func (r *segRun) leadCandidates(c *candidates, w *phraseWord) bool {
	for c.n = 0; c.n+segment.BlockSize <= windowDocs; {
		if r.among != nil && !w.docs.skipTo(r.among, r.Docs) {
			return false
		}
		first := uint32(w.docs.nextBlockIndex() * segment.BlockSize)
		if !w.docs.nextBlock() {
			return false
		}
		for i, doc := range w.docs.docs {
			if r.among == nil && (r.Deleted == nil || !r.Deleted.Has(doc)) || r.among != nil && r.among.Has(doc) {
				w.postingIndexes[c.n&(windowDocs-1)] = first + uint32(i)
				c.add(doc, 0)
			}
		}
	}
	return true
}

// intersectWord drops the candidates that word i does not have. The words before it
// have all candidates.
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
			indexes := before.postingIndexes[kept:]
			for x, k := range c.indexes[:n] {
				indexes[x] = before.postingIndexes[k]
			}
		}
		kept += n
	}
	c.n = kept
}
