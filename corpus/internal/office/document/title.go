package document

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/record"
)

// maxTitle bounds a title that stands in the text, in runes, and titleLines how
// far into the text it may stand.
const (
	maxTitle   = 250
	titleLines = 12
)

// phrases returns the set of a list of phrases, which is made when it is first
// asked for.
func phrases(list string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := map[string]bool{}
		for phrase := range strings.SplitSeq(list, "|") {
			set[phrase] = true
		}
		return set
	})
}

// titleStyles are the names of the style for titles in files, in lower case. Word
// writes its own name in all languages but in RTF.
var titleStyles = phrases("title|titel|titre|título|titolo|tytuł|название|заголовок|otsikko|rubrik|tittel|název|cím|naslov|τίτλος|başlık|" +
	"konu başlığı|标题|標題|表題|제목|headline|document title|book title|main title")

// findTitle finds the title, and takes it out of the text where it stands there.
func (d *document) findTitle() {
	if i := d.indexOf(func(p *paragraph.Paragraph) bool { return titleStyles()[p.Style] }); i >= 0 {
		d.takeTitle(i)
		return
	}
	stated := d.props.Title
	if !IsTitle(stated) {
		stated = ""
	}
	if stated != "" {
		if i := d.indexOf(func(p *paragraph.Paragraph) bool { return sameTitle(p.Text, stated) }); i >= 0 {
			d.takeTitle(i)
			if len(letters(stated)) > len(letters(d.title)) {
				if d.printed {
					stated = d.withoutSite(stated, d.title)
				}
				d.title = stated
			}
			return
		}
	}
	if i := d.standsOut(); i >= 0 && (stated == "" || !d.printed && !d.isOneOfMany(i)) {
		if d.printed {
			i = d.belowMasthead(i)
		}
		d.takeTitle(i)
		return
	}
	d.title = stated
}

// dropMenu takes away what stands above the title of a web page, where that stands
// in the text, and takes the date and the byline that stand near below it.
func (d *document) dropMenu() {
	if !IsTitle(d.props.Title) {
		return
	}
	total, after, found := 0, 0, -1
	for i := range d.list {
		p := &d.list[i]
		total += len(p.Text)
		if found >= 0 {
			after += len(p.Text)
		} else if d.looksLikeTitle(p) && sameTitle(p.Text, d.props.Title) {
			found = i
		}
	}
	if found < 0 || after*2 < total {
		return
	}
	d.list = d.list[found:]
	for i := 1; i < len(d.list) && i <= headLines; i++ {
		d.nearHead(d.list[i].Text)
	}
}

// nearHead takes the date or the byline that a line is, where none is known. The line
// stays, as it is not at the top.
func (d *document) nearHead(line string) {
	var parser layout.Parser
	head := layout.Head{Language: d.language, Title: d.title + "-"}
	parser.Blocks(line+"\n\n…", &head)
	if d.rec.Published.Time.IsZero() && !head.Published.IsZero() {
		d.rec.Published = record.Time{Time: head.Published, From: "text"}
	}
	if len(head.Authors) > 0 {
		d.takeAuthors(head.Authors)
	}
}

// looksLikeTitle reports whether a paragraph has larger letters than the body.
func (d *document) looksLikeTitle(p *paragraph.Paragraph) bool {
	return utf8.RuneCountInString(p.Text) <= maxTitle && (p.Size > d.size*larger || p.Bold)
}

// indexOf returns the index of the first paragraph near the top that is right; -1
// when none is.
func (d *document) indexOf(is func(p *paragraph.Paragraph) bool) int {
	for i := 0; i < len(d.list) && i < titleLines; i++ {
		if p := &d.list[i]; utf8.RuneCountInString(p.Text) <= maxTitle && is(p) {
			return i
		}
	}
	return -1
}

// takeTitle takes a paragraph for the title, with the lines of the same look
// below it that it runs over. What stands above it stays text.
func (d *document) takeTitle(i int) {
	p := d.list[i]
	end := i + 1
	for end < len(d.list) && end < i+maxTitleParts && titleStyles()[p.Style] && d.list[end].Style == p.Style &&
		len(p.Text)+len(d.list[end].Text) < maxTitle {
		p.Text += " " + d.list[end].Text
		end++
	}
	d.title = oneLine(p.Text)
	d.list = append(d.list[:i], d.list[end:]...)
}

