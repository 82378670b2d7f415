package nexis

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// part is a paragraph of an article. In a plain text it may be of several lines
// that a program broke.
type part struct {
	lines     []string
	line      int // where it starts in the file; 0 where lines don't tell
	indent    int
	centred   bool
	heading   bool
	cell, row int
	loose     bool // a blank line or a mark stands before it
}

// oneLine returns a part on one line.
func (p *part) oneLine() string { return download.OneLine(strings.Join(p.lines, " ")) }

// splitter parts the paragraphs of a file into articles, and emits each.
type splitter struct {
	out     reader.Output
	wrapped bool // lines are broken by a program, and blank lines part paragraphs

	parts    []part // of the article that is open, or of the cover
	cover    bool   // no article has begun yet
	classic  bool   // articles begin with "N of M DOCUMENTS"
	loose    bool   // a blank line or a mark came last
	labelled bool   // the parts are an article's, as some have labels
	loaded   bool   // they have the label that stands last in the newer downloads
	lines    stated.Lines
	number   int // articles so far
	stopped  bool
}

// feed takes the next paragraph of the file.
func (s *splitter) feed(p *download.Para) bool {
	switch {
	case p.Mark != "":
		s.mark(p.Mark)
	case p.Text == "":
		s.loose = true
	case isCounter(p.Text):
		s.begin()
	case s.isEnd(p):
		s.finish()
	default:
		if s.loaded && p.Heading && p.Centred && !s.classic {
			s.finish() // though nothing said that it ended
		}
		s.add(p)
	}
	return !s.stopped
}

// isEnd reports whether a paragraph ends an article: "End of Document".
func (s *splitter) isEnd(p *download.Para) bool {
	return !s.classic && alone(strings.Trim(p.Text, "\n ")) == end
}

// begin starts an article whose beginning is marked.
func (s *splitter) begin() {
	if s.cover || len(s.parts) > 0 && !s.isOpening() {
		s.finishMarked()
	}
	s.cover, s.classic, s.loose = false, true, true
	s.clear()
}

// clear drops what is open.
func (s *splitter) clear() {
	s.parts, s.labelled, s.loaded = s.parts[:0], false, false
	s.lines.Reset()
}

// isOpening reports whether an article that is open has nothing but what stands
// before "N of M DOCUMENTS": both a comment and this line mark the beginning.
func (s *splitter) isOpening() bool { return s.classic && len(s.parts) <= 1 && !s.labelled }

// finishMarked ends the article before one whose beginning is marked. What
// stands before the first is the cover.
func (s *splitter) finishMarked() {
	if !s.cover {
		s.finish()
	}
	s.clear()
}

// mark takes a comment or the name of a bookmark.
func (s *splitter) mark(m string) {
	switch {
	case strings.Contains(m, "</DOCFULL>"):
		if s.classic {
			s.finish()
			s.cover = true
		}
		fallthrough
	case strings.Contains(m, "<DOCFULL>"):
		if strings.LastIndex(m, "<DOCFULL>") > strings.LastIndex(m, "</DOCFULL>") {
			s.begin()
		}
	case strings.HasPrefix(m, "Bookmark_") && !s.classic:
		// A list of titles stands before the first. What ends an article before
		// another may be in a language that is not known.
		if s.cover || !s.labelled {
			s.clear()
		} else {
			s.finish()
		}
		s.cover = false
	}
	s.loose = true
}

// isOfArticle reports whether a text shows that it is of an article, not of a cover.
func isOfArticle(text string) bool {
	l, _, _ := labelled(text)
	return l == length || l == loaded || l == headline || alone(text) == body
}

// add adds a paragraph to the article.
func (s *splitter) add(p *download.Para) {
	if !s.lines.Add(s.out, p.Line) {
		s.stopped = s.stopped || s.lines.Stopped
		return
	}
	loose := s.loose
	s.loose = false
	s.labelled = s.labelled || isOfArticle(p.Text)
	if l, _, _ := labelled(p.Text); l == loaded {
		s.loaded = true
	}
	if n := len(s.parts); s.wrapped && !loose && n > 0 && !breaks(&s.parts[n-1], p) {
		s.parts[n-1].lines = append(s.parts[n-1].lines, p.Text)
		return
	}
	s.parts = append(s.parts, part{
		lines: p.Lines(), line: p.Line, indent: p.Indent, centred: p.Centred || s.wrapped && p.Indent > 1, heading: p.Heading,
		cell: p.Cell, row: p.Row, loose: loose,
	})
}

// breaks reports whether a line of a plain text begins a paragraph though no
// blank line stands before it.
func breaks(last *part, p *download.Para) bool {
	if p.Centred != (last.indent >= download.CentredIndent) && !isCopyright(last.lines[0]) {
		return true
	}
	if l, name, _ := labelled(p.Text); l != noLabel && isCapitals(name) {
		if before, _, _ := labelled(last.lines[0]); before != noLabel {
			return true
		}
	}
	// Each paragraph is indented, and no line within one.
	return len(last.lines) > 1 && p.Indent > 0 && p.Indent == last.indent
}

// finish ends the article that is open.
func (s *splitter) finish() {
	parts, labelled := s.parts, s.labelled
	s.clear()
	s.loose = true
	if s.stopped || len(parts) == 0 || !s.classic && !labelled {
		return
	}
	s.number++
	if isRefusal(parts) {
		s.stopped = !s.out.Fail(&reader.Fault{Line: parts[0].line, Err: errRefused(s.number)})
		return
	}
	rec := record.Record{Number: s.number, Place: strconv.Itoa(s.number), Line: parts[0].line}
	a := article{parts: parts, rec: &rec, classic: s.classic, wrapped: s.wrapped}
	if err := reader.Guard(func() error { a.read(); return nil }); err != nil {
		s.stopped = !s.out.Fail(&reader.Fault{Line: parts[0].line, Err: err})
		return
	}
	s.stopped = !s.out.Emit(&rec)
}

// isCounter reports whether a line tells which of how many articles begins:
// "1 of 161 DOCUMENTS", "Dokument 1 von 50", "Document 1 de 50".
func isCounter(s string) bool {
	if len(s) > 60 {
		return false
	}
	words := strings.Fields(s)
	if len(words) != 4 {
		return false
	}
	if isDocument(words[0]) {
		words = words[1:]
	} else if !isDocument(words[3]) {
		return false
	}
	return isNumber(words[0]) && isNumber(words[2]) && isOf(words[1])
}

func isDocument(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "document") || strings.HasPrefix(s, "dokument") || strings.HasPrefix(s, "документ")
}

func isOf(s string) bool {
	switch strings.ToLower(s) {
	case "of", "von", "de", "di", "sur", "van", "av", "af", "z", "из":
		return true
	}
	return false
}

func isNumber(s string) bool {
	return s != "" && len(s) < 12 && strings.Trim(s, "0123456789.,") == "" && s[0] >= '0' && s[0] <= '9'
}
