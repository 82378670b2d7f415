package query

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// Whether a terminal reorders right-to-left text or not, the caret is under the character
// of the mistake.
func TestCaretUnder(t *testing.T) {
	for _, text := range []string{
		"(abc", "北京 (导弹", "title:北京 \"导弹", "مفاوضات (إيران", "(بوتين", "נתניהו (איראן",
		"שלום 123 (456 עולם", "peace שלום (talks ועוד", "ايران OR", "title:(איראן news",
		"سلام (۱۲۳ سلام",
	} {
		_, err := Parse(text)
		e, ok := err.(*SyntaxError)
		if !ok {
			t.Fatalf("%s: %v", text, err)
		}
		line, below, _ := strings.Cut(e.Caret(), "\n")
		at := strings.IndexByte(below, '^')
		if got, want := cells(below[:at]), cells(text[:e.Offset]); got != want {
			t.Errorf("%s: the caret is under cell %d, not %d", text, got, want)
		}
		target, _ := utf8.DecodeRuneInString(text[e.Offset:])
		shown, caret := visual(t, line), visual(t, below)
		column := cells(caret[:strings.IndexByte(caret, '^')])
		if r := atCell(shown, column); r != target && r != mirrored(target) {
			t.Errorf("%s: shown as\n%s\n%s\nthe caret is under %q, not %q", text, shown, caret, r, target)
		}
	}
}

func mirrored(r rune) rune {
	if r == '(' {
		return ')'
	}
	return r
}

// visual returns a line in the order in which it is shown.
func visual(t *testing.T, line string) string {
	t.Helper()
	var p bidi.Paragraph
	if _, err := p.SetString(line, bidi.DefaultDirection(bidi.LeftToRight)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i := range order.NumRuns() {
		run := order.Run(i)
		if run.Direction() == bidi.RightToLeft {
			b.WriteString(bidi.ReverseString(run.String()))
		} else {
			b.WriteString(run.String())
		}
	}
	return b.String()
}

// atCell returns the character at a cell of a line.
func atCell(line string, cell int) rune {
	for _, r := range line {
		if cell -= width(r); cell < 0 {
			return r
		}
	}
	return -1
}
