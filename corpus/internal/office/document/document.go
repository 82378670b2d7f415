// Package document makes a record of a document of an office program, whatever
// its format: of its paragraphs, and of what it says of itself.
//
// What a document says of itself is to be doubted. Its title may be that of the
// document it was copied from, a name of a file or of a template; its author a
// name of a computer; its date is that of the file. So what a reader sees in the
// document goes first:
//
//   - The title is the paragraph in the style for titles; else the stated title
//     if it stands at the top of the text; else what stands out at the top as the
//     first heading or the largest letters; else the stated one, if it is one;
//     else the first line.
//   - Authors and dates are those of lines of their own above the text ("By Ada
//     Okoye", "5 May 2026"). Stated authors are taken if they are names of people or
//     organizations. The day of the file is taken where neither the text nor the
//     name of the file says one.
//
// Tables of contents and indexes are left out, as they repeat headings.
package document

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/text"
)

// Source is what a document is made of.
type Source struct {
	Name       string // of the file, without folders
	Properties *paragraph.Properties
	Paragraphs []paragraph.Paragraph // they are changed
	// Printed says that the document was made of another. Then its title was stated
	// for it, and what stands at the top may be anything: the menu of a web page.
	Printed bool
	// OfPage says that it was made of a web page: what stands above its title is the
	// menu of the site.
	OfPage bool
}

// Fill fills rec with a document.
func Fill(rec *record.Record, src *Source) error {
	paragraphs, props := src.Paragraphs, src.Properties
	paragraphs = tidy(paragraphs)
	if len(paragraphs) == 0 {
		return record.ErrNoText
	}
	d := &document{rec: rec, props: props, list: paragraphs, printed: src.Printed || src.OfPage, ofPage: src.OfPage}
	d.language = d.languageOf()
	d.size = bodySize(paragraphs)
	d.hasLevels = slices.ContainsFunc(paragraphs, func(p paragraph.Paragraph) bool { return p.Level > 0 })
	d.fields()
	if d.ofPage {
		d.dropMenu()
	}
	if d.labelled(); d.title == "" {
		d.findTitle()
	}
	d.head()
	d.dateline()
	d.dates(src.Name)
	rec.Blocks = d.blocks()
	if len(rec.Blocks) == 0 && d.title == "" {
		return record.ErrNoText
	}
	rec.Form = record.Plain
	return nil
}

// document is one while its record is filled.
type document struct {
	rec      *record.Record
	props    *paragraph.Properties
	list     []paragraph.Paragraph // without those that were taken for fields
	title    string
	language string
	size     float64 // of letters in the body, in points; 0 when not known
	// hasLevels says that headings are marked as such.
	hasLevels bool
	printed   bool // see Source
	ofPage    bool // see Source
}

// tidy drops paragraphs without text, contents and indexes, and puts the cells of
// the rows of tables together.
func tidy(list []paragraph.Paragraph) []paragraph.Paragraph {
	kept := make([]paragraph.Paragraph, 0, len(list)) // of which there may be more
	for i := 0; i < len(list); {
		p := list[i]
		if p.Table > 0 {
			end := i
			for end < len(list) && list[end].Table == p.Table && list[end].Row == p.Row && list[end].Part == p.Part {
				end++
			}
			kept = append(kept, row(list[i:end])...)
			i = end
			continue
		}
		i++
		if isContents(p.Style) {
			continue
		}
		for _, part := range split(&p, texts(kept) == 0) {
			if part.Text = layout.TidyBlock(part.Text); part.Text != "" {
				kept = append(kept, part)
			}
		}
	}
	return dropContents(kept)
}

// texts returns how many paragraphs are longer than a line of a head.
func texts(list []paragraph.Paragraph) int {
	n := 0
	for i := range list[:min(len(list), headLines)] {
		if len(list[i].Text) > maxShort || layout.EndsSentence(list[i].Text) {
			n++
		}
	}
	return n + max(0, len(list)-headLines)
}

