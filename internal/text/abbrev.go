package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// endsAfter reports whether a sentence ends at a full stop between the words
// before and next; sentence is what it then would be, without the stop.
func endsAfter(before, next, sentence string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	number := unicode.IsDigit(first)
	if before == "" {
		return true
	}
	if isItemNumber(before, sentence) || isGermanOrdinal(before, sentence) {
		return false
	}
	switch abbreviation(before) {
	case title:
		return false
	case counted:
		return !number
	case suffix:
		return startsSentence(next)
	case dated:
		return !number && startsSentence(next)
	case never:
		return false
	}
	// Initials (J. K. Rowling) and acronyms (U.S., a.m.).
	if strings.Contains(before, ".") && isAcronym(before) || isInitial(before) {
		return startsSentence(next)
	}
	return true
}

// kind of abbreviation: what may follow its full stop within a sentence.
type kind uint8

const (
	noAbbreviation kind = iota
	title               // a name: Mr. Smith, St. Louis
	suffix              // anything: Apple Inc. Chairman Smith
	counted             // a number: No. 5, but also "No. Never."
	dated               // a number or more of a name: Dec. 12, Dec. Monday
	never               // the rest of the sentence: e.g. this
)

// abbreviation returns what kind of abbreviation a word before a full stop
// is. Capitals count, so that "is it so. No" and "the state of mass. It" end.
func abbreviation(word string) kind {
	switch word {
	case "Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Gen", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs",
		"Lt", "Col", "Capt", "Cpt", "Sgt", "Rev", "Hon", "St", "Ste", "Pres", "Sec", "Adm", "Maj",
		"Cmdr", "Cdr", "Supt", "Msgr", "Fr", "Mt", "Ft", "Pvt", "Cpl", "Brig", "Amb", "Atty", "Det",
		"Insp", "Asst", "Assoc", "Messrs", "Mme", "Mlle", "Hr", "Hrn", "Sra", "Dra", "Drs",
		"Wr", "Bw", "Bi", "Dkt":
		return title
	case "Inc", "Corp", "Co", "Cos", "Ltd", "LLC", "Jr", "Sr", "Bros", "Dept", "Univ", "Assn", "Ave",
		"Blvd", "Rd", "Bldg", "Intl", "Natl", "Mio", "Mrd", "Govt", "est", "ext", "approx", "dept", "govt",
		"Mfg", "Esq", "Mass", "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla",
		"Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb",
		"Nev", "Okla", "Ore", "Pa", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "Ph.D", "M.D":
		return suffix
	case "No", "Nos", "no", "nos", "Nr", "nr", "Vol", "vol", "pp", "p", "Fig", "fig", "Figs", "Art",
		"Sect", "Ch", "ch", "para", "Para", "op", "Op", "nº", "núm", "ca", "c", "al":
		return counted
	case "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
		"Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun":
		return dated
	case "e.g", "i.e", "eg", "ie", "vs", "v", "viz", "cf", "Cf", "incl", "z.B", "d.h", "u.a", "bzw":
		return never
	}
	return noAbbreviation
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

// isGermanOrdinal reports whether a number reads as "am 3. Oktober".
func isGermanOrdinal(word, sentence string) bool {
	if len(word) > 2 || strings.Trim(word, "0123456789") != "" {
		return false
	}
	switch lastWord(strings.TrimRight(sentence[:len(sentence)-len(word)], " ")) {
	case "am", "Am", "vom", "Vom", "zum", "Zum", "der", "Der", "dem", "den", "des", "Das", "das", "die", "Die",
		"seit", "Seit", "ab", "Ab", "bis", "Bis", "im", "Im", "beim":
		return true
	}
	return false
}

// startsSentence reports whether a capitalised word stands at the start of a
// sentence more often than within one.
func startsSentence(word string) bool {
	switch word {
	case "He", "She", "It", "We", "You", "They", "I", "His", "Her", "Its", "Our", "Your", "Their", "My",
		"The", "A", "An", "This", "That", "These", "Those", "There", "Here",
		"But", "And", "Or", "So", "Yet", "Nor", "However", "Still", "Then", "Thus", "Meanwhile", "Instead",
		"Moreover", "Nevertheless", "Nonetheless", "Also", "Even", "Now", "Perhaps", "Indeed", "Yes",
		"In", "On", "At", "For", "From", "By", "With", "Without", "To", "As", "Of", "Under", "Over",
		"After", "Before", "During", "Since", "Until", "While", "When", "Where", "If", "Unless",
		"Although", "Though", "Because", "Despite", "Among", "Amid", "According", "Between", "Once",
		"What", "Who", "Why", "How", "Which", "Whether", "Not", "No", "Some", "Many", "Most", "More",
		"All", "Both", "Each", "Every", "Few", "Several", "Other", "Others", "Another", "One", "Two", "Three",
		"Last", "Earlier", "Later", "Asked", "Just", "Only", "Such", "Is", "Are", "Was", "Were", "Do", "Does",
		"Did", "Can", "Could", "Should", "Would", "Let", "Click", "Nobody", "Nothing", "Everyone", "People", "Officials",
		"Critics", "Experts", "Analysts", "Neither", "Either":
		return true
	}
	return false
}

// isAttribution reports whether a quotation that ends in ! or ? goes on with
// who said it: "Really?" Smith asked.
func isAttribution(stops, rest string) bool {
	if !strings.ContainsAny(stops, `"'”’»`) {
		return false
	}
	for range 3 {
		rest = strings.TrimLeft(rest, " ")
		word := nextWord(rest)
		switch word {
		case "":
			return false
		case "said", "says", "asked", "asks", "wrote", "writes", "added", "adds", "tweeted", "told", "replied",
			"shouted", "exclaimed", "quipped", "wondered", "declared", "insisted", "recalled", "joked":
			return true
		}
		rest = rest[len(word):]
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
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if i < 0 {
		return s
	}
	if i == 1 && s[i] == '.' {
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
