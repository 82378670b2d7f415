package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// ParseDate reads a date as the query language writes it, and returns the
// range of time that it names, [from, to), as seen at now and in its location:
//
//	2024  2024-03  2024-03-05  2024-q1     a year, a month, a day, a quarter
//	march  march-2024  "5 March 2024"      the last such month; names are English
//	2024-03-05T12:30Z                      a minute; with seconds, a second
//	30d  2w  6m  1y  "last 30 days"        from the day that long ago to the end of today
//	6h                                     from that long ago to the end of today
//	"2 weeks ago"                          the day that long ago
//	today  yesterday                       a day
//	monday  last-monday                    the last such day, today counting; before today
//	this-week  last-month  last-year       a week from Monday, a month, a year
//
// Case doesn't matter; hyphens may stand for the spaces. The error says how to
// write what was likely meant.
func ParseDate(s string, now time.Time) (from, to time.Time, err error) {
	d, bad := parseDate(s)
	if bad != nil {
		return from, to, bad
	}
	from, to = d.span(now)
	if d.length {
		_, to = today(now)
	}
	return from, to, nil
}

// dateError is a date that could not be read.
type dateError struct{ msg, hint string }

func (e *dateError) Error() string { return e.msg + "; " + e.hint }

// date is a date that has been read, before it is known what now is.
type date struct {
	// span returns the range of time named. For a length of time it is the
	// day that long ago.
	span   func(now time.Time) (from, to time.Time)
	length bool // a length of time, such as 30d
	fixed  bool // the same whatever now is, but for its location
}

// The years that dates may be in: nobody means others by four digits.
const (
	minYear = 1000
	maxYear = 9999
)

func parseDate(s string) (date, *dateError) {
	trimmed := strings.TrimSpace(s)
	if len(trimmed) > 64 {
		return date{}, &dateError{"no such date as " + quoteShort(trimmed), dateHint}
	}
	if d, bad, ok := numericDate(trimmed); ok {
		return d, bad
	}
	if d, ok := timeOfDay(trimmed); ok {
		return d, nil
	}
	return wordyDate(trimmed)
}

const dateHint = "write 2024, 2024-03, 2024-03-05, 30d, yesterday or monday"

// quoteShort returns the start of s, for a message.
func quoteShort(s string) string {
	const most = 24
	for i := range s {
		if i > most {
			return s[:i] + "…"
		}
	}
	return s
}

// numericDate reads a date of digits and separators. It returns false when s
// isn't written as one.
func numericDate(s string) (d date, bad *dateError, ok bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(parts) == 1 && len(s) == 8 {
		parts = []string{s[:4], s[4:6], s[6:]}
	}
	var numbers [3]int
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 32)
		if err != nil || i == len(numbers) {
			return d, nil, false
		}
		numbers[i] = int(n)
	}
	switch {
	case len(parts) == 0:
		return d, nil, false
	case len(parts[0]) == 4:
		d, bad = calendarDate(s, numbers, len(parts))
		if len(parts) == 2 && len(parts[1]) == 4 {
			bad = &dateError{"no such month as " + s, fmt.Sprintf("write %s..%s for the years between", parts[0], parts[1])}
		}
		return d, bad, true
	case len(parts) == 2 && len(parts[1]) == 4:
		bad = noDate(s, fmt.Sprintf("write %s-%02d", parts[1], min(numbers[0], 12)))
	case len(parts) == 3 && len(parts[2]) == 4:
		bad = ambiguousDate(s, numbers)
	default:
		bad = noDate(s, dateHint)
	}
	return d, bad, true
}

func noDate(s, hint string) *dateError {
	return &dateError{"no such date as " + quoteShort(s), hint}
}

// ambiguousDate explains what to write instead of 05/03/2024.
func ambiguousDate(s string, n [3]int) *dateError {
	dayFirst := fmt.Sprintf("%04d-%02d-%02d", n[2], n[1], n[0])
	monthFirst := fmt.Sprintf("%04d-%02d-%02d", n[2], n[0], n[1])
	switch {
	case n[0] > 12 || n[0] == n[1]:
		return noDate(s, "write "+dayFirst)
	case n[1] > 12:
		return noDate(s, "write "+monthFirst)
	default:
		return noDate(s, "write "+dayFirst+" or "+monthFirst)
	}
}

