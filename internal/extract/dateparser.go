package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// dateParser collects the parts of a date while it reads a text from left to
// right, and puts them together at the end.
type dateParser struct {
	dateReader
	dotted bool // a number with a dot may be a time of day anywhere

	numbers  []dateNumber
	month    time.Month // by name
	named    int        // how many numbers stood before the name
	buddhist bool       // the name is Thai, and so may be the year

	clock    bool // the time of day is known
	hour     int
	min, sec int
	seconds  bool      // are known
	unit     Precision // of what date read
	nsec     int
	pm, am   bool
	hourNext bool // a word was read after which a number is an hour
	noHalves bool // the clock has 24 hours

	zone     bool // the zone is known
	offset   int  // seconds east of UTC
	summer   summerTime
	doubtful bool           // the zone is not known: the day counts alone
	place    *time.Location // or the zone is that of a place

	updated bool // the date is that of a change
	unknown int  // words that mean nothing here

	rest         string // what was not read, since it belongs to another date
	restIsNumber bool
}

type dateNumber struct {
	value, digits int
	before        byte // the punctuation before it, or a space
}

var (
	clockColon = pattern(`^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,:](\d{1,9})\d*)?)?(?:\s*([ap])\.?\s?m\b)?`)
	clockWord  = pattern(`^(\d{1,2})(?:[.](\d\d))?()()\s*(?:([ap])\.?\s?m\b|uhr\b)`)
	clockH     = pattern(`^(\d{1,2})\s?h(?:\s?(\d\d)(?:\s?(?:min|mn|m))?)?()()()\b`)
	clockDot   = pattern(`^(\d{1,2})\.(\d\d)(?:\.(\d\d)(?:[.,](\d{3,9}))?)?()[hu]?\b`)
	clockHours = pattern(`^(\d\d)(\d\d)()()()\s?(?:h|hrs|hours|gmt|utc|z)\b`)
	clockDash  = pattern(`^(\d\d)-(\d\d)(?:-(\d\d))?()()$`)
	offsets    = pattern(`^[+-](?:\d{1,2}:\d\d|\d{4}|\d{1,2})\b`)
	number     = pattern(`^\d+`)
	word       = pattern(`^\p{L}[\p{L}\p{M}]*`)
	placeName  = pattern(`^(?:africa|america|antarctica|asia|atlantic|australia|europe|indian|pacific|etc)(?:/[a-z_+0-9-]+){1,2}`)
)

// scan reads s; false means that it is no date.
func (p *dateParser) scan(s string) bool {
	before := byte(' ') // the character at hand
	mark := byte(' ')   // the last one that is no space
	for s != "" && p.rest == "" {
		n := 0
		switch c := s[0]; {
		case c == '[': // a zone's name, after its offset or without
			if s = s[1:]; p.zone || !p.clock {
				return p.enough()
			}
			continue
		case c == '(' && p.zone: // the zone's name in words
			n = len(s)
			if end := strings.IndexByte(s, ')'); end > 0 {
				n = end + 1
			}
		case c >= '0' && c <= '9':
			n = p.digits(s, mark)
		case (c == '+' || c == '-') && p.clock && p.isOffset(s):
			m := offsets().FindString(s)
			if p.setOffset(m) {
				n = len(m)
			}
		case c < 0x80 && !isLetter(c):
			n = 1
		default:
			n = p.letters(s, before)
		}
		if n == 0 {
			return false
		}
		before = s[n-1]
		if c := s[0]; n > 1 || c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			mark = before
		}
		s = s[n:]
	}
	return p.enough()
}

// enough reports whether what was read is understood well enough.
func (p *dateParser) enough() bool { return p.unknown == 0 || p.unknown <= 2 && !p.strict }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// complete reports whether a day of a year was read.
func (p *dateParser) complete() bool {
	if n := len(p.numbers); n != 3 && (n != 2 || p.month == 0) {
		return false
	}
	y, m, d, ok := p.date()
	return ok && y >= minYear && m >= 1 && m <= 12 && d >= 1 && d <= 31
}

