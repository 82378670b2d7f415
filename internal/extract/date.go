package extract

import (
	"regexp"
	"strconv"
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

// maxDate is the longest text that is looked at; a date with its weekday,
// time and zone written out takes some 60 bytes.
const maxDate = 128

// ParseDate reads a date, with or without a time of day, as people and
// programs write it: RFC 3339 and its many variants, RFC 1123 and 822,
// "January 2, 2006", "2 Jan 2006", "Jan. 2, 2006 3:04 p.m. ET", "2006/01/02",
// "20060102T150405Z", "25.04.2024, 14.07 Uhr", "5 de mayo de 2024",
// "2025年1月13日 20時01分", "April 2024", "2024", and seconds or milliseconds
// since 1970. Months are known by their names in English, German, French,
// Spanish, Portuguese, Italian, Dutch, the Scandinavian languages, Polish,
// Russian, Ukrainian, Turkish and Indonesian.
//
// Of dates in figures that begin with the day or the month, those with dots
// begin with the day. Others, such as 03/04/2025, are read as in the United
// States, month first, unless that makes no date and the other order does.
// Two-digit years are 1969 to 2068. What has no time of day is midnight, what
// has no zone is UTC, and what has no day is the first.
//
// A text that holds no date, no year, or much besides is refused, as is a
// year before 1600 or after 2100.
func ParseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDate || s[0] == '-' {
		return time.Time{}, false
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return believable(t)
	}
	s = foldDate(s)
	if t, ok := parseDigits(s); ok {
		return t, true
	}
	var p dateParser
	if !p.scan(s) {
		return time.Time{}, false
	}
	return p.time()
}

// believable returns t if its year is.
func believable(t time.Time) (time.Time, bool) {
	if y := t.Year(); y < minYear || y > maxYear {
		return time.Time{}, false
	}
	return t, true
}

