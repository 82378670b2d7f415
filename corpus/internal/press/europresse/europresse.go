// Package europresse reads pages of articles of Europresse.
//
// There are two layouts. In the new one each article is an element article, with
// a header and a text in a div of the class docOcurrContainer; in the old one it
// is a table, whose lines end with line breaks. In both, the outlet is in a
// DocPublicationName, the section, the day and the page in a DocHeader, the title
// in a titreArticleVisu. The author stands below the title: in an element
// of its own, or on a line before the text.
//
// The text ends where the copyright, the number of the document or the
// certificate for the reader begins. The number holds a day of its own, which is
// not that of the article.
package europresse

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/press/pageline"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/wordset"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a page has the classes of Europresse.
func Recognize(h *reader.Head) bool {
	return pageline.InTag(h.Text, "DocPublicationName") && (h.Contains("DocHeader") || h.Contains("docOcurrContainer") || h.Contains("itreArticleVisu"))
}

// Read reads the articles of a page.
func Read(in *reader.Input, out reader.Output) error {
	page, err := in.Text()
	if err != nil {
		return err
	}
	p := parser{out: out, more: true}
	pageline.Each(page, p.line)
	if p.more {
		p.finish()
	}
	if p.number == 0 {
		return record.ErrNoText
	}
	return nil
}

// place is where in an article a line stands.
type place uint8

const (
	above  place = iota // of the title
	below               // of the title, before the text
	inText              // in the text
	behind              // the text
)

// parser makes articles of lines.
type parser struct {
	out    reader.Output
	more   bool
	number int

	open     bool
	place    place
	article  *pageline.Element // in the new layout
	outlet   string
	header   string
	title    []string
	over     []string // lines above the title
	authors  []string
	under    []string // lines below the title that may be of the text
	blocks   []extract.Block
	rights   string
	id, cert string // the number of the document, and the one in the certificate
	url      string
}

// line takes a line, and reports whether more are wanted.
func (p *parser) line(l *pageline.Line) bool {
	if name := l.Within("DocPublicationName"); name != "" {
		if p.open && (p.header != "" || len(p.title) > 0 || l.In.Closest("article") != p.article) && !p.finish() {
			return false
		}
		p.open, p.article = true, l.In.Closest("article")
		p.outlet = joined(p.outlet, name)
		p.header = joined(p.header, l.Within("DocHeader"))
		return true
	}
	if !p.open || isBeside(l) {
		return true
	}
	if s := l.Within("DocHeader"); s != "" && p.place == above {
		p.header = joined(p.header, s)
		return true
	}
	if s := titleOf(l); s != "" && p.place <= below {
		p.title, p.place = append(p.title, s), below
		return true
	}
	if !p.foot(l) && p.place != behind && !p.published(l) {
		p.other(l)
	}
	return true
}

// maxHead bounds an outlet and a header, in bytes.
const maxHead = 2 << 10

// joined puts two parts of a head together.
func joined(a, b string) string {
	if len(a) >= maxHead {
		return a
	}
	return strings.TrimSpace(a + " " + b)
}

// isBeside reports whether a line is of something beside the article.
func isBeside(l *pageline.Line) bool {
	return l.In.Closest("aside") != nil || l.In.WithClass("apd-wrapper") != nil
}

// titleOf returns the part of a line that is of a title.
func titleOf(l *pageline.Line) string {
	for _, class := range [...]string{"titreArticleVisu", "rdp__articletitle"} {
		if s := l.Within(class); s != "" {
			return s
		}
	}
	if l.In.WithClass("titreArticle") != nil && !isComplement(l) {
		return l.Text()
	}
	return ""
}

// isComplement reports whether a line stands by the title and is none.
func isComplement(l *pageline.Line) bool {
	return l.In.WithClass("sm-margin-bottomNews") != nil || l.In.WithClass("rdp__subtitle") != nil
}

