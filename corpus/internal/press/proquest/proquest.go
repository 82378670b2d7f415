// Package proquest reads downloads of ProQuest: as text, as a page, and as the
// mail in which the database sends them.
//
// Each article is a title and lines that begin with a label, such as "Author:",
// "Abstract:", "Full text:", "Publication date:", in the language of the person
// who downloaded it. In a page and a mail, a place with the name DocID_ begins
// an article, labels are bold, and the text is often in an element text, which
// states its number of words. In a text, rules of low lines part the articles,
// "Document 3 of 100" begins each, and an empty line parts paragraphs.
//
// The cover, the table of contents and the bibliography of a text have no labels
// and are left out; so are the links to libraries, and names, numbers and places
// of publishers. The mail itself says nothing of the articles.
package proquest

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/corpus/internal/press/pageline"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently. It is one
// for all forms.
const Version = 2

// RecognizeText reports whether a text is a download: it names the database, and
// has its labels; fewer where rules part articles.
func RecognizeText(h *reader.Head) bool {
	if !h.Contains("ProQuest") && !h.Contains("proquest.com") {
		return false
	}
	ruled := h.Contains(rule)
	if !ruled && !h.Contains("docview/") {
		return false
	}
	var seen labelSet
	for text := range bytes.Lines(h.Text) {
		l, _ := cutLabel(string(text[:min(len(text), maxLabel)]))
		if seen.add(l) || ruled && seen.n > minLabels {
			return true
		}
	}
	return false
}

// minSure is how many labels show that a text without rules, or a page without
// names of places, is a download: articles quote one or two.
const minSure = 6

// labelSet are labels that were seen.
type labelSet struct {
	seen [word + 1]bool
	n    int
}

// add adds a label, and reports whether there are so many that there is no doubt,
// the number of the document among them.
func (s *labelSet) add(l label) bool {
	if l != noLabel && l != word && !s.seen[l] {
		s.seen[l] = true
		s.n++
	}
	return s.n >= minSure && s.seen[id]
}

// RecognizePage reports whether a page is a download.
func RecognizePage(h *reader.Head) bool {
	return pageline.InTag(h.Text, docID) && (h.Contains("ProQuest") || h.Contains("proquest.com")) || h.Contains("<title>ProQuest Export")
}

// RecognizeMail reports whether a mail is one in which the database sends
// articles.
func RecognizeMail(h *reader.Head) bool {
	header, body, found := bytes.Cut(h.Text, []byte("\n\n"))
	if !found {
		if header, body, found = bytes.Cut(h.Text, []byte("\r\n\r\n")); !found {
			return false
		}
	}
	if !bytes.Contains(bytes.ToLower(header), []byte("\ncontent-type:")) && !bytes.HasPrefix(bytes.ToLower(header), []byte("content-type:")) {
		return false
	}
	named := bytes.Contains(bytes.ToLower(header), []byte("proquest"))
	if bytes.Contains(body, []byte("ProQuest Export")) || bytes.Contains(body, []byte(docID)) && (named || bytes.Contains(body, []byte("ProQuest"))) {
		return true
	}
	if !named && !bytes.Contains(body, []byte("ProQuest")) {
		return false
	}
	// The page may be encoded, or passed on by a program that dropped the names.
	page := mime.Parse(h.Text).First("text/html")
	if page == nil {
		return false
	}
	text, _ := page.Text() // its end may be missing here
	if strings.Contains(text, "ProQuest Export") || strings.Contains(text, docID) {
		return true
	}
	var seen labelSet
	sure := false
	pageline.Each(text, func(l *pageline.Line) bool {
		bold, _ := l.Label()
		sure = seen.add(labelOf(bold))
		return !sure
	})
	return sure
}

// rule is a part of the lines that part the articles of a text.
const rule = "________________________________"

// ReadText reads a download as text.
func ReadText(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	e := emitter{out: out, more: true}
	var lines []line
	number := 0
	ended := false // what may be the last label was read
	var count stated.Lines
	for text := range strings.SplitSeq(s, "\n") {
		number++
		isRule := strings.HasPrefix(text, rule)
		text = strings.TrimSpace(text)
		if isRule || ended && isCount(text) {
			e.emit(lines)
			lines, ended = lines[:0], false
			count.Reset()
			if !e.more {
				return nil
			}
			continue
		}
		if l, _ := cutLabel(text); l == database || l == id {
			ended = true
		}
		if count.Add(out, number) {
			lines = append(lines, line{text: text, number: number})
		}
		if count.Stopped {
			return nil
		}
	}
	e.emit(lines)
	return e.end()
}

// ReadPage reads a download as a page.
func ReadPage(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	return readPage(s, out)
}

