package search

import "github.com/newsq/newsq/internal/engine/local/segment"

// A key is a position in a candidate: the candidate's label, which is what it was
// numbered when there were most of them, above keyBits bits, and below them the
// position and keyBias. So the positions of a word in all candidates are one list of
// numbers in order, and where two words stand at a distance is what two such lists
// have in common, when one of them is moved by it. That is compared without regard to
// where one candidate ends and the next begins.
const (
	keyBits = 20
	// phraseDocs is how many candidates a phrase has at a time, so that labels have room.
	phraseDocs = min(windowDocs, 1<<(32-keyBits))
	// keyBias is how far keys may be moved down, and maxKeyOffset how far at all. Hardly
	// a phrase is so long.
	keyBias, maxKeyOffset = 1 << 10, 1 << 10
	// maxKeyPosition is the highest position that keys have. Articles of more than some
	// 250 parts have higher ones, and so does a body of a million words.
	maxKeyPosition = 1<<keyBits - keyBias - maxKeyOffset - 1
)

// phraseKeys is the memory of comparing keys.
type phraseKeys struct {
	serve        bool               // nothing stands between the words but what the phrase says
	maxPosition  uint32             // that of keys, or less in tests
	labels       [windowDocs]uint32 // of the candidates
	found, spare []uint32           // keys of the rarest word, where the words that were looked at stand as they must
}

// countByKeys is countAmong where keys serve. Candidates with positions that they do not have
// are left to countFrom.
func (e *exactPhrase) countByKeys(c *candidates, p *leafPostings) (steps int, err error) {
	k, first := &e.keys, e.rarest[0]
	if len(e.rarest) > 1 {
		c.intersectWord(e.rarest, 1, nil)
	}
	for i := range c.n {
		k.labels[i] = uint32(i)
	}
	for i, w := range e.rarest {
		if i > 1 {
			k.keepFound(c, e.rarest[:i])
			c.intersectWord(e.rarest, i, k.labels[:])
		}
		if c.n == 0 {
			return steps, nil
		}
		highest, err := w.readKeys(k.labels[:c.n])
		if err != nil {
			return steps, err
		}
		if highest > k.maxPosition {
			n, err := e.countFrom(c, max(i+1, min(2, len(e.rarest))), p)
			return steps + n, err
		}
		steps += stepsPerPositions*c.n + len(w.positions)
		offsets := w.offsets
		if i == 0 {
			k.found, offsets = append(k.found[:0], w.positions...), offsets[1:]
		}
		for _, offset := range offsets {
			k.spare = matchKeys(k.spare[:0], k.found, w.positions, offset-first.offsets[0])
			k.found, k.spare = k.spare, k.found
		}
	}
	k.count(c, p)
	return steps, nil
}

// readKeys reads the keys of a word in the candidates with the given labels. It returns its
// highest position, too.
func (w *phraseWord) readKeys(labels []uint32) (highest uint32, err error) {
	w.positions = w.positions[:0]
	var blockIndexes [segment.BlockSize]uint8
	var bases [segment.BlockSize]uint32
	for i, to := 0, 0; i < len(labels); i = to {
		if to, err = w.readFreqs(i, len(labels), &blockIndexes); err != nil {
			return 0, err
		}
		for x, label := range labels[i:to] {
			bases[x&(segment.BlockSize-1)] = label<<keyBits + keyBias
		}
		var most uint32
		w.positions, most, err = w.postings.PositionsFrom(&w.positionReader, &w.freqs, blockIndexes[:to-i], bases[:to-i], w.positions)
		if err != nil {
			return 0, err
		}
		highest = max(highest, most)
	}
	return highest, nil
}

// matchKeys appends to dst those of keys that, moved by a distance, are among others. A
// distance may go down, which is 2^32 less it.
func matchKeys(dst, keys, others []uint32, distance uint32) []uint32 {
	dst, i, j := matchPart(dst, keys, others, distance)
	for i < len(keys) && j < len(others) {
		wanted, at := keys[i]+distance, others[j]
		if wanted == at {
			dst = append(dst, keys[i])
		}
		if wanted <= at {
			i++
		} else {
			j++
		}
	}
	return dst
}

// keepFound drops the candidates that have no key in found. words are those that have all
// candidates.
func (k *phraseKeys) keepFound(c *candidates, words []*phraseWord) {
	kept, from := 0, 0
	for at := 0; at < len(k.found); at = k.endOf(at) {
		if from = k.labelled(c, from, k.found[at]>>keyBits); from == c.n {
			break
		}
		c.docs[kept], k.labels[kept] = c.docs[from], k.labels[from]
		for _, w := range words {
			w.postingIndexes[kept] = w.postingIndexes[from]
		}
		kept++
	}
	c.n = kept
}

// count appends the candidates that have keys in found to p, with their number.
func (k *phraseKeys) count(c *candidates, p *leafPostings) {
	for at, from := 0, 0; at < len(k.found); {
		if from = k.labelled(c, from, k.found[at]>>keyBits); from == c.n {
			return
		}
		end := k.endOf(at)
		p.docs, p.freqs = append(p.docs, c.docs[from]), append(p.freqs, uint32(end-at))
		at = end
	}
}

// endOf returns the end of the keys in found that are of the same candidate as that at an
// index.
func (k *phraseKeys) endOf(at int) int {
	label := k.found[at] >> keyBits
	for at < len(k.found) && k.found[at]>>keyBits == label {
		at++
	}
	return at
}

// labelled returns the index of the candidate of a label, from an index on, or of the one
// behind it.
func (k *phraseKeys) labelled(c *candidates, from int, label uint32) int {
	for from < c.n && k.labels[from] < label {
		from++
	}
	return from
}
