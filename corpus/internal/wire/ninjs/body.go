package ninjs

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/wire/agency"
	"github.com/newsq/newsq/corpus/internal/wire/nitf"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// body is one form of the text.
type body struct {
	text string
	rank int
}

// The ranks of the forms of a text: that with the most structure goes first.
const (
	xmlForm = iota + 1 // of somebody's own
	plainForm
	nitfForm
	richForm // HTML with pictures and their captions
	htmlForm
)

// setBody takes one of the bodies of an item.
func setBody(rec *record.Record, o jsonvalue.Object) {
	best := bestBody(o)
	switch best.rank {
	case htmlForm, richForm, xmlForm:
		rec.Blocks = layout.HTMLBlocks(withoutFigures(best.text))
	case nitfForm:
		if doc := xmltree.Parse(best.text).First("nitf"); doc != nil {
			nitf.Fill(rec, doc)
		} else if content := xmltree.Parse(best.text).First("body.content"); content != nil {
			rec.Blocks = nitf.Blocks(content)
		} else {
			rec.Blocks = layout.HTMLBlocks(best.text)
		}
	case plainForm:
		rec.Blocks = plainBlocks(best.text)
	}
	rec.Blocks, rec.Form = agency.Tidy(rec, withoutHead(rec, rec.Blocks)), record.Plain
	if len(rec.Blocks) == 0 {
		rec.Blocks = nil
	}
}

func bestBody(o jsonvalue.Object) body {
	var best body
	take := func(text, form, role string) {
		rank := rankOf(form, text)
		if strings.TrimSpace(text) == "" || rank == 0 {
			return
		}
		switch strings.ToLower(role) {
		case "summary", "teaser", "headline", "caption", "social", "abstract", "short", "sms", "push":
			return
		}
		if rank > best.rank || rank == best.rank && len(text) > len(best.text) {
			best = body{text, rank}
		}
	}
	for _, b := range o.List("bodies") {
		take(b.Text("value"), b.Text("contenttype"), b.Text("role"))
	}
	for name, v := range o {
		lower := strings.ToLower(name)
		if s, ok := v.(string); ok && (strings.HasPrefix(lower, "body_") || lower == "body") {
			take(extract.Clean(s), strings.TrimPrefix(strings.TrimPrefix(lower, "body"), "_"), "")
		}
	}
	return best
}

// rankOf returns the rank of a form, which is a MIME type or the end of a name,
// such as "html" of body_html.
func rankOf(form, text string) int {
	form = strings.ToLower(form)
	marked := strings.Contains(text[:min(len(text), 2<<10)], "<nitf") || strings.Contains(text[:min(len(text), 2<<10)], "<body.content")
	switch {
	case strings.Contains(form, "nitf"), marked:
		return nitfForm
	case strings.Contains(form, "html") && strings.Contains(text, "<figure"):
		return richForm
	case strings.Contains(form, "html"):
		return htmlForm
	case strings.Contains(form, "xml"):
		return xmlForm
	case strings.Contains(form, "json"), strings.Contains(form, "image"), strings.Contains(form, "video"):
		return 0
	case layout.LooksHTML(text):
		return htmlForm
	}
	return plainForm
}

// withoutFigures takes pictures out of HTML, with their captions.
func withoutFigures(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<figure")
		_, after, closed := strings.Cut(rest, "</figure>")
		if !found || !closed {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(before)
		s = after
	}
}

// plainBlocks parts plain text at blank lines, or at lines where none is blank.
func plainBlocks(s string) []extract.Block {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	sep := "\n\n"
	if !strings.Contains(s, sep) {
		sep = "\n"
	}
	var blocks []extract.Block
	for p := range strings.SplitSeq(s, sep) {
		if p = strings.TrimSpace(p); p != "" {
			blocks = append(blocks, extract.Block{Text: p})
		}
	}
	return blocks
}

// maxHead bounds a line above a text that names subject and agency, in bytes.
const maxHead = 60

// withoutHead takes away the lines before a text that are its headline, its byline
// and the agency's name again, with a subject before it or not.
func withoutHead(rec *record.Record, blocks []extract.Block) []extract.Block {
	source := rec.First(record.Source)
	for n := 0; n < 4 && len(blocks) > 1; n++ {
		s := strings.TrimSpace(blocks[0].Text)
		credit := source != "" && len(s) <= maxHead && strings.HasSuffix(s, source) && !strings.Contains(s, ". ")
		if s != "" && !credit && !strings.EqualFold(s, rec.First(record.Title)) && !strings.EqualFold(agency.Names(s), rec.First(record.Authors)) {
			break
		}
		blocks = blocks[1:]
	}
	return blocks
}