// maxTitleParts is over how many paragraphs a title may run.
const maxTitleParts = 3

// standsOut returns the index of the paragraph that stands out at the top as a
// title does: a heading above all text that is its only one of its level, or the
// largest letters; -1 when none does.
func (d *document) standsOut() int {
	best := -1
	for i := 0; i < len(d.list) && i < titleLines; i++ {
		p := &d.list[i]
		if p.Table > 0 || p.List || len(p.Text) > longCell || isLabel(p.Text) || !hasLetters(p.Text) {
			if len(p.Text) > longCell {
				break
			}
			continue
		}
		if p.Level > 0 {
			if best < 0 && i <= 1 {
				best = i
			}
			break
		}
		if !d.looksLikeHeading(p) || p.Size <= d.size*larger && !(i == 0 || p.Centered && i < 3) {
			continue
		}
		if best < 0 || p.Size > d.list[best].Size*larger {
			best = i
		}
	}
	return best
}

// isOneOfMany reports whether a paragraph is a heading of a level that has others:
// then it is that of the first part.
func (d *document) isOneOfMany(i int) bool {
	level := d.list[i].Level
	if level == 0 {
		return false
	}
	for k := i + 1; k < len(d.list); k++ {
		if d.list[k].Level == level {
			return true
		}
	}
	return false
}

// firstLine takes the first paragraph for the title if it is a line that does not
// end as a sentence. Else the title is made of it, and it stays text.
func (d *document) firstLine() {
	for i := 0; i < len(d.list) && i < 2; i++ {
		s := d.list[i].Text
		if strings.Contains(s, "\n") || utf8.RuneCountInString(s) > layout.MaxTitle || layout.EndsSentence(s) || len(d.list) == 1 || d.list[i].Table > 0 {
			d.title = firstSentence(s)
			return
		}
		if !isLabel(s) {
			d.title = s
			d.list = append(d.list[:i], d.list[i+1:]...)
			return
		}
	}
}

// firstSentence returns the first sentence of a text, or as much of it as fits in a
// title.
func firstSentence(s string) string {
	s = oneLine(s)
	for i, r := range s {
		if strings.ContainsRune(".!?。！？", r) && i >= minSame {
			if rest := s[i+utf8.RuneLen(r):]; rest == "" || rest[0] == ' ' || r >= '。' {
				s = strings.TrimRight(s[:i], " ")
				break
			}
		}
	}
	runes := []rune(s)
	if len(runes) <= layout.MaxTitle {
		return s
	}
	s = string(runes[:layout.MaxTitle])
	if at := strings.LastIndexByte(s, ' '); at > 0 {
		s = s[:at]
	}
	return strings.TrimRight(s, " ,;:–—-") + "…"
}

func (d *document) setTitle() {
	d.rec.SetFinal(record.Title, record.Value{Text: oneLine(d.title), From: "title"})
}

func (d *document) isTitle(s string) bool { return d.title != "" && sameTitle(s, d.title) }

