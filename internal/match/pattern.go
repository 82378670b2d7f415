package match

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/editdist"
)

// Matcher returns the predicate that s is over words as written and folded; a
// gives their stems, or the analyzer that made the stem of s, see [analysis.OfStem]. Of
// variants, of marks and of how it is written a word alone tells nothing. It is safe for concurrent use. The error is that of
// a regular expression that can't be read.
func (s TermPattern) Matcher(a analysis.Analyzer) (func(word string) bool, error) {
	if s.Kind == SameStem {
		if analysis.StemTag(s.Text) != "" {
			a = analysis.OfStem(s.Text)
		}
		return func(word string) bool { return !a.IsStop(word) && a.Stem(word) == s.Text }, nil
	}
	return s.wordMatcher()
}

// wordMatcher is Matcher for all kinds that go by the word alone.
func (s TermPattern) wordMatcher() (func(word string) bool, error) {
	switch s.Kind {
	case Exact:
		return func(word string) bool { return word == s.Text }, nil
	case Prefix:
		return func(word string) bool { return strings.HasPrefix(word, s.Text) }, nil
	case Wildcard:
		return func(word string) bool { return wildcardMatch(s.Text, word) }, nil
	case Fuzzy:
		want := []rune(s.Text)
		return func(word string) bool { return within(want, word, s.Distance) }, nil
	case Regex:
		return wholeWord(s.Text)
	case AnyWord:
		return func(string) bool { return true }, nil
	}
	return nil, fmt.Errorf("term pattern of unknown kind %d", s.Kind)
}

// tokenMatcher returns the predicate that s is over tokens. One that can't be
// read accepts none; Lower makes no such term pattern.
func (s TermPattern) tokenMatcher() func(Token) bool {
	if s.Kind == SameStem {
		// The token knows its stem already.
		return func(t Token) bool { return t.IsOf(s.Text) && t.HasMarks(s.Marks) && t.HasCase(s.Case) }
	}
	m, err := s.wordMatcher()
	if err != nil {
		return func(Token) bool { return false }
	}
	if s.Marks != "" || s.Case != AnyCase {
		return func(t Token) bool { return m(t.Word) && t.HasMarks(s.Marks) && t.HasCase(s.Case) }
	}
	return func(t Token) bool { return m(t.Word) }
}

// wholeWord compiles a regular expression that must match words whole.
func wholeWord(pattern string) (func(word string) bool, error) {
	// Alone first: "a)|(b" would be read without error once wrapped.
	if _, err := regexp.Compile(pattern); err != nil {
		return nil, err
	}
	re, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err != nil {
		return nil, err
	}
	return re.MatchString, nil
}

// wildcardMatch reports whether word as a whole matches pattern, in which *
// is any run of characters and ? any one. When a character doesn't fit, only
// the last * seen can help, by taking one character more; earlier ones need
// no second look, so time is bounded by len(pattern) * len(word).
func wildcardMatch(pattern, word string) bool {
	p, w := 0, 0
	starP, starW := -1, 0 // after the last *, and up to where it reaches in word
	for w < len(word) {
		r, size := utf8.DecodeRuneInString(word[w:])
		want, wantSize := utf8.DecodeRuneInString(pattern[p:])
		switch {
		case wantSize > 0 && want == '*':
			p += wantSize
			starP, starW = p, w
		case wantSize > 0 && (want == '?' || want == r):
			p += wantSize
			w += size
		case starP >= 0:
			_, size := utf8.DecodeRuneInString(word[starW:])
			starW += size
			p, w = starP, starW
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// within reports whether word is at most k edits from want; see
// editdist.Distance.
func within(want []rune, word string, k int) bool {
	n := utf8.RuneCountInString(word)
	if n-len(want) > k || len(want)-n > k {
		return false
	}
	var usual [48]rune // nearly every word fits it, on the stack
	return editdist.Distance(want, append(usual[:0], []rune(word)...), k) <= k
}
