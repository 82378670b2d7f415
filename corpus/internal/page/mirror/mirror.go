// Package mirror reads web pages that programs saved as HTML with a comment that
// says where they were: SingleFile, HTTrack, monolith, Save Page WE, the "save
// page" of browsers, and the Wayback Machine, whose toolbar is left out.
//
// A page of a mirror that is nothing but a list of links is no article. What
// HTTrack wrote for itself is none either, and told: its index of the mirrors, its
// log and its cache.
package mirror

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// The comments.
const (
	singleFile = "Page saved with SingleFile"
	oldSingle  = "Archive processed by SingleFile"
	mirrored   = "<!-- Mirrored from "
	httrack    = " by HTTrack"
	savedFrom  = "<!-- saved from url=("
	monolith   = "<!-- Saved from "
	savePage   = `<meta name="savepage-url" content="`
)

// Recognize reports whether a page has such a comment.
func Recognize(h *reader.Head) bool {
	return commentedAddress(h.Text) != "" || h.Contains(waybackStart)
}

// startBytes is how far into a page the comment is looked for: it stands before
// or after the first tag, and SingleFile may write styles before it.
const startBytes = 16 << 10

// commentedAddress returns the address that a program noted at the start of a
// page; empty when there is none.
func commentedAddress(b []byte) string {
	b = b[:min(len(b), startBytes)]
	for _, mark := range [...]string{singleFile, oldSingle} {
		if at := bytes.Index(b, []byte(mark)); at >= 0 && within(b[:at]) {
			return lineAfter(b[at:], "url:")
		}
	}
	if address := wayback(b); address != "" {
		return address
	}
	if at := bytes.Index(b, []byte(mirrored)); at >= 0 {
		rest, _, _ := bytes.Cut(b[at+len(mirrored):], []byte("-->"))
		if end := bytes.Index(rest, []byte(httrack)); end > 0 {
			return withScheme(string(rest[:end]))
		}
	}
	if at := bytes.Index(b, []byte(monolith)); at >= 0 {
		rest, _, _ := bytes.Cut(b[at+len(monolith):], []byte("-->"))
		if bytes.Contains(rest, []byte(" using monolith")) {
			address, _, _ := strings.Cut(string(rest), " ")
			return address
		}
	}
	if _, rest, ok := bytes.Cut(b, []byte(savePage)); ok {
		address, _, _ := bytes.Cut(rest, []byte(`"`))
		return strings.ReplaceAll(string(address), "&amp;", "&")
	}
	if at := bytes.Index(b, []byte(savedFrom)); at >= 0 {
		rest, _, _ := bytes.Cut(b[at+len(savedFrom):], []byte("-->"))
		if length, address, ok := bytes.Cut(rest, []byte(")")); ok && len(length) > 0 && len(length) < 8 {
			return strings.TrimSpace(string(address))
		}
	}
	return ""
}

// The Wayback Machine writes a toolbar into pages, and a call with their address.
const (
	waybackStart = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->"
	waybackEnd   = "<!-- END WAYBACK TOOLBAR INSERT -->"
	waybackCall  = `__wm.wombat("`
)

// wayback returns the address that a page had before the Wayback Machine kept it.
func wayback(b []byte) string {
	_, rest, ok := bytes.Cut(b, []byte(waybackCall))
	if !ok {
		return ""
	}
	address, _, ok := bytes.Cut(rest[:min(len(rest), 4<<10)], []byte(`"`))
	if !ok || !bytes.HasPrefix(address, []byte("http")) {
		return ""
	}
	return string(address)
}

// withoutToolbar drops the toolbar of the Wayback Machine.
func withoutToolbar(b []byte) []byte {
	before, rest, ok := bytes.Cut(b, []byte(waybackStart))
	if !ok {
		return b
	}
	_, after, ok := bytes.Cut(rest, []byte(waybackEnd))
	if !ok {
		return b
	}
	return append(bytes.Clone(before), after...)
}

