package warc

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"net/url"
	"path"
	"strings"

	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// captures says which capture of each address is read.
type captures struct {
	seed   maphash.Seed
	newest map[uint64]capture
	looked []bool // whether a file was looked through
	found  bool   // a page
	older  int    // captures in files that could not be, which may have been newer than what was read
}

// capture is one capture of an address.
type capture struct {
	date         string
	file, number int
	what         class
}

// maxCaptures bounds how many addresses are known, at about 100 bytes each. Those
// that come after are all read.
const maxCaptures = 4 << 20

func newCaptures() *captures {
	return &captures{seed: maphash.MakeSeed(), newest: map[uint64]capture{}}
}

// lookThrough finds the newest captures in a file. It fails where lengths are
// wrong, as it cannot tell the records then; that is told when the file is read.
func (c *captures) lookThrough(ctx context.Context, r *bufio.Reader, file int) (ok bool) {
	for s := newScanner(r); ; {
		e, err := s.next()
		if s.skipped != nil || err != nil && !errors.Is(err, io.EOF) {
			maps.DeleteFunc(c.newest, func(_ uint64, n capture) bool { return n.file == file })
			return false
		}
		if err != nil || ctx.Err() != nil {
			return true
		}
		if what := classify(s.r, &e, s.block.N); what != nothing {
			c.note(&e, what, file)
		}
	}
}

// note takes a capture if it goes before what is known of its address: a page
// before what is left of one, and the newer before the older.
func (c *captures) note(e *entry, what class, file int) {
	key := c.key(e.url)
	have, ok := c.newest[key]
	if !ok && len(c.newest) >= maxCaptures {
		return
	}
	if !ok || what < have.what || what == have.what && e.date > have.date {
		c.newest[key] = capture{e.date, file, e.number, what}
	}
}

// key stands for an address, whichever of http and https it begins with.
func (c *captures) key(address string) uint64 {
	address, _, _ = strings.Cut(address, "#")
	_, rest, _ := strings.Cut(address, "://")
	return maphash.String(c.seed, rest)
}

// take reports whether a capture is to be read.
func (c *captures) take(e *entry, what class, file int) bool {
	have, ok := c.newest[c.key(e.url)]
	if c.looked[file] {
		return !ok || have.file == file && have.number == e.number
	}
	if ok {
		if what == have.what {
			c.older++
		}
		return false
	}
	c.note(e, what, file)
	return true
}

// leftOut tells of captures that may have been newer than those that were read.
func (c *captures) leftOut() error {
	if c.older == 0 {
		return nil
	}
	return &reader.Fault{
		Err:  fmt.Errorf("%w: of %d pages that were captured again, the first capture was read", record.ErrPartial, c.older),
		Hint: "the newest is read where newsq is given the file itself, rather than a stream",
	}
}

// class is what a record is. The lower goes before the higher.
type class byte

const (
	nothing class = iota
	page
	text
	document
	converted
)

// classifyBytes is how much of a block is looked at to tell what it is.
const classifyBytes = 16 << 10

// classify tells what a record is by its header and the start of its block, of n
// bytes.
func classify(r *bufio.Reader, e *entry, n int64) class {
	if n == 0 || e.url == "" {
		return nothing
	}
	switch e.kind {
	case "conversion":
		if t, _ := mime.MediaType(e.mediaType); t != "text/plain" || !isWeb(e.url) {
			return nothing
		}
		return converted
	case "response", "resource":
	default:
		return nothing
	}
	if !isWeb(e.url) || isForMachines(e.url) {
		return nothing
	}
	head, _ := r.Peek(int(min(n, classifyBytes))) // less at the end of a file
	a := e.answer(head)
	if a.status != 200 {
		return nothing
	}
	return classOf(&a)
}

// answer returns what a record holds: an answer of HTTP, or what some programs
// store instead, the body alone under its own type.
func (e *entry) answer(block []byte) answer {
	if e.kind == "response" && bytes.HasPrefix(block, []byte("HTTP/")) {
		return parseAnswer(block)
	}
	a := answer{status: 200, body: block}
	if a.mediaType, a.charset = mime.MediaType(e.mediaType); a.mediaType == "application/http" {
		a.mediaType = ""
	}
	return a
}

func classOf(a *answer) class {
	switch a.mediaType {
	case "text/html", "application/xhtml+xml":
		return page
	case "text/plain", "":
		if looksPlain(a.body) {
			return page
		}
		if a.mediaType == "" {
			return nothing
		}
		return text
	case "application/pdf", "application/rtf", "text/rtf", "application/msword", "application/epub+zip",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text":
		return document
	}
	return nothing
}

// isWeb reports whether an address is one of the web, and not of the program that
// made the archive.
func isWeb(address string) bool {
	for _, scheme := range [...]string{"http://", "https://", "ftp://", "file://"} {
		if len(address) > len(scheme) && strings.EqualFold(address[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

// isForMachines reports whether the name in an address is that of something that
// no person reads.
func isForMachines(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(path.Base(u.Path)) {
	case "robots.txt", "ads.txt", "app-ads.txt", "security.txt", "humans.txt", "llms.txt":
		return true
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".js", ".mjs", ".css", ".json", ".map", ".vtt", ".srt", ".csv", ".svg", ".m3u8", ".woff", ".woff2":
		return true
	}
	return false
}
