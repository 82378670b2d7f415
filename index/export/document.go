package export

import (
	"net/url"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// facts returns what a document says below a title: outlet, day, authors.
func facts(a *corpus.Article, in *time.Location) []string {
	var list []string
	for _, s := range []string{a.Source, day(a, in), strings.Join(a.Authors, ", ")} {
		if s != "" {
			list = append(list, s)
		}
	}
	return list
}

// day returns the date of an article as precise as its source has it, else the day.
func day(a *corpus.Article, in *time.Location) string {
	switch {
	case a.Published.IsZero():
		return ""
	case len(a.PublishedAs) >= len("2006") && len(a.PublishedAs) <= len(time.DateOnly):
		return a.PublishedAs
	}
	return a.Published.In(in).Format(time.DateOnly)
}

// title returns a title to show.
func title(a *corpus.Article) string {
	if a.Title == "" {
		return a.ID
	}
	return a.Title
}

// link returns the address of an article; empty where it is none that a reader may
// follow without harm.
func link(a *corpus.Article) string {
	u, err := url.Parse(a.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// topics returns the topics of an article.
func topics(a *corpus.Article) string { return strings.Join(a.TopicPaths(), ", ") }

// part is a heading or a paragraph of an article's text.
type part struct {
	level int // of a heading, from 1; 0 for a paragraph
	text  string
}

// parts takes a text apart.
func parts(a *corpus.Article) []part {
	var list []part
	paragraphs := func(s string) {
		for p := range strings.SplitSeq(s, "\n\n") {
			if p = strings.TrimSpace(p); p != "" {
				list = append(list, part{text: p})
			}
		}
	}
	if len(a.Sections) == 0 {
		paragraphs(a.Body)
	}
	for _, s := range a.Sections {
		if s.Heading != "" {
			list = append(list, part{level: max(s.Level, 1), text: s.Heading})
		}
		paragraphs(a.Body[s.Start:s.End])
	}
	return list
}

// pieces cuts a text at the borders of its matches and calls f with each piece in
// order.
func pieces(s string, matches []index.Span, f func(text string, marked bool)) {
	at := 0
	for _, m := range matches {
		if m.Start < at || m.End < m.Start || m.End > len(s) {
			continue
		}
		if m.Start > at {
			f(s[at:m.Start], false)
		}
		f(s[m.Start:m.End], true)
		at = m.End
	}
	if at < len(s) {
		f(s[at:], false)
	}
}

// place says from where a passage is: its section and page.
func place(s *index.Snippet) string {
	var list []string
	if s.Section != "" {
		list = append(list, s.Section)
	}
	if s.Page != "" {
		list = append(list, "page "+s.Page)
	}
	return strings.Join(list, ", ")
}
