package ending

import (
	"strings"
	"unicode/utf8"
)

// Fleeting is what a Slavic language says of the vowels before the last letter of
// a stem that other forms are without: Russian rynok, rynka. It goes by letters
// in lower case.
type Fleeting struct {
	Vowels     string // the vowels that may go
	Before     string // the letters before which they go
	Consonants string // the letters behind which they go
}

// Drop returns a stem without such a vowel, if two letters or more stand before
// it: all forms then have one stem.
func (f Fleeting) Drop(stem string) string {
	last, n := utf8.DecodeLastRuneInString(stem)
	if n == 0 || !strings.ContainsRune(f.Before, last) {
		return stem
	}
	vowel, m := utf8.DecodeLastRuneInString(stem[:len(stem)-n])
	rest := stem[:len(stem)-n-m]
	before, _ := utf8.DecodeLastRuneInString(rest)
	if m == 0 || !strings.ContainsRune(f.Vowels, vowel) || !strings.ContainsRune(f.Consonants, before) || !HasLetters(rest, 2) {
		return stem
	}
	return rest + stem[len(stem)-n:]
}

// Kept returns how many bytes of a stem, which Drop returned, start every word of
// that stem: before the last letter a vowel may stand.
func (f Fleeting) Kept(stem string) int {
	last, n := utf8.DecodeLastRuneInString(stem)
	before, _ := utf8.DecodeLastRuneInString(stem[:len(stem)-n])
	if n > 0 && strings.ContainsRune(f.Before, last) && strings.ContainsRune(f.Consonants, before) {
		return len(stem) - n
	}
	return len(stem)
}
