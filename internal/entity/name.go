package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/text"
)

// name is a name as it is compared: its words folded, without full stops, titles and
// possessive endings. Parts of words with hyphens are words.
type name struct {
	display string   // as the text has it, in one line
	words   []string // folded
	key     string   // the words, with blanks between
	suffix  string   // "jr", "sr", "ii" or "iii" behind the name of a person, which is none of words
	// first is the number of words before the first blank: two for Jean-Marie Le Pen.
	first  int
	upper  bool // whether it is all in capitals, and no short acronym
	titles int  // the number of words that were titles before the name
}

// newName returns the name that s is.
func newName(s string, k corpus.EntityKind) name {
	s = oneLine(s)
	n := name{display: s, upper: isUpper(s)}
	fields := strings.Fields(s)
	if k == corpus.Person {
		kept := withoutTitles(fields)
		n.titles, fields = len(fields)-len(kept), kept
		if len(fields) > 1 {
			if last := plain(fields[len(fields)-1]); isSuffix(last) {
				n.suffix = last
				fields = fields[:len(fields)-1]
			}
		}
		n.display = strings.TrimRight(strings.Join(fields, " "), ",")
		if n.suffix != "" {
			n.display += " " + suffixText(n.suffix)
		}
	}
	for i, f := range fields {
		for part := range strings.FieldsFuncSeq(f, isHyphen) {
			if w := plain(part); w != "" {
				n.words = append(n.words, w)
			}
		}
		if i == 0 {
			n.first = len(n.words)
		}
	}
	n.key = strings.Join(n.words, " ")
	return n
}

// oneLine returns s with single blanks, without quotation marks and brackets around it.
func oneLine(s string) string {
	s = strings.Trim(s, " \t\n\"'“”‘’()[],;:")
	if !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' || r == '–' }

// plain folds a word and takes its full stops off.
func plain(word string) string {
	w := text.Fold(word)
	if strings.IndexByte(w, '.') < 0 && strings.IndexByte(w, ',') < 0 {
		return w
	}
	return strings.Map(func(r rune) rune {
		if r == '.' || r == ',' {
			return -1
		}
		return r
	}, w)
}

// withoutPossessive returns s without its possessive ending, and whether it had one.
func withoutPossessive(s string) (string, bool) {
	for _, end := range [...]string{"'s", "’s", "'S", "’S"} {
		if t, ok := strings.CutSuffix(s, end); ok && t != "" {
			return t, true
		}
	}
	for _, end := range [...]string{"s'", "s’"} {
		if strings.HasSuffix(s, end) {
			return s[:len(s)-len(end)+1], true
		}
	}
	return s, false
}

// isUpper reports whether a name has no small letter and is too long for an acronym.
func isUpper(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 3
}

// withoutInitials returns the name of a person without the initials in its middle.
func withoutInitials(s string) string {
	words := strings.Fields(s)
	if len(words) < 3 {
		return s
	}
	kept := words[:1]
	for _, w := range words[1 : len(words)-1] {
		if len(w) != 2 || w[1] != '.' {
			kept = append(kept, w)
		}
	}
	return strings.Join(append(kept, words[len(words)-1]), " ")
}

// inNormalCase returns a name in capitals as it is written else: of each word the first
// letter is a capital, and acronyms stay as they are.
func inNormalCase(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if !isKnownAcronym(w) {
			words[i] = wordInNormalCase(w)
		}
	}
	return strings.Join(words, " ")
}

// isKnownAcronym reports whether a word in capitals is an acronym that stands in longer
// names.
func isKnownAcronym(w string) bool {
	switch w {
	case "USA", "US", "UK", "UN", "EU", "UAE", "GOP", "ABC", "AP", "BBC", "CBS", "CNN", "NBC", "NPR", "PBS", "AFL", "CIO",
		"CIA", "FBI", "NASA", "NATO", "NBA", "NFL", "NHL", "MLB", "NCAA", "LGBT", "II", "III", "IV":
		return true
	}
	return strings.Contains(w, ".")
}

func wordInNormalCase(s string) string {
	var b strings.Builder
	before := ' '
	for i, r := range s {
		switch {
		case before == ' ' || isHyphen(before) || before == '.' || isApostrophe(before) && i == 2 || startsMc(s, i):
			b.WriteRune(r)
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		before = r
	}
	return b.String()
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// startsMc reports whether the letter at i follows the Mc of a word.
func startsMc(s string, i int) bool {
	return i >= 2 && s[i-2:i] == "MC" && (i == 2 || s[i-3] == ' ' || s[i-3] == '-')
}

// isFull reports whether a name of a person has a given name and a family name.
func (n *name) isFull() bool { return len(n.words) > 1 && !isParticle(n.words[0]) }

// last returns the last word.
func (n *name) last() string { return n.words[len(n.words)-1] }

// isParticle reports whether a family name may begin with a word.
func isParticle(w string) bool {
	switch w {
	case "al", "bin", "bint", "ben", "ibn", "da", "das", "dal", "de", "del", "della", "den", "der", "di", "dos", "du",
		"el", "la", "le", "st", "ter", "van", "von", "abu", "o":
		return true
	}
	return false
}

func isSuffix(w string) bool { return isOfFamily(w) || w == "ii" || w == "iii" }

// isOfFamily reports whether a suffix tells a parent from a child of the same name.
func isOfFamily(w string) bool { return w == "jr" || w == "sr" }

func suffixText(w string) string {
	switch w {
	case "jr":
		return "Jr."
	case "sr":
		return "Sr."
	}
	return strings.ToUpper(w)
}

// hasEnd reports whether words end in those of end, and have more.
func hasEnd(words, end []string) bool {
	if len(words) <= len(end) {
		return false
	}
	return equal(words[len(words)-len(end):], end)
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// isInitialOf reports whether a word is the first letter of another.
func isInitialOf(a, b string) bool {
	_, n := utf8.DecodeRuneInString(a)
	return n == len(a) && strings.HasPrefix(b, a)
}

// isSamePerson reports whether two full names differ only in names between the first and
// the last, in an initial for the first, or in a number that one of them has not.
func isSamePerson(a, b *name) bool {
	if a.suffix != b.suffix && (a.suffix != "" && b.suffix != "" || isOfFamily(a.suffix) || isOfFamily(b.suffix)) {
		return false
	}
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	last := len(a.words) - 1
	if last < 1 || a.words[last] != b.words[len(b.words)-1] {
		return false
	}
	if a.words[0] != b.words[0] && !isInitialOf(a.words[0], b.words[0]) && !isInitialOf(b.words[0], a.words[0]) {
		return false
	}
	// The names between are those of the longer one, in order, or initials of them.
	at := 1
	for _, w := range a.words[1:last] {
		for at < len(b.words)-1 && b.words[at] != w && !isInitialOf(w, b.words[at]) && !isInitialOf(b.words[at], w) {
			at++
		}
		if at == len(b.words)-1 {
			return false
		}
		at++
	}
	return true
}
