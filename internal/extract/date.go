package extract

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The years that ParseDate believes in. Newspapers begin in the 1600s;
// beyond 2100 lie typing errors and placeholders.
const (
	minYear = 1600
	maxYear = 2100
)

// maxDate is the longest text that is looked at. A date with its weekday, time
// and zone written out takes some 120 bytes in Cyrillic, and a second one may
// follow it.
const maxDate = 192

// ParseDate is [ParseDateIn] for a text of which nobody states the language.
func ParseDate(s string) (time.Time, bool) { return ParseDateIn(s, "") }

// ParseDateIn reads a date, with or without a time of day, as people and
// programs write it: RFC 3339 and its many variants, RFC 1123 and 822,
// "January 2, 2006", "2 Jan 2006", "Jan. 2, 2006 3:04 p.m. ET", "2006/01/02",
// "20060102T150405Z", "200601021504", "2006-W01-1", "25.04.2024, 14.07 Uhr",
// "5.3.2024 klo 10.30", "5 de mayo de 2024", "2025年1月13日 20時01分",
// "April 2024", "2024", what JavaScript, .NET and MongoDB write, and seconds,
// milliseconds, microseconds or nanoseconds since 1970. Months are known by
// their names in some fifty languages.
//
// Of dates in figures that begin with the day or the month, those with dots
// begin with the day. Others, such as 03/04/2025, begin with the day where the
// language is one that puts it first (see [DayFirst]), else with the month as
// in the United States. When that makes no date and the other order does, the
// other counts.
//
// Two-digit years are 1969 to 2068. What has no time of day is midnight, what
// has no zone is UTC, and what has no day is the first. Where the zone is in
// doubt, as IST is that of India, Ireland or Israel, the day counts and the
// time of day doesn't, unless the language tells which it is. Of two dates
// the first counts.
//
// A text that holds no date, no year, or much besides is refused, as is a
// year before 1600 or after 2100.
func ParseDateIn(s, language string) (time.Time, bool) {
	d, ok := ReadDate(s, language)
	return d.Time, ok
}

// ReadDate is [ParseDateIn] that also tells how precise a date is, and in which zone.
func ReadDate(s, language string) (Date, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDate {
		return Date{}, false
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return believable(Date{Time: t, Precision: ToSecond, Zone: t.Location()})
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return believable(Date{Time: t, Precision: ToDay})
	}
	if s[0] == '[' || s[0] == '{' {
		return parseJSONText(s, language)
	}
	order := orderOf(language)
	d, rest, ok := dateReader{order: order, strange: endsInStrangeZone(s)}.read(foldDate(datesOfCalendars(s, order.language)))
	if !ok || rest.number && !(dateReader{}).readsAll(rest.text) {
		return Date{}, false
	}
	return d, true
}

// DateLine is what a line says of when an article appeared and was changed.
// What it doesn't say is zero.
type DateLine struct {
	Published, Updated time.Time
	PublishedAs        string // Published as Date.String has it
}

// maxDatesInLine bounds the dates of a line: published, updated, and once
// more in another zone.
const maxDatesInLine = 4

// ParseDateLine reads a line that says when an article appeared, was changed,
// or both, and nothing else: "Published on 5 March 2024, 10.30. Last modified
// on Wed 6 Mar 2024 08.15 CET". A word that has no part in this makes it
// another line.
func ParseDateLine(s, language string) (DateLine, bool) {
	var line DateLine
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDate {
		return line, false
	}
	r := dateReader{order: orderOf(language), strange: endsInStrangeZone(s), strict: true}
	rest := remainder{text: foldDate(datesOfCalendars(s, r.order.language))}
	for range maxDatesInLine {
		d, next, ok := r.read(rest.text)
		if !ok {
			return DateLine{}, false
		}
		switch {
		case next.updated && line.Updated.IsZero():
			line.Updated = d.Time
		case !next.updated && line.Published.IsZero():
			line.Published, line.PublishedAs = d.Time, d.String()
		}
		if rest = next; rest.text == "" {
			return line, true
		}
	}
	return DateLine{}, false
}

// dateReader reads folded texts.
type dateReader struct {
	order   dateOrder
	strange bool // the text ends in what looks like a zone and is none that is known
	strict  bool // no word may be unknown, and nothing else that the text can be
}

// remainder is what follows the first date of a text.
type remainder struct {
	text    string
	number  bool // it begins with a number, and so has to be another date
	updated bool // the date before it is that of a change
}