// within reports whether b ends in a comment that has just begun.
func within(b []byte) bool {
	open := bytes.LastIndex(b, []byte("<!--"))
	return open >= 0 && len(bytes.TrimSpace(b[open+len("<!--"):])) == 0
}

// lineAfter returns the rest of the line after a word.
func lineAfter(b []byte, word string) string {
	_, rest, ok := bytes.Cut(b[:min(len(b), startBytes)], []byte(word))
	if !ok {
		return ""
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return strings.TrimSpace(string(line))
}

// withScheme returns the address of a mirrored page, of which HTTrack leaves out
// how it was fetched.
func withScheme(s string) string {
	if s = strings.TrimSpace(s); s == "" || strings.Contains(s, "://") {
		return s
	}
	return "http://" + s
}

// errIndex tells of a page that is no article.
var errIndex = errors.New("a list of links, and no article")

// Read reads a page.
func Read(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	if bytes.Contains(b[:min(len(b), startBytes)], []byte(mirrored)) && html.IsLinkList(string(b)) {
		return &reader.Fault{Err: errIndex, Hint: "the pages that it leads to are read on their own"}
	}
	return html.ReadSaved(in, out, withoutToolbar(b), html.Saved{URL: commentedAddress(b), Charset: in.Charset, From: "comment of the program that saved the page"})
}

// RecognizeOwn reports whether a file is one that HTTrack wrote for itself.
func RecognizeOwn(h *reader.Head) bool {
	switch h.Kind {
	case reader.Markup:
		return h.Contains("<title>Local index - HTTrack") || h.Contains("<title>List of available projects - HTTrack") ||
			h.Contains("HTTrack Website Copier - Open Source offline browser") && isTitled(h.Text, " - HTTrack") ||
			h.Contains("<!-- Created by HTTrack Website Copier/") && isTitled(h.Text, "Page has moved")
	case reader.Zip:
		return (h.Name == "new.zip" || h.Name == "old.zip") && holdsAddresses(h.Bytes)
	}
	line, _, _ := bytes.Cut(h.Text[:min(len(h.Text), 512)], []byte("\n"))
	return bytes.HasPrefix(line, []byte("HTTrack")) && bytes.Contains(line, []byte(" launched on ")) ||
		bytes.HasPrefix(line, []byte("date\tsize'/'remotesize\tflags(")) ||
		bytes.HasPrefix(line, []byte("# HTTrack Website Copier Cookie File")) || h.Name == "readme.txt" && h.Contains("hts-cache") && h.Contains("HTTrack") ||
		h.Name == "doit.log" && h.Contains("launch httrack") ||
		(h.Name == "new.lst" || h.Name == "old.lst") && bytes.HasPrefix(line, []byte("["))
}

// isTitled reports whether the title of a page holds a text. HTTrack writes its
// index in the language of its user, and in place of a page that only leads to
// another one that it has moved.
func isTitled(b []byte, text string) bool {
	at := bytes.Index(bytes.ToLower(b[:min(len(b), startBytes)]), []byte("<title>"))
	if at < 0 {
		return false
	}
	title, _, _ := bytes.Cut(b[at:min(len(b), at+512)], []byte("</"))
	return bytes.Contains(title, []byte(text))
}

// nameStart is where the name of the first member of a zip archive stands.
const nameStart = 30

// holdsAddresses reports whether the first member of a zip archive has an address
// for a name.
func holdsAddresses(b []byte) bool {
	return len(b) > nameStart && binary.LittleEndian.Uint16(b[nameStart-4:]) > 7 && bytes.HasPrefix(b[nameStart:], []byte("http"))
}

// ReadOwn tells that a file is no article.
func ReadOwn(*reader.Input, reader.Output) error {
	return fmt.Errorf("%w: HTTrack's own file, and no article", reader.ErrUnknownFormat)
}
