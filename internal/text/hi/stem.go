package hi

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word: the word without the longest ending that
// leaves enough of it. It is a light stemmer with the endings of nouns, adjectives
// and verbs, as the stemmer of A. Ramanathan and D. Rao is ("A Lightweight Stemmer
// for Hindi", 2003), as far as tables of forms say that they do more good than
// harm.
func (Language) Stem(folded string) string {
	return endings.Apply(folded)
}

// StemPrefix returns bytes that every word of a stem starts with.
func (Language) StemPrefix(stem string) string { return stem[:endings.Kept(stem)] }

var endings = ending.Table{Rules: `
	2 ं ई ए ओ ा ी े ऊं एं ओं ता ती ते ना नी ने यी ये िए ीं ूं ें ों ंगी ंगे इये एगा एगी ओगी ओगे
	2 तीं यें ाएं ाओं िये ेगा ेगी ोगी ोगे इयों ऊंगा एंगी एंगे ताओं नाएं नाओं येगा येगी ियां ूंगा
	2 ूंगी ेंगी ेंगे येंगी येंगे
	2 नियां नियों
	3  ि ो यीं ियों
	4  ाओ `}
