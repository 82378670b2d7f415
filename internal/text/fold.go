package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a word to the form in which words are compared: lower case,
// without accents, full-width forms as plain ones, digits of every script as
// ASCII digits, apostrophes straight, ligatures and barred letters as those
// they stand for (ß ss, æ ae, ø o, ł l), Arabic yeh and teh marbuta as those
// without dots that are typed for them, soft hyphens and the like gone, and the dot
// of a Catalan l·l. Marks that make another letter stay: й is not и, and Indic vowel signs are no
// accents. A nukta goes, and candrabindu is anusvara. What is not part of a word is left as it is.
func Fold(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf || word[i] == '`' {
			return foldUnicode(word)
		}
	}
	return strings.ToLower(word)
}

func foldUnicode(word string) string {
	buf := make([]byte, 0, len(word)+8)
	base := rune(-1) // the last rune that is no mark
	for i := 0; i < len(word); {
		r, c, n := classAt(word, i)
		i += n
		switch {
		case c == apostrophe:
			buf = append(buf, '\'')
		case c == ignorable, isInterpunct(r) && base == 'l':
		case isGershayim(r) && unicode.Is(unicode.Hebrew, max(base, 0)):
			buf = utf8.AppendRune(buf, gershayim)
		case c == digit:
			base = '0' + digitValue(r)
			buf = append(buf, byte(base))
		case c == separator || c == emoji:
			base = r
			buf = utf8.AppendRune(buf, halfWidth(r))
		default:
			buf, base = appendFolded(buf, r, c, base)
		}
	}
	// Marks that stayed are joined with their letters again.
	return norm.NFC.String(string(buf))
}

// appendFolded appends what r, of class c, folds to. It returns the base that
// marks after it belong to.
func appendFolded(buf []byte, r rune, c class, base rune) ([]byte, rune) {
	for _, r := range decompose(r, c) {
		r = unicode.ToLower(r)
		if classOf(r) == mark {
			if base < 0 || !dropsMark(base, r) {
				buf = utf8.AppendRune(buf, plainMark(r))
			}
			continue
		}
		base = r
		if plain := plainLetters(r); plain != "" {
			buf = append(buf, plain...)
		} else {
			buf = utf8.AppendRune(buf, r)
		}
	}
	return buf, base
}

// decompose returns the compatibility decomposition of r where it is a word
// as r is, else r: ½ stays, since 1⁄2 would be two words.
func decompose(r rune, c class) string {
	whole := string(r)
	d := norm.NFKD.PropertiesString(whole).Decomposition()
	if d == nil {
		return whole
	}
	for i, r := range string(d) {
		switch part := classOf(r); {
		case part == mark:
		case c == solo && part == solo && i == 0:
		case c != solo && part.inWord():
		default:
			return whole
		}
	}
	return string(d)
}

// dropsMark reports whether a mark on this base is only an accent.
func dropsMark(base, m rune) bool {
	const acute, grave, diaeresis = 0x301, 0x300, 0x308
	switch {
	case base < utf8.RuneSelf || unicode.In(base, unicode.Latin, unicode.Greek):
		return true
	case unicode.Is(unicode.Cyrillic, base):
		// Stress marks, and ё as е; й, ї, ў are letters.
		return m == acute || m == grave || m == diaeresis && base == 'е'
	case unicode.Is(unicode.Arabic, base):
		// Vowel signs; madda and hamza only over and under alef.
		return m < 0x653 || m > 0x655 || base == 'ا'
	case unicode.Is(unicode.Hebrew, base):
		return true
	case unicode.Is(unicode.Devanagari, base):
		return m == nukta
	}
	return unicode.IsNumber(base)
}

// nukta is the dot under a Devanagari letter that tells the sounds of Persian and
// English words. Many texts are written without it.
const nukta = 0x93C

// plainMark returns what a mark folds to that stays: of the two Devanagari signs
// of a nasal vowel, which are typed for each other, the dot.
func plainMark(m rune) rune {
	const candrabindu, anusvara = 0x901, 0x902
	if m == candrabindu {
		return anusvara
	}
	return m
}

// plainLetters returns what a lower-case letter folds to that has no
// decomposition in Unicode, or "".
func plainLetters(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł', 'ŀ': // ŀ is l·, one letter of old texts
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ı':
		return "i"
	case 'ς':
		return "σ"
	case 'ی', 'ى': // Persian yeh and kaf are typed as the Arabic ones, too,
		return "ي" // and a final yeh without its dots
	case 'ک':
		return "ك"
	case 'ة', 'ۃ', 'ہ': // teh marbuta is typed without its dots; Urdu has a heh of its own
		return "ه"
	case 'ٱ':
		return "ا"
	}
	return ""
}

// digitValue returns the value of a decimal digit: Unicode encodes the digits
// of a script in order, from zero, and those of neighbouring sets without a
// gap.
func digitValue(r rune) rune {
	n := rune(0)
	for unicode.Is(unicode.Nd, r-n-1) {
		n++
	}
	return n % 10
}

// halfWidth returns the ASCII form of a full-width sign.
func halfWidth(r rune) rune {
	if 0xFF01 <= r && r <= 0xFF5E {
		return r - 0xFF01 + '!'
	}
	return r
}

// foldWord returns the word of a token from its written form: folded, without
// possessive ending, full stops of acronyms, spaces between initials and commas
// between thousands.
func foldWord(written string) string {
	w := Fold(written)
	for strings.HasSuffix(w, "'s") {
		w = w[:len(w)-len("'s")]
	}
	if strings.IndexByte(w, '.') < 0 && strings.IndexByte(w, ',') < 0 {
		return w
	}
	if strings.ContainsFunc(w, unicode.IsSpace) {
		w = strings.Join(strings.Fields(w), "")
	}
	buf := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if w[i] == '.' && !betweenDigits(w, i) || w[i] == ',' && partsThousands(w, i) {
			continue
		}
		buf = append(buf, w[i])
	}
	return string(buf)
}

func betweenDigits(w string, i int) bool {
	return i > 0 && i+1 < len(w) && isASCIIDigit(w[i-1]) && isASCIIDigit(w[i+1])
}

// partsThousands reports whether exactly three digits follow the comma at i;
// with another number it is a decimal comma.
func partsThousands(w string, i int) bool {
	n := 0
	for i+1+n < len(w) && isASCIIDigit(w[i+1+n]) {
		n++
	}
	return n == 3
}