// line is a line of an article.
type line struct {
	text   string
	bold   string // the bold label with which it begins
	rest   string // what follows that
	link   string
	number int
	inText bool // it is in an element text
	words  int  // of that
	page   bool // it is of a page, where labels are bold
}

func readPage(s string, out reader.Output) error {
	e := emitter{out: out, more: true}
	var lines []line
	named := strings.Contains(s, docID)
	begun, ended := !named, false
	var count stated.Lines
	emit := func() {
		if !named {
			lines = withoutLead(lines)
		}
		e.emit(lines)
	}
	pageline.Each(s, func(l *pageline.Line) bool {
		starts := slices.ContainsFunc(l.Anchors, func(name string) bool { return strings.Contains(name, docID) })
		at := lineOf(l)
		// Programs that pass mails on may drop the names of places. Then an
		// article ends with the name of the database.
		if !named && ended && labelOf(at.bold) == noLabel {
			starts = true
		}
		if starts {
			if begun {
				emit()
			}
			begun, lines, ended = true, lines[:0], false
			count.Reset()
		}
		if begun && !isFooter(l) && count.Add(out, l.Number) {
			lines = append(lines, at)
			ended = ended || labelOf(at.bold) == database
		}
		e.more = e.more && !count.Stopped
		return e.more
	})
	emit()
	return e.end()
}

// withoutLead returns the lines from the title on, which is the line before the
// first label: a mail that was passed on begins with other words.
func withoutLead(lines []line) []line {
	for i := range lines {
		if labelOf(lines[i].bold) == noLabel {
			continue
		}
		// A link to the document may stand below the title.
		first := i - 1
		for first > 0 && isLinkLine(&lines[first]) {
			first--
		}
		return lines[max(first, 0):]
	}
	return lines
}

// docID is in the names of the places where articles begin. Programs that pass
// mails on write something before it.
const docID = "DocID_"

// isFooter reports whether a line is of the foot of a page, or beside the text.
func isFooter(l *pageline.Line) bool {
	for _, class := range [...]string{"copyright", "mainCopyBlock", "Illustration_content"} {
		if l.In.WithClass(class) != nil {
			return true
		}
	}
	s := l.Text()
	return strings.HasPrefix(s, "Contact ProQuest") || strings.HasPrefix(s, "Database copyright ©") || strings.HasPrefix(s, "Enlarge this image")
}

// lineOf returns a line of a page.
func lineOf(l *pageline.Line) line {
	bold, rest := l.Label()
	r := line{text: l.Text(), bold: bold, rest: rest, link: l.Link(), number: l.Number, page: true}
	if e := l.In.Closest("text"); e != nil {
		r.inText = true
		r.words, _ = strconv.Atoi(e.Attr("wordcount")) // 0 when it states none
	} else if bold != "" && labelOf(bold) == text {
		for i := range l.Parts {
			if e := l.Parts[i].In.Closest("text"); e != nil {
				r.words, _ = strconv.Atoi(e.Attr("wordcount"))
			}
		}
	}
	return r
}

// emitter emits articles.
type emitter struct {
	out    reader.Output
	number int
	more   bool
}

// emit emits the article in lines, if they are one.
func (e *emitter) emit(lines []line) {
	if !e.more || !isArticle(lines) {
		return
	}
	e.number++
	var rec record.Record
	rec.Number, rec.Place = e.number, strconv.Itoa(e.number)
	a := articleOf(lines)
	a.fill(&rec)
	if stable := rec.First(record.ID); stable != "" {
		rec.Place = stable
	}
	e.more = e.out.Emit(&rec)
}

func (e *emitter) end() error {
	if e.number == 0 {
		return record.ErrNoText
	}
	return nil
}

// minLabels is how many labels an article has at least.
const minLabels = 2

// isArticle reports whether lines are those of an article: whether they have
// labels of one. A cover, a table of contents and a bibliography have none.
func isArticle(lines []line) bool {
	var seen [word + 1]bool
	n := 0
	for i := range lines {
		if l, _ := lines[i].label(); l != noLabel && l != word && !seen[l] {
			seen[l] = true
			n++
		}
	}
	return n >= minLabels && (seen[title] || seen[author] || seen[outlet] || seen[info] || seen[text] || seen[abstract]) &&
		!(len(lines) > 0 && strings.HasPrefix(lines[0].text, "@"))
}

// label returns the label of a line and what follows it.
func (l *line) label() (label, string) {
	if l.page {
		return labelOf(l.bold), l.rest
	}
	return cutLabel(l.text)
}

// blockOf returns a paragraph of a text.
func blockOf(s string) extract.Block { return extract.Block{Text: s} }
