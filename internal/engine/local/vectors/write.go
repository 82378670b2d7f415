package vectors

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"math/bits"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/fsutil"
)

const (
	magic       = "newsqvec"
	version     = 1
	keysVersion = 2 // of files with keys
	infoSize    = 96
	trailerSize = 32
	// pageSize is that of a page of memory, so that verifying reads no page from the
	// disk that reading does not.
	pageSize = 4 << 10
	// modelSize is the room for the id of a model.
	modelSize = 32
)

var crcTable = crc32.MakeTable(crc32.Castagnoli)

// SegmentID tells a segment from all others: the size of its file in bytes, and the
// checksum that manifests have of it.
type SegmentID struct {
	Bytes    int64
	Checksum uint32
}

// Info is what a file says of itself.
type Info struct {
	Model   string    // its id, of at most modelSize bytes
	Segment SegmentID // that the vectors are of
	Dims    int       // dimensions of the vectors
	Docs    int       // documents of the segment
	Rows    int       // of these, those with a vector
	// Tokens counts the weighted tokens of all articles, and Unknown those whose
	// stems the model doesn't know. With keys they are the number of rows, and that of
	// those that are zero.
	Tokens, Unknown uint64
}

// encode returns the info as the file has it.
func (i *Info) encode() ([]byte, error) {
	if len(i.Model) > modelSize {
		return nil, fmt.Errorf("the id of a model has %d bytes; at most %d are kept", len(i.Model), modelSize)
	}
	b := make([]byte, infoSize)
	copy(b, i.Model)
	binary.LittleEndian.PutUint64(b[32:], uint64(i.Segment.Bytes))
	binary.LittleEndian.PutUint32(b[40:], i.Segment.Checksum)
	binary.LittleEndian.PutUint32(b[44:], uint32(i.Dims))
	binary.LittleEndian.PutUint64(b[48:], uint64(i.Docs))
	binary.LittleEndian.PutUint64(b[56:], uint64(i.Rows))
	binary.LittleEndian.PutUint64(b[64:], i.Tokens)
	binary.LittleEndian.PutUint64(b[72:], i.Unknown)
	return b, nil
}

// Write makes the file at path, whole and durable with its name, or not at all. set has
// a bit for each of docs documents, the lowest of the first word being document 0, and
// rows yields the vectors of those whose bit is set, in their order, each of dims
// dimensions, or nil for zero. keys, if not nil, has the key of each. info is asked for
// when all of them were written; Dims, Docs and Rows in it are set here.
func Write(path string, docs int, set []uint64, rows iter.Seq2[embed.Vector, error], dims int, keys []embed.PassageKey, info func() Info) error {
	tmp := path + fsutil.TempSuffix
	err := fsutil.WriteFile(tmp, 0o666, func(f io.Writer) error {
		w := &pageWriter{w: bufio.NewWriterSize(f, 1<<20)}
		if err := w.writeAll(docs, set, rows, dims, keys, info); err != nil {
			return err
		}
		return w.w.Flush()
	})
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err == nil {
		err = fsutil.SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// pageWriter writes a file and makes the checksums of its pages.
type pageWriter struct {
	w         *bufio.Writer
	checksums []byte // of the pages that are complete
	partial   uint32 // checksum of the page begun
	size      int64  // of all that was written
}

// writeAll writes a file.
func (p *pageWriter) writeAll(docs int, set []uint64, rows iter.Seq2[embed.Vector, error], dims int, keys []embed.PassageKey, info func() Info) error {
	written := 0
	zero := make(embed.Vector, embed.Padded(dims))
	for v, err := range rows {
		if err != nil {
			return err
		}
		switch len(v) {
		case 0:
			v = zero
		case len(zero):
		default:
			return fmt.Errorf("a vector of %d bytes among those of %d dimensions", len(v), dims)
		}
		if err := p.write(bytesOf(v)); err != nil {
			return err
		}
		written++
	}
	count := 0
	words := make([]byte, 0, 8*len(set))
	for _, w := range set {
		count += bits.OnesCount64(w)
		words = binary.LittleEndian.AppendUint64(words, w)
	}
	if len(set) != (docs+63)/64 || count != written || keys != nil && len(keys) != count {
		return fmt.Errorf("%d vectors and %d keys for %d of %d documents", written, len(keys), count, docs)
	}
	for i := range keys {
		if err := p.write(keys[i][:]); err != nil {
			return err
		}
	}
	if err := p.write(words); err != nil {
		return err
	}
	i := info()
	i.Dims, i.Docs, i.Rows = dims, docs, count
	encoded, err := i.encode()
	if err == nil {
		err = p.write(encoded)
	}
	if err != nil {
		return err
	}
	if keys != nil {
		return p.writeTrailer(keysVersion)
	}
	return p.writeTrailer(version)
}

// write writes what page checksums are of.
func (p *pageWriter) write(b []byte) error {
	if _, err := p.w.Write(b); err != nil {
		return err
	}
	for len(b) > 0 {
		n := min(len(b), pageSize-int(p.size%pageSize))
		p.partial = crc32.Update(p.partial, crcTable, b[:n])
		p.size += int64(n)
		b = b[n:]
		if p.size%pageSize == 0 {
			p.endPage()
		}
	}
	return nil
}

func (p *pageWriter) endPage() {
	p.checksums = binary.LittleEndian.AppendUint32(p.checksums, p.partial)
	p.partial = 0
}

// writeTrailer writes the checksums and what follows them.
func (p *pageWriter) writeTrailer(version uint32) error {
	if p.size%pageSize != 0 {
		p.endPage()
	}
	t := make([]byte, trailerSize)
	copy(t, magic)
	binary.LittleEndian.PutUint32(t[8:], version)
	binary.LittleEndian.PutUint32(t[12:], crc32.Checksum(p.checksums, crcTable))
	binary.LittleEndian.PutUint64(t[16:], uint64(p.size))
	binary.LittleEndian.PutUint32(t[28:], crc32.Checksum(t[:28], crcTable))
	if _, err := p.w.Write(p.checksums); err != nil {
		return err
	}
	_, err := p.w.Write(t)
	return err
}
