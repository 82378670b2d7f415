// Package pdf reads PDF files that hold text. A file is one article.
//
// A PDF says where which letters stand, and nothing of lines, paragraphs and
// headings. Those are put together here: letters that follow each other to lines,
// lines to paragraphs, in the order of reading, over columns and pages. Hyphens at
// the ends of lines are taken out, but where the word is written with one elsewhere.
// Headings and title are told by the size of letters.
//
// Left out are running heads and feet, page numbers, tables of contents with dots, what browsers print at margins,
// and text that runs across the page, such as watermarks. PDFs of pictures have no
// text; that is told, and so is encryption.
//
// PDFium takes the files apart, compiled to WebAssembly and run in a sandbox.
package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/office/document"
	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether a file is a PDF.
func Recognize(h *reader.Head) bool { return h.Kind == reader.PDF }

var (
	errNoText  = fmt.Errorf("%w: its pages are pictures", record.ErrNoText)
	errStrange = fmt.Errorf("%w: its fonts do not say which letters they show", record.ErrNoText)
)

// fewLetters is how many letters the pages of a document have at least, on average.
// Pictures with fewer have names and stamps on them, and no text.
const fewLetters = 30

const ocrHint = "run it through OCR:  ocrmypdf IN.pdf OUT.pdf"

// Read reads a PDF: one record.
func Read(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	doc := content{xmp: packet(b)}
	if err := read(in.Context, b, doc.read); err != nil {
		return err
	}
	if err := reader.Guard(func() error { return doc.fill(&rec, path.Base(in.Name)) }); err != nil {
		return err
	}
	out.Emit(&rec)
	return nil
}

// content is what was read of a file.
type content struct {
	xmp      []byte // what the file says of itself a second time; empty without
	props    *paragraph.Properties
	sheets   []sheet
	pictures int   // pages that have something on them, and no text
	faults   int   // pages that could not be read
	fault    error // the first
	pages    int
}

func (c *content) read(f *file) error {
	c.props = f.properties()
	c.addXMP()
	c.pages = f.pages
	began := time.Now()
	for n := 1; n <= min(f.pages, maxPages); n++ {
		if time.Since(began) > enoughTime {
			c.faults += f.pages - n + 1
			c.fault = cmp.Or(c.fault, fmt.Errorf("page %d, as those before took %s", n, enoughTime))
			break
		}
		err := f.page(n, func(p *page) {
			lines := p.lines()
			if len(lines) == 0 && p.hasObjects {
				c.pictures++
			}
			c.sheets = append(c.sheets, sheet{lines: lines, width: p.width, height: p.height})
		})
		if err != nil {
			if c.faults++; c.fault == nil {
				c.fault = fmt.Errorf("page %d: %w", n, inShort(err))
			}
		}
	}
	return nil
}

// errGaveUp is what a person is told of a page at which PDFium ended.
var errGaveUp = errors.New("PDFium gave up on it")

// inShort returns an error without where in PDFium it happened.
func inShort(err error) error {
	if strings.Contains(err.Error(), "wasm") {
		return errGaveUp
	}
	return err
}

// maxPacket bounds a packet of XMP, in bytes.
const maxPacket = 1 << 20

// packet returns the last packet of XMP in a file, which is that of the document as
// it was saved last. Packets are not compressed, so that any program may find them.
func packet(b []byte) []byte {
	start := bytes.LastIndex(b, []byte("<x:xmpmeta"))
	if start < 0 {
		return nil
	}
	end := bytes.Index(b[start:], []byte("</x:xmpmeta>"))
	if end < 0 || end > maxPacket {
		return nil
	}
	return b[start : start+end]
}

// addXMP takes from XMP what the file does not state otherwise.
func (c *content) addXMP() {
	if len(c.xmp) == 0 {
		return
	}
	root := xmltree.Parse(string(c.xmp))
	get := func(name string) string {
		n := root.First(name)
		if li := n.First("li"); li != nil {
			n = li
		}
		return extract.Clean(n.OneLine())
	}
	if c.props.Title == "" {
		c.props.Title = get("dc:title")
	}
	if c.props.Author == "" {
		c.props.Author = get("dc:creator")
	}
	if c.props.Created.IsZero() {
		c.props.Created, _ = extract.ParseDate(get("xmp:createdate"))
	}
}

// fill fills rec with what was read.
func (c *content) fill(rec *record.Record, name string) error {
	switch text := c.letters(); {
	case text == 0 && c.fault != nil:
		return c.fault
	case text == 0, c.pictures > 0 && text < fewLetters*c.pages:
		return &reader.Fault{Err: errNoText, Hint: ocrHint}
	case text < 0:
		return &reader.Fault{Err: errStrange, Hint: ocrHint}
	}
	address := printed(c.sheets)
	dropMargins(c.sheets)
	for i := range c.sheets {
		c.sheets[i].lines = inOrder(c.sheets[i].lines, c.sheets[i].width)
	}
	dropContents(c.sheets)
	list := paragraphs(c.sheets)
	rec.SetFinal(record.URL, record.Value{Text: address, From: "foot of the page"})
	c.tell(rec)
	return document.Fill(rec, &document.Source{Name: name, Properties: c.props, Paragraphs: list, Printed: true, OfPage: isBrowser(c.props.Program)})
}

// isBrowser reports whether a browser made a PDF, of a web page.
func isBrowser(program string) bool {
	program = strings.ToLower(program)
	for _, name := range [...]string{"chromium", "headlesschrome", "mozilla", "firefox", "wkhtmltopdf", "safari", "edge"} {
		if strings.Contains(program, name) {
			return true
		}
	}
	return false
}

// letters returns how many letters the pages have; less than 0 when most of their
// characters are not known.
func (c *content) letters() int {
	known, unknown := 0, 0
	for i := range c.sheets {
		for k := range c.sheets[i].lines {
			for _, r := range c.sheets[i].lines[k].text {
				switch {
				case r == '\ufffd' || unicode.Is(unicode.Co, r):
					unknown++
				case unicode.IsLetter(r) || unicode.IsDigit(r):
					known++
				}
			}
		}
	}
	if unknown > known {
		return -1
	}
	return known
}

// tell notes what was not read.
func (c *content) tell(rec *record.Record) {
	var problems []string
	if c.pictures > 0 {
		problems = append(problems, fmt.Sprintf("%d of %d pages are pictures without a text", c.pictures, c.pages))
	}
	if c.faults > 0 {
		problems = append(problems, fmt.Sprintf("%d pages could not be read, the first: %v", c.faults, c.fault))
	}
	if c.pages > maxPages {
		problems = append(problems, fmt.Sprintf("of %d pages the first %d were read", c.pages, maxPages))
	}
	if len(problems) > 0 {
		rec.Problems = append(rec.Problems, record.Problem{Field: record.Body, Err: fmt.Errorf("%w: %s", record.ErrLeftOut, strings.Join(problems, "; "))})
	}
}
