package text

import (
	"strings"
	"testing"
)

// TestCommonWords holds the table to a map of all words, and to how full it may be.
func TestCommonWords(t *testing.T) {
	want := map[string]commonWord{}
	for i, l := range languages {
		for word := range strings.FieldsSeq(arabicForms.Replace(l.words)) {
			known, ok := want[word]
			if !ok {
				known.id = len(want)
			}
			known.in |= 1 << i
			want[word] = known
		}
	}
	w := newCommonWords()
	if w.count != len(want) || len(w.long) != longWords {
		t.Errorf("the table has %d words, %d of them long; want %d and %d", w.count, len(w.long), len(want), longWords)
	}
	taken := 0
	for _, key := range w.keys {
		if key != 0 {
			taken++
		}
	}
	if 2*taken > len(w.keys) {
		t.Errorf("%d of %d slots are taken; want at most half", taken, len(w.keys))
	}
	for word, known := range want {
		if got := w.of(word); got != known {
			t.Errorf("%q: %v, want %v", word, got, known)
		}
	}
}

func BenchmarkCommonWords(b *testing.B) {
	for b.Loop() {
		newCommonWords()
	}
}
