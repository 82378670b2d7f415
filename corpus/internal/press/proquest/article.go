package proquest

import (
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// article is what the lines of one say.
type article struct {
	title    string
	names    [word + 1]string // the labels as they stand
	values   [word + 1][]string
	link     string
	text     []string
	credit   string // who is named below it
	words    int    // stated of the text
	hasTitle bool
}

// articleOf sorts the lines of an article.
func articleOf(lines []line) *article {
	a := &article{}
	first, last := textOf(lines)
	at := noLabel
	for i := range lines {
		l := &lines[i]
		if l.words > a.words {
			a.words = l.words
		}
		if i > first && i < last && first >= 0 {
			a.text = append(a.text, l.text)
			continue
		}
		if a.link == "" {
			a.link = linkTo(l)
		}
		if l.text == "" || isLinkLine(l) {
			continue
		}
		name, value := l.label()
		switch {
		case i == first:
			a.text = append(a.text, value)
			at = noLabel
		case name == text: // of an article whose text is a picture
			at = text
		case name != noLabel:
			at = name
			a.names[name], _, _ = strings.Cut(l.text, ":")
			a.add(name, value)
		case !a.hasTitle && at == noLabel:
			a.setTitle(l.text)
		case at == abstract || at != noLabel && at != text && !l.page:
			a.add(at, l.text)
		}
	}
	return a
}

func (a *article) add(l label, value string) {
	if value != "" && len(a.values[l]) < record.MaxValues {
		a.values[l] = append(a.values[l], value)
	}
}

// setTitle takes the first line that is no label, unless it counts the articles:
// "Document 3 of 100".
func (a *article) setTitle(s string) {
	if isCount(s) {
		return
	}
	a.title, a.hasTitle = s, true
}

// isCount reports whether a line counts the articles, in any language: two numbers
// and at most three words.
func isCount(s string) bool {
	numbers := 0
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '/' })
	for _, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			numbers++
		}
	}
	return numbers == 2 && len(words) <= 5 && len(s) < 60 || numbers == 1 && len(words) == 1 && len(s) < 60 && strings.Contains(s, "共")
}

// isLinkLine reports whether a line only leads to the document.
func isLinkLine(l *line) bool {
	if l.page {
		return l.link != "" && l.bold == "" && strings.Contains(l.text, "ProQuest") && len(l.text) < 60
	}
	return (strings.HasPrefix(l.text, "http://") || strings.HasPrefix(l.text, "https://")) && !strings.Contains(l.text, " ")
}

// linkTo returns the address of the document to which a line leads, empty when
// it leads to none.
func linkTo(l *line) string {
	to := l.link
	if !l.page && isLinkLine(l) {
		to = l.text
	}
	if !strings.Contains(to, "/docview/") {
		return ""
	}
	return to
}

// textOf returns the line that begins the text, -1 for none, and the one behind
// its last: the labels behind a text begin there. A label that a text may have
// as well counts where nothing but labels is between it and those that no text
// has.
func textOf(lines []line) (first, last int) {
	first = -1
	for i := range lines {
		if l, _ := lines[i].label(); l == text && !lines[i].inText {
			first = i
			break
		}
	}
	if first < 0 {
		return -1, -1
	}
	last = first + 1
	for last < len(lines) && lines[last].inText {
		last++
	}
	if last > first+1 {
		// The element says where it ends, unless nobody closed it.
		for i := first + 1; i < last; i++ {
			if l, _ := lines[i].label(); l.isTail() {
				last = i
				break
			}
		}
		return first, back(lines, first, last)
	}
	for last < len(lines) {
		if l, _ := lines[last].label(); l.isTail() {
			break
		}
		last++
	}
	return first, back(lines, first, last)
}

// back returns where the labels begin that stand directly before line last. Of
// those that a text may have, a run of them belongs to the labels.
func back(lines []line, first, last int) int {
	if last == len(lines) {
		return last
	}
	var seen [word + 1]bool
	for i := last; i < len(lines); i++ {
		l, _ := lines[i].label()
		seen[l] = true
	}
	at := last
	for i := last - 1; i > first; i-- {
		l, _ := lines[i].label()
		switch {
		case l != noLabel && l < detail && seen[l]:
			return at // it stands once in an article: this is a line of the text
		case l != noLabel && !lines[i].inText:
			at, seen[l] = i, true
		case lines[i].text == "":
		default:
			return at
		}
	}
	return at
}

