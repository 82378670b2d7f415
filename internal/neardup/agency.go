package neardup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline bounds what stands before the first sentence of a dispatch, in bytes: two
// places, a date and an agency.
const maxDateline = 120

// maxPlaceWords is how many words without a mark of their own, a date or an agency, a
// dateline may have: "WEST PALM BEACH, Fla."
const maxPlaceWords = 5

// maxAgencyWords is how many words of any kind may stand before a known agency in
// brackets: a place and a date in any language.
const maxAgencyWords = 8

// agencies are names that stand alone before a dispatch, in lower case. In brackets,
// any name may stand that is as long as the longest of these.
var agencies = []string{
	"reuters", "reuter", "ap", "associated press", "the associated press", "afp", "agence france-presse", "upi", "cnn",
	"bloomberg", "dpa", "ansa", "efe", "xinhua", "tass", "interfax", "pti", "ians", "ani", "kyodo", "yonhap", "bbc", "cbs news",
	"nbc news", "abc news", "fox news", "politico", "usa today", "newsweek", "the hill", "kcna", "anadolu", "aa", "belga", "apa", "lusa",
}

// dashes part a dateline from the text. A hyphen does with blanks around it.
var dashes = []string{" - ", " -- ", "--", "—", "–", " -\n", ")- "}

// WithoutAgency returns text without the line that names the agency, the place or
// the day at its start, such as "WASHINGTON, March 3 (Reuters) - " or "(CNN) ". Text
// that has no such line is returned as it is.
func WithoutAgency(text string) string {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	head := text[:min(len(text), maxDateline)]
	at, length := -1, 0
	for _, d := range dashes {
		if i := strings.Index(head, d); i >= 0 && (at < 0 || i < at) {
			at, length = i, len(d)
		}
	}
	if at >= 0 && isDateline(head[:at]) {
		return text[at+length:]
	}
	if inside, rest, ok := cutBrackets(text); ok && isAgency(inside) {
		return rest
	}
	return text
}

// cutBrackets parts text that starts with brackets into what they hold and the rest.
func cutBrackets(text string) (inside, rest string, ok bool) {
	if !strings.HasPrefix(text, "(") {
		return "", "", false
	}
	inside, rest, ok = strings.Cut(text[1:], ")")
	return inside, rest, ok && len(inside) <= maxDateline
}

// isAgency reports whether a name is that of an agency, or of several: "AP/Reuters".
func isAgency(name string) bool {
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '/' || r == ';' })
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p string) bool { return !slices.Contains(agencies, strings.TrimSpace(p)) })
}

// isDateline reports whether s, which stands before a dash, is a dateline: a place, a
// date and an agency in brackets, or some of these.
func isDateline(s string) bool {
	s = strings.TrimSpace(s)
	if isAgency(s) {
		return true
	}
	place, behind, bracketed := strings.Cut(s, "(")
	words := strings.FieldsFunc(place, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '/' })
	if bracketed {
		inside, rest, closed := strings.Cut(behind, ")")
		if !closed || slices.ContainsFunc(strings.Fields(rest), isNoDatePart) {
			return false
		}
		if isAgency(inside) {
			return len(words) <= maxAgencyWords
		}
		if slices.ContainsFunc(strings.Fields(inside), func(w string) bool { return !startsUpper(w) }) {
			return false
		}
	}
	return isPlace(words, bracketed)
}

// isPlace reports whether words are a place and a date. Without brackets behind it, a
// place is in capitals.
func isPlace(words []string, bracketed bool) bool {
	if len(words) == 0 || !bracketed && !isCapitals(words[0]) {
		return false
	}
	names := 0
	for _, w := range words {
		switch {
		case isDatePart(w) || isAgency(w):
		case startsUpper(w):
			names++
		default:
			return false
		}
	}
	return names <= maxPlaceWords
}

// isCapitals reports whether a word is of at least two capitals: as places are printed.
func isCapitals(w string) bool {
	letters := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 1
}

func startsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// months are the first three letters of the months, in English.
var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

func isNoDatePart(w string) bool { return !isDatePart(w) }

// isDatePart reports whether a word is part of a date: a number, or a month.
func isDatePart(w string) bool {
	w = strings.ToLower(strings.TrimSuffix(w, "."))
	if strings.Trim(w, "0123456789") == "" {
		return true
	}
	return len(w) >= 3 && len(w) <= len("september") && slices.Contains(months, w[:3]) && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == ""
}
