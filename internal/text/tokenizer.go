package text

import (
	"sync"
	"unicode/utf8"
)

// Tokenizer cuts text into tokens. It keeps a cache of stems and scratch
// space, so it serves one goroutine at a time. The zero value is ready for all
// but [Tokenizer.Tokens], which needs to know the language.
type Tokenizer struct{ forms forms }

// NewTokenizer returns a tokenizer of texts in l.
func NewTokenizer(l Language) *Tokenizer { return &Tokenizer{forms{language: l}} }

// tokenizers serve Words. Values come again.
var tokenizers = sync.Pool{New: func() any { return new(Tokenizer) }}

// maxPooled is how many forms a tokenizer may keep that waits for the next
// text.
const maxPooled = 1 << 12

// IsSmall reports whether the tokenizer keeps so little that it may wait for
// the next text.
func (tk *Tokenizer) IsSmall() bool { return len(tk.forms.all) <= maxPooled }

// Words returns the tokens of s without stems; see [Tokenizer.Words].
func Words(s string) []Token {
	tk := tokenizers.Get().(*Tokenizer)
	dst := tk.Words(nil, s)
	if tk.IsSmall() {
		tokenizers.Put(tk)
	}
	return dst
}

// Tokens appends the tokens of s to dst: in order, apart from each other.
func (tk *Tokenizer) Tokens(dst []Token, s string) []Token { return tk.scan(dst, s, true) }

// Words is Tokens without stems, which costs less where text is read once and
// few of its words are looked at. [Language.Stem] and [Language.IsStop] then
// tell what Tokens would have said.
func (tk *Tokenizer) Words(dst []Token, s string) []Token { return tk.scan(dst, s, false) }

func (tk *Tokenizer) scan(dst []Token, s string, stems bool) []Token {
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if !isASCIIWord(b) {
				i++
				continue
			}
			if end, lower := plainEnd(s, i); end > 0 {
				dst = append(dst, tk.plainToken(s, i, end, lower, stems))
				i = end
				continue
			}
		}
		var t Token
		if t, _, i = tk.tokenAt(s, i, stems); t.Word != "" {
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
	case b == '.' && (i-start == 1 || i-start == 2 && s[start] == s[start+1] && s[start]-'A' < 26):
		return 0, false // an initial, which others may follow
	case b == '.' || b == ',' || b == ':' || b == '\'' || b == '`' || b == '&':
		if i+1 < len(s) && (isASCIIWord(s[i+1]) || s[i+1] >= utf8.RuneSelf) {
			return 0, false
		}
	}
	return i, lower
}

// plainToken returns the token of a word that plainEnd accepted.
func (tk *Tokenizer) plainToken(s string, start, end int, lower, stems bool) Token {
	t := Token{Start: start, End: end, Word: s[start:end]}
	if !stems && lower {
		return t
	}
	f := tk.forms.get(t.Word, stems)
	t.Word = f.word
	if stems {
		t.Stem = f.stem
	}
	return t
}

// tokenAt returns the token that starts at i, if one does, where its word ends, and
// where to go on: what scan means, for any text. The word of a pair ends behind its
// second character, and the token behind its first.
func (tk *Tokenizer) tokenAt(s string, i int, stems bool) (t Token, end, next int) {
	if _, _, n := plainPair(s, i); n > 0 {
		t = Token{Start: i, End: i + n, Word: s[i : i+2*n]}
		if stems && !tk.forms.language.IsStop(t.Word) {
			t.Stem = tk.forms.language.Stem(t.Word)
		}
		return t, i + 2*n, i + n
	}
	end, next = wordAt(s, i)
	if end == 0 {
		return Token{}, 0, next
	}
	f := tk.forms.get(s[i:end], stems)
	// What folds to more than a word may hold is cut shorter.
	for limit := maxWord / 2; len(f.word) > maxWord; limit /= 2 {
		end = shorterEnd(s, i, limit)
		next = end
		f = tk.forms.get(s[i:end], stems)
	}
	t = Token{Start: i, End: next, Word: f.word}
	if stems {
		t.Stem = f.stem
	}
	return t, end, next
}

// wordAt returns the end of the word that starts at i, 0 if none does, and where
// to go on: behind the word, but behind the first character of a pair.
func wordAt(s string, i int) (end, next int) {
	r, c, n := classAt(s, i)
	switch {
	case c == numeral && isSuperscript(r):
		if end := superscriptEnd(s, i); isFootnoteMark(s, i, end) {
			return 0, end
		}
		end = wordEnd(s, i, maxWord)
	case c.inWord():
		end = wordEnd(s, i, maxWord)
	case c == solo:
		next = soloEnd(s, i, n, maxWord)
		return pairEnd(s, i, next), next
	case c == emoji:
		end = soloEnd(s, i, n, maxWord)
	default:
		return 0, i + n
	}
	return end, end
}

// shorterEnd returns the end of the word that starts at i, at most limit bytes on,
// and of a pair that of its first character.
func shorterEnd(s string, i, limit int) int {
	_, c, n := classAt(s, i)
	if c.inWord() {
		return wordEnd(s, i, limit)
	}
	return soloEnd(s, i, n, limit)
}

// soloEnd returns the end of a token of one rune, n bytes wide, with its marks
// and what modifies an emoji, at most limit bytes on.
func soloEnd(s string, start, n, limit int) int {
	end := start + n
	for end < len(s) && s[end] >= utf8.RuneSelf {
		_, c, n := classAt(s, end)
		if c != mark && c != ignorable || end+n-start > limit {
			break
		}
		end += n
	}
	return end
}
