package factiva

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/internal/extract"
)

// maxHead is how many paragraphs may stand before the number of words.
const maxHead = 12

// anchorIn returns the part that tells how many words an article has; -1 when
// there is none.
func anchorIn(parts []part) int {
	for i := range parts[:min(len(parts), maxHead)] {
		next := ""
		if i+1 < len(parts) {
			next = parts[i+1].text
		}
		if isAnchor(parts[i].text, next) {
			return i
		}
	}
	return -1
}

// isAnchor reports whether a text tells how many words an article has. In a
// language that nobody listed it is a number and a word with a date below it.
func isAnchor(s, next string) bool {
	if _, ok := stated.ParseLength(s); ok {
		return true
	}
	return next != "" && anyLength(s).N > 0 && isDate(next)
}

// anyLength reads a number and a word, whatever it is.
func anyLength(s string) (l stated.Length) {
	number, unit, ok := strings.Cut(strings.TrimSpace(s), " ")
	if !ok || len(number) > 9 || strings.Trim(number, "0123456789.,") != "" || len(unit) > 24 ||
		strings.ContainsFunc(unit, unicode.IsDigit) || len(strings.Fields(unit)) > 2 {
		return l
	}
	l.Text = s
	for _, r := range number {
		if r >= '0' && r <= '9' {
			l.N = l.N*10 + int(r-'0')
		}
	}
	return l
}

// maxDate is longer than any date, in bytes.
const maxDate = 48

func isDate(s string) bool {
	if len(s) > maxDate || !strings.ContainsFunc(s, unicode.IsDigit) {
		return false
	}
	_, ok := extract.ParseDate(s)
	return ok
}

// isClock reports whether a text is a time of day: "17:04", "06:04 GMT".
func isClock(s string) bool {
	colon := strings.IndexByte(s, ':')
	return (colon == 1 || colon == 2) && len(s) <= 20 && s[0] >= '0' && s[0] <= '9' && len(s) > colon+2 && s[colon+1] >= '0' && s[colon+1] <= '9'
}

// readParts reads an article without indexing.
func (a *article) readParts(parts []part) {
	anchor := anchorIn(parts)
	if anchor < 0 {
		a.readBare(parts)
		return
	}
	a.setLength(parts[anchor].text)
	a.readTitle(parts[:anchor])
	text := anchor + 1 + a.readSource(parts[anchor+1:])
	a.readText(parts[text:])
}

// readBare reads an article that does not say how long it is: a page marks what
// is the title and what the text.
func (a *article) readBare(parts []part) {
	for i := range parts {
		switch p := &parts[i]; {
		case p.isTitle && a.title == "":
			a.title = p.text
		case p.class == "author":
			a.byline = p.text
		case isDate(p.text) && a.date == "":
			a.date = p.text
			text := i + a.readSource(parts[i:])
			a.readText(parts[text:])
			return
		}
	}
}

// readTitle reads what stands before the number of words: a section, the title,
// the author, a credit. Only pages and RTF mark the title; else it is the longest.
func (a *article) readTitle(parts []part) {
	title := -1
	for i := range parts {
		if parts[i].isTitle {
			title = i
			a.title = join(a.title, parts[i].text)
		}
	}
	if title < 0 {
		for i := range parts {
			if !isByline(parts[i].text) && (title < 0 || len(parts[i].text) > len(parts[title].text)) {
				title = i
			}
		}
		if title >= 0 {
			a.title = parts[title].text
		}
	}
	for i := title + 1; i < len(parts); i++ {
		switch p := &parts[i]; {
		case p.class == "author" || a.byline == "" && (isByline(p.text) || p.class == "" && !hasClasses(parts)):
			a.byline = join(a.byline, p.text)
		default:
			a.credit = p.text
		}
	}
}

// hasClasses reports whether parts are those of a page, where authors are marked.
func hasClasses(parts []part) bool {
	for i := range parts {
		if parts[i].isTitle {
			return true
		}
	}
	return false
}

func isByline(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	switch first {
	case "By", "BY", "Von", "VON", "Par", "PAR", "Por", "POR", "Di", "Door", "Av", "Af":
		return true
	}
	return false
}

// readSource reads what stands between the number of words and the text: date,
// time, outlet, its code, edition, page, language, copyright. It returns how many
// parts that are.
func (a *article) readSource(parts []part) int {
	limit := len(parts)
	for i := range parts {
		if strings.Contains(parts[i].class, "articleParagraph") {
			limit = i
			break
		}
	}
	head := parts[:min(limit, maxHead+8)]
	i := 0
	if i < len(head) && isDate(head[i].text) {
		a.date = head[i].text
		i++
	}
	if i < len(head) && isClock(head[i].text) {
		a.clock = head[i].text
		i++
	}
	if i < len(head) {
		a.outlet = head[i].text
		i++
	}
	if i < len(head) && isSourceCode(head[i].text) {
		i++
	}
	return a.readEdition(head, i, limit < len(parts))
}

// readEdition reads what stands between the code of the outlet and the text, and
// returns where the text begins. Marked says that a page marks it.
func (a *article) readEdition(head []part, i int, marked bool) int {
	text := i
	for k := i; k < len(head); k++ {
		s := head[k].text
		if isCopyright(s) || a.copyright == "" && strings.HasPrefix(s, "(Copyright") {
			a.copyright = s
			return end(head, k+1, marked)
		}
		if len(s) > 60 {
			break
		}
		if tag := stated.Language(s); tag != s && tag != "" {
			if a.language == "" {
				a.language = tag
			}
			text = k + 1
		}
	}
	return end(head, text, marked)
}

// end returns where the text begins, which a page marks.
func end(head []part, text int, marked bool) int {
	if marked {
		return len(head)
	}
	return text
}

// isSourceCode reports whether a text is the code of an outlet: "NYTF".
func isSourceCode(s string) bool {
	if len(s) < 2 || len(s) > 8 {
		return false
	}
	for _, r := range s {
		if (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// readText reads the paragraphs of the text. What a page does not mark as text,
// behind it, are captions and the publisher.
func (a *article) readText(parts []part) {
	last := -1 // that a page marks as text
	for i := range parts {
		if strings.Contains(parts[i].class, "articleParagraph") {
			last = i
		}
	}
	n := len(parts)
	switch {
	case last >= 0:
		for i := range parts[last+1:] {
			a.captions = join(a.captions, parts[last+1+i].text)
		}
		parts = parts[:last+1]
	case n > 1 && a.isPublisher(parts[n-1].text):
		parts = parts[:n-1]
	}
	text := field{parts: parts}
	a.body = text.paragraphs()
}

// isPublisher reports whether the last line of an article names its publisher:
// some of its words are those of the copyright or the outlet.
func (a *article) isPublisher(s string) bool {
	words := strings.Fields(s)
	if len(words) > 8 || strings.ContainsAny(s[len(s)-1:], ".?!\"'”") {
		return false
	}
	known := strings.ToLower(a.copyright + " " + a.outlet)
	for _, w := range words {
		if len(w) >= 4 && strings.Contains(known, strings.ToLower(w)) {
			return true
		}
	}
	return false
}
