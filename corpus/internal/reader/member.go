package reader

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/newsq/newsq/corpus/internal/record"
)

// MaxDepth is how deep files may lie within files: a page in a web archive in a
// zip archive lies at depth 2.
const MaxDepth = 3

// Budget is how many bytes a file and those within it may still unpack to. It
// bounds archives that hold next to nothing, many times over. It serves one
// goroutine.
type Budget struct{ left int64 }

// Each byte of a file may unpack to this many: text compresses to a fifth of its
// size, and tables of the same few words to a fiftieth. Small files, and those
// whose size is not known, have as much as free says.
const (
	unpackedPerByte = 200
	freeUnpacked    = 4 << 30
)

// NewBudget returns the budget of a file of a size, which is 0 when it is not
// known.
func NewBudget(size int64) *Budget {
	return &Budget{freeUnpacked + unpackedPerByte*min(size, 1<<50)}
}

// ErrBomb tells of an archive that unpacks to more than any honest one.
var ErrBomb = fmt.Errorf("%w: it unpacks to far more than it holds", ErrTooLarge)

// Spend takes n bytes that were unpacked off a budget. The error is [ErrBomb].
func (b *Budget) Spend(n int64) error {
	if b == nil {
		return nil
	}
	if b.left -= n; b.left < 0 {
		return ErrBomb
	}
	return nil
}

// Unpacked returns what reads a member of an archive from r, of which size bytes
// lie in the archive, and ends with [ErrBomb] when these unpack to too many.
func (b *Budget) Unpacked(r io.Reader, size int64) io.Reader {
	return &unpacking{r: r, budget: b, left: freeMember + unpackedPerByte*size}
}

// freeMember is how much a member may unpack to however small it is: a page of
// blanks is no bomb.
const freeMember = 1 << 20

type unpacking struct {
	r      io.Reader
	budget *Budget
	left   int64
}

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if u.left -= int64(n); u.left < 0 {
		return 0, ErrBomb
	}
	if spent := u.budget.Spend(int64(n)); spent != nil {
		return 0, spent
	}
	return n, err
}

// Member is a file within another: in an archive, a mail, a web archive. It is
// read as a file of its own, by the reader that its content asks for.
type Member struct {
	// Name is its path in the file around it, with slashes. It is shown, tells
	// the member from the others as part of its key, and its extension helps to
	// tell its format. It is never opened.
	Name string
	// Place is what stands for Name in its key; empty means Name.
	Place string
	// Type is its MIME type as stated, without parameters; may be empty. It
	// counts where neither content nor name tell the format.
	Type string
	// Charset is the character set as stated outside of the content; may be empty.
	Charset string
	// URL is where it was published; may be empty. A page that does not state
	// its address has this one.
	URL string
	// Content is read until the call of Enter returns.
	Content io.Reader
	Size    int64 // of Content; 0 when it is not known
	// Amend completes each record that was found in it, before an article is
	// made of it; may be nil.
	Amend func(rec *record.Record)
	// Sibling opens another file beside it, as [Input.Sibling] does; may be nil.
	Sibling func(name string) (io.ReadCloser, error)
	// Quiet says that a member in no known format is not worth telling of: a
	// picture in a mail.
	Quiet bool
}

// ErrTooDeep tells of a file that lies deeper than [MaxDepth].
var ErrTooDeep = fmt.Errorf("%w: archives nested deeper than %d", ErrTooLarge, MaxDepth)

// ErrNoSibling tells that a file has none beside it by a name.
var ErrNoSibling = errors.New("no such file beside it")

// Sibling opens a file by its path relative to the folder of this one, such as
// "posts/7.html" or "../posts.csv", for formats of which an article is parted
// over files. The path may go up by one folder. The error is [ErrNoSibling] when
// there is none, or where the input is a stream.
//
// A sync reads this file again when it changes itself, not when the other does.
func (in *Input) Sibling(name string) (io.ReadCloser, error) {
	if in.Beside == nil {
		return nil, ErrNoSibling
	}
	return in.Beside(name)
}

// SiblingBytes returns the content of a sibling, of at most Limits.MaxFile
// bytes.
func (in *Input) SiblingBytes(name string) ([]byte, error) {
	f, err := in.Sibling(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(&contextReader{in.Context, f}, in.Limits.MaxFile+1))
	if err == nil && n > in.Limits.MaxFile {
		err = fmt.Errorf("%w: more than %s", ErrTooLarge, SizeText(in.Limits.MaxFile))
	}
	return b.Bytes(), err
}

// At returns the content for readers that go to and fro in it, and its size.
// What is not a plain file is read into memory, of at most Limits.MaxFile bytes.
// Nothing may have been read from Stream, and nothing may be read from it after.
func (in *Input) At() (io.ReaderAt, int64, error) {
	if in.file != nil {
		return in.file, in.size, nil
	}
	b, err := in.Bytes()
	if err != nil {
		return nil, 0, err
	}
	return bytes.NewReader(b), int64(len(b)), nil
}