// foot takes a line that is at the foot of an article, and reports whether it
// was.
func (p *parser) foot(l *pageline.Line) bool {
	text := l.Text()
	if id, ok := documentID(text); ok {
		p.place = behind
		if strings.Contains(text, ":") {
			p.id = id
		} else if p.cert == "" {
			p.cert = id
		}
		return true
	}
	if isRights(text) || l.In.Closest("small") != nil && l.In.Closest("footer") != nil {
		if p.rights == "" {
			p.rights = text
		}
		p.place = behind
		return true
	}
	if isCertificate(l) {
		p.place = behind
		return true
	}
	return false
}

// published takes a line that leads to the article where it was published, and
// reports whether it was.
func (p *parser) published(l *pageline.Line) bool {
	text := l.Text()
	for _, words := range [...]string{"Cet article est paru dans", "This article appeared in", "Dieser Artikel ist erschienen in", "Este artículo apareció en"} {
		if strings.HasPrefix(text, words) {
			p.url = l.Link()
			return true
		}
	}
	return false
}

// other takes a line that is neither outlet, header nor title, and not of the
// foot.
func (p *parser) other(l *pageline.Line) {
	text := l.Text()
	switch {
	case l.In.WithClass("docOcurrContainer") != nil || l.In.WithClass("DocText") != nil:
		p.place = inText
		p.paragraph(l)
	case l.In.WithClass("titreArticle") != nil || p.place == above:
		p.over = append(p.over, text)
	case l.In.WithClass("docAuthors") != nil || l.In.WithClass("sm-margin-bottomNews") != nil || l.In.WithClass("rdp__authors") != nil:
		p.authors = append(p.authors, text)
	case p.article != nil && p.place == below:
		p.under = append(p.under, text)
	case p.place == below && len(p.under) == 0 && isName(text) && !isBold(l):
		p.under = append(p.under, text)
	default:
		p.place = inText
		p.paragraph(l)
	}
}

// isBold reports whether all of a line is bold, as leads are.
func isBold(l *pageline.Line) bool {
	for i := range l.Parts {
		if !l.Parts[i].Bold() {
			return false
		}
	}
	return true
}

func (p *parser) paragraph(l *pageline.Line) {
	heading := l.In.Closest("h2") != nil || l.In.Closest("h3") != nil || l.In.Closest("h4") != nil
	p.blocks = append(p.blocks, extract.Block{Text: l.Text(), Heading: heading, Level: 2})
}

// finish emits the article at hand, and reports whether more are wanted.
func (p *parser) finish() bool {
	q := *p
	*p = parser{out: q.out, more: q.more, number: q.number}
	if !q.open || q.header == "" && len(q.title) == 0 && len(q.blocks) == 0 {
		return true
	}
	p.number++
	var rec record.Record
	rec.Number, rec.Place = p.number, strconv.Itoa(p.number)
	if q.id == "" {
		q.id = q.cert
	}
	if q.id != "" {
		rec.Place = q.id
		rec.SetFinal(record.ID, record.Value{Text: q.id, From: "document"})
	}
	length := q.setHead(&rec)
	authors, rest := q.split()
	rec.Set(record.Authors, record.Mapped, authors)
	q.blocks = append(rest, q.blocks...)
	rec.Set(record.Summary, record.Mapped, []record.Value{{Text: strings.Join(q.over, "\n"), From: "subtitle"}})
	rec.Set(record.URL, record.Mapped, []record.Value{{Text: q.url, From: "link"}})
	rec.Blocks = q.blocks
	if length.N > 0 {
		var text strings.Builder
		for i := range q.blocks {
			text.WriteString(q.blocks[i].Text + "\n")
		}
		length.Check(&rec, text.String(), rec.First(record.Title), strings.Join(q.over, "\n"))
	}
	if q.rights != "" {
		rec.Handling = &record.Handling{Rights: q.rights}
	}
	p.more = p.out.Emit(&rec)
	return p.more
}

