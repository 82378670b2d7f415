package reader

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// ErrUnknownFormat tells of a file that is in no form newsq reads, or that only
// belongs to the program that wrote the others.
var ErrUnknownFormat = errors.New("unknown format")

// ErrTooLarge tells of a file or record beyond the bounds in [Limits].
var ErrTooLarge = errors.New("too large")

// Limits bound what is held in memory, in bytes.
type Limits struct {
	MaxFile int64 // of a file that is read as a whole, after decompression
	MaxLine int64 // of a line of a file that is read as a stream
}

// Input is one file or stream, without its compression, while it is read.
type Input struct {
	// Context ends the reading. Reads from Stream may go on after it ended;
	// Bytes, Text and Output do not.
	Context context.Context
	// Name is that of the file, as a person would name it.
	Name string
	// Stream is the content, from where it is read next.
	Stream *bufio.Reader
	Limits Limits
	// Mapping is what the person says of the names of fields; may be nil.
	Mapping *record.Mapping
	// Type, Charset and URL are what is stated outside of the content, as in
	// [Member]; all may be empty.
	Type, Charset, URL string
	// Beside opens a file beside this one, see [Input.Sibling]; may be nil.
	Beside func(name string) (io.ReadCloser, error)
	// Budget bounds what archives are unpacked to; nil for a file outside of
	// [Output]'s care.
	Budget *Budget

	origin io.ReaderAt // the file as it is, with its compression, if it can be read anywhere; else nil
	packed int64       // the size of origin
	size   int64       // of the content, if known and not compressed; else 0
	file   io.ReaderAt // the content, if it can be read anywhere and is not compressed; else nil
}

// BufferSize is how many bytes are read at a time, but for small files: a
// corpus may be a million of them.
const BufferSize = 128 << 10

// Open makes Stream read from r. It undoes compression, which is told by
// content. Size is the number of bytes in r, 0 when it is not known. Closing
// releases what Stream takes; it must be called whether or not there is an
// error.
func (in *Input) Open(r io.Reader, size int64) (closing func(), err error) {
	buffer := BufferSize
	if size > 0 {
		buffer = int(min(size+bytes.MinRead, BufferSize))
	}
	in.size = size
	if at, ok := r.(io.ReaderAt); ok && size > 0 {
		in.file, in.origin, in.packed = at, at, size
	}
	in.Stream = bufio.NewReaderSize(r, buffer)
	plain, closing, err := Decompress(in.Stream)
	if plain != nil && err == nil {
		in.Stream, in.size, in.file = bufio.NewReaderSize(plain, BufferSize), 0, nil
	}
	return closing, err
}

// Again opens the content from its beginning once more, without its compression,
// for readers that look through a file before they read it. Ok is false for what
// can be read but once, as a pipe. Closing must be called after.
func (in *Input) Again() (r *bufio.Reader, closing func(), ok bool) {
	if in.origin == nil {
		return nil, func() {}, false
	}
	r = bufio.NewReaderSize(io.NewSectionReader(in.origin, 0, in.packed), BufferSize)
	plain, closing, err := Decompress(r)
	if err != nil {
		return nil, closing, false
	}
	if plain != nil {
		r = bufio.NewReaderSize(plain, BufferSize)
	}
	return r, closing, true
}

// headBytes is how much of a file is looked at to tell what it is.
const headBytes = 64 << 10

// Head returns the next bytes of Stream, at most 64 KB, without reading past
// them, and whether these are all. An error comes again with the first read.
func (in *Input) Head() (head []byte, whole bool) {
	head, err := in.Stream.Peek(headBytes)
	// The buffer of a small file is smaller than a head. It is not filled because
	// the file has ended.
	ended := errors.Is(err, bufio.ErrBufferFull) && len(head) < in.Stream.Size()
	return head, ended || errors.Is(err, io.EOF)
}

// DecodeUTF16 makes Stream yield UTF-8 where the text starts with the mark of
// UTF-16, for readers that go line by line, and drops the mark of UTF-8.
func (in *Input) DecodeUTF16() {
	head, _ := in.Stream.Peek(3) // an error comes again with the first read
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		d := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
		in.Stream = bufio.NewReaderSize(transform.NewReader(in.Stream, d), BufferSize)
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = in.Stream.Discard(3)
	}
}

// Bytes reads the rest of Stream into memory. The error is [ErrTooLarge] when
// that is more than Limits allow.
func (in *Input) Bytes() ([]byte, error) {
	limit := in.Limits.MaxFile
	var b bytes.Buffer
	if in.size > 0 {
		b.Grow(int(min(in.size, limit)) + bytes.MinRead)
	}
	n, err := b.ReadFrom(io.LimitReader(&contextReader{in.Context, in.Stream}, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, fmt.Errorf("%w: more than %s", ErrTooLarge, SizeText(limit))
	}
	return b.Bytes(), nil
}

// Text reads the rest of Stream as text, which is clean as
// [extract.Clean] has it.
func (in *Input) Text() (string, error) {
	b, err := in.Bytes()
	if err != nil {
		return "", err
	}
	stated := ""
	if in.Charset != "" {
		stated = "text/plain; charset=" + in.Charset
	}
	s, _, err := extract.Decode(b, stated)
	return s, err
}

// With returns an input that states the same, of other content: what a reader has
// read already, or a file beside.
func (in *Input) With(content []byte) *Input {
	return &Input{
		Stream:  bufio.NewReaderSize(bytes.NewReader(content), min(len(content)+bytes.MinRead, BufferSize)),
		Context: in.Context, Name: in.Name, Limits: in.Limits, Mapping: in.Mapping,
		Type: in.Type, Charset: in.Charset, URL: in.URL, Beside: in.Beside, Budget: in.Budget,
		size: int64(len(content)),
	}
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

// SizeText writes a number of bytes for people.
func SizeText(n int64) string {
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
