package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWord bounds a token, as it stands in the text and folded: a longer run,
// which is never a word, becomes several tokens.
const maxWord = 256

// wordEnd returns where the word that starts at start ends, at most limit
// bytes on. A rune of a class that is inWord stands at start.
func wordEnd(s string, start, limit int) int {
	if end := acronymEnd(s, start, limit); end > 0 {
		return end
	}
	last := separator // class of the last rune that was no mark
	base := start     // where the word before that rune ended
	end := start      // behind the last rune that belongs to the word
	for i := start; i < len(s); {
		r, c, n := classAt(s, i)
		if i+n-start > limit {
			if c == mark && base > start {
				return base // a letter keeps its marks
			}
			return end
		}
		switch {
		case c == numeral && last == letter && isSuperscript(r) && !takesExponent(s[start:i]):
			return end // a footnote's mark
		case c.inWord():
			last = c
			base, end = end, i+n
		case c == mark:
			end = i + n
		case c == ignorable:
		default:
			if next := skipIgnorable(s, i+n); (joins(s, r, c, last, next) || joinsHebrew(s, r, end, next) || joinsCatalan(s, r, end, next)) &&
				!(c == apostrophe && isElided(s[start:i], s[next:])) {
				i = next
				continue
			}
			return suffixEnd(s, start, end, limit, last)
		}
		i += n
	}
	return end
}

// joins reports whether r, of class c, between a rune of class last and the
// one at next holds a word together.
func joins(s string, r rune, c, last class, next int) bool {
	_, after, _ := classAt(s, next)
	switch {
	case c == apostrophe:
		return after == letter
	case r == '&':
		return last == letter && after == letter
	case r == '.' || r == ',' || r == ':':
		return last == digit && after == digit
	}
	return false
}

// suffixEnd takes in what may follow a word without a space: the signs of
// C++ and C#, and a possessive ending behind them.
func suffixEnd(s string, start, end, limit int, last class) int {
	rest := s[end:]
	n := 0
	switch {
	case last == letter && strings.HasPrefix(rest, "++"):
		n = 2
	case end-start == 1 && last == letter && strings.HasPrefix(rest, "#"):
		n = 1
	default:
		return end
	}
	if !endsWord(s, end+n) || strings.HasPrefix(rest[n:], "+") || strings.HasPrefix(rest[n:], "#") {
		return end
	}
	if p := possessiveEnd(s, end+n); p-start <= limit {
		return p
	}
	return end
}

// endsWord reports whether what stands at i does not continue a word.
func endsWord(s string, i int) bool {
	_, c, _ := classAt(s, skipIgnorable(s, i))
	return !c.inWord() && c != mark
}

// possessiveEnd returns the end of a possessive ending that starts at i, or
// i if there is none.
func possessiveEnd(s string, i int) int {
	_, c, n := classAt(s, i)
	if c != apostrophe {
		return i
	}
	j := skipIgnorable(s, i+n)
	if j < len(s) && s[j]|0x20 == 's' && endsWord(s, j+1) {
		return j + 1
	}
	return i
}

// skipMarks returns the first place from i on that holds neither a mark nor
// an ignorable rune.
func skipMarks(s string, i int) int {
	for {
		_, c, n := classAt(s, i)
		if c != mark && c != ignorable {
			return i
		}
		i += n
	}
}

// isElided reports whether before is a French, Italian or Catalan article, pronoun or
// the like that lost its vowel to the word that starts with rest: l'État, d'Italia,
// qu'il, dell'Europa, dov'è, trent'anni. English words before an apostrophe are not
// among these or are not followed by a vowel: don't, o'clock, c'mon.
func isElided(before, rest string) bool {
	if len(before) > 12 {
		return false
	}
	switch Fold(before) {
	case "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
		"un", "all", "coll", "dall", "dell", "nell", "sull", "quell", "quest", "degl", "gl",
		"anch", "bell", "buon", "com", "cos", "dov", "mezz", "nessun", "nient", "quant", "senz", "tutt",
		"vent", "trent", "quarant", "cinquant", "sessant", "settant", "ottant", "novant", "cent":
	default:
		return false
	}
	_, _, n := classAt(rest, 0)
	first := Fold(rest[:n])
	return first != "" && strings.IndexByte("aeiouyh", first[0]) >= 0
}

// joinsCatalan reports whether r, between a rune that ends at end and the one at next,
// is the dot that parts a double l in Catalan: col·legi.
func joinsCatalan(s string, r rune, end, next int) bool {
	return isInterpunct(r) && end > 0 && s[end-1]|0x20 == 'l' && next < len(s) && s[next]|0x20 == 'l'
}

// isInterpunct reports whether r is a dot at half the height, or what is typed for one.
func isInterpunct(r rune) bool { return r == '·' || r == '‧' }

// joinsHebrew reports whether r, between a rune that ends at end and the one at
// next, is the sign before the last letter of a Hebrew abbreviation. A plain
// quotation mark is that also where more letters follow, as in the plural, but
// not where another mark closes what it opens behind a prefix.
func joinsHebrew(s string, r rune, end, next int) bool {
	if !isGershayim(r) || !isHebrew(s[:end]) {
		return false
	}
	letters := 0
	for {
		r, c, n := classAt(s, next)
		switch {
		case c == letter && unicode.Is(unicode.Hebrew, r):
			letters++
		case c != mark && c != ignorable:
			// A letter of another script stands for what follows in a pattern.
			return letters > 0 && (c == letter || !c.inWord()) && (letters == 1 || !isGershayim(r))
		}
		next += n
	}
}

// isHebrew reports whether s ends in a Hebrew letter, with or without its marks.
func isHebrew(s string) bool {
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if c := classOf(r); c != mark && c != ignorable {
			return c == letter && unicode.Is(unicode.Hebrew, r)
		}
		s = s[:len(s)-n]
	}
	return false
}

// superscriptEnd returns the end of the raised digits that start at i.
func superscriptEnd(s string, i int) int {
	for {
		r, _, n := classAt(s, i)
		if !isSuperscript(r) {
			return i
		}
		i += n
	}
}

// isFootnoteMark reports whether raised digits from start to end, which no word
// has taken in, refer to a footnote or number it: those of ¹⁴C and ²³⁵U stand
// before a letter.
func isFootnoteMark(s string, start, end int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:start])
	_, after, _ := classAt(s, skipIgnorable(s, end))
	return classOf(r) == letter || after != letter
}

// takesExponent reports whether raised digits behind letters are an exponent, as
// in m², km² and x², rather than a footnote's mark.
func takesExponent(letters string) bool {
	switch n := utf8.RuneCountInString(letters); {
	case n > 2:
		return false
	case n == 1 || letters[0] >= utf8.RuneSelf:
		return true
	}
	switch strings.ToLower(letters) {
	case "km", "hm", "dm", "cm", "mm", "nm", "um", "ft", "in", "mi", "yd", "mc":
		return true
	}
	return false
}
