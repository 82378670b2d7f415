// Package epub reads books in EPUB.
//
// A book is a zip archive. META-INF/container.xml names its package document, which
// says what the book is and lists its files in the order of reading: the spine. Each
// file is XHTML.
//
// A book is one article, with its chapters as sections. A magazine or digest is an
// article for each file: when it says that it is one, when its files lie in folders
// as calibre puts articles of news, when most of its chapters have a date or a
// byline of their own below their heading, or a link to where they were saved from.
//
// Left out are covers, title pages, tables of contents, imprints, colophons and
// copyright pages, and of calibre's news the overviews of sections and the links
// above and below articles.
package epub

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/text"
)

// Version is raised whenever the same book would be read differently.
const Version = 1

// Recognize reports whether a file is an EPUB.
func Recognize(h *reader.Head) bool {
	const mimeAt = 30 // of the name of the first file, which is not compressed
	if h.Kind != reader.Zip || len(h.Bytes) < mimeAt {
		return false
	}
	first := h.Bytes[mimeAt:min(len(h.Bytes), mimeAt+256)]
	if bytes.HasPrefix(first, []byte("mimetype")) && bytes.Contains(first, []byte("application/epub+zip")) {
		return true
	}
	return path.Ext(h.Name) == ".epub"
}

// Read reads a book: one record, or one for each article of a magazine.
func Read(in *reader.Input, out reader.Output) error {
	b, err := open(in)
	if err != nil {
		return err
	}
	chapters, faults := b.chapters()
	if len(chapters) == 0 {
		if len(faults) > 0 {
			return faults[0]
		}
		return record.ErrNoText
	}
	if b.isDigest(chapters) {
		for i := range chapters {
			rec := record.Record{Number: i + 1, Place: chapters[i].file}
			b.article(&rec, &chapters[i])
			if !out.Emit(&rec) {
				return nil
			}
		}
		for _, err := range faults {
			if !out.Fail(&reader.Fault{Err: err}) {
				return nil
			}
		}
		return nil
	}
	rec := record.Record{IsFile: true}
	b.whole(&rec, chapters)
	if len(faults) > 0 {
		rec.Problems = append(rec.Problems, record.Problem{
			Field: record.Body, Err: fmt.Errorf("%w: %d of %d files could not be read: %w", record.ErrLeftOut, len(faults), len(b.spine), errors.Join(faults[:1]...)),
		})
	}
	out.Emit(&rec)
	return nil
}

// chapter is a file of a book that holds text.
type chapter struct {
	file   string
	source string // address that it was saved from; empty when it says none
	title  string
	level  int // of the heading that is its title; 0 when it has none
	blocks []extract.Block
	line   dateLine
}

// chapters reads the text of a book.
func (b *book) chapters() (list []chapter, faults []error) {
	for _, i := range b.spine {
		if err := b.in.Context.Err(); err != nil {
			return nil, []error{err}
		}
		if isSkipped(i) {
			continue
		}
		var root *xmltree.Node
		err := reader.Guard(func() (err error) {
			root, err = b.tree(i.href)
			return err
		})
		if err != nil {
			faults = append(faults, err)
			if errors.Is(err, reader.ErrTooLarge) {
				break
			}
			continue
		}
		body := root.First("body")
		if body == nil || isFrontMatter(body) {
			continue
		}
		if isOverview(i.href, body) {
			continue
		}
		c := chapter{file: i.href, source: dropLinks(body)}
		c.blocks = layout.HTMLBlocks(body.HTML())
		if len(c.blocks) == 0 || b.isImprint(c.blocks) {
			continue
		}
		c.linked(body)
		c.head(b.titles[i.href])
		list = append(list, c)
	}
	return list, faults
}

