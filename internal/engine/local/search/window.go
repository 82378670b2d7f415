package search

import "math/bits"

// windowDocs is how many documents are scored at a time: what they need stays
// in the first cache.
const windowDocs = 4096

// window holds the scores of a stretch of documents.
type window struct {
	scores [windowDocs]int64
	// seen are the documents that something was added to, if it was nothing;
	// only kept while that may be enough.
	seen       [windowDocs / 64]uint64
	tracksSeen bool
}

// together looks among the documents of [from, to) that any of the streams from
// order[few] on has.
func (t *topk) manyEssential(order []int, few int, sum, lesser int64, from, to uint32) {
	w, c := &t.window, &t.candidates
	least := t.minCompetitiveScore()
	enough := least - lesser
	w.tracksSeen = enough <= 0
	for _, k := range order[few:] {
		t.scorers[k].addToWindow(w, from, to, least-(sum-t.windowMax[k]))
	}
	size := int(to - from)
	c.n = 0
	if w.tracksSeen {
		for i, word := range w.seen[:(size+63)/64] {
			for w.seen[i] = 0; word != 0; word &= word - 1 {
				at := (i*64 + bits.TrailingZeros64(word)) % windowDocs
				if doc := from + uint32(at); t.allowed(doc) {
					c.add(doc, w.scores[at])
				}
			}
		}
	} else {
		n := choose(w.scores[:size], enough, c.indexes[:])
		for _, at := range c.indexes[:n] {
			if doc := from + uint32(at); t.allowed(doc) {
				c.add(doc, w.scores[at%windowDocs])
			}
		}
		t.skippedAny = true
	}
	clear(w.scores[:size])
	t.addNonEssential(order[:few], lesser)
}

// addTo adds what the stream gives to the documents of [from, to), but for
// those of blocks that give less than enough.
func (t *scorer) addToWindow(w *window, from, to uint32, enough int64) {
	for doc := from; ; {
		if !t.advanceShallow(doc) {
			return
		}
		if enough > 1 && t.blockMaxScore(t.shallowBlock) < enough {
			if doc = t.lastDocOf(t.shallowBlock) + 1; doc >= to || doc == 0 {
				return
			}
			continue
		}
		if doc = t.seek(doc); doc >= to {
			return
		}
		end := t.endBelow(to)
		w.add(t.docs[t.pos:end], t.blockScores()[t.pos:end], from)
		if end < len(t.docs) {
			t.pos = end
			return
		}
		if doc = t.docs[end-1] + 1; doc >= to {
			return
		}
	}
}

// add adds quanta to documents, from being the first of the window.
func (w *window) add(docs []uint32, quanta []int64, from uint32) {
	quanta = quanta[:len(docs)]
	for i, doc := range docs {
		w.scores[(doc-from)%windowDocs] += quanta[i]
	}
	if w.tracksSeen {
		for _, doc := range docs {
			at := (doc - from) % windowDocs
			w.seen[at/64] |= 1 << (at % 64)
		}
	}
}
