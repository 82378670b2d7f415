// Package stated reads what press databases state about an article in the same
// way, whichever database it is: how long it is, who wrote it, in which language.
package stated

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/wordset"
)

// units are the words behind a number that say how long an article is, in the
// languages of interfaces.
var units = wordset.Of(`
	word words
	wort wörter woerter worte w�rter
	mot mots
	palabra palabras
	parola parole
	palavra palavras
	woord woorden
	słowo słowa słów
	слово слова слов
	ord sana sanaa kelime sözcük kata perkataan szó slov slova cuvinte λέξεις ord. كلمة
	字 字数 词 文字 語 单词 單字 ワード 단어 자 글자
`)

// ofCharacters are those that count characters.
var ofCharacters = wordset.Of("字 字数 文字 자 글자")

// Length is how long an article is by its database.
type Length struct {
	N          int
	Characters bool   // not words: Chinese, Japanese and Korean
	Text       string // as it stood
}

// ParseLength reads a text that says how long an article is and nothing else:
// "3362 words", "1.285 Wörter", "8165 字".
func ParseLength(s string) (l Length, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > 40 || s == "" || s[0] < '0' || s[0] > '9' {
		return l, false
	}
	end := strings.IndexFunc(s, func(r rune) bool { return r != '.' && r != ',' && r != ' ' && r != '\'' && (r < '0' || r > '9') })
	if end < 0 {
		return l, false
	}
	unit := strings.ToLower(strings.TrimSpace(s[end:]))
	if !units()[unit] {
		return l, false
	}
	for _, r := range s[:end] {
		if r >= '0' && r <= '9' {
			l.N = min(l.N*10+int(r-'0'), 1<<30)
		}
	}
	l.Characters, l.Text = ofCharacters()[unit], s
	return l, true
}

// How far from its stated length the text of an article may be. Databases count
// words in ways of their own, and with or without titles and captions. That there
// is more than stated is mostly a fault of theirs.
const (
	slackPart  = 10 // a tenth
	excessPart = 4  // a quarter
	slackWords = 30
)

// Check tells in a record that its text is not as long as stated. Must is the
// text; may are other parts of the article, which the database may have counted.
func (l Length) Check(rec *record.Record, must string, may ...string) {
	words, characters, ideographs := count(must)
	if strings.ContainsFunc(must, isUnspaced) {
		return
	}
	// Characters are counted only where words are not parted by blanks: an interface
	// in Chinese uses one word for both. A database that parts Chinese into words
	// counts as few as one for three characters.
	l.Characters = l.Characters && ideographs*2 > words
	low, high := words-ideographs*2/3, words
	if l.Characters {
		high = characters
	}
	for _, s := range may {
		w, c, _ := count(s)
		if l.Characters {
			w = c
		}
		high += w
	}
	if l.N <= 0 || l.N-high <= max(l.N/slackPart, slackWords) && low-l.N <= max(l.N/excessPart, slackWords) {
		return
	}
	unit, found := "words", words
	if l.Characters {
		unit, found = "characters", characters
	}
	rec.Problems = append(rec.Problems, record.Problem{
		Field: record.Body, From: l.Text,
		Err: fmt.Errorf("%w: the source states %d %s, %d were found", record.ErrPartial, l.N, unit, found),
	})
}

// count returns the words of a text, of which a character of Chinese, Japanese or
// Korean is one, its characters without blanks, and how many of these are such
// characters.
func count(s string) (words, characters, ideographs int) {
	in := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			in = false
			continue
		case isCJK(r):
			words++
			ideographs++
			in = false
		case !in && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			words++
			in = true
		}
		characters++
	}
	return words, characters, ideographs
}

func isCJK(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// isUnspaced reports whether a character is of a script, other than these, that
// parts no words.
func isUnspaced(r rune) bool {
	return r >= 0x0e00 && r < 0x1800 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
