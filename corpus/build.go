package corpus

import (
	"errors"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/text"
)

// errNoText tells of a record or file that holds nothing to read.
var errNoText = errors.New("no text found")

// builder makes articles of what readers found. It keeps scratch space, so
// it serves one goroutine at a time.
type builder struct {
	prose  prose
	blocks []extract.Block
	json   jsonReader
}

func newBuilder(set *settings) *builder {
	return &builder{json: jsonReader{mapping: set.mapping}}
}

// stated fills a with the fields of a record, but for the body.
func (b *builder) stated(a *Article, rec *record) {
	if a.ID = label(rec.first(fieldID), maxStated); len(a.ID) > maxID {
		a.ID = DeriveID(a.ID)
	}
	a.Title = label(unescapeEntities(rec.first(fieldTitle)), maxStated)
	a.Summary = plain(rec.first(fieldSummary))
	a.Authors = statedAuthors(rec.values[fieldAuthors])
	a.Source = label(unescapeEntities(rec.first(fieldSource)), maxValue)
	a.Published = parseTime(rec.first(fieldPublished))
	a.Updated = parseTime(rec.first(fieldUpdated))
	a.Language = rec.first(fieldLanguage)
	a.URL = label(rec.first(fieldURL), maxStated)
	a.addTopics(splitList(rec.values[fieldTopics], ";|,"))
	a.Places = labels(splitList(rec.values[fieldPlaces], ";|,"))
	// Names of people and organizations may hold commas.
	a.People = labels(splitList(rec.values[fieldPeople], ";|"))
	a.Organizations = labels(splitList(rec.values[fieldOrganizations], ";|"))
}

func statedAuthors(values []string) []string {
	var names []string
	for _, s := range values {
		for _, mark := range byMarks {
			s = strings.TrimPrefix(s, mark)
		}
		for _, name := range splitNames(unescapeEntities(label(s, maxSummary))) {
			names = addLabel(names, name)
		}
	}
	return names
}

// body lays out the body that a record states.
func (b *builder) body(a *Article, rec *record) []extract.Block {
	s := strings.Join(rec.values[fieldBody], "\n\n")
	if !rec.html && !looksHTML(s) {
		return b.plainBlocks(a, s)
	}
	blocks := markupBlocks(s)
	if slices.ContainsFunc(blocks, func(b extract.Block) bool { return b.Heading }) {
		return blocks
	}
	// Many a text has tags for its links alone, or bold lines for headings.
	return b.plainBlocks(a, joinBlocks(blocks))
}

func joinBlocks(blocks []extract.Block) string {
	texts := make([]string, len(blocks))
	for i := range blocks {
		texts[i] = blocks[i].Text
	}
	return strings.Join(texts, "\n\n")
}

// plainBlocks lays out plain text, and takes from its head what a does not
// state yet.
func (b *builder) plainBlocks(a *Article, s string) []extract.Block {
	b.prose.read(s, a.Title == "")
	first := b.prose.head(a)
	headings := b.prose.headings(first)
	b.blocks = b.blocks[:0]
	for i := first; i < len(b.prose.units); i++ {
		u := &b.prose.units[i]
		level := u.level
		if headings[i] && level == 0 {
			level = 1
		}
		b.blocks = append(b.blocks, extract.Block{Heading: headings[i], Level: level, Text: u.text})
	}
	return b.blocks
}

// finish gives a its body, derives what is not stated, and brings all of it
// into the form that Article promises. Name is that of the file, without
// extension, where the file is one article; else empty.
func (b *builder) finish(a *Article, blocks []extract.Block, name string) error {
	if len(blocks) > 0 && a.Title != "" && strings.EqualFold(blocks[0].Text, a.Title) {
		blocks = blocks[1:]
	}
	a.setBody(blocks)
	if a.Title == "" {
		a.Title = deriveTitle(lead(a.Body))
	}
	if a.Title == "" {
		a.Title = label(deriveTitle(a.Summary), maxStated)
	}
	if a.Body == "" && a.Summary == "" && len(a.Sections) == 0 && a.Title == "" {
		return errNoText
	}
	if a.Title == "" {
		a.Title = titleOfName(name)
	}
	if a.Published.IsZero() && a.Body != "" {
		_, a.Published = dateline(a.Body)
	}
	if a.Published.IsZero() {
		a.Published, _ = dayInName(name)
	}
	a.Published, a.Updated = utc(a.Published), utc(a.Updated)
	a.Language = languageOf(a)
	return nil
}

// lead returns the paragraph that tells what the text is about: the first
// that is no caption, credit or the like.
func lead(body string) string {
	n := 0
	for p := range strings.SplitSeq(body, "\n\n") {
		if n++; n > 5 {
			break
		}
		if (len(p) >= minLead || endsSentence(p)) && !strings.HasPrefix(p, "(") && !strings.HasPrefix(p, "[") && !isFurniture(p) {
			return p
		}
	}
	p, _, _ := strings.Cut(body, "\n\n")
	return p
}

// minLead is how long a lead must be that does not end as a sentence, in
// bytes: longer than a name or place.
const minLead = 30

// maxSections bounds the sections of an article; the headings beyond stay
// paragraphs. The longest reports have some hundreds.
const maxSections = 10_000

