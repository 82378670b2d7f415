package corpus

import (
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/text"
)

// builder makes articles of what readers found. It keeps scratch space, so
// it serves one goroutine at a time.
type builder struct {
	layout layout.Parser
}

// article makes an article of a record, but for its key and what depends on
// the key. Name is that of the file, without extension, where the file is this
// one article; else empty. The error is record.ErrNoText, or tells of a fault
// in newsq itself.
func (b *builder) article(rec *record.Record, name string) (a Article, err error) {
	err = reader.Guard(func() error {
		if rec.Exact != nil {
			a, err = exactArticle(rec.Exact)
			return err
		}
		b.setFields(&a, rec)
		return b.finish(&a, withLead(&a, b.body(&a, rec), plainText(rec.First(record.Lead))), name)
	})
	return a, err
}

// setFields fills a with the fields of a record, but for the body.
func (b *builder) setFields(a *Article, rec *record.Record) {
	a.ID = statedID(rec.First(record.ID))
	a.GlobalID = rec.GlobalID && a.ID != ""
	if a.Title = rec.First(record.Title); !rec.IsFinal(record.Title) {
		a.Title = label(lineOf(layout.DecodeEntities(a.Title)), record.MaxStated)
	}
	if a.Summary = rec.First(record.Summary); !rec.IsFinal(record.Summary) {
		a.Summary = summary(rec)
	}
	if a.Source = rec.First(record.Source); !rec.IsFinal(record.Source) {
		a.Source = label(layout.DecodeEntities(a.Source), record.MaxLabel)
	}
	if a.URL = rec.First(record.URL); !rec.IsFinal(record.URL) {
		a.URL = strings.ReplaceAll(label(a.URL, record.MaxStated), "&amp;", "&")
	}
	a.Language = rec.First(record.Language)
	a.setDates(rec)
	a.setHandling(rec)
	a.Authors = authors(rec)
	a.addTopics(rec)
	a.Places = labels(values(rec, record.Places, listSeparators))
	// Names of people and organizations may hold commas.
	a.People = labels(values(rec, record.People, nameSeparators))
	a.Organizations = labels(values(rec, record.Organizations, nameSeparators))
}

// setHandling takes what the sender says of an article's use.
func (a *Article) setHandling(rec *record.Record) {
	h := rec.Handling
	if h == nil {
		return
	}
	status := Status(h.Status)
	switch status {
	case Canceled, Withdrawn, Withheld:
	default: // what nobody knows forbids nothing
		status = ""
	}
	a.Handling = &Handling{
		Version: max(h.Version, 0), Status: status,
		Embargoed: h.Embargoed, EmbargoedUntil: h.EmbargoedUntil.UTC(),
		Replaces: statedIDs(h.Replaces), Withdraws: statedIDs(h.Withdraws),
		Notice: plainText(h.Notice), Rights: plainText(h.Rights), NoAI: h.NoAI,
	}
}

// statedIDs brings ids into the form that Article.ID has.
func statedIDs(stated []string) []string {
	var ids []string
	for _, s := range stated {
		if s = statedID(s); s != "" && len(ids) < record.MaxValues && !slices.Contains(ids, s) {
			ids = append(ids, s)
		}
	}
	return ids
}

// statedID brings an id into the form that Article.ID has.
func statedID(s string) string {
	if s = label(extract.Clean(s), record.MaxStated); len(s) > maxID {
		s = DeriveID(s)
	}
	return s
}

// authors returns the names of those who wrote.
func authors(rec *record.Record) []string {
	stated := values(rec, record.Authors, nil)
	if rec.IsFinal(record.Authors) {
		return stated
	}
	var names []string
	stated = slices.DeleteFunc(stated, isWebAddress)
	for _, s := range stated {
		s = layout.TrimByline(s)
		for _, name := range layout.SplitNames(label(s, record.MaxSummary)) {
			names = appendLabel(names, name)
		}
	}
	if len(names) == 0 && len(stated) > 0 && strings.TrimSpace(strings.Join(stated, "")) != "" {
		rec.Tell(record.Authors, rec.Values(record.Authors)[0], record.ErrNotUnderstood)
	}
	return names
}

// isWebAddress reports whether what is stated as an author is where to find one:
// many a page states the address of a profile, and what reads pages repeats it.
func isWebAddress(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	if strings.ContainsAny(s, " \t\n,;") {
		return false
	}
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "www.")
}

