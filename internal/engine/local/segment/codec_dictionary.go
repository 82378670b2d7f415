package segment

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// A segment with much to store has a compression dictionary: pieces of its
// articles. Each block is compressed as though the dictionary stood before it,
// because half of what can be saved is what articles have in common with others.
// With a dictionary of 64 KB, blocks of 14 KB take a sixth less space than blocks
// of 12 KB without one.
//
// To zstd this is a raw dictionary. Its decoder is slow with one, so that it is
// not given any. Instead a frame is made of the dictionary, as a block that is
// not compressed, and of the blocks of the frame that was stored. To copy the
// dictionary takes 3 microseconds, and all of it half the time.

const (
	// dictSize is the size of a dictionary. Twice as much would save another 2
	// % of space, and make each block slower to read.
	dictSize = 64 << 10
	// dictPiece is how much of one article goes into a dictionary, at most.
	dictPiece = 1 << 10
	// dictMinStored is how much there must be to store for a dictionary to be
	// worth its space, which is twice its size. Most segments smaller than
	// that are merged soon.
	dictMinStored = 2 << 20

	// dictID is the dictionary's id in the frames of zstd.
	dictID = 1

	dictHeaderSize = storedHeaderSize + 8 // what stands before a dictionary
)

// skippableFrame starts a frame that zstd skips; its length follows. A
// dictionary is kept in one, so that it can be found in a file whose footer is
// lost.
var skippableFrame = []byte{0x50, 0x2a, 0x4d, 0x18}

// SharedDictKey is the key of a *[SharedDict] in the configuration of
// segments, which scorch hands to the plugin.
const SharedDictKey = "newsq.compressionDict"

// SharedDict lets all segments of an index use the same compression
// dictionary: the first that was opened or built. Then merging copies blocks
// instead of compressing them again. A nil one shares nothing. It is safe for
// concurrent use.
type SharedDict struct {
	mu   sync.Mutex
	dict []byte
}

// sharedDictOf returns what the configuration of segments has, nil if it has
// none.
func sharedDictOf(config map[string]any) *SharedDict {
	s, _ := config[SharedDictKey].(*SharedDict)
	return s
}

// getOrBuild returns the shared dictionary. If there is none, it builds one,
// which is shared from then on.
func (s *SharedDict) getOrBuild(build func() []byte) []byte {
	if s == nil {
		return build()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dict == nil {
		s.dict = build()
	}
	return s.dict
}

// adopt takes over the dictionary of a segment that is opened, unless there is
// one already.
func (s *SharedDict) adopt(from *Segment) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dict == nil {
		s.dict = bytes.Clone(from.compressionDict())
	}
}

// buildCompressionDict makes a dictionary of n documents: one piece of each of
// as many as there is space for. These documents are spread over all n, and
// the pieces over the length of the documents. stored returns what is stored
// of document i; it is valid until the next call.
func buildCompressionDict(n int, stored func(i int) []byte) []byte {
	const pieces = dictSize / dictPiece
	dict := make([]byte, 0, dictSize)
	for i := 0; i < n && len(dict) < dictSize; i += max(1, n/pieces) {
		b := stored(i)
		start := 0
		if excess := len(b) - dictPiece; excess > 0 {
			start = i * dictPiece % (excess + 1)
		}
		b = b[start:min(len(b), start+dictPiece)]
		dict = append(dict, b[:min(len(b), dictSize-len(dict))]...)
	}
	if len(dict) == 0 {
		return nil
	}
	return dict
}

// writeCompressionDict writes a copy of a dictionary as a section.
func writeCompressionDict(w *writer, dict []byte, copyNumber uint32) {
	w.beginSection(kindCompressionDict, copyNumber)
	length := binary.LittleEndian.AppendUint32(nil, uint32(len(dict)))
	frame := append(bytes.Clone(skippableFrame), length...)
	w.write(binary.LittleEndian.AppendUint32(bytes.Clone(length), checksum(length, frame, dict)))
	w.write(frame)
	w.write(dict)
}

