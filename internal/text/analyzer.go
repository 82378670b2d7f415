package text

import (
	"sync"
	"unicode/utf8"
)

// Analyzer cuts text into tokens. It keeps a cache of stems and scratch
// space, so it serves one goroutine at a time; the zero value is ready.
type Analyzer struct{ forms forms }

// analyzers serve Tokens and Words. Words of queries and of values come again.
var analyzers = sync.Pool{New: func() any { return new(Analyzer) }}

// maxPooled is how many forms an analyzer may keep that waits for the next
// text.
const maxPooled = 1 << 12

func (a *Analyzer) release() {
	if len(a.forms.all) <= maxPooled {
		analyzers.Put(a)
	}
}

// Tokens returns the tokens of s.
func Tokens(s string) []Token {
	a := analyzers.Get().(*Analyzer)
	defer a.release()
	return a.Tokens(nil, s)
}

// Words returns the tokens of s without stems; see [Analyzer.Words].
func Words(s string) []Token {
	a := analyzers.Get().(*Analyzer)
	defer a.release()
	return a.Words(nil, s)
}

// Tokens appends the tokens of s to dst: in order, apart from each other.
func (a *Analyzer) Tokens(dst []Token, s string) []Token { return a.scan(dst, s, true) }

// Words is Tokens without stems, which costs less where text is read once
// and few of its words are looked at: [Stem] and [IsStop] then tell what
// Tokens would have said.
func (a *Analyzer) Words(dst []Token, s string) []Token { return a.scan(dst, s, false) }

func (a *Analyzer) scan(dst []Token, s string, stems bool) []Token {
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if !isASCIIWord(b) {
				i++
				continue
			}
			if end, lower := plainEnd(s, i); end > 0 {
				dst = append(dst, a.plain(s, i, end, lower, stems))
				i = end
				continue
			}
		}
		var t Token
		if t, i = a.slow(s, i, stems); t.Word != "" {
			dst = append(dst, t)
		}
	}
	return dst
}

// plainEnd returns the end of the word at start if it is of ASCII letters and
// digits and plainly ends there, and whether it is in lower case; else 0, and
// wordEnd must say. It is wordEnd for most words of most texts.
func plainEnd(s string, start int) (end int, lower bool) {
	lower = true
	i := start
	for i < len(s) && isASCIIWord(s[i]) {
		lower = lower && s[i]-'A' >= 26
		if i++; i-start > maxWord {
			return 0, false
		}
	}
	if i == len(s) {
		return i, lower
	}
	switch b := s[i]; {
	case b >= utf8.RuneSelf || b == '+' || b == '#':
		return 0, false
	case b == '.' || b == ',' || b == ':' || b == '\'' || b == '&':
		if i+1 < len(s) && (isASCIIWord(s[i+1]) || s[i+1] >= utf8.RuneSelf) {
			return 0, false
		}
	}
	return i, lower
}

// plain returns the token of a word that plainEnd accepted.
func (a *Analyzer) plain(s string, start, end int, lower, stems bool) Token {
	t := Token{Start: start, End: end, Word: s[start:end]}
	if !stems && lower {
		return t
	}
	f := a.forms.get(t.Word, stems)
	t.Word, t.Stem = f.word, f.stem
	return t
}

// slow returns the token that starts at i, if one does, and where to go on:
// what scan means, for any text.
func (a *Analyzer) slow(s string, i int, stems bool) (t Token, next int) {
	_, c, n := classAt(s, i)
	var end int
	switch {
	case c.inWord():
		end = wordEnd(s, i, maxWord)
	case c == solo || c == emoji:
		end = soloEnd(s, i, n)
	default:
		return Token{}, i + n
	}
	f := a.forms.get(s[i:end], stems)
	// What folds to more than a word may hold is cut shorter.
	for limit := maxWord / 2; len(f.word) > maxWord; limit /= 2 {
		end = wordEnd(s, i, limit)
		f = a.forms.get(s[i:end], stems)
	}
	return Token{Start: i, End: end, Word: f.word, Stem: f.stem}, end
}

// soloEnd returns the end of a token of one rune, n bytes wide, with its marks
// and what modifies an emoji.
func soloEnd(s string, start, n int) int {
	end := start + n
	for end < len(s) && s[end] >= utf8.RuneSelf {
		_, c, n := classAt(s, end)
		if c != mark && c != ignorable || end+n-start > maxWord {
			break
		}
		end += n
	}
	return end
}
