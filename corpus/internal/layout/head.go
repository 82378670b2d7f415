package layout

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/wordset"
)

// Head is what may stand above a text.
type Head struct {
	Language           string // as stated; it tells the order of day and month
	Title              string
	Authors            []string
	Published, Updated time.Time
	PublishedAs        string // Published as extract.Date.String has it; empty where nobody tells
}

// maxHeadUnits bounds how far into a text its head may reach: title, byline
// and date, each perhaps once more.
const maxHeadUnits = 6

// head takes what stands above a plain text: its title, byline and date. It
// fills what a does not state yet, and returns the index of the first unit
// of the text itself. A line is taken only when a field holds all it says, so
// that nothing is lost; any other line ends the head.
func (p *Parser) head(a *Head) int {
	titled := false // the title was met
	i := 0
	for i < len(p.units) && i < maxHeadUnits && p.headLine(a, i, &titled) {
		i++
	}
	return i
}

func (p *Parser) headLine(a *Head, i int, titled *bool) bool {
	u := &p.units[i]
	if line, ok := dateLine(u.text, a.Language); ok && i+1 < len(p.units) { // or two lines, of publication and change
		if a.Published.IsZero() {
			a.PublishedAs = line.PublishedAs
		}
		return takeDate(&a.Published, line.Published) && takeDate(&a.Updated, line.Updated)
	}
	if u.lines > 1 || len(u.text) > maxTitleLine*utf8.UTFMax || i+1 == len(p.units) {
		return false
	}
	if a.Title != "" && !*titled && strings.EqualFold(u.text, a.Title) {
		*titled = true
		return true
	}
	if names := byline(u.text); names != nil {
		if len(a.Authors) == 0 {
			a.Authors = names
		}
		return slices.Equal(a.Authors, names)
	}
	if line, ok := placeAndDay(u.text, a.Language); ok && a.Published.IsZero() {
		a.Published, a.PublishedAs = line.Published, line.PublishedAs // the line stays, as nothing else says the place
	}
	if a.Title == "" && p.titleLike(i) {
		a.Title, *titled = u.text, true
		return true
	}
	return false
}

// takeDate fills in a date that a line states, and reports whether at is what
// the line says.
func takeDate(at *time.Time, stated time.Time) bool {
	if at.IsZero() {
		*at = stated
	}
	return stated.IsZero() || at.Equal(stated)
}

// maxTitleLine bounds a title that stands on a line, in runes.
const maxTitleLine = 150

// titleLike reports whether unit i can be the title of what follows: one
// line that does not end as a sentence, above another.
func (p *Parser) titleLike(i int) bool {
	u := &p.units[i]
	if u.level > 0 {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(u.text)
	if u.kind != paragraph || utf8.RuneCountInString(u.text) > maxTitleLine || strings.ContainsRune(".,;:。，；：،…", last) {
		return false
	}
	start, _ := utf8.DecodeRuneInString(u.text)
	if !unicode.IsLetter(start) && !unicode.IsDigit(start) && !strings.ContainsRune("\"'“‘«„¿¡$€£", start) {
		return false
	}
	if unicode.IsLower(start) || strings.HasPrefix(u.text, "By:") || isBoilerplate(u.text) || strings.Contains(u.text, "://") {
		return false
	}
	return strings.ContainsFunc(u.text, unicode.IsLetter)
}

// bylinePrefixes begin a byline.
var bylinePrefixes = [...]string{"By ", "BY ", "by ", "Von ", "Par ", "Por "}

// TrimByline returns s without the word that begins a byline.
func TrimByline(s string) string {
	for _, mark := range bylinePrefixes {
		s = strings.TrimPrefix(s, mark)
	}
	return s
}

// byline returns the names in a line such as "By Ada Okoye and Jan de Wit";
// nil when there is anything else in it.
func byline(s string) []string {
	for _, mark := range bylinePrefixes {
		rest, ok := strings.CutPrefix(s, mark)
		if !ok || len(rest) > maxTitleLine {
			continue
		}
		names := SplitNames(rest)
		for _, name := range names {
			if !IsPersonName(name) {
				return nil
			}
		}
		return names
	}
	return nil
}

// nameParticles are the parts of names that are written small.
var nameParticles = wordset.Of("de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den",
	"ter", "ten", "bin", "bint", "ibn", "al", "el", "zu", "y", "e", "af", "av")

// IsPersonName reports whether s looks like the name of a person: two to five
// words with capitals.
func IsPersonName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		small := i > 0 && i < len(words)-1 && nameParticles()[w]
		if !small && !unicode.IsUpper(r) && !unicode.Is(unicode.Lo, r) {
			return false
		}
		if strings.ContainsFunc(w, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(".-'’", r)
		}) {
			return false
		}
	}
	return true
}

// SplitNames cuts "Ada Okoye, Jan de Wit and Li Na" into names, without what
// they do: "Ada Okoye, Foreign Correspondent". A name that
// is written surname first stays whole: "Okoye, A.B.", "Okoye, Ada".
func SplitNames(s string) []string {
	s = strings.TrimSpace(s)
	if !isInitials(s[strings.LastIndexByte(s, ' ')+1:]) {
		s = strings.TrimSuffix(s, ".")
	}
	for _, and := range [...]string{" and ", " And ", " AND ", " & ", " und ", " et ", " y ", ";", " with "} {
		s = splitAnd(s, and)
	}
	var names []string
	for part := range strings.SplitSeq(s, "\n") {
		names = append(names, splitCommas(part)...)
	}
	return extract.DropRoles(names)
}

