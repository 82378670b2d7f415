package embed

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"time"
)

// builder collects the terms of a model.
type builder struct {
	terms  []string
	scales []float32
	codes  []byte
}

func newBuilder(terms int) *builder {
	return &builder{
		terms:  make([]string, 0, terms),
		scales: make([]float32, 0, terms),
		codes:  make([]byte, 0, terms*Dims),
	}
}

// add adds a term with its row of V times its idf. A byte for each dimension, with a scale
// for each term, measures as well as four: MAP .3630 and .3633 on Cranfield, .2529 and .2529
// on CISI, blended as package doc says.
func (b *builder) add(term string, row *[Dims]float32) {
	var most float32
	for _, x := range row {
		most = max(most, x, -x)
	}
	scale := most / 127
	b.terms = append(b.terms, strings.Clone(term))
	b.scales = append(b.scales, scale)
	for _, x := range row {
		var code int8
		if scale > 0 {
			code = int8(math.RoundToEven(float64(x / scale)))
		}
		b.codes = append(b.codes, byte(code))
	}
}

func (b *builder) model(w Weighting, articles int, trained time.Time) (*Model, error) {
	h := &header{Articles: uint32(articles), Base: w.Base, PerLength: w.PerLength}
	body, err := b.encode(h)
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	digest := sha256.Sum256(body)
	h.ID, h.Trained = [16]byte(digest[:]), trained.UnixMicro()
	return Decode(seal(h, body))
}

// encode returns all that stands before the checksums, and fills in the header.
func (b *builder) encode(h *header) ([]byte, error) {
	order := make([]int, len(b.terms))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return strings.Compare(b.terms[i], b.terms[j]) })
	for i, n := range order {
		switch term := b.terms[n]; {
		case len(term) > maxTermLength:
			return nil, fmt.Errorf("term %.40q has %d bytes, more than %d", term, len(term), maxTermLength)
		case i > 0 && term == b.terms[order[i-1]]:
			return nil, fmt.Errorf("term %.40q is there twice", term)
		}
	}
	index, blocks := b.blocks(order)
	h.Magic, h.Version, h.Dims, h.Terms = magic, modelVersion, Dims, uint32(len(b.terms))
	h.Index, h.Blocks = uint32(len(index)), uint32(len(blocks)/pageSize)
	l := h.layout()
	size := l.codes + int64(h.Terms)*Dims
	body := make([]byte, l.blocks, size+4*pages(size)+trailerSize)
	copy(body[headerSize:], index)
	body = append(body, blocks...)
	for _, i := range order {
		body = append(body, b.codes[i*Dims:][:Dims]...)
	}
	return body, nil
}

// blocks returns the index and the blocks of the terms in this order.
func (b *builder) blocks(order []int) (index, blocks []byte) {
	var last []byte // the block begun
	count := 0
	for n, i := range order {
		term := b.terms[i]
		if n == 0 || len(last)+entryHeader+len(term) > pageSize {
			blocks = appendBlock(blocks, last, count)
			last, count = binary.LittleEndian.AppendUint32(last[:0], uint32(n)), 0
			last = append(last, 0, 0)
			index = binary.LittleEndian.AppendUint16(index, uint16(len(term)))
			index = append(index, term...)
		}
		last = binary.LittleEndian.AppendUint32(last, math.Float32bits(b.scales[i]))
		last = binary.LittleEndian.AppendUint16(last, uint16(len(term)))
		last = append(last, term...)
		count++
	}
	return index, appendBlock(blocks, last, count)
}

// appendBlock appends a block of so many terms, filled up with zeros, if it has any.
func appendBlock(to, block []byte, terms int) []byte {
	if terms == 0 {
		return to
	}
	binary.LittleEndian.PutUint16(block[4:], uint16(terms))
	to = append(to, block...)
	return append(to, make([]byte, pageSize-len(block))...)
}

// append appends the encoded header, which cannot fail: all of its fields have a size.
func (h *header) append(to []byte) []byte {
	to, _ = binary.Append(to, binary.LittleEndian, h)
	return to
}

// seal writes the header over that of body, and appends checksums and trailer.
func seal(h *header, body []byte) []byte {
	h.append(body[:0])
	return appendChecksums(body)
}

// appendChecksums appends the checksums of what was written, and the trailer.
func appendChecksums(body []byte) []byte {
	covered := len(body)
	for start := 0; start < covered; start += pageSize {
		body = binary.LittleEndian.AppendUint32(body, crc32.Checksum(body[start:min(start+pageSize, covered)], castagnoli))
	}
	checksum := crc32.Checksum(body[covered:], castagnoli)
	end := len(body)
	body = append(body, magic[:]...)
	body = binary.LittleEndian.AppendUint32(body, modelVersion)
	body = binary.LittleEndian.AppendUint32(body, checksum)
	body = binary.LittleEndian.AppendUint64(body, uint64(covered))
	body = append(body, 0, 0, 0, 0)
	return binary.LittleEndian.AppendUint32(body, crc32.Checksum(body[end:], castagnoli))
}
