package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// errCut tells of a message whose end was not kept.
var errCut = fmt.Errorf("%w: the message is longer than %d MB, and what follows was left out", record.ErrPartial, maxMessage>>20)

// setText takes the text of a message: its parts in HTML, else the plain ones.
func (m *message) setText(rec *record.Record, isBulk bool) {
	if parts := m.texts("text/html"); len(parts) > 0 {
		var blocks []extract.Block
		for _, part := range parts {
			s, err := part.Text()
			if err != nil {
				m.tell(rec, part, err)
				continue
			}
			blocks = append(blocks, layout.HTMLBlocks(withoutUnseen(s))...)
		}
		if isBulk {
			blocks = withoutFrame(blocks)
		}
		if blocks = visible(blocks); len(blocks) > 0 {
			rec.SetBlocks(record.Mapped, blocks)
			rec.Form = record.Plain
			return
		}
	}
	var values []record.Value
	for _, part := range m.texts("text/plain") {
		s, err := part.Text()
		if err != nil {
			m.tell(rec, part, err)
			continue
		}
		if strings.EqualFold(part.Params["format"], "flowed") {
			s = unflow(s, strings.EqualFold(part.Params["delsp"], "yes"))
		}
		values = append(values, record.Value{Text: s, From: "text"})
	}
	rec.Set(record.Body, record.Mapped, values)
}

func (m *message) tell(rec *record.Record, part *mime.Part, err error) {
	rec.Tell(record.Body, record.Value{From: part.Type}, fmt.Errorf("%w: %w", record.ErrLeftOut, err))
}

// texts returns the parts of a type that are shown one after the other. Of
// alternatives that is the last, as it is the best.
func (m *message) texts(mediaType string) []*mime.Part {
	var list []*mime.Part
	var add func(p *mime.Part)
	add = func(p *mime.Part) {
		switch {
		case !p.IsMultipart():
			if p.Type == mediaType && !p.IsAttachment && len(bytes.TrimSpace(p.Content)) > 0 {
				list = append(list, p)
			}
		case p.Type == "multipart/alternative":
			for i := len(p.Parts) - 1; i >= 0; i-- {
				n := len(list)
				if add(p.Parts[i]); len(list) > n {
					return
				}
			}
		default:
			for _, inner := range p.Parts {
				add(inner)
			}
		}
	}
	add(m.part)
	return list
}

// unflow joins the lines of a text that its program cut where they may be joined
// again: those that end with a blank (RFC 3676). With delsp the blank itself is
// no part of the text. The line before a signature, "-- ", is left as it is.
func unflow(s string, delsp bool) string {
	var b strings.Builder
	open, depth := false, 0
	for line := range strings.SplitSeq(s, "\n") {
		n := 0
		for n < len(line) && line[n] == '>' {
			n++
		}
		text := strings.TrimPrefix(line[n:], " ")
		if open && (n != depth || text == "-- ") {
			b.WriteByte('\n')
			open = false
		}
		if !open && n > 0 {
			b.WriteString(strings.Repeat(">", n) + " ")
		}
		flows := strings.HasSuffix(text, " ") && text != "-- "
		if flows && delsp {
			text = text[:len(text)-1]
		}
		b.WriteString(text)
		if !flows {
			b.WriteByte('\n')
		}
		open, depth = flows, n
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// withoutUnseen returns HTML without the elements that mail programs show beside
// the subject and nowhere else: no room is left for their text.
func withoutUnseen(s string) string {
	if !strings.Contains(s, "style") {
		return s
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	skip, tag := 0, "" // how many elements of a name are open since the one that is skipped
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if !errors.Is(z.Err(), io.EOF) || skip > 0 {
				return s // it is never closed: then it is not what it seems
			}
			return b.String()
		}
		raw := z.Raw()
		if skip == 0 {
			raw = bytes.Clone(raw) // which TagName changes
		}
		switch kind {
		case html.StartTagToken:
			name, hasAttr := z.TagName()
			switch {
			case skip > 0 && string(name) == tag:
				skip++
			case skip == 0 && hasAttr && isContainer(string(name)) && hides(z):
				skip, tag = 1, string(name)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); skip > 0 && string(name) == tag {
				if skip--; skip == 0 {
					continue
				}
			}
		}
		if skip == 0 {
			b.Write(raw)
		}
	}
}

// isContainer reports whether an element is one that such a line is put in.
func isContainer(name string) bool {
	return name == "div" || name == "span" || name == "p" || name == "td" || name == "tr" || name == "table"
}

// hides reports whether the tag at hand has a style that leaves no room for its
// text.
func hides(z *html.Tokenizer) bool {
	for {
		key, value, more := z.TagAttr()
		if string(key) == "style" {
			s := strings.Map(func(r rune) rune {
				if r == ' ' || r == '\n' || r == '\t' {
					return -1
				}
				return r
			}, strings.ToLower(string(value))) + ";"
			// No size of the font: layout tables have it, for what is around their cells.
			for _, mark := range [...]string{"display:none", "visibility:hidden", "max-height:0;", "max-height:0px", "opacity:0;"} {
				if strings.Contains(s, mark) {
					return true
				}
			}
		}
		if !more {
			return false
		}
	}
}

// visible drops the blocks that hold nothing that can be seen: programs fill lines
// with characters of no width.
func visible(blocks []extract.Block) []extract.Block {
	kept := blocks[:0]
	for _, b := range blocks {
		s := strings.Map(func(r rune) rune {
			switch r {
			case '\u034f', '\u00ad', '\u200b', '\u200c', '\u200d', '\u2007', '\ufeff', '\u00a0', '\u2060':
				return -1
			}
			return r
		}, b.Text)
		if strings.TrimSpace(s) != "" {
			kept = append(kept, b)
		}
	}
	return kept
}