// fill sets the fields of a record.
func (a *article) fill(rec *record.Record) {
	set := func(f record.Field, rank int, l label, s string) {
		rec.Set(f, rank, []record.Value{{Text: s, From: a.names[l]}})
	}
	if a.title == "" {
		a.title = a.one(title)
	}
	set(record.Title, record.Mapped, title, a.title)
	set(record.ID, record.Mapped, id, a.one(id))
	if a.link == "" {
		a.link = a.one(address)
	}
	set(record.URL, record.Mapped, address, firstOf(a.one(address), a.link))
	name, day := partInfo(a.one(info))
	place, _, _ := strings.Cut(firstOf(a.one(outlet), name), ";")
	set(record.Source, record.Mapped, outlet, firstOf(strings.TrimSpace(place), a.one(database)))
	set(record.Published, 0, date, mendDate(a.one(date)))
	set(record.Published, 1, info, day)
	set(record.Published, 2, year, a.one(year))
	set(record.Language, record.Mapped, language, languageOf(a.one(language)))
	set(record.Summary, record.Mapped, abstract, strings.Join(paragraphs(a.values[abstract]), "\n"))
	text := a.withoutCredits(paragraphs(a.text))
	rec.Set(record.Authors, record.Mapped, a.authors())
	rec.Set(record.People, record.Mapped, a.people(people))
	rec.Set(record.Topics, record.Mapped, a.list(subject))
	rec.Set(record.Topics, record.Mapped, a.list(keywords))
	rec.Set(record.Places, record.Mapped, a.places())
	rec.Set(record.Organizations, record.Mapped, a.companies())
	text, notice := withoutCorrection(text)
	if s := a.one(copyright); s != "" || notice != "" {
		rec.Handling = &record.Handling{Rights: s, Notice: notice}
	}
	if len(text) > 0 {
		rec.Blocks = make([]extract.Block, len(text))
		for i, s := range text {
			rec.Blocks[i] = blockOf(s)
		}
	}
	if a.words > 0 {
		l := stated.Length{N: a.words, Text: "wordcount"}
		l.Check(rec, strings.Join(text, "\n"), a.title, a.one(abstract), strings.Join(a.text, "\n"))
	}
}

func (a *article) one(l label) string { return strings.Join(a.values[l], " ") }

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// list returns the values of a label, which semicolons part; keywords are also
// parted by commas.
func (a *article) list(l label) []record.Value {
	all, separator := a.one(l), ";"
	if l == keywords && !strings.Contains(all, ";") {
		separator = ","
	}
	var values []record.Value
	for s := range strings.SplitSeq(all, separator) {
		if s = strings.TrimSpace(s); s != "" && len(values) < record.MaxValues {
			values = append(values, record.Value{Text: s, From: a.names[l], Element: true})
		}
	}
	return values
}

// places returns the places, without the codes of countries: "United States--US
// Switzerland" are two.
func (a *article) places() []record.Value {
	var values []record.Value
	for _, v := range a.list(location) {
		for s := v.Text; s != ""; {
			name, rest, found := strings.Cut(s, "--")
			if found && !isCountryCode(rest) {
				name, rest = s, ""
			} else if found {
				rest = rest[2:]
			}
			v.Text = strings.TrimSpace(name)
			if values, s = append(values, v), strings.TrimSpace(rest); len(values) >= record.MaxValues {
				return values
			}
		}
	}
	return values
}

// isCountryCode reports whether two capitals begin s, and no word.
func isCountryCode(s string) bool {
	return len(s) >= 2 && isCapital(s[0]) && isCapital(s[1]) && (len(s) == 2 || s[2] == ' ')
}

func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' }

// authors returns the authors; where the database knows none, who is credited
// below the text.
func (a *article) authors() []record.Value {
	values := slices.DeleteFunc(a.people(author), func(v record.Value) bool {
		return strings.EqualFold(v.Text, "Anonymous") || strings.EqualFold(v.Text, "No author") || strings.EqualFold(v.Text, "Unknown")
	})
	if len(values) == 0 && a.credit != "" && len(a.credit) <= maxLabel {
		values = append(values, record.Value{Text: a.credit, From: "Credit"})
	}
	return values
}

// withoutCredits returns a text without the lines at its end that credit
// somebody, tell of pictures or are addresses.
func (a *article) withoutCredits(text []string) []string {
	for len(text) > 1 {
		last := text[len(text)-1]
		name, rest, found := strings.Cut(last, ":")
		switch {
		case found && (name == "Credit" || name == "CREDIT"):
			a.credit = strings.TrimSpace(rest)
		case found && (name == "Caption" || name == "CAPTION" || name == "Illustration" || name == "ILLUSTRATION" || name == "PHOTO" || name == "GRAPHIC"):
		case isAddress(last):
		default:
			return text
		}
		text = text[:len(text)-1]
	}
	return text
}

