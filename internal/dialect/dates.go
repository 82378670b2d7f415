package dialect

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/query"
)

// day reads a date in the ways of press databases, and returns it as newsq writes it:
//
//	2020  20200131  2020-01-31  1/31/2020  1/31/20  1/2020  jan 2020  january 31, 2020  31 jan 2020
//	-7    seven days ago
//
// Of 1/2/2020, the month is first; a note says so.
func (r *reader) day(t token, text string) string {
	text = strings.TrimSpace(strings.Trim(strings.TrimSpace(text), `"'`))
	if days, ok := strings.CutPrefix(text, "-"); ok {
		if n, rest, ok := number(days); ok && rest == "" {
			return strconv.Itoa(n) + "d"
		}
	}
	fields := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("/-., ", c) })
	if out := r.numericDay(t, fields); out != "" {
		return out
	}
	if from, to, err := query.ParseDate(strings.Join(fields, "-"), time.Unix(0, 0).UTC()); err == nil && len(fields) > 1 {
		if to.Sub(from) <= 24*time.Hour {
			return from.Format(time.DateOnly)
		}
		return from.Format("2006-01")
	}
	msg := "no date"
	if text != "" {
		msg = "no such date as " + short(text)
	}
	r.fail(t.start, msg, "write it as 2020, 1/31/2020 or 20200131")
	return ""
}

// short returns the start of s, for a message.
func short(s string) string {
	const most = 24
	for i := range s {
		if i > most {
			return s[:i] + "…"
		}
	}
	return s
}

// numericDay returns a date of numbers; empty where fields are none.
func (r *reader) numericDay(t token, fields []string) string {
	var n [3]int
	if len(fields) == 0 || len(fields) > 3 {
		return ""
	}
	for i, f := range fields {
		v, rest, ok := number(f)
		if !ok || rest != "" {
			return ""
		}
		n[i] = v
	}
	first := fields[0]
	switch {
	case len(fields) == 1 && len(first) == 8:
		return checkedDay(n[0]/10000, n[0]/100%100, n[0]%100)
	case len(fields) == 1 && len(first) == 6:
		return checkedMonth(n[0]/100, n[0]%100)
	case len(fields) == 1 && len(first) == 4:
		return checkedYear(n[0])
	case len(fields) == 2 && len(first) == 4:
		return checkedMonth(n[0], n[1])
	case len(fields) == 2 && len(fields[1]) == 4:
		return checkedMonth(n[1], n[0])
	case len(fields) == 3 && len(first) == 4:
		return checkedDay(n[0], n[1], n[2])
	case len(fields) == 3:
		return r.americanDay(t, n)
	}
	return ""
}

// americanDay returns a date of month, day and year, or of day, month and year where the
// first is no month.
func (r *reader) americanDay(t token, n [3]int) string {
	year := n[2]
	// Two digits are a year of the last eighty or the next twenty.
	if year < 100 {
		if year += 2000; year > time.Now().Year()+20 {
			year -= 100
		}
	}
	switch {
	case n[0] > 12:
		return checkedDay(year, n[1], n[0])
	case n[1] <= 12 && n[0] != n[1]:
		out := checkedDay(year, n[0], n[1])
		r.note(t, "%d/%d/%d is read with the month first, as %s", n[0], n[1], n[2], out)
		return out
	}
	return checkedDay(year, n[0], n[1])
}

func checkedYear(year int) string {
	if year < 1000 || year > 9999 {
		return ""
	}
	return strconv.Itoa(year)
}

func checkedMonth(year, month int) string {
	if month < 1 || month > 12 || checkedYear(year) == "" {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}

func checkedDay(year, month, day int) string {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if checkedYear(year) == "" || at.Day() != day || int(at.Month()) != month {
		return ""
	}
	return at.Format(time.DateOnly)
}

// dated returns the condition of a date by a sign of comparison; none means that date.
func dated(sign, day string) query.Node {
	if day == "" {
		return nil
	}
	out := query.Range{Name: "date", Low: day, High: day}
	switch sign {
	case ">", ">=":
		out.High, out.OpenLow = "", sign == ">"
	case "<", "<=":
		out.Low, out.OpenHi = "", sign == "<"
	}
	return out
}

// period returns the condition of a date from one to another, both included.
func (r *reader) period(t token, from, to string) query.Node {
	low, high := r.day(t, from), r.day(t, to)
	if r.err != nil {
		return nil
	}
	out := query.Range{Name: "date", Low: low, High: high}
	if _, _, err := query.DateRange(out, time.Now()); err != nil {
		r.fail(t.start, fmt.Sprintf("period from %s back to %s", low, high), "write the earlier date first")
	}
	return out
}
