// Package rtf reads documents in the Rich Text Format, as Word, WordPad, TextEdit
// and others write them. A document is one article.
package rtf

import (
	"fmt"
	"io"
	"path"

	"github.com/newsq/newsq/corpus/internal/office/document"
	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/plaintext"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/rtftext"
)

// Version is raised whenever the same document would be read differently.
const Version = 1

// Recognize reports whether a file is in RTF.
func Recognize(h *reader.Head) bool { return h.Kind == reader.RTF }

// errCut tells of a file that ends amid its text.
var errCut = fmt.Errorf("%w: %w", record.ErrPartial, io.ErrUnexpectedEOF)

// Read reads a document: one record.
func Read(in *reader.Input, out reader.Output) error {
	head, whole := in.Head()
	if h := reader.NewHead(path.Base(in.Name), head, whole); h.Kind == reader.Text {
		return plaintext.Read(in, out) // many a text is named so
	}
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	if err := reader.Guard(func() error { return fill(&rec, path.Base(in.Name), b) }); err != nil {
		return err
	}
	out.Emit(&rec)
	return nil
}

func fill(rec *record.Record, name string, b []byte) error {
	doc := rtftext.New(b)
	var list []paragraph.Paragraph
	for p := range doc.Paragraphs() {
		list = append(list, p)
	}
	if doc.Cut {
		rec.Problems = append(rec.Problems, record.Problem{Err: errCut})
	}
	return document.Fill(rec, &document.Source{Name: name, Properties: &doc.Properties, Paragraphs: list})
}
