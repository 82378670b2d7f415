package search

import (
	"cmp"
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
//
// Where nothing else may stand between the words, positions are compared by keys
// (phrasekeys.go): those of the two rarest words first, so that a further word is
// looked up only where these two stand as they must.

// phraseWord is a word of an exact phrase. Its posting list is read twice, both
// times forward: once for documents, and behind that for the positions in those
// documents that all words have.
type phraseWord struct {
	docs *scorer
	// postingIndexes are the indexes in the list of the candidates' postings.
	postingIndexes [windowDocs]uint32

	postings       segment.PostingList
	offsets        []uint32 // where the word stands in the phrase, counted from its first word
	freqsBlock     int      // the block whose frequencies were read; -1 before the first
	freqs          [segment.BlockSize]uint32
	positionReader segment.PositionReader
	positions      []uint32           // in all candidates, one after the other; or their keys
	ends           [windowDocs]uint32 // where those of each candidate end
}

// phraseWordPool holds words to be used again.
var phraseWordPool = sync.Pool{New: func() any { return new(phraseWord) }}

func newPhraseWord(list segment.PostingList) *phraseWord {
	w := phraseWordPool.Get().(*phraseWord)
	w.docs, w.postings, w.offsets, w.freqsBlock = newDocsScorer(list), list, w.offsets[:0], -1
	w.positionReader.Reset()
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
	var blockIndexes [segment.BlockSize]uint8
	for i, to := 0, 0; i < n; i = to {
		if to, err = w.readFreqs(i, n, &blockIndexes); err != nil {
			return err
		}
		if w.positions, err = w.postings.BlockPositions(&w.positionReader, &w.freqs, blockIndexes[:to-i], w.positions, w.ends[i:to]); err != nil {
			return err
		}
	}
	return nil
}

// readFreqs reads the frequencies of the block that candidate i is in. It returns the end of
// the candidates before n that are in it, too, and fills blockIndexes with their indexes
// there.
func (w *phraseWord) readFreqs(i, n int, blockIndexes *[segment.BlockSize]uint8) (end int, err error) {
	block, found := w.postingIndexes[i]/segment.BlockSize, 0
	for _, at := range w.postingIndexes[i:n] {
		if at/segment.BlockSize != block {
			break
		}
		blockIndexes[found&(segment.BlockSize-1)] = uint8(at % segment.BlockSize)
		found++
	}
	if int(block) != w.freqsBlock {
		w.postings.GoToBlock(int(block))
		if w.postings.NextFreqs(&w.freqs) == 0 {
			return i, w.postings.Err()
		}
		w.freqsBlock = int(block)
	}
	return i + found, nil
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

	rarest []*phraseWord // words, the one in the fewest documents first
	keys   phraseKeys

	termPositions [][]uint32 // memory for one candidate
	found         []occurrence
}

// exactPhrasePool holds phrases to be used again.
var exactPhrasePool = sync.Pool{New: func() any { return new(exactPhrase) }}

func (e *exactPhrase) release() {
	for _, w := range e.words {
		w.release()
	}
	clear(e.words)
	clear(e.rarest)
	clear(e.termPositions)
	e.words, e.rarest, e.terms, e.skips = e.words[:0], e.rarest[:0], e.terms[:0], e.skips[:0]
	exactPhrasePool.Put(e)
}

// openExactPhrase opens the lists of the words of p. It returns nil when the
// segment lacks one of them.
func (r *segRun) openExactPhrase(p match.Phrase, field string) (*exactPhrase, error) {
	e := exactPhrasePool.Get().(*exactPhrase)
	e.slop = min(p.Slop, schema.MaxDistance)
	known, skip, offset := map[string]int{}, 0, uint32(0)
	for _, pattern := range p.Terms {
		offset++
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
		e.words[i].offsets = append(e.words[i].offsets, offset-1)
	}
	e.rarest = append(e.rarest, e.words...)
	slices.SortStableFunc(e.rarest, func(a, b *phraseWord) int { return a.postings.Count() - b.postings.Count() })
	e.keys.serve, e.keys.maxPosition = e.slop == 0 && offset <= maxKeyOffset, maxKeyPosition
	e.termPositions = slices.Grow(e.termPositions, len(e.terms))[:len(e.terms)]
	return e, nil
}

// exactPhrase counts the occurrences of an exact phrase in a field.
func (r *segRun) exactPhrase(ctx context.Context, p match.Phrase, field string) (*leafPostings, error) {
	e, err := r.openExactPhrase(p, field)
	if err != nil || e == nil {
		return &leafPostings{}, err
	}
	defer e.release()
	return r.countPhrase(ctx, e)
}

// countPhrase counts the occurrences of an exact phrase.
func (r *segRun) countPhrase(ctx context.Context, e *exactPhrase) (*leafPostings, error) {
	shortest := e.rarest[0].postings.Count()
	counted, giveBack := borrowPostings(shortest)
	defer giveBack()
	if err := r.res.spend(ctx, stepsPerTerm*len(e.words)+shortest); err != nil {
		return nil, err
	}
	c := candidatesPool.Get().(*candidates)
	defer candidatesPool.Put(c)
	for more := true; more; {
		if more = r.leadCandidates(c, e.rarest[0]); c.n == 0 {
			continue
		}
		steps, err := e.countAmong(c, counted)
		if err = cmp.Or(err, r.res.spend(ctx, steps)); err != nil {
			return nil, err
		}
	}
	for _, w := range e.words {
		if err := w.docs.err; err != nil {
			return nil, err
		}
	}
	return counted.clone(), nil
}

// countAmong appends those of the candidates, which are of the rarest word, in which the
// phrase occurs to p. It returns the steps that it took.
func (e *exactPhrase) countAmong(c *candidates, p *leafPostings) (steps int, err error) {
	if e.keys.serve {
		return e.countByKeys(c, p)
	}
	return e.countFrom(c, 1, p)
}

// countFrom is countAmong for candidates that the rarest words have, as many as joined
// says.
func (e *exactPhrase) countFrom(c *candidates, joined int, p *leafPostings) (steps int, err error) {
	for ; joined < len(e.rarest) && c.n > 0; joined++ {
		c.intersectWord(e.rarest, joined, e.keys.labels[:])
	}
	for _, w := range e.words {
		if err := w.readPositions(c.n); err != nil {
			return 0, err
		}
	}
	return stepsPerPositions*c.n + e.count(c, p), nil
}

// count appends those of the candidates in which the phrase occurs to p. It
// returns the steps that it took.
func (e *exactPhrase) count(c *candidates, p *leafPostings) (steps int) {
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

// leadCandidates makes candidates of the next live documents of a word, and reports
// whether there may be more. Where only a few articles are asked about, it goes from one
// of these to the next.
func (r *segRun) leadCandidates(c *candidates, w *phraseWord) bool {
	for c.n = 0; c.n+segment.BlockSize <= phraseDocs; {
		if r.among != nil && !w.docs.skipTo(r.among, r.Docs) {
			return false
		}
		first := uint32(w.docs.nextBlockIndex() * segment.BlockSize)
		if !w.docs.nextBlock() {
			return false
		}
		if r.among == nil && r.Deleted == nil {
			for i := range copy(c.docs[c.n:], w.docs.docs) {
				w.postingIndexes[c.n+i] = first + uint32(i)
			}
			c.n += len(w.docs.docs)
			continue
		}
		for i, doc := range w.docs.docs {
			if r.among == nil && !r.Deleted.Has(doc) || r.among != nil && r.among.Has(doc) {
				w.postingIndexes[c.n&(windowDocs-1)] = first + uint32(i)
				c.add(doc, 0)
			}
		}
	}
	return true
}

// intersectWord drops the candidates that word i does not have. The words before it
// have all candidates. labels are theirs, or empty.
func (c *candidates) intersectWord(words []*phraseWord, i int, labels []uint32) {
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
		if len(labels) > 0 {
			keepIndexes(labels, kept, c.indexes[:n])
		}
		for _, before := range words[:i] {
			keepIndexes(before.postingIndexes[:], kept, c.indexes[:n])
		}
		kept += n
	}
	c.n = kept
}

// keepIndexes moves those of the numbers with the given indexes down to an index.
func keepIndexes(numbers []uint32, to int, indexes []uint16) {
	from, dst := numbers[:windowDocs], numbers[to:]
	for x, k := range indexes {
		dst[x] = from[k%windowDocs]
	}
}
