package match

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The marks of tokens by how they are written, see [Case]. One without any of them has no
// capitals.
const (
	MarkTitleCase = "case=title"
	MarkUpperCase = "case=upper"
	MarkMixedCase = "case=mixed"
)

// Mark returns the mark of tokens in a case; nothing for AnyCase and LowerCase.
func (c Case) Mark() string {
	switch c {
	case TitleCase:
		return MarkTitleCase
	case UpperCase:
		return MarkUpperCase
	case MixedCase:
		return MarkMixedCase
	}
	return ""
}

// marked are the cases whose tokens have marks.
var marked = [...]Case{TitleCase, UpperCase, MixedCase}

// HasCase reports whether the token is written so.
func (t *Token) HasCase(c Case) bool {
	switch c {
	case AnyCase:
		return true
	case LowerCase:
		for _, other := range marked {
			if t.HasMarks(other.Mark()) {
				return false
			}
		}
		return true
	}
	return t.HasMarks(c.Mark())
}

// CaseOf returns how a word is written, which is the only one in s: what stands beside it
// is neither letter nor digit. An 's at its end doesn't count: AIDS's is upper case. Words
// in scripts without capitals are in LowerCase.
func CaseOf(s string) Case {
	first := true
	capital := false // the first letter is one
	upper, lower := 0, 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case 'a' <= r && r <= 'z':
			lower, first = lower+1, false
		case 'A' <= r && r <= 'Z', r >= utf8.RuneSelf && (unicode.IsUpper(r) || unicode.IsTitle(r)):
			if first {
				capital, first = true, false
			}
			upper++
		case r == '\'' || r == '’' || r == 'ʼ':
			if upper+lower > 0 && isLastS(s[i+size:]) {
				i = len(s)
				continue
			}
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			lower, first = lower+1, false
		}
		i += size
	}
	switch {
	case upper == 0:
		return LowerCase
	case lower == 0:
		return UpperCase
	case capital && upper == 1:
		return TitleCase
	}
	return MixedCase
}

// plainCase is CaseOf(s[start:end]) for up to 16 characters of ASCII, of which no apostrophe
// stands beside capitals: for nearly all words, with what stands behind them.
func plainCase(s string, start, end int) (c Case, ok bool) {
	const each, top = 0x0101010101010101, 0x8080808080808080
	n := end - start
	if n < 1 || n > 16 {
		return AnyCase, false
	}
	low, high := load16(s, start, n)
	if (low|high)&top != 0 {
		return AnyCase, false
	}
	lowLetters, highLetters := letters(low), letters(high)
	lowCapitals, highCapitals := ^low<<2&lowLetters, ^high<<2&highLetters // bit 5 of a letter is 0 in capitals
	if lowCapitals|highCapitals == 0 {
		return LowerCase, true
	}
	// A sum has its top bit set where the byte is no apostrophe.
	if ((low^'\''*each)+0x7f*each)&((high^'\''*each)+0x7f*each)&top != top {
		return AnyCase, false
	}
	upper := bits.OnesCount64(lowCapitals) + bits.OnesCount64(highCapitals)
	switch {
	case upper == bits.OnesCount64(lowLetters)+bits.OnesCount64(highLetters):
		return UpperCase, true
	case upper > 1:
		return MixedCase, true
	case lowLetters != 0 && lowCapitals&-lowCapitals == lowLetters&-lowLetters,
		lowLetters == 0 && highCapitals == highLetters&-highLetters: // the first letter
		return TitleCase, true
	}
	return MixedCase, true
}

// load16 returns n bytes of s from start on, at most 16, with zeros behind them.
func load16(s string, start, n int) (low, high uint64) {
	if len(s)-start < 16 {
		var tail [16]byte
		copy(tail[:n], s[start:])
		return binary.LittleEndian.Uint64(tail[:8]), binary.LittleEndian.Uint64(tail[8:])
	}
	w := s[start : start+16]
	low = uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 |
		uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
	high = uint64(w[8]) | uint64(w[9])<<8 | uint64(w[10])<<16 | uint64(w[11])<<24 |
		uint64(w[12])<<32 | uint64(w[13])<<40 | uint64(w[14])<<48 | uint64(w[15])<<56
	if n <= 8 {
		return low & (1<<(8*n) - 1), 0
	}
	return low, high & (1<<(8*n-64) - 1)
}

// letters returns eight bytes of which those have the top bit set, and no other bit, that are
// letters in x, whose bytes are ASCII.
func letters(x uint64) uint64 {
	const each, top = 0x0101010101010101, 0x8080808080808080
	x |= 0x20 * each
	return (x + (0x80-'a')*each) &^ (x + (0x80-'z'-1)*each) & top
}

// isLastS reports whether s has no letter but one s, at its start.
func isLastS(s string) bool {
	return s != "" && s[0]|0x20 == 's' && !strings.ContainsFunc(s[1:], unicode.IsLetter)
}

// appendCases appends for each token of a text how it is written. starts are where the
// tokens start in it.
func appendCases(dst []Case, s string, starts []uint32) []Case {
	for i, start := range starts {
		end := len(s)
		if i+1 < len(starts) {
			end = int(starts[i+1])
		}
		// The tokens of scripts without spaces overlap, and these have no capitals.
		end = max(int(start), end)
		c, ok := plainCase(s, int(start), end)
		if !ok {
			c = CaseOf(s[start:end])
		}
		dst = append(dst, c)
	}
	return dst
}

// hasCase reports whether the tokens of a field have marks of how they are written.
func (f Field) hasCase() bool { return f == Title || f == Heading || f == Body || f == Summary }

// addCases adds marks by how tokens are written. cases has one for each token of the
// article, and is shorter where the last have none.
func (m *marker) addCases(cases []Case, runs []EncodedRun) (n int) {
	start := 0
	for _, r := range runs {
		if r.Field.hasCase() {
			n += m.addRunCases(cases[start:r.End], start)
		}
		start = r.End
	}
	return n
}

// addRunCases is addCases for a run that starts at a token.
func (m *marker) addRunCases(cases []Case, start int) (n int) {
	for i := 0; i < len(cases); {
		first := i
		for i++; i < len(cases) && cases[i] == cases[first]; i++ {
		}
		if mark := cases[first].Mark(); mark != "" {
			m.append(TokenMark{mark, uint32(start + first), uint32(start + i)})
			n++
		}
	}
	return n
}