// sameTitle reports whether two titles are the same, or one is the other cut
// short.
func sameTitle(a, b string) bool {
	a, b = letters(a), letters(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	return a != "" && (a == b || len(a) >= minSame && strings.HasPrefix(b, a))
}

// minSame is how much of a title must be there for it to be one that was cut, in
// bytes.
const minSame = 12

// letters returns the letters and digits of s in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func hasLetters(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// labels stand above a title and say what a document is.
var labels = phrases("press release|news release|media release|for immediate release|media advisory|press statement|communiqué de presse|" +
	"communique de presse|pressemitteilung|presseinformation|medienmitteilung|comunicado de prensa|nota de prensa|" +
	"comunicado de imprensa|comunicato stampa|persbericht|pressmeddelande|pressemeddelelse|pressemelding|lehdistötiedote|" +
	"informacja prasowa|tisková zpráva|пресс-релиз|basın bülteni|新闻稿|新聞稿|プレスリリース|보도자료|memo|memorandum|confidential|draft|" +
	"embargoed")

// isLabel reports whether a line only says what a document is.
func isLabel(s string) bool {
	return labels()[strings.ToLower(strings.Trim(oneLine(s), " .:!*–—-"))]
}

// IsTitle reports whether a title that a document states is one, rather than the
// name of a file, a template or a program.
func IsTitle(s string) bool {
	s = oneLine(s)
	lower := strings.ToLower(s)
	if !hasLetters(s) || utf8.RuneCountInString(s) < 2 || isProgram(s) || strings.ContainsRune(s, '\ufffd') {
		return false
	}
	for _, prefix := range [...]string{"microsoft word - ", "microsoft powerpoint - ", "untitled", "unbenannt", "sans titre", "sin título", "layer ", "ebene ", "calque ", "file:", "http://", "https://", "about:", `c:\`} {
		if strings.HasPrefix(lower, prefix) {
			return false
		}
	}
	for _, suffix := range [...]string{
		".doc", ".docx", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".pdf", ".txt", ".indd", ".qxd", ".qxp", ".pmd", ".tex", ".dvi", ".ps", ".eps", ".ai",
		".html", ".htm", ".xls", ".xlsx", ".ppt", ".pptx", ".pages", ".wpd", ".fm", ".cdr", ".jpg", ".tif", ".png", ".md",
	} {
		if strings.HasSuffix(lower, suffix) {
			return false
		}
	}
	if word, rest, _ := strings.Cut(lower, " "); isEmptyName()[strings.TrimRight(word, "0123456789")] && strings.Trim(rest, "0123456789() ") == "" {
		return false
	}
	return !isEmptyName()[lower] && !isFileName(s)
}

// isFileName reports whether a title is one word that no language has: the name of a
// file without its extension.
func isFileName(s string) bool {
	if strings.Contains(s, " ") {
		return false
	}
	return strings.ContainsAny(s, "_/\\") || strings.ContainsFunc(s, unicode.IsDigit) && strings.ContainsAny(s, "-.") && hasLetters(s)
}

// isEmptyName are what programs and templates call a document without a title.
var isEmptyName = phrases("document|dokument|documento|doc|документ|文档|文書|문서|title|[title]|titel|titre|título|titolo|template|vorlage|modèle|" +
	"plantilla|report title|document title|word document|slide|powerpoint presentation|présentation powerpoint|" +
	"powerpoint-präsentation|presentation|print|output|page|scan|default|normal|none|null|test")

// isProgram reports whether a text names a program that writes documents.
func isProgram(s string) bool {
	lower := strings.ToLower(s)
	for _, name := range [...]string{
		"python-docx", "generated by", "openpyxl", "apache poi", "docx4j", "aspose", "libreoffice", "openoffice", "microsoft office", "pandoc", "itext", "pdftex", "latex",
		"adobe", "acrobat", "ghostscript", "quarkxpress", "indesign", "wkhtmltopdf", "skia/pdf", "phpword", "factiva rtf display", "print to pdf", "printserver",
	} {
		if strings.Contains(lower, name) {
			return true
		}
	}
	return false
}

// nobody are names of computers and accounts.
var nobody = phrases("user|username|user name|utilisateur|utilisateur windows|benutzer|windows-benutzer|windows user|usuario|" +
	"usuario de windows|utente|utente windows|usuário|usuário do windows|пользователь|пользователь windows|gebruiker|" +
	"windows-gebruiker|użytkownik|użytkownik systemu windows|kullanıcı|windows kullanıcısı|uživatel|käyttäjä|administrator|" +
	"admin|administrador|administrateur|администратор|owner|author|autor|auteur|autore|автор|your name|microsoft|windows|" +
	"guest|default|unknown|unbekannt|inconnu|anonymous|none|null|test|pc|hp|dell|lenovo|acer|asus|toshiba|home|work|office|" +
	"student|staff|client|mac|macbook|root|system|local|www|web|scan|scanner|preview|tester|un-named")

// isAuthor reports whether an author that a document states is a person or an
// organization, rather than a computer, an account or a program.
func isAuthor(s string) bool {
	s = oneLine(s)
	lower := strings.ToLower(s)
	if !hasLetters(s) || utf8.RuneCountInString(s) < 2 || nobody()[lower] || isProgram(s) || strings.ContainsAny(s, `\/@_`) || strings.ContainsFunc(s, unicode.IsDigit) {
		return false
	}
	if strings.Contains(s, " ") {
		return true
	}
	// An account is one word in small letters, or one with an initial before it.
	if lower == s && strings.ToUpper(s) != s {
		return false
	}
	runes := []rune(s)
	return len(runes) < 3 || !(unicode.IsUpper(runes[0]) && unicode.IsUpper(runes[1]) && unicode.IsLower(runes[2]))
}