// calendarDate returns the year, month or day that the first count of numbers
// name.
func calendarDate(s string, numbers [3]int, count int) (date, *dateError) {
	year, month, day := numbers[0], numbers[1], numbers[2]
	switch {
	case year < minYear || year > maxYear:
		return date{}, &dateError{"no such year as " + s, "write one from 1000 to 9999"}
	case count == 1:
		return months(year, time.January, 12), nil
	case month < 1 || month > 12:
		return date{}, &dateError{"no such month as " + s, fmt.Sprintf("write %04d-%02d", year, max(1, min(month, 12)))}
	case count == 2:
		return months(year, time.Month(month), 1), nil
	}
	if last := lastDay(year, time.Month(month)); day < 1 || day > last {
		return date{}, &dateError{"no such day as " + s, fmt.Sprintf("%s %d has %d days; write %04d-%02d-%02d",
			time.Month(month), year, last, year, month, max(1, min(day, last)))}
	}
	return oneDay(year, time.Month(month), day), nil
}

func lastDay(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// months returns the date of count months from the start of one.
func months(year int, month time.Month, count int) date {
	return date{fixed: true, span: func(now time.Time) (from, to time.Time) {
		return midnight(now, year, month, 1), midnight(now, year, month+time.Month(count), 1)
	}}
}

// oneDay returns the date of one day.
func oneDay(year int, month time.Month, day int) date {
	return date{fixed: true, span: func(now time.Time) (from, to time.Time) {
		return midnight(now, year, month, day), midnight(now, year, month, day+1)
	}}
}

// midnight returns the start of a day in the location of now.
func midnight(now time.Time, year int, month time.Month, day int) time.Time {
	return StartOfDay(year, month, day, now.Location())
}

// dayAt returns the day that lies offset days after that of now.
func dayAt(now time.Time, offset int) (from, to time.Time) {
	y, m, d := now.Date()
	return midnight(now, y, m, d+offset), midnight(now, y, m, d+offset+1)
}

func today(now time.Time) (from, to time.Time) { return dayAt(now, 0) }

// timeOfDay reads a day with a time, as in RFC 3339; seconds, and the zone,
// may be left out.
func timeOfDay(s string) (date, bool) {
	s = strings.ToUpper(s)
	for _, layout := range []struct {
		form  string
		unit  time.Duration
		zoned bool
	}{
		{"2006-01-02T15:04:05Z07:00", time.Second, true},
		{"2006-01-02T15:04Z07:00", time.Minute, true},
		{"2006-01-02T15:04:05", time.Second, false},
		{"2006-01-02T15:04", time.Minute, false},
	} {
		at, err := time.Parse(layout.form, s)
		if err != nil || at.Year() < minYear {
			continue
		}
		return date{fixed: true, span: func(now time.Time) (from, to time.Time) {
			from = at
			if !layout.zoned {
				from = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), now.Location())
			}
			from = from.In(now.Location())
			return from, from.Truncate(layout.unit).Add(layout.unit)
		}}, true
	}
	return date{}, false
}

// dateWords cuts s into numbers and words in lower case. Commas and the
// endings of ordinals (5th) are dropped.
func dateWords(s string) []string {
	var words []string
	wasDigit := false
	for _, field := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return unicode.IsSpace(r) || r == '-' || r == '_' || r == ','
	}) {
		start := 0
		for i, r := range field {
			if digit := isDigit(r); i > 0 && digit != wasDigit {
				words = append(words, field[start:i])
				start = i
			}
			wasDigit = isDigit(r)
		}
		switch rest := field[start:]; rest {
		case "st", "nd", "rd", "th":
		default:
			words = append(words, rest)
		}
	}
	return words
}

// wordyDate reads a date that has letters in it.
func wordyDate(s string) (date, *dateError) {
	words := dateWords(s)
	for _, read := range []func([]string) (date, bool, *dateError){agoDate, weekdayDate, periodDate, monthDate, quarterDate} {
		if d, ok, bad := read(words); ok || bad != nil {
			return d, bad
		}
	}
	if s == "" {
		return date{}, &dateError{"no date", dateHint}
	}
	return date{}, noDate(s, dateHint)
}
