package vectors

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"math/bits"
	"os"
	"slices"
	"sync/atomic"
	"unsafe"

	"github.com/blevesearch/mmap-go"

	"github.com/newsq/newsq/internal/embed"
)

// ErrDamaged is wrapped by every error about bytes that are no file of vectors, or no
// longer the one that was written.
var ErrDamaged = errors.New("damaged vectors")

// File is an open file of vectors. It is safe for concurrent use until Close. What its
// methods return lies in the mapped file, is valid until then, and must not be changed.
type File struct {
	Info
	path      string
	mapping   mmap.MMap
	file      *os.File
	rows      []int8 // one vector after the other
	stride    int    // bytes of a row
	keys      []byte // PassageKeys, one after the other; nil for none
	keysAt    int64  // where they begin in the file
	hasKeys   bool
	set       []uint64
	before    []uint32 // by word of set: the number of bits set before it
	checksums []byte
	covered   int64           // bytes that checksums are of
	verified  []atomic.Uint64 // a bit for each page
}

// Open maps the file at path. An error that wraps ErrDamaged names it.
func Open(path string) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f := &File{path: path, file: file}
	if err := f.open(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// open maps the file and reads all but the rows.
func (f *File) open() error {
	stat, err := f.file.Stat()
	if err != nil {
		return err
	}
	if stat.Size() < infoSize+trailerSize {
		return f.damaged("%d bytes are too few", stat.Size())
	}
	if f.mapping, err = mmap.Map(f.file, mmap.RDONLY, 0); err != nil {
		return fmt.Errorf("map %s: %w", f.path, err)
	}
	if err := f.readTrailer(); err != nil {
		return err
	}
	infoAt := f.covered - infoSize
	if err := f.verify(infoAt, f.covered); err != nil {
		return err
	}
	if err := f.readInfo(f.mapping[infoAt:f.covered]); err != nil {
		return err
	}
	return f.readSet(infoAt)
}

// damaged returns an error that names the file.
func (f *File) damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", ErrDamaged, f.path, fmt.Sprintf(format, args...))
}

// readTrailer reads the trailer, and the checksums before it.
func (f *File) readTrailer() error {
	size := int64(len(f.mapping))
	t := f.mapping[size-trailerSize:]
	switch v := binary.LittleEndian.Uint32(t[8:]); {
	case string(t[:8]) != magic || binary.LittleEndian.Uint32(t[28:]) != crc32.Checksum(t[:28], crcTable):
		return f.damaged("wrong checksum of its trailer")
	case v != version && v != keysVersion:
		return fmt.Errorf("%s is of version %d; this newsq reads version %d", f.path, v, keysVersion)
	default:
		f.hasKeys = v == keysVersion
	}
	covered := binary.LittleEndian.Uint64(t[16:])
	if covered < infoSize || covered > uint64(size) {
		return f.damaged("%d bytes do not fit its trailer", size)
	}
	f.covered = int64(covered)
	pages := (f.covered + pageSize - 1) / pageSize
	if f.covered+4*pages+trailerSize != size {
		return f.damaged("%d bytes do not fit its trailer", size)
	}
	f.checksums = f.mapping[f.covered : size-trailerSize]
	if crc32.Checksum(f.checksums, crcTable) != binary.LittleEndian.Uint32(t[12:]) {
		return f.damaged("wrong checksum of its checksums")
	}
	f.verified = make([]atomic.Uint64, (pages+63)/64)
	return nil
}

// readInfo reads the info, which was verified.
func (f *File) readInfo(b []byte) error {
	docs, rows := binary.LittleEndian.Uint64(b[48:]), binary.LittleEndian.Uint64(b[56:])
	if dims := binary.LittleEndian.Uint32(b[44:]); dims == 0 || dims > embed.MaxDims || docs > math.MaxUint32 || rows > docs {
		return f.damaged("%d vectors of %d dimensions for %d documents", rows, dims, docs)
	}
	f.Info = Info{
		Model:   string(bytes.TrimRight(b[:modelSize], "\x00")),
		Segment: SegmentID{Bytes: int64(binary.LittleEndian.Uint64(b[32:])), Checksum: binary.LittleEndian.Uint32(b[40:])},
		Dims:    int(binary.LittleEndian.Uint32(b[44:])), Docs: int(docs), Rows: int(rows),
		Tokens: binary.LittleEndian.Uint64(b[64:]), Unknown: binary.LittleEndian.Uint64(b[72:]),
	}
	return nil
}

