package document

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// label is a field that a line at the top may say.
type label uint8

const (
	noLabel label = iota
	titleLabel
	authorLabel
	dateLabel
	sourceLabel
	linkLabel
)

// labelWords are the words before the colon, or in the first column of a table, that
// say which field follows.
var labelWords = sync.OnceValue(func() map[string]label {
	words := map[string]label{}
	for of, list := range map[label]string{
		titleLabel:  "title|headline|titel|überschrift|schlagzeile|titre|título|titular|titolo|kop|rubrik|tytuł|заголовок|название|заглавие|标题|標題|タイトル|見出し|제목|العنوان",
		authorLabel: "author|authors|by|byline|writer|reporter|autor|autorin|autoren|von|verfasser|auteur|auteurs|par|autores|por|autore|autori|door|autorzy|автор|авторы|作者|记者|記者|著者|執筆者|저자|기자|الكاتب|المؤلف",
		dateLabel:   "date|published|publication date|date published|datum|veröffentlicht|erschienen|date de publication|publié|fecha|publicado|data|pubblicato|gepubliceerd|дата|日期|发布日期|発行日|日付|날짜|التاريخ",
		sourceLabel: "source|outlet|publication|newspaper|publisher|quelle|medium|zeitung|média|journal|fuente|medio|periódico|fonte|testata|bron|źródło|источник|издание|来源|來源|出典|媒体|출처|المصدر",
		linkLabel:   "url|link|web address|lien|enlace|adresse",
	} {
		for word := range strings.SplitSeq(list, "|") {
			words[word] = of
		}
	}
	return words
})

// labelOf returns the field that a line says, and its value.
func labelOf(s string) (of label, value string) {
	at, size := strings.IndexAny(s, ":："), 1
	if row := strings.Index(s, " | "); row >= 0 && (at < 0 || row < at) {
		at, size = row, len(" | ")
	} else if at >= 0 {
		_, size = utf8.DecodeRuneInString(s[at:])
	}
	if at <= 0 || strings.Contains(s, "\n") {
		return noLabel, ""
	}
	value = strings.TrimSpace(s[at+size:])
	if value == "" || len(value) > longCell {
		return noLabel, ""
	}
	return labelWords()[strings.ToLower(strings.TrimSpace(strings.TrimRight(s[:at], " :")))], value
}

// fewLabels is how many fields the lines at the top say at least. One alone may be
// the start of a sentence.
const fewLabels = 2

// labelled takes the fields of lines at the top that say which they are: "Headline:
// Ports in winter", or a table of such. Lines that say other things stay.
func (d *document) labelled() {
	values := map[label]string{}
	lines := map[label]int{}
	for i := 0; i < len(d.list) && i < headLines; i++ {
		p := &d.list[i]
		if p.Level > 0 {
			break
		}
		of, value := labelOf(p.Text)
		if _, dup := values[of]; of != noLabel && !dup {
			values[of], lines[of] = value, i
		}
	}
	if len(values) < fewLabels || len(values) == len(d.list) {
		return
	}
	used := map[int]bool{}
	for of, value := range values {
		if d.take(of, value) {
			used[lines[of]] = true
		}
	}
	n := -1
	d.list = slices.DeleteFunc(d.list, func(paragraph.Paragraph) bool { n++; return used[n] })
}

// take takes the value of a field, and reports whether it is one.
func (d *document) take(of label, value string) bool {
	switch of {
	case titleLabel:
		d.title = oneLine(value)
	case authorLabel:
		d.takeAuthors(layout.SplitNames(layout.TrimByline(value)))
	case dateLabel:
		t, ok := extract.ParseDateIn(value, d.language)
		if !ok || !layout.IsPlausible(t) {
			return false
		}
		d.rec.Published = record.Time{Time: t, From: "text"}
	case sourceLabel:
		d.rec.Set(record.Source, record.Mapped, []record.Value{{Text: value, From: "text"}})
	case linkLabel:
		if !strings.Contains(value, "://") {
			return false
		}
		d.rec.Set(record.URL, record.Mapped, []record.Value{{Text: value, From: "text"}})
	default:
		return false
	}
	return true
}

// Bounds of what stands between a title and its day: how many lines, and how long
// one is, in bytes.
const (
	blockLines   = 8
	maxBlockLine = 120
)

