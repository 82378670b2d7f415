package segment

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

// locKind says how the locations of a list are kept.
type locKind uint8

const (
	locNone      locKind = iota
	locPositions         // positions only, as many as the frequency
	locFull              // any number, with all that bleve's locations have
)

// The header of a packed block is u16. From the lowest bit on it has the width
// of document deltas, the width of frequencies, the number of exceptions, and
// blockFreqMinusOne.
const (
	blockHeaderSize      = 2
	blockWidthMask       = 1<<6 - 1
	blockFreqWidthShift  = 6
	blockExceptionsShift = 12
	blockFreqMinusOne    = 1 << 15 // frequencies are stored less 1
)

// impactCountShift: the first byte of a list has above this bit how many
// impacts each skip entry has, and below it the kind of locations.
const impactCountShift = 4

const (
	maxListHeader  = 1 + 4*binary.MaxVarintLen64 // bytes of a list before its skip data or its tail block
	maxTailPosting = 2 * binary.MaxVarintLen64   // bytes of a posting in a tail block
)

// inlineFreqLimit is the least frequency that does not fit into a value of the
// term dictionary.
const inlineFreqLimit = 16

// PostingList reads the postings of a term forward, a block at a time. It is
// opened by [Segment.Postings] or [Term.Postings], which verify its bytes but
// for those of locations. It is a value: a copy reads on its own from where it
// was copied. It is for one goroutine, and valid until the segment is closed.
//
// A list stands before one of its blocks, [PostingList.Block]. These calls move
// it, and only forward:
//
//   - NextBlock decodes that block into arrays of the caller, and then stands
//     before the one after it. This is the only call that decodes documents.
//   - NextFreqs does that for frequencies alone.
//   - Seek and SkipToBlock go to a later block without decoding anything.
//
// Freqs, Positions, BlockPositions and PositionsFrom answer about the block that
// NextBlock or NextFreqs decoded last. They may be called any number of times, in
// any order, until one of these is called again.
//
// LastDocOf, Impacts, GroupImpacts and MaxImpacts answer about any block at any
// time, and move nothing: they read skip data.
//
// A damaged list ends early: NextBlock returns 0, and Err says why. Whoever has
// read to the end must ask Err.
type PostingList struct {
	seg       *Segment
	count     int // of postings
	numBlocks int
	kind      locKind

	nextBlock int    // the block that NextBlock reads
	baseDoc   uint32 // the last document before nextBlock; ^0 before the first

	// A list of BlockSize postings or more has skip data, with an entry for
	// each block. An entry is pointers to the block and its locations, and then
	// the impacts of the block.
	skipData         []byte
	skipEntrySize    int
	skipPointersSize int

	blockData    []byte // the blocks, to the end of the section
	locData      []byte // locations of all blocks
	listImpacts  []byte // nil without skip data
	groupImpacts []byte // nil unless there are more than GroupSize blocks

	inlined    uint64 // the value of a list that is kept in the term dictionary
	soleImpact Impact // of a list without skip data

	// The locations of the block last read. They are verified before the first
	// of them is read. Those of posting locPosting start at locCursor, which
	// counts bytes, or positions in a list with runs.
	blockLocs    []byte
	locsVerified bool
	locCursor    int
	locPosting   int
	runs         runCursor

	// Of the block last read, if it is packed: what Freqs needs.
	header      uint16
	exceptions  []byte
	packedFreqs []byte

	// Of the tail block, once it was read: its bytes and the document before.
	tailBlock   []byte
	tailBaseDoc uint32

	err error
}

// Postings opens the posting list of a term in a field. ok is false if no
// document has the term.
func (s *Segment) Postings(field, term string) (l PostingList, ok bool, err error) {
	place, ok, err := s.FindTerm(field, term)
	if err != nil || !ok {
		return PostingList{}, false, err
	}
	l, err = s.PostingsAt(place)
	return l, err == nil, err
}

// TermPlace is where a segment has the posting list of a term. It stays valid as long
// as the segment.
type TermPlace struct {
	field int
	value uint64 // of the term dictionary
}

// FindTerm returns where the posting list of a term in a field is, which
// [Segment.PostingsAt] opens. ok is false if no document has the term.
func (s *Segment) FindTerm(field, term string) (p TermPlace, ok bool, err error) {
	i, ok := s.byName[field]
	if !ok {
		return p, false, nil
	}
	value, ok, err := s.fields[i].termValue([]byte(term))
	return TermPlace{int(i), value}, ok, err
}

// PostingsAt opens the posting list at a place that FindTerm has returned.
func (s *Segment) PostingsAt(p TermPlace) (PostingList, error) {
	return s.openPostings(&s.fields[p.field], p.value)
}

