package segment

import (
	"encoding/binary"
	"math"
)

// Block returns the number of the block that NextBlock reads, or Blocks at the
// end.
func (l *PostingList) Block() int { return l.nextBlock }

// IsTail reports whether the block that NextBlock reads is a tail block, or none. Then it
// costs less to read frequencies with the documents than afterwards.
func (l *PostingList) IsTail() bool { return l.nextBlock >= l.count/BlockSize }

// Blocks returns the number of blocks.
func (l *PostingList) Blocks() int { return l.numBlocks }

// LastDocOf returns a document that no document of a block is beyond. In a
// list with skip data that is the last document of the block.
func (l *PostingList) LastDocOf(block int) uint32 {
	switch {
	case l.skipData != nil:
		return binary.LittleEndian.Uint32(l.skipEntry(block))
	case l.inlined != 0:
		return uint32(l.inlined >> 5)
	}
	return l.seg.docs - 1
}

// LastDoc is LastDocOf for the block that NextBlock reads. At the end it is
// the greatest uint32.
func (l *PostingList) LastDoc() uint32 {
	if l.nextBlock >= l.numBlocks {
		return math.MaxUint32
	}
	return l.LastDocOf(l.nextBlock)
}

// SkipToBlock makes a block the next one. It does nothing if that block is
// already behind.
func (l *PostingList) SkipToBlock(block int) {
	if block <= l.nextBlock || l.skipData == nil {
		l.nextBlock = max(l.nextBlock, block)
		return
	}
	l.nextBlock = block
	l.baseDoc = binary.LittleEndian.Uint32(l.skipEntry(block - 1))
}

// GoToBlock makes a block the next one, also one that is behind.
func (l *PostingList) GoToBlock(block int) {
	l.nextBlock, l.baseDoc, l.tailBlock = block, math.MaxUint32, nil
	if block > 0 && l.skipData != nil {
		l.baseDoc = binary.LittleEndian.Uint32(l.skipEntry(block - 1))
	}
}

// FirstWithin returns the first block of [block, end) that has an impact of which the
// norm is at most slope times the frequency and offset, or of which the frequency is too
// high to be known; end where there is none.
func (l *PostingList) FirstWithin(block, end int, slope, offset float64) int {
	if l.skipData == nil {
		if p := l.soleImpact; block < end && float64(p.Norm) > slope*float64(p.Freq)+offset {
			return end
		}
		return min(block, end)
	}
	size, skip := l.skipEntrySize, l.skipPointersSize
	for ; block < end; block++ {
		for b := l.skipData[block*size+skip : (block+1)*size]; len(b) >= impactPairSize; b = b[impactPairSize:] {
			freq, norm := b[0], binary.LittleEndian.Uint16(b[1:])
			if freq == saturatedFreq || freq > 0 && float64(norm) <= slope*float64(freq)+offset {
				return block
			}
		}
	}
	return end
}

// Impacts appends the impacts of a block to dst.
func (l *PostingList) Impacts(dst []Impact, block int) []Impact {
	if l.skipData == nil {
		return append(dst, l.soleImpact)
	}
	b := l.skipEntry(block)
	return decodeImpacts(dst, b[l.skipPointersSize:])
}

// GroupSaturations writes the highest saturations that the impacts of the blocks
// of a group allow to dst, in the order of the blocks. See GroupImpacts.
func (l *PostingList) GroupSaturations(dst *[GroupSize]float64, group int, by Saturation) {
	first := group * GroupSize
	n := min(l.numBlocks-first, GroupSize)
	if l.skipData == nil {
		dst[0] = by.of(l.soleImpact)
		return
	}
	impacts := l.skipData[first*l.skipEntrySize+l.skipPointersSize:]
	if saturate(dst, n, impacts, l.skipEntrySize, l.skipEntrySize-l.skipPointersSize, by) {
		return
	}
	var memory [maxImpacts]Impact
	for i := range n {
		dst[i] = by.Max(l.Impacts(memory[:0], first+i))
	}
}

// GroupImpacts appends the impacts of a group of blocks to dst. Group g has
// the GroupSize blocks from GroupSize*g on.
func (l *PostingList) GroupImpacts(dst []Impact, group int) []Impact {
	if l.groupImpacts == nil {
		return l.MaxImpacts(dst)
	}
	return decodeImpacts(dst, l.groupImpacts[group*allImpactsSize:][:allImpactsSize])
}

// MaxImpacts appends the impacts of the whole list to dst.
func (l *PostingList) MaxImpacts(dst []Impact) []Impact {
	if l.listImpacts != nil {
		return decodeImpacts(dst, l.listImpacts)
	}
	return append(dst, l.soleImpact)
}
