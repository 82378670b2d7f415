package parquet

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/corpus/internal/reader"
)

// The kinds of pages.
const (
	pageData = iota
	pageIndex
	pageDictionary
	pageDataV2
)

// The encodings of values.
const (
	encPlain           = 0
	encPlainDictionary = 2
	encRLE             = 3
	encBitPacked       = 4
	encDelta           = 5
	encDeltaLength     = 6
	encDeltaBytes      = 7
	encDictionary      = 8
)

var errEncoding = errors.New("an encoding of values that newsq does not read")

// chunk reads the values of a column of a row group, page by page.
type chunk struct {
	*leaf
	r          *bufio.Reader
	codec      int64
	limit      int64
	left       int64 // values that are to come in further pages
	dictionary []string

	defs, reps []int32 // of the values of the page at hand; nil where all are 0
	values     []string
	at, next   int // in the levels, and in the values
	count      int // values of the page, with those that are absent
}

// more makes sure that a value is at hand. It returns io.EOF behind the last.
func (c *chunk) more() error {
	for c.at >= c.count {
		if c.left <= 0 {
			return io.EOF
		}
		if err := c.page(); err != nil {
			return err
		}
	}
	return nil
}

// take returns the value at hand, and goes on. Present is false for one that is
// absent; first says that a row begins with it.
func (c *chunk) take() (text string, present, first bool) {
	first = c.reps == nil || c.reps[c.at] == 0
	present = c.defs == nil || int(c.defs[c.at]) == c.maxDef
	c.at++
	if present && c.next < len(c.values) {
		text = c.values[c.next]
		c.next++
	}
	return text, present, first
}