// isContents reports whether a style is one of tables of contents and indexes,
// by the names that Word and LibreOffice have for it in files.
func isContents(style string) bool {
	for _, prefix := range [...]string{"toc ", "contents ", "index ", "table of figures", "table of authorities", "toa heading"} {
		if strings.HasPrefix(style, prefix) {
			return true
		}
	}
	return style == "toc" || style == "header" || style == "footer"
}

// longCell is how long the text of a cell may be that is one of figures and
// names, in bytes; a longer one is there for the layout.
const longCell = 300

// longLine is how long a paragraph is at least, in bytes, that is text where a cell
// has several.
const longLine = 100

// row returns a row of a table as one paragraph, or as the paragraphs of its
// cells where the table is there for the layout.
func row(cells []paragraph.Paragraph) []paragraph.Paragraph {
	var texts []string
	kept := cells[:0]
	cell, isLayout := 0, false
	for _, p := range cells {
		p.Text = layout.TidyBlock(p.Text)
		if p.Text == "" {
			continue
		}
		isLayout = isLayout || len(p.Text) > longCell || p.Level > 0
		if p.Cell == cell && len(texts) > 0 {
			isLayout = isLayout || len(p.Text) > longLine && layout.EndsSentence(p.Text)
			texts[len(texts)-1] += " " + p.Text
		} else {
			texts = append(texts, p.Text)
		}
		cell = p.Cell
		kept = append(kept, p)
	}
	if isLayout {
		for i := range kept {
			kept[i].Table, kept[i].Row, kept[i].Cell = 0, 0, 0
		}
	}
	if isLayout || len(texts) < 2 {
		return kept
	}
	joined := kept[0]
	joined.Text = strings.ReplaceAll(strings.Join(texts, " | "), "\n", " ")
	joined.Bold, joined.Centered, joined.List = false, false, false
	return append(kept[:0], joined)
}

// bodySize returns the size of the letters that most text has.
func bodySize(list []paragraph.Paragraph) float64 {
	weights := map[float64]int{}
	best := 0.0
	for i := range list {
		if p := &list[i]; p.Size > 0 {
			if weights[p.Size] += len(p.Text); weights[p.Size] > weights[best] {
				best = p.Size
			}
		}
	}
	return best
}

// sample is how much of a text tells its language, in bytes, and sure how sure it
// must be against what the document states.
const (
	sample = 2 << 10
	sure   = 0.7
)

