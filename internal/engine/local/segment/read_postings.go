package segment

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"sort"
)

// locKind says how the locations of a list are kept.
type locKind uint8

const (
	locNone      locKind = iota
	locPositions         // as many as the frequency, nothing but positions
	locFull              // any number, with all that bleve's locations have
)

// A full block starts with u16: from the lowest bit on the width of deltas, the
// width of frequencies, their number of exceptions, and freqLess1.
const (
	blockHeaderSize      = 2
	blockWidthMask       = 1<<6 - 1
	blockFreqWidthShift  = 6
	blockExceptionsShift = 12
	blockFreqMinusOne    = 1 << 15 // frequencies are stored less 1
)

// impactCountShift is where in the first byte of a list the number of pairs is that each
// of its blocks has room for; below is the kind of locations.
const impactCountShift = 4

const (
	maxListHeader  = 1 + 4*binary.MaxVarintLen64 // bytes of a list before its blocks
	maxTailPosting = 2 * binary.MaxVarintLen64   // bytes of a posting in an open block
)

// inlineFreqLimit is the least frequency that does not fit into a dictionary.
const inlineFreqLimit = 16

// PostingList is the postings of a term, read forward a block at a time. It is for
// one goroutine; a copy of it reads on its own from where it was copied.
type PostingList struct {
	seg       *Segment
	count     int
	numBlocks int
	kind      locKind

	nextBlock int    // the block that NextBlock reads
	baseDoc   uint32 // last document before that block; before the first, ^0
	skipData  []byte // for each block, when there is more than one
	// The size of what is kept for each, and of that the part before impacts.
	skipEntrySize, skipPointersSize int
	blockData                       []byte // the blocks, to the end of the section
	locData                         []byte // of all blocks
	listImpacts                     []byte // of the list, when there is more than one block
	groupImpacts                    []byte // impacts of each group of blocks, when there is more than one
	inlined                         uint64 // value of an inline posting
	soleImpact                      Impact // of a list of one block

	// Where locations of the block last read start, and where in them those
	// of posting locIndex do. They are unchecked until the first is read.
	blockLocs    []byte
	locsVerified bool
	locCursor    int
	locPosting   int
	// Of positions in runs, locAt counts those before.
	runs runCursor

	// The head of the block last read, the exceptions of its frequencies, and
	// where these start; where that block starts if it is open, and the last
	// document before it.
	header      uint16
	exceptions  []byte
	packedFreqs []byte
	tailBlock   []byte
	tailBaseDoc uint32

	err error
}

// Postings returns the list of a term in a field, and whether there is one.
func (s *Segment) Postings(field, term string) (PostingList, bool, error) {
	i, ok := s.byName[field]
	if !ok {
		return PostingList{}, false, nil
	}
	value, ok, err := s.fields[i].termValue([]byte(term))
	if err != nil || !ok {
		return PostingList{}, false, err
	}
	l, err := s.openPostings(&s.fields[i], value)
	return l, err == nil, err
}

