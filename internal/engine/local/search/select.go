package search

import (
	"math/bits"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// selectFromBlock makes candidates of the allowed documents of the scorer's
// block, from pos on and before to, whose scores are at least minScore. It
// returns the last document that was looked at.
func (t *topk) selectFromBlock(s *scorer, to uint32, minScore int64) (last uint32) {
	c, from, end := &t.candidates, s.pos, s.endBelow(to)
	docs := s.docs[from:end]
	last = docs[len(docs)-1]
	restricted := t.mask != nil || t.deleted != nil
	switch {
	case t.mask != nil && t.selectFromMask(s, from, end, minScore):
		return last
	case t.selectByThreshold(s, from, end, minScore):
		return last
	case restricted:
		t.selectAllowed(s, docs, from, minScore)
		return last
	}
	scores := s.blockScores()[from:end]
	n := choose(scores, minScore, c.indexes[:])
	if n < len(docs) {
		t.skippedAny = true
	}
	c.n = 0
	for _, at := range c.indexes[:n] {
		c.add(docs[at], scores[at])
	}
	return last
}

const (
	// maxMaskDocs is how many documents of a mask cost less to be looked up in a block
	// than the documents of the block in the mask.
	maxMaskDocs = 32
	// maxMaskWords is how many words of a mask are looked at to know how many these are.
	maxMaskWords = 32
)

// selectFromMask is selectFromBlock where the mask holds few documents from the first
// of [from, end) of the block to the last: these are looked up in the block. It reports
// whether it did.
func (t *topk) selectFromMask(s *scorer, from, end int, minScore int64) bool {
	c, first, last := &t.candidates, s.docs[from], s.docs[end-1]
	words := t.mask[first/64 : last/64+1]
	if len(words) > maxMaskWords {
		return false
	}
	n := 0
	for _, word := range words {
		n += bits.OnesCount64(word)
	}
	if n > maxMaskDocs { // some of them may lie outside, in the first or the last word
		return false
	}
	n = 0
	for i, word := range words {
		if i == 0 {
			word = word >> (first % 64) << (first % 64)
		}
		if i == len(words)-1 {
			word &= ^uint64(0) >> (63 - last%64)
		}
		for ; word != 0; word &= word - 1 {
			c.docs[n&(windowDocs-1)] = (first/64+uint32(i))*64 + uint32(bits.TrailingZeros64(word))
			n++
		}
	}
	n = reader.IntersectBlock(&s.docBuf, len(s.docs), c.docs[:n], 0, c.indexes[:], c.blockIndexes[:])
	for i, at := range c.indexes[:n] {
		c.indexes[i], c.docs[i], c.scores[i] = uint16(i), c.docs[at], 0
	}
	t.scoreSelected(s, n, minScore)
	return true
}

// scoreSelected makes candidates of the first n documents of the candidates that have
// minScore. blockIndexes says where in the scorer's block they are.
func (t *topk) scoreSelected(s *scorer, n int, minScore int64) {
	c := &t.candidates
	if c.n = n; n == 0 {
		return
	}
	s.addScores(c.scores[:], c.indexes[:n], c.blockIndexes[:])
	if !c.keepCompetitive(minScore) {
		t.skippedAny = true
	}
}

// selectByThreshold is selectFromBlock where frequencies and norms tell without a
// division which documents may have the score. It looks at those of [from, end) of
// the block, and reports whether it did: it has nothing to do on processors without
// AVX2, for scores that are known already, and where every document is taken.
//
// Which documents the mask keeps is only looked up for those that may have the score.
// So it is not known whether others were skipped; while that matters, selectAllowed
// does it.
func (t *topk) selectByThreshold(s *scorer, from, end int, minScore int64) bool {
	restricted := t.mask != nil || t.deleted != nil
	if !wide || s.materialized != nil || len(s.docs) < segment.BlockSize || s.scoresReady && !restricted {
		return false
	}
	if minScore <= 0 && !restricted || minScore > 0 && restricted && !t.skippedAny {
		return false
	}
	threshold, ok := s.bm25.freqThreshold(s.weight, minScore)
	if !ok {
		return false
	}
	s.readFreqs()
	c := &t.candidates
	n := c.selectPart(s, from, end, threshold, t.mask, t.deleted)
	if n < end-from && !restricted {
		t.skippedAny = true
	}
	for i, at := range c.blockIndexes[:n] {
		c.indexes[i], c.docs[i], c.scores[i] = uint16(i), s.docBuf[at&(segment.BlockSize-1)], 0
	}
	t.scoreSelected(s, n, minScore)
	return true
}

// selectAllowed is selectFromBlock where not all documents are allowed. docs are
// the documents of the scorer's block from an index on. Documents that are not
// allowed are left out before anything is scored.
func (t *topk) selectAllowed(s *scorer, docs []uint32, from int, minScore int64) {
	c, n := &t.candidates, 0
	set, flip := t.mask, uint64(0)
	if set == nil {
		set, flip = t.deleted, 1
	}
	for i, doc := range docs {
		c.indexes[n], c.blockIndexes[n] = uint16(n), uint8(from+i)
		c.docs[n], c.scores[n] = doc, 0
		n += int(set[doc/64]>>(doc%64)&1 ^ flip)
	}
	t.scoreSelected(s, n, minScore)
}