// titleBlock takes the names between the title and the day, or the abstract, that
// stand without a word such as "by", as TeX sets them and pandoc writes them.
func (d *document) titleBlock() {
	if d.title == "" || d.rec.Has(record.Authors) {
		return
	}
	end := -1
	var published time.Time
	for i := 0; i < len(d.list) && i < blockLines && end < 0; i++ {
		p := &d.list[i]
		if len(p.Text) > maxBlockLine || p.Table > 0 {
			return
		}
		if strings.EqualFold(strings.Trim(p.Text, " .:—"), "abstract") {
			end = i
		} else if day, ok := extract.ParseDateLine(p.Text, d.language); ok && !day.Published.IsZero() {
			end, published = i, day.Published
		} else if p.Level > 0 || layout.EndsSentence(p.Text) {
			return
		}
	}
	if end < 1 {
		return
	}
	var names []string
	used := map[int]bool{end: !published.IsZero()}
	for i := range end {
		if found := d.namesIn(&d.list[i]); len(found) > 0 {
			names = append(names, found...)
			used[i] = true
		}
	}
	if len(names) == 0 {
		return
	}
	d.takeAuthors(names)
	if !published.IsZero() {
		d.rec.Published = record.Time{Time: published, From: "text"}
	}
	n := -1
	d.list = slices.DeleteFunc(d.list, func(paragraph.Paragraph) bool { n++; return used[n] })
}

// namesIn returns the names in a line; nil when there is anything else in it.
func (d *document) namesIn(p *paragraph.Paragraph) []string {
	if isLabel(p.Text) || layout.TrimByline(p.Text) != p.Text || layout.EndsSentence(p.Text) && !strings.HasSuffix(p.Text, "Jr.") {
		return nil
	}
	text := strings.Trim(p.Text, " *†‡0123456789") // the marks of notes
	names := layout.SplitNames(strings.ReplaceAll(text, "\n", "; "))
	for i := range names {
		names[i] = strings.Trim(names[i], " *†‡0123456789")
		if !layout.IsPersonName(names[i]) || isOffice(names[i]) {
			return nil
		}
	}
	return names
}

// offices are words of the names of places of work and of parts of a document, which
// have capitals as names of persons have.
var offices = phrases("university|universität|université|universidad|università|institute|institut|instituto|department|school|centre|center|" +
	"college|faculty|laboratory|lab|ministry|council|foundation|stiftung|inc|ltd|gmbh|llc|policy|brief|report|paper|working|executive|summary|" +
	"introduction|contents|research|analysis|special|issue|volume|number|part|series|briefing|note|review|journal|draft|version|chapter|" +
	"commentary|opinion|newsletter|bulletin|edition|weekly|daily|monthly|annual|table|figure|january|february|march|april|may|june|july|" +
	"august|september|october|november|december")

func isOffice(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if offices()[strings.Trim(w, ".,")] {
			return true
		}
	}
	return false
}

// dateline takes the day of the first paragraph that begins with a place and a day,
// which stays. At the very start of the text it is found there.
func (d *document) dateline() {
	if !d.rec.Published.Time.IsZero() {
		return
	}
	for i := 1; i < len(d.list) && i < headLines; i++ {
		if _, t := layout.Dateline(d.list[i].Text, d.language); !t.IsZero() {
			d.rec.Published = record.Time{Time: t, From: "dateline"}
			return
		}
	}
}

// mastheadLines is how many lines may stand between the name of a newspaper and the
// headline.
const mastheadLines = 2

// belowMasthead returns the index of the headline on a page of a newspaper, of which the
// paragraph at i, with the largest letters, is the name: below it stands the day. It
// takes both.
func (d *document) belowMasthead(i int) int {
	for k := i + 1; k < len(d.list) && k <= i+mastheadLines; k++ {
		var published time.Time
		for part := range strings.SplitSeq(d.list[k].Text, " | ") {
			if day, ok := extract.ParseDateLine(strings.TrimSpace(part), d.language); ok && !day.Published.IsZero() {
				published = day.Published
			}
		}
		if published.IsZero() || k+1 >= len(d.list) {
			continue
		}
		p := &d.list[k+1]
		if p.Table > 0 || utf8.RuneCountInString(p.Text) > maxTitle || d.size == 0 || p.Size <= d.size*1.4 || !hasLetters(p.Text) {
			continue
		}
		d.rec.Set(record.Source, record.Mapped, []record.Value{{Text: oneLine(d.list[i].Text), From: "masthead"}})
		d.rec.Published = record.Time{Time: published, From: "masthead"}
		d.list = slices.Delete(d.list, i, k+1)
		return i
	}
	return i
}

