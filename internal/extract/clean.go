package extract

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/unicode/norm"
)

// Clean returns s as the rest of newsq expects text to be:
//
//   - valid UTF-8; each run of invalid bytes becomes one U+FFFD,
//   - in normal form C,
//   - lines end in \n alone, whatever they ended in before (CRLF, CR, form
//     feed, U+2028); U+2029 parts paragraphs and becomes two,
//   - all spaces are U+0020, also the no-break and the typographic ones,
//   - without control characters other than \n and \t, without terminal
//     escapes, without the characters that override the direction of text,
//     and without soft hyphens, which would part a word from itself.
//
// Text that is clean already, the common case, is returned as it is, without
// a copy. Clean(Clean(s)) equals Clean(s).
func Clean(s string) string {
	n := cleanPrefix(s)
	if n == len(s) {
		return s
	}
	mapped, sure := mapRunes(s, n)
	if sure || norm.NFC.IsNormalString(mapped) {
		return mapped
	}
	return norm.NFC.String(mapped)
}

// cleanPrefix returns the length of the longest prefix of s that is ASCII
// and needs no change. It looks at 32 bytes at a time.
func cleanPrefix(s string) int {
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	i := 0
	for ; i+32 <= len(b); i += 32 {
		c := b[i : i+32 : i+32]
		u := binary.LittleEndian.Uint64(c)
		v := binary.LittleEndian.Uint64(c[8:])
		w := binary.LittleEndian.Uint64(c[16:])
		x := binary.LittleEndian.Uint64(c[24:])
		if (outOfRange(u)|outOfRange(v)|outOfRange(w)|outOfRange(x))&highBits == 0 {
			continue
		}
		if (outOfRange(u|blankMask(u))|outOfRange(v|blankMask(v))|outOfRange(w|blankMask(w))|outOfRange(x|blankMask(x)))&highBits != 0 {
			break
		}
	}
	for i < len(b) && plainByte(b[i]) {
		i++
	}
	return i
}

func plainByte(c byte) bool {
	return c >= 0x20 && c < 0x7f || c == '\n' || c == '\t'
}

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// outOfRange sets the high bit of some byte unless all eight bytes of w lie in
// 0x20..0x7e. A borrow or a carry into the next byte comes only from a byte
// that is out of range itself, so none is overlooked.
func outOfRange(w uint64) uint64 {
	below := w - 0x20*lowBits // the high bit of a byte below 0x20 is set
	above := w + lowBits      // 0x7f becomes 0x80
	return w | below | above
}

// blankMask returns a word with 0x20 in the place of every newline and tab of w,
// which ORed to w makes printable characters of them.
func blankMask(w uint64) uint64 {
	return (zeroMask(w^'\n'*lowBits) | zeroMask(w^'\t'*lowBits)) >> 2
}

// zeroMask returns a word with 0x80 in the place of every zero byte of w.
func zeroMask(w uint64) uint64 {
	const low7 = ^uint64(highBits)
	return ^((w&low7 + low7) | w | low7)
}

// mapRunes applies every rule of Clean but normalization. s[:n] is known to
// need no change. sure tells that the result needs no normalization, either.
func mapRunes(s string, n int) (mapped string, sure bool) {
	var b strings.Builder
	copied := 0 // s[:copied] is written, in its new form
	sure = true
	for i := n; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && plainByte(c) {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size > 1 && keepRune(r) {
			sure = sure && normal(r)
			i += size
			continue
		}
		if copied == 0 {
			b.Grow(len(s))
		}
		b.WriteString(s[copied:i])
		i = replaceRune(&b, s, i, r, size)
		copied = i
	}
	if copied == 0 {
		return s, sure
	}
	b.WriteString(s[copied:])
	return b.String(), sure
}

// normal reports that r neither changes nor combines in normal form C. It
// knows the letters of the large scripts and says no to what it doesn't know.
func normal(r rune) bool {
	switch {
	case r < 0x0300: // Latin
		return true
	case r < 0x0483: // Greek, Cyrillic; three signs of Greek are others' doubles
		return r >= 0x0370 && r != 0x0374 && r != 0x037e && r != 0x0387
	case r < 0x0591: // Cyrillic, Armenian
		return r >= 0x048a
	case r < 0x2010: // Hebrew and Arabic letters, Vietnamese
		return r >= 0x05d0 && r < 0x05f3 || r >= 0x061b && r < 0x064b || r >= 0x0671 && r < 0x06d6 || r >= 0x1ea0 && r < 0x1f00
	case r < 0x20d0: // punctuation, currencies
		return true
	case r < 0x3099: // East Asian punctuation, Hiragana
		return r >= 0x3001 && r < 0x302a || r >= 0x3030
	case r < 0xd7a4: // Kana, Han, Hangul
		return r >= 0x309b && r < 0x3130 || r >= 0x4e00 && r < 0xa000 || r >= 0xac00
	}
	return r >= 0xff01 && r < 0xffe7 || r >= 0x1f300 && r < 0x1fb00 // full-width forms, emoji
}

