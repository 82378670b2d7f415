// Package notion reads what Notion exports: a zip archive of pages in Markdown or
// HTML, often packed in another.
//
// The name of a page's file ends in the id of the page, 32 digits in base 16. The
// title is its heading. A page of a database has its properties above its text; a
// table of the database stands beside the folder of its pages and says the same,
// so it is left out, as is the index that Notion adds. Attachments, and tables
// without pages, are read as files of their own, if they hold text.
package notion

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/newsq/newsq/corpus/internal/archive/folder"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether a zip archive is Notion's: a member near its
// beginning has the name of a page, or of a part of an export.
func Recognize(h *reader.Head) bool {
	const fixed = 30 // bytes of a local header before the name
	for b := h.Bytes; len(b) >= fixed; {
		n := int(b[26]) | int(b[27])<<8
		if len(b) < fixed+n {
			return false
		}
		name := string(b[fixed : fixed+n])
		// A name that is an id and no more is also that of an item of Joplin.
		if stem, _ := parted(name); isPage(name) && stem != "" || isPart(name) {
			return true
		}
		at := bytes.Index(b[fixed:], []byte("PK\x03\x04"))
		if at < 0 {
			return false
		}
		b = b[fixed+at:]
	}
	return false
}

// idLength is the length of the id of a page.
const idLength = 32

// parted returns the name of a page, and its id; empty when it has none.
func parted(name string) (stem, id string) {
	stem = strings.TrimSuffix(path.Base(name), path.Ext(name))
	stem = strings.TrimSuffix(stem, "_all") // a table with the rows that a view hides
	if len(stem) < idLength {
		return stem, ""
	}
	id = stem[len(stem)-idLength:]
	before := stem[:len(stem)-idLength]
	if strings.Trim(id, "0123456789abcdef") != "" || before != "" && !strings.HasSuffix(before, " ") {
		return stem, ""
	}
	return strings.TrimSpace(before), id
}

// isPage reports whether a member is a page, by its name.
func isPage(name string) bool {
	_, id := parted(name)
	ext := path.Ext(name)
	return id != "" && (ext == ".md" || ext == ".html")
}

// isPart reports whether a member is a part of an export, by its name:
// Export-8e3a053e-8b22-4840-b85d-eca809e28228-Part-1.zip.
func isPart(name string) bool {
	base := path.Base(name)
	rest, ok := strings.CutPrefix(base, "Export")
	return ok && strings.Contains(rest, "-Part-") && strings.HasSuffix(rest, ".zip")
}

// Read reads an export: a record for each page.
func Read(in *reader.Input, out reader.Output) error {
	at, size, err := in.At()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return err
	}
	e := export{in: in, out: out, at: at, folders: map[string]bool{}, databases: map[string]bool{}}
	for _, f := range z.File {
		e.look(f.Name)
	}
	for _, f := range z.File {
		if err := in.Context.Err(); err != nil {
			return err
		}
		if err := in.Budget.Spend(0); err != nil {
			return err
		}
		if !f.FileInfo().IsDir() && !e.member(f) {
			return nil
		}
	}
	return nil
}

// export is an archive while it is read.
type export struct {
	in        *reader.Input
	out       reader.Output
	at        io.ReaderAt
	folders   map[string]bool // that pages lie in, without ids
	databases map[string]bool // of which there is a table, without ids
	n         int
}

// look notes the name of a member.
func (e *export) look(name string) {
	switch {
	case isPage(name):
		e.folders[bare(path.Dir(name))] = true
	case path.Ext(name) == ".csv":
		e.databases[bare(strings.TrimSuffix(name, ".csv"))] = true
	}
}

// bare returns a path whose last part has no id.
func bare(name string) string {
	stem, _ := parted(name + ".x")
	return path.Join(path.Dir(name), stem)
}

// member reads a member. It reports whether more is wanted.
func (e *export) member(f *zip.File) bool {
	switch base := path.Base(f.Name); {
	case isPage(f.Name):
		return e.page(f)
	case base == "index.html", path.Ext(base) == ".csv" && e.folders[bare(strings.TrimSuffix(f.Name, ".csv"))]:
		return true
	}
	name, err := folder.Name(f.Name)
	if err != nil {
		return e.fail(f, err)
	}
	m := &reader.Member{Name: name, Size: int64(f.UncompressedSize64), Quiet: true}
	if isPart(f.Name) {
		m.Place, m.Quiet = "part", false // its name differs with each export
		if i := strings.LastIndex(f.Name, "-Part-"); i >= 0 {
			m.Place = "part" + strings.TrimSuffix(f.Name[i+len("-Part"):], ".zip")
		}
	}
	if start, err := f.DataOffset(); err == nil && f.Method == zip.Store {
		m.Content = io.NewSectionReader(e.at, start, int64(f.CompressedSize64))
		return e.out.Enter(m)
	}
	r, err := f.Open()
	if err != nil {
		return e.fail(f, err)
	}
	defer r.Close() // nothing was written
	m.Content = e.in.Budget.Unpacked(r, int64(f.CompressedSize64))
	return e.out.Enter(m)
}

func (e *export) fail(f *zip.File, err error) bool {
	return e.out.Fail(&reader.Fault{Err: fmt.Errorf("%s: %w", extract.Clean(f.Name), err)})
}

// page emits a page.
func (e *export) page(f *zip.File) bool {
	e.n++
	s, err := e.text(f)
	if err != nil {
		return e.fail(f, err)
	}
	stem, id := parted(f.Name)
	rec := record.Record{Number: e.n, Place: id}
	rec.Set(record.ID, record.Mapped, []record.Value{{Text: id, From: "name of the page"}})
	inDatabase := e.databases[bare(path.Dir(f.Name))]
	err = reader.Guard(func() error {
		if path.Ext(f.Name) == ".html" {
			return readHTML(s, e.in.Mapping, &rec)
		}
		return readMarkdown(s, inDatabase, e.in.Mapping, &rec)
	})
	if err != nil {
		return e.fail(f, err)
	}
	if !rec.Has(record.Title) {
		rec.Set(record.Title, record.Mapped, []record.Value{{Text: stem, From: "name of the page"}})
	}
	return e.out.Emit(&rec)
}

// text returns the text of a page.
func (e *export) text(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close() // nothing was written
	limit := e.in.Limits.MaxFile
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(e.in.Budget.Unpacked(r, int64(f.CompressedSize64)), limit+1))
	switch {
	case err != nil:
		return "", err
	case n > limit:
		return "", fmt.Errorf("%w: more than %s", reader.ErrTooLarge, reader.SizeText(limit))
	}
	s, _, err := extract.Decode(b.Bytes(), "text/plain; charset=utf-8")
	return s, err
}
