package text

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Variant is another form under which a word of a text is found than its tokens:
//
//	re-election  F-16s        parts held together by hyphens, as one word: reelection, f16s
//	policy-makers             and with a stem by its last part: policy-makers, as policy-maker
//	passers-by                and with the parts before that in the singular: passerby
//	TVs  Ph.D.s               capitals without the s of their plural: tv, phd
//	Xi'an  Qur'anic           a word without its apostrophe: xian, quranic
//	الانتخابات  والانتخابات     an Arabic word without its article: انتخابات
//	کتاب‌ها                 the long parts of a Persian word: کتاب
//	Ankara'nın                the word before a Turkish ending: ankara
//	deterrence2               a word without a footnote's number: deterrence
//
// The tokens of the text are what they are without it, so that who asks for the
// very word is not shown its variants.
type Variant struct {
	First, Last int // the tokens that it is a form of, by index
	// At is the token at which it stands, from First to Last. No two variants of
	// a stem stand at a token, and none with that of the token itself.
	At    int
	Word  string // folded; with a hyphen before the last part where the stem is by that
	Stem  string // never empty
	Asked Asked
}

// Asked says what a query for the tokens asks for as well. Where it is zero, only
// one for the variant finds the tokens.
type Asked uint8

const (
	AskedNot  Asked = iota
	AskedStem       // all of the stem: it is the same word in another spelling
	// AskedWord is the word alone, and its plural: the stem is that of other
	// words, too. That of policymaker is that of policymaking.
	AskedWord
)

// The bounds of a word with hyphens. What is longer is a sentence or a slug.
const (
	maxParts  = 4
	maxJoined = 48 // bytes
	// maxJoinedForms is how many forms there are at most: by the whole and by its last
	// part, each with the parts before that as they are and in the singular.
	maxJoinedForms = 4
)

// Variants appends the variants of the words of s to dst, in the order of their
// places. tokens are what Tokens says of s.
func (tk *Tokenizer) Variants(dst []Variant, s string, tokens []Token) []Variant {
	language, before := tk.forms.language, len(dst)
	var words, stems [maxParts]string
	for first := 0; first < len(tokens); {
		parts := 1
		for last := first; last+1 < len(tokens) && linkAt(s, tokens[last].End) == tokens[last+1].Start; last++ {
			parts++
		}
		if parts > 1 && parts <= maxParts {
			for i := range parts {
				words[i], stems[i] = tokens[first+i].Word, tokens[first+i].Stem
			}
			for _, form := range joined(language, words[:parts], stems[:parts]) {
				dst = addVariant(dst, tokens[first].Stem, Variant{first, first + parts - 1, first, form.word, form.stem, form.asked})
			}
		}
		for i := first; i < first+parts; i++ {
			t := tokens[i]
			if written := s[t.Start:t.End]; !mayVary(t.Word) && !isPluralOfCapitals(written) {
				continue
			}
			eachForm(language, s[t.Start:t.End], t.Word, func(word string, asked Asked) {
				if word != "" && !language.IsStop(word) {
					dst = addVariant(dst, t.Stem, Variant{i, i, i, word, language.Stem(word), asked})
				}
			})
		}
		first += parts
	}
	slices.SortStableFunc(dst[before:], func(a, b Variant) int { return cmp.Compare(a.At, b.At) })
	return dst
}

// addVariant appends v unless it says nothing new at a token of this stem.
func addVariant(dst []Variant, stem string, v Variant) []Variant {
	if v.Stem == stem {
		return dst
	}
	for i := len(dst) - 1; i >= 0 && dst[i].First >= v.First-maxParts; i-- {
		if dst[i].At == v.At && dst[i].Stem == v.Stem {
			return dst
		}
	}
	return append(dst, v)
}

// linkAt returns where the word starts that a hyphen holds together with the one
// that ends at end, or 0 if none does. Numbers on both sides are a range or a
// date.
func linkAt(s string, end int) int {
	if end >= len(s) || s[end] != '-' && s[end] != 0xE2 && s[end] != 0xEF { // the first bytes of other hyphens
		return 0
	}
	return hyphenLinkAt(s, end)
}

