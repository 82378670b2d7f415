package segment

import (
	"encoding/binary"
	"errors"
	"math"
)

// errListTooLong is about a list that offsets of 32 bits cannot address.
var errListTooLong = errors.New("list of postings is too long for a segment")

// postingsEncoder encodes one posting list after the other. For each list:
// begin; then for each posting, in the order of documents, addPosting,
// followed by addPositions or addPositionDelta if the kind is locPositions,
// and by addLocations if it is locFull; then finish. Postings are pending
// until a block of them is full.
type postingsEncoder struct {
	kind    locKind
	count   int
	pending int // how many postings are pending
	baseDoc uint32

	docs, freqs, norms [BlockSize]uint32

	// The parts of the list, encoded so far.
	skipData, blockData, locData, groupImpacts []byte

	champions *termChampionBuilder // nil where the field has none

	positionDeltas  []uint32 // of all pending postings
	blockLocStart   int      // where the locations of pending postings start
	maxBlockImpacts int      // the greatest number of impacts of a block

	// The impacts of the group, the block and the list so far.
	groupFrontier, blockFrontier, listFrontier frontier

	scratch, header []byte
}

// begin starts a list.
func (e *postingsEncoder) begin(kind locKind) {
	e.kind, e.count, e.pending, e.baseDoc, e.blockLocStart, e.maxBlockImpacts = kind, 0, 0, math.MaxUint32, 0, 0
	e.skipData, e.blockData, e.locData, e.groupImpacts = e.skipData[:0], e.blockData[:0], e.locData[:0], e.groupImpacts[:0]
	e.positionDeltas = e.positionDeltas[:0]
	e.groupFrontier, e.blockFrontier, e.listFrontier = e.groupFrontier[:0], e.blockFrontier[:0], e.listFrontier[:0]
	e.scratch, e.header = e.scratch[:0], e.header[:0]
	if e.champions != nil {
		e.champions.begin()
	}
}

// addPosting appends a posting. Documents ascend.
func (e *postingsEncoder) addPosting(doc, freq, norm uint32) {
	if e.pending == BlockSize {
		e.writePackedBlock()
	}
	e.docs[e.pending], e.freqs[e.pending], e.norms[e.pending] = doc, freq, norm
	e.pending++
	e.count++
}

// addBlock does for several postings what addPosting and addPositionDelta do
// for each: deltas has the position deltas of all of them, if the kind is
// locPositions.
func (e *postingsEncoder) addBlock(docs, freqs, norms, deltas []uint32) {
	for len(docs) > 0 {
		if e.pending == BlockSize {
			e.writePackedBlock()
		}
		n := copy(e.docs[e.pending:], docs)
		copy(e.freqs[e.pending:], freqs[:n])
		copy(e.norms[e.pending:], norms[:n])
		e.pending += n
		e.count += n
		if e.kind == locPositions {
			positions := 0
			for _, freq := range freqs[:n] {
				positions += int(freq)
			}
			e.positionDeltas = append(e.positionDeltas, deltas[:positions]...)
			deltas = deltas[positions:]
		}
		docs, freqs, norms = docs[n:], freqs[n:], norms[n:]
	}
}

// addPositions appends all positions of the posting added last. They ascend,
// and are as many as its frequency.
func (e *postingsEncoder) addPositions(all []uint32) {
	last := uint32(0)
	for _, p := range all {
		e.addPositionDelta(p - last)
		last = p
	}
}

// addPositionDelta appends one position of the posting added last: its
// distance from the position before, or from 0.
func (e *postingsEncoder) addPositionDelta(delta uint32) {
	e.positionDeltas = append(e.positionDeltas, delta)
}

// addLocations appends all locations of the posting added last.
func (e *postingsEncoder) addLocations(all []location) {
	b := binary.AppendUvarint(e.scratch[:0], uint64(len(all)))
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
	e.scratch = b
	e.locData = binary.AppendUvarint(e.locData, uint64(len(b)))
	e.locData = append(e.locData, b...)
}

// addSkipEntry appends the skip entry of the pending postings. It is called
// before they are written. Their positions are written with it.
func (e *postingsEncoder) addSkipEntry() {
	e.blockFrontier = e.blockFrontier[:0].addAll(e.freqs[:e.pending], e.norms[:e.pending]).reduce()
	if e.champions != nil {
		e.champions.offer(e.docs[:e.pending], e.freqs[:e.pending], e.norms[:e.pending], e.blockFrontier)
	}
	for _, p := range e.blockFrontier {
		e.listFrontier = e.listFrontier.add(p)
		e.groupFrontier = e.groupFrontier.add(p)
	}
	if (e.count-1)/BlockSize%GroupSize == GroupSize-1 {
		e.addGroupImpacts()
	}
	e.skipData = binary.LittleEndian.AppendUint32(e.skipData, e.docs[e.pending-1])
	e.skipData = binary.LittleEndian.AppendUint32(e.skipData, uint32(len(e.blockData)))
	if e.kind != locNone {
		e.skipData = binary.LittleEndian.AppendUint32(e.skipData, uint32(e.blockLocStart))
	}
	e.skipData = appendImpacts(e.skipData, e.blockFrontier) // finish cuts off those that no block has
	e.maxBlockImpacts = max(e.maxBlockImpacts, len(e.blockFrontier))
	e.locData = appendRuns(e.locData, e.positionDeltas)
	e.positionDeltas = e.positionDeltas[:0]
}