// body lays out the text of a record.
func (b *builder) body(a *Article, rec *record.Record) []extract.Block {
	if blocks := rec.Blocks; blocks != nil {
		if rec.Form == record.Either {
			blocks = decodeBlocks(blocks)
		}
		if rec.HeadingIsTitle && a.Title == "" && len(blocks) > 0 && blocks[0].Heading {
			a.Title, blocks = blocks[0].Text, blocks[1:]
		}
		return blocks
	}
	s, isHTML := rec.Text(), rec.Form == record.HTML
	if rec.Form == record.Either {
		s, isHTML = decode(s)
	}
	if !isHTML && rec.Form == record.Either && isMarkdownText(s) {
		return markdownBlocks(a, s)
	}
	if !isHTML {
		return b.layOutPlain(a, s)
	}
	blocks := layout.HTMLBlocks(s)
	if slices.ContainsFunc(blocks, func(b extract.Block) bool { return b.Heading }) {
		return blocks
	}
	// Many a text has tags for its links alone, or bold lines for headings.
	return b.layOutPlain(a, joinBlocks(blocks))
}

// isMarkdownText reports whether a text of which nobody says what it is has links
// as Markdown has them.
func isMarkdownText(s string) bool { return len(s) <= maxMarkdown && strings.Contains(s, "](http") }

// maxMarkdown is how long such a text may be, in bytes: its tree takes many times
// as much memory.
const maxMarkdown = 8 << 20

// markdownBlocks lays out such a text. Its title is a's, unless that has one.
func markdownBlocks(a *Article, s string) []extract.Block {
	var rec record.Record
	rec.SetFinal(record.Title, record.Value{Text: a.Title})
	if isLinePerParagraph(s) {
		s = strings.ReplaceAll(s, "\n", "\n\n")
	}
	if err := markdown.Blocks(s, &rec); err != nil {
		return []extract.Block{{Text: s}} // it is a text all the same
	}
	a.Title = rec.First(record.Title)
	return rec.Blocks
}

// isLinePerParagraph reports whether a text has long lines one below the other, as
// programs write it that part paragraphs by a line break alone.
func isLinePerParagraph(s string) bool {
	const long = 160
	above := 0
	for line := range strings.Lines(s) {
		if above >= long && len(line) >= long {
			return true
		}
		above = len(line)
	}
	return !strings.Contains(s, "\n\n")
}

func joinBlocks(blocks []extract.Block) string {
	texts := make([]string, len(blocks))
	for i := range blocks {
		texts[i] = blocks[i].Text
	}
	return strings.Join(texts, "\n\n")
}

// layOutPlain lays out plain text, and takes from its head what a does not
// state yet.
func (b *builder) layOutPlain(a *Article, s string) []extract.Block {
	head := layout.Head{
		Language: a.Language, Title: a.Title, Authors: a.Authors,
		Published: a.Published, PublishedAs: a.PublishedAs, Updated: a.Updated,
	}
	blocks := b.layout.Blocks(s, &head)
	a.Title, a.Authors, a.Published, a.Updated = head.Title, head.Authors, head.Published, head.Updated
	a.PublishedAs = head.PublishedAs
	return blocks
}

// finish gives a its body, derives what is not stated, and brings all of it
// into the form that Article promises. Name is that of the file, without
// extension, where the file is one article; else empty.
func (b *builder) finish(a *Article, blocks []extract.Block, name string) error {
	if len(blocks) > 0 && a.Title != "" && strings.EqualFold(blocks[0].Text, a.Title) {
		blocks = blocks[1:]
	}
	a.setBody(blocks)
	an := analysis.Of("") // which language it is, only the finished text tells
	if a.Title == "" {
		a.Title = layout.DeriveTitle(an, layout.Lead(a.Body))
	}
	if a.Title == "" {
		a.Title = label(layout.DeriveTitle(an, a.Summary), record.MaxStated)
	}
	if a.Body == "" && a.Summary == "" && len(a.Sections) == 0 && a.Title == "" {
		return record.ErrNoText
	}
	if a.Title == "" {
		a.Title = layout.TitleOfName(name)
	}
	if a.Published.IsZero() && a.Body != "" {
		_, a.Published = layout.Dateline(a.Body, a.Language)
	}
	if a.Published.IsZero() {
		a.Published, _ = layout.DayInName(name)
	}
	a.PublishedAs = publishedAs(a)
	a.Published, a.Updated = inUTC(a.Published), inUTC(a.Updated)
	a.Language = languageOf(a)
	return nil
}

// maxSections bounds the sections of an article; the headings beyond stay
// paragraphs. The longest reports have some hundreds.
const maxSections = 10_000