// plain reports whether what was read is a date to a person: with a month by
// name, or a day whose parts are not merely numbers in a row.
func (p *dateParser) plain() bool {
	return p.month != 0 || p.complete() && p.numbers[1].before != ' '
}

// isOffset reports whether s begins with an offset rather than with a dash
// before a date.
func (p *dateParser) isOffset(s string) bool {
	n := len(offsets().FindString(s))
	return n > 0 && (n+1 >= len(s) || strings.IndexByte("./-", s[n]) < 0 || s[n+1] < '0' || s[n+1] > '9')
}

// digits reads a time of day or a number; 0 means that it is neither.
func (p *dateParser) digits(s string, before byte) int {
	complete := p.complete()
	hourNext := p.hourNext
	p.hourNext = false
	if m := p.clockAt(s, complete); m != nil {
		if p.clock { // a second time of day is another event's
			return len(m[0])
		}
		if !p.setTime(m[1], m[2], m[3], m[4], m[5]) {
			return 0
		}
		size := len(m[0])
		if z := strings.TrimLeft(m[0], "0123456789 "); z == "gmt" || z == "utc" || z == "z" { // of clockHours
			size -= len(z)
		}
		return size
	}
	m := number().FindString(s)
	switch {
	case complete && hourNext && !p.clock && len(m) != 3 && len(m) != 5 && len(m) <= 6:
		if !p.setTime(m[:min(len(m), 2)], m[min(len(m), 2):min(len(m), 4)], m[min(len(m), 4):], "", "") {
			return 0
		}
		return len(m)
	case complete: // another date
		p.rest, p.restIsNumber = s, true
		return len(s)
	case len(m) > 4 || len(p.numbers) == 3:
		return 0
	}
	if isLetter(before) || before >= '0' && before <= '9' || before >= 0x80 {
		before = ' '
	}
	p.numbers = append(p.numbers, dateNumber{num(m), len(m), before})
	return len(m)
}

// clockAt returns the parts of the time of day that s begins with; nil if
// there is none.
func (p *dateParser) clockAt(s string, complete bool) []string {
	for _, clock := range [...]func() *regexp.Regexp{clockColon, clockWord, clockH} {
		if m := clock().FindStringSubmatch(s); m != nil {
			return m
		}
	}
	if complete || p.dotted && !p.clock {
		m := clockDot().FindStringSubmatch(s)
		if m != nil && num(m[1]) <= 24 && num(m[2]) < 60 && num(m[3]) <= 60 && !continues(s[len(m[0]):], complete) {
			return m
		}
	}
	if !complete {
		return nil
	}
	if m := clockHours().FindStringSubmatch(s); m != nil {
		return m
	}
	if m := clockDash().FindStringSubmatch(s); m != nil && !p.clock {
		return m
	}
	return nil
}

// continues reports whether a number with a dot goes on, so that it is part of
// a date. Behind a complete one a hyphen leads to the end of a span of time.
func continues(rest string, complete bool) bool {
	return len(rest) > 1 && (rest[0] == '.' || rest[0] == '/' || rest[0] == '-' && !complete) && rest[1] >= '0' && rest[1] <= '9'
}

