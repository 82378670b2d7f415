package ending

import "strings"

// DoubleA has the endings and the listed forms of a language in which a double a is one,
// as å is folded: aarhus has the stem of århus.
type DoubleA struct {
	Endings *Table
	Forms   *Forms
}

// Stem returns the stem of a folded word; the word itself where it has other characters
// than a to z.
func (d DoubleA) Stem(folded string) string {
	if !IsLetters(folded) {
		return folded
	}
	word := folded
	if strings.Contains(word, "aa") {
		word = strings.ReplaceAll(word, "aa", "a")
	}
	if stem := d.Forms.Stem(word); stem != "" {
		return stem
	}
	return Undoubled(d.Endings.Apply(word), Consonants)
}

// Prefix returns bytes that every word of a stem starts with: the stem, but for what may
// stand for an ending, and no more than its first a, behind which there may be another.
func (d DoubleA) Prefix(stem string) string {
	n := min(d.Endings.Kept(stem), d.Forms.Kept(stem))
	if i := strings.IndexByte(stem[:n], 'a'); i >= 0 && IsLetters(stem) {
		n = i + 1
	}
	return stem[:n]
}
