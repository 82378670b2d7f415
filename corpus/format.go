package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Format is a format of files that a program teaches newsq to read, see
// [Options].Formats. Files are told to be of it by their extension or, where
// they have none that is known, by their content.
type Format struct {
	// Name is for messages and stamps, such as "minutes". It must not be
	// empty.
	Name string
	// Extensions are those of its files, with the dot, such as ".minutes". A
	// file may be compressed, with .gz or .zst after its extension.
	Extensions []string
	// Types are its MIME types, as Options.Format may name it.
	Types []string
	// Recognize reports whether a file that starts with head is of the
	// format. Head is the whole file or at least its first 64 KB, without
	// compression. It is asked of files whose extension is not known; nil
	// means that content never tells.
	Recognize func(head []byte) bool
	// Version is to be changed whenever Reader reads the same bytes
	// differently, so that a sync reads its files again.
	Version int
	// Reader reads its files.
	Reader Reader
}

// Reader reads the files of one [Format]. It is used for several files at the
// same time.
type Reader interface {
	// Read yields the articles in content, in a stable order. Content is that
	// of one file, without its compression, and not decoded. Name is the path
	// of the file as a person would name it.
	//
	// An article needs a title or a body; newsq derives what is missing as it
	// does for files in formats of its own. A body without sections is read
	// as plain text, in which paragraphs and headings are found; sections, if
	// there are any, must tile it. Topics count as stated, by their paths. Key,
	// Path, Form and Pages are not looked at. An article without an ID is known by its
	// number in the file, so that a file which others may join should state
	// ids.
	//
	// An error that is a *[ReadError] concerns one place; its path may be
	// empty. Any other error ends the file.
	Read(ctx context.Context, name string, content io.Reader) iter.Seq2[Article, error]
}

// check reports what is wrong with a format.
func (f *Format) check() error {
	if f.Name == "" {
		return errors.New("a format has no name")
	}
	if f.Reader == nil {
		return fmt.Errorf("the format %q has no reader", f.Name)
	}
	for _, ext := range f.Extensions {
		if !isExtension(ext) || !strings.HasPrefix(ext, ".") || isCompression(ext) {
			return fmt.Errorf("the format %q cannot have the extension %q", f.Name, ext)
		}
	}
	if len(f.Extensions) == 0 && len(f.Types) == 0 && f.Recognize == nil {
		return fmt.Errorf("the format %q has neither extension nor type, and nothing recognizes it", f.Name)
	}
	return nil
}

// row returns the row of the table of formats for f.
func (f *Format) row() format {
	row := format{
		name:       f.Name,
		group:      "own",
		extensions: lowered(f.Extensions),
		types:      lowered(f.Types),
		own:        true,
		version:    f.Version,
		read:       f.read,
	}
	if f.Recognize != nil {
		row.sniff = func(h *reader.Head) bool { return f.Recognize(h.Bytes) }
	}
	return row
}

func lowered(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ToLower(s)
	}
	return out
}

// read is a reader.Func. It holds each record back until it is known whether
// others follow, as the only one of a file needs no number.
func (f *Format) read(in *reader.Input, out reader.Output) error {
	var held *record.Record
	n := 0
	for a, err := range f.Reader.Read(in.Context, in.Name, in.Stream) {
		var place *ReadError
		switch {
		case errors.As(err, &place):
			if !out.Fail(&reader.Fault{Line: place.Line, Err: place.Err, Hint: place.Hint}) {
				return nil
			}
			continue
		case err != nil:
			if held != nil {
				out.Emit(numbered(held, n))
			}
			return err
		}
		if held != nil && !out.Emit(numbered(held, n)) {
			return nil
		}
		n++
		if held, err = recordOf(&a); err != nil {
			held = nil
			if !out.Fail(&reader.Fault{Err: fmt.Errorf("article %d: %w", n, err)}) {
				return nil
			}
		}
	}
	if held == nil {
		if n == 0 {
			return record.ErrNoText
		}
		return nil
	}
	if n > 1 {
		held = numbered(held, n)
	} else {
		held.IsFile = true
	}
	out.Emit(held)
	return nil
}

// numbered marks a record as the nth of several.
func numbered(rec *record.Record, n int) *record.Record {
	rec.Number, rec.Place = n, strconv.Itoa(n)
	return rec
}

// recordOf returns a record of an article that a program's reader has made.
func recordOf(a *Article) (*record.Record, error) {
	rec := &record.Record{Published: record.Time{Time: a.Published}, Updated: record.Time{Time: a.Updated}}
	if d, ok := extract.ReadDate(a.PublishedAs, ""); ok && d.Time.Equal(a.Published) {
		rec.Published.As = d.String()
	}
	rec.GlobalID = a.GlobalID
	if h := a.Handling; h != nil {
		rec.Handling = &record.Handling{
			Version: h.Version, Status: string(h.Status), Embargoed: h.Embargoed, EmbargoedUntil: h.EmbargoedUntil,
			Replaces: h.Replaces, Withdraws: h.Withdraws, Notice: extract.Clean(h.Notice), Rights: extract.Clean(h.Rights), NoAI: h.NoAI,
		}
	}
	set := func(f record.Field, limit int, texts ...string) {
		var values []record.Value
		for _, s := range texts {
			values = append(values, record.Value{Text: label(extract.Clean(s), limit)})
		}
		rec.SetFinal(f, values...)
	}
	set(record.ID, record.MaxStated, a.ID)
	set(record.Title, record.MaxStated, a.Title)
	set(record.Source, record.MaxLabel, a.Source)
	set(record.Language, record.MaxLabel, a.Language)
	set(record.URL, record.MaxStated, a.URL)
	set(record.Authors, record.MaxLabel, a.Authors...)
	set(record.Places, record.MaxLabel, a.Places...)
	set(record.People, record.MaxLabel, a.People...)
	set(record.Organizations, record.MaxLabel, a.Organizations...)
	for _, t := range a.Topics {
		rec.AddFinal(record.Topics, record.Value{Text: extract.Clean(t.Path)})
	}
	rec.SetFinal(record.Summary, record.Value{Text: strings.TrimSpace(extract.Clean(a.Summary))})
	if len(a.Sections) == 0 {
		rec.Set(record.Body, record.Mapped, []record.Value{{Text: extract.Clean(a.Body)}})
		return rec, nil
	}
	var err error
	rec.Blocks, err = blocksOf(a)
	return rec, err
}

// blocksOf returns the sections of an article as blocks.
func blocksOf(a *Article) ([]extract.Block, error) {
	blocks := []extract.Block{}
	at := 0
	for _, s := range a.Sections {
		if s.Start != at || s.End < s.Start || s.End > len(a.Body) {
			return nil, fmt.Errorf("its section %q does not follow the one before", s.Heading)
		}
		at = s.End
		if heading := label(extract.Clean(s.Heading), record.MaxStated); heading != "" {
			blocks = append(blocks, extract.Block{Heading: true, Level: s.Level, Text: heading})
		}
		for p := range strings.SplitSeq(extract.Clean(a.Body[s.Start:s.End]), "\n\n") {
			blocks = append(blocks, extract.Block{Text: p})
		}
	}
	if at != len(a.Body) {
		return nil, errors.New("its sections do not reach the end of its body")
	}
	return blocks, nil
}
