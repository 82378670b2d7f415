package segment

import (
	"math"
	"unsafe"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// scorchPostings is scorch's view of a posting list: without deleted documents.
type scorchPostings struct {
	noStats
	postings PostingList
	field    *field // nil for an empty list
	deleted  *roaring.Bitmap
}

var _ api.PostingsList = (*scorchPostings)(nil)

func (p *scorchPostings) Size() int {
	n := int(unsafe.Sizeof(*p))
	if p.deleted != nil {
		n += int(p.deleted.GetSizeInBytes())
	}
	return n
}

// Count returns the number of postings, without those of deleted documents.
// It reads only blocks that a deleted document can lie in.
func (p *scorchPostings) Count() uint64 {
	n := uint64(p.postings.count)
	if p.deleted == nil || n == 0 || p.deleted.IsEmpty() {
		return n
	}
	var docs [BlockSize]uint32
	list, out := p.postings, p.deleted.Iterator()
	for out.HasNext() {
		list.Seek(out.PeekNext())
		k := list.NextBlock(&docs, nil)
		if k == 0 {
			break
		}
		for _, doc := range docs[:k] {
			if out.AdvanceIfNeeded(doc); !out.HasNext() {
				break
			}
			if out.PeekNext() == doc {
				n--
			}
		}
		out.AdvanceIfNeeded(docs[k-1] + 1)
	}
	return n
}

// Iterator returns the postings in order. If any of freq, norm and locations
// is asked for, postings have frequency and norm.
func (p *scorchPostings) Iterator(freq, norm, locations bool, prealloc api.PostingsIterator) api.PostingsIterator {
	it, ok := prealloc.(*scorchPostingsIterator)
	if !ok || it == nil {
		it = &scorchPostingsIterator{}
	}
	it.start(p, freq || norm || locations, locations && p.postings.HasPositions())
	return it
}

// scorchPostingsIterator is scorch's iterator over a posting list.
type scorchPostingsIterator struct {
	noStats
	list     *scorchPostings
	freqNorm bool
	withLocs bool

	postings           PostingList
	docs, freqs        [BlockSize]uint32
	blockLen, blockPos int // the number of postings in the block, and the index of the next

	included   *roaring.Bitmap // if not nil, only these documents are returned
	includedIt roaring.IntPeekable
	bitmap     *roaring.Bitmap // made by ActualBitmap

	posting           posting
	buf               []uint32
	positions         []position // used again; element i of positionLocations points to element i
	positionLocations []api.Location
	locDecoder        locationDecoder
	fullLocations     []api.Location
}

var (
	_ api.PostingsIterator            = (*scorchPostingsIterator)(nil)
	_ api.OptimizablePostingsIterator = (*scorchPostingsIterator)(nil)
)

func (it *scorchPostingsIterator) start(p *scorchPostings, freqNorm, locs bool) {
	it.list, it.postings = p, p.postings
	it.freqNorm, it.withLocs = freqNorm, locs
	it.blockLen, it.blockPos = 0, 0
	it.included, it.includedIt, it.bitmap = nil, nil, nil
}

func (it *scorchPostingsIterator) Size() int { return int(unsafe.Sizeof(*it)) }

// Next returns the next posting, nil at the end. The posting is valid until
// the next call.
func (it *scorchPostingsIterator) Next() (api.Posting, error) { return it.Advance(0) }

// Advance returns the next posting whose document is doc or beyond, nil if
// there is none.
func (it *scorchPostingsIterator) Advance(doc uint64) (api.Posting, error) {
	if doc > math.MaxUint32 {
		it.postings.nextBlock, it.blockLen = it.postings.numBlocks, 0
		return nil, nil
	}
	ok := false
	if it.included != nil {
		ok = it.advanceIncluded(uint32(doc))
	} else {
		ok = it.advance(uint32(doc))
		for ok && it.list.deleted != nil && it.list.deleted.Contains(it.docs[it.blockPos]) {
			it.blockPos++
			ok = it.advance(uint32(doc))
		}
	}
	if !ok {
		return nil, it.postings.err
	}
	return it.take()
}

// advance moves to the next posting whose document is doc or beyond.
func (it *scorchPostingsIterator) advance(doc uint32) bool {
	for {
		for it.blockPos < it.blockLen {
			if it.docs[it.blockPos] >= doc {
				return true
			}
			it.blockPos++
		}
		it.postings.Seek(doc)
		freqs := &it.freqs
		if !it.freqNorm {
			freqs = nil
		}
		it.blockPos = 0
		if it.blockLen = it.postings.NextBlock(&it.docs, freqs); it.blockLen == 0 {
			return false
		}
	}
}

// advanceIncluded is advance for documents in the bitmap only.
func (it *scorchPostingsIterator) advanceIncluded(doc uint32) bool {
	for {
		it.includedIt.AdvanceIfNeeded(doc)
		if !it.includedIt.HasNext() {
			return false
		}
		target := it.includedIt.PeekNext()
		if !it.advance(target) {
			return false
		}
		if doc = it.docs[it.blockPos]; doc == target {
			it.includedIt.Next()
			return true
		}
	}
}

// take returns the posting at hand and moves behind it.
func (it *scorchPostingsIterator) take() (api.Posting, error) {
	i := it.blockPos
	it.blockPos++
	it.posting = posting{doc: it.docs[i]}
	if !it.freqNorm {
		return &it.posting, nil
	}
	it.posting.freq = it.freqs[i]
	if it.freqs[i] > 0 { // a posting without frequency has no norm
		var err error
		if it.posting.norm, err = it.postings.seg.norm(it.list.field, it.docs[i]); err != nil {
			return nil, err
		}
	}
	if it.withLocs {
		var err error
		if it.posting.locations, err = it.locations(i); err != nil {
			return nil, err
		}
	}
	return &it.posting, nil
}

// locations returns the locations of posting i of the block.
func (it *scorchPostingsIterator) locations(i int) (all []api.Location, err error) {
	if it.postings.kind == locPositions {
		if it.buf, err = it.postings.Positions(&it.freqs, i, it.buf[:0]); err != nil {
			return nil, err
		}
		if n := len(it.buf); n > len(it.positions) {
			it.positions = make([]position, 2*n)
			it.positionLocations = make([]api.Location, 2*n)
			for i := range it.positions {
				it.positionLocations[i] = &it.positions[i]
			}
		}
		for i, p := range it.buf {
			it.positions[i] = position{it.list.field, p}
		}
		return it.positionLocations[:len(it.buf)], nil
	}
	b, ok := it.postings.locations(&it.freqs, i)
	if !ok {
		b = nil
	}
	full, err := it.locDecoder.decode(it.postings.seg, b)
	if err != nil {
		return nil, err
	}
	it.fullLocations = it.fullLocations[:0]
	for i := range full {
		it.fullLocations = append(it.fullLocations, &full[i])
	}
	return it.fullLocations, nil
}

// ActualBitmap returns all documents of the iterator, from the start. The
// bitmap can be shared: the caller must not change it.
func (it *scorchPostingsIterator) ActualBitmap() *roaring.Bitmap {
	switch {
	case it.included != nil:
		return it.included
	case it.bitmap == nil && it.list.field == nil:
		it.bitmap = roaring.New()
	case it.bitmap == nil:
		list := it.list.postings
		it.bitmap = list.bitmap()
		if it.list.deleted != nil {
			it.bitmap.AndNot(it.list.deleted)
		}
	}
	return it.bitmap
}

// DocNum1Hit would return the document of a list that has a single one and no
// bitmap. All lists here have a bitmap.
func (it *scorchPostingsIterator) DocNum1Hit() (uint64, bool) { return 0, false }

// ReplaceActual leaves only the documents of set. They are returned even if
// they are deleted.
func (it *scorchPostingsIterator) ReplaceActual(set *roaring.Bitmap) {
	it.included, it.includedIt = set, set.Iterator()
}

// posting is scorch's view of a posting.
type posting struct {
	doc, freq, norm uint32
	locations       []api.Location
}

func (p *posting) Number() uint64            { return uint64(p.doc) }
func (p *posting) Frequency() uint64         { return uint64(p.freq) }
func (p *posting) Locations() []api.Location { return p.locations }
func (p *posting) Size() int                 { return int(unsafe.Sizeof(*p)) }

// Norm returns one over the square root of the length of the field. This is
// what bleve calls a norm.
func (p *posting) Norm() float64 { return float64(float32(1 / math.Sqrt(float64(p.norm)))) }

// NormUint64 returns the length of the field.
func (p *posting) NormUint64() uint64 { return uint64(p.norm) }

// position is a location that has a position only.
type position struct {
	field *field
	pos   uint32
}

func (p *position) Field() string            { return p.field.name }
func (p *position) Pos() uint64              { return uint64(p.pos) }
func (p *position) Start() uint64            { return 0 }
func (p *position) End() uint64              { return 0 }
func (p *position) ArrayPositions() []uint64 { return nil }
func (p *position) Size() int                { return int(unsafe.Sizeof(*p)) }

func (l *location) Field() string            { return l.name }
func (l *location) Pos() uint64              { return l.pos }
func (l *location) Start() uint64            { return l.start }
func (l *location) End() uint64              { return l.end }
func (l *location) ArrayPositions() []uint64 { return l.array }
func (l *location) Size() int                { return int(unsafe.Sizeof(*l)) + 8*len(l.array) }

// noStats implements statistics that are not kept; see Segment.BytesRead.
type noStats struct{}

func (noStats) BytesRead() uint64     { return 0 }
func (noStats) ResetBytesRead(uint64) {}
func (noStats) BytesWritten() uint64  { return 0 }