// setBody puts blocks together to body and sections.
func (a *Article) setBody(blocks []extract.Block) {
	size := 0
	a.Pages = nil
	for i := range blocks {
		size += len(blocks[i].Text) + 2
	}
	var b strings.Builder
	b.Grow(size)
	var sections []Section
	open := 0 // sections from here on have no text yet
	for i := range blocks {
		s := layout.TidyBlock(blocks[i].Text)
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
			a.addPage(blocks[i].Page, b.Len())
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

// maxPages bounds the pages of an article.
const maxPages = 10_000

// addPage notes that a paragraph stands on a page, unless the one before does.
func (a *Article) addPage(label string, start int) {
	n := len(a.Pages)
	if label == "" || n > 0 && a.Pages[n-1].Label == label || n >= maxPages {
		return
	}
	a.Pages = append(a.Pages, Page{Label: label, Start: start})
}

// maxID is the longest id that is kept, in bytes. Of a longer one there is a
// digest.
const maxID = 512

// label brings a value onto one line of at most limit bytes.
func label(s string, limit int) string {
	if strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	s = strings.TrimSpace(s)
	return strings.TrimSpace(layout.Prefix(s, limit))
}

// appendLabel adds a value to a list unless it is there or the list is full.
func appendLabel(list []string, s string) []string {
	s = label(s, record.MaxLabel)
	if s == "" || len(list) >= record.MaxValues {
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
		list = appendLabel(list, s)
	}
	return list
}

// lineOf returns a title without the markup that it may have. One that merely
// names a tag does not close it.
func lineOf(s string) string {
	if len(s) > record.MaxSummary || !strings.Contains(s, "</") && !strings.Contains(s, "<br") || !layout.LooksHTML(s) {
		return s
	}
	if text := joinBlocks(layout.HTMLBlocks(s)); strings.TrimSpace(text) != "" {
		return text
	}
	return s
}

// plainText returns a summary or a paragraph without markup.
func plainText(s string) string {
	s, isHTML := decode(s)
	if isHTML {
		s = joinBlocks(layout.HTMLBlocks(s))
	}
	if len(s) > record.MaxSummary {
		s = layout.Prefix(s, record.MaxSummary)
	}
	return strings.TrimSpace(s)
}

// setDates takes the dates of a record. The language must be known before, as
// it tells in which order day and month stand.
func (a *Article) setDates(rec *record.Record) {
	var last extract.Date
	read := func(s string) (time.Time, bool) {
		d, ok := extract.ReadDate(s, a.Language)
		last = d
		return d.Time, ok && layout.IsPlausible(d.Time)
	}
	a.Published, a.PublishedAs = rec.Published.Time, rec.Published.As
	if a.Published.IsZero() {
		a.PublishedAs = ""
		if a.Published = rec.Date(record.Published, read); !a.Published.IsZero() {
			a.PublishedAs = last.String()
		}
	}
	if a.Updated = rec.Updated.Time; a.Updated.IsZero() {
		a.Updated = rec.Date(record.Updated, read)
	}
}

// publishedAs returns Article.PublishedAs. The time is not in UTC yet.
func publishedAs(a *Article) string {
	switch {
	case inUTC(a.Published).IsZero():
		return ""
	case a.PublishedAs == "":
		return extract.DateOfTime(a.Published).String()
	}
	return a.PublishedAs
}

// inUTC returns t in UTC, so that equal times are equal however they were
// written, and the zero time for one that no article can have.
func inUTC(t time.Time) time.Time {
	if t = t.UTC(); !layout.IsPlausible(t) {
		return time.Time{}
	}
	return t
}

// minConfidence is how sure text.DetectLanguage must be. It may be less sure, by
// minOfKin, of a language that is analysed like the one that it is mistaken for: there
// either serves, and none, which is English, doesn't.
const (
	minConfidence = 0.5
	minOfKin      = 0.25
)

// isAnalysedAsKin reports whether a language has the stems of one close to it.
func isAnalysedAsKin(tag string) bool {
	return tag == "sr" || tag == "hr" || tag == "id" || tag == "ms"
}

// languageOf returns the language as stated, in canonical form, unless the text
// clearly contradicts; else the one that the text shows.
func languageOf(a *Article) string {
	sample := a.Body
	if len(sample) < 200 {
		sample = strings.Join([]string{a.Title, a.Summary, a.Body}, "\n")
	}
	if stated := extract.StatedLanguage(a.Language); stated != "" {
		if found, ok := text.ContradictLanguage(stated, sample); ok {
			return found
		}
		return stated
	}
	tag, confidence := text.DetectLanguage(sample)
	if confidence < minConfidence && (confidence < minOfKin || !isAnalysedAsKin(tag)) {
		return ""
	}
	return tag
}
