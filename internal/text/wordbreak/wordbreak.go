// Package wordbreak parts queries of scripts without spaces into words. What is typed
// without a space, such as 金正恩为什么害怕马杜罗, is a sentence as often as a name; as a
// phrase it would find nothing.
//
// Articles are not parted into words: their characters are indexed in pairs, see
// text.Characters, so a word is found wherever it stands, and one that is parted
// wrongly here costs a few articles and no index made anew. A word too many is
// better than one too few: it still stands in the articles that have the whole.
package wordbreak

import (
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/th"
	"github.com/newsq/newsq/internal/text/zh"
)

// maxWhole is how many characters are one word: names and most compounds have no
// more.
const maxWhole = 4

// Words returns the places of the words of s to look for, in order, without those that
// are so common that ranking ignores them. It returns nil where s is to be looked for
// as it is: where it has few characters of scripts without spaces, or no two words.
func Words(s string) []text.Span { return words(s, maxWhole) }

// ShortWords is Words for what few articles, or none, have as it is: of few characters,
// too, there may be words, as 寻求庇护 is 寻求 庇护.
func ShortWords(s string) []text.Span { return words(s, 0) }

// words is Words where as many characters as whole are one word.
func words(s string, whole int) []text.Span {
	chars := characters(s)
	unspaced := 0
	for _, c := range chars {
		if c.script != spaced {
			unspaced++
		}
	}
	if unspaced < 2 {
		return nil
	}
	isJapanese := false
	for _, c := range chars {
		isJapanese = isJapanese || c.script == hiragana || c.script == katakana
	}
	var words []text.Span
	for first := 0; first < len(chars); {
		end := runEnd(chars, first)
		switch run := chars[first:end]; {
		case run[0].script == spaced:
			words = append(words, run[0].Span)
		case run[0].script == other:
			words = append(words, spanOf(run))
		case isJapanese && run[0].script != thai:
			words = append(words, japanese(run)...)
		case run[0].script == thai:
			words = append(words, thaiDictionary().parted(run, th.Language{}.IsStop)...)
		default:
			words = append(words, chineseDictionary().parted(run, zh.Language{}.IsStop)...)
		}
		first = end
	}
	switch {
	case len(words) == 0, len(words) == 1 && words[0] == spanOf(chars):
		return nil
	case unspaced > maxWhole:
	case !haveTwo(chars, words):
		return nil
	case unspaced <= whole && !isJapanese:
		return nil // in Japanese, a change of script parts words surely
	}
	return words
}

// haveTwo reports whether all words have two characters at least: of what is short,
// single ones say too little.
func haveTwo(chars []character, words []text.Span) bool {
	for _, w := range words {
		n := 0
		for _, c := range chars {
			if c.Start >= w.Start && c.End <= w.End {
				n++
			}
		}
		if n < 2 {
			return false
		}
	}
	return true
}

// script is what a character says of how its run is parted.
type script uint8

const (
	spaced   script = iota // a whole word of a script with spaces
	han                    // ideographs
	hiragana               //
	katakana               //
	thai                   //
	other                  // Lao, Khmer, Burmese: not parted
)

// character is a character with its marks, or a word of a script with spaces.
type character struct {
	text.Span
	folded string
	script script
}

func characters(s string) []character {
	tokens := text.Words(s)
	chars := make([]character, len(tokens))
	for i, t := range tokens {
		chars[i] = character{text.Span{Start: t.Start, End: t.End}, text.FirstCharacter(t.Word), spaced}
		if text.Characters(t.Word) > 0 {
			chars[i].script = scriptOf(chars[i].folded)
			if i > 0 && isLong(chars[i].folded) {
				chars[i].script = chars[i-1].script // as what it lengthens
			}
		}
	}
	return chars
}

func scriptOf(folded string) script {
	r, _ := utf8.DecodeRuneInString(folded)
	switch {
	case unicode.Is(unicode.Han, r): // with the mark 々
		return han
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r) || r == 'ー':
		return katakana
	case unicode.Is(unicode.Thai, r):
		return thai
	}
	return other
}

func isLong(folded string) bool { return folded == "ー" }

// runEnd returns where the run ends that begins at first: characters side by side,
// Thai ones and others apart. A word of a script with spaces is a run by itself.
func runEnd(chars []character, first int) int {
	end := first + 1
	if chars[first].script == spaced {
		return end
	}
	kind := func(s script) script { // of Chinese and Japanese there is one
		if s == hiragana || s == katakana {
			return han
		}
		return s
	}
	for end < len(chars) && chars[end].Start == chars[end-1].End && kind(chars[end].script) == kind(chars[first].script) {
		end++
	}
	return end
}

func spanOf(run []character) text.Span {
	return text.Span{Start: run[0].Start, End: run[len(run)-1].End}
}

func foldedOf(run []character) string {
	folded := make([]byte, 0, 4*len(run))
	for _, c := range run {
		folded = append(folded, c.folded...)
	}
	return string(folded)
}
