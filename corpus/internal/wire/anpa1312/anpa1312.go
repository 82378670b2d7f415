// Package anpa1312 reads the messages of news agencies in the format ANPA 1312,
// as agencies in America and Japan send them:
//
//	SYN SYN SOH w2870 US asian
//	f l DC3 DC1 BC-LT--Harbor-Fire     11-13 1049
//	STX ^BC-LT--Harbor Fire, 1st Ld-Writethru,466<
//	^Headline<
//	^Eds: With photos.<
//	^By ADA OKOYE=
//	TAB BUENOS AIRES (AP) _ Text ...
//	ETX AP-WF-11-13-13 1509GMT<
//
// Lines that begin with ^ are slug, headline, summary and notes before the text,
// and headings within it. Lines that begin with a tab are paragraphs. Kyodo has
// neither: its headline ends with +, and paragraphs are indented. The head has no
// year, and month and day in the order of the agency, so the date is that of the
// trailer. The slug in the head is cut; the whole one stands in the text.
//
// All versions of a story have one id: service, slug and day. What the slug says
// of the version is its number. Additions have ids of their own.
package anpa1312

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

var (
	// serviceLine finds the first line of a head, slugLine the second, both without
	// control characters.
	serviceLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([a-zA-Z]\d{4})([A-Z]*)\s*([a-z]{3,6}[a-z-]*|-{3,6})?\s*$`)
	})
	slugLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([a-z]) +([a-z])\s*(\S.*?)\s+(\d\d-\d\d)(?:\s+(\d{3,5}))?\s*$`)
	})
)

// Recognize reports whether a text begins as a message does.
func Recognize(h *reader.Head) bool {
	b := bytes.TrimLeft(h.Text[:min(len(h.Text), 512)], "\x00\x16\x01\x7f \r\n")
	if len(b) < 16 || b[1] < '0' || b[1] > '9' {
		return false
	}
	lines := strings.SplitN(withoutControls(string(b)), "\n", 3)
	return len(lines) == 3 && serviceLine().MatchString(strings.TrimSpace(lines[0])) && slugLine().MatchString(strings.TrimRight(lines[1], " \r"))
}

// withoutControls makes control characters blanks.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
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
	seen := map[string]int{}
	for i := range messages {
		m := &messages[i]
		rec := record.Record{Line: m.Line}
		if err := reader.Guard(func() error { fill(&rec, m); return nil }); err != nil {
			if !out.Fail(&reader.Fault{Line: m.Line, Err: err}) {
				return nil
			}
			continue
		}
		if len(messages) > 1 && len(rec.Blocks) == 0 && !rec.Has(record.Title) {
			if !out.Fail(&reader.Fault{Line: m.Line, Err: record.ErrNoText}) {
				return nil
			}
			continue
		}
		if len(messages) == 1 {
			rec.IsFile, rec.Line = true, 0
		} else {
			rec.Number, rec.Place = i+1, placeOf(&rec, i, seen)
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

// placeOf returns what tells a message from the others of its file.
func placeOf(rec *record.Record, i int, seen map[string]int) string {
	place := rec.First(record.ID)
	if place == "" {
		return strconv.Itoa(i + 1)
	}
	if h := rec.Handling; h != nil && h.Version > 1 {
		place += ":" + strconv.Itoa(h.Version)
	}
	if seen[place]++; seen[place] > 1 {
		place += "#" + strconv.Itoa(seen[place])
	}
	return place
}

// part takes a message without control characters apart by its lines.
func part(m *telex.Message) {
	if !m.Bare {
		return
	}
	lines := telex.Lines(m.Text)
	i := 0
	for i < len(lines) && strings.TrimSpace(lines[i]) == "" {
		i++
	}
	at := min(i+2, len(lines))
	m.Head = strings.Join(lines[i:at], "\n")
	end := len(lines)
	for end > at && end > len(lines)-8 {
		end--
		if service, _ := trailer(lines[end]); service != "" {
			m.Trailer = lines[end]
			lines = lines[:end]
			break
		}
	}
	m.Text = strings.Join(lines[at:], "\n")
}

var (
	// The trailers of AP and Kyodo. AP writes month, day, year; Kyodo day, month,
	// year, in the time of Japan.
	americanTrailer = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`([A-Z]{2,4})-([A-Z]{2})-(\d\d)-(\d\d)-(\d\d)\s+(\d\d)(\d\d)(GMT|UTC|[ECMP][SD]T)?`)
	})
	kyodoTrailer = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`KWS-(\d\d):(\d\d)-(\d\d)-(\d\d)-(\d\d)`) })
	zones        = map[string]string{
		"GMT": "Z", "UTC": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
	}
)