// split parts the lines below a title into authors and such that are of the
// text.
func (p *parser) split() (authors []record.Value, text []extract.Block) {
	for _, s := range p.authors {
		authors = append(authors, record.Value{Text: s, From: "docAuthors"})
	}
	for i, s := range p.under {
		// Where the line below the title is all that there is, it is the text.
		if len(authors) == 0 && i == 0 && isName(s) && (len(p.blocks) > 0 || len(p.under) > 1) {
			authors = append(authors, record.Value{Text: s, From: "below the title"})
		} else {
			text = append(text, extract.Block{Text: s})
		}
	}
	return authors, text
}

// maxName bounds a line of authors, in bytes.
const maxName = 150

// isName reports whether a line may name authors: it is short, begins as a name
// does and is no sentence.
func isName(s string) bool {
	if len(s) > maxName || strings.HasSuffix(s, ".") && len(strings.Fields(s)) > 3 || strings.ContainsAny(s, "?!:0123456789«»\"“”") {
		return false
	}
	first := []rune(s)[0]
	if !unicode.IsLetter(first) && first != '(' {
		return false
	}
	small := 0
	for w := range strings.FieldsSeq(s) {
		if r := []rune(w)[0]; unicode.IsLower(r) {
			small++
		}
	}
	return small*2 <= len(strings.Fields(s))
}

// setHead sets title, outlet, date and section, and returns the stated length.
func (p *parser) setHead(rec *record.Record) stated.Length {
	rec.Set(record.Title, record.Mapped, []record.Value{{Text: strings.Join(p.title, " "), From: "titreArticleVisu"}})
	rec.Set(record.Source, record.Mapped, []record.Value{{Text: withoutIssue(p.outlet), From: "DocPublicationName"}})
	header, length := cutLength(p.header)
	section, date := partHeader(header)
	if _, ok := extract.ParseDateIn(date, "fr"); !ok {
		// Where the header is that of a section of the outlet, the day stands
		// on a line of its own.
		for i, s := range p.over[:min(len(p.over), maxHeader)] {
			s, n := cutLength(s)
			if _, day := partHeader(s); day != s || isDate(day) {
				section, date, p.over = header, day, slices.Delete(p.over, i, i+1)
				if n.N > 0 {
					length = n
				}
				break
			}
		}
	}
	rec.Set(record.Published, record.Mapped, []record.Value{{Text: date, From: "DocHeader"}})
	if section != "" && !strings.ContainsFunc(section, unicode.IsDigit) {
		rec.Set(record.Topics, record.Mapped, []record.Value{{Text: section, From: "DocHeader", Element: true}})
	}
	return length
}

func isDate(s string) bool {
	_, ok := dateOf([]string{s})
	return ok
}

// cutLength takes the number of words off a header: "jeudi 16 avril 2020 1026
// mots, p. 29".
func cutLength(s string) (rest string, length stated.Length) {
	pieces := strings.Split(s, ",")
	for i, piece := range pieces {
		words := strings.Fields(piece)
		for n := 3; n >= 2; n-- { // a number of thousands may have a blank
			if len(words) < n || n == 3 && (len(words[len(words)-3]) > 3 || len(words[len(words)-2]) != 3) {
				continue
			}
			if l, ok := stated.ParseLength(strings.Join(words[len(words)-n:], " ")); ok {
				pieces[i] = " " + strings.Join(words[:len(words)-n], " ")
				return strings.TrimSpace(strings.Join(pieces, ",")), l
			}
		}
	}
	return s, length
}

// withoutIssue cuts the number of an issue off the name of an outlet: "Le
// Journal, no. 5968".
func withoutIssue(s string) string {
	name, rest, found := strings.Cut(s, ",")
	rest = strings.ToLower(strings.TrimSpace(rest))
	for _, word := range [...]string{"no", "n°", "nº", "nr", "vol", "num", "núm", "issue", "heft", "ausgabe", "#"} {
		if found && strings.HasPrefix(rest, word) && strings.ContainsFunc(rest, unicode.IsDigit) {
			return strings.TrimSpace(name)
		}
	}
	return s
}

