package render

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/index"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain text stays", "Rates rise – again", "Rates rise – again"},
		{"newlines and tabs become blanks", "a\nb\tc\r\u2028d", "a b c  d"},
		{"escape sequences are shown, not obeyed", "\x1b[31mred\x1b]8;;http://x\x07", "\ufffd[31mred\ufffd]8;;http://x\ufffd"},
		{"C1 controls too, which need no escape", "\u009b31m\u0085", "\ufffd31m\ufffd"},
		{"and NUL, backspace, DEL", "a\x00\b\x7f", "a\ufffd\ufffd\ufffd"},
		{"overrides of the writing direction go", "\u202eevil\u202c \u2066x\u2069", "evil x"},
		{"right-to-left text stays", "سیاست خارجی\u200f", "سیاست خارجی\u200f"},
		{"byte order marks and soft hyphens go", "\ufeffde\u00adter", "deter"},
		{"what isn't UTF-8 is replaced", "a\xffb", "a\ufffdb"},
		{"joined emoji stay", "👩‍👩‍👧 ok", "👩‍👩‍👧 ok"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCleanMovesMarks(t *testing.T) {
	tests := []struct {
		name  string
		in    string
		marks []index.Span
		want  []string // the marked text afterwards
	}{
		{"nothing to clean", "war and peace", []index.Span{{Start: 0, End: 3}, {Start: 8, End: 13}}, []string{"war", "peace"}},
		{"behind something longer", "\x1b war", []index.Span{{Start: 2, End: 5}}, []string{"war"}},
		{"behind something that went", "\u202ewar", []index.Span{{Start: 3, End: 6}}, []string{"war"}},
		{"around something that went", "w\u00adar", []index.Span{{Start: 0, End: 5}}, []string{"war"}},
		{"nothing but what went", "a\u202eb", []index.Span{{Start: 1, End: 4}}, nil},
		{"out of bounds", "war", []index.Span{{Start: 1, End: 9}, {Start: -1, End: 2}}, nil},
		{"out of order", "war peace", []index.Span{{Start: 4, End: 9}, {Start: 0, End: 3}}, []string{"peace"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, marks := clean(tt.in, tt.marks)
			var got []string
			for _, m := range marks {
				got = append(got, s[m.Start:m.End])
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestCleanProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "in")
		s := Clean(in)
		if !utf8.ValidString(s) || !isClean(s) {
			t.Fatalf("clean(%q) = %q is not clean", in, s)
		}
		if Clean(s) != s {
			t.Fatalf("clean is not idempotent on %q", in)
		}
		if strings.ContainsAny(s, "\x1b\n\t\x07\u009b\u202e") {
			t.Fatalf("control characters in %q", s)
		}
	})
}