// languageOf returns the language that the document states, unless its text is
// surely in another: then it is that of the template.
func (d *document) languageOf() string {
	stated := extract.StatedLanguage(d.props.Language)
	if stated == "" {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(d.list) && b.Len() < sample; i++ {
		b.WriteString(d.list[i].Text)
		b.WriteByte('\n')
	}
	base, _, _ := strings.Cut(stated, "-")
	if tag, confidence := text.DetectLanguage(b.String()); tag != "" && tag != base && confidence >= sure {
		return ""
	}
	return stated
}

// maxTopicWords is what a subject has at most that is a topic.
const maxTopicWords = 5

// fields takes what the document states that is no title, author or date.
func (d *document) fields() {
	rec, props := d.rec, d.props
	rec.SetFinal(record.Language, record.Value{Text: d.language, From: "language"})
	var topics []record.Value
	for _, k := range props.Keywords {
		topics = append(topics, record.Value{Text: k, From: "keywords"})
	}
	if words := len(strings.Fields(props.Subject)); words > 0 && words <= maxTopicWords && !strings.EqualFold(props.Subject, "unspecified") {
		topics = append(topics, record.Value{Text: props.Subject, From: "subject"})
	}
	rec.Set(record.Topics, record.Mapped, topics)
	if layout.IsProse(props.Description) && !isProgram(props.Description) {
		rec.Set(record.Summary, record.Mapped, []record.Value{{Text: props.Description, From: "description"}})
	}
}

// nearLines is how many short paragraphs at the start of the text may hold a byline
// or a date among other lines.
const nearLines = 4

// headLines is how many paragraphs above the text may be its head.
const headLines = 8

// head takes the lines above the text that say who wrote it and when.
func (d *document) head() {
	d.styled()
	var above []paragraph.Paragraph // labels, which stay in the text
	for d.title == "" && len(d.list) > 1 && isLabel(d.list[0].Text) {
		above, d.list = append(above, d.list[0]), d.list[1:]
	}
	d.titleBlock()
	d.readHead()
	d.takeAuthors(nil)
	if d.title == "" {
		d.firstLine()
	}
	d.list = append(above, d.list...)
	d.setTitle()
}

// readHead reads the lines that stand above the text.
func (d *document) readHead() {
	n, size := 0, 0
	var lines []string
	for n < len(d.list) && n < headLines && size < sample {
		p := &d.list[n]
		if p.Level > 0 && !d.isTitle(p.Text) || p.Table > 0 || strings.Contains(p.Text, "\n") {
			break
		}
		n++
		size += len(p.Text)
		lines = append(lines, p.Text)
	}
	if n < len(d.list) {
		lines = append(lines, "…") // a line below the last one, which makes it one of the head
	}
	head := layout.Head{Language: d.language, Title: d.title}
	var parser layout.Parser
	blocks := parser.Blocks(strings.Join(lines, "\n\n"), &head)
	taken := len(lines) - len(blocks)
	for i := range blocks {
		if taken < 0 || blocks[i].Text != lines[taken+i] {
			return // it is not laid out as lines
		}
	}
	if taken = min(taken, n); taken == len(d.list) && d.title == "" {
		return
	}
	d.list = d.list[taken:]
	if d.title == "" {
		d.title = head.Title
	}
	for i := 0; i < len(d.list) && i < nearLines && len(head.Authors) == 0 && len(d.list[i].Text) < sample/8; i++ {
		d.nearHead(d.list[i].Text)
	}
	d.takeAuthors(head.Authors)
	if d.rec.Published.Time.IsZero() && !head.Published.IsZero() {
		d.rec.Published = record.Time{Time: head.Published, From: "text"}
	}
	if !head.Updated.IsZero() {
		d.rec.Updated = record.Time{Time: head.Updated, From: "text"}
	}
}

// takeAuthors takes names for the authors where none are known; else, without any,
// the stated one.
func (d *document) takeAuthors(names []string) {
	if d.rec.Has(record.Authors) {
		return
	}
	var values []record.Value
	for _, name := range names {
		values = append(values, record.Value{Text: name, From: "text"})
	}
	if len(values) > 0 {
		d.rec.SetFinal(record.Authors, values...)
	} else if author := d.props.Author; isAuthor(author) {
		d.rec.Set(record.Authors, record.Mapped, []record.Value{{Text: author, From: "author"}})
	}
}

// styled takes the paragraphs above the text whose style says what they are, as
// pandoc and templates have them.
func (d *document) styled() {
	var names []string
	for i := 0; i < len(d.list) && i < headLines; i++ {
		p := &d.list[i]
		used := false
		switch p.Style {
		case "author", "byline":
			names = append(names, layout.SplitNames(layout.TrimByline(p.Text))...)
			used = true
		case "date":
			t, ok := extract.ParseDateIn(p.Text, d.language)
			if used = ok && layout.IsPlausible(t); used {
				d.rec.Published = record.Time{Time: t, From: "text"}
			}
		case "abstract":
			used = len(p.Text) < record.MaxSummary && d.rec.Set(record.Summary, record.Mapped, []record.Value{{Text: p.Text, From: "abstract"}})
		}
		if used {
			d.list = slices.Delete(d.list, i, i+1)
			i--
		}
	}
	if len(names) > 0 {
		d.takeAuthors(names)
	}
}

// dates takes the days of the file, where the text says none.
func (d *document) dates(name string) {
	created, modified := d.props.Created, d.props.Modified
	isMade := isProgram(d.props.Description) || isProgram(d.props.Author)
	if isMade && isTemplateDay(created) || created.Year() < firstYear || created.After(time.Now().AddDate(1, 0, 0)) {
		// That of a template, or of a clock that was wrong.
		created = time.Time{}
	}
	if isMade && isTemplateDay(modified) {
		modified = time.Time{}
	}
	if modified.Year() < firstYear {
		modified = time.Time{}
	}
	if d.rec.Published.Time.IsZero() && !d.isDated(name) {
		switch {
		case !created.IsZero():
			d.rec.Published = record.Time{Time: created, From: "created"}
		case !modified.IsZero():
			d.rec.Published = record.Time{Time: modified, From: "modified"}
		}
	}
	if d.rec.Updated.Time.IsZero() && modified.After(created) && modified.After(d.rec.Published.Time) {
		d.rec.Updated = record.Time{Time: modified, From: "modified"}
	}
}

// isTemplateDay reports whether a time is that of the template that python-docx begins
// all documents with.
func isTemplateDay(t time.Time) bool { return t.Format(time.DateOnly) == "2013-12-23" }

// firstYear is when office programs began to state dates. One before is that of a
// clock without battery.
const firstYear = 1981

// isDated reports whether the start of the text, or the name of the file, says a
// day.
func (d *document) isDated(name string) bool {
	if _, ok := layout.DayInName(name); ok {
		return true
	}
	if len(d.list) == 0 {
		return false
	}
	_, t := layout.Dateline(d.list[0].Text, d.language)
	return !t.IsZero()
}

// blocks returns the text.
func (d *document) blocks() []extract.Block {
	blocks := make([]extract.Block, 0, len(d.list))
	for i := range d.list {
		p := &d.list[i]
		b := extract.Block{Text: p.Text, Page: p.Page}
		if level := d.level(i); level > 0 && i+1 < len(d.list) {
			b.Heading, b.Level = true, min(level, maxLevel)
		}
		blocks = append(blocks, b)
	}
	if !d.hasLevels {
		d.rank(blocks)
	}
	return blocks
}

// maxRanks is how many levels the sizes of letters tell.
const maxRanks = 3

// rank gives headings that are told by their looks their levels: the larger the
// letters, the higher.
func (d *document) rank(blocks []extract.Block) {
	var sizes []float64
	for i := range blocks {
		if blocks[i].Heading && !slices.ContainsFunc(sizes, func(have float64) bool { return isNear(have, d.list[i].Size) }) {
			sizes = append(sizes, d.list[i].Size)
		}
	}
	slices.SortFunc(sizes, func(a, b float64) int { return cmp.Compare(b, a) })
	for i := range blocks {
		if blocks[i].Heading {
			at := slices.IndexFunc(sizes, func(have float64) bool { return isNear(have, d.list[i].Size) })
			blocks[i].Level = min(at+1, maxRanks)
		}
	}
}

// isNear reports whether two sizes look the same.
func isNear(a, b float64) bool { return a <= b*larger && b <= a*larger }

// Bounds of headings: the deepest level, and how long one may be that is marked
// as such, and one that is told by its looks, in runes.
const (
	maxLevel     = 6
	maxHeading   = 250
	maxLooksLike = 90
)

// level returns the level of a paragraph that is a heading; 0 when it is text.
func (d *document) level(i int) int {
	p := &d.list[i]
	switch {
	case p.Table > 0, p.Part != paragraph.Body, utf8.RuneCountInString(p.Text) > maxHeading:
		return 0
	case p.Level > 0:
		return p.Level
	case d.hasLevels, p.List, !d.looksLikeHeading(p), i+1 == len(d.list), d.looksLikeHeading(&d.list[i+1]) && isNear(p.Size, d.list[i+1].Size):
		return 0
	}
	return 1
}

// larger is by how much letters stand out.
const larger = 1.15

// looksLikeHeading reports whether a paragraph stands out by its letters and is
// short enough for a heading.
func (d *document) looksLikeHeading(p *paragraph.Paragraph) bool {
	if utf8.RuneCountInString(p.Text) > maxLooksLike || p.Table > 0 || layout.EndsSentence(p.Text) && !strings.HasSuffix(p.Text, "?") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(p.Text)
	return (p.Bold || d.size > 0 && p.Size > d.size*larger) && !strings.ContainsRune(",;:", last) && hasLetters(p.Text)
}
