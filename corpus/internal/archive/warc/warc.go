// Package warc reads web archives: WARC files of the versions 0.x to 1.1, and ARC
// files, which came before them.
//
// A record of one is what a server answered to a request. An article is made of
// each page: the answers of status 200, and the resources that were stored
// without asking, that are HTML or plain text. Documents such as PDF are read by
// their own readers. What archives of text hold of a page (conversion) counts
// where the page itself is not there. Everything else is left out: requests,
// pictures, scripts, data and feeds that pages fetched, robots.txt and the like,
// errors and redirects, a record that says that a page has not changed since
// (revisit), pages that hold no text, and those that are nothing but lists of
// links.
//
// Of several captures of one address the newest is read. For that a file is
// looked through first, where it can be; in one that comes through a pipe, the
// first capture is read. An article is known by its address. When a page was
// captured is not when it was published, and no date of the article.
//
// WARC is ISO 28500: a line with the version, a header of named fields, a blank
// line, as many bytes as Content-Length says, and two line breaks. ARC has one
// line instead of the header. Lengths may be wrong and files cut short: the next
// record is looked for, and what was passed over is told.
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/newsq/newsq/corpus/internal/reader"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether a file is a web archive.
func Recognize(h *reader.Head) bool {
	line, _, _ := bytes.Cut(h.Bytes[:min(len(h.Bytes), 1024)], []byte("\n"))
	return isVersion(string(bytes.TrimSpace(line))) ||
		bytes.HasPrefix(h.Bytes, []byte("filedesc:")) && bytes.Contains(h.Bytes[:min(len(h.Bytes), 1024)], []byte("Archive-length"))
}

// Read reads the pages of a web archive.
func Read(in *reader.Input, out reader.Output) error {
	file := File{Open: func() (*bufio.Reader, func(), error) { return in.Stream, func() {}, nil }}
	file.Again = func() (*bufio.Reader, func(), bool) { return in.Again() }
	return ReadAll(in, out, []File{file}, nil)
}

// File is one file of a web archive that is kept in several.
type File struct {
	Name string // for messages; empty for the only one
	// Open opens it, without its compression, and Again once more before that,
	// to look through it; ok is false where it can be read but once. Closing is
	// called after, whatever they return.
	Open  func() (r *bufio.Reader, closing func(), err error)
	Again func() (r *bufio.Reader, closing func(), ok bool)
}

// ReadAll reads the pages of files that belong together. Titles are those of
// pages by their addresses, for pages that state none; it may be nil.
func ReadAll(in *reader.Input, out reader.Output, files []File, titles map[string]string) error {
	c := newCaptures()
	for i := range files {
		r, closing, ok := files[i].Again()
		if ok {
			ok = c.lookThrough(in.Context, r, i)
		}
		closing()
		c.looked = append(c.looked, ok)
	}
	for i := range files {
		r, closing, err := files[i].Open()
		more := true
		if err == nil {
			s := &splitter{in: in, scanner: newScanner(r), file: i, name: files[i].Name, captures: c, titles: titles}
			more = out.Batches(s)
			err = s.err
		}
		closing()
		if !more {
			return nil
		}
		if err == nil {
			continue
		}
		if f := faultOf(files[i].Name, err); i == len(files)-1 {
			return f
		} else if !out.Fail(f) {
			return nil
		}
	}
	if !c.found {
		return errNoPages
	}
	return c.leftOut()
}

// errNoPages tells of an archive of nothing but pictures, requests and the like.
var errNoPages = errors.New("none of its records is a page to read")

// faultOf tells of a file that cannot be read further.
func faultOf(name string, err error) *reader.Fault {
	if name != "" {
		err = fmt.Errorf("%s: %w", name, err)
	}
	f := &reader.Fault{Err: err}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		f.Hint = "what stands before was read; fetch or write it again"
	}
	return f
}

// splitter cuts a web archive into pages.
type splitter struct {
	in       *reader.Input
	scanner  *scanner
	file     int
	name     string
	captures *captures
	titles   map[string]string
	err      error // that ended the file
	told     bool  // something was passed over
}

// Bounds of a batch, in bytes of pages and in pages; and of a page. Pages of
// newspapers have a tenth of a MB.
const (
	batchBytes = 512 << 10
	batchPages = 64
	maxPage    = 32 << 20
)

