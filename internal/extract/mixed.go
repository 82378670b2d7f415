package extract

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Texts are pasted together, and then most of one is UTF-8 while a line of it
// is in an older character set. Such a text is told from one that is in the
// older set throughout by its lines: UTF-8 has so much order that hardly any
// line of another set looks like it.
//
// What was measured on news in twenty character sets: read as UTF-8, texts in
// alphabets have next to no valid sequences, those in Big5, GBK, Shift JIS and
// the Thai set have one for every three invalid bytes at most.

// sureUTF8 is how many valid sequences of several bytes, not outnumbered by
// invalid bytes, no other character set has by chance.
const sureUTF8 = 8

// mixture tells whether a text, some bytes of which are not UTF-8, is UTF-8
// for the rest, and in which character set those bytes are. Declared may name
// the set, and may be empty.
func mixture(b []byte, v survey, declared string) (stray string, ok bool) {
	like, others := linesLikeUTF8(b)
	if len(like) == 0 {
		return "", false
	}
	stray = declared
	switch {
	case declared != "" && declared != utf8Name:
	case len(others) > 0:
		stray = sameAlphabet(detect(others), like)
	default:
		stray = sameAlphabet(detect(wordsWithStrays(like)), like)
	}
	if v.multi >= sureUTF8 && v.multi >= v.invalid {
		return stray, true
	}
	old, err := encodingOf(stray).NewDecoder().Bytes(like)
	if err != nil {
		return stray, true
	}
	as8, _ := implausibilitySum(string(decodeMixture(like, stray)))
	asOld, _ := implausibilitySum(string(old))
	return stray, as8 < asOld
}

// linesLikeUTF8 returns the lines of a text that hold no fewer valid sequences
// of UTF-8 than bytes that are none, and the others that are not ASCII; of
// each as much as fits.
func linesLikeUTF8(b []byte) (like, others []byte) {
	for line := range bytes.Lines(b) {
		v := surveyUTF8(line)
		into := &others
		switch {
		case v.multi == 0 && v.invalid == 0:
			continue
		case v.multi >= v.invalid:
			into = &like
		}
		*into = append(*into, line[:min(len(line), maxDetectBytes-len(*into))]...)
	}
	return like, others
}

// wordsWithStrays returns the words of a text that hold bytes which are not
// UTF-8, without what is.
func wordsWithStrays(b []byte) []byte {
	var out []byte
	for word := range bytes.FieldsSeq(b) {
		if utf8.Valid(word) {
			continue
		}
		for len(word) > 0 {
			r, size := utf8.DecodeRune(word)
			if size == 1 || r < utf8.RuneSelf {
				out = append(out, word[0])
			}
			word = word[size:]
		}
		out = append(out, ' ')
	}
	return out
}

// sameAlphabet returns the character set of a text's stray bytes, of which
// detect made stray. A few bytes fit several sets of the Latin alphabet. Where
// the UTF-8 of the text, like, has letters beyond ASCII and all of them are in
// windows-1252, that is the one.
func sameAlphabet(stray string, like []byte) string {
	switch stray {
	case "windows-1250", "windows-1254", "windows-1257", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-10",
		"iso-8859-13", "iso-8859-16", "macintosh":
	default:
		return stray
	}
	letters := bytes.Map(func(r rune) rune {
		if r < utf8.RuneSelf || r == utf8.RuneError || !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, like)
	if len(letters) == 0 {
		return stray
	}
	if _, err := charmap.Windows1252.NewEncoder().Bytes(letters); err != nil {
		return stray
	}
	return fallback
}

// decodeMixture decodes a text that is UTF-8 but for some lines or bytes. A
// line with more invalid bytes than sequences of UTF-8 is all in the other
// character set. In other lines each run of stray bytes is decoded if it then
// fits what stands beside it, and else becomes U+FFFD.
func decodeMixture(b []byte, stray string) []byte {
	d := encodingOf(stray).NewDecoder()
	out := make([]byte, 0, len(b)+len(b)/16)
	for line := range bytes.Lines(b) {
		switch v := surveyUTF8(line); {
		case v.invalid == 0:
			out = append(out, line...)
			continue
		case v.invalid > v.multi:
			d.Reset()
			if s, err := d.Bytes(line); err == nil {
				out = append(out, s...)
				continue
			}
		}
		out = decodeStrays(out, line, func(b []byte) []byte {
			d.Reset()
			s, err := d.Bytes(b)
			if err != nil {
				return nil
			}
			return s
		})
	}
	return out
}

// decodeStrays appends a line of UTF-8 with some stray bytes.
func decodeStrays(out, line []byte, decode func([]byte) []byte) []byte {
	for i := 0; i < len(line); {
		n := strayBytes(line[i:])
		if n == 0 {
			_, size := utf8.DecodeRune(line[i:])
			out = append(out, line[i:i+size]...)
			i += size
			continue
		}
		before, _ := utf8.DecodeLastRune(out)
		after, _ := utf8.DecodeRune(line[i+n:])
		if i+n == len(line) {
			after = ' '
		}
		if s := decode(line[i : i+n]); s != nil && fitsBetween(before, string(s), after) {
			out = append(out, s...)
		} else {
			out = utf8.AppendRune(out, utf8.RuneError)
		}
		i += n
	}
	return out
}

// strayBytes returns how many bytes at the start of b are not UTF-8.
func strayBytes(b []byte) int {
	n := 0
	for n < len(b) {
		if r, size := utf8.DecodeRune(b[n:]); r != utf8.RuneError || size > 1 {
			break
		}
		n++
	}
	return n
}

// fitsBetween reports whether s reads as writing between its neighbours.
func fitsBetween(before rune, s string, after rune) bool {
	for _, r := range s + string(after) {
		if implausiblePair(before, r) > 0 {
			return false
		}
		before = r
	}
	return !strings.ContainsRune(s, utf8.RuneError)
}

// spaceZeros returns b with a space in the place of each zero byte. Zeros
// end the texts of programs, so that words stand on both sides of one.
func spaceZeros(b []byte) []byte {
	if bytes.IndexByte(b, 0) < 0 {
		return b
	}
	return bytes.ReplaceAll(b, []byte{0}, []byte{' '})
}
