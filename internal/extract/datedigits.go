package extract

import (
	"strconv"
	"strings"
	"time"
)

var (
	// A moment as digits alone, or nearly: 20240305, 202403051030,
	// 20240305103000, 20240305103000123, 20240305T103000.123Z,
	// 20240305_1030, 20240305103000+0100.
	compactDate = pattern(`^(\d{4})(\d\d)(\d\d)(?:[t _/-]?(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,]?(\d{3,9}))?)?)?)?(?: ?(z|utc|gmt|[+-]\d\d(?::?\d\d)?))?$`)
	// By the week or the day of the year: 2024-W10-2, 2024W102, 2024-065.
	weekMark = pattern(`^\d{4}-?w\d`)
	weekDate = pattern(`^(\d{4})-?w(\d\d)(?:-?([1-7]))?(?:[t ](.*))?$`)
	yearDay  = pattern(`^(\d{4})-(\d{3})(?:[t ](.*))?$`)
	// A number, perhaps as a program writes a large or an exact one.
	bareNumber = pattern(`^\d+(?:\.\d*)?(?:e\+?\d{1,2})?$`)
	// /Date(1709634600000+0100)/ of .NET, ISODate("...") of MongoDB,
	// datetime.datetime(2024, 3, 5) of Python, Date(2024,2,5) of JavaScript.
	dateCall = pattern(`^/?(?:new )?([a-z.]+)\(["']?([^()"']*)["']?\)/?$`)
)

// parseDigits reads what consists of digits alone, or nearly.
func parseDigits(s string) (Date, bool) {
	if strings.IndexByte(s, '(') >= 0 {
		if m := dateCall().FindStringSubmatch(s); m != nil {
			return parseCall(m[1], m[2])
		}
		return Date{}, false
	}
	if t, ok := parseCompact(s); ok {
		return t, true
	}
	if t, ok := parseWeek(s); ok {
		return t, true
	}
	s = strings.TrimPrefix(s, "@") // as PHP and date(1) mark seconds
	if len(s) < 9 || s[0] < '0' || s[0] > '9' || !bareNumber().MatchString(s) {
		return Date{}, false
	}
	return parseNumber(s)
}

// parseCompact reads a moment whose parts have as many digits each as they can
// have.
func parseCompact(s string) (Date, bool) {
	if len(s) < 8 || !isDigits(s[:8]) {
		return Date{}, false
	}
	m := compactDate().FindStringSubmatch(s)
	if m == nil {
		return Date{}, false
	}
	if len(s) == 10 && m[4] != "" && isDigits(s) {
		return Date{}, false // ten digits are seconds since 1970
	}
	if len(s) == 12 && m[1] < "1900" {
		return Date{}, false // and these milliseconds; nobody dates minutes of so long ago
	}
	p := dateParser{numbers: []dateNumber{{num(m[1]), 4, '-'}, {num(m[2]), 2, '-'}, {num(m[3]), 2, '-'}}}
	if m[4] != "" && !(p.setTime(m[4], m[5], m[6], m[7], "") && p.hour < 24) {
		return Date{}, false
	}
	if zone := m[8]; zone != "" && (zone[0] == '+' || zone[0] == '-') && !p.setOffset(zone) {
		return Date{}, false
	}
	p.zone = p.zone || m[8] != ""
	return p.whole()
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// parseNumber reads a number of seconds, milliseconds, microseconds or
// nanoseconds since 1970, which their size tells apart. One that a program has
// written with a point or an exponent may be digits of a date as well.
func parseNumber(s string) (Date, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return Date{}, false
	}
	const exact = 1 << 53 // up to here every whole number is exact
	if f > 0 && f < exact && strings.ContainsAny(s, ".e") && f == float64(int64(f)) {
		if t, ok := parseCompact(strconv.FormatInt(int64(f), 10)); ok {
			return t, true
		}
	}
	if f < 1e8 || f > 1e19 {
		return Date{}, false
	}
	for f > 1e11 { // the year 5138 in seconds
		f /= 1000
	}
	return believable(dateOfNumber(int64(f * 1000)))
}

