package segment

import (
	"encoding/binary"
	"errors"
	"math"
)

// errListTooLong is about a list that offsets of 32 bits cannot reach through.
var errListTooLong = errors.New("list of postings is too long for a segment")

// postingsEncoder makes the list of a term: begin, for each posting add and, if
// the list has locations, one of its methods for them, then finish.
type postingsEncoder struct {
	kind  locKind
	count int
	fill  int // postings in the open block
	base  uint32

	docs, freqs, lengths [BlockSize]uint32

	skipData, data, locs                       []byte
	maxBlockImpacts                            int      // the most impacts of a block
	deltas                                     []uint32 // positions of the open block, as distances
	locBlock                                   int      // where locations of the open block start
	groupFrontier, blockFrontier, listFrontier frontier
	groupImpacts                               []byte // impacts of groups of blocks
	tmp, out                                   []byte
}

func (e *postingsEncoder) begin(kind locKind) {
	e.kind, e.count, e.fill, e.base, e.locBlock, e.maxBlockImpacts = kind, 0, 0, math.MaxUint32, 0, 0
	e.skipData, e.data, e.locs, e.groupImpacts = e.skipData[:0], e.data[:0], e.locs[:0], e.groupImpacts[:0]
	e.deltas = e.deltas[:0]
	e.groupFrontier, e.blockFrontier, e.listFrontier = e.groupFrontier[:0], e.blockFrontier[:0], e.listFrontier[:0]
	e.tmp, e.out = e.tmp[:0], e.out[:0]
}

// add appends a posting. Documents come in order, each once.
func (e *postingsEncoder) add(doc, freq, length uint32) {
	if e.fill == BlockSize {
		e.full()
	}
	e.docs[e.fill], e.freqs[e.fill], e.lengths[e.fill] = doc, freq, length
	e.fill++
	e.count++
}

// positions appends what a posting of a list of kind locPositions has. They
// must be as many as its frequency, ascending.
func (e *postingsEncoder) positions(all []uint32) {
	last := uint32(0)
	for _, p := range all {
		e.position(p - last)
		last = p
	}
}

// position appends a position of the posting added last: its distance from the
// one before, or from 0.
func (e *postingsEncoder) position(delta uint32) { e.deltas = append(e.deltas, delta) }

// locations appends what a posting of a list of kind locFull has.
func (e *postingsEncoder) locations(all []location) {
	b := binary.AppendUvarint(e.tmp[:0], uint64(len(all)))
	for i := range all {
		l := &all[i]
		b = binary.AppendUvarint(b, uint64(l.field))
		b = binary.AppendUvarint(b, l.pos)
		b = binary.AppendUvarint(b, l.start)
		b = binary.AppendUvarint(b, l.end)
		b = binary.AppendUvarint(b, uint64(len(l.array)))
		for _, a := range l.array {
			b = binary.AppendUvarint(b, a)
		}
	}
	e.tmp = b
	e.locs = binary.AppendUvarint(e.locs, uint64(len(b)))
	e.locs = append(e.locs, b...)
}

// addSkipEntry takes the open block into the bounds.
func (e *postingsEncoder) addSkipEntry() {
	e.blockFrontier = e.blockFrontier[:0]
	for i := range e.fill {
		e.blockFrontier = e.blockFrontier.add(Impact{e.freqs[i], e.lengths[i]})
	}
	e.blockFrontier = e.blockFrontier.reduce()
	for _, p := range e.blockFrontier {
		e.listFrontier = e.listFrontier.add(p)
		e.groupFrontier = e.groupFrontier.add(p)
	}
	if (e.count-1)/BlockSize%GroupSize == GroupSize-1 {
		e.addGroupImpacts()
	}
	e.skipData = binary.LittleEndian.AppendUint32(e.skipData, e.docs[e.fill-1])
	e.skipData = binary.LittleEndian.AppendUint32(e.skipData, uint32(len(e.data)))
	if e.kind != locNone {
		e.skipData = binary.LittleEndian.AppendUint32(e.skipData, uint32(e.locBlock))
	}
	e.skipData = appendImpacts(e.skipData, e.blockFrontier) // finish cuts them
	e.maxBlockImpacts = max(e.maxBlockImpacts, len(e.blockFrontier))
	e.locs = appendRuns(e.locs, e.deltas)
	e.deltas = e.deltas[:0]
}