// trailer returns the service that a trailer names, and its date in ISO 8601.
func trailer(s string) (service, date string) {
	if m := kyodoTrailer().FindStringSubmatch(s); m != nil {
		return "Kyodo", telex.Century(m[5]) + "-" + m[4] + "-" + m[3] + "T" + m[1] + ":" + m[2] + "+09:00"
	}
	if m := americanTrailer().FindStringSubmatch(s); m != nil {
		return m[1], telex.Century(m[5]) + "-" + m[3] + "-" + m[4] + "T" + m[6] + ":" + m[7] + zones[m[8]]
	}
	return "", ""
}

// fill makes a record of a message.
func fill(rec *record.Record, m *telex.Message) {
	part(m)
	head := telex.Lines(withoutControls(m.Head))
	slug := ""
	if len(head) > 1 {
		if s := slugLine().FindStringSubmatch(head[1]); s != nil {
			slug = s[3]
		}
	}
	service, date := trailer(m.Trailer)
	if service == "" {
		// In some messages the trailer stands at the end of the text.
		service, date = trailer(m.Text[max(0, len(m.Text)-80):])
	}
	agency.Set(rec, record.Published, "trailer", date)
	day, _ := time.Parse(time.DateOnly, date[:min(len(date), 10)])
	t := parse(telex.Lines(m.Text), slug)
	agency.Set(rec, record.Title, "headline", t.headline)
	agency.Set(rec, record.Summary, "summary", t.summary)
	agency.Set(rec, record.Authors, "byline", t.byline)
	rec.Blocks = agency.Tidy(rec, t.blocks)
	place, by := "", ""
	for i := 0; i < len(rec.Blocks) && i < 3 && by == ""; i++ {
		place, by = telex.Dateline(rec.Blocks[i].Text)
	}
	agency.Set(rec, record.Places, "dateline", place)
	if by == "" {
		by = service
	}
	agency.Set(rec, record.Source, "dateline", by)
	t.identify(rec, service, day)
	t.handle(rec, day)
	switch {
	case rec.Has(record.Title) || t.slug == "":
	case len(rec.Blocks) == 0:
		agency.Set(rec, record.Title, "slug", t.slug)
	case len(rec.Blocks) > maxAlert:
		// Tables and lists have no headline. How an alert begins is one.
		_, story := agency.Edition(t.slug)
		agency.Set(rec, record.Title, "slug", strings.TrimPrefix(category().ReplaceAllString(story, ""), "BC-"))
	}
}

// maxAlert is the most paragraphs that an alert has.
const maxAlert = 3

var (
	wordCount = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`,\s*\d{0,5}$`) })
	addition  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th) add\b`) })
	category  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z]{2}-[A-Z]{2,4}--?`) })
)

// identify gives a record the id of its story, the version, and what it takes
// back.
func (t *parsed) identify(rec *record.Record, service string, day time.Time) {
	if rest, ok := agency.Killed(t.slug); ok {
		_, story := agency.Edition(rest)
		if id := agency.StoryID(service, story, day); id != "" {
			agency.Set(rec, record.ID, "slug", id+":kill")
			agency.Withdraw(rec, id)
		}
		agency.Note(rec, t.slug)
		return
	}
	version, story := agency.Edition(t.slug)
	suffix := ""
	if m := addition().FindStringSubmatchIndex(story); m != nil {
		suffix = ":add" + story[m[2]:m[3]]
		story = strings.Trim(story[:m[0]]+story[m[1]:], " ,")
	}
	if id := agency.StoryID(service, story, day); id != "" {
		agency.Set(rec, record.ID, "slug", id+suffix)
	}
	agency.ToldOf(rec).Version = version
	agency.Set(rec, record.Topics, "slug", strings.TrimPrefix(category().ReplaceAllString(story, ""), "BC-"))
}

