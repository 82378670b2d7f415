package extract

import (
	"bytes"
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
)

// maxDetectBytes is how many bytes of a text its character set is guessed from.
const maxDetectBytes = 32 << 10

// fallback is what text with bytes beyond ASCII is read as when nothing else
// is known: what browsers in the West take.
const fallback = "windows-1252"

// detect guesses the character set of bytes that are not UTF-8 and declare
// nothing. chardet, ported from ICU, proposes by the frequencies of bytes;
// then every proposal is decoded, and what reads least like writing loses.
func detect(b []byte) string {
	b = nonASCIILines(b)
	best, score := fallback, -implausibility(b, fallback)
	for _, p := range candidates(b) {
		// An implausibility of 0.5 for each character is sure to be nonsense, and
		// outweighs any confidence that statistics have.
		if s := float64(p.Confidence)/200 - implausibility(b, p.Charset); s > score {
			best, score = p.Charset, s
		}
	}
	return best
}

// nonASCIILines returns the lines of a text that are not all ASCII, as far as they
// fit. The others tell nothing about its character set.
func nonASCIILines(b []byte) []byte {
	var out []byte
	for line := range bytes.Lines(b) {
		if !slices.ContainsFunc(line, func(c byte) bool { return c >= utf8.RuneSelf }) {
			continue
		}
		out = append(out, line[:min(len(line), maxDetectBytes-len(out))]...)
		if len(out) == maxDetectBytes {
			break
		}
	}
	return out
}

// relatedCharsets are the character sets of Windows that hold the letters of an ISO
// set at other places, and those that chardet doesn't know.
var relatedCharsets = map[string][]string{
	"iso-8859-2":   {"windows-1250"},
	"iso-8859-5":   {"ibm866"},
	"iso-8859-6":   {"windows-1256"},
	"iso-8859-7":   {"windows-1253"},
	"iso-8859-8":   {"windows-1255"},
	"iso-8859-8-i": {"windows-1255"},
	"windows-1251": {"ibm866"},
	"koi8-r":       {"koi8-u", "ibm866"},
	"windows-1252": {"windows-1250", "windows-1257", "ibm866", "euc-jp", "shift_jis"},
}

// candidates returns the character sets to try, by WHATWG name. Their order is
// the same in every run; chardet's own is not.
func candidates(b []byte) []chardet.Result {
	results, err := chardet.NewHtmlDetector().DetectAll(b)
	if err != nil {
		results = nil
	}
	slices.SortFunc(results, func(x, y chardet.Result) int {
		return cmp.Or(cmp.Compare(y.Confidence, x.Confidence), cmp.Compare(x.Charset, y.Charset))
	})
	var out []chardet.Result
	for _, r := range results {
		if r.Charset = known(r.Charset); r.Charset == "" || r.Charset == utf8Name {
			continue
		}
		out = append(out, r)
		for _, name := range relatedCharsets[r.Charset] {
			out = append(out, chardet.Result{Charset: name, Confidence: r.Confidence - 1})
		}
	}
	for _, name := range relatedCharsets[fallback] {
		out = append(out, chardet.Result{Charset: name})
	}
	return out
}

// implausibility decodes b and returns how much of it is as no one writes, for each
// character beyond ASCII: characters that don't exist, letters of two scripts
// in one word, capitals within words, signs that touch letters.
func implausibility(b []byte, name string) float64 {
	out, err := encodingOf(name).NewDecoder().Bytes(b)
	if err != nil {
		return 1
	}
	sum, n := implausibilitySum(string(out))
	kana := 0
	for _, r := range string(out) {
		if r >= 0x3041 && r <= 0x30ff {
			kana++
		}
	}
	if kana*5 > n && (name == "euc-jp" || name == "shift_jis") {
		sum -= float64(n) // nobody else writes kana, but their sets have them
	}
	return sum / float64(max(n, 1))
}

// implausibilitySum returns how much of a decoded text is as no one writes, and
// the number of its characters beyond ASCII.
func implausibilitySum(s string) (sum float64, n int) {
	var before rune
	for _, r := range s {
		if r >= utf8.RuneSelf {
			n++
		}
		if r >= utf8.RuneSelf || before >= utf8.RuneSelf {
			sum += implausiblePair(before, r)
		}
		before = r
	}
	return sum, n
}

// implausiblePair weighs two neighbours, of which one at least is not ASCII.
func implausiblePair(a, b rune) float64 {
	switch {
	case b == utf8.RuneError, b >= 0x80 && b < 0xa0, unicode.Is(unicode.Co, b):
		return 2
	case b >= 0x2500 && b < 0x25a0: // the frames of old terminals
		return 1
	case b >= 0xff61 && b <= 0xff9f: // half-width katakana
		return 0.5
	}
	la, lb := unicode.IsLetter(a), unicode.IsLetter(b)
	switch {
	case la && lb && scriptOf(a) != scriptOf(b):
		return 1
	case la && lb && unicode.IsLower(a) && unicode.IsUpper(b):
		return 1
	case la && rarelyBesideLetter(b), lb && rarelyBesideLetter(a):
		return 0.5
	}
	return 0
}

// oddBeside reports whether a character hardly ever touches a letter.
func rarelyBesideLetter(r rune) bool {
	return r >= 0x80 && (unicode.IsSymbol(r) || unicode.Is(unicode.No, r) || r == '¡' || r == '¿' || r == '§' || r == '¶')
}

// scriptOf tells scripts apart that do not mix within a word. Those of East
// Asia do.
func scriptOf(r rune) int {
	switch {
	case r < 0x0250:
		return 1 // Latin
	case r < 0x0370:
		return 2
	case r < 0x0400:
		return 3 // Greek
	case r < 0x0530:
		return 4 // Cyrillic
	case r < 0x0600:
		return 5 // Hebrew
	case r < 0x0700:
		return 6 // Arabic
	case r < 0x1e00:
		return 7
	case r < 0x2000:
		return 1
	}
	return 8
}