// Fill implements [reader.Splitter].
func (s *splitter) Fill(b *reader.Batch) (more bool) {
	for len(b.Text) < batchBytes && len(b.Pieces) < batchPages {
		if s.err = s.in.Context.Err(); s.err != nil {
			return false
		}
		e, err := s.scanner.next()
		if s.scanner.skipped != nil && !s.told {
			s.told = true
			b.Pieces = append(b.Pieces, s.fault(e.number, s.scanner.skipped))
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
			return false
		}
		s.add(b, &e)
	}
	return true
}

func (s *splitter) fault(number int, err error) reader.Piece {
	return reader.Piece{Number: number, Fault: &reader.Fault{Err: s.named(err), Hint: "it is passed over"}}
}

// named names the file, where there are several.
func (s *splitter) named(err error) error {
	if s.name != "" {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	return err
}

// add adds a record to a batch, if it is to be read.
func (s *splitter) add(b *reader.Batch, e *entry) {
	what := classify(s.scanner.r, e, s.scanner.block.N)
	if what == nothing || !s.captures.take(e, what, s.file) {
		return
	}
	s.captures.found = true
	if what == document {
		s.addDocument(b, e)
		return
	}
	start := len(b.Text)
	b.Text = appendEntry(b.Text, e, what)
	if !s.addBlock(b, e, start) {
		b.Text = b.Text[:start]
		return
	}
	b.Pieces = append(b.Pieces, reader.Piece{Number: e.number, Start: start, End: len(b.Text)})
}

// addDocument adds a file that is read by its own reader.
func (s *splitter) addDocument(b *reader.Batch, e *entry) {
	if limit := s.in.Limits.MaxFile; s.scanner.block.N > limit {
		b.Pieces = append(b.Pieces, s.tooLarge(e, limit))
	} else if m := s.document(e); m != nil {
		b.Pieces = append(b.Pieces, reader.Piece{Number: e.number, Member: m})
	}
}

// addBlock adds the block of a page. A stated length may be a lie: the text grows
// by what is there, and a record that begins within the block is read for itself.
// Ok is false when the page is too large, and told.
func (s *splitter) addBlock(b *reader.Batch, e *entry, start int) (ok bool) {
	limit := min(s.in.Limits.MaxFile, maxPage)
	rest := s.scanner.clip(limit)
	text, cut := s.appendBlock(b.Text)
	b.Text = text
	if at := s.scanner.within(text[start:], cut || rest > 0); at >= 0 {
		if s.scanner.refound < maxRefound {
			s.scanner.back(text[start+at:])
		}
		b.Text = bytes.TrimRight(text[:start+at], "\r\n")
		b.Pieces = append(b.Pieces, reader.Piece{Number: e.number, Fault: &reader.Fault{Err: s.named(errLength), Hint: "another begins within it"}})
		return true
	}
	if cut {
		b.Text[start] = cutMark
	}
	if rest > 0 && !cut {
		s.scanner.block.N += rest
		b.Pieces = append(b.Pieces, s.tooLarge(e, limit))
		return false
	}
	return true
}

func (s *splitter) tooLarge(e *entry, limit int64) reader.Piece {
	return s.fault(e.number, fmt.Errorf("%s: %w: more than %s", e.url, reader.ErrTooLarge, reader.SizeText(limit)))
}

// step is how much of a block is read at a time, in bytes.
const step = 256 << 10

// appendBlock appends what is left of the block of the record at hand. Cut says
// that the file ended in it.
func (s *splitter) appendBlock(b []byte) (_ []byte, cut bool) {
	block := &s.scanner.block
	for block.N > 0 {
		n := int(min(block.N, step))
		b = slices.Grow(b, n)
		k, err := io.ReadFull(block, b[len(b):len(b)+n])
		b = b[:len(b)+k]
		if err != nil {
			return b, true
		}
	}
	return b, false
}

// document returns the file that a record is; nil when it cannot be had.
func (s *splitter) document(e *entry) *reader.Member {
	b, cut := s.appendBlock(nil)
	a := e.answer(b)
	body, err := a.content(s.in.Limits.MaxFile, cut || e.truncated)
	if err != nil || len(body) == 0 {
		return nil
	}
	return &reader.Member{
		Name: e.url, Place: e.url, Type: a.mediaType, URL: e.url, Content: bytes.NewReader(body), Size: int64(len(body)), Quiet: true,
	}
}

// NewParser implements [reader.Splitter].
func (s *splitter) NewParser() reader.Parser { return &parser{splitter: s} }
