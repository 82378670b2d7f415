package html

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Saved is what a program that saved a page wrote beside it. All may be empty.
type Saved struct {
	URL     string // where it was
	Charset string
	Title   string // counts where the page has none
	From    string // where that stood
	// Place and Number tell the page from others of its file; a page alone has
	// none.
	Place  string
	Number int
}

// ReadSaved reads a page that a program saved. When that was is no date of the
// article.
func ReadSaved(in *reader.Input, out reader.Output, content []byte, s Saved) error {
	inner := &reader.Input{
		Context: in.Context, Name: in.Name, Limits: in.Limits, Mapping: in.Mapping, Type: in.Type, Charset: s.Charset, URL: in.URL,
		Stream: bufio.NewReaderSize(bytes.NewReader(content), len(content)+1),
	}
	if s.URL = WebAddress(s.URL); s.URL != "" {
		inner.URL = s.URL
	}
	return Read(inner, &savedOutput{out, &s, inner.URL})
}

// WebAddress returns an address of the web, without white space; empty for one
// that is none, such as that of a file on somebody's disk.
func WebAddress(s string) string {
	s = strings.Join(strings.Fields(stated(s)), "")
	for _, scheme := range [...]string{"http://", "https://"} {
		if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			return s
		}
	}
	return ""
}

// stated returns a value as clean text, of at most record.MaxStated bytes.
func stated(s string) string {
	return extract.Clean(strings.ToValidUTF8(s[:min(len(s), record.MaxStated)], ""))
}

// savedOutput completes the record of a page.
type savedOutput struct {
	reader.Output
	saved *Saved
	url   string
}

// Emit implements [reader.Sink].
func (o *savedOutput) Emit(rec *record.Record) bool {
	if !rec.Has(record.Title) && o.saved.Title != "" {
		rec.SetFinal(record.Title, record.Value{Text: strings.Join(strings.Fields(stated(o.saved.Title)), " "), From: o.saved.From})
	}
	if o.url != "" && WebAddress(rec.First(record.URL)) == "" {
		rec.SetFinal(record.URL, record.Value{Text: o.url, From: o.saved.From})
	}
	if o.saved.Place != "" {
		rec.Place, rec.Number, rec.IsFile = o.saved.Place, o.saved.Number, false
	}
	return o.Output.Emit(rec)
}