// openPostings opens the list that a value of the term dictionary leads to.
func (s *Segment) openPostings(f *field, value uint64) (PostingList, error) {
	l := PostingList{seg: s, numBlocks: 1, baseDoc: math.MaxUint32}
	if value&1 != 0 {
		l.count, l.inlined = 1, value
		if value>>5 >= uint64(s.docs) {
			return PostingList{}, fmt.Errorf("%w: posting beyond the last document", ErrDamaged)
		}
		norm, err := s.norm(f, uint32(value>>5))
		l.soleImpact = Impact{Freq: uint32(value >> 1 & (inlineFreqLimit - 1)), Norm: norm}
		return l, err
	}
	damaged := func(what string) (PostingList, error) {
		return PostingList{}, fmt.Errorf("%w: %s of a list in field %s", ErrDamaged, what, f.name)
	}
	if value >>= 1; value >= uint64(len(f.postings)) {
		return damaged("offset")
	}
	r := byteReader{b: f.postings[value:]}
	if err := s.verifyBytes(r.b[:min(len(r.b), maxListHeader)]); err != nil {
		return PostingList{}, err
	}
	first := r.bytes(1)
	n := r.uvarint()
	if r.failed || n == 0 || n > uint64(s.docs) {
		return damaged("header")
	}
	l.count = int(n)
	var impactCount int
	if l.kind, impactCount = locKind(first[0]&(1<<impactCountShift-1)), int(first[0]>>impactCountShift); l.kind > locFull || impactCount > maxImpacts {
		return damaged("header")
	}
	if l.count < BlockSize {
		l.soleImpact = Impact{Freq: uint32(r.uvarint()), Norm: uint32(r.uvarint())}
		l.blockData = r.b
		if r.failed {
			return damaged("impacts")
		}
		return l, s.verifyBytes(r.b[:min(len(r.b), l.count*maxTailPosting)])
	}
	data, locs := r.uvarint(), r.uvarint()
	l.numBlocks = (l.count + BlockSize - 1) / BlockSize
	l.listImpacts = r.bytes(allImpactsSize)
	if l.numBlocks > GroupSize {
		l.groupImpacts = r.bytes(uint64(l.numBlocks+GroupSize-1) / GroupSize * allImpactsSize)
	}
	l.skipPointersSize = skipPointersSize(l.kind)
	l.skipEntrySize = l.skipPointersSize + impactCount*impactPairSize
	l.skipData = r.b // its capacity goes to the end, too; see saturate
	skipSize := uint64(l.numBlocks) * uint64(l.skipEntrySize)
	if r.bytes(skipSize); r.failed {
		return damaged("length")
	}
	l.skipData = l.skipData[:skipSize]
	l.blockData = r.b // to the end, as unpacking reads ahead
	r.bytes(data)
	end := len(f.postings) - len(r.b)
	l.locData = r.b // its capacity goes to the end, as well
	if r.bytes(locs); r.failed {
		return damaged("length")
	}
	l.locData = l.locData[:locs]
	return l, s.verifyBytes(f.postings[value:end])
}

// skipPointersSize is the size of a skip entry without its impacts.
func skipPointersSize(kind locKind) int {
	if kind == locNone {
		return 8
	}
	return 12
}

func (l *PostingList) skipEntry(block int) []byte {
	return l.skipData[block*l.skipEntrySize:][:l.skipEntrySize]
}

// Count returns the number of postings in the list.
func (l *PostingList) Count() int { return l.count }

// HasPositions reports whether postings have positions or other locations.
func (l *PostingList) HasPositions() bool { return l.kind != locNone }

// Err returns what ended reading early, nil if nothing did.
func (l *PostingList) Err() error { return l.err }

// fail ends the list with an error. It returns 0, as NextBlock does at the
// end.
func (l *PostingList) fail(what string) int {
	l.err = fmt.Errorf("%w: %s of a list", ErrDamaged, what)
	l.nextBlock = l.numBlocks
	return 0
}

// Seek goes to the first block that can hold doc or a later document, unless
// the list is already beyond it. It passes over blocks that end before doc.
func (l *PostingList) Seek(doc uint32) {
	if l.skipData == nil || l.nextBlock >= l.numBlocks || doc <= l.LastDoc() {
		return
	}
	// Most steps are short: the step doubles until it is too far.
	block := l.nextBlock + 1
	for step := 1; block < l.numBlocks && binary.LittleEndian.Uint32(l.skipEntry(block)) < doc; step *= 2 {
		l.nextBlock = block
		block += step
	}
	from := l.nextBlock + 1
	block = from + sort.Search(min(block, l.numBlocks)-from, func(i int) bool {
		return binary.LittleEndian.Uint32(l.skipEntry(from+i)) >= doc
	})
	l.nextBlock = block
	l.baseDoc = binary.LittleEndian.Uint32(l.skipEntry(block - 1))
}

