package reader

import (
	"encoding/binary"
	"math/rand/v2"

	"github.com/newsq/newsq/internal/engine"
)

// A place is three numbers of fixed size, low byte first: the mark of the view,
// the ordinal of the segment in it, and the document.
const (
	markSize     = 8
	ordinalSize  = 4
	documentSize = 4

	// PlaceSize is the length of a place in bytes.
	PlaceSize = markSize + ordinalSize + documentSize
)

// newMark returns a mark for a view. It is random, so that two views of one
// process, of the same index or of two, never have the same one.
func newMark() uint64 { return rand.Uint64() }

// Place is where the segment's view has a document.
func (s *Segment) Place(doc uint32) engine.Place {
	return engine.Place(s.AppendPlace(make([]byte, 0, PlaceSize), doc))
}

// AppendPlace appends the PlaceSize bytes of a place. The places of many hits
// fit into one string then.
func (s *Segment) AppendPlace(dst []byte, doc uint32) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, s.mark)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(s.Ordinal))
	return binary.LittleEndian.AppendUint32(dst, doc)
}

// locate is the inverse of Place. ok is false for a place of another view.
func (v *View) locate(p engine.Place) (seg *Segment, doc uint32, ok bool) {
	b := []byte(p)
	if len(b) != PlaceSize || binary.LittleEndian.Uint64(b) != v.mark {
		return nil, 0, false
	}
	ordinal := binary.LittleEndian.Uint32(b[markSize:])
	doc = binary.LittleEndian.Uint32(b[markSize+ordinalSize:])
	if uint64(ordinal) >= uint64(len(v.Segments)) || uint64(doc) >= uint64(v.Segments[ordinal].Docs) {
		return nil, 0, false
	}
	return v.Segments[ordinal], doc, true
}