// num returns the value of up to nine digits, and 0 for none.
func num(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func (p *dateParser) setTime(hour, min, sec, frac, half string) bool {
	p.clock = true
	p.hour, p.min, p.sec, p.seconds = num(hour), num(min), num(sec), sec != ""
	if frac != "" {
		p.nsec = num((frac + "00000000")[:9])
	}
	p.am, p.pm = p.am || half == "a", p.pm || half == "p"
	return p.hour <= 24 && p.min < 60 && p.sec <= 60
}

// setOffset reads an offset such as +0200, -05:00, +5:30 or +7.
func (p *dateParser) setOffset(s string) bool {
	hours, minutes, colon := strings.Cut(s[1:], ":")
	if !colon && len(hours) > 2 {
		hours, minutes = hours[:2], hours[2:]
	}
	h, m := num(hours), num(minutes)
	if h > 14 || m > 59 {
		return false
	}
	p.zone, p.summer, p.doubtful, p.place = true, noSummer, false, nil
	p.offset = h*3600 + m*60
	if s[0] == '-' {
		p.offset = -p.offset
	}
	return true
}

// letters reads a word, or a zone that is named after a place, and returns its
// length.
func (p *dateParser) letters(s string, before byte) int {
	if m := placeName().FindString(s); m != "" {
		if p.clock && !p.zone {
			p.zone = true
			p.place = location(m)
			p.doubtful = p.place == nil
		}
		return len(m)
	}
	m := word().FindString(s)
	if m == "" {
		_, size := utf8.DecodeRuneInString(s)
		return size
	}
	changed, isLabel := dateLabels()[m]
	switch {
	case !isLabel:
		p.word(m, before)
	case !p.complete() || !strings.ContainsAny(s, "0123456789"):
		p.updated = changed
	default: // of the next date
		p.rest = s
		return len(s)
	}
	return len(m)
}

// word reads a name: of a month, of half a day, of a zone.
func (p *dateParser) word(w string, before byte) {
	complete := p.complete()
	if before >= '0' && before <= '9' && utf8.RuneCountInString(w) <= 2 {
		p.hourNext = w == "t" && complete
		p.zone = p.zone || w == "z" && p.clock
		return // an ordinal: 3rd, 1er; or the T before the time
	}
	if m := p.monthNamed(w); m != 0 && !complete {
		p.month, p.named = m, len(p.numbers)
		p.buddhist = w >= "\u0e00" && w < "\u0e80"
		return
	}
	switch w {
	case "am", "a": // which in German stands before the day
		p.am = p.am || p.clock && !p.noHalves || w == "am" && complete
		return
	case "pm", "p":
		p.pm = p.pm || p.clock || w == "pm"
		return
	case "uhr":
		p.noHalves = true
	}
	if p.clock && p.zoneNamed(w) {
		return
	}
	p.hourNext = complete && clockWords()[w]
	if !p.hourNext && !clockWords()[w] && !fillers()[w] {
		p.unknown++
	}
}

// monthNamed returns the month of that name, 0 for none.
func (p *dateParser) monthNamed(w string) time.Month {
	if p.order.language == "hr" && strings.HasPrefix(w, "listopad") {
		return time.October // which in Polish and Czech is November
	}
	if m, ok := months()[w]; ok {
		return m
	}
	return months()[strings.TrimPrefix(w, "ב")] // "in", in Hebrew
}

// zoneNamed reads the abbreviation of a zone.
func (p *dateParser) zoneNamed(w string) bool {
	z, ok := zones()[w]
	if !ok || p.zone {
		return ok
	}
	p.zone, p.offset, p.summer = true, z.minutes*60, z.summer
	if z.of != nil {
		minutes, known := z.of[p.order.region]
		p.offset, p.doubtful = minutes*60, !known
	}
	return true
}

// whole puts the parts together.
func (p *dateParser) whole() (Date, bool) {
	year, month, day, ok := p.date()
	if !ok || year < minYear || year > maxYear || month < 1 || month > 12 || day < 1 || day > 31 {
		return Date{}, false
	}
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return Date{}, false // 30 February
	}
	if p.doubtful || p.strange && p.clock && !p.zone || p.summer == britishSummer && !euSummer(year, month, day) {
		return believable(Date{Time: time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC), Precision: p.unit})
	}
	hour := p.hour
	switch {
	case p.pm && hour < 12:
		hour += 12
	case p.am && !p.pm && hour == 12:
		hour = 0
	}
	loc := time.UTC
	offset := p.offset
	if p.summer == usSummerTime && usSummer(year, month, day) || p.summer == euSummerTime && euSummer(year, month, day) {
		offset += 3600
	}
	switch {
	case p.place != nil:
		loc = p.place
	case offset != 0:
		loc = time.FixedZone("", offset)
	}
	d := Date{Time: time.Date(year, time.Month(month), day, hour, p.min, p.sec, p.nsec, loc), Precision: p.unit}
	if p.clock {
		d.Precision = ToMinute
		if p.seconds {
			d.Precision = ToSecond
		}
		if p.zone {
			d.Zone = loc
		}
	}
	if p.place != nil {
		// Early offsets of places have seconds, which RFC 3339 has not.
		if _, offset := d.Time.Zone(); offset%60 != 0 {
			d.Zone = time.UTC
		}
		d.Time = d.Time.UTC()
	}
	return believable(d)
}