// parseCompressionDict returns the dictionary that b starts with, nil if there
// is none or its checksum is wrong.
func parseCompressionDict(b []byte) []byte {
	if len(b) < dictHeaderSize || !bytes.Equal(b[storedHeaderSize:storedHeaderSize+4], skippableFrame) {
		return nil
	}
	n := uint64(binary.LittleEndian.Uint32(b))
	if n == 0 || n > uint64(len(b)-dictHeaderSize) {
		return nil
	}
	if checksum(b[:4], b[storedHeaderSize:dictHeaderSize+n]) != binary.LittleEndian.Uint32(b[4:]) {
		return nil
	}
	return b[dictHeaderSize : dictHeaderSize+n]
}

// findCompressionDict searches a file without a footer for a whole dictionary,
// and returns the first.
func findCompressionDict(file []byte) []byte {
	for offset := 0; ; offset++ {
		next := bytes.Index(file[offset:], skippableFrame)
		if next < 0 {
			return nil
		}
		if offset += next; offset < storedHeaderSize {
			continue
		}
		if dict := parseCompressionDict(file[offset-storedHeaderSize:]); dict != nil {
			return dict
		}
	}
}

// readCompressionDict returns the segment's dictionary, from the first of its
// two copies that is whole. It returns nil if the segment has none.
func (s *Segment) readCompressionDict() []byte {
	for copyNumber := range uint32(2) {
		if dict := parseCompressionDict(s.sectionBytes(kindCompressionDict, copyNumber)); dict != nil {
			return dict
		}
	}
	return nil
}

// newBlockEncoder returns an encoder that compresses blocks with a dictionary,
// or without one if it is nil.
func newBlockEncoder(dict []byte) (*zstd.Encoder, error) {
	if dict == nil {
		return encoder()
	}
	return zstd.NewWriter(nil, append(encoderOptions(), zstd.WithEncoderDictRaw(dictID, dict))...)
}

// decompressor decompresses stored blocks. It serves one goroutine at a time.
type decompressor struct {
	dict  []byte
	frame []byte // header and dictionary, made once; see frameWithDict
	out   []byte
}

const (
	// frameStart is the length of a frame before the bytes of the dictionary:
	// magic number, descriptor, window, length, and the header of the block
	// that the dictionary is.
	frameStart = 4 + 1 + 1 + 4 + 3
	// frameWindow describes a window twice as large as the encoder's, so that
	// everything it refers to lies within.
	frameWindow = 11 << 3 // 2 MB
	// outSlack lets the decoder copy whole words beyond the end.
	outSlack = 16
)

// decompress returns the content of a block, which must have the given length.
// It is valid until the next call.
func (e *decompressor) decompress(compressed []byte, length int) ([]byte, error) {
	dec, err := decoder()
	if err != nil {
		return nil, fmt.Errorf("expand stored values: %w", err)
	}
	var head zstd.Header
	if err := head.Decode(compressed); err != nil || head.Skippable {
		return nil, errStoredContent
	}
	dictLength := 0
	if head.DictionaryID == dictID {
		if e.dict == nil {
			return nil, errStoredContent
		}
		compressed, dictLength = e.frameWithDict(compressed[head.HeaderSize:], length), len(e.dict)
	}
	if cap(e.out) < dictLength+length+outSlack {
		e.out = make([]byte, 0, dictLength+max(length, typicalStoredBlock)+outSlack)
	}
	out, err := dec.DecodeAll(compressed, e.out[:0:dictLength+length+outSlack])
	if err != nil || len(out) != dictLength+length {
		return nil, errStoredContent
	}
	return out[dictLength:], nil
}

var errStoredContent = fmt.Errorf("%w: content of stored values", ErrDamaged)

// frameWithDict returns a frame of the dictionary as its first block, and then
// blocks.
func (e *decompressor) frameWithDict(blocks []byte, length int) []byte {
	n := len(e.dict)
	if e.frame == nil {
		e.frame = make([]byte, frameStart, frameStart+n+2*storedBlockSize)
		copy(e.frame, zstdMagic)
		e.frame[4], e.frame[5] = 2<<6, frameWindow // the descriptor says that the length has four bytes
		head := uint32(n) << 3                     // a block that is neither the last nor compressed
		e.frame[10], e.frame[11], e.frame[12] = byte(head), byte(head>>8), byte(head>>16)
		e.frame = append(e.frame, e.dict...)
	}
	binary.LittleEndian.PutUint32(e.frame[6:], uint32(n+length))
	e.frame = append(e.frame[:frameStart+n], blocks...)
	return e.frame
}
