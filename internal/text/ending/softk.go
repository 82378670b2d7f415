package ending

// SoftK has the endings and the fleeting vowel of a language in which k is c before some
// endings, so that valce has the stem of valka.
type SoftK struct {
	Endings  *Table
	Fleeting *Fleeting
}

// Stem returns the stem of a folded word; the word itself where it has other characters
// than a to z.
func (s SoftK) Stem(folded string) string {
	if !IsLetters(folded) {
		return folded
	}
	stem := s.Fleeting.Drop(s.Endings.Apply(folded))
	if last := len(stem) - 1; last > 1 && stem[last] == 'c' {
		return stem[:last] + "k"
	}
	return stem
}

// Prefix returns bytes that every word of a stem starts with: all of them, but for a last
// letter that may be another, or have a vowel before it.
func (s SoftK) Prefix(stem string) string {
	n := min(s.Endings.Kept(stem), s.Fleeting.Kept(stem))
	if last := len(stem) - 1; last > 1 && stem[last] == 'k' {
		c := stem[:last] + "c"
		n = min(n, last, s.Endings.Kept(c), s.Fleeting.Kept(c))
	}
	return stem[:n]
}
