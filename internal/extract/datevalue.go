package extract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Bounds of a value of JSON that is read as a date. No program writes one that
// comes near.
const (
	maxDateNesting = 4
	maxDateTexts   = 16
)

// DateTexts returns what a value of JSON may say a date with, the best first,
// in forms that [ParseDateIn] reads where it is one. The value is as
// encoding/json decodes it, its numbers float64 or json.Number.
//
// A text or number is itself. An array is year, month, day, and perhaps hour,
// minute, second and nanosecond, or a list of dates. An object is what
// databases and programs make of a moment: {"seconds": ..., "nanoseconds":
// ...}, {"$date": ...}, {"iso": ...}, {"year": ..., "month": ..., "day": ...},
// {"date": ..., "timezone": ...}. Anything else gives nothing.
func DateTexts(v any) []string {
	texts := dateTexts(v, 0)
	return texts[:min(len(texts), maxDateTexts)]
}

// parseJSONText reads a date that is JSON within a text.
func parseJSONText(s, language string) (Date, bool) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return Date{}, false
	}
	for _, text := range DateTexts(v) {
		if text[0] == '[' || text[0] == '{' { // once is enough
			continue
		}
		if d, ok := ReadDate(text, language); ok {
			return d, true
		}
	}
	return Date{}, false
}

func dateTexts(v any, depth int) []string {
	if depth > maxDateNesting {
		return nil
	}
	switch v := v.(type) {
	case []any:
		return dateArray(v, depth)
	case map[string]any:
		return dateObject(v, depth)
	}
	if s := scalarText(v); s != "" {
		return []string{s}
	}
	return nil
}

// scalarText returns a text without space around it, or a number as it is
// written; empty for any other value.
func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// dateArray reads an array.
func dateArray(list []any, depth int) []string {
	var numbers []int
	for _, e := range list {
		s := scalarText(e)
		n, err := strconv.Atoi(s)
		if err != nil || s[0] == '-' || s[0] == '+' {
			break
		}
		numbers = append(numbers, n)
	}
	isYear := len(numbers) > 1 && numbers[0] >= 1000 && numbers[0] <= 9999
	switch zone := ""; {
	case isYear && len(numbers) < len(list) && len(numbers) > 3:
		zone = scalarText(list[len(numbers)])
		fallthrough
	case isYear && len(numbers) == len(list):
		if s := partsText(numbers); s != "" {
			return []string{withZone(s, zone)}
		}
		return nil // to read the year alone would be wrong
	case len(numbers) > 1 && len(numbers) == len(list) && areParts(numbers):
		return nil // in an order that nobody can tell
	}
	var texts []string
	for _, e := range list {
		if texts = append(texts, dateTexts(e, depth+1)...); len(texts) >= maxDateTexts {
			break
		}
	}
	return texts
}

// areParts reports whether numbers are rather parts of a date than a date each.
func areParts(numbers []int) bool {
	return !slices.ContainsFunc(numbers, func(n int) bool { return n > 9999 })
}

// partsText writes a date whose parts are numbers; empty if they make none.
func partsText(numbers []int) string {
	d, ok := partsOfDate(numbers)
	t := d.Time
	switch {
	case !ok:
		return ""
	case len(numbers) == 2:
		return t.Format("2006-01")
	case len(numbers) == 3:
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05.999999999")
}

// withZone adds a zone to a date where that is one still. A zone that the date
// has itself goes before it.
func withZone(s, zone string) string {
	if zone != "" {
		if _, ok := ParseDate(s + " " + zone); ok {
			return s + " " + zone
		}
	}
	return s
}

// The members of an object that say a date, folded to lower-case letters and
// digits, the best first.
var (
	dateTextNames  = [...]string{"date", "iso", "isodate", "iso8601", "isostring", "datetime", "utc", "gmt"}
	epochNames     = [...]string{"seconds", "sec", "epochsecond", "epochseconds", "unix", "unixtime", "unixtimestamp", "epoch"}
	millisNames    = [...]string{"numberlong", "milliseconds", "millis", "ms", "epochmilli", "epochmillis", "timestamp", "ts", "time"}
	otherTextNames = [...]string{
		"value", "text", "", "d", "i", "s", "n", "dateparts", "raw", "string", "rendered", "formatted", "display", "label", "name", "plain",
		"content", "local", "numberint", "numberdouble", "datetimeoffset",
	}
)

// dateObject reads an object.
func dateObject(m map[string]any, depth int) []string {
	o := foldedMembers(m)
	var texts []string
	add := func(s string) bool {
		if s != "" {
			texts = append(texts, s)
		}
		return s != ""
	}
	parts := o.parts()
	onlyYear := len(parts) == len("2023")
	if onlyYear || !add(parts) {
		if !add(o.combined()) {
			texts = o.appendAll(texts, dateTextNames[:], depth)
		}
		add(o.epoch())
	}
	texts = o.appendAll(texts, millisNames[:], depth)
	texts = o.appendAll(texts, otherTextNames[:], depth)
	if onlyYear {
		add(parts)
	}
	return texts
}

// members are those of an object by their folded names.
type members map[string]any

// maxDateMembers bounds the members that are looked at.
const maxDateMembers = 64

func foldedMembers(m map[string]any) members {
	o := make(members, len(m))
	if len(m) > maxDateMembers {
		return o
	}
	for name, v := range m {
		folded := strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
				return r
			case r >= 'A' && r <= 'Z':
				return r + 'a' - 'A'
			}
			return -1
		}, name)
		if _, twice := o[folded]; !twice || name == strings.ToLower(name) { // "$d" and "$D" are two
			o[folded] = v
		}
	}
	return o
}

