package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/plaintext"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// The first byte of a piece says whether the file ends in it.
const (
	wholeMark = '-'
	cutMark   = '!'
)

// appendEntry appends what a parser has to know of a record: a mark, the class,
// and lines with the kind, the media type and the address.
func appendEntry(b []byte, e *entry, what class) []byte {
	mark := byte(wholeMark)
	if e.truncated {
		mark = cutMark
	}
	b = append(b, mark, byte(what))
	for _, s := range [...]string{e.kind, e.mediaType, e.url} {
		b = append(append(b, s...), '\n')
	}
	return b
}

// cutEntry undoes appendEntry.
func cutEntry(b []byte) (e entry, what class, block []byte) {
	e.truncated, what = b[0] == cutMark, class(b[1])
	lines := bytes.SplitN(b[2:], []byte("\n"), 4)
	e.kind, e.mediaType, e.url = string(lines[0]), string(lines[1]), string(lines[2])
	return e, what, lines[3]
}

// parser makes articles of pages.
type parser struct{ splitter *splitter }

// errTruncated tells of a page whose end the archive does not have.
var errTruncated = fmt.Errorf("%w: the archive holds only the beginning of the page", record.ErrPartial)

// Parse implements [reader.Parser].
func (p *parser) Parse(piece []byte, number int, out reader.Sink) error {
	e, what, block := cutEntry(piece)
	in := p.splitter.in
	a := e.answer(block)
	body, err := a.content(min(in.Limits.MaxFile, maxPage), e.truncated)
	if err == nil && len(bytes.TrimSpace(body)) > 0 {
		err = p.read(&e, what, a.charset, body, number, out)
	}
	if err != nil && !isEmpty(err) {
		return &reader.Fault{Err: p.splitter.named(fmt.Errorf("%s: %w", e.url, err))}
	}
	return nil
}

// isEmpty reports whether an error says that a page holds nothing to read.
func isEmpty(err error) bool { return errors.Is(err, record.ErrNoText) }

// read reads a page by the reader of its format.
func (p *parser) read(e *entry, what class, charset string, body []byte, number int, out reader.Sink) error {
	outer := p.splitter.in
	in := &reader.Input{Context: outer.Context, Name: e.url, Limits: outer.Limits, Mapping: outer.Mapping, Charset: charset, URL: e.url}
	in.Stream = bufio.NewReaderSize(bytes.NewReader(body), len(body)+1)
	found := &pageOutput{out: out, entry: e, number: number, title: p.splitter.titles[e.url]}
	if what != page {
		return plaintext.Read(in, found)
	}
	if bytes.Count(body, []byte("<a ")) > 2 && html.IsLinkList(string(body)) {
		return nil
	}
	return html.Read(in, found)
}

// pageOutput hands on the record of a page.
type pageOutput struct {
	out    reader.Sink
	entry  *entry
	number int
	title  string // that is known from elsewhere
}

// Emit implements [reader.Sink].
func (o *pageOutput) Emit(rec *record.Record) bool {
	rec.IsFile = false
	rec.Place, rec.Number = o.entry.url, o.number
	if rec.First(record.URL) == "" {
		rec.SetFinal(record.URL, record.Value{Text: o.entry.url, From: "address of the record"})
	}
	if o.title != "" && !rec.Has(record.Title) {
		rec.SetFinal(record.Title, record.Value{Text: o.title, From: "pages.jsonl"})
	}
	if o.entry.truncated {
		rec.Problems = append(rec.Problems, record.Problem{Field: record.Body, Err: errTruncated})
	}
	return o.out.Emit(rec)
}

// Fail implements [reader.Sink].
func (o *pageOutput) Fail(f *reader.Fault) bool { return o.out.Fail(f) }

// Batches implements [reader.Output]. A page is no stream.
func (o *pageOutput) Batches(reader.Splitter) bool { return true }

// Enter implements [reader.Output]. A page holds no files.
func (o *pageOutput) Enter(m *reader.Member) bool {
	_, _ = io.Copy(io.Discard, m.Content)
	return true
}
