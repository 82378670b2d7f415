package embed

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"time"
)

// The encoded form of a model. Numbers are little-endian.
//
//	header
//	offsets  terms+1 times uint32   where each term starts in text; the last is its end
//	scales   terms times float32    by which codes are multiplied
//	text     the terms, in the order of their bytes, without anything between them
//	codes    terms times 128 bytes  -127 to 127
//	checksum uint32                 CRC-32C of all before it
//
// A model of 60,000 terms has 8.7 MB. It is used where it lies, so that it can be mapped
// into memory.

// header is what a model starts with.
type header struct {
	Magic           [8]byte
	Version, Dims   uint32
	Terms, Articles uint32
	Base, PerLength float64 // Weighting
	Trained         int64   // microseconds since 1970, UTC
	Text            uint32  // bytes
	Reserved        uint32
	// ID is the start of the SHA-256 of all before the checksum, with ID and Trained 0.
	ID [16]byte
}

var magic = [8]byte{'n', 'e', 'w', 's', 'q', 'l', 's', 'a'}

const (
	modelVersion = 1
	headerSize   = 72
	// maxModelSize bounds what is decoded: no model is larger.
	maxModelSize = headerSize + MaxTerms*(8+Dims+maxTermLength) + 8
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The errors of Decode.
var (
	// ErrDamaged: this is no model, or not all of one as it was written.
	ErrDamaged = errors.New("model is damaged")
	// ErrVersion: another version of the program wrote the model. Learn again.
	ErrVersion = errors.New("model is of another version")
)

// Encode returns the form that Decode reads. It is not to be changed.
func (m *Model) Encode() []byte { return m.data }

// Decode returns the model that Encode wrote. It checks all of data, which the model goes
// on using: it must not change. The error wraps ErrDamaged or ErrVersion.
func Decode(data []byte) (*Model, error) {
	if len(data) < headerSize+8 || len(data) > maxModelSize || !bytes.HasPrefix(data, magic[:]) {
		return nil, fmt.Errorf("%w: %d bytes are no model", ErrDamaged, len(data))
	}
	body := data[:len(data)-4]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(data[len(body):]) {
		return nil, fmt.Errorf("%w: its checksum is wrong", ErrDamaged)
	}
	m := &Model{data: data}
	if _, err := binary.Decode(body, binary.LittleEndian, &m.header); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if m.header.Version != modelVersion || m.header.Dims != Dims {
		return nil, fmt.Errorf("%w: %d with %d dimensions, not %d with %d", ErrVersion,
			m.header.Version, m.header.Dims, modelVersion, Dims)
	}
	if err := m.divide(body[headerSize:]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return m, nil
}

// divide finds the parts of what follows the header, and checks all that reading them
// depends on.
func (m *Model) divide(rest []byte) error {
	h := &m.header
	m.weighting = Weighting{h.Base, h.PerLength}
	if h.Terms > MaxTerms || h.Articles > MaxRows || !m.weighting.valid() {
		return errors.New("its header is out of bounds")
	}
	terms, text := int(h.Terms), int(h.Text)
	if want := 4*(terms+1) + 4*terms + text + terms*Dims; len(rest) != want {
		return fmt.Errorf("%d bytes follow its header, not %d", len(rest), want)
	}
	cut := func(n int) (part []byte) {
		part, rest = rest[:n:n], rest[n:]
		return part
	}
	m.offsets, m.scales, m.text, m.codes = cut(4*(terms+1)), cut(4*terms), cut(text), cut(terms*Dims)
	last := uint32(0)
	for i := 0; i < len(m.offsets); i += 4 {
		next := binary.LittleEndian.Uint32(m.offsets[i:])
		if next < last || next > h.Text {
			return errors.New("its terms are out of bounds")
		}
		last = next
	}
	return nil
}

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
	order := make([]int, len(b.terms))
	text := 0
	for i := range order {
		order[i] = i
		text += len(b.terms[i])
	}
	slices.SortFunc(order, func(i, j int) int { return strings.Compare(b.terms[i], b.terms[j]) })
	for i := 1; i < len(order); i++ {
		if term := b.terms[order[i]]; term == b.terms[order[i-1]] {
			return nil, fmt.Errorf("train: term %.40q is there twice", term)
		}
	}
	h := header{
		Magic: magic, Version: modelVersion, Dims: Dims,
		Terms: uint32(len(b.terms)), Articles: uint32(articles),
		Base: w.Base, PerLength: w.PerLength, Text: uint32(text),
	}
	data := make([]byte, 0, headerSize+len(b.terms)*(8+Dims)+4+text+4)
	data = h.append(data)
	data = b.appendParts(data, order)
	digest := sha256.Sum256(data)
	h.ID, h.Trained = [16]byte(digest[:]), trained.UnixMicro()
	h.append(data[:0])
	data = binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
	return Decode(data)
}

// append appends the encoded header, which cannot fail: all of its fields have a size.
func (h *header) append(to []byte) []byte {
	to, _ = binary.Append(to, binary.LittleEndian, h)
	return to
}

// appendParts appends all that follows the header, the terms in this order.
func (b *builder) appendParts(to []byte, order []int) []byte {
	offset := uint32(0)
	for _, i := range order {
		to = binary.LittleEndian.AppendUint32(to, offset)
		offset += uint32(len(b.terms[i]))
	}
	to = binary.LittleEndian.AppendUint32(to, offset)
	for _, i := range order {
		to = binary.LittleEndian.AppendUint32(to, math.Float32bits(b.scales[i]))
	}
	for _, i := range order {
		to = append(to, b.terms[i]...)
	}
	for _, i := range order {
		to = append(to, b.codes[i*Dims:][:Dims]...)
	}
	return to
}
