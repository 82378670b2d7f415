package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a sign of a sentence. Unlike those of package text, tokens
// keep signs and case, and follow the Penn Treebank: a possessive ending is a token of its
// own, a full stop belongs to an abbreviation, a hyphen to its word.
type token struct {
	start, end int32 // bytes of the field
	form       form
	class      class
	exact      uint64 // hash of the word as written, digits as 0
	lower      uint64 // the same in lower case
}

// form are properties of a token, as bits.
type form uint16

const (
	hasUpper form = 1 << iota
	hasLower
	hasDigit
	hasHyphen
	hasDot
	hasApostrophe
	startsUpper
	isSign // neither a word nor a number
	firstOfLine
	beyondASCII
	innerUpper // an upper-case letter behind a lower-case one: McDonald, iPhone
)

// class is the shape of a token, of the kinds that news has.
type class uint8

const (
	classSign class = iota
	classNumber
	classLower
	classCapital   // Paris
	classUpper     // NATO
	classInitial   // J. or J
	classDotted    // U.S.
	classMixed     // McDonald
	classHyphen    // Anglo-Irish
	classHyphenLow // Obama-era
	classAlnum     // G7
)

// maxToken bounds a token in bytes: what is longer is no name, and is cut.
const maxToken = 64

// tokenize appends the tokens of s[start:end] to dst.
func tokenize(dst []token, s string, start, end int) []token {
	newLine := true
	for i := start; i < end; {
		b := s[i]
		switch {
		case b == '\n':
			newLine = true
			i++
			continue
		case b == ' ' || b == '\t' || b == '\r':
			i++
			continue
		}
		next := tokenEnd(s, i, end)
		if next < 0 { // space beyond ASCII
			_, n := utf8.DecodeRuneInString(s[i:])
			i += n
			continue
		}
		t := describe(s, i, next)
		if newLine {
			t.form |= firstOfLine
			newLine = false
		}
		dst = append(dst, t)
		i = next
	}
	return dst
}

// tokenEnd returns the end of the token at i, or -1 if there is only space or a mark that
// is not seen.
func tokenEnd(s string, i, end int) int {
	if n := apostrophe(s[i:end]); n > 0 {
		if k := i + n + contraction(s[i+n:end]); k > i+n && i > 0 && isWordEnd(s[:i]) {
			return k
		}
		return i + n
	}
	n := wordRune(s[i:end])
	if n == 0 {
		r, n := utf8.DecodeRuneInString(s[i:end])
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		for s[i] == '-' && i+n < end && s[i+n] == '-' { // a dash
			n++
		}
		return i + n
	}
	return wordEnd(s, i, i+n, end)
}

// wordEnd returns the end of the word that begins at start and goes on at i.
func wordEnd(s string, start, i, end int) int {
	for i < end && i-start < maxToken {
		if n := wordRune(s[i:end]); n > 0 {
			i += n
			continue
		}
		switch b := s[i]; {
		case b == '.':
			if !joinsDot(s, start, i, end) {
				return i
			}
			i++
		case b == '-' || b == '&' || b == ',' && isDigit(s[i-1]):
			n := wordRune(s[i+1 : end])
			if n == 0 || b == ',' && !isDigit(s[i+1]) {
				return i
			}
			i += 1 + n
		default:
			n := apostrophe(s[i:end])
			if n == 0 || wordRune(s[i+n:end]) == 0 || contraction(s[i+n:end]) > 0 {
				return i
			}
			i += n
		}
	}
	return i
}

// joinsDot reports whether the full stop at i belongs to the word that begins at start.
func joinsDot(s string, start, i, end int) bool {
	if i+1 < end && wordRune(s[i+1:end]) > 0 {
		return true // U.S., 3.5, example.org
	}
	word := s[start:i]
	if j := strings.LastIndexByte(word, '.'); j >= 0 {
		return len(word)-j == 2 && !isDigit(word[len(word)-1]) // the last of U.S.
	}
	if len(word) == 1 {
		return 'A' <= word[0] && word[0] <= 'Z' && i+1 < end
	}
	return len(word) <= 5 && isAbbreviation(word)
}

// isAbbreviation reports whether a word with a full stop is one with it.
func isAbbreviation(word string) bool {
	switch word {
	case "Mr", "Mrs", "Ms", "Dr", "St", "Inc", "Corp", "Co", "Ltd", "Jr", "Sr", "Gen", "Sen", "Rep", "Gov", "Lt",
		"Col", "Capt", "Sgt", "Maj", "Adm", "Rev", "Prof", "Hon", "Pres", "Bros", "Cos", "Cie", "Plc", "Pty", "Mt", "Ft",
		"Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Oct", "Nov", "Dec", "No", "vs", "Messrs", "Sens", "Reps", "Gens", "Atty",
		"Calif", "Fla", "Mass", "Ariz", "Colo", "Conn", "Ala", "Ark", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mich",
		"Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn", "Tex", "Va", "Wash", "Wis", "Wyo", "Del",
		"Cmdr", "Comdr", "Cpl", "Pvt", "Supt", "Insp", "Det", "Sec", "Ave", "Blvd", "Rd", "Univ", "Dept", "Assn":
		return true
	}
	return false
}

// apostrophe returns the length of the apostrophe or single quotation mark that s begins
// with, or 0.
func apostrophe(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '\'' || s[0] == '`':
		return 1
	case strings.HasPrefix(s, "’") || strings.HasPrefix(s, "‘"):
		return len("’")
	}
	return 0
}

// contraction returns the length of the ending behind an apostrophe that is a token of its
// own, such as that of Kim's and we'll; else 0.
func contraction(s string) int {
	n := 0
	for n < len(s) && n < 3 && isASCIILetter(s[n]) {
		n++
	}
	if wordRune(s[n:]) > 0 {
		return 0
	}
	switch s[:n] {
	case "s", "S", "m", "d", "t", "ll", "ve", "re", "M", "D", "T", "LL", "VE", "RE":
		return n
	}
	return 0
}

// isWordEnd reports whether s ends with a letter, a digit or the full stop of an
// abbreviation.
func isWordEnd(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// wordRune returns the length of the letter, mark or digit that s begins with, or 0.
func wordRune(s string) int {
	if s == "" {
		return 0
	}
	if b := s[0]; b < utf8.RuneSelf {
		if isASCIILetter(b) || isDigit(b) {
			return 1
		}
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s); unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
		return n
	}
	return 0
}

func isASCIILetter(b byte) bool { return b|0x20-'a' < 26 }
func isDigit(b byte) bool       { return b-'0' < 10 }