func hyphenLinkAt(s string, end int) int {
	r, _, n := classAt(s, end)
	dash := r == '–'
	if !dash && !isHyphen(r) {
		return 0
	}
	next := skipIgnorable(s, end+n)
	first, after, _ := classAt(s, next)
	before, _ := utf8.DecodeLastRuneInString(s[:end])
	beforeDigit := classOf(before) == digit
	switch {
	case !after.inWord(), isSuperscript(first), beforeDigit && after == digit:
		return 0
	case classOf(before) == solo, classOf(before) == emoji:
		return 0
	case dash && !beforeDigit && after != digit: // from one to the other; but COVID–19
		return 0
	}
	return next
}

// joinedForm is a form of a word with hyphens.
type joinedForm struct {
	word, stem string
	asked      Asked
}

// joined returns the forms of a word whose parts are held together by hyphens, none
// where they make no word: all of it as one word; with the stem of its last part,
// where that is not the stem of the whole; and both with the parts before the last
// in the singular, as passers-by is the plural of passerby. stems has the stem of
// each part; empty where that is not known.
func joined(l Language, parts, stems []string) (forms []joinedForm) {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	if size > maxJoined {
		return nil
	}
	before, singular, last, lastStem := "", "", "", ""
	for i, p := range parts {
		stem := stems[i]
		if strings.IndexByte(p, '\'') >= 0 {
			p, stem = l.Closed(p), ""
		}
		if p == "" || !isWholeWord(p) {
			return nil
		}
		if i == len(parts)-1 {
			last, lastStem = p, stem
			break
		}
		before, singular = before+p, singular+singularOf(l, p, stem)
	}
	if lastStem == "" {
		lastStem = l.Stem(last)
	}
	lastStem = strings.TrimPrefix(lastStem, l.StemTag())
	forms = appendJoined(make([]joinedForm, 0, maxJoinedForms), l, before, last, lastStem)
	if singular != before {
		forms = appendJoined(forms, l, singular, last, lastStem)
	}
	return forms
}

// isWholeWord reports whether all of a folded word is of letters, digits and marks.
func isWholeWord(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			return !strings.ContainsFunc(word[i:], func(r rune) bool { return !classOf(r).inWord() && classOf(r) != mark })
		}
		if !isASCIIWord(word[i]) {
			return false
		}
	}
	return true
}

func appendJoined(forms []joinedForm, l Language, before, last, lastStem string) []joinedForm {
	word := before + last
	whole := joinedForm{word, l.Stem(word), AskedStem}
	if l.IsStop(whole.word) {
		return forms
	}
	byLast := joinedForm{before + "-" + last, l.StemTag() + before + lastStem, AskedStem}
	if alike(whole.stem, byLast.stem) || isASCIIDigit(last[0]) { // F-16s is F-16, whatever 16s is
		return append(forms, whole)
	}
	// Where hardly anything is left of the last part, the stem of a short word is
	// that of another one: U.S.-led is no usl, but megac is mega-city alone.
	const longStem = 5
	if size := len(whole.stem) - len(l.StemTag()); size >= len(before)+min(2, len(last)) || size >= max(longStem, len(before)+1) {
		whole.asked = AskedWord
		forms = append(forms, whole)
	}
	return append(forms, byLast)
}

// alike reports whether two stems of a word are the same but for the last letter, as
// passerbi and passerby are.
func alike(a, b string) bool { return len(a) == len(b) && a[:len(a)-1] == b[:len(b)-1] }

// singularOf returns the word without an ending in s, or with -man for -men, where
// the language takes both for the same word. stem is that of the word; empty where it
// is not known.
func singularOf(l Language, word, stem string) string {
	if s, ok := strings.CutSuffix(word, "men"); ok {
		if stem == "" {
			stem = l.Stem(word)
		}
		if l.Stem(s+"man") == stem {
			return s + "man"
		}
	}
	s, ok := strings.CutSuffix(word, "s")
	if !ok || len(s) < 3 {
		return word
	}
	if y, ok := strings.CutSuffix(s, "ie"); ok {
		s = y + "y"
	}
	if stem == "" {
		stem = l.Stem(word)
	}
	if l.Stem(s) != stem {
		return word
	}
	return s
}

