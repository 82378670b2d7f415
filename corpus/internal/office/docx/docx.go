// Package docx reads documents of Word: Office Open XML, with or without macros,
// as a document or a template, in a zip archive or in one XML file, and the XML of
// Word 2003. A document is one article.
//
// Documents of Word 97 to 2003 (.doc), of PowerPoint and of Pages are not read. They
// are known by their content, so that a person is told what to do. Many a file named
// .doc is a web page or plain text, which is read as such.
package docx

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/office/document"
	"github.com/newsq/newsq/corpus/internal/ooxml"
	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/plaintext"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same document would be read differently.
const Version = 1

// Recognize reports whether a file is a document of Word.
func Recognize(h *reader.Head) bool {
	if h.Kind == reader.Zip {
		return ooxml.Is(h.Bytes, h.Name)
	}
	return h.Kind == reader.Markup && ooxml.IsXML(h)
}

// Read reads a document: one record.
func Read(in *reader.Input, out reader.Output) error {
	head, whole := in.Head()
	h := reader.NewHead(path.Base(in.Name), head, whole)
	var doc *ooxml.Document
	var err error
	switch {
	case h.Kind == reader.Zip:
		doc, err = ooxml.Open(in)
	case ooxml.IsXML(h):
		doc, err = ooxml.OpenXML(in)
	case isCompound(h.Bytes):
		return Refuse(in, out)
	case h.Kind == reader.Markup:
		return html.Read(in, out)
	default:
		return plaintext.Read(in, out)
	}
	if errors.Is(err, ooxml.ErrNoDocument) {
		return &reader.Fault{Err: err, Hint: "it may be a spreadsheet, slides or an archive under the name of a document"}
	}
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	if err := reader.Guard(func() error { return fill(&rec, in, doc) }); err != nil {
		return err
	}
	out.Emit(&rec)
	return nil
}

// fill fills rec with a document. One whose text is not whole is told beside what
// was read.
func fill(rec *record.Record, in *reader.Input, doc *ooxml.Document) error {
	var list []paragraph.Paragraph
	for p, err := range doc.Paragraphs() {
		if err != nil {
			if len(list) == 0 || in.Context.Err() != nil {
				return err
			}
			rec.Problems = append(rec.Problems, record.Problem{Field: record.Body, Err: fmt.Errorf("%w: %w", record.ErrLeftOut, err)})
			break
		}
		list = append(list, p)
	}
	return document.Fill(rec, &document.Source{Name: path.Base(in.Name), Properties: &doc.Properties, Paragraphs: list})
}

// isCompound reports whether bytes begin as a compound file (OLE2) does, in which
// office programs wrote before 2007, and write what is encrypted.
func isCompound(b []byte) bool { return bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) }

// A stream of a compound file is named in UTF-16.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// RecognizeOther reports whether a file is of an office program and in a form that
// is not read.
func RecognizeOther(h *reader.Head) bool {
	ext := path.Ext(h.Name)
	switch h.Kind {
	case reader.Binary:
		if !isCompound(h.Bytes) {
			return false
		}
		switch ext {
		case ".doc", ".dot", ".ppt", ".pps", ".pot", ".docx", ".docm", ".pptx":
			return true
		}
		return bytes.Contains(h.Bytes, wide("WordDocument")) || bytes.Contains(h.Bytes, wide("PowerPoint Document"))
	case reader.Zip:
		if ext == ".pages" || ext == ".pptx" || ext == ".ppsx" || ext == ".key" {
			return true
		}
		return bytes.Contains(h.Bytes, []byte("ppt/slides/")) && bytes.Contains(h.Bytes, []byte("[Content_Types].xml")) && !strings.HasSuffix(h.Name, ".zip")
	}
	return false
}

var (
	errOld       = errors.New("a document of Word 97 to 2003, which newsq does not read")
	errEncrypted = errors.New("a document that is encrypted with a password")
	errSlides    = errors.New("slides, which newsq does not read")
	errPages     = errors.New("a document of Pages, which newsq does not read")
	errCompound  = errors.New("a file of an office program from before 2007, which newsq does not read")
)

// Refuse tells what a file is that is not read, and what to do about it.
func Refuse(in *reader.Input, _ reader.Output) error {
	head, _ := in.Head()
	name := strings.ToLower(in.Name)
	if !isCompound(head) {
		if strings.HasSuffix(name, ".pages") {
			return &reader.Fault{Err: errPages, Hint: "export it as Word or PDF"}
		}
		return &reader.Fault{Err: errSlides, Hint: "export them as PDF"}
	}
	b, err := in.Bytes()
	switch {
	case err != nil:
		return err
	case bytes.Contains(b, wide("EncryptedPackage")):
		return &reader.Fault{Err: errEncrypted, Hint: "save it without a password"}
	case bytes.Contains(b, wide("PowerPoint Document")):
		return &reader.Fault{Err: errSlides, Hint: "export them as PDF"}
	case bytes.Contains(b, wide("WordDocument")):
		return &reader.Fault{Err: errOld, Hint: "save it as .docx; for many:  soffice --headless --convert-to docx *.doc"}
	}
	return &reader.Fault{Err: errCompound, Hint: "save it as .docx or PDF"}
}