// openPostings opens the list that a term's value in the dictionary leads to.
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
		return damaged("place")
	}
	r := byteReader{b: f.postings[value:]}
	if err := s.verifyBytes(r.b[:min(len(r.b), maxListHeader)]); err != nil {
		return PostingList{}, err
	}
	first := r.bytes(1)
	n := r.uvarint()
	if r.failed || n == 0 || n > uint64(s.docs) {
		return damaged("head")
	}
	l.count = int(n)
	var impactCount int
	if l.kind, impactCount = locKind(first[0]&(1<<impactCountShift-1)), int(first[0]>>impactCountShift); l.kind > locFull || impactCount > maxImpacts {
		return damaged("head")
	}
	if l.count < BlockSize {
		l.soleImpact = Impact{Freq: uint32(r.uvarint()), Norm: uint32(r.uvarint())}
		l.blockData = r.b
		if r.failed {
			return damaged("bounds")
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
	l.skipData = r.bytes(uint64(l.numBlocks) * uint64(l.skipEntrySize))
	l.blockData = r.b // unpacking reads ahead
	r.bytes(data)
	end := len(f.postings) - len(r.b)
	l.locData = r.b // likewise
	if r.bytes(locs); r.failed {
		return damaged("length")
	}
	l.locData = l.locData[:locs]
	return l, s.verifyBytes(f.postings[value:end])
}

// skipPointersSize is the size of what is kept for each block but for its impacts.
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

// Err returns what stopped reading before the end; nil if nothing did.
func (l *PostingList) Err() error { return l.err }

func (l *PostingList) fail(what string) int {
	l.err = fmt.Errorf("%w: %s of a list", ErrDamaged, what)
	l.nextBlock = l.numBlocks
	return 0
}

// Seek skips blocks that end before doc, so that the next block is the first
// that may hold doc or a later one. It never goes back.
func (l *PostingList) Seek(doc uint32) {
	if l.skipData == nil || l.nextBlock >= l.numBlocks || doc <= l.LastDoc() {
		return
	}
	// Most steps are short.
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

// NextBlock reads the next block into docs, ascending, and into freqs unless
// it is nil, and returns how many postings it has; 0 at the end, or when Err
// says why. What lies behind in the arrays is left undefined.
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
		return l.fail("place of a block")
	}
	l.blockLocs, l.locsVerified, l.locCursor, l.locPosting, l.runs = nil, false, 0, 0, runCursor{}
	if l.kind != locNone {
		offset := uint64(binary.LittleEndian.Uint32(entry[8:]))
		if offset > uint64(len(l.locData)) {
			return l.fail("place of locations")
		}
		l.blockLocs = l.locData[offset:]
	}
	if l.nextBlock == l.count/BlockSize { // the last, which is not full
		return l.readTailBlock(l.blockData[offset:], docs, freqs)
	}
	return l.readPackedBlock(l.blockData[offset:], binary.LittleEndian.Uint32(entry), docs, freqs)
}

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
	unpackedLast := unpackDocs(docs, b, docWidth, l.baseDoc)
	// All that lead to last lie before it.
	if unpackedLast != uint64(last) || last >= l.seg.docs {
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

// Freqs reads the frequencies of the block that NextBlock read last: for those
// who want them of some blocks only.
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

// readTailBlock reads a block of uvarints, which is the last of its list.
func (l *PostingList) readTailBlock(b []byte, docs, freqs *[BlockSize]uint32) int {
	n := l.count - l.nextBlock*BlockSize
	doc := uint64(l.baseDoc)
	if l.baseDoc == math.MaxUint32 {
		doc = math.MaxUint64
	}
	if n > BlockSize { // never; the compiler learns of it
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

// verifyLocs has the locations of the block last read checked.
func (l *PostingList) verifyLocs(freqs *[BlockSize]uint32) bool {
	l.locsVerified = l.locsVerified || l.seg.verifyBytes(l.blockLocs[:l.blockLocsSize(freqs)]) == nil
	return l.locsVerified
}

// locations returns where the locations of posting i of the block last read
// start, if they are not in runs. freqs is as NextBlock filled it.
func (l *PostingList) locations(freqs *[BlockSize]uint32, i int) ([]byte, bool) {
	if !l.verifyLocs(freqs) {
		return nil, false
	}
	if i < l.locPosting {
		l.locCursor, l.locPosting = 0, 0
	}
	if l.kind == locPositions {
		skip := uint64(0)
		for ; l.locPosting < i; l.locPosting++ {
			skip += uint64(freqs[l.locPosting])
		}
		n, ok := skipUvarints(l.blockLocs[l.locCursor:], skip)
		l.locCursor += n
		return l.blockLocs[l.locCursor:], ok
	}
	for ; l.locPosting < i; l.locPosting++ {
		r := byteReader{b: l.blockLocs[l.locCursor:]}
		if r.bytes(r.uvarint()); r.failed {
			return nil, false
		}
		l.locCursor = len(l.blockLocs) - len(r.b)
	}
	r := byteReader{b: l.blockLocs[l.locCursor:]}
	b := r.bytes(r.uvarint())
	return b, !r.failed
}

// skipUvarints returns how many bytes the first n uvarints of b take.
func skipUvarints(b []byte, n uint64) (int, bool) {
	if n > uint64(len(b)) {
		return 0, false
	}
	const high = 0x8080808080808080
	offset := 0
	for n >= 8 && len(b)-offset >= 8 { // eight bytes end at most eight of them
		n -= uint64(bits.OnesCount64(^binary.LittleEndian.Uint64(b[offset:]) & high))
		offset += 8
	}
	for ; n > 0; offset++ {
		if offset == len(b) {
			return offset, false
		}
		if b[offset] < 0x80 {
			n--
		}
	}
	return offset, true
}

// Positions appends the positions of posting i of the block last read to dst.
// freqs is as NextBlock filled it for that block. Going forward is cheaper than
// going back. A list without positions has none.
func (l *PostingList) Positions(freqs *[BlockSize]uint32, i int, dst []uint32) ([]uint32, error) {
	if l.kind == locNone {
		return dst, nil
	}
	if l.hasRuns() {
		ok := l.verifyLocs(freqs)
		if ok {
			dst, ok = l.runPositions(freqs, i, dst)
		}
		if !ok {
			return dst, fmt.Errorf("%w: positions", ErrDamaged)
		}
		return dst, nil
	}
	b, ok := l.locations(freqs, i)
	if !ok || l.kind == locPositions && uint64(freqs[i]) > uint64(len(b)) {
		return dst, fmt.Errorf("%w: positions", ErrDamaged)
	}
	if l.kind == locFull {
		var lr locationReader
		all, err := lr.decode(l.seg, b)
		for i := range all {
			dst = append(dst, uint32(all[i].pos))
		}
		return dst, err
	}
	start := len(dst)
	dst, at, ok := appendUvarints(dst, b, int(freqs[i]))
	if !ok {
		return dst, fmt.Errorf("%w: positions", ErrDamaged)
	}
	for i := start + 1; i < len(dst); i++ {
		dst[i] += dst[i-1]
	}
	if i == l.locPosting { // the next posting's start here
		l.locCursor += at
		l.locPosting++
	}
	return dst, nil
}

// locationReader decodes locations of kind locFull into memory of its own.
type locationReader struct {
	locations []location
	arrays    []uint64
}

// decode returns the locations in b. They are valid until the next call.
func (lr *locationReader) decode(s *Segment, b []byte) ([]location, error) {
	lr.locations, lr.arrays = lr.locations[:0], lr.arrays[:0]
	r := byteReader{b: b}
	n := r.uvarint()
	if n > uint64(len(b)) {
		return nil, fmt.Errorf("%w: locations", ErrDamaged)
	}
	for range n {
		l := location{field: uint32(r.uvarint()), pos: r.uvarint(), start: r.uvarint(), end: r.uvarint()}
		m := r.uvarint()
		if r.failed || m > uint64(len(r.b)) || uint64(l.field) >= uint64(len(s.fields)) {
			return nil, fmt.Errorf("%w: locations", ErrDamaged)
		}
		from := len(lr.arrays)
		for range m {
			lr.arrays = append(lr.arrays, r.uvarint())
		}
		l.array = lr.arrays[from:len(lr.arrays):len(lr.arrays)]
		l.name = s.fields[l.field].name
		lr.locations = append(lr.locations, l)
	}
	if r.failed {
		return nil, fmt.Errorf("%w: locations", ErrDamaged)
	}
	return lr.locations, nil
}

// location is where a term occurs, in full.
type location struct {
	field           uint32
	name            string // of the field, once read
	pos, start, end uint64
	array           []uint64
}
