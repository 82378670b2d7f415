package embed

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Reader reads the vectors of some words from the file of a model, and no more of it than
// these need: a search of some words takes some pages of thousands. Each page is verified
// whenever it is read, by reading and not by mapping, so that a file that is cut short is
// an error. It is safe for concurrent use until Close.
//
// What Words returns is what [Model.Words] of the whole model does.
type Reader struct {
	header
	layout
	path      string
	file      *os.File
	covered   int64
	checksums []byte
	first     []string // the first term of each block

	old *Model // a model of the first version has no pages, and is read as a whole
}

// Open opens the file of a model. An error that wraps ErrDamaged or ErrVersion names it.
func Open(path string) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r := &Reader{path: path, file: f}
	if err := r.open(); err != nil {
		return nil, errors.Join(r.named(err), f.Close())
	}
	return r, nil
}

// named has errors about the content say which file it is of.
func (r *Reader) named(err error) error {
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrVersion) {
		return fmt.Errorf("%s: %w", r.path, err)
	}
	return err
}

// open reads the header, the index and the checksums.
func (r *Reader) open() error {
	info, err := r.file.Stat()
	if err != nil {
		return err
	}
	size := info.Size()
	start, err := r.bytes(0, min(size, pageSize))
	if err != nil {
		return err
	}
	if isFirstVersion(start) {
		return r.openOld()
	}
	if size < headerSize+trailerSize {
		return fmt.Errorf("%w: %d bytes are no model", ErrDamaged, size)
	}
	end, err := r.bytes(size-trailerSize, size)
	if err != nil {
		return err
	}
	t, err := readTrailer(end, size)
	if err != nil {
		return err
	}
	if r.checksums, err = r.bytes(t.covered, size-trailerSize); err != nil {
		return err
	}
	if err := t.verify(r.checksums); err != nil {
		return err
	}
	r.covered = t.covered
	if err := verifyPage(r.checksums, 0, start[:min(pageSize, t.covered)]); err != nil {
		return err
	}
	if r.layout, err = r.header.read(start, t.covered); err != nil {
		return err
	}
	return r.readIndex(start)
}

// readIndex reads the index, of which start has the first page.
func (r *Reader) readIndex(start []byte) error {
	all := start[:min(r.index, pageSize)]
	for page := int64(1); page*pageSize < r.index; page++ {
		b, err := r.page(page)
		if err != nil {
			return err
		}
		all = append(all, b[:min(r.index-page*pageSize, pageSize)]...)
	}
	var err error
	r.first, err = readIndex(all[headerSize:], int(r.Blocks))
	return err
}

func (r *Reader) openOld() error {
	data, err := os.ReadFile(r.path)
	if err != nil {
		return err
	}
	if r.old, err = Decode(data); err == nil {
		r.header = r.old.header
	}
	return err
}

// bytes reads what stands from one offset up to another.
func (r *Reader) bytes(from, to int64) ([]byte, error) {
	b := make([]byte, to-from)
	if _, err := r.file.ReadAt(b, from); err != nil {
		if errors.Is(err, io.EOF) {
			err = fmt.Errorf("%w: bytes %d to %d are missing", ErrDamaged, from, to)
		}
		return nil, err
	}
	return b, nil
}

// page reads a page and verifies it.
func (r *Reader) page(page int64) ([]byte, error) {
	b, err := r.bytes(page*pageSize, min((page+1)*pageSize, r.covered))
	if err == nil {
		err = verifyPage(r.checksums, page, b)
	}
	return b, err
}

// ID is that of the model.
func (r *Reader) ID() string { return r.header.id() }

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// Words returns the vectors of the words of a query. An error that wraps ErrDamaged names
// the file.
func (r *Reader) Words(terms []WeightedTerm) (*Words, error) {
	if r.old != nil {
		return r.old.Words(terms), nil
	}
	w := newWords(r.ID(), terms)
	for i, t := range terms {
		v, err := r.term(t.Stem)
		if err != nil {
			return nil, r.named(err)
		}
		w.vectors[i] = v
	}
	return w, nil
}

// term returns the vector of a stem; the zero TermVector if the model doesn't know it.
func (r *Reader) term(stem string) (v TermVector, err error) {
	at, starts := slices.BinarySearch(r.first, stem)
	if !starts {
		at-- // the block that starts before the stem
	}
	if at < 0 {
		return v, nil
	}
	page, err := r.page(r.blocks/pageSize + int64(at))
	if err != nil {
		return v, err
	}
	b := openBlock(page)
	for n := b.first; b.next(); n++ {
		switch c := strings.Compare(string(b.term), stem); {
		case c > 0:
			return v, nil
		case c == 0:
			return r.vector(n, b.scale)
		}
	}
	return v, b.err
}

// vector returns the vector of the n-th term.
func (r *Reader) vector(n int, scale float32) (v TermVector, err error) {
	if n >= int(r.Terms) {
		return v, fmt.Errorf("%w: its terms are out of bounds", ErrDamaged)
	}
	at := r.codes + int64(n)*Dims
	b, err := r.page(at / pageSize)
	if err != nil {
		return v, err
	}
	return newTermVector(scale, b[at%pageSize:]), nil
}
