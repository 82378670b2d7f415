// Package zip reads zip archives as folders: each file in one is read by the
// reader that its content asks for.
//
// Files that are documents themselves, though they are zip archives by their
// bytes, are not read here: those of offices begin with a list of their parts or
// with their type. Members that are encrypted, are links, or have a name that
// leads out of the archive are told and left out. Of several members of one name
// the last is read, as it is the one that unpacking leaves. An archive without
// its directory, which is cut short, is read from its beginning as far as it
// goes.
package zip

import (
	"archive/zip"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/corpus/internal/archive/folder"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether a file is a zip archive and no document.
func Recognize(h *reader.Head) bool {
	if h.Kind != reader.Zip {
		return false
	}
	name := firstName(h.Bytes)
	for _, part := range [...]string{"mimetype", "[Content_Types].xml", "_rels/", "word/", "ppt/", "xl/", "docProps/", "META-INF/"} {
		if name == part || strings.HasSuffix(part, "/") && strings.HasPrefix(name, part) {
			return false
		}
	}
	return true
}

// firstName returns the name of the first member; it is empty when there is
// none.
func firstName(b []byte) string {
	if len(b) < localHeader || string(b[:4]) != localMark {
		return ""
	}
	n := int(binary.LittleEndian.Uint16(b[26:]))
	return string(b[localHeader:min(len(b), localHeader+n)])
}

// Read reads the members of an archive, in their order.
func Read(in *reader.Input, out reader.Output) error {
	at, size, err := in.At()
	if errors.Is(err, reader.ErrTooLarge) {
		return &reader.Fault{Err: err, Hint: "unpack it first"}
	}
	if err != nil {
		return err
	}
	if n := countMembers(at, size); n > folder.MaxMembers {
		return &reader.Fault{Err: fmt.Errorf("%w: %d files", reader.ErrTooLarge, n), Hint: "unpack it first"}
	}
	z, err := zip.NewReader(at, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return salvage(in, at, size, out)
	}
	register(z)
	a := archive{in: in, out: out, at: at, last: map[string]*zip.File{}}
	return a.read(z.File)
}

// archive is one whose directory is known.
type archive struct {
	in   *reader.Input
	out  reader.Output
	at   io.ReaderAt
	last map[string]*zip.File // of each name
}

func (a *archive) read(files []*zip.File) error {
	for _, f := range files {
		if name, err := folder.Name(f.Name); err == nil {
			a.last[name] = f
		}
	}
	read := 0
	for _, f := range files {
		name, err := folder.Name(f.Name)
		if strings.HasSuffix(strings.ReplaceAll(f.Name, `\`, "/"), "/") || folder.IsHidden(name) && err == nil {
			continue
		}
		read++
		switch {
		case err != nil:
		case f.Mode()&^fs.ModePerm&fs.ModeType != 0:
			if f.Mode().IsDir() {
				read--
				continue
			}
			err = folder.ErrSpecial
		case f.Flags&encrypted != 0:
			err = folder.ErrEncrypted
		case a.last[name] != f:
			err = errTwice
		}
		if err != nil {
			if !a.out.Fail(fault(name, err)) {
				return nil
			}
			continue
		}
		if !a.enter(f, name) {
			return nil
		}
		if err := a.in.Budget.Spend(0); err != nil {
			return err
		}
	}
	if read == 0 {
		return folder.ErrNothing
	}
	return nil
}

// errTwice tells of a member that another one of its name replaces.
var errTwice = errors.New("another file of this name follows in the archive, and that one is read")

// encrypted is the flag of an encrypted member.
const encrypted = 1

// fault tells of a member.
func fault(name string, err error) *reader.Fault {
	f := &reader.Fault{Err: fmt.Errorf("%s: %w", name, err)}
	if errors.Is(err, folder.ErrEncrypted) {
		f.Hint = "unpack it with its password"
	}
	return f
}

// enter reads a member. It reports whether more is wanted.
func (a *archive) enter(f *zip.File, name string) bool {
	content, size, err := a.open(f)
	if err != nil {
		return a.out.Fail(fault(name, err))
	}
	defer content.Close() // nothing was written
	m := &reader.Member{
		Name: name, Content: content, Size: max(size, 1), // 0 is a size that is not known
		Sibling: func(beside string) (io.ReadCloser, error) {
			sibling := a.last[folder.Beside(name, beside)]
			if sibling == nil || sibling.Flags&encrypted != 0 {
				return nil, reader.ErrNoSibling
			}
			content, _, err := a.open(sibling)
			if err != nil {
				return nil, err
			}
			return content, nil
		},
	}
	if r := a.stored(f); r != nil {
		m.Content = r
	}
	return a.out.Enter(m)
}

// open opens a member. Size is what the archive says, which content is held to.
func (a *archive) open(f *zip.File) (content io.ReadCloser, size int64, err error) {
	r, err := f.Open()
	if err != nil {
		return nil, 0, err
	}
	size = int64(min(f.UncompressedSize64, 1<<62))
	packed := int64(min(f.CompressedSize64, 1<<40))
	return unpacked{a.in.Budget.Unpacked(r, packed), r}, size, nil
}

type unpacked struct {
	io.Reader
	io.Closer
}

// minStored is from where on the content of a member that is not compressed is
// read where it lies, in bytes, so that an archive in it need not be held in
// memory. Its checksum is not looked at.
const minStored = 8 << 20

func (a *archive) stored(f *zip.File) io.Reader {
	if f.Method != zip.Store || f.UncompressedSize64 < minStored || f.UncompressedSize64 != f.CompressedSize64 {
		return nil
	}
	offset, err := f.DataOffset()
	if err != nil {
		return nil
	}
	return io.NewSectionReader(a.at, offset, int64(min(f.UncompressedSize64, 1<<62)))
}

// Methods of compression that programs use beside those of the standard library
// (APPNOTE 4.4.5).
const (
	methodBzip2 = 12
	methodZstd  = 93
)

func register(z *zip.Reader) {
	z.RegisterDecompressor(methodBzip2, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
	z.RegisterDecompressor(methodZstd, func(r io.Reader) io.ReadCloser {
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
		if err != nil { // of the options, which are good
			return io.NopCloser(strings.NewReader(""))
		}
		return d.IOReadCloser()
	})
}

// The end of an archive's directory, in bytes, and how long the comment after
// it may be (APPNOTE 4.3.14 to 4.3.16).
const (
	endRecord  = 22
	maxComment = 1<<16 - 1
	locator64  = 20
	end64      = 56
)

// countMembers returns how many members the end of an archive says it has; 0
// when it has no such end.
func countMembers(at io.ReaderAt, size int64) uint64 {
	n := min(size, endRecord+maxComment+locator64)
	tail := make([]byte, n)
	if _, err := at.ReadAt(tail, size-n); err != nil && !errors.Is(err, io.EOF) {
		return 0
	}
	i := strings.LastIndex(string(tail), "PK\x05\x06")
	if i < 0 || i+endRecord > len(tail) {
		return 0
	}
	count := uint64(binary.LittleEndian.Uint16(tail[i+10:]))
	if i < locator64 || string(tail[i-locator64:i-locator64+4]) != "PK\x06\x07" {
		return count
	}
	where := binary.LittleEndian.Uint64(tail[i-locator64+8:])
	b := make([]byte, end64)
	if where > uint64(size) {
		return count
	}
	if _, err := at.ReadAt(b, int64(where)); err != nil || string(b[:4]) != "PK\x06\x06" {
		return count
	}
	return max(count, binary.LittleEndian.Uint64(b[32:]))
}
