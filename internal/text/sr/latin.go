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
	switch r {
	case 'љ':
		return "lj"
	case 'њ':
		return "nj"
	case 'џ':
		return "dz"
	}
	const cyrillic, letters = "абвгдђежзијклмнопрстћуфхцчшѓќ", "abvgddezzijklmnoprstcufhccsgk"
	i := 0
	for _, c := range cyrillic {
		if c == r {
			return letters[i : i+1]
		}
		i++
	}
	return ""
}