// splitAnd replaces a word between names by a line break. Behind a role it may
// go on with that: "Professor of History and Politics".
func splitAnd(s, and string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, and)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		last := before[strings.LastIndexAny(before, ",\n")+1:]
		if and != ";" && extract.IsSubject(last) {
			b.WriteString(and)
		} else {
			b.WriteByte('\n')
		}
		s = after
	}
}

func splitCommas(s string) []string {
	parts := strings.Split(s, ",")
	named := len(parts) // without the degrees and suffixes at the end
	for named > 2 && (isInitials(strings.TrimSpace(parts[named-1])) || extract.IsDegree(parts[named-1])) {
		named--
	}
	inverted := named == 2 && !strings.Contains(strings.TrimSpace(parts[0]), " ") &&
		!strings.Contains(strings.TrimSpace(parts[1]), " ")
	var names []string
	for i, part := range parts {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case i > 0 && len(names) > 0 && (inverted && i < named || isInitials(part)):
			names[len(names)-1] += ", " + part
		default:
			names = append(names, part)
		}
	}
	return names
}

// isInitials reports whether s is made of letters with stops, as in "A.B." or
// "J. R.", or is Jr. or Sr.
func isInitials(s string) bool {
	switch strings.TrimSuffix(s, ".") {
	case "Jr", "Sr", "jr", "sr", "II", "III":
		return true
	}
	if len(s) > 12 || !strings.HasSuffix(s, ".") {
		return false
	}
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '.' || r == ' ' || r == '-' }) {
		if utf8.RuneCountInString(part) > 1 {
			return false
		}
	}
	return true
}

// pattern returns the regular expression expr, which is compiled when it is
// first asked for: a search reads no corpus, and starts without it.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// yearPart is what a date must hold for a line of text to be taken for one.
var yearPart = pattern(`(^|\D)(1[6-9]|20)\d\d(\D|$)`)

// maxDateLine is room for two of the longest dates: weekday, date, time, zone.
const maxDateLine = 120

// dateLine reads a line that says when an article was published or updated, and
// nothing else: "March 5, 2026", "Published: 2026-03-05 10:00".
func dateLine(s, language string) (line extract.DateLine, ok bool) {
	if len(s) > maxDateLine || !yearPart().MatchString(s) {
		return line, false
	}
	return extract.ParseDateLine(s, language)
}

// placeAndDay reads a line that says where and when a text was written, and
// nothing else: "Vessem, 9 November 2023".
func placeAndDay(s, language string) (line extract.DateLine, ok bool) {
	place, day, found := strings.Cut(s, ", ")
	if !found || len(s) > maxDateLine || !yearPart().MatchString(day) {
		return line, false
	}
	words := strings.Fields(place)
	if len(words) > maxPlaceWords || slices.ContainsFunc(words, func(w string) bool {
		r, _ := utf8.DecodeRuneInString(w)
		return !unicode.IsUpper(r) && !unicode.Is(unicode.Lo, r)
	}) {
		return line, false
	}
	return extract.ParseDateLine(day, language)
}

// maxPlaceWords is what the name of a place has at most.
const maxPlaceWords = 4

// maxDay is room for the longest date in a dateline.
const maxDay = 60

// parseDay parses a date that names its year and at least its month.
func parseDay(s, language string) (time.Time, bool) {
	s = strings.Trim(s, " .,")
	if len(s) < len("May 2026") || len(s) > maxDay || !yearPart().MatchString(s) {
		return time.Time{}, false
	}
	t, ok := extract.ParseDateIn(s, language)
	return t, ok && IsPlausible(t)
}

// Dateline cuts the place and agency off the start of a report, as in
// "LONDON, March 5, 2026 (AP) — ", and returns the rest, and the date if
// there is one. Without a dateline it returns s. The language is that which is
// stated, see [Head].
func Dateline(s, language string) (rest string, t time.Time) {
	end, size := -1, 0
	for _, dash := range [...]string{" — ", " – ", " -- ", " - ", "— "} {
		if n := strings.Index(s[:min(len(s), maxDatelineBytes)], dash); n > 0 && (end < 0 || n < end) {
			end, size = n, len(dash)
		}
	}
	if end < 0 {
		return s, t
	}
	place := s[:end]
	word, _, _ := strings.Cut(place, " ")
	word = strings.TrimRight(word, ",.")
	if utf8.RuneCountInString(word) < 3 || strings.ToUpper(word) != word || strings.ToLower(word) == word {
		return s, t
	}
	if open := strings.IndexByte(place, '('); open >= 0 {
		place = place[:open]
	}
	for {
		_, after, found := strings.Cut(place, ",")
		if !found {
			break
		}
		place = after
		if day, ok := parseDay(place, language); ok {
			return s[end+size:], day
		}
	}
	return s[end+size:], t
}

// maxDatelineBytes bounds where the dash of a dateline is looked for.
const maxDatelineBytes = 100

// namedDay is a date in the name of a file, as in 2026-01-12-the-strait.md, or
// 202601121030 Note.md.
var namedDay = pattern(`(?:^|[^0-9])((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])([-_.]?)(0[1-9]|[12]\d|3[01])` +
	`(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?:[^0-9]|$)`)

// DayInName returns the date in the name of a file.
func DayInName(name string) (t time.Time, ok bool) {
	m := namedDay().FindStringSubmatch(name)
	if m == nil || m[2] != m[4] {
		return t, false
	}
	t, err := time.Parse("20060102", m[1]+m[3]+m[5])
	return t, err == nil
}

// IsPlausible reports whether an article can have been published at t. The
// upper bound is what JSON can carry.
func IsPlausible(t time.Time) bool { return t.Year() >= 1000 && t.Year() <= 9999 }
