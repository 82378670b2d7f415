// Package parquet reads Parquet files with an article in each row.
//
// A file ends with its description: the columns, and where the values of each
// stand, by groups of rows. The values of a column stand in pages, compressed
// with Snappy, gzip, Zstandard or LZ4, plain or as places in a dictionary. Pages
// are read when their rows come, so that a file may be of any size; a page may
// have as many bytes as a file that is read as a whole.
//
// What the columns are, package table tells. A list is one cell; a column within
// another has the names of both, parted by a dot, but for the name of a thing,
// which stands for it. Columns of numbers with a point, of truth values and of
// bytes of a fixed length hold scores and vectors; they are passed over.
package parquet

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/table"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// The first and last bytes of a file; encrypted files end otherwise.
const (
	magic          = "PAR1"
	magicEncrypted = "PARE"
)

// Recognize reports whether a file begins as one does.
func Recognize(h *reader.Head) bool { return bytes.HasPrefix(h.Bytes, []byte(magic)) }

// Read reads the articles of a file.
func Read(in *reader.Input, out reader.Output) error {
	at, size, err := in.At()
	if err != nil {
		return err
	}
	var f *file
	err = reader.Guard(func() error {
		f, err = open(in, at, size)
		return err
	})
	if err != nil {
		return err
	}
	return f.emit(out)
}

// file is a file while it is read.
type file struct {
	in      *reader.Input
	at      io.ReaderAt
	size    int64
	leaves  []leaf
	groups  []value
	columns []int // the leaves that are read
	names   []string

	group  int // that is read
	left   int64
	chunks []*chunk
}

// maxFooter bounds the description of a file, in bytes.
const maxFooter = 64 << 20

var errEncrypted = errors.New("the file is encrypted")

// open reads the description of a file.
func open(in *reader.Input, at io.ReaderAt, size int64) (*file, error) {
	const tailBytes = 8
	var tail [tailBytes]byte
	if size < tailBytes+int64(len(magic)) {
		return nil, errDamaged
	}
	if _, err := at.ReadAt(tail[:], size-tailBytes); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch string(tail[4:]) {
	case magicEncrypted:
		return nil, errEncrypted
	case magic:
	default:
		return nil, &reader.Fault{Err: fmt.Errorf("%w: it has no end", io.ErrUnexpectedEOF)}
	}
	length := int64(binary.LittleEndian.Uint32(tail[:]))
	if length > size-tailBytes || length > maxFooter {
		return nil, errDamaged
	}
	meta, err := newThrift(bufio.NewReader(io.NewSectionReader(at, size-tailBytes-length, length))).structure(0)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, unexpected(err))
	}
	f := &file{in: in, at: at, size: size, groups: meta.field(4).list}
	if f.leaves, err = leavesOf(meta.field(2).list); err != nil {
		return nil, err
	}
	for i := range f.leaves {
		if f.leaves[i].isText() {
			f.columns = append(f.columns, i)
			f.names = append(f.names, extract.Clean(f.leaves[i].name))
		}
	}
	return f, nil
}

// next returns the cells of the next row, nil behind the last.
func (f *file) next() ([]string, error) {
	for f.left == 0 {
		if f.group >= len(f.groups) {
			return nil, nil
		}
		if err := f.openGroup(f.groups[f.group]); err != nil {
			return nil, err
		}
		f.group++
	}
	f.left--
	cells := make([]string, len(f.chunks))
	for i, c := range f.chunks {
		cell, err := c.cell()
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", f.names[i], err)
		}
		cells[i] = cell
	}
	return cells, nil
}

// openGroup begins a group of rows.
func (f *file) openGroup(group value) error {
	chunks := group.field(1).list
	if len(chunks) < len(f.leaves) || group.field(3).number < 0 {
		return errDamaged
	}
	f.left, f.chunks = group.field(3).number, f.chunks[:0]
	for _, i := range f.columns {
		meta := chunks[i].field(3)
		if len(chunks[i].field(1).text) > 0 {
			return errors.New("its values stand in another file")
		}
		start := meta.field(9).number
		if first := meta.field(11).number; first > 0 && first < start {
			start = first
		}
		length := meta.field(7).number
		if start < 0 || length < 0 || start > f.size || length > f.size-start {
			return errDamaged
		}
		const bufferBytes = 16 << 10
		f.chunks = append(f.chunks, &chunk{
			leaf: &f.leaves[i], codec: meta.field(4).number, left: meta.field(5).number, limit: min(f.in.Limits.MaxFile, maxText),
			r: bufio.NewReaderSize(io.NewSectionReader(f.at, start, length), bufferBytes),
		})
	}
	return nil
}

// cell returns the cell of the next row: a value, or a list as JSON has it.
func (c *chunk) cell() (string, error) {
	if err := c.more(); err != nil {
		return "", unexpected(err)
	}
	text, present, _ := c.take()
	if c.maxRep == 0 {
		return text, nil
	}
	var list []string
	if present {
		list = append(list, text)
	}
	for {
		err := c.more()
		if errors.Is(err, io.EOF) || err == nil && c.reps[c.at] == 0 {
			break
		}
		if err != nil {
			return "", err
		}
		if text, present, _ = c.take(); present && len(list) < record.MaxParts {
			list = append(list, text)
		}
	}
	switch len(list) {
	case 0:
		return "", nil
	case 1:
		return list[0], nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}

// How many rows tell what the columns are, and how many bytes they may have.
const (
	maxSample   = 100
	sampleBytes = 4 << 20
)

// emit emits the articles of all rows.
func (f *file) emit(out reader.Output) error {
	var sample [][]string
	size := 0
	var failed error
	for len(sample) < maxSample && size < sampleBytes && failed == nil {
		cells, err := f.row()
		if failed = err; cells == nil {
			break
		}
		sample = append(sample, cells)
		for _, s := range cells {
			size += len(s)
		}
	}
	if len(sample) == 0 {
		if failed != nil {
			return failed
		}
		return record.ErrNoText
	}
	e := emitter{columns: table.NewColumns(f.names, sample, f.in.Mapping), out: out}
	e.rec.Names = e.columns.Names
	for _, cells := range sample {
		if !e.row(cells) {
			return nil
		}
	}
	for failed == nil {
		if err := f.in.Context.Err(); err != nil {
			return err
		}
		cells, err := f.row()
		if failed = err; cells == nil {
			break
		}
		if !e.row(cells) {
			return nil
		}
	}
	if failed != nil {
		return &reader.Fault{Err: fmt.Errorf("behind row %d: %w", e.number, failed), Hint: hintFor(failed)}
	}
	return nil
}

func hintFor(err error) string {
	if errors.Is(err, errCodec) {
		return "write the file with zstd or snappy"
	}
	return ""
}

// row is next, with clean cells.
func (f *file) row() (cells []string, err error) {
	err = reader.Guard(func() error {
		cells, err = f.next()
		return err
	})
	for i := range cells {
		cells[i] = extract.Clean(cells[i])
	}
	return cells, err
}

// emitter makes records of rows.
type emitter struct {
	columns *table.Columns
	out     reader.Output
	rec     record.Record
	number  int
}

func (e *emitter) row(cells []string) bool {
	e.number++
	e.rec.Reset()
	if !e.columns.Fill(&e.rec, cells) {
		return true
	}
	e.rec.Number, e.rec.Place = e.number, strconv.Itoa(e.number)
	return e.out.Emit(&e.rec)
}