// parseWeek reads a day by its week, as ISO 8601 counts them, or by its number
// in the year.
func parseWeek(s string) (Date, bool) {
	var day time.Time
	var clock string
	if len(s) < len("2024W10") || !isDigits(s[:4]) || s[4] != '-' && s[4] != 'w' {
		return Date{}, false
	}
	if short := len("2024-W1"); s[:6] == s[:4]+"-w" && (len(s) == short || s[short] == '-') {
		s = s[:6] + "0" + s[6:]
	}
	if m := weekDate().FindStringSubmatch(s); m != nil {
		// The first week of a year is that of 4 January.
		first := time.Date(num(m[1]), 1, 4, 0, 0, 0, 0, time.UTC)
		monday := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
		day = monday.AddDate(0, 0, 7*(num(m[2])-1)+max(num(m[3]), 1)-1)
		if y, w := day.ISOWeek(); y != num(m[1]) || w != num(m[2]) {
			return Date{}, false
		}
		clock = m[4]
	} else if m := yearDay().FindStringSubmatch(s); m != nil {
		day = time.Date(num(m[1]), 1, num(m[2]), 0, 0, 0, 0, time.UTC)
		if day.Year() != num(m[1]) {
			return Date{}, false
		}
		clock = m[3]
	} else {
		return Date{}, false
	}
	if clock == "" {
		return believable(Date{Time: day})
	}
	p := dateParser{}
	if !p.scan(day.Format(time.DateOnly) + " " + clock) {
		return Date{}, false
	}
	return p.whole()
}

// parseCall reads what a program writes as a call that makes a date.
func parseCall(name, argument string) (Date, bool) {
	argument = strings.TrimSpace(argument)
	if seconds, ok := strings.CutPrefix(argument, "seconds="); ok { // Timestamp(seconds=..., nanoseconds=...)
		argument, _, _ = strings.Cut(seconds, ",")
	}
	switch name {
	case "date", "isodate", "timestamp", "datetime", "datetime.datetime", "datetime.date", "numberlong":
	default:
		return Date{}, false
	}
	if parts := strings.Split(argument, ","); len(parts) >= 3 {
		numbers := make([]int, 0, len(parts))
		for _, part := range parts {
			n, err := strconv.Atoi(strings.TrimSpace(part))
			if err != nil { // a zone
				break
			}
			numbers = append(numbers, n)
		}
		if name == "date" && len(numbers) > 1 {
			numbers[1]++ // JavaScript counts months from 0
		}
		return partsOfDate(numbers)
	}
	if i := strings.LastIndexAny(argument, "+-"); i > 0 && isDigits(argument[:i]) {
		argument = argument[:i] // the offset tells where the moment was written, not which it is
	}
	if n, err := strconv.ParseInt(argument, 10, 64); err == nil && name == "date" {
		return believable(dateOfNumber(n))
	}
	if bareNumber().MatchString(argument) {
		return parseNumber(argument)
	}
	return ReadDate(argument, "")
}

// partsOfDate makes a date of its year, month, day, hour, minute, second and
// nanosecond, of which those from the day on may be missing.
func partsOfDate(n []int) (Date, bool) {
	if len(n) < 2 || len(n) > 9 {
		return Date{}, false
	}
	var all [7]int
	all[2] = 1
	copy(all[:], n)
	if len(n) > 7 {
		all[6] = 0 // the rest are weekday, day of the year, summer time: struct tm
	}
	year, month, day, hour, min, sec, nsec := all[0], all[1], all[2], all[3], all[4], all[5], all[6]
	if month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 || min < 0 || min > 59 || sec < 0 || sec > 60 ||
		nsec < 0 || nsec > 999_999_999 {
		return Date{}, false
	}
	t := time.Date(year, time.Month(month), day, hour, min, sec, nsec, time.UTC)
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return Date{}, false // 30 February
	}
	d := Date{Time: t}
	switch {
	case len(n) == 2:
		d.Precision = ToMonth
	case len(n) > 5:
		d.Precision = ToSecond
	case len(n) > 3:
		d.Precision = ToMinute
	}
	return believable(d)
}

// dateOfNumber is the date of milliseconds since 1970.
func dateOfNumber(millis int64) Date {
	return Date{Time: time.UnixMilli(millis).UTC(), Precision: ToSecond, Zone: time.UTC}
}
