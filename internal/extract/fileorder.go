package extract

import (
	"bytes"
	"strings"
)

// FileOrder tells which of two numbers is the day in dates such as 03/04/2026, by
// the other dates of a file: one with a number over 12 decides for all of them. The
// zero FileOrder has seen none.
type FileOrder struct{ day, month bool } // a first, and a second number over 12 was seen

// See takes what a date tells of the order.
func (o *FileOrder) See(s string) {
	if d, ok := partFigures(s); ok {
		o.day = o.day || d.first > 12 && d.second <= 12
		o.month = o.month || d.second > 12 && d.first <= 12
	}
}

// SeeJSON takes what the strings in JSON tell, of which the end may be missing.
func (o *FileOrder) SeeJSON(b []byte) {
	for {
		at := bytes.IndexByte(b, '"')
		if at < 0 || at+maxFigures >= len(b) {
			return
		}
		if b = b[at+1:]; b[0] >= '0' && b[0] <= '9' {
			o.See(string(b[:maxFigures]))
		}
	}
}

// maxFigures is how long a date in figures is at most, in bytes.
const maxFigures = len("30/12/2026")

// DayFirst reports whether the day comes first; known is false where no date told,
// or two contradict each other.
func (o FileOrder) DayFirst() (dayFirst, known bool) { return o.day, o.day != o.month }

// Resolve returns a date in figures so that it can be read in one way only, if the
// order is known; else, and what is no such date, as it is.
func (o FileOrder) Resolve(s string) string {
	dayFirst, known := o.DayFirst()
	d, ok := partFigures(s)
	if !known || !ok || d.first > 12 || d.second > 12 {
		return s
	}
	day, month := d.first, d.second
	if !dayFirst {
		day, month = month, day
	}
	return d.year + "-" + inTwo(month) + "-" + inTwo(day) + d.rest
}

func inTwo(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

// figuresDate is a date such as 3/4/2026, with what follows it. Dates with dots begin
// with the day, so they are no such.
type figuresDate struct {
	first, second int
	year, rest    string
}

func partFigures(s string) (d figuresDate, ok bool) {
	s = strings.TrimLeft(s, " ")
	at := strings.IndexAny(s[:min(len(s), 3)], "/-")
	if at < 1 {
		return d, false
	}
	second, _, ok := strings.Cut(s[at+1:min(len(s), at+4)], s[at:at+1])
	if !ok {
		return d, false
	}
	rest := s[at+1+len(second)+1:]
	if len(rest) < 4 || smallNumber(rest[:2]) < 0 || smallNumber(rest[2:4]) < 0 || len(rest) > 4 && rest[4] >= '0' && rest[4] <= '9' {
		return d, false
	}
	d = figuresDate{smallNumber(s[:at]), smallNumber(second), rest[:4], rest[4:]}
	return d, d.first > 0 && d.second > 0
}

// smallNumber returns the value of one or two digits; -1 for anything else.
func smallNumber(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = 10*n + int(s[i]-'0')
	}
	if len(s) == 0 || len(s) > 2 {
		return -1
	}
	return n
}
