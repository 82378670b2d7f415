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
	mapped := mapRunes(s, n)
	if norm.NFC.IsNormalString(mapped) {
		return mapped
	}
	return norm.NFC.String(mapped)
}

// cleanPrefix returns the length of the longest prefix of s that is ASCII
// and needs no change. It looks at eight bytes at a time.
func cleanPrefix(s string) int {
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		if plainWord(w) {
			continue
		}
		for j := i; j < i+8; j++ {
			if !plainByte(b[j]) {
				return j
			}
		}
	}
	for ; i < len(b); i++ {
		if !plainByte(b[i]) {
			return i
		}
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

// plainWord reports whether all eight bytes lie in 0x20..0x7e. With the high
// bits clear no addition or subtraction below carries into the next byte in
// a way that would hide a byte out of range.
func plainWord(w uint64) bool {
	below := w - 0x20*lowBits // borrows only where some byte is below 0x20
	above := w + lowBits      // 0x7f becomes 0x80
	return (w|below|above)&highBits == 0
}

// mapRunes applies every rule of Clean but normalization. s[:n] is known to
// need no change.
func mapRunes(s string, n int) string {
	var b strings.Builder
	copied := 0 // s[:copied] is written, in its new form
	for i := n; i < len(s); {
		c := s[i]
		if plainByte(c) {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r != utf8.RuneError && keepRune(r) {
			i += size
			continue
		}
		b.WriteString(s[copied:i])
		i = replaceRune(&b, s, i, r, size)
		copied = i
	}
	if copied == 0 {
		return s
	}
	b.WriteString(s[copied:])
	return b.String()
}

// keepRune reports whether r needs no mapping. Most runes beyond ASCII are
// told by the first comparison.
func keepRune(r rune) bool {
	switch {
	case r > 0x00ad && r < 0x1680, r > 0x3000 && r < 0xfeff:
		return true
	case r < 0xa0:
		return false
	}
	switch r {
	case 0xa0, 0xad, 0x1680, 0x180e, 0x200b, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
		0xfeff, 0xfff9, 0xfffa, 0xfffb, 0xfffe, 0xffff:
		return false
	}
	switch {
	case r >= 0x2000 && r <= 0x200a, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return false
	}
	return true
}

// replaceRune writes what stands for the rune r at s[i:], and returns where
// to read on.
func replaceRune(b *strings.Builder, s string, i int, r rune, size int) int {
	next := i + size
	switch {
	case r == utf8.RuneError:
		b.WriteRune(utf8.RuneError)
		for next < len(s) {
			r, size := utf8.DecodeRuneInString(s[next:])
			if r != utf8.RuneError {
				break
			}
			next += size
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