// handle takes what notes say of the use of an article.
func (t *parsed) handle(rec *record.Record, day time.Time) {
	for _, note := range t.notes {
		agency.Note(rec, note)
		if until, ok := agency.Embargo(note, "en", day); ok {
			h := agency.ToldOf(rec)
			h.Embargoed, h.EmbargoedUntil = true, until
		}
	}
	lines := append([]string{t.headline}, t.notes...)
	if len(t.blocks) > 0 {
		lines = append(lines, t.blocks[0].Text)
	}
	for _, line := range lines {
		_, back := agency.TakesBack(line)
		if _, killed := agency.Killed(line); back || killed {
			agency.Note(rec, line)
		}
	}
}

// parsed is the text of a message, taken apart.
type parsed struct {
	slug, headline, summary, byline string
	hasByline                       bool // even if it names nobody
	notes                           []string
	blocks                          []extract.Block
}

// parse takes the text apart. Slug is that of the head, which may be cut.
func parse(lines []string, slug string) parsed {
	t := parsed{slug: strings.TrimSpace(slug)}
	if !strings.ContainsFunc(strings.Join(lines, ""), func(r rune) bool { return r == '^' }) {
		t.parseIndented(lines)
		return t
	}
	inText := false
	for i, line := range joined(lines) {
		text := strings.TrimSpace(line)
		if text == "" || isTrailer(text) {
			continue
		}
		rest, marked := strings.CutPrefix(text, "^")
		end := ""
		if n := len(rest) - 1; n >= 0 && (rest[n] == '<' || rest[n] == '=') {
			end, rest = rest[n:], strings.TrimSpace(rest[:n])
		}
		rest = plain(telex.Table(rest))
		switch {
		case rest == "":
		case marked && !inText:
			t.above(rest, end, i)
		case marked:
			t.blocks = append(t.blocks, extract.Block{Text: rest, Heading: end == "=" && len(rest) < 80, Level: 2})
		default:
			row := strings.ContainsAny(line, "\x08\x1e\x1f")
			t.add(rest, row, inText && !row && line[0] != '\t' && line[0] != ' ')
			inText = true
		}
	}
	return t
}

// joined puts the lines together that a mark begins and that have no sign at their
// end: they go on in the next.
func joined(lines []string) []string {
	var all []string
	open := false
	for _, line := range lines {
		if open && line != "" && line[0] != '^' && line[0] != '\t' && line[0] != ' ' {
			all[len(all)-1] += " " + line
		} else {
			all = append(all, line)
		}
		last := all[len(all)-1]
		open = strings.HasPrefix(last, "^") && !strings.HasSuffix(last, "<") && !strings.HasSuffix(last, "=")
	}
	return all
}

// add adds a paragraph, goes on with the one before, or adds a row to a table.
func (t *parsed) add(text string, row, goesOn bool) {
	n := len(t.blocks) - 1
	switch {
	case n < 0 || t.blocks[n].Heading:
	case row && strings.Contains(t.blocks[n].Text, " | "):
		t.blocks[n].Text += "\n" + text
		return
	case goesOn && !strings.Contains(t.blocks[n].Text, " | "):
		t.blocks[n].Text += " " + text
		return
	}
	t.blocks = append(t.blocks, extract.Block{Text: text, Heading: !row && isHeading(text), Level: 2})
}

// isHeading reports whether a paragraph heads those that follow, as AP writes
// "UP NEXT".
func isHeading(s string) bool {
	return len(s) <= 40 && strings.ToUpper(s) == s && strings.ToLower(s) != s && !strings.ContainsAny(s, ".,;:|0123456789") && strings.Trim(s, "-ABCDEFGHIJKLMNOPQRSTUVWXYZ '&") == ""
}

