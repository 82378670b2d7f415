// Package iptc7901 reads the messages of news agencies in the format of the
// recommendation IPTC 7901, as agencies outside America send them:
//
//	SOH eca062 4 i 211 ccccb   dpa 061
//	Germany-politics/
//	STX 1ST LEAD
//	Headline, on one line or several
//	By Ada Okoye, dpa  =
//
//	   Berlin (dpa) - Text ...
//	ETX 131137 GMT Nov 13
//
// The head line has service and number, priority, category, words, and the
// agency's own number of the message. The sign "=" ends what stands above the
// text: the byline if there is one, else the headline. Before the headline there
// may be marks of the version. The date is that of the trailer.
//
// What follows the text for editors, from "Notebook" or "not for publication" on,
// is no text and is passed over, names and telephone numbers with it.
//
// The id of an article is agency, number and day. Many stories of a day share a
// slug, so that it can't tell which of them a lead takes the place of.
package iptc7901

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/wire/agency"
	"github.com/newsq/newsq/corpus/internal/wire/telex"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// headLine finds the line that begins a message.
var headLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([A-Za-z]{2,5})(\d{3,5}) +([1-9]) +([A-Za-z]{1,4}) +(\d{1,5})(?: |$)[ \t]*(.*)$`)
})

// Recognize reports whether a text begins as a message does.
func Recognize(h *reader.Head) bool {
	text := bytes.TrimLeft(h.Text, "\x00\x01\x16\x7f \r\n")
	if len(text) < 12 || text[0]|0x20 < 'a' || text[0]|0x20 > 'z' {
		return false
	}
	line, _, found := bytes.Cut(text[:min(len(text), 200)], []byte("\n"))
	m := headLine().FindSubmatch(bytes.TrimRight(line, " \r\x02"))
	if !found || m == nil {
		return false
	}
	if bytes.IndexByte(h.Text, 0x02) >= 0 {
		return true
	}
	// Without its control characters a message still ends its head with "=", or it
	// has an agency's number, and a date at its end.
	for line := range bytes.Lines(h.Text[:min(len(h.Text), 1<<10)]) {
		if bytes.HasSuffix(bytes.TrimRight(line, " \r\n"), []byte("=")) {
			return true
		}
	}
	return len(m[6]) > 0 && h.Whole && telex.IsDate(lastLine(h.Text))
}

func lastLine(b []byte) string {
	b = bytes.TrimRight(b, " \r\n\x7f")
	return string(b[bytes.LastIndexByte(b, '\n')+1:])
}

// Read reads the messages of a file.
func Read(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	messages, err := telex.Messages(b)
	if err != nil {
		return err
	}
	for i := range messages {
		m := &messages[i]
		rec := record.Record{Line: m.Line}
		if err := reader.Guard(func() error { fill(&rec, m); return nil }); err != nil {
			if !out.Fail(&reader.Fault{Line: m.Line, Err: err}) {
				return nil
			}
			continue
		}
		if len(messages) == 1 {
			rec.IsFile, rec.Line = true, 0
		} else {
			rec.Number = i + 1
			if rec.Place = rec.First(record.ID); rec.Place == "" {
				rec.Place = strconv.Itoa(i + 1)
			}
		}
		if !out.Emit(&rec) {
			return nil
		}
	}
	if len(messages) == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: "it holds no message"}
	}
	return nil
}

// part takes a message without control characters apart by its lines.
func part(m *telex.Message) {
	if !m.Bare {
		return
	}
	lines := telex.Lines(m.Text)
	i := skipBlank(lines, 0)
	head := []string{}
	if i < len(lines) {
		head = append(head, lines[i])
		i = skipBlank(lines, i+1)
	}
	// The slug: a line that ends with a slash, or one that stands alone.
	if i+1 < len(lines) && (strings.HasSuffix(lines[i], "/") || strings.TrimSpace(lines[i+1]) == "" && len(lines[i]) < 60 && !strings.HasSuffix(lines[i], "=")) {
		head = append(head, lines[i])
		i++
	}
	end := len(lines)
	for end > i && strings.TrimSpace(lines[end-1]) == "" {
		end--
	}
	if end > i && telex.IsDate(lines[end-1]) {
		end--
		m.Trailer = lines[end]
	}
	m.Head, m.Text = strings.Join(head, "\n"), strings.Join(lines[i:end], "\n")
}

func skipBlank(lines []string, i int) int {
	for i < len(lines) && strings.TrimSpace(lines[i]) == "" {
		i++
	}
	return i
}

// serial finds the agency and its number at the end of the head line.
var serial = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`([a-z]{2,8})\s+0*(\d{1,5})\s*$`) })

// fill makes a record of a message.
func fill(rec *record.Record, m *telex.Message) {
	part(m)
	head := telex.Lines(m.Head)
	i := skipBlank(head, 0)
	var name, number string
	if i < len(head) {
		line := strings.TrimSpace(head[i])
		if f := headLine().FindStringSubmatch(line); f != nil {
			name, number = strings.ToLower(f[1]), strings.TrimLeft(f[2], "0")
			if s := serial().FindStringSubmatch(f[6]); s != nil {
				name, number = s[1], s[2]
			}
		}
		head = head[i+1:]
	}
	slug := strings.TrimSpace(strings.Join(head, " "))
	for _, s := range strings.Split(slug, "/") {
		agency.Set(rec, record.Topics, "keyword line", s)
	}
	published := telex.Date(m.Trailer)
	agency.Set(rec, record.Published, "trailer", published)
	day, _ := time.Parse(time.DateOnly, published[:min(len(published), 10)])
	t := parse(telex.Lines(m.Text), slug)
	agency.Set(rec, record.Title, "headline", t.headline)
	agency.Set(rec, record.Authors, "byline", t.byline)
	rec.Blocks = agency.Tidy(rec, t.blocks)
	setOutlet(rec, name)
	if number != "" && !day.IsZero() {
		agency.Set(rec, record.ID, "head line", name+":"+number+":"+day.Format(time.DateOnly))
	}
	handle(rec, &t, name, day)
}

// setOutlet takes the agency of the dateline, else that of the head line.
func setOutlet(rec *record.Record, name string) {
	for i := 0; i < len(rec.Blocks) && i < 2; i++ {
		place, by := telex.Dateline(rec.Blocks[i].Text)
		if by == "" {
			continue
		}
		agency.Set(rec, record.Places, "dateline", place)
		agency.Set(rec, record.Source, "dateline", strings.Fields(strings.ReplaceAll(by, "/", " "))[0])
		return
	}
	agency.Set(rec, record.Source, "head line", name)
}

// handle takes what the text above and around the article says of its use.
func handle(rec *record.Record, t *parsed, name string, day time.Time) {
	version, _ := agency.Edition(strings.Join(t.marks, " "))
	if version > 1 {
		agency.ToldOf(rec).Version = version
	}
	above := append([]string{t.headline}, t.marks...)
	for i := 0; i < len(t.blocks) && i < 2; i++ {
		above = append(above, t.blocks[i].Text)
	}
	for _, line := range append(above, t.notes...) {
		if until, ok := agency.Embargo(line, "", day); ok {
			h := agency.ToldOf(rec)
			h.Embargoed, h.EmbargoedUntil = true, until
			agency.Note(rec, line)
		}
	}
	for _, line := range above {
		numbers, back := agency.TakesBack(line)
		_, killed := agency.Killed(line)
		if !back && !killed {
			continue
		}
		agency.Note(rec, line)
		for _, n := range numbers {
			agency.Withdraw(rec, name+":"+strings.TrimLeft(n, "0")+":"+day.Format(time.DateOnly))
		}
	}
}

// parsed is the text of a message, taken apart.
type parsed struct {
	marks    []string // of version and urgency, above the headline
	headline string
	byline   string
	blocks   []extract.Block
	notes    []string // to editors, of which only an embargo counts
}

// maxHead bounds the lines above a text.
const maxHead = 12

func parse(lines []string, slug string) parsed {
	var t parsed
	body := t.head(lines, slug)
	end := len(body)
	for i, line := range body {
		if startsNotes(body, i) {
			end = i
			for _, line = range body[i:] {
				if s := strings.TrimSpace(line); s != "" {
					t.notes = append(t.notes, s)
				}
			}
			break
		}
	}
	t.blocks = paragraphs(body[:end])
	return t
}

// head takes what stands above the text, and returns the lines of the text.
func (t *parsed) head(lines []string, slug string) []string {
	i := skipBlank(lines, 0)
	end := -1
	for n := i; n < len(lines) && n < i+maxHead; n++ {
		if s := strings.TrimSpace(lines[n]); strings.HasSuffix(s, "=") {
			end = n
			break
		} else if _, agency := telex.Dateline(s); agency != "" {
			break
		}
	}
	if end < 0 { // no sign: what stands before a blank line, if that is short
		for n := i; n < len(lines) && n < i+4; n++ {
			if strings.TrimSpace(lines[n]) == "" && n > i {
				end = n - 1
				break
			}
		}
		if end < 0 || strings.HasSuffix(lines[end], ".") {
			return lines[i:]
		}
	}
	above := make([]string, 0, maxHead)
	for _, line := range lines[i : end+1] {
		if s := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line), "=")); s != "" {
			above = append(above, s)
		}
	}
	t.above(above, slug)
	return lines[end+1:]
}

// above sorts the lines above a text.
func (t *parsed) above(lines []string, slug string) {
	for len(lines) > 1 && (isMark(lines[0]) || !strings.Contains(lines[0], " ") && len(lines) > 1 && t.headline == "" && len(lines[0]) < 20) {
		t.marks = append(t.marks, lines[0])
		lines = lines[1:]
	}
	if n := len(lines); n > 1 {
		if name, ok := agency.Byline(lines[n-1]); ok {
			t.byline, lines = name, lines[:n-1]
		} else if _, ok := agency.Embargo(lines[n-1], "", time.Time{}); ok {
			t.marks, lines = append(t.marks, lines[n-1]), lines[:n-1]
		}
	}
	if place, _, _ := strings.Cut(slug, "/"); len(lines) > 1 && strings.EqualFold(lines[0], place+":") {
		lines = lines[1:]
	}
	t.headline = strings.Join(lines, " ")
}

// mark finds a line above the headline that says what kind of message it is.
var mark = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\(?(?:\d{1,2}(?:st|nd|rd|th|\.)?[ -]?(?:lead|ld|net|nlead|update|zf|zusammenfassung|roundup|new|add|take|ausbau)s?|refile|extra|urgent|eilmeldung|eil|` +
		`blitz|flash|bulletin|lead|update \d+|correct(?:ed|ion)|berichtigung|berichtigt|korrektur|wiederholung|repeat|roundup|zusammenfassung|neu|achtung|rectificatif|complément|` +
		`advisory|writethru|feature|analysis|news feature|sperrfrist.*|embargo.*)[):.! ]*$`)
})

