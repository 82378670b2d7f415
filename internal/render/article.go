package render

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"

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
		p.paragraphs(a.Summary, marks(a.Summary), p.plain.Italic(true))
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
			p.wrapped("", 0, text{s: s.Heading, marks: marks(s.Heading), base: p.heading.Bold(true), match: p.match})
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

// facts writes what is known about an article, one kind a line.
func (p *page) facts(a *corpus.Article) {
	var by []string
	if len(a.Authors) > 0 {
		by = append(by, "by "+strings.Join(a.Authors, ", "))
	}
	if a.Source != "" {
		by = append(by, a.Source)
	}
	if !a.Published.IsZero() {
		by = append(by, date(a.Published))
	}
	if !a.Updated.IsZero() && date(a.Updated) != date(a.Published) {
		by = append(by, "updated "+date(a.Updated))
	}
	if len(by) > 0 {
		p.wrapped("", 0, text{s: strings.Join(by, " · "), base: p.plain})
	}
	p.line()
	topics := make([]string, len(a.Topics))
	for i, t := range a.Topics {
		topics[i] = t.Path
		if t.Origin != "" {
			topics[i] += " (" + string(t.Origin) + ")"
		}
	}
	for _, f := range []struct {
		name   string
		values []string
	}{
		{"topics", topics}, {"places", a.Places}, {"people", a.People}, {"organizations", a.Organizations},
		{"link", nonEmpty(a.URL)}, {"file", nonEmpty(a.Path)}, {"id", nonEmpty(a.ID)},
	} {
		if len(f.values) > 0 {
			// 15 columns hold the longest name, "organizations".
			p.wrapped(styled(p.faint, pad(f.name, 15)), 15,
				text{s: strings.Join(f.values, ", "), base: p.faint})
		}
	}
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// paragraphs writes text whose paragraphs are parted by blank lines. A single
// newline within a paragraph, as in a poem or a list, is kept.
func (p *page) paragraphs(s string, marks []index.Span, base lipgloss.Style) {
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