// siteMarks part the title of a web page from the name of its site.
var siteMarks = [...]string{" | ", " - ", " – ", " — ", " · ", " :: ", " • ", " » "}

// withoutSite takes the name of the site off the title of a web page, where the title
// stands in the text without it.
func (d *document) withoutSite(stated, seen string) string {
	for _, mark := range siteMarks {
		title, site, ok := strings.Cut(stated, mark)
		if i := strings.LastIndex(stated, mark); i >= 0 && letters(title) != letters(seen) {
			title, site = stated[:i], stated[i+len(mark):]
		}
		if ok && letters(title) == letters(seen) {
			d.rec.Set(record.Source, record.Mapped, []record.Value{{Text: site, From: "title"}})
			return seen
		}
	}
	return stated
}

// fewEntries is how many lines of contents follow each other at least, without a
// heading that says what they are.
const fewEntries = 3

// dropContents takes away contents that are typed, or whose style is of the writer's
// own: lines that end with a tab and the number of a page, and what stands above them.
func dropContents(list []paragraph.Paragraph) []paragraph.Paragraph {
	kept := list[:0]
	for i := 0; i < len(list); {
		end := i
		n := len(kept)
		isHeaded := n > 0 && isContentsHead()[strings.ToLower(kept[n-1].Text)]
		for end < len(list) && (isEntry(&list[end]) || isHeaded && isRow(&list[end])) {
			end++
		}
		if end-i >= fewEntries || end > i && isHeaded {
			if isHeaded {
				kept = kept[:n-1]
			}
			i = end
			continue
		}
		kept = append(kept, list[i:max(end, i+1)]...)
		i = max(end, i+1)
	}
	return kept
}

func isEntry(p *paragraph.Paragraph) bool {
	at := strings.LastIndexByte(p.Text, '\t')
	return at > 0 && p.Table == 0 && at+1 < len(p.Text) && len(p.Text)-at <= 5 && strings.Trim(p.Text[at+1:], "0123456789ivx") == "" && hasLetters(p.Text[:at])
}

// isRow reports whether a row of a table is of a title and the number of its page.
func isRow(p *paragraph.Paragraph) bool {
	at := strings.LastIndex(p.Text, " | ")
	return at > 0 && p.Table > 0 && len(p.Text)-at <= 6 && strings.Trim(p.Text[at+3:], "0123456789ivx") == ""
}

var isContentsHead = phrases("contents|table of contents|inhalt|inhaltsverzeichnis|sommaire|table des matières|índice|contenido|indice|sommario|" +
	"inhoud|inhoudsopgave|spis treści|содержание|оглавление|innehåll|indhold|目录|目錄|目次|차례|목차|المحتويات")

// maxShort is how long a line may be that was ended by hand, in runes.
const maxShort = 120

// maxSplit bounds a paragraph that is parted, in bytes.
const maxSplit = 1 << 20

// split parts a paragraph whose writer ended lines rather than paragraphs: at blank
// lines, and at the top, where the title stands, at each.
func split(p *paragraph.Paragraph, atTop bool) []paragraph.Paragraph {
	if !strings.Contains(p.Text, "\n") || len(p.Text) > maxSplit || p.Level > 0 || titleStyles()[p.Style] {
		return []paragraph.Paragraph{*p}
	}
	var parts []paragraph.Paragraph
	add := func(s string) {
		q := *p
		if len(parts) > 0 {
			q.Break, q.Links, q.Bookmarks = false, nil, nil
		}
		q.Text = s
		parts = append(parts, q)
	}
	for piece := range strings.SplitSeq(strings.ReplaceAll(p.Text, "\n \n", "\n\n"), "\n\n") {
		piece = layout.TidyBlock(piece)
		lines := strings.Split(piece, "\n")
		isHead := atTop && !slices.ContainsFunc(lines, func(s string) bool {
			return utf8.RuneCountInString(s) > maxShort || layout.EndsSentence(s)
		})
		if atTop = atTop && isHead; !isHead || len(lines) == 1 {
			add(piece)
			continue
		}
		for _, s := range lines {
			add(s)
		}
	}
	return parts
}