func isMark(s string) bool {
	if mark().MatchString(s) || strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		return true
	}
	// Several on one line: "2ND LEAD 3RD NET", "(Achtung) 1ST LEAD".
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == '+' || r == '(' || r == ')' || r == '/' }) {
		if !mark().MatchString(strings.TrimSpace(word)) {
			return false
		}
	}
	return strings.ContainsAny(s, "+()/")
}

// notForPublication finds the line from which on a message is for editors alone.
var notForPublication = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[#* =]*(?:(?:dpa[ -])?(?:notebook|notizblock)\b.{0,20}$|.{0,60}(?:not (?:intended )?for publication|nicht zur ver(?:ö|oe)ffentlichung|pas destin[ée]e?s? (?:à|a) la publication|no destinad[ao]s? a la publicaci))`)
})

// startsNotes reports whether what follows line i is not for readers.
func startsNotes(lines []string, i int) bool {
	s := strings.TrimSpace(lines[i])
	if s == "" || len(s) > 120 {
		return false
	}
	if strings.Trim(s, "* ") == "" && strings.Count(s, "*") >= 3 {
		next := skipBlank(lines, i+1)
		return next < len(lines) && notForPublication().MatchString(lines[next])
	}
	return notForPublication().MatchString(s)
}

// paragraphs joins the lines of paragraphs, which blank lines or an indent part.
// Lines of a table stay apart.
func paragraphs(lines []string) []extract.Block {
	var blocks []extract.Block
	var paragraph []string
	table := false
	flush := func() {
		if len(paragraph) > 0 {
			sep := " "
			if table {
				sep = "\n"
			}
			blocks = append(blocks, extract.Block{Text: strings.Join(paragraph, sep)})
		}
		paragraph, table = nil, false
	}
	for _, line := range lines {
		text := strings.TrimSpace(line)
		if text == "" {
			flush()
			continue
		}
		columns := strings.Contains(text, "   ")
		if indent := len(line) - len(strings.TrimLeft(line, " ")); !columns && !table && (indent >= 2 && indent <= 8 || strings.HasPrefix(line, "\t")) {
			flush()
		}
		table = table || columns
		paragraph = append(paragraph, text)
	}
	flush()
	return blocks
}
