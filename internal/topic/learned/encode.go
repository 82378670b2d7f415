package learned

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// The form of a model, in bytes:
//
//   - "newsq topics" and the number of the form, a byte.
//   - How many articles the model was learned from, of how many with topics, and how many
//     topics there are. Numbers are unsigned varints, where nothing else is said.
//   - For each topic, in the order of paths: the path; the number of articles; scale, bias,
//     threshold, slope, offset, F1 and precision, each as four bytes of a float, low ones
//     first. A string is its length and its bytes.
//   - How many terms there are. For each, in their order: how many bytes it shares with the
//     one before, and the rest as a string; then for each of its two columns the number of
//     articles with it, 0 for a column that isn't used.
//   - For each column that is used: the number of its weights; for each, in the order of
//     topics, by how much the topic's number is higher than that before, which is -1 at
//     first, and a byte with the weight.
//   - The CRC-32 (Castagnoli) of all before, as four bytes, low ones first.
const (
	magic = "newsq topics"
	// form is 1. It also stands for how terms are made of articles and what scores are
	// made of: a model is of no use where that is another.
	form = 1
)

// Bounds of what is read. What newModel makes is within them.
const (
	maxEncoded = 64 << 20
	maxString  = 1 << 10
)

// errDamaged: the bytes are no model, or not as they were written.
var errDamaged = errors.New("the model of topics is damaged")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Bytes returns the model as Parse reads it. The same model gives the same bytes. They are
// not to be changed.
func (m *Model) Bytes() []byte { return m.encoded }

func (m *Model) encode() []byte {
	b := append([]byte(magic), form)
	b = binary.AppendUvarint(b, uint64(m.articles))
	b = binary.AppendUvarint(b, uint64(m.labelled))
	b = binary.AppendUvarint(b, uint64(len(m.topics)))
	for i := range m.topics {
		t := &m.topics[i]
		b = appendString(b, t.path)
		b = binary.AppendUvarint(b, uint64(t.articles))
		for _, f := range t.floats() {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(*f))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(m.terms)))
	before := ""
	for i, term := range m.terms {
		shared := sharedPrefix(before, term)
		b = binary.AppendUvarint(b, uint64(shared))
		b = appendString(b, term[shared:])
		for _, n := range m.counts[i*columnsPerTerm : (i+1)*columnsPerTerm] {
			b = binary.AppendUvarint(b, uint64(n))
		}
		before = term
	}
	for c, n := range m.counts {
		if n == 0 {
			continue
		}
		list := m.weights[m.starts[c]:m.starts[c+1]]
		b = binary.AppendUvarint(b, uint64(len(list)))
		last := -1
		for _, w := range list {
			b = binary.AppendUvarint(b, uint64(int(w.topic)-last))
			b = append(b, byte(w.weight))
			last = int(w.topic)
		}
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// floats are the numbers of a topic that are written as floats.
func (t *modelTopic) floats() [7]*float32 {
	return [...]*float32{&t.scale, &t.bias, &t.threshold, &t.slope, &t.offset, &t.f1, &t.precision}
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Parse reads a model. What is damaged, or of another version of newsq, is an error.
func Parse(b []byte) (*Model, error) {
	if len(b) > maxEncoded {
		return nil, fmt.Errorf("a model of topics has %d bytes at most; this one has %d", maxEncoded, len(b))
	}
	head := len(magic) + 1
	if len(b) < head+4 || !bytes.HasPrefix(b, []byte(magic)) {
		return nil, errDamaged
	}
	if b[head-1] != form {
		return nil, fmt.Errorf("a model of topics in form %d; this version of newsq reads form %d", b[head-1], form)
	}
	end := len(b) - 4
	if crc32.Checksum(b[:end], castagnoli) != binary.LittleEndian.Uint32(b[end:]) {
		return nil, errDamaged
	}
	d := decoder{rest: b[head:end]}
	m := d.model()
	if d.bad || len(d.rest) > 0 {
		return nil, errDamaged
	}
	m.finish()
	if !bytes.Equal(m.encoded, b) {
		return nil, errDamaged // two ways to write one model
	}
	return m, nil
}

// decoder reads a model. After what is wrong, bad is set, and all that is read is 0.
type decoder struct {
	rest []byte
	bad  bool
}

// number returns a number of at most so much.
func (d *decoder) number(most int) int {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 || n > uint64(most) {
		d.bad, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[size:]
	return int(n)
}

// take returns the next bytes.
func (d *decoder) take(n int) []byte {
	if n > len(d.rest) {
		d.bad, d.rest = true, nil
		return make([]byte, n) // n is small
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) string() string { return string(d.take(d.number(maxString))) }

func (d *decoder) float() float32 {
	f := math.Float32frombits(binary.LittleEndian.Uint32(d.take(4)))
	if f != f || math.IsInf(float64(f), 0) {
		d.bad, f = true, 0
	}
	return f
}

func (d *decoder) model() *Model {
	m := &Model{articles: d.number(maxArticles), labelled: d.number(math.MaxInt32)}
	topics := d.number(maxTopics)
	for i := 0; i < topics && !d.bad; i++ {
		t := modelTopic{path: d.string(), articles: d.number(maxArticles)}
		for _, f := range t.floats() {
			*f = d.float()
		}
		if i > 0 && m.topics[i-1].path >= t.path {
			d.bad = true
		}
		m.topics = append(m.topics, t)
	}
	terms := d.number(len(d.rest))
	before := ""
	for i := 0; i < terms && !d.bad; i++ {
		shared := d.number(len(before))
		term := before[:shared] + d.string()
		for range columnsPerTerm {
			m.counts = append(m.counts, uint32(d.number(m.articles)))
		}
		if i > 0 && term <= before || len(term) > maxString {
			d.bad = true
		}
		m.terms = append(m.terms, term)
		before = term
	}
	d.weights(m)
	return m
}

// weights reads the weights of all columns.
func (d *decoder) weights(m *Model) {
	m.starts = make([]uint32, 1, len(m.counts)+1)
	for _, n := range m.counts {
		if n > 0 && !d.bad {
			last := -1
			for range d.number(len(m.topics)) {
				last += d.number(len(m.topics))
				w := int8(d.take(1)[0])
				if d.bad || last < 0 || last >= len(m.topics) || w == 0 {
					d.bad = true
					return
				}
				m.weights = append(m.weights, topicWeight{uint16(last), w})
			}
		}
		m.starts = append(m.starts, uint32(len(m.weights)))
	}
}
