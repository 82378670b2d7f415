package record

import (
	"slices"
	"strings"
	"time"
)

// maxDates bounds the values that are kept of a date. Few records state one
// under more than three names.
const maxDates = 16

// setDate takes the values of a date under a name. Those under better names
// stand before them, those under others behind.
func (r *Record) setDate(f Field, rank int, values []Value) {
	at := &r.fields[f]
	if at.final {
		*at = found{}
	}
	n := 0
	for n < len(at.ranks) && at.ranks[n] <= rank {
		n++
	}
	for _, v := range values {
		if len(v.Text) > f.maxBytes() {
			v.Text = excerpt(v.Text)
		}
		if strings.TrimSpace(v.Text) != "" {
			at.values = slices.Insert(at.values, n, v)
			at.ranks = slices.Insert(at.ranks, n, rank)
			n++
		}
	}
	keep := min(len(at.values), maxDates)
	at.values, at.ranks = at.values[:keep], at.ranks[:keep]
	at.rank = at.ranks[0] + rankOffset
}

// Date returns the first of the dates of a field that read can read. It tells
// of a value that read refuses, and which stands under a better name than the
// date, or where there is no date at all.
func (r *Record) Date(f Field, read func(text string) (time.Time, bool)) (t time.Time) {
	var unread *Value
	values := r.fields[f].values
	for i := range values {
		text := strings.TrimSpace(values[i].Text)
		t, ok := read(text)
		if ok {
			if unread != nil && unread.From != values[i].From && !isFlag(unread.Text) {
				r.Tell(f, *unread, ErrNotUnderstood)
			}
			return t
		}
		if !saysNothing(text) && (unread == nil || isFlag(unread.Text)) {
			unread = &values[i]
		}
	}
	if unread != nil {
		r.Tell(f, *unread, ErrNotUnderstood)
	}
	return t
}

// saysNothing reports whether a program has written that there is no date.
func saysNothing(s string) bool {
	switch strings.ToLower(s) {
	case "", "none", "null", "nil", "nan", "nat", "undefined", "n/a", "na", "-", "--", "unknown", "false", "0", "[]", "{}", "[null]", "<nil>", "\\n":
		return true
	}
	// 0000-00-00 00:00:00, 0001-01-01T00:00:00Z: the zero of a database
	return strings.HasPrefix(s, "0000-") || strings.HasPrefix(s, "0001-01-01")
}

// isFlag reports whether a name that may be that of a date says yes or no.
func isFlag(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "1", "true", "yes", "y", "on", "published", "draft", "final", "live", "public":
		return true
	}
	return false
}
