// Package mhtml reads web pages that browsers saved as one file, MHTML: a message
// of which the page, its frames, pictures and styles are the parts (RFC 2557).
//
// The page is the part that the message names, else the first of HTML that holds
// a text; the others are its frames, such as advertisements, and are left out. Its
// address stands in Snapshot-Content-Location (Chromium) or Content-Location
// (Firefox, Internet Explorer); its character set is the page's own where the
// part states none. The date of the message is that of the saving, and no date of
// the article.
package mhtml

import (
	"bytes"
	"cmp"
	"errors"
	"strings"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// headerBytes is how far the header of a file is looked for.
const headerBytes = 8 << 10

// Recognize reports whether a message is a page that was saved, and no mail: it
// says so, or states an address, and nobody sent it.
func Recognize(h *reader.Head) bool {
	b := h.Text[:min(len(h.Text), headerBytes)]
	if !bytes.Contains(bytes.ToLower(b[:min(len(b), 2<<10)]), []byte("mime-version:")) {
		return false
	}
	header, rest := mime.ParseHeader(b)
	if header.Has("to") || header.Has("received") || header.Has("message-id") || header.Has("list-id") {
		return false
	}
	kind, _ := mime.MediaType(header.Raw("content-type"))
	if kind != "multipart/related" && kind != "multipart/alternative" && kind != "text/html" {
		return false
	}
	return header.Has("snapshot-content-location") || header.Has("content-location") || header.Has("x-maf") ||
		strings.Contains(strings.ToLower(header.Raw("from")), "saved by") || kind != "text/html" && bytes.Contains(rest, []byte("\nContent-Location:"))
}

// errNoPage tells of a file without a page.
var errNoPage = errors.New("it holds no page of HTML")

// Read reads the page of a file.
func Read(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	m := mime.Parse(b)
	top := cmp.Or(location(m, "snapshot-content-location"), location(m, "content-location"))
	err = errNoPage
	for _, part := range pages(m, top) {
		saved := html.Saved{URL: cmp.Or(html.WebAddress(top), part.Location()), Charset: part.Charset(), Title: m.Header.Get("subject"), From: "Subject"}
		if err = html.ReadSaved(in, out, part.Content, saved); !errors.Is(err, record.ErrNoText) {
			return err
		}
	}
	return err
}

func location(m *mime.Part, name string) string {
	return strings.Join(strings.Fields(m.Header.Get(name)), "")
}

// maxPages bounds the parts that are tried, of which the first may be a page of
// frames.
const maxPages = 20

// pages returns the parts of HTML, the page itself first.
func pages(m *mime.Part, top string) []*mime.Part {
	var list []*mime.Part
	start := strings.Trim(m.Params["start"], "<> ")
	for part := range m.All() {
		if part.Type != "text/html" && part.Type != "application/xhtml+xml" || len(bytes.TrimSpace(part.Content)) == 0 {
			continue
		}
		isTop := top != "" && part.Location() == top || start != "" && strings.Trim(part.Header.Raw("content-id"), "<> ") == start
		if isTop {
			list = append([]*mime.Part{part}, list...)
		} else {
			list = append(list, part)
		}
		if len(list) == maxPages {
			break
		}
	}
	return list
}
