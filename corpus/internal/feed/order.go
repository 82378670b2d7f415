package feed

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/extract"
)

// order tells which of two numbers is the day in dates such as 03/04/2026. One
// date of a file with a number over 12 decides for all of them.
type order struct{ dayFirst, monthFirst bool }

// figured is a date in figures that does not begin with the year: its numbers,
// and what follows.
var figured = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(?:\pL+[.,]*\s+)?(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b(.*)$`)
})

func parted(s string) (first, second, year int, rest string, ok bool) {
	if len(s) > maxDate || !strings.ContainsAny(s, "/-") {
		return 0, 0, 0, "", false
	}
	m := figured().FindStringSubmatch(s)
	if m == nil {
		return 0, 0, 0, "", false
	}
	number := func(s string) int {
		n, _ := strconv.Atoi(s) // they are digits
		return n
	}
	year = number(m[3])
	switch {
	case len(m[3]) > 2:
	case year < 69:
		year += 2000
	default:
		year += 1900
	}
	return number(m[1]), number(m[2]), year, m[4], true
}

// maxDate is longer than any date, in bytes.
const maxDate = 192

// see takes what a date tells of the order.
func (o *order) see(s string) {
	if first, second, _, _, ok := parted(s); ok {
		o.dayFirst = o.dayFirst || first > 12 && second <= 12
		o.monthFirst = o.monthFirst || second > 12 && first <= 12
	}
}

// settle returns a date so that it can be read in one way only. Without an order
// that the file shows, language and host tell it. Ok is false when nothing does.
func (o *order) settle(s, language, host string) (settled string, ok bool) {
	first, second, year, rest, ok := parted(s)
	if !ok || first > 12 || second > 12 || first == second {
		return s, true
	}
	dayFirst, known := o.dayFirst, o.dayFirst != o.monthFirst
	if !known {
		dayFirst, known = orderByPlace(language, host)
	}
	if !known {
		return s, false
	}
	if dayFirst {
		first, second = second, first
	}
	return fmt.Sprintf("%04d-%02d-%02d%s", year, first, second, rest), true
}

// orderByPlace tells the order by a language, or a host. English without a
// country leaves it open, as do the hosts of nowhere.
func orderByPlace(language, host string) (dayFirst, known bool) {
	tag := extract.StatedLanguage(language)
	if base, _, region := strings.Cut(tag, "-"); tag != "" && (base != "en" || region) {
		return extract.DayFirst(tag), true
	}
	domain := host[strings.LastIndexByte(host, '.')+1:]
	switch domain {
	case "us":
		return false, true
	case "uk", "ie", "au", "nz", "in", "za", "ng", "ke", "gh", "pk", "my", "sg",
		"de", "at", "ch", "fr", "be", "es", "it", "pt", "br", "mx", "ar", "cl", "nl", "dk", "gr", "tr", "pl", "ru", "ua", "id", "vn":
		return true, true
	}
	return false, false
}
