package render

import (
	"io"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// maxTextWidth is the most columns of a running text. In longer lines the eye
// does not find the next one.
const maxTextWidth = 90

// Article writes an article for a person to read. Marks returns the ranges to
// highlight in a text of the article; nil highlights nothing.
func Article(w io.Writer, a *corpus.Article, marks func(text string) []index.Span, opt Options) error {
	opt.Width = min(opt.width(), maxTextWidth)
	p := newPage(w, opt)
	if marks == nil {
		marks = func(string) []index.Span { return nil }
	}
	p.writeWrapped("", 0, text{
		s: titleOf(a), marks: marks(a.Title), base: p.title, match: p.titleMatch,
		link: linkTarget(a.URL, a.Path),
	})
	p.writeMetadata(a)
	if a.Summary != "" && !BeginsBody(a) {
		p.writeLine()
		p.writeParagraphs(a.Summary, marks(a.Summary), p.summary)
	}
	sections := a.Sections
	if len(sections) == 0 {
		sections = []corpus.Section{{End: len(a.Body)}}
	}
	inBody := marks(a.Body)
	for _, s := range sections {
		if s.Start < 0 || s.End > len(a.Body) || s.Start > s.End {
			continue // not of this body
		}
		if s.Heading != "" {
			p.writeLine()
			p.writeWrapped("", 0, text{s: s.Heading, marks: marks(s.Heading), base: p.section, match: p.match})
		}
		if strings.TrimSpace(a.Body[s.Start:s.End]) != "" {
			p.writeLine()
			p.writeBody(a, s, inBody)
		}
	}
	return p.err
}

// writeBody writes the text of a section, with a line where a page of the print
// begins.
func (p *page) writeBody(a *corpus.Article, s corpus.Section, marks []index.Span) {
	at := s.Start
	write := func(end int) {
		if strings.TrimSpace(a.Body[at:end]) != "" {
			p.writeParagraphs(a.Body[at:end], marksWithin(marks, at, end), p.plain)
		}
		at = end
	}
	for _, page := range a.Pages {
		if page.Start < at || page.Start >= s.End {
			continue
		}
		begun := at < page.Start
		write(page.Start)
		if begun {
			p.writeLine()
		}
		p.writeLine(styled(p.faint, PageLabel(page.Label)))
		p.writeLine()
	}
	write(s.End)
}

// BeginsBody reports whether the summary of an article is how its text begins, so that
// it would stand there twice.
func BeginsBody(a *corpus.Article) bool {
	if len(a.Sections) > 0 && a.Sections[0].Heading != "" {
		return false
	}
	summary := strings.TrimRight(strings.Join(strings.Fields(a.Summary), " "), ".… ")
	begin := a.Body[:min(len(a.Body), 2*len(a.Summary)+len("\n"))]
	return summary != "" && strings.HasPrefix(strings.Join(strings.Fields(begin), " "), summary)
}

// Separator writes a line between one article and the next.
func Separator(w io.Writer, opt Options) error {
	p := newPage(w, opt)
	p.writeLine()
	p.writeLine(styled(p.faint, strings.Repeat("─", min(p.opt.width(), maxTextWidth))))
	p.writeLine()
	return p.err
}

// metadataIndent is the column at which values begin. The longest name is
// "organizations".
const metadataIndent = 15

// writeMetadata writes what is known about an article: its authors, outlet and
// dates on one line, then a line for each other field.
func (p *page) writeMetadata(a *corpus.Article) {
	var by []item
	add := func(s string) { by = append(by, item{separator: " · ", s: s, style: p.plain}) }
	for i, author := range firstFew(a.Authors, len(a.Authors)) {
		if i == 0 {
			add("by " + author)
		} else {
			by = append(by, item{separator: ", ", s: author, style: p.plain})
		}
	}
	if a.Source != "" {
		add(Clean(a.Source))
	}
	if !a.Published.IsZero() {
		add(p.published(a))
	}
	if !a.Updated.IsZero() && p.day(a.Updated) != p.day(a.Published) {
		add("updated " + p.day(a.Updated))
	}
	if len(by) > 0 {
		p.writeItems("", 0, by)
	}
	p.writeLine()
	p.writeTopics("topics", topicsOfOrigin(a, corpus.Stated, ""))
	p.writeTopics("  by rule", topicsOfOrigin(a, corpus.ByRule))
	p.writeTopics("  learned", topicsOfOrigin(a, corpus.Learned))
	p.writeList("places", a.Places)
	p.writeList("people", a.People)
	p.writeList("organizations", a.Organizations)
	p.writeEntities("places found", a, corpus.Place)
	p.writeEntities("people found", a, corpus.Person)
	p.writeEntities("orgs found", a, corpus.Organization)
	p.writeList("link", nonEmpty(a.URL))
	p.writeList("file", nonEmpty(a.Path))
	p.writeList("id", nonEmpty(a.ID))
	if !a.Added.IsZero() {
		p.writeList("added", []string{Moment(a.Added, p.opt.Location)})
	}
	p.writeHandling(a)
	if a.Annotations != nil {
		p.writeAnnotations(a.Annotations, false)
	}
}

// writeList writes values beside their name, or nothing when there are none.
func (p *page) writeList(name string, values []string) {
	items := make([]item, len(values))
	for i, v := range values {
		s := Clean(v)
		if i < len(values)-1 {
			s += ","
		}
		items[i] = item{separator: " ", s: s, style: p.faint}
	}
	if len(items) > 0 {
		p.writeItems(styled(p.faint, pad(name, metadataIndent)), metadataIndent, items)
	}
}

// writeTopics is writeList for topics, each with what people call it.
func (p *page) writeTopics(name string, paths []string) {
	values := make([]string, len(paths))
	for i, path := range paths {
		values[i] = path
		if label := p.opt.topicLabel(path); label != "" {
			values[i] += " (" + label + ")"
		}
	}
	p.writeList(name, values)
}

// topicsOfOrigin returns the topics of an article that came from one of origins.
func topicsOfOrigin(a *corpus.Article, origins ...corpus.Origin) []string {
	var paths []string
	for _, t := range a.Topics {
		if slices.Contains(origins, t.Origin) {
			paths = append(paths, t.Path)
		}
	}
	return paths
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// writeParagraphs writes text in which blank lines stand between paragraphs. A
// single newline within a paragraph, as in a poem or a list, is kept.
func (p *page) writeParagraphs(s string, marks []index.Span, base style) {
	written, blank := false, false
	for start := 0; start <= len(s); {
		end := start + len(s[start:])
		if i := strings.IndexByte(s[start:], '\n'); i >= 0 {
			end = start + i
		}
		if strings.TrimSpace(s[start:end]) == "" {
			blank = true
		} else {
			if written && blank {
				p.writeLine()
			}
			written, blank = true, false
			p.writeWrapped("", 0, text{s: s[start:end], marks: marksWithin(marks, start, end), base: base, match: p.match})
		}
		start = end + 1
	}
}

// Candidates writes the articles that an id might mean, one a line.
func Candidates(w io.Writer, articles []corpus.Article, opt Options) error {
	p := newPage(w, opt)
	width := 0
	for i := range articles {
		width = max(width, columnsOf(Clean(articles[i].ID)))
	}
	width = min(width, 40)
	for i := range articles {
		a := &articles[i]
		p.writeWrapped("  "+styled(p.id, pad(Clean(a.ID), width))+"  ", width+4, text{s: titleOf(a), base: p.plain})
	}
	return p.err
}