// appendAll adds the texts of the members of these names.
func (o members) appendAll(texts []string, names []string, depth int) []string {
	for _, name := range names {
		if v, ok := o[name]; ok && len(texts) < maxDateTexts {
			texts = append(texts, dateTexts(v, depth+1)...)
		}
	}
	return texts
}

// text returns the first of the members of these names that is a text or a
// number.
func (o members) text(names ...string) string {
	for _, name := range names {
		if s := scalarText(o[name]); s != "" {
			return s
		}
	}
	return ""
}

// combined puts a date together with the time of day and the zone that stand
// beside it; empty when there is no date, or nothing beside it.
func (o members) combined() string {
	date := o.text("date", "datetime")
	clock := o.text("time")
	zone := o.text("timezone", "zone", "tz")
	if date == "" || clock == "" && zone == "" {
		return ""
	}
	if clock != "" && !strings.Contains(date, ":") {
		if _, ok := ParseDate(date + " " + clock); ok {
			date += " " + clock
		}
	}
	return withZone(date, zone)
}

// epoch returns seconds since 1970 with what stands beside them of a second.
func (o members) epoch() string {
	s := o.text(epochNames[:]...)
	if s == "" || strings.ContainsAny(s, ".e") {
		return s
	}
	if n, err := strconv.Atoi(o.text("nanoseconds", "nanos", "nano", "nsec")); err == nil && n > 0 && n < 1_000_000_000 {
		return fmt.Sprintf("%s.%09d", s, n)
	}
	return s
}

// parts returns a date that is stated by its parts; empty when there is none.
func (o members) parts() string {
	day, isDate := o["date"].(map[string]any)
	clock, isTime := o["time"].(map[string]any)
	if isDate && isTime { // of a local date and a local time
		o = foldedMembers(day)
		for name, v := range foldedMembers(clock) {
			o[name] = v
		}
	}
	numbers := []int{o.number("year", "y")}
	if numbers[0] < minYear {
		return ""
	}
	for _, names := range [...][]string{
		{"monthvalue", "month", "monthofyear"},
		{"day", "dayofmonth"},
		{"hour", "hours"},
		{"minute", "minutes"},
		{"second", "seconds"},
		{"nano", "nanos", "nanoseconds"},
	} {
		n := o.number(names...)
		if name, ok := o["month"].(string); ok && n < 0 && names[1] == "month" {
			n = int(months()[foldDate(name)])
		}
		if n < 0 {
			break
		}
		numbers = append(numbers, n)
	}
	if len(numbers) == 1 {
		return strconv.Itoa(numbers[0])
	}
	return withZone(partsText(numbers), o.text("timezone", "zone", "tz"))
}

// number returns the first of the members of these names that is a whole
// number, also one that a program for JavaScript has cut in two; -1 for none.
func (o members) number(names ...string) int {
	for _, name := range names {
		v := o[name]
		if halves, ok := v.(map[string]any); ok {
			v = halves["low"]
		}
		if n, err := strconv.Atoi(scalarText(v)); err == nil && n >= 0 {
			return n
		}
	}
	return -1
}