// people returns the names of a label, the family name last. Numbers of
// affiliations and the affiliations themselves are left out.
func (a *article) people(l label) []record.Value {
	values := a.list(l)
	if l == author && len(values) == 1 && strings.Count(values[0].Text, ",") != 1 {
		values[0].Element = false // a line as newspapers have it
	}
	for i := range values {
		s := values[i].Text
		if at := strings.IndexFunc(s, func(r rune) bool { return unicode.IsDigit(r) || r == '@' }); at > 0 {
			s = strings.TrimSpace(s[:at])
		}
		family, given, found := strings.Cut(s, ",")
		if given = strings.TrimSpace(given); found && given != "" && !strings.Contains(given, ",") && len(strings.Fields(family)) <= 4 {
			s = strings.TrimSuffix(given, ".")
			if initial := given[strings.LastIndexByte(given, ' ')+1:]; len(initial) == 2 {
				s = given // "Ann B."
			}
			s += " " + strings.TrimSpace(family)
			values[i].Element = true
		}
		values[i].Text = s
	}
	return values
}

// companies returns the names of companies, which stand among numbers of their
// trade: "Name: Example Bank; NAICS: 522110".
func (a *article) companies() []record.Value {
	values := a.list(company)
	named := slices.DeleteFunc(slices.Clone(values), func(v record.Value) bool {
		name, _, found := strings.Cut(v.Text, ":")
		return found && strings.ContainsAny(v.Text, "0123456789") && !isNameLabel(name)
	})
	for i := range named {
		if name, rest, found := strings.Cut(named[i].Text, ":"); found && isNameLabel(name) {
			named[i].Text = strings.TrimSpace(rest)
		}
	}
	return named
}

// isNameLabel reports whether a word says "name" in a language of the database.
func isNameLabel(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "name", "nom", "nombre", "nome", "nazwa", "название", "名称", "名稱", "이름", "ad", "名前", "nama", "navn", "név":
		return true
	}
	return false
}

// partInfo parts "Example Times ; Porto [Porto]08 May 2010: AA.2." into the
// outlet and the day.
func partInfo(s string) (outlet, day string) {
	at := strings.LastIndexByte(s, ']')
	end := len(s)
	if i := strings.IndexAny(s, ";["); i >= 0 {
		end = i
	} else if i := strings.IndexByte(s, ','); i >= 0 {
		end = i
	}
	outlet = strings.TrimSpace(s[:end])
	day, _, _ = strings.Cut(s[at+1:], ":")
	return outlet, strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(day), ","))
}

// languageOf returns the first of several names of a language.
func languageOf(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.TrimSpace(s)
}

// mendDate joins the figures of a date that a blank parted: "Jan 1 7, 2 009".
func mendDate(s string) string {
	if _, ok := extract.ParseDate(s); ok || len(s) > 40 {
		return s
	}
	isDigit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	var b strings.Builder
	for i := range len(s) {
		if s[i] != ' ' || !isDigit(i-1) || !isDigit(i+1) {
			b.WriteByte(s[i])
		}
	}
	if _, ok := extract.ParseDate(b.String()); ok {
		return b.String()
	}
	return s
}

// withoutCorrection takes a correction off a text.
func withoutCorrection(text []string) (rest []string, notice string) {
	for i, s := range text {
		if correction, ok := strings.CutPrefix(s, "CORRECTION: "); ok && len(text) > 1 {
			correction = strings.TrimSpace(strings.TrimPrefix(correction, "SEE CORRECTION APPENDED;"))
			return slices.Delete(slices.Clone(text), i, i+1), correction
		}
	}
	return text, ""
}

// notText are lines that the database puts into a text.
var notText = [...]string{"Enlarge this image.", "Enlarge this image", "html>", "Illustration", "Not available.", "None available.", "Noneavailable.", "--", "---", "Caption:", "Credit:"}

// paragraphs returns the paragraphs of a text, without what is none: the words
// beside a picture.
func paragraphs(lines []string) []string {
	var text []string
	for _, s := range lines {
		s = strings.TrimSpace(s)
		for _, before := range [...]string{"Enlarge this image.", "html>"} {
			s = strings.TrimSpace(strings.TrimPrefix(s, before))
		}
		if s == "" || slices.Contains(notText[:], s) {
			continue
		}
		text = append(text, s)
	}
	return text
}

// isAddress reports whether a line is a mail address and nothing else, perhaps a
// broken one behind a rule.
func isAddress(s string) bool {
	s = strings.Trim(s, "-–— ")
	return len(s) < 100 && strings.Count(s, "@") == 1 && len(strings.Fields(s)) <= 2 && len(strings.Fields(strings.ReplaceAll(s, " @", "@"))) == 1
}
