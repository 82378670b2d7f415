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

// plainPair returns the characters of the pair that starts at i where both are plain:
// ideographs and kana without marks, which fold to themselves. Nearly all pairs of
// Chinese and Japanese are. It is wordAt for these, and n is the length of the
// first; 0 for all other text.
func plainPair(s string, i int) (first, second rune, n int) {
	first, second = plainSolo(s, i), plainSolo(s, i+plainBytes)
	if first == 0 || second == 0 {
		return 0, 0, 0
	}
	if end := i + 2*plainBytes; end < len(s) && s[end] >= utf8.RuneSelf && plainSolo(s, end) == 0 {
		if _, c, _ := classAt(s, end); c == mark || c == ignorable {
			return 0, 0, 0
		}
	}
	return first, second, plainBytes
}

// plainBytes is how many bytes a plain character has.
const plainBytes = 3

// plainSolo returns the plain character at s[i:]; 0 if there is none.
func plainSolo(s string, i int) rune {
	if i+plainBytes > len(s) || s[i] < 0xE3 || s[i] > 0xE9 || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
		return 0
	}
	r := rune(s[i]&0xF)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
	if !isPlainSolo(r) {
		return 0
	}
	return r
}

// isPlainSolo reports whether r is an ideograph or kana that folds to itself.
func isPlainSolo(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || 0x3041 <= r && r <= 0x3096 || 0x30A1 <= r && r <= 0x30FA || r == 0x30FC || r == 0x3005
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
