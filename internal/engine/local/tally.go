package local

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// tally adds up frequencies by article. Most leaves occur in few articles,
// which are kept in a map; what occurs in many is moved to a table of all
// documents of the segment, ten times faster and no larger by then.
type tally struct {
	docs int // of the segment
	few  map[uint32]tallied
	all  []tallied
}

type tallied struct {
	freq   int32
	length uint32
}

// fewDocs is the share of a segment's documents, as a divisor, that a map
// takes more memory for than a table takes for all.
const fewDocs = 16

func (s *segView) newTally() *tally {
	return &tally{docs: int(s.seg.Count()), few: map[uint32]tallied{}}
}

func (t *tally) add(doc uint32, freq int64, length uint32) {
	if t.all != nil {
		e := &t.all[doc]
		e.freq += int32(freq)
		e.length = length
		return
	}
	e := t.few[doc]
	t.few[doc] = tallied{e.freq + int32(freq), length}
	if len(t.few) > t.docs/fewDocs {
		t.all = make([]tallied, t.docs)
		for doc, e := range t.few {
			t.all[doc] = e
		}
		t.few = nil
	}
}

// hits returns what was tallied and is not nothing, in order.
func (t *tally) hits() *hits {
	h := &hits{set: roaring.New()}
	if t.all == nil {
		for doc, e := range t.few {
			if e.freq > 0 {
				h.docs = append(h.docs, doc)
			}
		}
		slices.Sort(h.docs)
	}
	for doc, e := range t.all {
		if e.freq > 0 {
			h.docs = append(h.docs, uint32(doc))
		}
	}
	h.set.AddMany(h.docs)
	h.freqs = make([]uint32, len(h.docs))
	h.lengths = make([]uint32, len(h.docs))
	for i, doc := range h.docs {
		e := t.at(doc)
		h.freqs[i], h.lengths[i] = uint32(e.freq), e.length
	}
	return h
}

func (t *tally) at(doc uint32) tallied {
	if t.all != nil {
		return t.all[doc]
	}
	return t.few[doc]
}
