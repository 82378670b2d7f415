package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/index"
)

func lines(s string, width int) []string {
	var out []string
	for _, l := range wrap(s, width) {
		out = append(out, s[l.Start:l.End])
	}
	return out
}

func TestWrap(t *testing.T) {
	tests := []struct {
		name  string
		in    string
		width int
		want  []string
	}{
		{"fits", "the quick fox", 13, []string{"the quick fox"}},
		{"breaks between words", "the quick fox", 12, []string{"the quick", "fox"}},
		{"a word wider than the line stays whole", "a incomprehensibility b", 8, []string{"a", "incomprehensibility", "b"}},
		{"blanks around lines go", "  the   quick  ", 5, []string{"the", "quick"}},
		{"Chinese breaks anywhere, two columns a character", "威慑与可信度", 5, []string{"威慑", "与可", "信度"}},
		{"but not before its full stop", "威慑与。", 6, []string{"威慑", "与。"}},
		{"a family is one character", "ab 👩‍👩‍👧 cd", 5, []string{"ab 👩‍👩‍👧", "cd"}},
		{"accents take no room", "e\u0301e\u0301 e\u0301e\u0301", 5, []string{"e\u0301e\u0301 e\u0301e\u0301"}},
		{"a no-break space holds", "10\u00a0per cent", 4, []string{"10\u00a0per", "cent"}},
		{"nothing", "", 10, nil},
		{"blanks alone", "   ", 10, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, lines(tt.in, tt.width)); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// textOf draws text of the kinds that wrapping treats differently.
func textOf() *rapid.Generator[string] {
	word := rapid.SampledFrom([]string{
		"a", "war", "deterrence", "well-known", "https://example.org/a/b", "威慑", "信。", "한국의", "e\u0301", "👩‍👩‍👧", "🇰🇷🇯🇵", "(", "%", "–", "\u00a0", "سیاست",
	})
	return rapid.Map(rapid.SliceOfN(word, 0, 40), func(words []string) string {
		var b strings.Builder
		for i, w := range words {
			if i%3 != 2 {
				b.WriteByte(' ')
			}
			b.WriteString(w)
		}
		return b.String()
	})
}

func TestWrapProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := textOf().Draw(t, "s")
		width := rapid.IntRange(1, 60).Draw(t, "width")
		got := lines(s, width)
		if joined, want := noBlanks(strings.Join(got, "")), noBlanks(s); joined != want {
			t.Fatalf("wrap loses text: %q, want %q", joined, want)
		}
		for _, l := range got {
			if columnsOf(l) <= width {
				continue
			}
			if first, rest, _, _ := uniseg.FirstLineSegmentInString(l, -1); rest != "" {
				t.Fatalf("line %q is wider than %d and could end after %q", l, width, first)
			}
		}
	})
}

// Where a segment plainly ends, Unicode's line breaking says the same.
func TestPlainSegment(t *testing.T) {
	piece := rapid.SampledFrom(strings.Split("a|Z|7|.|,| |  |-|/|'|!|?|%|$|(|)|“|”|’|—|é|威|\u00a0|👩", "|"))
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(piece, 1, 30).Draw(t, "s"), "")
		for rest, state := s, -1; rest != ""; {
			before := rest
			var segment string
			segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
			if n := plainSegment(before); n > 0 && n != len(segment) {
				t.Fatalf("%q begins with %q, not with %q", before, segment, before[:n])
			}
		}
	})
}

func TestColumnsOfASCII(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[ -~]*`).Draw(t, "s")
		if got, want := columnsOf(s), uniseg.StringWidth(s); got != want {
			t.Fatalf("%q takes %d columns, not %d", s, got, want)
		}
	})
}

func noBlanks(s string) string { return strings.ReplaceAll(s, " ", "") }

// Painting changes nothing but the looks, and marks what it was told to.
func TestMarksSurviveWrapping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := textOf().Draw(t, "s")
		var marks []index.Span
		for at, rest, state := 0, s, -1; rest != ""; {
			var cluster string
			cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
			if rapid.Bool().Draw(t, "marked") {
				marks = append(marks, index.Span{Start: at, End: at + len(cluster)})
			}
			at += len(cluster)
		}
		var marked, want strings.Builder
		for _, l := range wrap(s, rapid.IntRange(1, 60).Draw(t, "width")) {
			for _, m := range marksWithin(marks, l.Start, l.End) {
				marked.WriteString(s[l.Start:l.End][m.Start:m.End])
			}
		}
		for _, m := range marks {
			want.WriteString(s[m.Start:m.End])
		}
		if noBlanks(marked.String()) != noBlanks(want.String()) {
			t.Fatalf("marked %q, want %q", marked.String(), want.String())
		}
	})
}

func TestCut(t *testing.T) {
	tests := []struct {
		in    string
		width int
		want  string
		start string
	}{
		{"deterrence", 10, "deterrence", "deterrence"},
		{"deterrence", 5, "dete…", "…ence"},
		{"威慑与可信度", 6, "威慑…", "…信度"},
		{"war and peace", 5, "war…", "…eace"},
	}
	for _, tt := range tests {
		if got := truncate(tt.in, tt.width); got != tt.want {
			t.Errorf("cut(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.want)
		}
		if got := truncateStart(tt.in, tt.width); got != tt.start {
			t.Errorf("cutStart(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.start)
		}
	}
}
