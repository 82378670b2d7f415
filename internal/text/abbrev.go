package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// stopAt is a full stop: what stands before it in its sentence, and where it
// is in the text.
type stopAt struct {
	sentence string
	dot      int
}

// endsAfter reports whether a sentence ends at a full stop between the words
// before and next.
func (c *sentenceCutter) endsAfter(before, next string, at stopAt) bool {
	first, _ := utf8.DecodeRuneInString(next)
	number := unicode.IsDigit(first)
	if before == "" {
		return true
	}
	if isItemNumber(before, at.sentence) || c.isOrdinal(before, next, at) {
		return false
	}
	switch c.abbreviation(before, next, at) {
	case BeforeName, NeverLast:
		return false
	case BeforeNumber:
		return !number
	case BeforeAny:
		return c.starts(next, at)
	case OfDate:
		return !number && c.starts(next, at)
	}
	// Initials (J. K. Rowling) and acronyms (U.S., a.m.).
	if strings.Contains(before, ".") && isAcronym(before) || isInitial(before) {
		return c.starts(next, at) && !isParticle(next)
	}
	return true
}

// isInitial reports whether a word is a single letter: J. K. Rowling, z. B.
func isInitial(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return n == len(word) && unicode.IsLetter(r) && classOf(r) == letter
}

// isAcronym reports whether a word, without its last full stop, is made of
// single letters: U.S, a.m.
func isAcronym(word string) bool {
	for part := range strings.SplitSeq(word, ".") {
		r, n := utf8.DecodeRuneInString(part)
		if n != len(part) || !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// isItemNumber reports whether a number is the first word of its sentence:
// "1. First", "IV. Fourth" and "a. Else" number what follows.
func isItemNumber(word, sentence string) bool {
	if len(word) != len(sentence) || len(word) > 4 {
		return false
	}
	return strings.Trim(word, "0123456789") == "" || strings.Trim(word, "IVX") == ""
}

// isOrdinal reports whether a number before a full stop is an ordinal, as in
// "am 3. Oktober".
func (c *sentenceCutter) isOrdinal(word, next string, at stopAt) bool {
	if len(word) > 2 || strings.Trim(word, "0123456789") != "" {
		return false
	}
	sentence := at.sentence
	return c.language.OrdinalFollows(lastWord(strings.TrimRight(sentence[:len(sentence)-len(word)], " "))) ||
		c.isNumbered(next, at)
}

// isAttribution reports whether a quotation that ends in ! or ? goes on with
// who said it: "Really?" Smith asked.
func (c *sentenceCutter) isAttribution(stops, rest string) bool {
	if !strings.ContainsAny(stops, `"'”’»`) {
		return false
	}
	for range 3 {
		rest = strings.TrimLeft(rest, " ")
		word := nextWord(rest)
		switch {
		case word == "":
			return false
		case c.language.SaysWho(word), isSayingVerb(word):
			return true
		}
		rest = rest[len(word):]
	}
	return false
}

// isSayingVerb reports whether a word is a verb that tells who said a quotation, in
// languages whose script has no capitals, which would show that the sentence goes on.
func isSayingVerb(word string) bool {
	switch word {
	case "قال", "قالت", "سأل", "سألت", "تساءل", "أجاب", "أضاف", "أضافت", "گفت", "پرسید", "افزود", "کہا", "پوچھا",
		"אמר", "אמרה", "שאל", "שאלה", "הוסיף", "הוסיפה", "השיב", "कहा", "पूछा", "बोले", "बताया":
		return true
	}
	return false
}

// lastWord returns the word that s ends with, with full stops, hyphens and
// the like inside it.
func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'“‘«„([{/-–—`, r)
	})
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

// nextWord returns the first word of s, behind opening quotation marks and
// brackets; an initial with its full stop.
func nextWord(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return strings.ContainsRune(`"'“‘«„‹([{¿¡`, r) })
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	if i < 0 {
		return s
	}
	if s[i] == '.' && utf8.RuneCountInString(s[:i]) == 1 {
		i++
	}
	return s[:i]
}

// isCamel reports whether a word such as iPhone or eBay starts in lower case
// whatever its place.
func isCamel(word string) bool {
	_, n := utf8.DecodeRuneInString(word)
	r, _ := utf8.DecodeRuneInString(word[n:])
	return unicode.IsUpper(r)
}
