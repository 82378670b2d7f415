package search

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRegexpsAreWrittenForLucene(t *testing.T) {
	for _, c := range []struct {
		pattern, want string
		exact         bool
	}{
		{`kim`, `(kim)`, true},
		{`k.m*`, `((k).((m))*)`, true},
		{`^kim$`, `(()(kim)())`, true},
		{`(?:a|)b`, `(((a)|())(b))`, true},
		{`k"#@&<>~m`, `(k\"\#\@\&\<\>\~m)`, true},
		{`\bkim\b`, `(()(kim)())`, false},
		{`a{2,}b{0}c{3}`, `(((a)){2,}()((c)){3,3})`, true},
		{`(?i)k1`, "([Kk\u212a]1)", true},
		{`[^a-c]`, "[\x00-`d-\U0010ffff]", true},
		{`[!-\]^\-a]`, `[\^\]\\!-[a]`, true},
		{`\pL+`, `(.)+`, false},
		{`[^\x{D7FF}]`, "[\x00-\ud7fe\ue000-\U0010ffff]", true},
	} {
		re, err := writeRegexp(c.pattern)
		if err != nil || re.none {
			t.Errorf("%s: %+v, %v", c.pattern, re, err)
		}
		if re.exact != c.exact {
			t.Errorf("%s: exact %v", c.pattern, re.exact)
		}
		if re.text != c.want {
			t.Errorf("%s: %q, want %q", c.pattern, re.text, c.want)
		}
	}
	for _, pattern := range []string{`[^\x00-\x{10FFFF}]`, `a[^\x00-\x{10FFFF}]b`, `[^\x00-\x{10FFFF}]+`} {
		if re, err := writeRegexp(pattern); err != nil || !re.none {
			t.Errorf("%s: %+v, %v", pattern, re, err)
		}
	}
}

// TestRegexpsKeepTheirMeaning reads what was written for Lucene by Go, which knows all
// that it has.
func TestRegexpsKeepTheirMeaning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := genRegexp(t, 3)
		written, err := writeRegexp(pattern)
		if err != nil {
			t.Skip()
		}
		want := regexp.MustCompile(`\A(?:` + pattern + `)\z`)
		got := regexp.MustCompile(`\A(?s:` + written.text + `)\z`)
		for range 20 {
			word := genWord(t)
			w, g := want.MatchString(word), !written.none && got.MatchString(word)
			if w && !g || g && !w && written.exact {
				t.Fatalf("%q as %q on %q: %v, want %v", pattern, written.text, word, g, w)
			}
		}
	})
}

func genWord(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "k", "K", "1", "é", "-", "x"}), 0, 5).Draw(t, "word"), "")
}

func genRegexp(t *rapid.T, depth int) string {
	if depth == 0 {
		return rapid.SampledFrom([]string{
			"a", "b", "ab", "c", ".", "[ab]", "[^a]", "(?i:k)", "1", `\d`, `\w`, "é", "-", "^", "$", `\b`, "x{2}", "", `\pL`,
		}).Draw(t, "atom")
	}
	sub := func() string { return genRegexp(t, rapid.IntRange(0, depth-1).Draw(t, "depth")) }
	switch rapid.IntRange(0, 6).Draw(t, "operator") {
	case 0:
		return "(?:" + sub() + "|" + sub() + ")"
	case 1:
		return "(" + sub() + ")*"
	case 2:
		return "(" + sub() + ")?"
	case 3:
		return "(" + sub() + ")+"
	case 4:
		return "(" + sub() + "){1,2}"
	}
	return sub() + sub()
}
