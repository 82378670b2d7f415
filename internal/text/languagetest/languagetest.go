// Package languagetest holds languages to what package text asks of them.
package languagetest

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/text"
)

// Families fails the test unless the words of a line, which may be written with
// capitals and marks, have one stem, which is that of no other line.
func Families(t *testing.T, l text.Language, lines string) {
	t.Helper()
	of := make(map[string]string)
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		words := strings.Fields(line)
		stem := l.Stem(text.Fold(words[0]))
		for _, w := range words {
			folded := text.Fold(w)
			if got := l.Stem(folded); got != stem {
				t.Errorf("%s has stem %s, not %s as %s", w, got, stem, words[0])
			}
			if prefix := l.StemPrefix(stem); !strings.HasPrefix(folded, prefix) {
				t.Errorf("%s has stem %s, whose words are looked for at %q", w, stem, prefix)
			}
		}
		if other, taken := of[stem]; taken {
			t.Errorf("%s: the stem of %s is that of %s", stem, words[0], other)
		}
		of[stem] = words[0]
	}
}

// StopWords fails the test unless each stop word is folded and is one to the
// language, and none of the others is.
func StopWords(t *testing.T, l text.Language, stop map[string]bool, others string) {
	t.Helper()
	for _, w := range slices.Sorted(maps.Keys(stop)) {
		if text.Fold(w) != w || !l.IsStop(w) {
			t.Errorf("%q, folded %q, is not found as a stop word", w, text.Fold(w))
		}
	}
	for w := range strings.FieldsSeq(others) {
		if l.IsStop(text.Fold(w)) {
			t.Errorf("%s is a stop word", w)
		}
	}
}

// Stems fails the test unless every folded word has a stem that is not empty, and
// starts as StemPrefix says of its stem. Words are all of up to three letters, and
// random ones with some of the endings behind them.
func Stems(t *testing.T, l text.Language, endings string) {
	t.Helper()
	checkShort(t, l, "abcdefghijklmnopqrstuvwxyz", false)
	ends := strings.Fields(endings)
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.StringMatching(`[a-z]{1,7}`), rapid.StringMatching(`([bdgklmnprst]|[aeiou]){1,7}`)).Draw(t, "word")
		for _, ending := range rapid.SliceOfN(rapid.SampledFrom(ends), 0, 3).Draw(t, "endings") {
			word += ending
		}
		checkStem(t, l, word, false)
	})
}

// StemsOf is Stems for a language of these letters, whose words may also have some
// of the beginnings before them. If there are any, words of a stem may have
// nothing in common where they start.
func StemsOf(t *testing.T, l text.Language, letters, beginnings, endings string) {
	t.Helper()
	starts, ends := strings.Fields(beginnings), strings.Fields(endings)
	anyStart := len(starts) > 0
	checkShort(t, l, letters, anyStart)
	rapid.Check(t, func(t *rapid.T) {
		word := ""
		if anyStart {
			word = strings.Join(rapid.SliceOfN(rapid.SampledFrom(starts), 0, 2).Draw(t, "beginnings"), "")
		}
		word += string(rapid.SliceOfN(rapid.SampledFrom([]rune(letters)), 1, 7).Draw(t, "letters"))
		word += strings.Join(rapid.SliceOfN(rapid.SampledFrom(ends), 0, 3).Draw(t, "endings"), "")
		checkStem(t, l, word, anyStart)
	})
}

// checkShort checks all words of up to three letters, and words of other languages.
func checkShort(t *testing.T, l text.Language, letters string, anyStart bool) {
	for _, w := range []string{"f16", "1990s", "c++", "o'brien", "выборы", "x", "北京", "ə"} {
		checkStem(t, l, w, anyStart)
	}
	var all func(word string, more int)
	all = func(word string, more int) {
		if word != "" {
			checkStem(t, l, word, anyStart)
		}
		if more > 0 {
			for _, r := range letters {
				all(word+string(r), more-1)
			}
		}
	}
	all("", 3)
}

func checkStem(t rapid.TB, l text.Language, word string, anyStart bool) {
	stem := l.Stem(word)
	if stem == "" || !utf8.ValidString(stem) || l.Stem(word) != stem {
		t.Fatalf("%q has stem %q", word, stem)
	}
	if prefix := l.StemPrefix(stem); prefix == "" && !anyStart || !strings.HasPrefix(word, prefix) {
		t.Fatalf("words of the stem %q are looked for at %q, and %q is left out", stem, prefix, word)
	}
}

// Benchmark measures stems of the words of a text, which may be written with
// capitals and marks.
func Benchmark(b *testing.B, l text.Language, words string) {
	folded := strings.Fields(text.Fold(words))
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range folded {
			l.Stem(w)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(folded)), "ns/word")
}
