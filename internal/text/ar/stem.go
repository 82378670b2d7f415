package ar

import (
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text/ending"
)

// articles are the article, alone and behind the particles that are written
// together with it: and, with, so, as, for, and some together. The longest come
// first.
var articles = [...]struct {
	letters string
	left    int // letters behind it at least
}{
	{"وبال", 3},
	{"ولل", 3},
	{"وال", 3},
	{"بال", 3},
	{"فال", 3},
	{"كال", 3},
	{"ال", 2},
	{"لل", 3},
}

// particles are written together with the next word: and, to, in. Four letters or
// more follow them, as shorter words are as often ones that begin with the letter.
var particles = [...]string{"و", "ل", "ب"}

const lettersAfterParticle = 4

// endings are those of the feminine, the plural and the dual, and the pronouns that
// are written together with a noun, of which a feminine has a t before it. As many
// names end as the plural does, such as Lebanon, more letters have to stand before
// it.
var endings = ending.Table{Rules: `
	2  ا ه هم هما هن وا
	3  ات ها تها ته تهم تي تان تين
	4  ان ون ين اته اتها اتهم ت`}

// Stem returns the stem of a folded word: the word without the article and
// particles before it, and without its ending. It is a light stemmer, after the
// light10 of L. Larkey, L. Ballesteros and M. Connell ("Light Stemming for Arabic
// Information Retrieval", 2007), which takes more letters off. A plural that is
// made by other vowels within, such as that of minister, has the stem of its
// singular if it is in the list of those that news has most.
func (Language) Stem(folded string) string {
	word := withoutArticle(folded)
	if singular := singulars.Stem(word); singular != "" {
		word = singular
	}
	return endings.Apply(word)
}

// StemPrefix returns nothing: words of a stem may have an article before it.
func (Language) StemPrefix(stem string) string {
	if stem != "" && stem[0] < utf8.RuneSelf {
		return stem // a word of another script
	}
	return ""
}

func withoutArticle(word string) string {
	if word == "" || word[0] < utf8.RuneSelf || names()[word] {
		return word
	}
	for _, a := range articles {
		// A number behind the article stays with it.
		if rest, ok := strings.CutPrefix(word, a.letters); ok && rest != "" && rest[0] >= utf8.RuneSelf && ending.HasLetters(rest, a.left) {
			return rest
		}
	}
	for _, p := range particles {
		if rest, ok := strings.CutPrefix(word, p); ok && rest != "" && rest[0] >= utf8.RuneSelf && ending.HasLetters(rest, lettersAfterParticle) && !beginsItself(word) {
			return rest
		}
	}
	return word
}

// beginsItself reports whether a word begins as one does that has the letter of a
// particle for itself.
func beginsItself(word string) bool {
	const least, most = 3, 6 // letters of a beginning
	return ending.BeginsWith(word, beginnings(), least, most)
}
