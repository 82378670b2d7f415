package rtftext

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Code pages, by their numbers in Windows.
const (
	ansiPage    = 1252
	defaultPage = ansiPage
	symbolPage  = 42
	johabPage   = 1361
	macPage     = 10000
	utf8Page    = 65001
)

// pageOfCharset returns the code page of a font's character set; 0 when the set
// says no more than the document does.
func pageOfCharset(n int) int {
	switch n {
	case 0:
		return ansiPage
	case 2:
		return symbolPage
	case 77:
		return macPage
	case 78, 128:
		return 932
	case 79, 129:
		return 949
	case 80, 134:
		return 936
	case 81, 136:
		return 950
	case 130:
		return johabPage
	case 161:
		return 1253
	case 162:
		return 1254
	case 163:
		return 1258
	case 177, 181:
		return 1255
	case 178, 179, 180:
		return 1256
	case 186:
		return 1257
	case 204:
		return 1251
	case 222:
		return 874
	case 238:
		return 1250
	case 254:
		return 437
	case 255:
		return 850
	}
	return 0
}

// encodingOf returns the encoding of a code page; nil when it is not known.
func encodingOf(page int) encoding.Encoding {
	switch page {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 855:
		return charmap.CodePage855
	case 858:
		return charmap.CodePage858
	case 860:
		return charmap.CodePage860
	case 862:
		return charmap.CodePage862
	case 863:
		return charmap.CodePage863
	case 865:
		return charmap.CodePage865
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932, 10001:
		return japanese.ShiftJIS
	case 936, 10008, 54936:
		return simplifiedchinese.GB18030
	case 949, 10003:
		return korean.EUCKR
	case 950, 10002:
		return traditionalchinese.Big5
	case 1250, 10029:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case macPage:
		return charmap.Macintosh
	case 10007:
		return charmap.MacintoshCyrillic
	}
	return nil
}

// decode returns bytes of a code page as text. Those of an unknown one are read
// as Western.
func decode(page int, b []byte) string {
	switch page {
	case utf8Page:
		return string(b)
	case symbolPage:
		return symbols(b)
	case johabPage:
		return johab(b)
	}
	enc := encodingOf(page)
	if enc == nil {
		enc = charmap.Windows1252
	}
	s, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return string(b)
	}
	return string(s)
}

// symbols returns bytes of a font of pictures, of which the bullet alone is text.
// Fonts of letters are at times marked so by mistake, thus letters stay.
func symbols(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		switch {
		case c == 0xb7 || c == 0xa7:
			s.WriteString("•")
		case c < 0x80:
			s.WriteByte(c)
		}
	}
	return s.String()
}

// Johab packs a Korean syllable in two bytes: a bit that is set, and five each for
// the consonant, the vowel and the final. The tables give the place of each in
// Unicode's row of syllables, -1 for codes without.
const (
	johabVowels = 21
	johabFinals = 28
)

func johab(b []byte) string {
	var s strings.Builder
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c < 0x80 || i+1 == len(b) {
			if c < 0x80 {
				s.WriteByte(c)
			}
			continue
		}
		i++
		s.WriteRune(johabRune(int(c)<<8 | int(b[i])))
	}
	return s.String()
}

func johabRune(code int) rune {
	initial, vowel, final := code>>10&31-2, johabVowel(code>>5&31), code&31-1
	switch {
	case final == 17:
		return '\ufffd'
	case final > 17:
		final--
	}
	if initial < 0 || initial > 18 || vowel < 0 || final < 0 || final >= johabFinals {
		return '\ufffd'
	}
	return rune(0xac00 + (initial*johabVowels+vowel)*johabFinals + final)
}

// johabVowel returns the place of a vowel, whose codes have a gap after each six.
func johabVowel(code int) int {
	switch {
	case code >= 3 && code <= 7:
		return code - 3
	case code >= 10 && code <= 15:
		return code - 5
	case code >= 18 && code <= 23:
		return code - 7
	case code >= 26 && code <= 29:
		return code - 9
	}
	return -1
}