// setBody puts blocks together to body and sections.
func (a *Article) setBody(blocks []extract.Block) {
	size := 0
	for i := range blocks {
		size += len(blocks[i].Text) + 2
	}
	var b strings.Builder
	b.Grow(size)
	var sections []Section
	open := 0 // sections from here on have no text yet
	for i := range blocks {
		s := tidyBlock(blocks[i].Text)
		switch {
		case s == "":
		case blocks[i].Heading && len(sections) < maxSections:
			if len(sections) == 0 && b.Len() > 0 {
				sections = append(sections, Section{})
				open = 1
			}
			sections = append(sections, Section{
				Heading: strings.ReplaceAll(s, "\n", " "), Level: min(max(blocks[i].Level, 1), 6),
			})
		default:
			if b.Len() > 0 {
				b.WriteString("\n\n")
			}
			for ; open < len(sections); open++ {
				sections[open].Start = b.Len()
			}
			b.WriteString(s)
		}
	}
	for ; open < len(sections); open++ {
		sections[open].Start = b.Len()
	}
	for i := range sections {
		sections[i].End = b.Len()
		if i+1 < len(sections) {
			sections[i].End = sections[i+1].Start
		}
	}
	a.Body, a.Sections = b.String(), sections
}

// tidyBlock makes sure that a block is one: without blank lines, and without
// white space at its ends.
func tidyBlock(s string) string {
	s = strings.Trim(s, " \t\n")
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimRight(line, " \t"); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return b.String()
}

// Bounds of single values, in bytes.
const (
	maxID     = 512
	maxValue  = 1 << 10 // such as a name
	maxStated = 4 << 10 // titles and addresses
	// maxSummary is that of a paragraph that somebody put all of the text in.
	maxSummary = 64 << 10
)

// label brings a value onto one line of at most limit bytes.
func label(s string, limit int) string {
	if strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	s = strings.TrimSpace(s)
	return strings.TrimSpace(prefixBytes(s, limit))
}

// addLabel adds a value to a list unless it is there or the list is full.
func addLabel(list []string, s string) []string {
	s = label(s, maxValue)
	if s == "" || len(list) >= maxValues {
		return list
	}
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

func labels(values []string) []string {
	var list []string
	for _, s := range values {
		list = addLabel(list, unescapeEntities(s))
	}
	return list
}

// addTopics adds topics that the source states.
func (a *Article) addTopics(values []string) {
	for _, s := range values {
		path := TopicPath(label(unescapeEntities(s), maxValue))
		known := path == "" || len(a.Topics) >= maxValues
		for i := range a.Topics {
			known = known || a.Topics[i].Path == path
		}
		if !known {
			a.Topics = append(a.Topics, Topic{Path: path, Origin: Stated})
		}
	}
}

// splitList cuts a value that is a list in one string, by the first of the
// separators that occurs in it. The elements of a true list are left as they
// are.
func splitList(values []string, separators string) []string {
	if len(values) != 1 {
		return values
	}
	for _, sep := range separators {
		if strings.ContainsRune(values[0], sep) {
			return strings.SplitN(values[0], string(sep), maxValues+1)
		}
	}
	return values
}

// plain returns a short text without markup.
func plain(s string) string {
	if looksHTML(s) {
		s = joinBlocks(markupBlocks(s))
	} else {
		s = unescapeEntities(s)
	}
	if len(s) > maxSummary {
		s = prefixBytes(s, maxSummary)
	}
	return strings.TrimSpace(s)
}

// unescapeEntities undoes the escapes of HTML, which stand in the fields of
// many a JSON file.
func unescapeEntities(s string) string {
	if n := strings.IndexByte(s, '&'); n < 0 || strings.IndexByte(s[n:], ';') < 0 {
		return s
	}
	return extract.Clean(html.UnescapeString(s))
}

// parseTime parses a date as a source states it, or a number of seconds,
// milliseconds, microseconds or nanoseconds since 1970.
func parseTime(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	if t, ok := unixTime(s); ok {
		return t
	}
	t, ok := extract.ParseDate(s)
	if !ok || !plausible(t) {
		return time.Time{}
	}
	return t
}

// unixTime reads a number as a time. Numbers of eight digits and less are
// dates, such as 20260305, or no times at all.
func unixTime(s string) (time.Time, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= 1e8 && f <= 1e19) { // which NaN is not either
		return time.Time{}, false
	}
	for f > 1e11 { // the year 5138 in seconds
		f /= 1000
	}
	return time.UnixMilli(int64(f * 1000)), true
}

// utc returns t in UTC, so that equal times are equal however they were
// written, and the zero time for one that no article can have.
func utc(t time.Time) time.Time {
	if t = t.UTC(); !plausible(t) {
		return time.Time{}
	}
	return t
}

// minConfidence is how sure text.DetectLanguage must be.
const minConfidence = 0.5

// languageOf returns the language as stated, in canonical form, else the one
// that the text shows.
func languageOf(a *Article) string {
	if a.Language != "" {
		if tag, err := language.Parse(a.Language); err == nil && tag != language.Und {
			return tag.String()
		}
	}
	sample := a.Body
	if len(sample) < 200 {
		sample = strings.Join([]string{a.Title, a.Summary, a.Body}, "\n")
	}
	tag, confidence := text.DetectLanguage(sample)
	if confidence < minConfidence {
		return ""
	}
	return tag
}

// identify gives a its key and id. Number tells the record's place in its
// entry; it is empty for the only one.
func (in *input) identify(a *Article, number string) {
	a.Path = in.path
	a.Key = in.key
	switch {
	case number == "" && !in.once:
	case a.ID != "":
		a.Key += "#" + a.ID
	case in.once:
		// A stream has no place that would be stable: the text itself is.
		a.Key += "#" + DeriveID(a.Title+"\n"+a.Body)
	default:
		a.Key += "#" + number
	}
	if a.ID == "" {
		a.ID = DeriveID(a.Key)
	}
}

// strangeHint says what to do about a record without a text, whose fields have
// these names.
func strangeHint(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("its fields are %s; map the one that holds the text to body", strings.Join(names, ", "))
}
