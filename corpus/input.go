package corpus

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/newsq/newsq/internal/extract"
)

// The causes that callers of this package may want to tell apart, with
// errors.Is on what a source yields.
var (
	// ErrUnknownFormat tells of a file that is in no form newsq reads. In a
	// folder that is common, and no reason to worry.
	ErrUnknownFormat = errors.New("unknown format")
	// ErrPartial tells that an article was read, but not whole, or not as it
	// was written. It stands beside the article.
	ErrPartial = errors.New("read in part")
	// ErrTooLarge tells of a file or record beyond the bounds in Options.
	ErrTooLarge = errors.New("too large")
)

// input is one file or stream while it is read. Readers call emit.
type input struct {
	ctx   context.Context
	set   *settings
	key   string // of the entry
	path  string // for Article.Path
	shown string // for people
	stem  string // the file's name without extensions
	once  bool   // a stream, which cannot be read again
	size  int64  // of the content, if known and not compressed; else 0
	r     *bufio.Reader
	yield func(Article, error) bool
	over  bool   // yield returned false
	stop  func() // ends a read from the stream that is waiting

	repaired atomic.Int64 // lines that were not UTF-8
	faults   int          // errors handed on, or kept back
}

// maxFaults bounds the errors of one file that are told one by one: past
// that, it is the file that is wrong.
const maxFaults = 1000

// emit hands on an article or an error. It reports whether more is wanted.
func (in *input) emit(a Article, err error) bool {
	if in.over {
		return false
	}
	if in.ctx.Err() != nil {
		in.over = true
		in.yield(Article{}, in.ctx.Err())
		return false
	}
	if err != nil {
		if in.faults++; in.faults > maxFaults {
			return true
		}
	}
	in.over = !in.yield(a, err)
	return !in.over
}

// tellKept tells of the errors that were kept back.
func (in *input) tellKept() {
	if n := in.faults - maxFaults; n > 0 {
		in.faults = 0
		in.fail(fmt.Errorf("%d more records could not be read", n), "")
	}
}

// fail hands on that the file could not be read, or not to its end.
func (in *input) fail(err error, hint string) {
	if in.ctx.Err() == nil {
		err = &ReadError{Path: in.shown, Err: err, Hint: hint}
	}
	in.emit(Article{}, err)
}

// openRegular opens a regular file. Anything else, such as a pipe that took the
// file's place, is not read: that might never end.
func openRegular(path string) (*os.File, os.FileInfo, error) {
	// Without O_NONBLOCK, opening a pipe waits for its writer.
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errIrregular(info.Mode())
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, info, nil
}

// errIrregular names what a file is that is no file.
func errIrregular(m fs.FileMode) error {
	what := "not a regular file"
	switch {
	case m.IsDir():
		what = "is a folder"
	case m&fs.ModeNamedPipe != 0:
		what = "is a pipe"
	case m&fs.ModeSocket != 0:
		what = "is a socket"
	case m&fs.ModeDevice != 0:
		what = "is a device"
	}
	return errors.New(what)
}

// The first bytes of compressed files.
var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// maxWindow bounds what zstd may ask for, in bytes. That is enough for files
// written with --long.
const maxWindow = 128 << 20

// bufferSize is how much is read at a time, but for small files: a corpus may
// be a million of them.
const bufferSize = 128 << 10

func (in *input) bufferSize() int {
	if in.size > 0 {
		return int(min(in.size+bytes.MinRead, bufferSize))
	}
	return bufferSize
}

// load prepares to read from r: it undoes compression, which is told by
// content, and UTF-16. Closing releases what that took.
func (in *input) load(r io.Reader) (closing func(), err error) {
	closing = func() {}
	in.r = bufio.NewReaderSize(r, in.bufferSize())
	head, err := in.r.Peek(len(zstdMagic))
	if err != nil && !errors.Is(err, io.EOF) {
		return closing, err
	}
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		z, err := gzip.NewReader(in.r)
		if err != nil {
			return closing, err
		}
		in.r, in.size = bufio.NewReaderSize(z, bufferSize), 0
	case bytes.HasPrefix(head, zstdMagic):
		z, err := zstd.NewReader(in.r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return closing, err
		}
		closing = z.Close
		in.r, in.size = bufio.NewReaderSize(z, bufferSize), 0
	}
	return closing, nil
}

// decodeUTF16 makes in.r yield UTF-8 where the text starts with the mark of
// UTF-16, for readers that go line by line, and drops the mark of UTF-8.
func (in *input) decodeUTF16() {
	head, _ := in.r.Peek(3) // an error comes again with the first read
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		d := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
		in.r = bufio.NewReaderSize(transform.NewReader(in.r, d), bufferSize)
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = in.r.Discard(3)
	}
}

// whole reads the rest of the input into memory.
func (in *input) whole() ([]byte, error) {
	limit := in.set.maxFile
	var b bytes.Buffer
	if in.size > 0 {
		b.Grow(int(min(in.size, limit)) + bytes.MinRead)
	}
	n, err := b.ReadFrom(io.LimitReader(&contextReader{in.ctx, in.r}, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, fmt.Errorf("%w: more than %s", ErrTooLarge, sizeText(limit))
	}
	return b.Bytes(), nil
}

// document reads the rest of the input as text.
func (in *input) document() (string, error) {
	b, err := in.whole()
	if err != nil {
		return "", err
	}
	s, _, err := extract.Decode(b, "")
	return s, err
}

// contextReader ends with its context.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// hintFor says what to do about an error of reading a file.
func hintFor(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "check its permissions"
	case errors.Is(err, fs.ErrNotExist):
		return "it was removed while newsq was reading"
	case errors.Is(err, ErrTooLarge):
		return "split it, write it as JSON Lines, or raise the bound"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the file is cut short; fetch or write it again"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch),
		errors.Is(err, zstd.ErrMagicMismatch):
		return "the file is damaged; fetch or write it again"
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return "compress it with a window of at most 128 MB"
	case errors.Is(err, extract.ErrBinary):
		return "it holds no text"
	}
	return ""
}

// sizeText writes a number of bytes for people.
func sizeText(n int64) string {
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GB", n>>30)
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
