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
//	re-election  F-16s        parts held together by hyphens: reelection, f16s
//	passers-by                and with its first part in the singular: passerby
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
	At   int
	Word string // folded
	Stem string // never empty
	// Same says that a query for the tokens asks for the variant as well; else
	// only one for the variant finds the tokens.
	Same bool
}

// The bounds of a word with hyphens. What is longer is a sentence or a slug.
const (
	maxParts  = 4
	maxJoined = 48 // bytes
)

// Variants appends the variants of the words of s to dst, in the order of their
// places. tokens are what Tokens says of s.
func (tk *Tokenizer) Variants(dst []Variant, s string, tokens []Token) []Variant {
	language, before := tk.forms.language, len(dst)
	var words [maxParts]string
	for first := 0; first < len(tokens); {
		parts := 1
		for last := first; last+1 < len(tokens) && linkAt(s, tokens[last].End) == tokens[last+1].Start; last++ {
			parts++
		}
		if parts > 1 && parts <= maxParts {
			for i := range parts {
				words[i] = tokens[first+i].Word
			}
			for i, word := range joined(language, words[:parts]) {
				dst = addVariant(dst, language, tokens[first+i].Stem, Variant{First: first, Last: first + parts - 1, At: first + i, Word: word, Same: true})
			}
		}
		for i := first; i < first+parts; i++ {
			t := tokens[i]
			if !mayVary(t.Word) {
				continue
			}
			eachForm(language, s[t.Start:t.End], t.Word, func(word string, same bool) {
				dst = addVariant(dst, language, t.Stem, Variant{First: i, Last: i, At: i, Word: word, Same: same})
			})
		}
		first += parts
	}
	slices.SortStableFunc(dst[before:], func(a, b Variant) int { return cmp.Compare(a.At, b.At) })
	return dst
}

// addVariant appends v, with its stem, unless that says nothing new at a token of
// this stem.
func addVariant(dst []Variant, l Language, stem string, v Variant) []Variant {
	if v.Word == "" || l.IsStop(v.Word) {
		return dst
	}
	if v.Stem = l.Stem(v.Word); v.Stem == stem {
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

// joined returns the forms of a word whose parts are held together by hyphens: all
// of it as one word, and with parts before the last in the singular, as passers-by
// is the plural of passerby. The second is empty where it is the first; both are
// where the parts make no word.
func joined(l Language, parts []string) [2]string {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	if size > maxJoined {
		return [2]string{}
	}
	var whole, singular strings.Builder
	last := len(parts) - 1
	for i, p := range parts {
		if strings.Contains(p, "'") {
			p = l.Closed(p)
		}
		if p == "" || strings.ContainsFunc(p, func(r rune) bool { return !classOf(r).inWord() && classOf(r) != mark }) {
			return [2]string{}
		}
		whole.WriteString(p)
		if i < last {
			p = singularOf(l, p)
		}
		singular.WriteString(p)
	}
	forms := [2]string{whole.String(), singular.String()}
	if forms[1] == forms[0] {
		forms[1] = ""
	}
	for i, form := range forms {
		if form != "" && len(l.Stem(form)) < len(form)-len(parts[last])+min(2, len(parts[last])) {
			forms[i] = "" // the stem is that of another word: U.S.-led is no usl
		}
	}
	return forms
}

// singularOf returns the word without an ending in s, where the language takes both
// for the same word.
func singularOf(l Language, word string) string {
	s, ok := strings.CutSuffix(word, "s")
	if !ok || len(s) < 3 {
		return word
	}
	if y, ok := strings.CutSuffix(s, "ie"); ok {
		s = y + "y"
	}
	if l.Stem(s) != l.Stem(word) {
		return word
	}
	return s
}

// eachForm calls f with each form of a single word, which is written as given.
func eachForm(l Language, written, word string, f func(form string, same bool)) {
	if isASCIIDigit(word[len(word)-1]) {
		f(withoutNumber(word), false)
	}
	if strings.IndexByte(word, '\'') > 0 {
		if base := l.Base(word); base != "" {
			f(base, false)
		} else {
			f(l.Closed(word), true)
		}
	}
	if word[0] >= utf8.RuneSelf {
		eachArabicForm(written, word, f)
	}
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

func eachArabicForm(written, word string, f func(form string, same bool)) {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.Is(unicode.Arabic, first) {
		return
	}
	for i, prefix := range arabicPrefixes {
		if rest, ok := strings.CutPrefix(word, prefix); ok && utf8.RuneCountInString(rest) >= minArabic {
			f(rest, i == 0)
		}
	}
	const joiner = "\u200c"
	if !strings.Contains(written, joiner) {
		return
	}
	for part := range strings.SplitSeq(written, joiner) {
		if part = Fold(part); part != word && utf8.RuneCountInString(part) >= minArabic {
			f(part, false)
		}
	}
}

// mayVary reports whether a single word may have other forms. Most plainly have
// none.
func mayVary(word string) bool {
	return word != "" && (word[0] >= utf8.RuneSelf || isASCIIDigit(word[len(word)-1]) || strings.IndexByte(word, '\'') > 0)
}
