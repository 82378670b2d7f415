package mail

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// RecognizeSaved reports whether a page is the HTML of a mail that was saved alone,
// as by a mail program or from its source: it begins with the head that programs
// write above a mail that they forward or save, or it has nothing of what pages
// have for browsers and search engines, and several marks of what makers of
// newsletters write for mail programs.
func RecognizeSaved(h *reader.Head) bool {
	if h.Kind != reader.Markup || bytes.Count(h.Text, []byte("<script")) > bytes.Count(h.Text, []byte("application/ld+json")) || h.Contains("<SCRIPT") {
		return false // newsletters state facts as pages do, and run nothing
	}
	for _, mark := range [...]string{`class="gmail_attr"`, `class="moz-email-headers-table"`, `class="moz-header-part1`, `class="headerdisplayname"`} {
		if h.Contains(mark) {
			return true
		}
	}
	if h.Contains("WordSection1") && h.Contains("urn:schemas-microsoft-com:office:word") && h.Contains("@") && hasLabels(h.Text) {
		return true
	}
	for _, mark := range [...]string{`rel="canonical"`, "og:title", "<nav", "<article", "<main", `name="generator"`, "twitter:"} {
		if h.Contains(mark) {
			return false
		}
	}
	return countMarks(h.Text) >= minMarks
}

// minMarks is how many marks of newsletters a page has at least.
const minMarks = 2

// countMarks counts what newsletters have for mail programs.
func countMarks(b []byte) int {
	n := 0
	for _, marks := range [...][]string{
		{`role="presentation"`, `role="none"`},
		{"[if mso", "[if (mso", "[if gte mso", "[if (gte mso", "mso-table-lspace", "mso-hide", "mso-line-height-rule"},
		{"preheader", "mcnPreviewText", "preview-text", `id="preview"`, `class="preview"`},
		{"-ms-text-size-adjust"},
		{".ExternalClass", "#outlook", "#MessageViewBody"},
		{"list-manage.com", "sendgrid.net", "substackcdn.com", "convertkit", "mailerlite", "cmail19.com", "sendinblue", "govdelivery"},
		{"display:none;max-height:0", "max-height:0px;max-width:0", "max-height: 0; max-width: 0"},
		{"unsubscribe", "Unsubscribe"},
	} {
		if slices.ContainsFunc(marks, func(s string) bool { return bytes.Contains(b, []byte(s)) }) {
			n++
		}
	}
	return n
}

// hasLabels reports whether a page of Outlook has the labels of the head of a mail,
// which are bold.
func hasLabels(b []byte) bool {
	n := 0
	for range maxHead {
		_, rest, ok := bytes.Cut(b, []byte("<b>"))
		if !ok {
			break
		}
		b = rest
		name, _, _ := bytes.Cut(b[:min(len(b), maxLabel)], []byte(":"))
		at := bytes.LastIndexByte(name, '>') + 1 // tags within
		if labels()[strings.ToLower(strings.TrimSpace(string(name[at:])))] != isNone {
			n++
		}
	}
	return n >= minLabels
}

// Bounds of labels: how long one may be with its tags, in bytes, and how many there
// are at least.
const (
	maxLabel  = 200
	minLabels = 3
)

// ReadSaved reads the HTML of a mail.
func ReadSaved(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	s = tidyHTML(s)
	blocks := visible(layout.HTMLBlocks(s))
	head := headOf(blocks)
	saved := &savedOutput{Output: out, head: head, whole: withoutFrame(withoutHead(blocks, head))}
	err = html.ReadSaved(in, saved, []byte(s), html.Saved{Charset: "utf-8"})
	if errors.Is(err, record.ErrNoText) && len(saved.whole) > 0 && !saved.done {
		saved.Emit(&record.Record{IsFile: true})
		return nil
	}
	return err
}

// savedOutput completes the record of a mail that was read as a page.
type savedOutput struct {
	reader.Output
	head  head
	whole []extract.Block // the text, as a mail is read
	done  bool
}

// Emit implements [reader.Sink]. What the reader of pages took for the text counts,
// unless it left much out: letters of many short items are no pages of one article.
func (o *savedOutput) Emit(rec *record.Record) bool {
	o.done = true
	blocks := withoutFrame(withoutHead(rec.Blocks, o.head))
	if size(blocks) < size(o.whole)*minTaken/100 {
		blocks = o.whole
	}
	if len(blocks) > 0 {
		rec.Blocks = blocks
		rec.Problems = slices.DeleteFunc(rec.Problems, func(p record.Problem) bool { return errors.Is(p.Err, record.ErrPartial) })
	}
	if o.head.subject == "" && !rec.Has(record.Title) {
		if title, rest, ok := headline(rec.Blocks); ok {
			rec.Blocks = rest
			rec.SetFinal(record.Title, record.Value{Text: title, From: "text"})
		}
	}
	if o.head.subject != "" {
		set := func(f record.Field, text, from string) { rec.SetFinal(f, record.Value{Text: limit(text), From: from}) }
		set(record.Title, withoutForward(o.head.subject), "Subject")
		set(record.Authors, o.head.from.Name, "From")
		set(record.Source, host(o.head.from.Mail), "From")
		if rec.Published.Time.IsZero() && o.head.date != "" {
			rec.Set(record.Published, record.Mapped, []record.Value{{Text: o.head.date, From: "Date"}})
		}
	}
	return o.Output.Emit(rec)
}

// minTaken is how much of the text of a mail must be taken for it, in percent.
const minTaken = 70

// Bounds of a line that is the headline of a mail: how far from its start it may
// stand, in blocks, and how long it may be, in bytes.
const (
	headlineBlocks = 3
	maxHeadline    = 100
)

// headline returns the first line of a mail that reads as a headline, and the text
// without it. Makers of newsletters write it as any other line.
func headline(blocks []extract.Block) (title string, rest []extract.Block, ok bool) {
	for i := 0; i < len(blocks)-1 && i < headlineBlocks; i++ {
		s := blocks[i].Text
		last, _ := utf8.DecodeLastRuneInString(s)
		if len(s) <= maxHeadline && strings.Contains(s, " ") && !strings.ContainsAny(s, "0123456789@|\n") && (unicode.IsLetter(last) || last == '?' || last == '!') {
			return s, slices.Delete(slices.Clone(blocks), i, i+1), true
		}
		if len(s) > maxHeadline {
			break
		}
	}
	return "", nil, false
}

func size(blocks []extract.Block) int {
	n := 0
	for _, b := range blocks {
		n += len(b.Text)
	}
	return n
}