// date finds out which number is what.
func (p *dateParser) date() (year, month, day int, ok bool) {
	n := p.numbers
	p.unit = ToDay
	if p.month != 0 && (len(n) < 3 || p.named > 0) { // before figures, "mar" is a Tuesday
		return p.namedDate()
	}
	switch {
	case len(n) == 3 && n[0].digits == 4:
		return n[0].value, n[1].value, n[2].value, n[1].digits <= 2 && n[2].digits <= 2
	case len(n) == 3 && (n[2].digits == 4 || n[2].digits == 2) && n[0].digits <= 2 && n[1].digits <= 2:
		month, day = n[0].value, n[1].value
		if n[1].before == '.' || p.order.dayFirst {
			month, day = day, month
		}
		if month > 12 {
			month, day = day, month
		}
		return fullYear(n[2]), month, day, n[1].before == n[2].before
	case len(n) == 2 && n[0].digits == 4 && n[1].digits <= 2 && !p.clock: // 2024-04
		p.unit = ToMonth
		return n[0].value, n[1].value, 1, n[1].before == '-' || n[1].before == '/'
	case len(n) == 2 && n[1].digits == 4 && n[0].digits <= 2 && !p.clock: // 04/2024
		p.unit = ToMonth
		return n[1].value, n[0].value, 1, n[1].before == '-' || n[1].before == '/' || n[1].before == '.'
	case len(n) == 1 && n[0].digits == 4 && !p.clock && p.unknown == 0: // 2024
		p.unit = ToYear
		return n[0].value, 1, 1, true
	}
	return 0, 0, 0, false
}

// buddhistYears is how far the Thai calendar is ahead. Of its years in two digits those
// from minBuddhist on are read as 2550, which is 2007, and later; what is below may be a
// Gregorian one.
const (
	buddhistYears = 543
	minBuddhist   = 50
)

// namedDate puts a date together whose month is a name.
func (p *dateParser) namedDate() (year, month, day int, ok bool) {
	n := p.numbers
	month = int(p.month)
	switch {
	case len(n) == 1 && n[0].digits == 4: // April 2024
		p.unit = ToMonth
		year, day, ok = n[0].value, 1, p.unknown == 0 && !p.clock
	case len(n) != 2:
		return 0, 0, 0, false
	case n[0].digits == 4 && n[1].digits <= 2: // 2024 April 5
		year, day, ok = n[0].value, n[1].value, true
	case n[0].digits <= 2 && (n[1].digits == 4 || n[1].digits == 2): // 5 April 2024, April 5, 2024
		// "mar 07/11/" goes on: it is a Tuesday in Spanish.
		figures := p.named == 0 && (n[1].before == '/' || n[1].before == '.')
		year, day, ok = fullYear(n[1]), n[0].value, n[1].digits == 4 || p.named < 2 && !figures
	}
	switch {
	case !p.buddhist:
	case year > maxYear:
		year -= buddhistYears
	case len(n) == 2 && n[1].digits == 2 && n[1].value >= minBuddhist:
		year = 2500 + n[1].value - buddhistYears
	}
	return year, month, day, ok
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
