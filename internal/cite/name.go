package cite

import (
	"slices"
	"strings"
	"unicode"
)

// Name is that of an author: Family, perhaps with Given and Particle, or Whole
// where it is the name of a body, or it is not known which part is which.
type Name struct {
	Family, Given string
	Particle      string // such as "von der", which stands before Family and isn't sorted by
	Whole         string
}

// String returns the name in the order in which it is spoken.
func (n Name) String() string {
	if n.Whole != "" {
		return n.Whole
	}
	return strings.Join(strings.Fields(n.Given+" "+n.Particle+" "+n.Family), " ")
}

// nameOf parts the name of an author where one can tell the family name:
//
//   - the source writes it first, with a comma: "Okoye, Adaeze";
//   - the name is a given name, perhaps initials, and one more word: "Adaeze
//     Okoye", "J. B. Okoye", in a language that writes the family name last;
//   - particles in lower case stand before the last word: "Ursula von der Leyen".
//
// Any other name stays whole: of "Gabriel García Márquez" nothing tells that two
// words are the family name, and "Reuters Staff" has none.
func nameOf(s, outlet, language string) Name {
	if isBody(s, outlet) {
		return Name{Whole: s}
	}
	if family, given, ok := strings.Cut(s, ","); ok {
		family, given = strings.TrimSpace(family), strings.TrimSpace(given)
		if family == "" || given == "" || strings.Contains(given, ",") {
			return Name{Whole: s}
		}
		return Name{Family: family, Given: given}
	}
	words := strings.Fields(s)
	if len(words) < 2 || familyFirst(language) || !slices.ContainsFunc(words, isCapitalized) || slices.ContainsFunc(words, isForeign) {
		return Name{Whole: s}
	}
	last := len(words) - 1
	first := 1
	for first < last && isInitial(words[first]) {
		first++
	}
	particles := words[first:last]
	for _, p := range particles {
		if !isParticle(p) {
			return Name{Whole: s}
		}
	}
	if !isCapitalized(words[0]) || !isCapitalized(words[last]) || isInitial(words[last]) {
		return Name{Whole: s}
	}
	return Name{Given: strings.Join(words[:first], " "), Particle: strings.Join(particles, " "), Family: words[last]}
}

// familyFirst reports whether names in articles of a language commonly begin with
// the family name.
func familyFirst(language string) bool {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch base {
	case "hu", "ja", "ko", "zh", "vi", "km":
		return true
	}
	return false
}

// isForeign reports whether a word has letters of another script than Latin,
// Greek and Cyrillic, or what no name of a person has.
func isForeign(word string) bool {
	for _, r := range word {
		switch {
		case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Mn), strings.ContainsRune(".-'’‐", r):
		default:
			return true
		}
	}
	return false
}

func isCapitalized(word string) bool {
	for _, r := range word {
		return unicode.IsUpper(r)
	}
	return false
}

// isInitial reports whether a word is a letter or letters with dots: "J.", "J.B.", "J".
func isInitial(word string) bool {
	letters := strings.ReplaceAll(word, ".", "")
	n := len([]rune(letters))
	return n == 1 || n > 0 && n < len([]rune(word)) && n <= strings.Count(word, ".")
}

// isParticle reports whether a word is one of those that stand in lower case before
// a family name.
func isParticle(word string) bool {
	switch word {
	case "von", "der", "den", "zu", "zum", "zur", "vom", "van", "de", "het", "ter", "ten", "te", "del", "della", "dos", "das", "da", "du", "des", "la", "di", "af", "av", "bin", "ibn", "al", "el":
		return true
	}
	return false
}

// isBody reports whether a name is that of a body rather than of a person: it is
// the outlet's, or has a word that names of persons don't have.
func isBody(s, outlet string) bool {
	if outlet != "" && (strings.EqualFold(s, outlet) || strings.Contains(strings.ToLower(outlet), strings.ToLower(s))) {
		return true
	}
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
	return slices.ContainsFunc(words, isBodyWord)
}

// isBodyWord reports whether a word, in lower case, tells that a byline names a
// body: an office, an agency, an outlet.
func isBodyWord(word string) bool {
	switch word {
	case "staff", "editors", "editor", "editorial", "board", "desk", "newsroom", "news", "team", "agency", "agencies", "press", "wire", "wires", "services", "service",
		"reuters", "ap", "afp", "dpa", "upi", "efe", "ansa", "tass", "xinhua", "bloomberg", "cnn", "bbc", "npr",
		"times", "post", "journal", "magazine", "gazette", "herald", "tribune", "guardian", "review", "media", "network", "radio", "tv", "television",
		"correspondent", "correspondents", "reporter", "reporters", "writers", "contributors", "columnist",
		"institute", "institution", "center", "centre", "foundation", "council", "committee", "association", "university", "college", "ministry", "department",
		"group", "organization", "organisation", "union", "society", "office", "the", "and", "of", "for", "with", "by", "from",
		"redaktion", "redaction", "rédaction", "redacción", "redazione", "redação", "agentur", "agence", "agencia", "agenzia":
		return true
	}
	return strings.HasSuffix(word, ".com") || strings.HasSuffix(word, ".org") || strings.HasSuffix(word, ".net")
}