// addGroupImpacts ends a group of blocks.
func (e *postingsEncoder) addGroupImpacts() {
	e.groupImpacts = appendImpacts(e.groupImpacts, e.groupFrontier.reduce())
	e.groupFrontier = e.groupFrontier[:0]
}

// writePackedBlock writes the pending postings, which are BlockSize, as a
// packed block.
func (e *postingsEncoder) writePackedBlock() {
	e.addSkipEntry()
	deltas, freqs := e.docs, e.freqs
	prevDoc, minFreq := e.baseDoc, uint32(math.MaxUint32)
	for i, doc := range e.docs {
		deltas[i] = doc - prevDoc - 1 // prevDoc is ^0 before the first document
		prevDoc = doc
		minFreq = min(minFreq, freqs[i])
	}
	header := uint(0)
	if minFreq > 0 {
		header = blockFreqMinusOne
		for i := range freqs {
			freqs[i]--
		}
	}
	blockStart := len(e.blockData)
	data, freqWidth := appendExceptions(append(e.blockData, 0, 0), &freqs)
	docWidth, exceptions := bitWidth(&deltas), uint(len(data)-blockStart-blockHeaderSize)
	header |= docWidth | freqWidth<<blockFreqWidthShift | exceptions<<blockExceptionsShift
	binary.LittleEndian.PutUint16(data[blockStart:], uint16(header))
	e.blockData = data
	e.blockData = appendPacked(e.blockData, &deltas, docWidth)
	e.blockData = appendPacked(e.blockData, &freqs, freqWidth)
	e.baseDoc = prevDoc
	e.pending = 0
	e.blockLocStart = len(e.locData)
}

// writeTailBlock writes the pending postings as a tail block.
func (e *postingsEncoder) writeTailBlock() {
	prevDoc := e.baseDoc
	for i, doc := range e.docs[:e.pending] {
		e.blockData = appendTailPosting(e.blockData, uint64(doc-prevDoc-1), uint64(e.freqs[i]))
		prevDoc = doc
	}
}

// finish writes the list. It returns the value of the list in the term
// dictionary. A list must have postings.
func (e *postingsEncoder) finish(w *writer) (uint64, error) {
	if e.count == 1 && e.kind == locNone && e.freqs[0] < inlineFreqLimit {
		return uint64(e.docs[0])<<5 | uint64(e.freqs[0])<<1 | 1, nil
	}
	value := w.sectionOffset() << 1
	e.header = append(e.header, byte(e.kind))
	e.header = binary.AppendUvarint(e.header, uint64(e.count))
	if e.count < BlockSize {
		e.writeTailBlock()
		for _, v := range e.positionDeltas {
			e.locData = binary.AppendUvarint(e.locData, uint64(v))
		}
		maxFreq, minNorm := uint32(0), uint32(math.MaxUint32)
		for i := range e.pending {
			maxFreq, minNorm = max(maxFreq, e.freqs[i]), min(minNorm, e.norms[i])
		}
		e.header = binary.AppendUvarint(e.header, uint64(maxFreq))
		e.header = binary.AppendUvarint(e.header, uint64(minNorm))
	} else {
		if e.pending == BlockSize {
			e.writePackedBlock()
		}
		if e.pending > 0 {
			e.addSkipEntry()
			e.writeTailBlock()
		}
		if max(uint64(len(e.blockData)), uint64(len(e.locData))) > math.MaxUint32 {
			return 0, errListTooLong
		}
		e.header = binary.AppendUvarint(e.header, uint64(len(e.blockData)))
		e.header = binary.AppendUvarint(e.header, uint64(len(e.locData)))
		e.header = appendImpacts(e.header, e.listFrontier.reduce())
		if e.count > GroupSize*BlockSize {
			if len(e.groupFrontier) > 0 {
				e.addGroupImpacts()
			}
			e.header = append(e.header, e.groupImpacts...)
		}
		e.header[0] |= byte(e.maxBlockImpacts << impactCountShift)
		pointersSize := skipPointersSize(e.kind)
		for entries := e.skipData; len(entries) > 0; entries = entries[pointersSize+allImpactsSize:] {
			e.header = append(e.header, entries[:pointersSize+e.maxBlockImpacts*impactPairSize]...)
		}
	}
	w.write(e.header)
	w.write(e.blockData)
	w.write(e.locData)
	return value, w.err
}
