package text

import (
	"cmp"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxAbbreviation is the longest word that is looked up among abbreviations,
// in bytes.
const maxAbbreviation = 24

// abbreviation returns what kind of abbreviation a word before a full stop is:
// what the language says of it, else what is said of it where the paragraph is
// in another.
func (c *sentenceCutter) abbreviation(word, next string, at stopAt) Abbreviation {
	if i := strings.LastIndexAny(word, "’'"); i >= 0 { // l’art. 5
		_, n := utf8.DecodeRuneInString(word[i:])
		word = word[i+n:]
	}
	kind := c.language.Abbreviation(word)
	if (kind == NoAbbreviation || kind == BeforeNumber && !startsWithDigit(next)) && len(word) <= maxAbbreviation {
		kind = cmp.Or(c.localAbbreviation(word, next, at), kind)
	}
	if kind != NoAbbreviation && kind != BeforeNumber || len(word) > maxAbbreviation {
		return kind
	}
	switch {
	case isDoubled(word) && isDoubled(next) || isDoubled(word) && isDoubled(strings.TrimSuffix(wordBefore(at.sentence, word), ".")):
		return BeforeAny // EE. UU.
	case isUpper(word) && isUpper(next) && utf8.RuneCountInString(word) > 1: // in a text in capitals
		if kind := c.language.Abbreviation(titleCase(word)); kind != NoAbbreviation || !c.followsTitle(word, true, at) {
			return kind
		}
		return BeforeName
	case c.followsTitle(word, false, at):
		return BeforeName
	}
	return kind
}

func startsWithDigit(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsDigit(first)
}

// localAbbreviation looks a word up in the tables.
func (c *sentenceCutter) localAbbreviation(word, next string, at stopAt) Abbreviation {
	tables := abbreviationTables()
	list := tables.abbreviations[word]
	if len(list) == 0 {
		var buf [2 * maxAbbreviation]byte
		list = tables.abbreviations[string(appendLower(buf[:0], word))]
	}
	if len(list) == 0 {
		return NoAbbreviation
	}
	// The GEN is no general, and before "The" stands none of any language. To
	// tell the language takes a while, so it is asked for last.
	isWord := utf8.RuneCountInString(word) > 2 && isUpper(word) && !isUpper(next) && !strings.Contains(word, ".") ||
		c.language.StartsSentence(next)
	for _, a := range list {
		switch {
		case a.in == anywhere:
			return a.kind
		case isWord, a.kind == BeforeNumber && !startsWithDigit(next):
		case a.in&c.mannersAt(at.dot) != 0:
			return a.kind
		}
	}
	return NoAbbreviation
}

// mannersAt returns the manners of the language that the paragraph around a
// place in the text is in; 0 when it can't be told.
func (c *sentenceCutter) mannersAt(i int) uint32 {
	if i < c.from || i >= c.to {
		c.from = strings.LastIndex(c.text[:i], "\n\n") + 1
		c.to = len(c.text)
		if n := strings.Index(c.text[i:], "\n\n"); n >= 0 {
			c.to = i + n
		}
		paragraph := c.text[c.from:c.to]
		if tag, _ := DetectLanguage(paragraph); tag != "" {
			c.local = abbreviationTables().manners[tag]
		} else {
			c.local = mannerOfWords(paragraph)
		}
	}
	return c.local
}

// minMannerWords is how many words must speak for a manner.
const minMannerWords = 2

// mannerOfWords tells the manner of a text that is too short for
// [DetectLanguage]: the one that has most of its words among those that begin
// sentences, which are the commonest. A wrong guess costs a border between two
// sentences, and so does none.
func mannerOfWords(s string) uint32 {
	starts := abbreviationTables().starts
	var counts [len(manners)]int
	for word := range strings.FieldsFuncSeq(s[:min(len(s), languageSample)], func(r rune) bool { return !unicode.IsLetter(r) && r != '’' && r != '\'' }) {
		if utf8.RuneCountInString(word) < 2 {
			continue // i.e., S.p.A.
		}
		for in := starts[strings.ToLower(word)]; in != 0; in &= in - 1 {
			counts[bits.TrailingZeros32(in)]++
		}
	}
	best, second := 0, 0
	for i, n := range counts {
		switch {
		case n > counts[best]:
			best, second = i, counts[best]
		case i != best:
			second = max(second, n)
		}
	}
	if counts[best] < minMannerWords || counts[best] == second {
		return 0
	}
	return 1 << best
}

// starts reports whether a capitalised word stands at the start of a sentence
// more often than within one.
func (c *sentenceCutter) starts(next string, at stopAt) bool {
	if c.language.StartsSentence(next) {
		return true
	}
	if len(next) > maxAbbreviation {
		return false
	}
	if utf8.RuneCountInString(next) > 1 && isUpper(next) && c.language.StartsSentence(titleCase(next)) {
		return true
	}
	var buf [2 * maxAbbreviation]byte
	in := abbreviationTables().starts[string(appendLower(buf[:0], next))]
	return in != 0 && in&c.mannersAt(at.dot) != 0
}

// isParticle reports whether a word begins a surname, so that it follows
// initials: J. De Niro, J.-M. Le Pen.
func isParticle(word string) bool {
	switch word {
	case "De", "Del", "Da", "Do", "Dos", "Di", "Du", "Des", "Van", "Von", "Le", "Den", "Ten", "Af", "Av", "Al":
		return true
	}
	return false
}

// followsTitle reports whether a word is a part of a title that goes on from
// another with its full stop: Dr. med. Weber, Dr. rer. nat. Weber. Capitals says
// that the text is all in them.
func (c *sentenceCutter) followsTitle(word string, capitals bool, at stopAt) bool {
	sentence := at.sentence
	if rest := strings.TrimRight(sentence[:len(sentence)-len(word)], " "); !strings.HasSuffix(rest, ".") {
		return false
	}
	for range 4 {
		if capitals && !isFaculty(strings.ToLower(word)) || !capitals && !isTitlePart(word) {
			return false
		}
		sentence = strings.TrimRight(sentence[:len(sentence)-len(word)], " ")
		before, found := strings.CutSuffix(sentence, ".")
		if !found {
			return false
		}
		sentence = before
		word = lastWord(sentence)
		title := word
		if capitals && word != "" {
			title = titleCase(word)
		}
		kind := c.language.Abbreviation(title)
		if kind == NoAbbreviation && len(word) <= maxAbbreviation {
			kind = c.localAbbreviation(title, title, at)
		}
		if kind == BeforeName || kind == NeverLast || isInitial(word) && len(word) == 1 {
			return true
		}
	}
	return false
}

// isTitlePart reports whether a word may be a part of a title, by its letters.
func isTitlePart(word string) bool {
	return utf8.RuneCountInString(word) <= 6 && word != "" && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLower(r) }) < 0
}

