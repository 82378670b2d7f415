// Package scrapbook reads web pages that WebScrapBook and its forerunners saved:
// single pages, which state their address in the first tag; HTZ, a zip archive of
// a page and its pictures, as SingleFile writes one too; and MAFF, a zip archive with a folder for each page and
// in it index.rdf, which says what it is.
//
// When a page was saved is no date of the article. Frames, and pages that were
// saved along with one, are left out.
package scrapbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/newsq/newsq/corpus/internal/archive/folder"
	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// source is the attribute that holds the address of a page.
const source = "data-scrapbook-source="

// startBytes is how far into a page the attribute is looked for.
const startBytes = 8 << 10

// Recognize reports whether a page was saved by WebScrapBook.
func Recognize(h *reader.Head) bool {
	return bytes.Contains(h.Text[:min(len(h.Text), startBytes)], []byte(source))
}

// RecognizeArchive reports whether a zip archive is HTZ or MAFF, which its name
// tells.
func RecognizeArchive(h *reader.Head) bool {
	return h.Kind == reader.Zip && (strings.HasSuffix(h.Name, ".htz") || strings.HasSuffix(h.Name, ".maff"))
}

// RecognizeSingleFile reports whether a file is a page that SingleFile saved with
// compression: a zip archive of the page and its pictures, alone or within a page
// that unpacks itself.
func RecognizeSingleFile(h *reader.Head) bool {
	if h.Kind == reader.Zip {
		return bytes.HasPrefix(h.Bytes[min(len(h.Bytes), nameStart):], []byte("index.html")) &&
			(bytes.Contains(h.Bytes, []byte("stylesheet_0.css")) || bytes.Contains(h.Bytes, []byte("manifest.json"))) &&
			!bytes.Contains(h.Bytes, []byte("META-INF"))
	}
	start := bytes.ToLower(bytes.TrimLeft(h.Bytes[:min(len(h.Bytes), 64)], "\xef\xbb\xbf \r\n"))
	return (bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))) &&
		bytes.Contains(h.Bytes, []byte("PK\x03\x04")) && (bytes.Contains(h.Bytes, []byte("data-sfz")) || bytes.Contains(h.Bytes, []byte("SingleFile")))
}

// nameStart is where the name of the first member of a zip archive stands.
const nameStart = 30

// address returns the address in the first tag of a page, or in the comment of
// SingleFile.
func address(b []byte) string {
	if _, rest, ok := bytes.Cut(b[:min(len(b), startBytes)], []byte("Page saved with SingleFile")); ok {
		_, rest, _ = bytes.Cut(rest, []byte("url:"))
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		return strings.TrimSpace(string(line))
	}
	_, rest, ok := bytes.Cut(b[:min(len(b), startBytes)], []byte(source))
	if !ok || len(rest) == 0 {
		return ""
	}
	end := bytes.IndexAny(rest, " \t\r\n>")
	if q := rest[0]; q == '"' || q == '\'' {
		rest = rest[1:]
		end = bytes.IndexByte(rest, q)
	}
	if end < 0 {
		return ""
	}
	return strings.ReplaceAll(string(rest[:end]), "&amp;", "&")
}

// Read reads a single page.
func Read(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	return html.ReadSaved(in, out, b, html.Saved{URL: address(b), Charset: in.Charset, From: "data-scrapbook-source"})
}

// errNoPage tells of an archive without a page.
var errNoPage = errors.New("it holds no index.html")

