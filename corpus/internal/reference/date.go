package reference

import (
	"strings"
	"unicode"
)

// Date brings a date as bibliographies write it into a form that is read like
// any other: "2005/07/15/" and "2019///" of RIS, ranges, seasons and what is not
// known of EDTF (ISO 8601-2). Of a range the first day counts. What is no date is
// returned as it stands.
func Date(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimSpace(strings.Trim(s, "[]"))
	if year, ok := strings.CutPrefix(s, "c"); ok && isDigits(year, 4, 4) {
		return year // of a copyright
	}
	if parts := strings.Split(s, "/"); len(parts) > 1 {
		switch strings.ToLower(strings.TrimSpace(parts[len(parts)-1])) {
		case "received", "accepted", "revised", "submitted":
			return "" // of a manuscript
		}
		if isDigits(parts[0], 4, 4) && (parts[1] == "" || isDigits(parts[1], 1, 2) || isWord(parts[1])) {
			return slashed(parts)
		}
		if isEDTF(parts[0]) && (len(parts) == 2 && (isEDTF(parts[1]) || parts[1] == "")) {
			s = parts[0]
			if !startsWithDigit(s) {
				s = parts[1]
			}
		}
	}
	return edtf(withoutSeason(s))
}

// slashed returns a date of the parts of RIS: year, month, day, and something
// else.
func slashed(parts []string) string {
	parts = parts[:min(len(parts), 3)]
	for len(parts) > 1 && strings.TrimSpace(parts[len(parts)-1]) == "" {
		parts = parts[:len(parts)-1]
	}
	if len(parts) > 1 && isWord(parts[1]) { // 2019/Jul/15, 2019/Spring
		return withoutSeason(strings.Join(parts, " "))
	}
	for i := range parts[1:] {
		if !isDigits(parts[i+1], 1, 2) {
			parts = parts[:i+1]
			break
		}
		if len(parts[i+1]) == 1 {
			parts[i+1] = "0" + parts[i+1]
		}
	}
	return strings.Join(parts, "-")
}

// edtf leaves out of a date what is said not to be known, and how sure it is.
func edtf(s string) string {
	if !isDigits(s[:min(len(s), 4)], 4, 4) {
		return s
	}
	s = strings.TrimRight(s, "?~%")
	parts := strings.Split(s, "-")
	for i, p := range parts[1:] {
		number := strings.Trim(p, "?~%")
		switch {
		case strings.Trim(number, "uUxX") == "" || i == 0 && len(number) == 2 && number > "20" && number < "42":
			return strings.Join(parts[:i+1], "-")
		case len(number) == 2 && len(parts) <= 3:
			parts[i+1] = number
		}
	}
	return strings.Join(parts, "-")
}

// isEDTF reports whether a text may be an end of a range.
func isEDTF(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "..", "open", "unknown":
		return true
	}
	return len(s) >= 4 && startsWithDigit(s) && isDigits(s[:4], 4, 4)
}

// withoutSeason returns the year of a date that names but a season, and any other
// as it is.
func withoutSeason(s string) string {
	words := strings.Fields(s)
	if len(words) != 2 {
		return s
	}
	for i, year := range words {
		if !isDigits(year, 4, 4) {
			continue
		}
		switch strings.ToLower(words[1-i]) {
		case "spring", "summer", "fall", "autumn", "winter":
			return year
		}
	}
	return s
}

// parts counts how much is known of a date: year, month, day.
func parts(s string) int {
	n := len(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	if isDigits(s, 8, 8) {
		n = 3
	}
	return min(n, 3)
}

func isDigits(s string, least, most int) bool {
	return len(s) >= least && len(s) <= most && strings.Trim(s, "0123456789") == ""
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func isWord(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
}

// HasYear reports whether a date says in which year it is.
func HasYear(s string) bool {
	run := 0
	for _, r := range s + " " {
		if r >= '0' && r <= '9' {
			run++
			continue
		}
		if run == 4 || run == 8 {
			return true
		}
		run = 0
	}
	return false
}

// WithYear returns a day that lacks its year with that of another date.
func WithYear(day, year string) string {
	if day = strings.TrimSpace(day); day == "" || HasYear(day) || !HasYear(year) {
		return day
	}
	if year = Date(year); len(year) > 4 {
		year = year[:4]
	}
	return day + " " + year
}