func isTrailer(s string) bool {
	service, _ := trailer(s)
	return service != "" && len(s) < 60
}

// above sorts a line before the text: slug, headline, byline, notes.
func (t *parsed) above(s, end string, i int) {
	name, isByline := agency.Byline(s)
	switch {
	case i == 0 || t.headline == "" && !t.hasByline && len(t.notes) == 0 && isSlug(s, t.slug):
		t.slug = strings.TrimSpace(wordCount().ReplaceAllString(s, ""))
	case isNote(s):
		t.notes = append(t.notes, s)
	case isPicture(s):
	case isByline:
		t.byline, t.hasByline = name, true
	case t.hasByline && end == "=" && len(s) < 60: // the job of who wrote, or the agency
		if strings.ToUpper(s) == s {
			t.blocks = append(t.blocks, extract.Block{Text: s, Heading: true, Level: 2})
		}
	case t.headline == "":
		t.headline = s
	case t.summary == "" && end == "<":
		t.summary = s
	default:
		t.blocks = append(t.blocks, extract.Block{Text: s})
	}
}

// isNote reports whether a line speaks to editors.
func isNote(s string) bool {
	lower := strings.ToLower(s)
	for _, mark := range [...]string{"eds:", "eds ", "editors:", "editors,", "editor's note", "editors' note", "note to ", "note:", "with ap ", "attention editors"} {
		if strings.HasPrefix(lower, mark) {
			return true
		}
	}
	_, ok := agency.Embargo(s, "en", time.Time{})
	return ok
}

// isPicture reports whether a line lists pictures.
func isPicture(s string) bool {
	for _, kind := range [...]string{"Photo", "Graphic", "Video", "Audio"} {
		if strings.HasPrefix(s, "AP "+kind) {
			return true
		}
	}
	return false
}

// isSlug reports whether a line is the slug whose beginning stands in the head.
func isSlug(line, slug string) bool {
	if strings.HasPrefix(line, "BC-") || strings.HasPrefix(line, "AM-") || strings.HasPrefix(line, "PM-") {
		return true
	}
	n := min(len(slug), len(line), 8)
	return n >= 4 && strings.EqualFold(line[:n], slug[:n])
}

// parseIndented reads a text without marks: slug, headline, paragraphs that are
// indented.
func (t *parsed) parseIndented(lines []string) {
	i := 0
	var above []string
	for ; i < len(lines); i++ {
		if strings.HasPrefix(lines[i], "  ") || strings.HasPrefix(lines[i], "\t") || len(above) > 4 {
			break
		}
		if s := strings.TrimSpace(lines[i]); s != "" {
			above = append(above, s)
		}
	}
	if len(above) > 0 && isSlug(above[0], t.slug) {
		t.slug, above = above[0], above[1:]
	}
	for n, s := range above {
		if name, ok := agency.Byline(s); ok {
			t.byline = name
			above = append(above[:n:n], above[n+1:]...)
			break
		}
	}
	t.headline = plain(strings.TrimRight(strings.Join(above, " "), "+ "))
	var paragraph []string
	flush := func() {
		if len(paragraph) > 0 {
			t.blocks = append(t.blocks, extract.Block{Text: plain(strings.Join(paragraph, " "))})
			paragraph = nil
		}
	}
	for _, line := range lines[i:] {
		text := strings.TrimSpace(line)
		if text == "" || strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t") || strings.HasPrefix(text, "==") {
			flush()
		}
		if text != "" && !isTrailer(text) {
			paragraph = append(paragraph, telex.Table(text))
		}
	}
	flush()
}

// marks are the signs of typesetters, and what they stand for.
var marks = strings.NewReplacer("``", `"`, "''", `"`, " _ ", " \u2014 ", "\t", " ")

// plain writes a text without the signs of typesetters.
func plain(s string) string {
	if strings.HasSuffix(s, " _") {
		s = strings.TrimSuffix(s, "_") + "\u2014"
	}
	return strings.TrimSpace(marks.Replace(s))
}
