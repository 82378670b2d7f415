package mail

import (
	"bytes"
	"fmt"
	"strings"

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
			blocks = append(blocks, layout.HTMLBlocks(tidyHTML(s))...)
		}
		if isBulk || headOf(blocks).subject != "" { // forwarded
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
