package tagger

import "strings"

// Headlines are written in several styles, and those of the texts that are learned from are
// in two: as a sentence, or in capital letters. So their first lines are learned in other
// styles as well. Only letters of ASCII change, so that names stay where they are.

// recased returns the text with its first line in another style, and the length of that
// line; an empty text if the line has that style already.
func recased(text string, to style) (string, int) {
	line, rest, _ := strings.Cut(text, "\n")
	was := plain
	if line == strings.ToUpper(line) {
		was = capitals
	}
	if was == to || len(line) == len(text) {
		return "", 0
	}
	var b strings.Builder
	for i, word := range strings.SplitAfter(line, " ") {
		switch {
		case to == capitals:
			b.WriteString(upperASCII(word))
		case was == capitals && keepsCapitals(word):
			b.WriteString(word)
		case i > 0 && isSmallWord(strings.TrimSpace(word)):
			b.WriteString(lowerASCII(word))
		case was == capitals:
			b.WriteString(word[:1] + lowerASCII(word[1:]))
		default:
			b.WriteString(upperASCII(word[:1]) + word[1:])
		}
	}
	return b.String() + "\n" + rest, len(line)
}

// keepsCapitals reports whether a word of a line in capitals is an acronym, as far as one
// can tell.
func keepsCapitals(word string) bool {
	word = strings.TrimRight(word, " .,:;'s")
	return strings.Contains(word, ".") || strings.ContainsAny(word, "0123456789") ||
		len(word) <= 4 && !strings.ContainsAny(word, "AEIOU") || isAcronym(word)
}

func isAcronym(word string) bool {
	switch word {
	case "EU", "UN", "US", "UK", "PM", "CEO", "NATO", "IMF", "OPEC", "UEFA", "FIFA", "USA", "IRA", "PLO", "OAU", "EPA", "FAA", "ECB", "IBM", "GM", "ABN", "ING", "AC":
		return true
	}
	return false
}

// isSmallWord reports whether a word has no capital letter within a title.
func isSmallWord(word string) bool {
	switch strings.ToLower(word) {
	case "a", "an", "the", "and", "but", "or", "nor", "of", "in", "on", "to", "by", "at", "for", "as", "v", "vs", "de", "van", "der", "from", "with":
		return true
	}
	return false
}

func upperASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, s)
}