// read reads the date that a text begins with.
func (r dateReader) read(s string) (d Date, rest remainder, ok bool) {
	if d, ok := parseDigits(s); ok && !r.strict {
		return d, rest, true
	}
	if len(s) == 0 || s[0] == '-' || weekMark().MatchString(s) {
		return d, rest, false // the number of a week is none of a month
	}
	s = figures(s)
	// A time of day with a dot looks like part of a date. It is looked for
	// where a date is complete, and anywhere only if there would be none.
	for _, dotted := range [...]bool{false, true} {
		p := dateParser{dateReader: r, dotted: dotted}
		if !p.scan(s) || r.strict && !p.plain() {
			continue
		}
		if d, ok := p.whole(); ok {
			return d, remainder{p.rest, p.restIsNumber, p.updated}, true
		}
	}
	return d, rest, false
}

// readsAll reports whether a text is a date, or several.
func (r dateReader) readsAll(s string) bool {
	for range maxDatesInLine {
		_, rest, ok := r.read(s)
		if !ok {
			return false
		}
		if !rest.number {
			return true
		}
		s = rest.text
	}
	return false
}

// believable returns d if its year is.
func believable(d Date) (Date, bool) {
	if y := d.Time.Year(); y < minYear || y > maxYear {
		return Date{}, false
	}
	return d, true
}

// foldDate brings a text into the form that the tables of words are in: lower
// case, without accents, digits in ASCII, and the marks of East Asian dates
// as separators.
func foldDate(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	s = eastAsianMarks.Replace(norm.NFKC.String(s))
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			return -1
		case r == 'ı':
			return 'i'
		case r >= 0x0660 && r <= 0x0669: // Arabic
			return r - 0x0660 + '0'
		case r >= 0x06f0 && r <= 0x06f9: // Persian
			return r - 0x06f0 + '0'
		case r >= 0x0966 && r <= 0x096f: // Devanagari
			return r - 0x0966 + '0'
		case r >= 0x09e6 && r <= 0x09ef: // Bengali
			return r - 0x09e6 + '0'
		case r >= 0x0e50 && r <= 0x0e59: // Thai
			return r - 0x0e50 + '0'
		case r >= 0x2010 && r <= 0x2015, r == 0x2212: // hyphens, dashes, minus
			return '-'
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// eastAsianMarks are composed before accents are taken off: Hangul would fall
// apart.
var eastAsianMarks = strings.NewReplacer(
	"年", "-", "月", "-", "日", " ", "号", " ", "時", ":", "时", ":", "点", ":", "點", ":", "分", ":", "秒", " ",
	"년", "-", "월", "-", "일", " ", "시", ":", "분", ":", "초", " ",
	"午前", ", am ", "午後", ", pm ", "上午", ", am ", "下午", ", pm ", "오전", ", am ", "오후", ", pm ",
)

// dateFigures are dates in figures that need words or letters to be read.
var (
	dayOfMonth = pattern(`\b(\d{1,2}) (?:thang|de|del) (\d{1,2}),? (?:nam |de |del )?(\d{4})\b`)
	romanMonth = pattern(`\b(\d{1,2})[. /-]\s?(i{1,3}|iv|vi{0,3}|ix|xi{0,2})[. /-]\s?(\d{4})\b`)
	exifDate   = pattern(`^(\d{4}):(\d\d):(\d\d)\b`)
)

// romans are the months in Roman figures.
var romans = [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}

// figures writes dates that are figures but for a word between them, or a
// Roman month, with dots: "5 tháng 3 năm 2024", "5 III 2024". Folded text has
// no capitals, so that these replacements see nothing else.
func figures(s string) string {
	if !isASCII(s) {
		s = longNames.Replace(s)
	}
	if len(s) > 4 && s[4] == ':' {
		s = exifDate().ReplaceAllString(s, "$1-$2-$3")
	}
	if strings.Contains(s, " thang ") || strings.Contains(s, " de") {
		s = dayOfMonth().ReplaceAllString(s, "$1.$2.$3")
	}
	if !strings.ContainsAny(s, "ivx") {
		return s
	}
	if m := romanMonth().FindStringSubmatchIndex(s); m != nil {
		for n, roman := range romans {
			if s[m[4]:m[5]] == roman {
				s = s[:m[3]] + "." + twoDigits(n) + "." + s[m[6]:]
				break
			}
		}
	}
	return s
}

// longNames are the months whose names have two words, in the Arabic of the
// Levant.
var longNames = strings.NewReplacer("كانون الثاني", "يناير", "كانون الاول", "ديسمبر", "تشرين الاول", "اكتوبر", "تشرين الثاني", "نوفمبر")

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
