package editdist_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/editdist"
)

// byDefinition is the distance by its definition, slow and without a limit.
func byDefinition(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	}
	i, j := len(a)-1, len(b)-1
	replace := byDefinition(a[:i], b[:j])
	if a[i] != b[j] {
		replace++
	}
	d := min(replace, byDefinition(a[:i], b)+1, byDefinition(a, b[:j])+1)
	if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
		d = min(d, byDefinition(a[:i-1], b[:j-1])+1)
	}
	return d
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

func TestDistanceIsItsDefinition(t *testing.T) {
	all := words("abü", 4)
	for _, a := range all {
		for _, b := range all {
			d := byDefinition([]rune(a), []rune(b))
			for limit := -1; limit < 6; limit++ {
				if got, want := editdist.Distance([]rune(a), []rune(b), limit), min(d, limit+1); got != want {
					t.Fatalf("Distance(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
				}
			}
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b         string
		bytes, runes int
	}{
		{"", "", 0, 0},
		{"author", "autor", 1, 1},
		{"author", "auhtor", 1, 1}, // neighbours swapped
		{"ca", "abc", 3, 3},        // no place is edited twice
		{"zurich", "zürich", 2, 1}, // ü has two bytes
		{"deterrence", "war", 9, 9},
	} {
		if got := editdist.Distance([]byte(tt.a), []byte(tt.b), 10); got != tt.bytes {
			t.Errorf("%q, %q: %d bytes, want %d", tt.a, tt.b, got, tt.bytes)
		}
		if got := editdist.Distance([]rune(tt.a), []rune(tt.b), 10); got != tt.runes {
			t.Errorf("%q, %q: %d runes, want %d", tt.a, tt.b, got, tt.runes)
		}
	}
}

// Words beyond the size that the table on the stack has room for.
func TestDistanceOfLongWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("aé北")), 40, 60, -1)
		a, limit := []rune(word.Draw(t, "a")), rapid.IntRange(0, 5).Draw(t, "limit")
		b := append([]rune(nil), a...)
		changed := rapid.SliceOfNDistinct(rapid.IntRange(0, len(b)-1), 0, 5, rapid.ID).Draw(t, "changed")
		for _, i := range changed {
			b[i] = 'x'
		}
		if got, want := editdist.Distance(a, b, limit), min(len(changed), limit+1); got != want {
			t.Errorf("%q, %q: %d within %d, want %d", string(a), string(b), got, limit, want)
		}
	})
}

func BenchmarkDistance(b *testing.B) {
	long := strings.Repeat("institution", 5)
	for _, bb := range []struct{ name, a, b string }{
		{"equal", "deterrence", "deterrence"},
		{"one edit", "deterrence", "deterrance"},
		{"far", "deterrence", "government"},
		{"long", long, long[1:]},
	} {
		x, y := []rune(bb.a), []rune(bb.b)
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				editdist.Distance(x, y, 2)
			}
		})
	}
}
