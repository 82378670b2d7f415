package sr

import (
	"strings"
	"unicode/utf8"
)

// latin returns a folded word in the Latin script: each letter of the Serbian
// Cyrillic alphabet as its counterpart in Gaj's, folded, so that vlada in either
// script is one word. Other letters stay.
func latin(folded string) string {
	if isASCII(folded) {
		return folded
	}
	var b strings.Builder
	b.Grow(len(folded))
	for _, r := range folded {
		if s := counterpart(r); s != "" {
			b.WriteString(s)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// counterpart returns the Latin letters for a Cyrillic one: č and ć are c, š is s,
// ž is z and đ is d when folded.
func counterpart(r rune) string {
	const first, letters = 'а', "abvgdezzi klmnoprstufhccs" // in the order of Unicode; й is not Serbian
	if i := int(r - first); 0 <= i && i < len(letters) && letters[i] != ' ' {
		return letters[i : i+1]
	}
	switch r {
	case 'ђ':
		return "d"
	case 'ј':
		return "j"
	case 'љ':
		return "lj"
	case 'њ':
		return "nj"
	case 'ћ':
		return "c"
	case 'џ':
		return "dz"
	}
	return ""
}
