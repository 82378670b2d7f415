package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// agoDate reads a length of time before now: 30d, "last 2 weeks", "6 months
// ago".
func agoDate(words []string) (d date, ok bool, bad *dateError) {
	if len(words) == 3 && (words[0] == "last" || words[0] == "past") {
		words = words[1:]
	}
	ago := len(words) == 3 && words[2] == "ago"
	if ago {
		words = words[:2]
	}
	if len(words) != 2 {
		return d, false, nil
	}
	n, err := strconv.ParseUint(words[0], 10, 32)
	if err != nil {
		return d, false, nil
	}
	unit, perYear := lengthUnit(words[1])
	if unit == 0 {
		return d, false, nil
	}
	const mostYears = 900 // keeps every date within minYear
	if n > mostYears*perYear {
		return d, false, &dateError{fmt.Sprintf("no such date as %s%c", words[0], unit), fmt.Sprintf("write at most %d%c", mostYears*perYear, unit)}
	}
	d = date{length: !ago, span: func(now time.Time) (from, to time.Time) { return unitsAgo(now, int(n), unit) }}
	return d, true, nil
}

// lengthUnit returns the letter of a unit of time, and how many of it make a
// year.
func lengthUnit(word string) (unit byte, perYear uint64) {
	switch strings.TrimSuffix(word, "s") {
	case "h", "hr", "hour":
		return 'h', 24 * 365
	case "d", "day":
		return 'd', 365
	case "w", "wk", "week":
		return 'w', 52
	case "m", "mo", "month":
		return 'm', 12
	case "y", "yr", "year":
		return 'y', 1
	default:
		return 0, 0
	}
}

// unitsAgo returns the day that lies n units before now; for hours, the moment.
// A month before the 31st is the last day of a shorter month.
func unitsAgo(now time.Time, n int, unit byte) (from, to time.Time) {
	y, m, day := now.Date()
	switch unit {
	case 'h':
		at := now.Add(-time.Duration(n) * time.Hour)
		return at, at
	case 'd':
		return dayAt(now, -n)
	case 'w':
		return dayAt(now, -7*n)
	case 'm':
		first := time.Date(y, m-time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		y, m = first.Year(), first.Month()
	case 'y':
		y -= n
	}
	day = min(day, lastDay(y, m))
	return midnight(now, y, m, day), midnight(now, y, m, day+1)
}

// weekdayDate reads today, yesterday, and the names of days of the week.
func weekdayDate(words []string) (d date, ok bool, bad *dateError) {
	last := len(words) == 2 && words[0] == "last"
	if last {
		words = words[1:]
	}
	if len(words) != 1 {
		return d, false, nil
	}
	if day, found := weekday(words[0]); found {
		return date{span: func(now time.Time) (from, to time.Time) {
			back := int(now.Weekday()-day+7) % 7
			if back == 0 && last {
				back = 7
			}
			return dayAt(now, -back)
		}}, true, nil
	}
	if last {
		return d, false, nil
	}
	switch words[0] {
	case "today":
		return date{span: today}, true, nil
	case "yesterday":
		return date{span: func(now time.Time) (from, to time.Time) { return dayAt(now, -1) }}, true, nil
	}
	return d, false, nil
}

func weekday(word string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if abbreviates(word, day.String()) {
			return day, true
		}
	}
	return 0, false
}

// abbreviates reports whether word is name, or its first three letters or
// more.
func abbreviates(word, name string) bool {
	return len(word) >= 3 && strings.HasPrefix(strings.ToLower(name), word)
}

// periodDate reads "this week", "last month" and so on.
func periodDate(words []string) (d date, ok bool, bad *dateError) {
	if len(words) != 2 || words[0] != "this" && words[0] != "last" {
		return d, false, nil
	}
	back := 0
	if words[0] == "last" {
		back = 1
	}
	var span func(now time.Time) (from, to time.Time)
	switch words[1] {
	case "week":
		span = func(now time.Time) (from, to time.Time) {
			monday := -int(now.Weekday()+6)%7 - 7*back
			from, _ = dayAt(now, monday)
			to, _ = dayAt(now, monday+7)
			return from, to
		}
	case "month":
		span = func(now time.Time) (from, to time.Time) {
			return months(now.Year(), now.Month()-time.Month(back), 1).span(now)
		}
	case "quarter":
		span = func(now time.Time) (from, to time.Time) {
			first := (now.Month()-1)/3*3 + 1
			return months(now.Year(), first-time.Month(3*back), 3).span(now)
		}
	case "year":
		span = func(now time.Time) (from, to time.Time) {
			return months(now.Year()-back, time.January, 12).span(now)
		}
	default:
		return d, false, nil
	}
	return date{span: span}, true, nil
}

// monthDate reads the name of a month, with a day and a year where they are
// given: march, "march 2024", "5 March 2024", "March 5, 2024".
func monthDate(words []string) (d date, ok bool, bad *dateError) {
	var month time.Month
	day, year := 0, 0
	for _, word := range words {
		n, err := strconv.ParseUint(word, 10, 16)
		m, named := monthName(word)
		switch {
		case named && month == 0:
			month = m
		case err == nil && len(word) == 4 && year == 0:
			year = int(n)
		case err == nil && len(word) <= 2 && day == 0 && n > 0:
			day = int(n)
		default:
			return d, false, nil
		}
	}
	if month == 0 {
		return d, false, nil
	}
	count := 2
	if day > 0 {
		count = 3
	}
	if year > 0 {
		written := fmt.Sprintf("%04d-%02d", year, month)
		if day > 0 {
			written += fmt.Sprintf("-%02d", day)
		}
		d, bad = calendarDate(written, [3]int{year, int(month), day}, count)
		return d, bad == nil, bad
	}
	if day > lastDay(2024, month) { // a leap year
		return d, false, &dateError{fmt.Sprintf("no such day as %d %s", day, month), fmt.Sprintf("%s has %d days", month, lastDay(2024, month))}
	}
	return recent(month, day), true, nil
}

// recent returns the last month of a name, the current one counting; with a
// day, the last such day up to today.
func recent(month time.Month, day int) date {
	return date{span: func(now time.Time) (from, to time.Time) {
		y, m, d := now.Date()
		if month > m || month == m && day > d {
			y--
		}
		if day == 0 {
			return months(y, month, 1).span(now)
		}
		for day > lastDay(y, month) { // 29 February
			y--
		}
		return oneDay(y, month, day).span(now)
	}}
}

func monthName(word string) (time.Month, bool) {
	for m := time.January; m <= time.December; m++ {
		if abbreviates(word, m.String()) {
			return m, true
		}
	}
	return 0, false
}

// quarterDate reads a quarter of a year: 2024-q1, "q1 2024".
func quarterDate(words []string) (d date, ok bool, bad *dateError) {
	if len(words) == 3 && words[0] == "q" {
		words = []string{words[2], words[0], words[1]}
	}
	if len(words) != 3 || words[1] != "q" || len(words[0]) != 4 {
		return d, false, nil
	}
	year, err := strconv.ParseUint(words[0], 10, 16)
	quarter, err2 := strconv.ParseUint(words[2], 10, 16)
	if err != nil || err2 != nil || year < minYear || quarter < 1 || quarter > 4 {
		return d, false, &dateError{fmt.Sprintf("no such quarter as %s-q%s", words[0], words[2]), "write 2024-q1"}
	}
	return months(int(year), time.Month(3*(quarter-1)+1), 3), true, nil
}
