package reader

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// The first bytes of compressed files. Bzip2 has a block or the end of the file
// after them.
var (
	gzipMagic  = []byte{0x1f, 0x8b}
	zstdMagic  = []byte{0x28, 0xb5, 0x2f, 0xfd}
	xzMagic    = []byte{0xfd, '7', 'z', 'X', 'Z', 0}
	bzip2Magic = []byte("BZh")
	bzip2Block = []byte{0x31, 0x41, 0x59, 0x26, 0x53, 0x59}
	bzip2End   = []byte{0x17, 0x72, 0x45, 0x38, 0x50, 0x90}
)

// magicBytes are as many as tell a compression.
const magicBytes = len("BZh9") + 6

// maxWindow bounds what zstd and xz may ask for, in bytes. That is enough for
// files written with zstd --long or xz -9e.
const maxWindow = 128 << 20

// ErrWindow tells of a compressed file whose window is larger than maxWindow.
var ErrWindow = fmt.Errorf("%w: its window is over %d MB", ErrTooLarge, maxWindow>>20)

// ErrDamaged tells of a compressed file that is not what was written.
var ErrDamaged = errors.New("damaged")

// Decompress returns what r holds without its compression, which is told by
// content; nil when there is none. Closing releases what it takes.
func Decompress(r *bufio.Reader) (plain io.Reader, closing func(), err error) {
	closing = func() {}
	head, err := r.Peek(magicBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, closing, err
	}
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		z, err := gzip.NewReader(r)
		return z, closing, err
	case bytes.HasPrefix(head, zstdMagic):
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, closing, err
		}
		return z, z.Close, nil
	case bytes.HasPrefix(head, xzMagic):
		z, err := newXZReader(r)
		return z, closing, err
	case len(head) == magicBytes && bytes.HasPrefix(head, bzip2Magic) && (bytes.HasSuffix(head, bzip2Block) || bytes.HasSuffix(head, bzip2End)):
		return damaged{bzip2.NewReader(r)}, closing, nil
	}
	return nil, closing, nil
}

// newXZReader looks at the window that the first block asks for before the
// memory is taken. The others of a file ask for the same.
func newXZReader(r *bufio.Reader) (io.Reader, error) {
	head, _ := r.Peek(xzHead) // an error comes again with the first read
	if w := xzWindow(head); w > maxWindow {
		return nil, ErrWindow
	}
	z, err := xz.NewReader(r)
	if err != nil {
		return nil, damaged{}.tell(err)
	}
	return damaged{z}, nil
}

// Sizes of xz, in bytes: of the header of a stream, and of that with the longest
// header of a block.
const (
	xzStream = 12
	xzHead   = xzStream + 1024
)

// xzWindow returns how many bytes the first block of an xz stream asks to be
// kept; 0 where that is not said.
//
// The header of a block is its size, flags, perhaps two sizes, and for each
// filter an id, the number of its properties, and these. The last filter is
// LZMA2, of id 0x21 and one property (the xz file format, 3.1 and 5.3.1).
func xzWindow(head []byte) int64 {
	if len(head) < xzStream+2 || head[xzStream] == 0 {
		return 0
	}
	b := head[xzStream:min(len(head), xzStream+(int(head[xzStream])+1)*4)]
	at := bytes.Index(b[2:], []byte{0x21, 1})
	if at < 0 || at+4 >= len(b) {
		return 0
	}
	bits := uint(b[at+4] & 0x3f)
	if bits >= 40 {
		return 1<<32 - 1
	}
	return int64(2|bits&1) << (bits/2 + 11)
}

// damaged makes errors of formats those that newsq knows.
type damaged struct{ r io.Reader }

func (d damaged) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err != nil && err != io.EOF {
		err = d.tell(err)
	}
	return n, err
}

func (damaged) tell(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}
