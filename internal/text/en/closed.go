package en

import "strings"

// contractions are the endings of words in which an apostrophe stands for letters
// that were left out. Without it they would be other words: were, shell, cant.
var contractions = []string{"n't", "'t", "'ll", "'re", "'ve", "'d", "'m", "'n"}

// Closed returns a word without its apostrophes, which stand for a border, a
// glottal stop or a soft letter in names from other scripts: Xi'an, Qur'anic,
// Solov'yov. For a contraction it returns nothing.
func (Language) Closed(word string) string {
	for _, ending := range contractions {
		if strings.HasSuffix(word, ending) {
			return ""
		}
	}
	return strings.ReplaceAll(word, "'", "")
}

// Base returns nothing: an ending behind an apostrophe is a possessive, which
// words are without.
func (Language) Base(string) string { return "" }
