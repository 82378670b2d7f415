// Package odt reads documents in the Open Document Format, as LibreOffice and
// others write them: texts (.odt), templates (.ott), and both in one XML file
// (.fodt). A document is one article.
//
// A document is a zip archive, whose first file, "mimetype", says so. The text is
// content.xml, what the document says of itself meta.xml. Left out are headers and
// footers, comments, deleted text, hidden text, and tables of contents.
package odt

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/office/document"
	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same document would be read differently.
const Version = 1

// textType is the MIME type of texts; those of templates and the like begin so.
const textType = "application/vnd.oasis.opendocument.text"

// Recognize reports whether a file is a text in the Open Document Format.
func Recognize(h *reader.Head) bool {
	switch h.Kind {
	case reader.Zip:
		const mimeAt = 30 // of the name of the first file, which is not compressed
		if len(h.Bytes) < mimeAt {
			return false
		}
		first := h.Bytes[mimeAt:min(len(h.Bytes), mimeAt+512)]
		return bytes.HasPrefix(first, []byte("mimetype")) &&
			(bytes.Contains(first, []byte(textType)) || bytes.Contains(first, []byte("application/vnd.sun.xml.writer")))
	case reader.Markup:
		return h.Root() == "office:document" && h.Contains(textType)
	}
	return false
}

var (
	errNoText    = errors.New("no text in the Open Document Format")
	errEncrypted = errors.New("a document that is encrypted with a password")
)

// Read reads a document: one record.
func Read(in *reader.Input, out reader.Output) error {
	d := &doc{in: in}
	if err := d.open(); err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	if err := reader.Guard(func() error {
		return document.Fill(&rec, &document.Source{Name: path.Base(in.Name), Properties: d.properties(), Paragraphs: d.paragraphs()})
	}); err != nil {
		return err
	}
	out.Emit(&rec)
	return nil
}

// doc is a document that is being read.
type doc struct {
	in      *reader.Input
	content *xmltree.Node // what holds automatic styles and the body
	styles  *xmltree.Node // nil without
	meta    *xmltree.Node // nil without
}

func (d *doc) open() error {
	head, whole := d.in.Head()
	if reader.NewHead(d.in.Name, head, whole).Kind != reader.Zip {
		root, err := xmltree.Tree(d.in)
		if err != nil {
			return err
		}
		d.content, d.styles, d.meta = root, root, root
		if root.First("text", "body") == nil {
			return errNoText
		}
		return nil
	}
	return d.openZip()
}

func (d *doc) openZip() error {
	r, size, err := d.in.At()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		if errors.Is(err, zip.ErrFormat) {
			err = fmt.Errorf("%w: %w", err, io.ErrUnexpectedEOF)
		}
		return err
	}
	if d.isEncrypted(z) {
		return &reader.Fault{Err: errEncrypted, Hint: "save it without a password"}
	}
	for _, part := range [...]struct {
		name string
		to   **xmltree.Node
	}{{"content.xml", &d.content}, {"styles.xml", &d.styles}, {"meta.xml", &d.meta}} {
		if *part.to, err = d.part(z, part.name); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if d.content == nil {
		return errNoText
	}
	return nil
}

// isEncrypted reports whether the manifest says how the text is encrypted.
func (d *doc) isEncrypted(z *zip.Reader) bool {
	manifest, err := d.part(z, "META-INF/manifest.xml")
	if err != nil {
		return false // then the parts tell
	}
	for _, n := range manifest.Find("file-entry") {
		if n.Child("encryption-data") != nil {
			switch n.Attr("full-path") {
			case "content.xml", "encrypted-package":
				return true
			}
		}
	}
	return false
}

// part reads a part of at most Limits.MaxFile bytes; nil when there is none.
func (d *doc) part(z *zip.Reader, name string) (*xmltree.Node, error) {
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close() // nothing was written
		bound := &io.LimitedReader{R: r, N: d.in.Limits.MaxFile + 1}
		in := &reader.Input{Context: d.in.Context, Limits: d.in.Limits, Stream: bufio.NewReaderSize(bound, reader.BufferSize)}
		tree, err := xmltree.Tree(in)
		if err == nil && bound.N <= 0 {
			err = fmt.Errorf("%w: more than %s", reader.ErrTooLarge, reader.SizeText(d.in.Limits.MaxFile))
		}
		return tree, err
	}
	return nil, nil
}

// properties returns what the document says of itself.
func (d *doc) properties() *paragraph.Properties {
	m := d.meta.First("meta")
	if inner := m.Child("meta"); inner != nil {
		m = inner
	}
	get := func(names ...string) string { return extract.Clean(m.First(names...).OneLine()) }
	p := &paragraph.Properties{
		Title: get("dc:title"), Subject: get("dc:subject"), Description: get("dc:description"), Language: get("dc:language"),
		Author: get("initial-creator"), LastAuthor: get("dc:creator"), Program: get("generator"),
		Created: timeOf(get("creation-date")), Modified: timeOf(get("dc:date")),
	}
	if p.Author == "" {
		p.Author = p.LastAuthor
	}
	for _, n := range m.Find("keyword") {
		if k := extract.Clean(n.OneLine()); k != "" {
			p.Keywords = append(p.Keywords, k)
		}
	}
	return p
}

// timeOf reads a time of the properties, which mostly states no zone; zero when it
// is none.
func timeOf(s string) time.Time {
	s, _, _ = strings.Cut(s, ".")
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
