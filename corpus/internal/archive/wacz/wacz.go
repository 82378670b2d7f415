// Package wacz reads WACZ files: web archives of which a zip archive holds the
// WARC files, their indexes and a list of pages.
//
// The articles are the pages in archive/*.warc and archive/*.warc.gz, as package
// warc has them. What pages/*.jsonl says gives a title to pages that state none,
// and no more: the lists name some of the pages only, and may be missing.
package wacz

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/archive/warc"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// nameStart is where the name of the first member of a zip archive stands.
const nameStart = 30

// Recognize reports whether a zip archive is a WACZ file: by its name, or by its
// first member.
func Recognize(h *reader.Head) bool {
	if h.Kind != reader.Zip || len(h.Bytes) < nameStart {
		return false
	}
	if strings.HasSuffix(h.Name, ".wacz") {
		return true
	}
	n := int(binary.LittleEndian.Uint16(h.Bytes[nameStart-4:]))
	name := string(h.Bytes[nameStart:min(len(h.Bytes), nameStart+n)])
	return name == "pages/pages.jsonl" || name == "indexes/index.cdx.gz" || isWARC(name)
}

// isWARC reports whether a member is a web archive.
func isWARC(name string) bool {
	dir, file := path.Split(strings.ToLower(name))
	return (dir == "archive/" || strings.HasSuffix(dir, "/archive/")) &&
		(strings.HasSuffix(file, ".warc") || strings.HasSuffix(file, ".warc.gz"))
}

func isPages(name string) bool {
	dir, file := path.Split(strings.ToLower(name))
	return dir == "pages/" && (strings.HasSuffix(file, ".jsonl") || strings.HasSuffix(file, ".jsonl.gz"))
}

// errNone tells of a package without pages.
var errNone = errors.New("it holds no archive/*.warc or archive/*.warc.gz")

// Read reads the pages of a file.
func Read(in *reader.Input, out reader.Output) error {
	at, size, err := in.At()
	if errors.Is(err, reader.ErrTooLarge) {
		return &reader.Fault{Err: err, Hint: "unpack it, or give newsq the file itself"}
	}
	if err != nil {
		return err
	}
	z, err := zip.NewReader(at, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return &reader.Fault{Err: err, Hint: "the file is damaged or cut short; fetch it again, or unpack what is in it"}
	}
	var files []warc.File
	titles := map[string]string{}
	for _, f := range z.File {
		switch {
		case isWARC(f.Name):
			files = append(files, member(in, f))
		case isPages(f.Name):
			if err := readTitles(in, f, titles); err != nil &&
				!out.Fail(&reader.Fault{Err: fmt.Errorf("%s: %w", f.Name, err), Hint: "the pages are read without it"}) {
				return nil
			}
		}
	}
	if len(files) == 0 {
		return readPackages(in, out, z.File)
	}
	slices.SortStableFunc(files, func(a, b warc.File) int { return strings.Compare(a.Name, b.Name) })
	if len(files) == 1 {
		files[0].Name = ""
	}
	return warc.ReadAll(in, out, files, titles)
}

// readPackages reads the WACZ files in a package of several.
func readPackages(in *reader.Input, out reader.Output, files []*zip.File) error {
	n := 0
	for _, f := range files {
		if !strings.HasSuffix(strings.ToLower(f.Name), ".wacz") || n >= maxPackages {
			continue
		}
		n++
		content, err := f.Open()
		if err != nil {
			if !out.Fail(&reader.Fault{Err: fmt.Errorf("%s: %w", f.Name, err)}) {
				return nil
			}
			continue
		}
		packed, size := int64(min(f.CompressedSize64, 1<<40)), int64(min(f.UncompressedSize64, 1<<62))
		more := out.Enter(&reader.Member{Name: f.Name, Content: in.Budget.Unpacked(content, packed), Size: size})
		content.Close() // nothing was written
		if !more {
			return nil
		}
	}
	if n == 0 {
		return errNone
	}
	return nil
}

// maxPackages bounds the files of a package of several.
const maxPackages = 10_000

// member returns a web archive in the file.
func member(in *reader.Input, f *zip.File) warc.File {
	return warc.File{
		Name: f.Name,
		Open: func() (*bufio.Reader, func(), error) { return open(in, f) },
		Again: func() (*bufio.Reader, func(), bool) {
			r, closing, err := open(in, f)
			return r, closing, err == nil
		},
	}
}

// open opens a member, without its compressions.
func open(in *reader.Input, f *zip.File) (*bufio.Reader, func(), error) {
	content, err := f.Open()
	if err != nil {
		return nil, func() {}, fmt.Errorf("%s: %w", f.Name, err)
	}
	packed := int64(min(f.CompressedSize64, 1<<40))
	r := bufio.NewReaderSize(in.Budget.Unpacked(content, packed), reader.BufferSize)
	plain, closing, err := reader.Decompress(r)
	if plain != nil && err == nil {
		r = bufio.NewReaderSize(plain, reader.BufferSize)
	}
	return r, func() {
		closing()
		content.Close() // nothing was written
	}, err
}

// Bounds of lists of pages: how many titles are kept, and how long a line may be,
// in bytes. A line may hold the text of its page.
const (
	maxTitles = 200_000
	maxTitle  = 1 << 10
	maxLine   = 16 << 20
)

// readTitles reads the titles of a list of pages. The first line tells of the
// list.
func readTitles(in *reader.Input, f *zip.File, titles map[string]string) error {
	r, closing, err := open(in, f)
	defer closing()
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(io.LimitReader(r, 1<<30))
	lines.Buffer(nil, maxLine)
	for lines.Scan() && len(titles) < maxTitles {
		var line struct{ URL, Title string }
		if json.Unmarshal(lines.Bytes(), &line) != nil || line.URL == "" || line.Title == "" || line.Title == line.URL {
			continue
		}
		title := line.Title[:min(len(line.Title), maxTitle)]
		titles[line.URL] = strings.Join(strings.Fields(extract.Clean(strings.ToValidUTF8(title, ""))), " ")
	}
	return lines.Err()
}
