package table

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/record"
)

// order is that of day and month in the dates of a column, as far as one of them
// has a number that can be no month.
type order uint8

const (
	unknown order = iota
	dayFirst
	monthFirst
)

// setDates finds out the order of dates in figures, and which column has the
// time of day of which.
func (c *Columns) setDates(sample [][]string) {
	clock := -1
	for i := range c.columns {
		if isClock(sample, i) && (c.columns[i].name.Field == record.NoField || c.columns[i].name.Field.IsDate()) {
			clock = i
			c.columns[i].name = record.Name{}
			break
		}
	}
	best := -1
	for i := range c.columns {
		if !c.columns[i].name.Field.IsDate() {
			continue
		}
		c.columns[i].order = orderOf(sample, i)
		if c.columns[i].name.Field == record.Published && (best < 0 || c.columns[i].name.Rank < c.columns[best].name.Rank) {
			best = i
		}
	}
	if best >= 0 {
		c.columns[best].time = clock
	}
}

// isClock reports whether a column holds times of day.
func isClock(sample [][]string, i int) bool {
	n := 0
	for _, row := range sample {
		if i >= len(row) || isNothing(row[i]) {
			continue
		}
		cell := row[i]
		if len(cell) < 4 || len(cell) > 11 || !strings.Contains(cell[:3], ":") || cell[0] < '0' || cell[0] > '9' {
			return false
		}
		n++
	}
	return n > 0
}

// orderOf returns the order in the dates of column i: unknown also where they
// contradict one another.
func orderOf(sample [][]string, i int) order {
	day, month := false, false
	for _, row := range sample {
		if i >= len(row) {
			continue
		}
		if a, b, _, ok := figures(row[i]); ok {
			day = day || number(a) > 12
			month = month || number(b) > 12
		}
	}
	switch {
	case day && !month:
		return dayFirst
	case month && !day:
		return monthFirst
	}
	return unknown
}

// figures parts a date such as 03/04/2026 into its first two numbers and the
// rest. Dates with dots begin with the day, so they are no such.
func figures(s string) (first, second, rest string, ok bool) {
	at := strings.IndexAny(s, "/-")
	if at < 1 || at > 2 {
		return "", "", "", false
	}
	second, rest, ok = strings.Cut(s[at+1:], s[at:at+1])
	if !ok || len(second) < 1 || len(second) > 2 || number(s[:at]) == 0 || number(second) == 0 || len(rest) < 2 || rest[0] < '0' || rest[0] > '9' {
		return "", "", "", false
	}
	return s[:at], second, rest, true
}

// number returns the value of one or two digits; 0 for anything else.
func number(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// resolve rewrites a date in figures whose order is known, as year, month, day.
func (o order) resolve(s string) string {
	first, second, rest, ok := figures(s)
	if !ok || o == unknown {
		return s
	}
	year, clock, _ := strings.Cut(rest, " ")
	if len(year) != 4 {
		return s
	}
	day, month := first, second
	if o == monthFirst {
		day, month = second, first
	}
	return strings.TrimSpace(year + "-" + pad(month) + "-" + pad(day) + " " + clock)
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