// ReadArchive reads the pages of HTZ and MAFF.
func ReadArchive(in *reader.Input, out reader.Output) error {
	at, size, err := in.At()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(at, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return err
	}
	a := &archive{in: in, out: out, files: map[string]*zip.File{}}
	for _, f := range z.File {
		if name, err := folder.Name(f.Name); err == nil && len(a.files) < folder.MaxMembers {
			a.files[name] = f
		}
	}
	var places []string // folders with a page, in the order of the archive
	for _, f := range z.File {
		name, err := folder.Name(f.Name)
		dir, file := path.Split(name)
		if err != nil || strings.Count(dir, "/") > 1 {
			continue
		}
		if file == "index.rdf" || dir == "" && strings.HasPrefix(file, "index.") && isPage(file) ||
			isPage(file) && strings.HasPrefix(file, "index.") && a.files[dir+"index.rdf"] == nil && a.files["index.html"] == nil {
			places = append(places, dir)
		}
	}
	if len(places) == 0 {
		return errNoPage
	}
	for i, dir := range places {
		number := i + 1
		if len(places) == 1 {
			number = 0
		}
		if err := a.page(dir, number); err != nil {
			if !out.Fail(&reader.Fault{Err: fmt.Errorf("%s: %w", path.Join(dir, "index.html"), err)}) {
				return nil
			}
		}
	}
	return nil
}

func isPage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".xht":
		return true
	}
	return false
}

// archive is a zip archive of pages.
type archive struct {
	in    *reader.Input
	out   reader.Output
	files map[string]*zip.File
}

// page reads the page of a folder. Number is 0 for the only one.
func (a *archive) page(dir string, number int) error {
	saved := html.Saved{From: "index.rdf", Charset: a.in.Charset}
	index := "index.html"
	if f := a.files[dir+"index.rdf"]; f != nil {
		b, err := a.content(f)
		if err != nil {
			return err
		}
		index = a.describe(b, &saved)
	}
	if number > 0 {
		saved.Place, saved.Number = strings.TrimSuffix(dir, "/"), number
	}
	b, err := a.first(dir, index)
	if err != nil {
		return err
	}
	saved.URL = cmp.Or(saved.URL, address(b))
	err = html.ReadSaved(a.in, a.out, b, saved)
	if next := refresh(b); errors.Is(err, record.ErrNoText) && next != "" {
		// The page is at a name of its own, and the index leads there.
		if b, err = a.first(dir, next); err == nil {
			saved.URL = cmp.Or(saved.URL, address(b))
			err = html.ReadSaved(a.in, a.out, b, saved)
		}
	}
	return err
}

// first returns the content of the page of a folder.
func (a *archive) first(dir, name string) ([]byte, error) {
	for _, name := range [...]string{name, "index.html", "index.xhtml", "index.htm"} {
		if f := a.files[path.Clean(dir+name)]; f != nil {
			return a.content(f)
		}
	}
	return nil, errNoPage
}

func (a *archive) content(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() // nothing was written
	limit := a.in.Limits.MaxFile
	b, err := io.ReadAll(io.LimitReader(a.in.Budget.Unpacked(r, int64(min(f.CompressedSize64, 1<<40))), limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("%w: more than %s", reader.ErrTooLarge, reader.SizeText(limit))
	}
	return b, err
}

// describe takes what index.rdf says of a page, and returns the name of its file.
func (a *archive) describe(b []byte, saved *html.Saved) string {
	s, _, err := extract.Decode(b, "")
	if err != nil {
		return ""
	}
	tree := xmltree.Parse(s)
	value := func(name string) string {
		n := tree.First(name)
		if n == nil {
			return ""
		}
		for _, attr := range n.Attrs {
			if strings.HasSuffix(attr.Name, "resource") {
				return strings.TrimSpace(attr.Value)
			}
		}
		return n.OneLine()
	}
	saved.URL, saved.Title, saved.Charset = value("originalurl"), value("title"), value("charset")
	return value("indexfilename")
}

// refresh returns the name of the file that a page leads to at once; empty when it
// leads to none.
func refresh(b []byte) string {
	lower := bytes.ToLower(b[:min(len(b), startBytes)])
	at := bytes.Index(lower, []byte("http-equiv=\"refresh\""))
	if at < 0 {
		return ""
	}
	_, rest, ok := bytes.Cut(lower[at:], []byte("url="))
	end := bytes.IndexAny(rest, "\"'>;")
	if !ok || end <= 0 {
		return ""
	}
	start := at + bytes.Index(lower[at:], []byte("url=")) + len("url=")
	name, err := folder.Name(string(b[start : start+end]))
	if err != nil || strings.Contains(name, ":") {
		return ""
	}
	return strings.TrimPrefix(name, "./")
}