// readSet reads which documents have rows, and finds these.
func (f *File) readSet(end int64) error {
	words := (int64(f.Docs) + 63) / 64
	f.stride = embed.Padded(f.Dims)
	start := int64(f.Rows) * int64(f.stride)
	f.rows = codesOf(f.mapping[:min(start, end)])
	if f.hasKeys {
		f.keysAt = start
		start += int64(f.Rows) * keySize
		f.keys = f.mapping[min(f.keysAt, end):min(start, end)]
	}
	if start+8*words != end {
		return f.damaged("%d bytes do not fit its info", len(f.mapping))
	}
	if err := f.verify(start, end); err != nil {
		return err
	}
	f.set, f.before = make([]uint64, words), make([]uint32, words)
	n := 0
	for i := range f.set {
		f.set[i] = binary.LittleEndian.Uint64(f.mapping[start+8*int64(i):])
		f.before[i] = uint32(n)
		n += bits.OnesCount64(f.set[i])
	}
	if n != f.Rows {
		return f.damaged("%d vectors for %d documents", f.Rows, n)
	}
	return nil
}

// Close unmaps the file.
func (f *File) Close() error {
	var err error
	if f.mapping != nil {
		err = f.mapping.Unmap()
	}
	return errors.Join(err, f.file.Close())
}

// At returns the vector of a document; nil when it has none.
func (f *File) At(doc uint32) (embed.Vector, error) {
	row := f.rowOf(doc)
	if row < 0 {
		return nil, nil
	}
	return f.Column(int(row), int(row)+1)
}

// rowOf returns the row of a document; -1 when it has none.
func (f *File) rowOf(doc uint32) int64 {
	word := int(doc / 64)
	if word >= len(f.set) || f.set[word]>>(doc%64)&1 == 0 {
		return -1
	}
	return int64(f.before[word]) + int64(bits.OnesCount64(f.set[word]&(1<<(doc%64)-1)))
}

// Column returns the vectors of the rows of [from, to), one after the other, each
// embed.Padded(Dims) bytes.
func (f *File) Column(from, to int) ([]int8, error) {
	start, end := from*f.stride, to*f.stride
	if err := f.verify(int64(start), int64(end)); err != nil {
		return nil, err
	}
	return f.rows[start:end:end], nil
}

// keySize is the length of an embed.PassageKey.
const keySize = int64(len(embed.PassageKey{}))

// HasKeys reports whether the file has the keys of its rows.
func (f *File) HasKeys() bool { return f.hasKeys }

// Keys returns the keys of the rows, one after the other; nil where there are none.
func (f *File) Keys() ([]byte, error) {
	if f.keys == nil {
		return nil, nil
	}
	return f.keys, f.verify(f.keysAt, f.keysAt+int64(len(f.keys)))
}

// Set returns which documents have rows: a bit for each document, from the lowest of the
// first word on.
func (f *File) Set() []uint64 { return f.set }

// Verify verifies all of the file.
func (f *File) Verify() error { return f.verify(0, f.covered) }

// verify verifies the pages of the bytes from offset from up to offset to, each once.
func (f *File) verify(from, to int64) error {
	for page := from / pageSize; page*pageSize < to; page++ {
		word := &f.verified[page/64]
		if word.Load()>>(page%64)&1 != 0 {
			continue
		}
		start := page * pageSize
		end := min(start+pageSize, f.covered)
		if crc32.Checksum(f.mapping[start:end], crcTable) != binary.LittleEndian.Uint32(f.checksums[4*page:]) {
			return f.damaged("wrong checksum of bytes %d to %d", start, end)
		}
		word.Or(1 << (page % 64))
	}
	return nil
}

// SameSet reports whether the file has rows for these documents and no others.
func (f *File) SameSet(set []uint64) bool { return slices.Equal(f.set, set) }

// bytesOf returns the bytes of a vector.
func bytesOf(v embed.Vector) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), len(v))
}

// codesOf returns what lies in b as signed numbers.
func codesOf(b []byte) []int8 {
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}
