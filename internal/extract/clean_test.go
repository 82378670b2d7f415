package extract

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"clean ASCII", "Rates rose.\n\tThe bank said so.", "Rates rose.\n\tThe bank said so."},
		{"clean beyond ASCII", "Größe, 日本, naïve “quotes” – and … dots", "Größe, 日本, naïve “quotes” – and … dots"},

		{"CRLF", "one\r\ntwo\r\n", "one\ntwo\n"},
		{"CR alone", "one\rtwo", "one\ntwo"},
		{"form feed and vertical tab", "one\ftwo\vthree", "one\ntwo\nthree"},
		{"line separator", "one\u2028two", "one\ntwo"},
		{"paragraph separator", "one\u2029two", "one\n\ntwo"},

		{"no-break spaces", "10\u00a0% 5\u202fkm", "10 % 5 km"},
		{"typographic spaces", "a\u2003b\u2009c\u3000d", "a b c d"},
		{"soft hyphen", "Heli\u00adkopter", "Helikopter"},
		{"byte order mark inside", "a\ufeffb", "ab"},
		{"zero-width space in Latin", "foo\u200bbar", "foobar"},
		{"zero-width space in Khmer is a word's border", "សួស្តី\u200bលោក", "សួស្តី\u200bលោក"},
		{"joiners are letters' business", "می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"},

		{"control characters", "a\x00b\x01c\x7fd\x1ee", "abcde"},
		{"controls that windows-1252 has letters for", "don\u0092t \u0093quote\u0094 \u0080", "don’t “quote” €"},
		{"bidirectional overrides", "safe\u202Etxt.exe\u2066x\u2069", "safetxt.exex"},
		{"marks of direction", "שלום\u200f!", "שלום\u200f!"},
		{"annotation and noncharacters", "a\ufff9b\uffffc", "abc"},

		{"colours", "\x1b[1;31mred\x1b[0m", "red"},
		{"window title", "\x1b]0;title\x07text", "text"},
		{"hyperlink", "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"},
		{"escape that is cut off", "text\x1b[", "text"},
		{"escape that is not closed", "\x1b]0;the rest of the text", "0;the rest of the text"},
		{"escape within an escape", "\x1b\x1b[31mred", "red"},

		{"invalid bytes", "a\xff\xfeb", "a\ufffdb"},
		{"cut-off character", "a\xe2\x82", "a\ufffd"},
		{"encoded surrogate", "\xed\xa0\x80", "\ufffd"},

		{"decomposed", "Cafe\u0301", "Café"},
		{"decomposed by what is removed", "e\u00ad\u0301", "é"},
		{"Hangul", "\u1112\u1161\u11ab", "한"},
		{"compatibility forms stay", "ﬁ ２ ①", "ﬁ ２ ①"},
	} {
		if got := Clean(tc.in); got != tc.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", tc.name, tc.in, got, tc.want)
		}
	}
}

// checkClean fails the test unless s is what Clean promises.
func checkClean(t interface {
	Helper()
	Errorf(string, ...any)
}, what, s string,
) {
	t.Helper()
	switch {
	case !utf8.ValidString(s):
		t.Errorf("%s is not valid UTF-8: %q", what, s)
	case !norm.NFC.IsNormalString(s):
		t.Errorf("%s is not in normal form C: %q", what, s)
	}
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
		case unicode.IsControl(r), r != ' ' && unicode.IsSpace(r), unicode.Is(unicode.Bidi_Control, r) && r != 0x200e && r != 0x200f && r != 0x061c:
			t.Errorf("%s holds %U: %q", what, r, s)
		}
	}
}

func TestCleanHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "string")
		got := Clean(s)
		checkClean(t, "text", got)
		if again := Clean(got); again != got {
			t.Errorf("Clean(%q) = %q, and again %q", s, got, again)
		}
	})
}

// The word at a time must find the same place as the byte at a time.
func TestCleanPrefix(t *testing.T) {
	for n := range 70 {
		for c := range 256 {
			for at := range n {
				b := []byte(strings.Repeat("a\n", 40)[:n])
				b[at] = byte(c)
				want := n
				if !plainByte(byte(c)) {
					want = at
				}
				if got := cleanPrefix(string(b)); got != want {
					t.Fatalf("cleanPrefix(%q) = %d, want %d", b, got, want)
				}
			}
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"a\r\nb", "\x1b[31mred\x1b]0;", "e\u0301\u00ad\u0323", "\xff\u200b\u2029", "\u0e01\u200b\u0e02"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		checkClean(t, "text", got)
		if again := Clean(got); again != got {
			t.Errorf("Clean(%q) = %q, and again %q", s, got, again)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	for _, bc := range []struct{ name, text string }{
		{"ascii", strings.Repeat("The bank raised its rate by a quarter of a point on Thursday.\n", 1000)},
		{"latin", strings.Repeat("Die Währungshüter erhöhten den Zins am Donnerstag um 0,25 Prozent – überraschend.\n", 1000)},
		{"cyrillic", strings.Repeat("Центральный банк повысил ставку на четверть процентного пункта.\n", 1000)},
		{"han", strings.Repeat("央行周四意外加息二十五个基点，市场为之一惊。\n", 1000)},
		{"crlf", strings.Repeat("The bank raised its rate by a quarter of a point on Thursday.\r\n", 1000)},
		{"copy", ""},
	} {
		b.Run(bc.name, func(b *testing.B) {
			if bc.name == "copy" { // what memory allows
				src := []byte(strings.Repeat("The bank raised its rate by a quarter of a point on Thursday.\n", 1000))
				dst := make([]byte, len(src))
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					copy(dst, src)
				}
				return
			}
			b.SetBytes(int64(len(bc.text)))
			b.ReportAllocs()
			for b.Loop() {
				_ = Clean(bc.text)
			}
		})
	}
}
