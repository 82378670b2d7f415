package match

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTermPatternMatcher(t *testing.T) {
	tests := []struct {
		term TermPattern
		yes  []string
		no   []string
	}{
		{TermPattern{Kind: Exact, Text: "presidents"}, []string{"presidents"}, []string{"president", "presidentss", ""}},
		{TermPattern{Kind: SameStem, Text: "presid"}, []string{"president", "presidents"}, []string{"presidium", "residents"}},
		{TermPattern{Kind: SameStem, Text: "the"}, nil, []string{"the"}}, // stop words have no stem
		{TermPattern{Kind: Prefix, Text: "presid"}, []string{"presid", "president"}, []string{"presi", "vicepresident"}},
		{TermPattern{Kind: Wildcard, Text: "k*n"}, []string{"kn", "korean", "kühn"}, []string{"koreans", "k", "n"}},
		{TermPattern{Kind: Wildcard, Text: "k?n"}, []string{"kin", "kün"}, []string{"kn", "kiin"}},
		{TermPattern{Kind: Fuzzy, Text: "maduro", Distance: 1}, []string{"maduro", "madura", "amduro", "maduros", "mduro"}, []string{"madero1", "madrou2"}},
		{TermPattern{Kind: Fuzzy, Text: "müller", Distance: 1}, []string{"muller", "müler"}, []string{"mler"}},
		{TermPattern{Kind: Regex, Text: "kor(ea|yo)"}, []string{"korea", "koryo"}, []string{"korean", "akorea"}},
		{TermPattern{Kind: Regex, Text: "a|b"}, []string{"a", "b"}, []string{"ab", "ax", "xb"}},
		{TermPattern{Kind: AnyWord}, []string{"a", "the", "北"}, nil},
	}
	for _, tt := range tests {
		accepts, err := tt.term.Matcher(english)
		if err != nil {
			t.Errorf("%+v: %v", tt.term, err)
			continue
		}
		for _, word := range tt.yes {
			if !accepts(word) {
				t.Errorf("%+v rejects %q", tt.term, word)
			}
		}
		for _, word := range tt.no {
			if accepts(word) {
				t.Errorf("%+v accepts %q", tt.term, word)
			}
		}
	}
}

func TestTermPatternMatcherErrors(t *testing.T) {
	for _, s := range []TermPattern{
		{Kind: Regex, Text: "a)|(b"}, // would be read once wrapped
		{Kind: Regex, Text: "["},
		{Kind: AnyWord + 1},
	} {
		if _, err := s.Matcher(english); err == nil {
			t.Errorf("%+v: no error", s)
		}
		if s.tokenMatcher()(Token{Word: "a", Stem: "a"}) {
			t.Errorf("%+v accepts a word", s)
		}
	}
}

// words returns every string of at most n of the letters.
func words(letters string, n int) []string {
	all := []string{""}
	for last := all; n > 0; n-- {
		var next []string
		for _, w := range last {
			for _, r := range letters {
				next = append(next, w+string(r))
			}
		}
		all = append(all, next...)
		last = next
	}
	return all
}

// wildcardSlow is wildcardMatch by definition.
func wildcardSlow(pattern, word []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(word) == 0
	case pattern[0] == '*':
		return wildcardSlow(pattern[1:], word) || len(word) > 0 && wildcardSlow(pattern, word[1:])
	case len(word) == 0:
		return false
	default:
		return (pattern[0] == '?' || pattern[0] == word[0]) && wildcardSlow(pattern[1:], word[1:])
	}
}

func TestWildcardIsItsDefinition(t *testing.T) {
	texts := words("aü", 5)
	for _, pattern := range words("aü*?", 4) {
		for _, word := range texts {
			got, want := wildcardMatch(pattern, word), wildcardSlow([]rune(pattern), []rune(word))
			if got != want {
				t.Fatalf("wildcardMatch(%q, %q) = %v, want %v", pattern, word, got, want)
			}
		}
	}
}

// alignmentDistance is the optimal string alignment distance by definition.
func alignmentDistance(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	}
	i, j := len(a)-1, len(b)-1
	replace := alignmentDistance(a[:i], b[:j])
	if a[i] != b[j] {
		replace++
	}
	d := min(replace, alignmentDistance(a[:i], b)+1, alignmentDistance(a, b[:j])+1)
	if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
		d = min(d, alignmentDistance(a[:i-1], b[:j-1])+1)
	}
	return d
}

func TestFuzzyIsItsDefinition(t *testing.T) {
	texts := words("abü", 4)
	for _, want := range texts {
		for _, word := range texts {
			d := alignmentDistance([]rune(want), []rune(word))
			for k := range 4 {
				if got := within([]rune(want), word, k); got != (d <= k) {
					t.Fatalf("within(%q, %q, %d) = %v at distance %d", want, word, k, got, d)
				}
			}
		}
	}
}

// Words beyond the size that the table on the stack has room for.
func TestFuzzyOfLongWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringOfN(rapid.RuneFrom([]rune("aé北")), 40, 60, -1).Draw(t, "want")
		word := []rune(want)
		edits := rapid.IntRange(0, 2).Draw(t, "edits")
		for range edits {
			i := rapid.IntRange(0, len(word)-1).Draw(t, "at")
			word[i] = 'x'
		}
		if !within([]rune(want), string(word), edits) {
			t.Errorf("within(%q, %q, %d) = false", want, string(word), edits)
		}
		if far := string(word) + "yyy"; within([]rune(want), far, 2) {
			t.Errorf("within(%q, %q, 2) = true", want, far)
		}
	})
}

func FuzzWildcard(f *testing.F) {
	f.Add("a*b?c", "aXXbYc")
	f.Add("**", "")
	f.Add("*a*a*a*b", "aaaaaaaaaaaaaaaa")
	f.Add("\xff*", "\xff\xfe")
	f.Fuzz(func(t *testing.T, pattern, word string) {
		if len(pattern) > 16 || len(word) > 16 || !utf8.ValidString(pattern+word) {
			return // the definition is exponential
		}
		if got, want := wildcardMatch(pattern, word), wildcardSlow([]rune(pattern), []rune(word)); got != want {
			t.Errorf("wildcardMatch(%q, %q) = %v, want %v", pattern, word, got, want)
		}
	})
}

func BenchmarkFuzzy(b *testing.B) {
	accepts, err := TermPattern{Kind: Fuzzy, Text: "denuclearization", Distance: 2}.Matcher(english)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		accepts("denuklearisation")
	}
}
