package en

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// Stem returns the stem of a folded word: Snowball's English one for words of
// the letters a to z and apostrophes, whatever their language; any other word
// is its own stem, but for the plural of a name with a number (F16s). A stem starts
// with the letter that its word starts with.
func (Language) Stem(folded string) string {
	// Shorter words have no ending that could go.
	if len(folded) < 3 {
		return folded
	}
	for i := 0; i < len(folded); i++ {
		if b := folded[i]; b-'a' >= 26 && b != '\'' {
			return singularNumber(folded)
		}
	}
	env := snowballstem.NewEnv(folded)
	english.Stem(env)
	if s := env.Current(); s != "" {
		return s
	}
	return folded
}

// StemPrefix returns bytes that every word of a stem starts with. Snowball's
// English stemmer keeps the beginning of a word but for the last letter of the
// stem, which it may change: the words of "studi" are studies and study. It
// keeps the first two letters of all words but dying, lying and tying. A word
// with other characters than a to z is its own stem.
func (Language) StemPrefix(stem string) string {
	const kept = 2
	for i := 0; i < len(stem); i++ {
		if b := stem[i]; b-'a' >= 26 && b != '\'' {
			return stem
		}
	}
	switch {
	case stem == "die", stem == "lie", stem == "tie":
		return stem[:1]
	case len(stem) > kept:
		return stem[:len(stem)-1]
	}
	return stem
}

// singularNumber returns a word of letters and digits without the s of its plural:
// F16s, C130Js, 747s. A decade, such as 1990s, is none of its years.
func singularNumber(word string) string {
	isDigit := func(i int) bool { return i >= 0 && word[i]-'0' < 10 }
	s, ok := strings.CutSuffix(word, "s")
	last := len(s) - 1
	if !ok || !isDigit(last) && !(word[0]-'a' < 26 && s[last]-'a' < 26 && isDigit(last-1) && isDigit(last-2)) {
		return word
	}
	if strings.Trim(s, "0123456789") == "" && (len(s) < 2 || s[last] == '0') {
		return word
	}
	return s
}
