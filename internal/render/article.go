package render

import (
	"io"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// readingWidth is the most columns that a running text takes: the eye loses
// its line in longer ones.
const readingWidth = 90

// Article writes an article for a person to read. Marks returns the ranges to
// highlight in a text of the article; nil highlights nothing.
func Article(w io.Writer, a *corpus.Article, marks func(text string) []index.Span, opt Options) error {
	opt.Width = min(opt.width(), readingWidth)
	p := newPage(w, opt)
	if marks == nil {
		marks = func(string) []index.Span { return nil }
	}
	p.wrapped("", 0, text{
		s: titleOf(a), marks: marks(a.Title), base: p.title, match: p.titleMatch,
		link: linkTarget(a.URL, a.Path),
	})
	p.facts(a)
	if a.Summary != "" {
		p.line()
		p.paragraphs(a.Summary, marks(a.Summary), p.summary)
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
			p.line()
			p.wrapped("", 0, text{s: s.Heading, marks: marks(s.Heading), base: p.section, match: p.match})
		}
		if strings.TrimSpace(a.Body[s.Start:s.End]) != "" {
			p.line()
			p.paragraphs(a.Body[s.Start:s.End], within(inBody, s.Start, s.End), p.plain)
		}
	}
	return p.err
}

// Between parts one article from the next.
func Between(w io.Writer, opt Options) error {
	p := newPage(w, opt)
	p.line()
	p.line(styled(p.faint, strings.Repeat("─", min(p.opt.width(), readingWidth))))
	p.line()
	return p.err
}

// factsIndent is the column at which facts begin: their longest name is
// "organizations".
const factsIndent = 15

// facts writes what is known about an article, one kind a line.
func (p *page) facts(a *corpus.Article) {
	var by []item
	add := func(s string) { by = append(by, item{separator: " · ", s: s, style: p.plain}) }
	for i, author := range some(a.Authors, len(a.Authors)) {
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
		add(date(a.Published))
	}
	if !a.Updated.IsZero() && date(a.Updated) != date(a.Published) {
		add("updated " + date(a.Updated))
	}
	if len(by) > 0 {
		p.flow("", 0, by)
	}
	p.line()
	p.list("topics", topicsFrom(a, corpus.Stated, ""))
	p.list("  by rule", topicsFrom(a, corpus.ByRule))
	p.list("  learned", topicsFrom(a, corpus.Learned))
	p.list("places", a.Places)
	p.list("people", a.People)
	p.list("organizations", a.Organizations)
	p.list("link", nonEmpty(a.URL))
	p.list("file", nonEmpty(a.Path))
	p.list("id", nonEmpty(a.ID))
}

// list writes values beside their name, or nothing when there are none.
func (p *page) list(name string, values []string) {
	items := make([]item, len(values))
	for i, v := range values {
		s := Clean(v)
		if i < len(values)-1 {
			s += ","
		}
		items[i] = item{separator: " ", s: s, style: p.faint}
	}
	if len(items) > 0 {
		p.flow(styled(p.faint, pad(name, factsIndent)), factsIndent, items)
	}
}

// topicsFrom returns the topics of an article that came from one of origins.
func topicsFrom(a *corpus.Article, origins ...corpus.Origin) []string {
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

// paragraphs writes text whose paragraphs are parted by blank lines. A single
// newline within a paragraph, as in a poem or a list, is kept.
func (p *page) paragraphs(s string, marks []index.Span, base style) {
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
				p.line()
			}
			written, blank = true, false
			p.wrapped("", 0, text{s: s[start:end], marks: within(marks, start, end), base: base, match: p.match})
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
		p.wrapped("  "+styled(p.id, pad(Clean(a.ID), width))+"  ", width+4, text{s: titleOf(a), base: p.plain})
	}
	return p.err
}
