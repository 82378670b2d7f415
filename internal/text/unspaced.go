package text

import "unicode/utf8"

// Scripts without spaces between words: ideographs, kana, Thai, Lao, Khmer and
// Burmese letters. Where a word ends only a dictionary could tell, and it would be
// wrong in names. So there is a token for each character (with its marks), whose
// word is that character and the next one, where one follows directly: 习近平 is
// 习近 近平 平. A word of n characters is a phrase of n-1 such pairs, wherever it
// stands; a single character is what pairs begin with. A pair is rare enough to
// tell articles apart, as a character by itself is not.
//
// A token takes the bytes of its own character alone, so that tokens lie apart
// from each other.

// pairEnd returns where the second character of a pair ends, whose first one is a
// solo character from start to end; end if none follows directly.
func pairEnd(s string, start, end int) int {
	_, c, n := classAt(s, end)
	if c != solo {
		return end
	}
	if both := soloEnd(s, end, n, maxWord); both-start <= maxWord {
		return both
	}
	return end
}

// IsUnspaced reports whether r is a character of a script without spaces between
// words, which is a token of its own.
func IsUnspaced(r rune) bool { return classOf(r) == solo }

// Characters returns how many characters of a script without spaces the word of a
// token is: 2 for a pair, 1 for the last one of a run, and 0 for all other words.
func Characters(word string) int {
	_, c, n := classAt(word, 0)
	if c != solo {
		return 0
	}
	if first := soloEnd(word, 0, n, maxWord); first < len(word) {
		return 2
	}
	return 1
}

// FirstCharacter returns the first character of a pair, with its marks; the word
// itself for all others.
func FirstCharacter(word string) string {
	if Characters(word) != 2 {
		return word
	}
	_, n := utf8.DecodeRuneInString(word)
	return word[:soloEnd(word, 0, n, maxWord)]
}