// keepRune reports whether r, which is not ASCII, needs no mapping. Most are
// told by the first comparison.
func keepRune(r rune) bool {
	if r > 0x00ad && r < 0x1680 || r > 0x3000 && r < 0xfeff {
		return true
	}
	switch r {
	case 0xad, 0x1680, 0x180e, 0x200b, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
		0xfeff, 0xfff9, 0xfffa, 0xfffb, 0xfffe, 0xffff:
		return false
	}
	return r > 0xa0 && (r < 0x2000 || r > 0x200a && r < 0x202a || r > 0x202e && r < 0x2060 || r > 0x206f)
}

// replaceRune writes what stands for the rune r at s[i:], and returns where
// to read on.
func replaceRune(b *strings.Builder, s string, i int, r rune, size int) int {
	next := i + size
	switch {
	case r == utf8.RuneError: // invalid; the character itself is kept
		b.WriteRune(utf8.RuneError)
		for next < len(s) {
			r, size := utf8.DecodeRuneInString(s[next:])
			if r != utf8.RuneError || size > 1 {
				break
			}
			next++
		}
	case r == '\r':
		if next < len(s) && s[next] == '\n' {
			next++
		}
		b.WriteByte('\n')
	case r == '\v', r == '\f', r == 0x2028:
		b.WriteByte('\n')
	case r == 0x2029:
		b.WriteString("\n\n")
	case r == 0x1b:
		next = skipEscape(s, next)
	case r >= 0x80 && r < 0xa0:
		b.WriteString(c1[r-0x80])
	case r == 0xa0, r == 0x1680, r >= 0x2000 && r <= 0x200a, r == 0x202f, r == 0x205f, r == 0x3000:
		b.WriteByte(' ')
	case r == 0x200b && unspaced(s[:i]):
		b.WriteRune(r)
	}
	return next
}

// unspaced reports whether s ends in a letter of a script that writes words
// without spaces. There a zero-width space marks the border of a word, and
// means something; elsewhere it is a leftover of somebody's layout.
func unspaced(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r >= 0x0e00 && r < 0x0f00 || r >= 0x1000 && r < 0x10a0 || r >= 0x1780 && r < 0x1800
}

// skipEscape returns the index after the terminal escape whose ESC ends at
// s[i:]. An escape that is not closed loses its introducer only.
func skipEscape(s string, i int) int {
	if i == len(s) {
		return i
	}
	switch s[i] {
	case '[': // control sequence: parameters, then one final byte
		for j := i + 1; j < len(s); j++ {
			if c := s[j]; c >= 0x40 && c <= 0x7e {
				return j + 1
			} else if c < 0x20 || c > 0x3f {
				return j
			}
		}
		return len(s)
	case ']', 'P', 'X', '^', '_': // strings, closed by BEL or ESC \
		end := min(len(s), i+maxEscape)
		for j := i + 1; j < end; j++ {
			if s[j] == 0x07 {
				return j + 1
			}
			if s[j] == 0x1b {
				if j+1 < len(s) && s[j+1] == '\\' {
					return j + 2
				}
				return j
			}
		}
		return i + 1
	case '(', ')', '*', '+', '#', '%': // one byte follows
		return min(i+2, len(s))
	}
	if c := s[i]; c >= 0x30 && c <= 0x7e {
		return i + 1
	}
	return i
}

// maxEscape bounds how far the end of an operating system command is looked
// for. OSC 8 links carry URLs; nothing honest is longer.
const maxEscape = 4096

// c1 says what the controls U+0080 to U+009F are taken for: the characters
// that windows-1252 has there. As controls they do not occur in texts; they
// come from windows-1252 bytes that somebody labelled ISO-8859-1.
var c1 = [32]string{
	"€", "", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "",
	"", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ",
}
