package agency

import (
	"strings"
	"unicode"
)

// Outlet returns the name of the one who sends. Provider is what the metadata
// say of it, often a host such as "dpa.com"; names are credits, the best first.
// Of those the first counts that is the provider's own name: an agency also
// credits those whose texts it passes on.
func Outlet(provider string, names ...string) string {
	provider = oneLine(provider)
	own := letters(provider)
	if label, _, isHost := strings.Cut(provider, "."); isHost && !strings.Contains(provider, " ") {
		own = letters(label)
	}
	for _, name := range names {
		name = strings.Trim(oneLine(name), " -–—/()")
		s := letters(name)
		if s == "" {
			continue
		}
		if own == "" || strings.Contains(s, own) || strings.Contains(own, s) {
			return name
		}
	}
	return provider
}

// IsOwn reports whether a credit is of the one who sends.
func IsOwn(provider, credit string) bool {
	p, c := letters(provider), letters(credit)
	if label, _, isHost := strings.Cut(provider, "."); isHost {
		p = letters(label)
	}
	return p != "" && c != "" && (strings.Contains(p, c) || strings.Contains(c, p))
}

// letters returns the letters and digits of a name, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Status returns the status that a word names, such as "stat:canceled" or
// "Withheld": one of those of an article, or empty for one that may be used.
func Status(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = s[strings.LastIndexAny(s, ":/")+1:]
	switch s {
	case "canceled", "cancelled", "cancel", "killed", "kill", "deleted":
		return "canceled"
	case "withdrawn", "recalled", "unpublished":
		return "withdrawn"
	case "withheld", "embargoed", "hold":
		return "withheld"
	}
	return ""
}

// Subject returns what a code of the IPTC's names that has no name beside it, by
// the subject at the top of it: "04016038" is of "economy, business and finance".
// It is empty for any other.
func Subject(code string) string {
	code = code[strings.LastIndexAny(code, ":/")+1:]
	if len(code) != 8 || strings.Trim(code, "0123456789") != "" || code[0] > '1' {
		return ""
	}
	n := int(code[0]-'0')*10 + int(code[1]-'0')
	if n >= len(subjects) {
		return ""
	}
	return subjects[n]
}

// subjects are those at the top of the IPTC's subject codes and media topics,
// which agree in their first two digits.
var subjects = [...]string{
	1: "arts, culture and entertainment", 2: "crime, law and justice", 3: "disaster and accident", 4: "economy, business and finance",
	5: "education", 6: "environment", 7: "health", 8: "human interest", 9: "labour", 10: "lifestyle and leisure", 11: "politics",
	12: "religion and belief", 13: "science and technology", 14: "society", 15: "sport", 16: "conflict, war and peace", 17: "weather",
}