// foldDate brings a text into the form that the tables below are in: lower
// case, without accents, digits in ASCII, and the marks of East Asian dates
// as separators.
func foldDate(s string) string {
	s = eastAsianMarks.Replace(norm.NFKC.String(s))
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ı':
			return 'i'
		case r >= 0x0660 && r <= 0x0669: // Arabic
			return r - 0x0660 + '0'
		case r >= 0x06f0 && r <= 0x06f9: // Persian
			return r - 0x06f0 + '0'
		case r >= 0x0966 && r <= 0x096f: // Devanagari
			return r - 0x0966 + '0'
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

var eastAsianMarks = strings.NewReplacer(
	"年", "-", "月", "-", "日", " ", "時", ":", "时", ":", "点", ":", "分", ":", "秒", " ",
	"년", "-", "월", "-", "일", " ", "시", ":", "분", ":", "초", " ",
	"午前", ", am ", "午後", ", pm ", "上午", ", am ", "下午", ", pm ", "오전", ", am ", "오후", ", pm ",
)

var (
	compactDate = pattern(`^(\d{4})(\d\d)(\d\d)(?:[t ]?(\d\d)(\d\d)(\d\d)?)?(z|[+-]\d\d:?\d\d)?$`)
	epoch       = pattern(`^(\d{9,10}|\d{12,13})(?:\.\d+)?$`)
)

// parseDigits reads what consists of digits alone, or nearly.
func parseDigits(s string) (time.Time, bool) {
	if m := compactDate().FindStringSubmatch(s); m != nil {
		p := dateParser{numbers: []dateNumber{{num(m[1]), 4, '-'}, {num(m[2]), 2, '-'}, {num(m[3]), 2, '-'}}}
		ok := m[4] == "" || p.setTime(m[4], m[5], m[6], "", "")
		if ok && m[7] != "" {
			ok = m[7] == "z" || p.setOffset(m[7])
		}
		if t, valid := p.time(); ok && valid {
			return t, true
		}
	}
	if m := epoch().FindStringSubmatch(s); m != nil {
		n, _ := strconv.ParseInt(m[1], 10, 64)
		if len(m[1]) > 10 {
			return believable(time.UnixMilli(n).UTC())
		}
		return believable(time.Unix(n, 0).UTC())
	}
	return time.Time{}, false
}

// dateParser collects the parts of a date while it reads a text from left to
// right, and puts them together at the end.
type dateParser struct {
	numbers []dateNumber
	month   time.Month // by name
	named   int        // how many numbers stood before the name

	clock    bool // the time of day is known
	hour     int
	min, sec int
	nsec     int
	pm, am   bool

	zone   bool // the zone is known
	offset int  // seconds east of UTC
	us     bool // offset is that of a United States winter; summer is to be seen

	unknown int // words that mean nothing here
}

type dateNumber struct {
	value, digits int
	before        byte // the character before it
}

var (
	clockColon = pattern(`^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?(?:\s*([ap])\.?\s?m\b)?`)
	clockWord  = pattern(`^(\d{1,2})(?:[.](\d\d))?()()\s*(?:([ap])\.?\s?m\b|uhr\b)`)
	clockH     = pattern(`^(\d{1,2})\s?h\s?(\d\d)?()()()\b`)
	offsets    = pattern(`^[+-](?:\d\d:?\d\d|\d{1,2})\b`)
	number     = pattern(`^\d+`)
	word       = pattern(`^\p{L}+`)
)

// scan reads s; false means that it is no date.
func (p *dateParser) scan(s string) bool {
	before := byte(' ')
	for s != "" {
		n := 0
		switch c := s[0]; {
		case c == '[': // a zone's name after its offset
			return true
		case c >= '0' && c <= '9':
			n = p.digits(s, before)
		case (c == '+' || c == '-') && p.clock && offsets().MatchString(s):
			m := offsets().FindString(s)
			if p.setOffset(m) {
				n = len(m)
			}
		case c < 0x80 && !isLetter(c):
			n = 1
		default:
			m := word().FindString(s)
			if m == "" {
				_, size := utf8.DecodeRuneInString(s)
				n = size
				break
			}
			p.word(m, before)
			n = len(m)
		}
		if n == 0 {
			return false
		}
		before = s[n-1]
		s = s[n:]
	}
	return p.unknown <= 2
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// digits reads a time of day or a number; 0 means that it is neither.
func (p *dateParser) digits(s string, before byte) int {
	for _, clock := range [...]func() *regexp.Regexp{clockColon, clockWord, clockH} {
		m := clock().FindStringSubmatch(s)
		if m == nil {
			continue
		}
		if p.clock { // a second time of day is another event's
			return len(m[0])
		}
		if !p.setTime(m[1], m[2], m[3], m[4], m[5]) {
			return 0
		}
		return len(m[0])
	}
	m := number().FindString(s)
	if len(m) > 4 || len(p.numbers) == 3 {
		return 0
	}
	p.numbers = append(p.numbers, dateNumber{num(m), len(m), before})
	return len(m)
}

// num returns the value of up to nine digits, and 0 for none.
func num(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func (p *dateParser) setTime(hour, min, sec, frac, half string) bool {
	p.clock = true
	p.hour, p.min, p.sec = num(hour), num(min), num(sec)
	if frac != "" {
		p.nsec = num((frac + "00000000")[:9])
	}
	p.am, p.pm = p.am || half == "a", p.pm || half == "p"
	return p.hour <= 24 && p.min < 60 && p.sec <= 60
}

// setOffset reads an offset such as +0200, -05:00 or +7.
func (p *dateParser) setOffset(s string) bool {
	digits := strings.ReplaceAll(s[1:], ":", "")
	h, m := num(digits), 0
	if len(digits) > 2 {
		h, m = num(digits[:2]), num(digits[2:])
	}
	if h > 14 || m > 59 {
		return false
	}
	p.zone, p.us = true, false
	p.offset = h*3600 + m*60
	if s[0] == '-' {
		p.offset = -p.offset
	}
	return true
}

// word reads a name: of a month, of half a day, of a zone.
func (p *dateParser) word(w string, before byte) {
	if before >= '0' && before <= '9' && len(w) <= 2 {
		return // an ordinal: 3rd, 1er; or the T before the time
	}
	if m, ok := months()[w]; ok && !(p.clock && p.month != 0) {
		p.month, p.named = m, len(p.numbers)
		return
	}
	switch w {
	case "am", "a":
		p.am = p.am || p.clock || w == "am"
		return
	case "pm", "p":
		p.pm = p.pm || p.clock || w == "pm"
		return
	}
	if z, ok := zones[w]; ok && p.clock {
		if !p.zone {
			p.zone, p.offset, p.us = true, z.minutes*60, z.us
		}
		return
	}
	if !fillers()[w] {
		p.unknown++
	}
}

// time puts the parts together.
func (p *dateParser) time() (time.Time, bool) {
	year, month, day, ok := p.date()
	if !ok || year < minYear || year > maxYear || month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	hour := p.hour
	switch {
	case p.pm && hour < 12:
		hour += 12
	case p.am && !p.pm && hour == 12:
		hour = 0
	}
	loc := time.UTC
	if p.us && usSummer(year, month, day) {
		p.offset += 3600
	}
	if p.offset != 0 {
		loc = time.FixedZone("", p.offset)
	}
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return time.Time{}, false // 30 February
	}
	t := time.Date(year, time.Month(month), day, hour, p.min, p.sec, p.nsec, loc)
	return believable(t)
}

// date finds out which number is what.
func (p *dateParser) date() (year, month, day int, ok bool) {
	n := p.numbers
	if p.month != 0 {
		return p.namedDate()
	}
	switch {
	case len(n) == 3 && n[0].digits == 4:
		return n[0].value, n[1].value, n[2].value, n[1].digits <= 2 && n[2].digits <= 2
	case len(n) == 3 && (n[2].digits == 4 || n[2].digits == 2) && n[0].digits <= 2 && n[1].digits <= 2:
		month, day = n[0].value, n[1].value
		if n[1].before == '.' || month > 12 {
			month, day = day, month
		}
		return fullYear(n[2]), month, day, n[1].before == n[2].before
	case len(n) == 2 && n[0].digits == 4 && n[1].digits <= 2 && !p.clock: // 2024-04
		return n[0].value, n[1].value, 1, n[1].before == '-' || n[1].before == '/'
	case len(n) == 2 && n[1].digits == 4 && n[0].digits <= 2 && !p.clock: // 04/2024
		return n[1].value, n[0].value, 1, n[1].before == '-' || n[1].before == '/' || n[1].before == '.'
	case len(n) == 1 && n[0].digits == 4 && !p.clock && p.unknown == 0: // 2024
		return n[0].value, 1, 1, true
	}
	return 0, 0, 0, false
}

// namedDate puts a date together whose month is a name.
func (p *dateParser) namedDate() (year, month, day int, ok bool) {
	n := p.numbers
	month = int(p.month)
	switch {
	case len(n) == 1 && n[0].digits == 4: // April 2024
		return n[0].value, month, 1, p.unknown == 0 && !p.clock
	case len(n) != 2:
		return 0, 0, 0, false
	case n[0].digits == 4 && n[1].digits <= 2: // 2024 April 5
		return n[0].value, month, n[1].value, true
	case n[0].digits <= 2 && (n[1].digits == 4 || n[1].digits == 2): // 5 April 2024, April 5, 2024
		return fullYear(n[1]), month, n[0].value, n[1].digits == 4 || p.named < 2
	}
	return 0, 0, 0, false
}

// fullYear gives a two-digit year its century, as package time does.
func fullYear(n dateNumber) int {
	switch {
	case n.digits == 4:
		return n.value
	case n.value >= 69:
		return 1900 + n.value
	}
	return 2000 + n.value
}

// usSummer reports whether clocks in the United States show summer time on a
// day. The rule is that of 2007, from the second Sunday of March to the first
// of November; a day in the weeks where older rules differed may be read an
// hour off.
func usSummer(year, month, day int) bool {
	sunday := func(month time.Month, nth int) int {
		first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
		return 1 + (7-int(first.Weekday()))%7 + 7*(nth-1)
	}
	switch {
	case month == 3:
		return day >= sunday(time.March, 2)
	case month == 11:
		return day < sunday(time.November, 1)
	}
	return month > 3 && month < 11
}
