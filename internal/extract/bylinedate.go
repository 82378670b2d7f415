package extract

import (
	"strings"
	"unicode"
)

// Many bylines hold the day, and some the time: "Ada Okoye, March 25, 2015 at
// 6:01 am". Split at its commas, that gives authors of the name of March 25.

var (
	// digitalDate matches a date or a time that needs no name of a month.
	digitalDate = pattern(`^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|^\d{1,2}[:.h]\d\d(?:\D|$)`)
	// gluedDay matches a name and a day without a blank between them.
	gluedDay  = pattern(`^\pL*\p{Ll}(\d{1,2})$`)
	dateGlue  = pattern(`(?i)^(?:at|um|à|on|of|de|a\.?m|p\.?m|uhr|[ecmp][sd]t|gmt|utc|hrs?|h)$`)
	beforeDay = pattern(`(?i)^(?:last|on|am|le|el|den|updated?|published|posted|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun))$`)
)

// withoutDates puts a mark that parts names in the place of each date.
func withoutDates(s string) string {
	if !strings.ContainsFunc(s, unicode.IsDigit) {
		return s
	}
	var words []string
	all := strings.Fields(s)
	for i, w := range all {
		m := gluedDay().FindStringSubmatchIndex(w)
		if m != nil && i+1 < len(all) && months()[foldDate(trimWord(all[i+1]))] != 0 {
			words = append(words, w[:m[2]], w[m[2]:])
		} else {
			words = append(words, w)
		}
	}
	var out []string
	for i := 0; i < len(words); {
		n := dateLen(words[i:])
		if n == 0 {
			out = append(out, words[i])
			i++
			continue
		}
		for len(out) > 0 && beforeDay().MatchString(trimWord(out[len(out)-1])) {
			out = out[:len(out)-1]
		}
		out = append(out, "|")
		i += n
	}
	return strings.TrimLeft(strings.Join(out, " "), "| ")
}

// maxDateWords is how many words of a date are looked at.
const maxDateWords = 12

// dateLen returns how many words a list begins with that are a date; 0 if it
// begins with none.
func dateLen(words []string) int {
	number, month, sure := false, false, false
	n := 0
	words = words[:min(len(words), maxDateWords)]
	for i, w := range words {
		w = trimWord(w)
		switch {
		case w == "":
		case w[0] >= '0' && w[0] <= '9':
			number = true
			sure = sure || digitalDate().MatchString(w)
			n = i + 1
		case months()[foldDate(w)] != 0:
			month = true
			n = i + 1
		case i > 0 && dateGlue().MatchString(w):
			if number {
				n = i + 1
			}
		default:
			words = words[:i]
		}
		if i >= len(words) {
			break
		}
	}
	if sure || month && number {
		return n
	}
	return 0
}

func trimWord(w string) string { return strings.Trim(w, ".,:;()[]|–—-•·") }
