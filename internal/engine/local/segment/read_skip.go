package segment

import (
	"encoding/binary"
	"math"
)

// Block returns the place of the block that NextBlock reads; Blocks at the end.
func (l *PostingList) Block() int { return l.nextBlock }

// Blocks returns the number of blocks.
func (l *PostingList) Blocks() int { return l.numBlocks }

// LastDocOf returns a document that none in a block is beyond: in a list of more
// than BlockSize its last one.
func (l *PostingList) LastDocOf(block int) uint32 {
	switch {
	case l.skipData != nil:
		return binary.LittleEndian.Uint32(l.skipEntry(block))
	case l.inlined != 0:
		return uint32(l.inlined >> 5)
	}
	return l.seg.docs - 1
}

// LastDoc is LastOf for the next block; at the end it is the greatest uint32.
func (l *PostingList) LastDoc() uint32 {
	if l.nextBlock >= l.numBlocks {
		return math.MaxUint32
	}
	return l.LastDocOf(l.nextBlock)
}

// SkipToBlock makes a block, which must not lie behind, the next one.
func (l *PostingList) SkipToBlock(block int) {
	if block <= l.nextBlock || l.skipData == nil {
		l.nextBlock = max(l.nextBlock, block)
		return
	}
	l.nextBlock = block
	l.baseDoc = binary.LittleEndian.Uint32(l.skipEntry(block - 1))
}

// Impacts appends the impacts of a block to dst.
func (l *PostingList) Impacts(dst []Impact, block int) []Impact {
	if l.skipData == nil {
		return append(dst, l.soleImpact)
	}
	b := l.skipEntry(block)
	return decodeImpacts(dst, b[l.skipPointersSize:])
}

// GroupImpacts appends the impacts of a group of blocks to dst: those from
// GroupSize*group on.
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
