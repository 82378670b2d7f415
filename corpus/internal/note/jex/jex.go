// Package jex reads notes of Joplin: its archive (.jex), which is a tar file, and
// the files of its raw folder, which are the same one by one.
//
// Each file is an item, with lines at its end that say what it is. Notes are
// articles; those in the trash and those that are the other side of a conflict
// are not. The names of a note's tags stand in other items, so an archive is read
// twice. A file of the raw folder knows no others, and has no topics. Attachments
// are read as files of their own, if they hold text.
package jex

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// errEncrypted tells of a note that only its owner can read.
var errEncrypted = errors.New("the note is encrypted")

// idLength is the length of an id, which is the name of its file.
const idLength = 32

// isItemName reports whether a file has the name of an item.
func isItemName(name string) bool {
	id, ok := strings.CutSuffix(path.Base(name), ".md")
	return ok && len(id) == idLength && strings.Trim(id, "0123456789abcdef") == ""
}

// Recognize reports whether a file is an archive of Joplin: a tar file whose first
// member has the name of an item.
func Recognize(h *reader.Head) bool {
	const header, magic = 512, 257
	b := h.Bytes
	if len(b) < header || !bytes.HasPrefix(b[magic:], []byte("ustar")) {
		return false
	}
	name, _, _ := bytes.Cut(b[:100], []byte{0})
	return isItemName(string(name)) || strings.HasSuffix(h.Name, ".jex")
}

// RecognizeItem reports whether a text is a file of a raw folder.
func RecognizeItem(h *reader.Head) bool {
	if !isItemName(h.Name) {
		return false
	}
	return !h.Whole || h.Contains("\ntype_: ") && (h.Contains("\nid: ") || h.HasPrefix("id: "))
}

// ReadItem reads a file of a raw folder: one record for a note, and none for any
// other item. A text that is no item is read as Markdown.
func ReadItem(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	it, ok := parse(s)
	switch {
	case !ok:
		err = markdown.Blocks(s, &rec)
	case !it.isKept():
		return nil
	default:
		err = it.fill(&rec, nil)
		rec.Place = ""
	}
	if err == nil {
		out.Emit(&rec)
	}
	return err
}

// Read reads an archive: a record for each note.
func Read(in *reader.Input, out reader.Output) error {
	at, size, err := in.At()
	if err != nil {
		return err
	}
	a := archive{in: in, out: out, at: at, size: size}
	tags, err := a.tags()
	if err != nil {
		return err
	}
	return a.notes(tags)
}

// archive is a file of Joplin.
type archive struct {
	in   *reader.Input
	out  reader.Output
	at   io.ReaderAt
	size int64
}

// each calls f with the members of the archive, until it returns false.
func (a *archive) each(f func(h *tar.Header, r io.Reader) bool) error {
	r := tar.NewReader(io.NewSectionReader(a.at, 0, a.size))
	for {
		if err := a.in.Context.Err(); err != nil {
			return err
		}
		h, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("archive of Joplin: %w", err)
		case h.Typeflag == tar.TypeReg && !f(h, r):
			return nil
		}
	}
}

// item reads a member as an item.
func (a *archive) item(h *tar.Header, r io.Reader) (it item, ok bool, err error) {
	if h.Size > a.in.Limits.MaxFile {
		return it, false, fmt.Errorf("%w: more than %s", reader.ErrTooLarge, reader.SizeText(a.in.Limits.MaxFile))
	}
	b, err := io.ReadAll(io.LimitReader(r, a.in.Limits.MaxFile))
	if err != nil {
		return it, false, err
	}
	s, _, err := extract.Decode(b, "text/plain; charset=utf-8")
	if err != nil {
		return it, false, err
	}
	it, ok = parse(s)
	return it, ok, nil
}

// Bounds of what is held of an archive. No honest one comes near.
const (
	maxTags     = 1_000_000 // on notes
	maxTagBytes = 1 << 10
)

// tags returns the names of the tags of each note, by its id.
func (a *archive) tags() (map[string][]string, error) {
	names := map[string]string{}
	var pairs [][2]string // of note and tag
	err := a.each(func(h *tar.Header, r io.Reader) bool {
		if !isItemName(h.Name) || h.Size > maxTagItem {
			return true
		}
		it, ok, err := a.item(h, r)
		switch {
		case err != nil || !ok || len(pairs) >= maxTags || len(names) >= maxTags:
		case it.values["type_"] == tag && len(it.title) <= maxTagBytes:
			names[it.values["id"]] = strings.TrimSpace(it.title)
		case it.values["type_"] == noteTag:
			pairs = append(pairs, [2]string{it.values["note_id"], it.values["tag_id"]})
		}
		return true
	})
	tags := map[string][]string{}
	for _, p := range pairs {
		if name := names[p[1]]; name != "" && len(tags[p[0]]) < record.MaxValues && !slices.Contains(tags[p[0]], name) {
			tags[p[0]] = append(tags[p[0]], name)
		}
	}
	return tags, err
}

// maxTagItem is the largest item that may be a tag, in bytes.
const maxTagItem = 64 << 10

// notes hands on the notes, and the attachments.
func (a *archive) notes(tags map[string][]string) error {
	n := 0
	return a.each(func(h *tar.Header, r io.Reader) bool {
		if !isItemName(h.Name) {
			return a.out.Enter(&reader.Member{Name: h.Name, Content: r, Size: h.Size, Quiet: true})
		}
		it, ok, err := a.item(h, r)
		switch {
		case err == nil && !ok:
			err = errors.New("nothing says what this item is")
		case err == nil && !it.isKept():
			return true
		}
		n++
		rec := record.Record{Number: n}
		if err == nil {
			err = it.fill(&rec, tags[it.values["id"]])
		}
		if err != nil {
			return a.out.Fail(&reader.Fault{Err: fmt.Errorf("%s: %w", h.Name, err)})
		}
		return a.out.Emit(&rec)
	})
}
