package factiva

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// part is a paragraph, or a line of a plain text.
type part struct {
	text    string
	class   string
	isTitle bool
	loose   bool // a blank line stands before it
	isLine  bool // of a plain text
}

// field is a value under a code, of several paragraphs.
type field struct {
	code  string
	parts []part
}

// splitter parts the paragraphs of a file into articles, and emits each.
type splitter struct {
	out reader.Output

	line     int // where the article starts; 0 where lines don't tell
	language string
	fields   []field // with indexing
	parts    []part  // without
	marked   bool    // elements mark the articles of this file
	outside  bool    // of such an element
	closed   bool    // the accession number was read
	loose    bool    // a blank line came last
	id       string

	lines   stated.Lines
	number  int             // articles so far
	ids     map[string]bool // of them
	stopped bool
}

// feed takes the next paragraph of the file.
func (s *splitter) feed(p *download.Para) bool {
	switch {
	case p.Mark == "start":
		s.finish()
		code, _ := languageOf(p.Class)
		s.marked, s.outside, s.language, s.line = true, false, stated.LanguageOfClass(code), p.Line
	case p.Mark != "" || s.outside:
	case p.Text == "":
		s.loose = true
	default:
		s.take(p)
	}
	return !s.stopped
}

// take takes a paragraph that has a text.
func (s *splitter) take(p *download.Para) {
	value := ""
	if p.IsLine {
		var code string
		if code, value = codeIn(p.Text); value != "" {
			p.Text = code
		}
	}
	if !s.isCode(p) {
		if value != "" {
			p.Text += "  " + value
		}
		s.add(p)
		return
	}
	s.open(p)
	if value != "" {
		p.Text = value
		s.add(p)
	}
}

// isCode reports whether a paragraph is a code. In a table it is in the first
// cell, and beside others it is a word of the text.
func (s *splitter) isCode(p *download.Para) bool {
	if !isCode(p.Text) || p.Cell > 1 {
		return false
	}
	if p.Cell == 1 || len(s.fields) > 0 {
		return true
	}
	return p.Text == "HD" || p.Text == "SE" || p.Text == "CLM"
}

// open begins the value of a code.
func (s *splitter) open(p *download.Para) {
	if s.closed || (p.Text == "HD" && s.has("HD")) {
		s.finish()
	}
	if s.line == 0 {
		s.line = p.Line
	}
	if s.lines.Add(s.out, p.Line) {
		s.fields = append(s.fields, field{code: p.Text})
	}
	s.stopped = s.stopped || s.lines.Stopped
	s.loose = false
}

// has reports whether the article that is open has a code.
func (s *splitter) has(code string) bool {
	for i := range s.fields {
		if s.fields[i].code == code {
			return true
		}
	}
	return false
}

// add adds a paragraph to the article that is open. The accession number ends it.
func (s *splitter) add(p *download.Para) {
	if s.closed {
		s.finish()
	}
	if s.line == 0 {
		s.line = p.Line
	}
	if !s.lines.Add(s.out, p.Line) && accessionIn(p.Text) == "" {
		s.stopped = s.stopped || s.lines.Stopped
		return
	}
	n := len(s.fields)
	if id := accessionIn(p.Text); id != "" && (n == 0 && s.hasAnchor() || n > 0 && s.fields[n-1].code == "AN") {
		s.id, s.closed = id, true
		if s.marked {
			s.finish()
			s.outside = true
		}
		return
	}
	added := part{text: p.Text, class: p.Class, isTitle: p.ID == "hd" || p.Heading, loose: s.loose, isLine: p.IsLine}
	s.loose = false
	if n > 0 {
		s.fields[n-1].parts = append(s.fields[n-1].parts, added)
		return
	}
	s.parts = append(s.parts, added)
}

// hasAnchor reports whether the article that is open has said how long it is.
func (s *splitter) hasAnchor() bool { return anchorIn(s.parts) >= 0 }

// finish emits the article that is open. What is none, such as the summary of the
// search, is dropped.
func (s *splitter) finish() {
	a := article{language: s.language, id: s.id, line: s.line}
	fields, parts := s.fields, s.parts
	s.fields, s.parts, s.id, s.language, s.line = nil, nil, "", "", 0
	s.closed, s.loose = false, false
	s.lines.Reset()
	if s.stopped {
		return
	}
	switch {
	case len(fields) > 0:
		a.readFields(fields)
	case len(parts) > 0:
		a.readParts(parts)
	}
	if a.isOne() {
		s.emit(&a)
	}
}

// emit emits an article.
func (s *splitter) emit(a *article) {
	s.number++
	if s.ids[a.id] {
		a.place = "" // the number tells it from the other
	} else if a.id != "" {
		if s.ids == nil {
			s.ids = map[string]bool{}
		}
		s.ids[a.id] = true
		a.place = a.id
	}
	s.stopped = !s.out.Emit(a.record(s.number))
}

// accessionIn returns the accession number in a closing line, "Document
// EXHE000020050408dp1900j9s"; empty when it is none.
func accessionIn(s string) string {
	word, id, ok := strings.Cut(s, " ")
	if !ok || len(word) > 24 || !isDocument(word) {
		return ""
	}
	id = strings.TrimSpace(id)
	if len(id) < 20 || len(id) > 34 || id[0] >= '0' && id[0] <= '9' {
		return ""
	}
	digits := 0
	for _, r := range id {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r > unicode.MaxASCII || !unicode.IsLetter(r) && r != '-' && r != '_':
			return ""
		}
	}
	if digits < 8 {
		return ""
	}
	return id
}

// isDocument reports whether a word is that of the closing line, in the languages
// of interfaces.
func isDocument(s string) bool {
	switch strings.TrimRight(s, ":：") {
	case "Document", "Dokument", "Documento", "Документ", "文件", "文書", "文档", "문서", "Belge", "Asiakirja", "Dokumen":
		return true
	}
	return false
}