// eachForm calls f with each form of a single word, which is written as given.
func eachForm(l Language, written, word string, f func(form string, asked Asked)) {
	if isASCIIDigit(word[len(word)-1]) {
		f(withoutNumber(word), AskedNot)
	}
	if isPluralOfCapitals(written) {
		f(strings.TrimSuffix(word, "s"), AskedStem)
	}
	if strings.IndexByte(word, '\'') > 0 {
		if base := l.Base(word); base != "" {
			f(base, AskedNot)
		} else {
			f(l.Closed(word), AskedStem)
		}
	}
	if word[0] >= utf8.RuneSelf {
		eachArabicForm(written, word, f)
	}
}

// isPluralOfCapitals reports whether a word is capitals with an s behind them: MPs,
// Ph.D.s. A stemmer, which doesn't see the capitals, takes the s of tvs for part of
// the word.
func isPluralOfCapitals(written string) bool {
	capitals, ok := strings.CutSuffix(written, "s")
	if !ok {
		return false
	}
	n := 0
	for i := len(capitals) - 1; i >= 0; i-- {
		switch b := capitals[i]; {
		case b-'A' < 26:
			n++
		case b == '.' || i > 0 && i < len(capitals)-1 && b-'a' < 26: // Ph.D., PhD
		default:
			return false
		}
	}
	return n > 1
}

// withoutNumber returns a word without the number of one or two digits behind it,
// which is a footnote's where text was copied; empty where it is none. Short words
// are names with a number, such as F16.
func withoutNumber(word string) string {
	const minLetters, maxDigits = 5, 2
	base := strings.TrimRight(word, "0123456789")
	if len(word)-len(base) > maxDigits || utf8.RuneCountInString(base) < minLetters ||
		strings.ContainsFunc(base, func(r rune) bool { return classOf(r) != letter }) {
		return ""
	}
	return base
}

// arabicPrefixes are the article, alone and behind the particles that are written
// together with it: and, with, so, as, for, and some together.
var arabicPrefixes = []string{"ال", "وال", "بال", "فال", "كال", "لل", "وبال", "ولل"}

// minArabic is how many letters a form has at least. What is shorter is mostly an
// ending, or a word that only begins as the article does.
const minArabic = 3

// joiner holds the parts of a Persian word together without joining their letters.
const joiner = "\u200c"

// WithoutJoiners returns an Arabic or Persian word with a space for each zero-width
// non-joiner, as many write it: بین‌المللی is بین المللی. Other scripts have the joiner
// within words, and are returned as they are; so is an ending of the plural.
func WithoutJoiners(word string) string {
	before, after, ok := strings.Cut(word, joiner)
	first, _ := utf8.DecodeRuneInString(word)
	if !ok || before == "" || strings.HasPrefix(after, persianPlural) || !unicode.Is(unicode.Arabic, first) {
		return word
	}
	return strings.ReplaceAll(word, joiner, " ")
}

// persianPlural begins the endings of the plural: کتاب‌ها, کتاب‌های. A query for the
// plural asks for the singular as well.
const persianPlural = "ها"

func eachArabicForm(written, word string, f func(form string, asked Asked)) {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.Is(unicode.Arabic, first) {
		return
	}
	asked := AskedStem // of the article alone
	for _, prefix := range arabicPrefixes {
		if rest, ok := strings.CutPrefix(word, prefix); ok && utf8.RuneCountInString(rest) >= minArabic {
			f(rest, asked)
		}
		asked = AskedNot
	}
	if !strings.Contains(written, joiner) {
		return
	}
	parts := strings.Split(Fold(strings.ReplaceAll(written, joiner, " ")), " ")
	for i, part := range parts {
		if part == word || utf8.RuneCountInString(part) < minArabic {
			continue
		}
		asked := AskedNot
		if i == 0 && len(parts) == 2 && strings.HasPrefix(parts[1], persianPlural) {
			asked = AskedStem
		}
		f(part, asked)
	}
}

// mayVary reports whether a single word may have other forms. Most plainly have
// none.
func mayVary(word string) bool {
	return word != "" && (word[0] >= utf8.RuneSelf || isASCIIDigit(word[len(word)-1]) || strings.IndexByte(word, '\'') > 0)
}