// page reads the next page.
func (c *chunk) page() error {
	h, err := newThrift(c.r).structure(0)
	if err != nil {
		return unexpected(err)
	}
	size, packed := h.field(2).number, h.field(3).number
	if size < 0 || packed < 0 || size > c.limit || packed > c.limit {
		return fmt.Errorf("%w: a page of more than %s", reader.ErrTooLarge, reader.SizeText(c.limit))
	}
	b, err := newThrift(c.r).bytes(uint64(packed))
	if err != nil {
		return unexpected(err)
	}
	switch h.field(1).number {
	case pageDictionary:
		if b, err = unpack(c.codec, b, size); err != nil {
			return err
		}
		n := h.field(7).field(1).number
		c.dictionary, err = c.plain(b, n)
		return err
	case pageData:
		if b, err = unpack(c.codec, b, size); err != nil {
			return err
		}
		d := h.field(5)
		return c.data(b, d.field(1).number, d.field(2).number, d.field(4).number)
	case pageDataV2:
		return c.dataV2(b, h.field(8), size)
	}
	return nil // an index
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// start makes place for the n values of a page.
func (c *chunk) start(n int64) error {
	if n < 0 || n > c.left {
		return errDamaged
	}
	c.left -= n
	c.at, c.next, c.count = 0, 0, int(n)
	c.defs, c.reps, c.values = nil, nil, nil
	return nil
}

// data reads a page of values behind their levels.
func (c *chunk) data(b []byte, n, encoding, repetition int64) (err error) {
	if err := c.start(n); err != nil {
		return err
	}
	if c.maxRep > 0 {
		if c.reps, b, err = levels(b, c.maxRep, int(n), repetition == encBitPacked); err != nil {
			return err
		}
	}
	if c.maxDef > 0 {
		if c.defs, b, err = levels(b, c.maxDef, int(n), false); err != nil {
			return err
		}
	}
	return c.decode(b, encoding)
}

// dataV2 is data for pages of the second version, whose levels are not packed.
func (c *chunk) dataV2(b []byte, h value, size int64) (err error) {
	n, defBytes, repBytes := h.field(1).number, h.field(5).number, h.field(6).number
	if err := c.start(n); err != nil {
		return err
	}
	if defBytes < 0 || repBytes < 0 || defBytes > int64(len(b)) || repBytes > int64(len(b))-defBytes {
		return errDamaged
	}
	reps, defs, rest := b[:repBytes], b[repBytes:repBytes+defBytes], b[repBytes+defBytes:]
	if c.maxRep > 0 {
		if c.reps, err = hybrid(reps, width(c.maxRep), int(n)); err != nil {
			return err
		}
	}
	if c.maxDef > 0 {
		if c.defs, err = hybrid(defs, width(c.maxDef), int(n)); err != nil {
			return err
		}
	}
	if packed := h.field(7); !h.has(7) || packed.number != 0 {
		if rest, err = unpack(c.codec, rest, size-defBytes-repBytes); err != nil {
			return err
		}
	}
	return c.decode(rest, h.field(4).number)
}

// present returns how many values of the page are not absent.
func (c *chunk) present() int {
	if c.defs == nil {
		return c.count
	}
	n := 0
	for _, d := range c.defs {
		if int(d) == c.maxDef {
			n++
		}
	}
	return n
}

// decode reads the values of a page.
func (c *chunk) decode(b []byte, encoding int64) (err error) {
	n := c.present()
	switch encoding {
	case encPlain:
		c.values, err = c.plain(b, int64(n))
	case encPlainDictionary, encDictionary:
		c.values, err = c.indexed(b, n)
	case encDelta:
		var numbers []int64
		if numbers, _, err = delta(b, n); err == nil {
			c.values = make([]string, len(numbers))
			for i, v := range numbers {
				c.values[i] = c.form.text(v)
			}
		}
	case encDeltaLength:
		c.values, err = deltaLength(b, n)
	case encDeltaBytes:
		c.values, err = deltaBytes(b, n)
	default:
		err = fmt.Errorf("%w: %d", errEncoding, encoding)
	}
	return err
}

// indexed reads values that stand as places in a dictionary.
func (c *chunk) indexed(b []byte, n int) ([]string, error) {
	if n == 0 {
		return nil, nil
	}
	if len(b) == 0 || b[0] > 32 {
		return nil, errDamaged
	}
	places, err := hybrid(b[1:], int(b[0]), n)
	if err != nil {
		return nil, err
	}
	values := make([]string, n)
	for i, p := range places {
		if int(p) < 0 || int(p) >= len(c.dictionary) {
			return nil, errDamaged
		}
		values[i] = c.dictionary[p]
	}
	return values, nil
}

// plain reads n values that stand one after the other.
func (c *chunk) plain(b []byte, n int64) ([]string, error) {
	if n < 0 || n > int64(len(b)) { // each takes a byte at least
		return nil, errDamaged
	}
	values := make([]string, 0, n)
	for range n {
		size := 0
		switch c.physical {
		case physInt32:
			size = 4
		case physInt64:
			size = 8
		case physInt96:
			size = 12
		case physBytes:
			if len(b) < 4 {
				return nil, errDamaged
			}
			size, b = int(binary.LittleEndian.Uint32(b)), b[4:]
		default:
			return nil, errEncoding
		}
		if size < 0 || size > len(b) {
			return nil, errDamaged
		}
		values = append(values, c.text(b[:size]))
		b = b[size:]
	}
	return values, nil
}

// text returns the bytes of a value as a cell.
func (c *chunk) text(b []byte) string {
	switch c.physical {
	case physInt32:
		return c.form.text(int64(int32(binary.LittleEndian.Uint32(b))))
	case physInt64:
		return c.form.text(int64(binary.LittleEndian.Uint64(b)))
	case physInt96:
		// Nanoseconds of a day, and the day by the Julian calendar.
		const day1970 = 2440588
		day := int64(binary.LittleEndian.Uint32(b[8:])) - day1970
		return asSeconds.text(day*24*60*60 + int64(binary.LittleEndian.Uint64(b)/1e9))
	}
	return string(b)
}

// The codecs of pages.
const (
	codecNone   = 0
	codecSnappy = 1
	codecGzip   = 2
	codecZstd   = 6
	codecLZ4Raw = 7
)

var errCodec = errors.New("newsq does not read this compression")

// unpack undoes the compression of a page, which has size bytes then.
func unpack(codec int64, b []byte, size int64) (out []byte, err error) {
	switch codec {
	case codecNone:
		return b, nil
	case codecSnappy:
		n, err := s2.DecodedLen(b)
		if err != nil || int64(n) > size {
			return nil, errDamaged
		}
		return s2.Decode(nil, b)
	case codecGzip:
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		return readAll(z, size)
	case codecZstd:
		z, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(max(size, 1))+1<<20))
		if err != nil {
			return nil, err
		}
		defer z.Close()
		return readAll(z, size)
	case codecLZ4Raw:
		return unpackLZ4(b, size)
	}
	name := fmt.Sprint(codec)
	if names := [...]string{3: "LZO", 4: "Brotli", 5: "LZ4 of Hadoop"}; codec >= 3 && codec <= 5 {
		name = names[codec]
	}
	return nil, fmt.Errorf("%w: %s", errCodec, name)
}

// readAll reads at most size bytes.
func readAll(r io.Reader, size int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, size))
	if err == nil && int64(len(b)) < size {
		err = errDamaged
	}
	return b, err
}

// unpackLZ4 undoes a block of LZ4: runs of bytes that stand there, each followed
// by one that stood before.
func unpackLZ4(b []byte, size int64) ([]byte, error) {
	out := make([]byte, 0, min(size, int64(len(b))*8))
	length := func(n int) (int, bool) {
		if n != 15 {
			return n, true
		}
		for len(b) > 0 {
			more := b[0]
			b = b[1:]
			if n += int(more); more != 255 {
				return n, int64(n) <= size
			}
		}
		return 0, false
	}
	for len(b) > 0 {
		token := b[0]
		b = b[1:]
		n, ok := length(int(token >> 4))
		if !ok || n > len(b) || int64(len(out)+n) > size {
			return nil, errDamaged
		}
		out, b = append(out, b[:n]...), b[n:]
		if len(b) == 0 {
			break
		}
		if len(b) < 2 {
			return nil, errDamaged
		}
		back := int(b[0]) | int(b[1])<<8
		b = b[2:]
		n, ok = length(int(token & 15))
		if n += 4; !ok || back == 0 || back > len(out) || int64(len(out)+n) > size {
			return nil, errDamaged
		}
		for range n {
			out = append(out, out[len(out)-back])
		}
	}
	if int64(len(out)) != size {
		return nil, errDamaged
	}
	return out, nil
}