// maxHeader bounds the pieces of a header that are looked at.
const maxHeader = 12

// partHeader finds the date among the pieces of a header: "Politique, mardi 14
// mars 2006, p. 12", "News, Monday, October 5, 2013, p. A1". What is before it is
// the section.
func partHeader(s string) (section, date string) {
	pieces := strings.Split(s, ",")
	pieces = pieces[:min(len(pieces), maxHeader)]
	for i := range pieces {
		for j := len(pieces); j > i; j-- {
			t, ok := dateOf(pieces[i:j])
			if !ok {
				continue
			}
			// Words may stand before a date: it begins as late as it can.
			for i+1 < j {
				if u, ok := dateOf(pieces[i+1 : j]); !ok || !u.Equal(t) {
					break
				}
				i++
			}
			if i > 0 && isWeekday(pieces[i-1]) {
				i--
			}
			return trimHeader(pieces[:i]), trimHeader(pieces[i:j])
		}
	}
	return "", s
}

func trimHeader(pieces []string) string { return strings.Trim(strings.Join(pieces, ","), " ,-") }

// dateOf returns the date that pieces of a header make.
func dateOf(pieces []string) (time.Time, bool) {
	s := trimHeader(pieces)
	if len(s) < len("5/10/13") || isPage(pieces[len(pieces)-1]) {
		return time.Time{}, false
	}
	return extract.ParseDateIn(s, "fr")
}

// isWeekday reports whether a piece of a header is a day of the week, in a
// language of the interface.
func isWeekday(s string) bool {
	return weekdays()[strings.ToLower(strings.TrimSpace(s))]
}

var weekdays = wordset.Of("monday tuesday wednesday thursday friday saturday sunday",
	"lundi mardi mercredi jeudi vendredi samedi dimanche",
	"montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
	"lunes martes miércoles jueves viernes sábado domingo",
	"lunedì martedì mercoledì giovedì venerdì sabato domenica",
	"segunda-feira terça-feira quarta-feira quinta-feira sexta-feira")

// isPage reports whether a piece of a header names a page.
func isPage(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, word := range [...]string{"p. ", "pp. ", "page ", "s. ", "seite ", "pág", "pag"} {
		if strings.HasPrefix(s, word) {
			return true
		}
	}
	return false
}

// isRights reports whether a line is a copyright.
func isRights(s string) bool {
	return len(s) < 400 && (strings.HasPrefix(s, "©") || strings.HasPrefix(s, "(c) ") || strings.HasPrefix(s, "Copyright ©"))
}

// isCertificate reports whether a line is of what the database says to its
// reader.
func isCertificate(l *pageline.Line) bool {
	for e := l.In; e != nil; e = e.Parent {
		if c := e.Attr("class"); e.Name == "footer" || e.Name == "aside" || strings.HasPrefix(c, "publiC") || c == "txtCertificat" || c == "publicCertificate" {
			return true
		}
	}
	s := l.Text()
	for _, mark := range [...]string{
		"Ce certificat est émis à", "This certificate is issued to", "Ce document est destiné à l'usage exclusif", "This document is intended for the",
		"Dieses Zertifikat", "Este certificado",
	} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	return false
}

// documentID returns the number of a document in a line: "Numéro de document :
// news·20121004·PO·2040056000".
func documentID(s string) (string, bool) {
	if len(s) > 200 {
		return "", false
	}
	words := strings.Fields(s)
	if len(words) == 0 {
		return "", false
	}
	id := strings.TrimRight(words[len(words)-1], ".")
	parts := strings.FieldsFunc(id, func(r rune) bool { return r == '·' || r == '•' || r == '⸱' || r == '‧' || r == '∙' })
	if len(parts) < 3 || len(parts[0]) > 6 || len(parts[1]) != 8 || strings.ContainsFunc(parts[1], func(r rune) bool { return !unicode.IsDigit(r) }) {
		return "", false
	}
	return id, true
}