// NextBlock decodes the next block: its documents into docs, ascending, and
// its frequencies into freqs, unless that is nil. It returns the number of
// postings in the block, which is BlockSize for all but the last one. It
// returns 0 at the end of the list, and when the list is damaged; Err tells
// which. The rest of the arrays is undefined.
func (l *PostingList) NextBlock(docs, freqs *[BlockSize]uint32) int {
	if l.nextBlock >= l.numBlocks {
		return 0
	}
	if l.inlined != 0 {
		l.nextBlock++
		docs[0] = uint32(l.inlined >> 5)
		if freqs != nil {
			freqs[0] = uint32(l.inlined >> 1 & (inlineFreqLimit - 1))
		}
		return 1
	}
	if l.skipData == nil {
		return l.readTailBlock(l.blockData, docs, freqs)
	}
	entry := l.skipEntry(l.nextBlock)
	offset := uint64(binary.LittleEndian.Uint32(entry[4:]))
	if offset > uint64(len(l.blockData)) {
		return l.fail("offset of a block")
	}
	l.blockLocs, l.locsVerified, l.locCursor, l.locPosting, l.runs = nil, false, 0, 0, runCursor{}
	if l.kind != locNone {
		offset := uint64(binary.LittleEndian.Uint32(entry[8:]))
		if offset > uint64(len(l.locData)) {
			return l.fail("offset of locations")
		}
		l.blockLocs = l.locData[offset:]
	}
	if l.nextBlock == l.count/BlockSize { // the tail block
		return l.readTailBlock(l.blockData[offset:], docs, freqs)
	}
	return l.readPackedBlock(l.blockData[offset:], binary.LittleEndian.Uint32(entry), docs, freqs)
}

// NextFreqs is NextBlock for who knows the documents of the block already.
func (l *PostingList) NextFreqs(freqs *[BlockSize]uint32) int {
	if l.skipData == nil || l.IsTail() {
		var docs [BlockSize]uint32
		return l.NextBlock(&docs, freqs)
	}
	return l.NextBlock(nil, freqs)
}

// readPackedBlock decodes a packed block, whose last document skip data tells. Without
// docs it decodes frequencies alone.
func (l *PostingList) readPackedBlock(b []byte, last uint32, docs, freqs *[BlockSize]uint32) int {
	if len(b) < blockHeaderSize {
		return l.fail("a block")
	}
	l.header = binary.LittleEndian.Uint16(b)
	docWidth, freqWidth := uint(l.header&blockWidthMask), uint(l.header>>blockFreqWidthShift&blockWidthMask)
	exceptions := uint(l.header >> blockExceptionsShift & maxExceptions)
	if docWidth > 32 || freqWidth > 32 || uint(len(b)) < blockHeaderSize+exceptions+16*(docWidth+freqWidth)+packPadding {
		return l.fail("width of a block")
	}
	l.exceptions = b[blockHeaderSize : blockHeaderSize+exceptions]
	b = b[blockHeaderSize+exceptions:]
	// The documents ascend, so that the last one bounds them all.
	if docs != nil && (unpackDocs(docs, b, docWidth, l.baseDoc) != uint64(last) || last >= l.seg.docs) {
		return l.fail("documents of a block")
	}
	l.packedFreqs = b[16*docWidth:]
	if freqs != nil {
		l.Freqs(freqs)
	}
	l.nextBlock++
	l.baseDoc = last
	return BlockSize
}

// Freqs decodes the frequencies of the block last read, for those who called
// NextBlock without them.
func (l *PostingList) Freqs(freqs *[BlockSize]uint32) {
	switch {
	case l.inlined != 0:
		freqs[0] = uint32(l.inlined >> 1 & (inlineFreqLimit - 1))
		return
	case l.tailBlock != nil:
		reread := *l
		reread.nextBlock, reread.baseDoc = l.nextBlock-1, l.tailBaseDoc
		var docs [BlockSize]uint32
		reread.readTailBlock(l.tailBlock, &docs, freqs)
		return
	}
	width := uint(l.header >> blockFreqWidthShift & blockWidthMask)
	unpackFreqs(freqs, l.packedFreqs, width, uint32(l.header/blockFreqMinusOne))
	patchExceptions(freqs, l.exceptions, width)
}

// readTailBlock decodes the tail block, which is the last of its list.
func (l *PostingList) readTailBlock(b []byte, docs, freqs *[BlockSize]uint32) int {
	n := l.count - l.nextBlock*BlockSize
	doc := uint64(l.baseDoc)
	if l.baseDoc == math.MaxUint32 {
		doc = math.MaxUint64
	}
	if n > BlockSize { // never, but it saves the compiler checks below
		return l.fail("length")
	}
	l.tailBlock, l.tailBaseDoc = b, l.baseDoc
	offset, size := 0, 0
	for i := range n {
		var v, freq uint64 = 0, 1
		if offset < len(b) && b[offset] < 0x80 { // most are of one byte
			v = uint64(b[offset])
			offset++
		} else if v, size = binary.Uvarint(b[offset:]); size > 0 {
			offset += size
		} else {
			return l.fail("postings")
		}
		if v&1 == 0 {
			if freq, size = binary.Uvarint(b[offset:]); size <= 0 || freq > math.MaxUint32 {
				return l.fail("frequencies")
			}
			offset += size
		}
		if doc += v>>1 + 1; doc >= uint64(l.seg.docs) {
			return l.fail("documents")
		}
		docs[i] = uint32(doc)
		if freqs != nil {
			freqs[i] = uint32(freq)
		}
	}
	if l.skipData == nil {
		l.blockLocs, l.locsVerified, l.locCursor, l.locPosting = b[offset:], false, 0, 0
	}
	l.nextBlock++
	return n
}
