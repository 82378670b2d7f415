package search

import "math/bits"

// window sums up the scores of a range of windowDocs documents. All sums are 0
// and nothing is seen between one range and the next: who takes the sums out
// clears them.
type window struct {
	scores [windowDocs]int64
	// seen are the documents to which something was added, even if it was 0. It
	// is only kept while tracksSeen: where a score of 0 is competitive.
	seen       [windowDocs / 64]uint64
	tracksSeen bool
}

// manyEssential looks among the documents of [from, to) that any of the
// essential scorers has: these are all of order but the first nonEssential. sum
// bounds what all scorers of order give, and nonEssentialMax what the first
// nonEssential ones do.
func (t *topk) manyEssential(order []int, nonEssential int, sum, nonEssentialMax int64, from, to uint32) {
	w, c := &t.window, &t.candidates
	minCompetitive := t.minCompetitiveScore()
	minScore := minCompetitive - nonEssentialMax
	w.tracksSeen = minScore <= 0
	for _, k := range order[nonEssential:] {
		t.scorers[k].addToWindow(w, from, to, minCompetitive-(sum-t.windowMax[k]))
	}
	size := int(to - from)
	c.n = 0
	if w.tracksSeen {
		t.selectSeen(from, size)
	} else {
		n := choose(w.scores[:size], minScore, c.indexes[:])
		for _, at := range c.indexes[:n] {
			if doc := from + uint32(at); t.allowed(doc) {
				c.add(doc, w.scores[at%windowDocs])
			}
		}
		t.skippedAny = true
	}
	clear(w.scores[:size])
	if t.members != nil {
		t.keepMembers()
	}
	t.addNonEssential(order[:nonEssential], nonEssentialMax)
}

// selectSeen makes candidates of all documents that were seen in the window of
// the size documents from from on, and forgets that they were seen.
func (t *topk) selectSeen(from uint32, size int) {
	w, c := &t.window, &t.candidates
	for i, word := range w.seen[:(size+63)/64] {
		for w.seen[i] = 0; word != 0; word &= word - 1 {
			at := (i*64 + bits.TrailingZeros64(word)) % windowDocs
			if doc := from + uint32(at); t.allowed(doc) {
				c.add(doc, w.scores[at])
			}
		}
	}
}

// addToWindow adds the scores of the documents of [from, to). Blocks in which no
// document has minScore are skipped.
func (s *scorer) addToWindow(w *window, from, to uint32, minScore int64) {
	for doc := from; ; {
		if !s.advanceShallow(doc) {
			return
		}
		if minScore > 1 && s.blockMaxScore(s.shallowBlock) < minScore {
			if doc = s.lastDocOf(s.shallowBlock) + 1; doc >= to || doc == 0 {
				return
			}
			continue
		}
		if doc = s.seek(doc); doc >= to {
			return
		}
		end := s.endBelow(to)
		w.add(s.docs[s.pos:end], s.blockScores()[s.pos:end], from)
		if end < len(s.docs) {
			s.pos = end
			return
		}
		if doc = s.docs[end-1] + 1; doc >= to {
			return
		}
	}
}

// add adds scores to documents of the window that starts at from.
func (w *window) add(docs []uint32, scores []int64, from uint32) {
	scores = scores[:len(docs)]
	for i, doc := range docs {
		w.scores[(doc-from)%windowDocs] += scores[i]
	}
	if w.tracksSeen {
		for _, doc := range docs {
			at := (doc - from) % windowDocs
			w.seen[at/64] |= 1 << (at % 64)
		}
	}
}