// isFaculty reports whether a word is what a doctor is of. In a text in
// capitals a name looks like one.
func isFaculty(word string) bool {
	switch word {
	case "med", "dent", "vet", "rer", "nat", "pol", "oec", "soc", "publ", "jur", "iur", "phil", "theol", "habil", "hab", "h", "c", "sc", "ing", "agr":
		return true
	}
	return false
}

// wordBefore returns the word before the last of a sentence.
func wordBefore(sentence, last string) string {
	return lastWord(strings.TrimRight(sentence[:len(sentence)-len(last)], " "))
}

// isDoubled reports whether a word is one capital twice, as Spanish abbreviates
// what is plural: EE. UU., FF. AA.
func isDoubled(word string) bool {
	return len(word) == 2 && word[0] == word[1] && word[0] >= 'A' && word[0] <= 'Z'
}

// isUpper reports whether a word has letters, all of them capitals.
func isUpper(word string) bool {
	upper := false
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		upper = upper || unicode.IsUpper(r)
	}
	return upper
}

// appendLower appends a word in lower case.
func appendLower(dst []byte, word string) []byte {
	for _, r := range word {
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
	}
	return dst
}

// titleCase returns a word in capitals with its first alone as one.
func titleCase(word string) string {
	_, n := utf8.DecodeRuneInString(word)
	return word[:n] + strings.ToLower(word[n:])
}

// isNumbered reports whether what follows a number and its full stop is what
// ordinals count, so that it is one: 3. Oktober, 19. Jahrhundert.
func (c *sentenceCutter) isNumbered(next string, at stopAt) bool {
	switch next {
	case "Januar", "Jänner", "Februar", "Feber", "März", "Maerz", "Mai", "Juni", "Juli", "Oktober", "Dezember":
		return true
	case "April", "August", "September", "November",
		"Jahrhundert", "Jahrhunderts", "Weltkrieg", "Weltkriegs", "Weltkrieges", "Jahrestag", "Geburtstag", "Mal", "Bundestag", "Parteitag",
		"Tag", "Platz", "Runde", "Liga", "Bundesliga", "Klasse", "Stock", "Bezirk", "Spieltag", "Minute", "Auflage", "Amtszeit":
		return c.isIn("de", at)
	case "Dünya", "Yüzyıl", "Lig", "Köprü", "Kat", "Sınıf", "Ordu", "Dönem", "Cadde":
		return c.isIn("tr", at)
	}
	return false
}

// isIn reports whether the paragraph is in a language.
func (c *sentenceCutter) isIn(tag string, at stopAt) bool {
	return abbreviationTables().manners[tag]&c.mannersAt(at.dot) != 0
}
