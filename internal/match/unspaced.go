package match

import (
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text"
)

// Words of scripts without spaces. A token of these is a character with the next
// one, see text.Characters, so a word of n characters is a phrase of n-1 pairs:
// 习近平 is 习近 近平. A character by itself is what pairs begin with.

// anyCharacter stands for ? among characters of such a script, where it must be one
// of these for pairs to be made of it: an ideograph that no text uses and that folds
// to itself.
const anyCharacter = "\U0003134A"

// maskOne returns s with what stands for each ?.
func maskOne(s string) string {
	if strings.IndexByte(s, '?') < 0 {
		return s
	}
	runes := []rune(s)
	unspaced := func(i int) bool { return i >= 0 && i < len(runes) && text.IsUnspaced(runes[i]) }
	character, _ := utf8.DecodeRuneInString(anyCharacter)
	one, _ := utf8.DecodeRuneInString(anyOne)
	for i, r := range runes {
		if r == '?' && unspaced(i-1) {
			runes[i] = character
		}
	}
	for i := len(runes) - 1; i >= 0; i-- {
		if runes[i] == '?' && unspaced(i+1) {
			runes[i] = character
		} else if runes[i] == '?' {
			runes[i] = one
		}
	}
	return string(runes)
}

// isSingle reports whether a token is a single character, or the last one of a run.
func isSingle(tokens []text.Token, i int) bool { return text.Characters(tokens[i].Word) == 1 }

// isBehindPair reports whether token i is the last of a run, whose character the
// pair before it asks for already.
func isBehindPair(tokens []text.Token, i int) bool {
	return i > 0 && isSingle(tokens, i) && text.Characters(tokens[i-1].Word) == 2
}

// withoutLast returns the tokens of a word without the last character of a run at its
// end, and without any * behind that.
func withoutLast(tokens []text.Token) []text.Token {
	last := len(tokens) - 1
	for last > 0 && tokens[last].Word == anyRun {
		last--
	}
	if last > 0 && isBehindPair(tokens, last) {
		return tokens[:last]
	}
	return tokens
}

// exact returns the terms of tokens as written. Of a single character, pairs begin
// with it, unless a word of another script follows, as its run must end there.
func exact(tokens []text.Token) []TermPattern {
	tokens = withoutLast(tokens)
	terms := make([]TermPattern, len(tokens))
	for i, t := range tokens {
		terms[i] = TermPattern{Kind: Exact, Text: t.Word}
		if isSingle(tokens, i) && !endsRun(tokens, i) {
			terms[i].Kind = Prefix
		}
	}
	return terms
}

// endsRun reports whether a word of another script follows token i.
func endsRun(tokens []text.Token, i int) bool {
	if i+1 >= len(tokens) {
		return false
	}
	next := tokens[i+1].Word
	return text.Characters(next) == 0 && !strings.Contains(next, anyRun)
}

// joinPairs returns the labels of terms side by side, those of pairs that share a
// character as one.
func joinPairs(terms []TermPattern) []string {
	var words []string
	second := "" // character of the pair before
	for _, s := range terms {
		first, rest := halves(s.Text)
		if second != "" && first == second {
			words[len(words)-1] += rest
		} else {
			words = append(words, s.label())
		}
		second = rest
	}
	return words
}

// halves returns the characters of a pair, either of which may be a question mark;
// empty strings for other words.
func halves(word string) (first, second string) {
	if rest, ok := strings.CutPrefix(word, "?"); ok && (rest == "?" || text.Characters(rest) == 1) {
		return "?", rest
	}
	if first = text.FirstCharacter(word); len(first) == len(word) {
		return "", ""
	}
	return first, word[len(first):]
}