var skippedName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:cover(?:page)?|front_?cover|back_?cover|title_?-?page|half_?-?title(?:page)?|toc|nav|contents|table-?_?of-?_?contents|copyright(?:page)?|` +
		`uncopyright|imprint|impressum|colophon|landmarks|loi|list-?of-?illustrations)\d*$`)
})

// isSkipped reports whether a file of the spine is known, by its name or
// properties, for no text of the book.
func isSkipped(i item) bool {
	switch {
	case hasWord(i.properties, "nav"), hasWord(i.properties, "cover-image"):
		return true
	case i.kind != "" && !strings.Contains(i.kind, "html") && !strings.Contains(i.kind, "xml") && !strings.Contains(i.kind, "dtbook") && !strings.Contains(i.kind, "oeb1"):
		return true
	case i.kind == "image/svg+xml":
		return true
	}
	stem := strings.ToLower(strings.TrimSuffix(path.Base(i.href), path.Ext(i.href)))
	return skippedName().MatchString(stem)
}

// isFrontMatter reports whether a page says that it is a cover, a title page, or
// another page that is no text of the book.
func isFrontMatter(body *xmltree.Node) bool {
	is := func(n *xmltree.Node) bool {
		for _, kind := range [...]string{"cover", "titlepage", "halftitlepage", "toc", "copyright-page", "imprint", "colophon", "landmarks", "loi", "lot", "dedication"} {
			if hasWord(n.Attr("epub:type"), kind) {
				return true
			}
		}
		return false
	}
	if is(body) {
		return true
	}
	sections := body.All("section", "div", "nav")
	return len(sections) == 1 && is(sections[0])
}

func isCalibre(href string) bool { return strings.Contains(href, "feed_") }

// head takes the title of a chapter, and the line below it that says who wrote it
// and when. Named is what the contents call it.
func (c *chapter) head(named string) {
	at := slices.IndexFunc(c.blocks[:min(len(c.blocks), headBlocks)], func(b extract.Block) bool { return b.Heading })
	if at > 0 && slices.ContainsFunc(c.blocks[:at], func(b extract.Block) bool { return len(b.Text) > maxAbove }) {
		at = -1 // it is that of a part
	}
	if at >= 0 {
		c.title, c.level = c.blocks[at].Text, c.blocks[at].Level
		c.blocks = slices.Delete(c.blocks, at, at+1)
	} else {
		c.title = named
	}
	for i := 0; i < len(c.blocks) && i < headBlocks; i++ {
		line, ok := parseLine(c.blocks[i].Text)
		if !ok {
			continue
		}
		c.line, c.line.at, c.line.size = line, i, 1
		if above := i - 1; above >= 0 && len(line.authors) == 0 && line.whole && layout.IsPersonName(c.blocks[above].Text) {
			c.line.authors, c.line.at, c.line.size = []string{c.blocks[above].Text}, above, 2
		}
		return
	}
}

// headBlocks is how far below its heading the line may stand that says who wrote an
// article and when, and maxAbove how long what stands above the heading may be, in
// bytes.
const (
	headBlocks = 3
	maxAbove   = 100
)

// dateLine says who wrote an article, and when.
type dateLine struct {
	authors   []string
	published time.Time
	at, size  int // where among the blocks it stands, and over how many
	found     bool
	whole     bool // nothing else is in it
}

// maxLine bounds such a line, in bytes.
const maxLine = 200

// parseLine reads a line such as "Ada Okoye, 5 May 2026", "By Ada Okoye" or "5 May
// 2026".
func parseLine(s string) (line dateLine, ok bool) {
	if len(s) > maxLine || strings.Contains(s, "\n") {
		return line, false
	}
	for _, sep := range [...]string{", ", " | ", " · ", " • ", " – ", " — ", " - "} {
		for at := strings.Index(s, sep); at > 0; {
			before, after := s[:at], s[at+len(sep):]
			// One word is the place: "Kyiv, 5 May 2026".
			if day, isDay := extract.ParseDateLine(after, ""); isDay && !day.Published.IsZero() && strings.Contains(before, " ") {
				return dateLine{authors: layout.SplitNames(layout.TrimByline(before)), published: day.Published, found: true, whole: true}, true
			}
			next := strings.Index(after, sep)
			if next < 0 {
				break
			}
			at += len(sep) + next
		}
	}
	var parser layout.Parser
	head := layout.Head{Title: "-"}
	blocks := parser.Blocks(s+"\n\n…", &head)
	if len(head.Authors) > 0 || !head.Published.IsZero() {
		return dateLine{authors: head.Authors, published: head.Published, found: true, whole: len(blocks) == 1}, true
	}
	return line, false
}

// leastShare is how many of the chapters of a digest have a date or a byline of
// their own, in percent.
const leastShare = 60

// isDigest reports whether the files of a book are articles of their own.
func (b *book) isDigest(chapters []chapter) bool {
	if len(chapters) < 2 {
		return false
	}
	dated, inFeeds, saved := 0, 0, 0
	for i := range chapters {
		if chapters[i].line.found {
			dated++
		}
		if isCalibre(chapters[i].file) {
			inFeeds++
		}
		if chapters[i].source != "" {
			saved++
		}
	}
	return b.meta.isPeriodical || inFeeds*2 > len(chapters) || saved*100 >= leastShare*len(chapters) || dated*100 >= leastShare*len(chapters)
}

// article fills rec with one article of a digest. The digest is its source, and its
// day that of the article if this states none.
func (b *book) article(rec *record.Record, c *chapter) {
	m := &b.meta
	rec.SetFinal(record.Title, record.Value{Text: oneLine(c.title), From: "heading"})
	rec.Set(record.Source, record.Mapped, []record.Value{{Text: m.title, From: "dc:title"}})
	rec.Set(record.URL, record.Mapped, []record.Value{{Text: c.source, From: "link"}})
	if c.line.found {
		var authors []record.Value
		for _, name := range c.line.authors {
			authors = append(authors, record.Value{Text: name, From: "line below the heading"})
		}
		rec.SetFinal(record.Authors, authors...)
		rec.Published = record.Time{Time: c.line.published, From: "line below the heading"}
		if c.line.whole {
			c.blocks = append(c.blocks[:c.line.at:c.line.at], c.blocks[c.line.at+c.line.size:]...)
		}
	}
	if rec.Published.Time.IsZero() {
		rec.Set(record.Published, record.Mapped, []record.Value{{Text: m.date, From: "dc:date"}})
	}
	rec.Blocks = c.blocks
	b.common(rec)
}

// whole fills rec with a book.
func (b *book) whole(rec *record.Record, chapters []chapter) {
	m := &b.meta
	title := oneLine(m.title)
	switch strings.Trim(strings.ToLower(title), "[]().") {
	case "unknown", "unknown title", "untitled", "no title", "no data", "unbekannt", "sans titre", "document":
		title = "" // as programs write where nobody stated one
	}
	if first := &chapters[0]; title == "" && first.title != "" {
		title, first.title = oneLine(first.title), ""
	}
	rec.SetFinal(record.Title, record.Value{Text: title, From: "dc:title"})
	var authors, subjects []record.Value
	for _, name := range m.authors {
		authors = append(authors, record.Value{Text: name, From: "dc:creator", Element: true})
	}
	for _, s := range m.subjects {
		subjects = append(subjects, record.Value{Text: s, From: "dc:subject", Element: true})
	}
	rec.Set(record.Authors, record.Mapped, authors)
	rec.Set(record.Topics, record.Mapped, subjects)
	rec.Set(record.Source, record.Mapped, []record.Value{{Text: m.publisher, From: "dc:publisher"}})
	rec.Set(record.Published, record.Mapped, []record.Value{{Text: m.date, From: "dc:date"}})
	rec.Set(record.Updated, record.Mapped, []record.Value{{Text: m.modified, From: "dcterms:modified"}})
	rec.Set(record.Summary, record.Mapped, []record.Value{{Text: m.description, From: "dc:description"}})
	rec.Set(record.ID, record.Mapped, []record.Value{{Text: m.id, From: "dc:identifier"}})
	for i := range chapters {
		c := &chapters[i]
		if c.title != "" {
			rec.Blocks = append(rec.Blocks, extract.Block{Heading: true, Level: max(c.level, 1), Text: oneLine(c.title)})
		}
		rec.Blocks = append(rec.Blocks, c.blocks...)
	}
	b.common(rec)
}

// sample is how much of a text tells its language, in bytes, and sure how sure it
// must be against what the book states: a digest may hold several.
const (
	sample = 2 << 10
	sure   = 0.7
)

// isIn reports whether a text may be in a language.
func isIn(blocks []extract.Block, language string) bool {
	var b strings.Builder
	for i := 0; i < len(blocks) && b.Len() < sample; i++ {
		b.WriteString(blocks[i].Text)
		b.WriteByte('\n')
	}
	base, _, _ := strings.Cut(language, "-")
	tag, confidence := text.DetectLanguage(b.String())
	return tag == "" || tag == base || confidence < sure
}

// common sets what all articles of a book share.
func (b *book) common(rec *record.Record) {
	if language := extract.StatedLanguage(b.meta.language); language != "" && isIn(rec.Blocks, language) {
		rec.SetFinal(record.Language, record.Value{Text: language, From: "dc:language"})
	}
	if b.meta.rights != "" {
		rec.Handling = &record.Handling{Rights: b.meta.rights}
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