// addGroupImpacts writes the bounds of the blocks since the last group.
func (e *postingsEncoder) addGroupImpacts() {
	e.groupImpacts = appendImpacts(e.groupImpacts, e.groupFrontier.reduce())
	e.groupFrontier = e.groupFrontier[:0]
}

// full writes the open block, which is full.
func (e *postingsEncoder) full() {
	e.addSkipEntry()
	deltas, freqs := e.docs, e.freqs
	before, least := e.base, uint32(math.MaxUint32)
	for i, doc := range e.docs {
		deltas[i] = doc - before - 1 // before the first document stands ^0
		before = doc
		least = min(least, freqs[i])
	}
	head := uint(0)
	if least > 0 {
		head = freqLess1
		for i := range freqs {
			freqs[i]--
		}
	}
	start := len(e.data)
	data, wideFreq := appendExceptions(append(e.data, 0, 0), &freqs)
	wide, exceptions := widthOf(&deltas), uint(len(data)-start-blockHead)
	head |= wide | wideFreq<<headFreqs | exceptions<<headExceptions
	binary.LittleEndian.PutUint16(data[start:], uint16(head))
	e.data = data
	e.data = appendPacked(e.data, &deltas, wide)
	e.data = appendPacked(e.data, &freqs, wideFreq)
	e.base = before
	e.fill = 0
	e.locBlock = len(e.locs)
}

// open writes the open block as uvarints.
func (e *postingsEncoder) open() {
	before := e.base
	for i, doc := range e.docs[:e.fill] {
		v := uint64(doc-before-1) << 1
		before = doc
		if freq := e.freqs[i]; freq == 1 {
			e.data = binary.AppendUvarint(e.data, v|1)
		} else {
			e.data = binary.AppendUvarint(e.data, v)
			e.data = binary.AppendUvarint(e.data, uint64(freq))
		}
	}
}

// finish writes the list and returns the value that leads to it from the
// dictionary. A list must have postings.
func (e *postingsEncoder) finish(w *writer) (uint64, error) {
	if e.count == 1 && e.kind == locNone && e.freqs[0] < inlineFreq {
		return uint64(e.docs[0])<<5 | uint64(e.freqs[0])<<1 | 1, nil
	}
	value := w.at() << 1
	e.out = append(e.out, byte(e.kind))
	e.out = binary.AppendUvarint(e.out, uint64(e.count))
	if e.count < BlockSize {
		e.open()
		for _, v := range e.deltas {
			e.locs = binary.AppendUvarint(e.locs, uint64(v))
		}
		maxFreq, minNorm := uint32(0), uint32(math.MaxUint32)
		for i := range e.fill {
			maxFreq, minNorm = max(maxFreq, e.freqs[i]), min(minNorm, e.lengths[i])
		}
		e.out = binary.AppendUvarint(e.out, uint64(maxFreq))
		e.out = binary.AppendUvarint(e.out, uint64(minNorm))
	} else {
		if e.fill == BlockSize {
			e.full()
		}
		if e.fill > 0 {
			e.addSkipEntry()
			e.open()
		}
		if max(uint64(len(e.data)), uint64(len(e.locs))) > math.MaxUint32 {
			return 0, errListTooLong
		}
		e.out = binary.AppendUvarint(e.out, uint64(len(e.data)))
		e.out = binary.AppendUvarint(e.out, uint64(len(e.locs)))
		e.out = appendImpacts(e.out, e.listFrontier.reduce())
		if e.count > GroupSize*BlockSize {
			if len(e.groupFrontier) > 0 {
				e.addGroupImpacts()
			}
			e.out = append(e.out, e.groupImpacts...)
		}
		e.out[0] |= byte(e.maxBlockImpacts << impactCountShift)
		pointersSize := skipPointersSize(e.kind)
		for entries := e.skipData; len(entries) > 0; entries = entries[pointersSize+allImpactsSize:] {
			e.out = append(e.out, entries[:pointersSize+e.maxBlockImpacts*impactPairSize]...)
		}
	}
	w.write(e.out)
	w.write(e.data)
	w.write(e.locs)
	return value, w.err
}
