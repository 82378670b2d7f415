package embed

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// The first version of the encoded form, which is read and no longer written:
//
//	header   with the bytes of text in place of Blocks, and Index 0
//	offsets  terms+1 times uint32   where each term starts in text; the last is its end
//	scales   terms times float32    by which codes are multiplied
//	text     the terms, in the order of their bytes, without anything between them
//	codes    terms times Dims bytes
//	checksum uint32                 CRC-32C of all before it

// maxFirstSize bounds what is decoded: no model was larger.
const maxFirstSize = headerSize + MaxTerms*(8+Dims+maxTermLength) + 8

// isFirstVersion reports whether data begins as the first version does.
func isFirstVersion(data []byte) bool {
	return len(data) >= headerSize && bytes.HasPrefix(data, magic[:]) && binary.LittleEndian.Uint32(data[8:]) == 1
}

// decodeFirst returns a model of the first version in the present form, with the id that
// it had: vectors by it are vectors by this one.
func decodeFirst(data []byte) (*Model, error) {
	if len(data) < headerSize+8 || len(data) > maxFirstSize {
		return nil, fmt.Errorf("%w: %d bytes are no model", ErrDamaged, len(data))
	}
	body := data[:len(data)-4]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(data[len(body):]) {
		return nil, fmt.Errorf("%w: its checksum is wrong", ErrDamaged)
	}
	var h header
	if _, err := binary.Decode(body, binary.LittleEndian, &h); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if h.Dims != Dims {
		return nil, fmt.Errorf("%w: it has %d dimensions, not %d", ErrVersion, h.Dims, Dims)
	}
	b, err := divideFirst(&h, body[headerSize:])
	if err == nil {
		body, err = b.encode(&h)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return Decode(seal(&h, body))
}

// divideFirst returns the terms of what follows the header.
func divideFirst(h *header, rest []byte) (*builder, error) {
	if h.Terms > MaxTerms || h.Articles > MaxRows || !h.weighting().valid() {
		return nil, errors.New("its header is out of bounds")
	}
	terms, text := int(h.Terms), int(h.Blocks)
	if want := 4*(terms+1) + 4*terms + text + terms*Dims; len(rest) != want {
		return nil, fmt.Errorf("%d bytes follow its header, not %d", len(rest), want)
	}
	cut := func(n int) (part []byte) {
		part, rest = rest[:n:n], rest[n:]
		return part
	}
	offsets, scales, names := cut(4*(terms+1)), cut(4*terms), cut(text)
	b := &builder{codes: rest}
	for i := range terms {
		start, end := binary.LittleEndian.Uint32(offsets[4*i:]), binary.LittleEndian.Uint32(offsets[4*i+4:])
		if start > end || int(end) > text {
			return nil, errors.New("its terms are out of bounds")
		}
		b.terms = append(b.terms, string(names[start:end]))
		b.scales = append(b.scales, math.Float32frombits(binary.LittleEndian.Uint32(scales[4*i:])))
	}
	return b, nil
}
