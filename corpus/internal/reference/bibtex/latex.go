package bibtex

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plain returns a value without the commands of LaTeX.
func plain(s string) string {
	if !strings.ContainsAny(s, "\\{}~$-`'") {
		return strings.TrimSpace(s)
	}
	t := &unlatex{s: s}
	t.run()
	out := norm.NFC.String(t.b.String())
	return strings.TrimSpace(ligatures().Replace(out))
}

// ligatures are the signs that TeX sets as one.
var ligatures = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("``", "“", "''", "”", "---", "—", "--", "–")
})

// escapes are what an address has escaped.
var escapes = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(`\_`, "_", `\%`, "%", `\&`, "&", `\#`, "#", `\~`, "~", `{\textasciitilde}`, "~", "{", "", "}", "")
})

// verbatim returns an address, in which LaTeX marks up next to nothing.
func verbatim(s string) string {
	if i := strings.Index(s, `\url{`); i >= 0 {
		s = s[i+len(`\url{`):]
		s, _, _ = strings.Cut(s, "}")
	}
	return strings.TrimSpace(escapes().Replace(s))
}

// unlatex undoes the commands of a text, from left to right.
type unlatex struct {
	s  string
	at int
	b  strings.Builder
	// mark is a combining accent that waits for its letter; 0 for none.
	mark rune
}

func (t *unlatex) run() {
	for t.at < len(t.s) {
		switch c := t.s[t.at]; c {
		case '\\':
			t.at++
			t.command()
		case '{', '}':
			t.at++
		case '$': // of mathematics, or a price that nobody escaped
			t.at++
			if t.at < len(t.s) && '0' <= t.s[t.at] && t.s[t.at] <= '9' {
				t.write('$')
			}
		case '~':
			t.at++
			t.write(' ')
		default:
			r, n := utf8.DecodeRuneInString(t.s[t.at:])
			t.at += n
			t.write(r)
		}
	}
}

// write writes a character, and the accent that waited for it.
func (t *unlatex) write(r rune) {
	if t.mark != 0 && r == ' ' {
		return // \' e
	}
	t.b.WriteRune(r)
	if t.mark != 0 {
		t.b.WriteRune(t.mark)
		t.mark = 0
	}
}

// command undoes the command that stands after a backslash.
func (t *unlatex) command() {
	if t.at >= len(t.s) {
		return
	}
	c := t.s[t.at]
	if !isLetter(c) {
		t.at++
		switch mark := accent(string(c)); {
		case mark != 0:
			t.mark = mark
		case c == '\\':
			t.write('\n')
		case c == ',' || c == ';' || c == ' ' || c == ':':
			t.write(' ')
		case c == '-' || c == '/' || c == '!' || c == '*': // a place to break a line
		case c < utf8.RuneSelf:
			t.write(rune(c))
		default:
			t.at--
		}
		return
	}
	start := t.at
	for t.at < len(t.s) && isLetter(t.s[t.at]) {
		t.at++
	}
	name := t.s[start:t.at]
	if mark := accent(name); mark != 0 && t.takesLetter() {
		t.mark = mark
		return
	}
	if s := symbol(name); s != "" {
		for _, r := range s {
			t.write(r)
		}
		if t.at < len(t.s) && t.s[t.at] == ' ' {
			t.at++ // it ends the command
		}
		return
	}
	t.argument(name)
}

// takesLetter reports whether a letter follows, which an accent with the name of
// a letter is for.
func (t *unlatex) takesLetter() bool {
	rest := strings.TrimLeft(t.s[t.at:], " ")
	return rest != "" && (rest[0] == '{' || rest[0] == '\\' || len(rest) < len(t.s)-t.at)
}

// argument passes over a command that formats, and over those of its arguments
// that are not shown.
func (t *unlatex) argument(name string) {
	t.skipBlanks()
	if t.at < len(t.s) && t.s[t.at] == '[' {
		if n := strings.IndexByte(t.s[t.at:], ']'); n >= 0 {
			t.at += n + 1
		}
	}
	switch name {
	case "href", "textcolor", "foreignlanguage", "color", "label", "cite":
		if t.at < len(t.s) && t.s[t.at] == '{' {
			if n := strings.IndexByte(t.s[t.at:], '}'); n >= 0 {
				t.at += n + 1
			}
		}
	}
}

func (t *unlatex) skipBlanks() {
	for t.at < len(t.s) && isBlank(t.s[t.at]) {
		t.at++
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// accent returns the combining character of a command; 0 when it is none.
func accent(name string) rune {
	switch name {
	case "`":
		return '\u0300'
	case "'":
		return '\u0301'
	case "^":
		return '\u0302'
	case "~":
		return '\u0303'
	case "=":
		return '\u0304'
	case "u":
		return '\u0306'
	case ".":
		return '\u0307'
	case `"`:
		return '\u0308'
	case "r":
		return '\u030a'
	case "H":
		return '\u030b'
	case "v":
		return '\u030c'
	case "d":
		return '\u0323'
	case "c":
		return '\u0327'
	case "k":
		return '\u0328'
	case "b":
		return '\u0331'
	}
	return 0
}

// symbol returns what a command stands for; empty when it stands for nothing.
func symbol(name string) string {
	switch name {
	case "ss":
		return "ß"
	case "o":
		return "ø"
	case "O":
		return "Ø"
	case "l":
		return "ł"
	case "L":
		return "Ł"
	case "ae":
		return "æ"
	case "AE":
		return "Æ"
	case "oe":
		return "œ"
	case "OE":
		return "Œ"
	case "aa":
		return "å"
	case "AA":
		return "Å"
	case "i":
		return "i" // without its dot, for accents
	case "j":
		return "j"
	case "dh":
		return "ð"
	case "DH":
		return "Ð"
	case "th":
		return "þ"
	case "TH":
		return "Þ"
	case "dj":
		return "đ"
	case "DJ":
		return "Đ"
	case "ng":
		return "ŋ"
	case "textquoteright", "textquotesingle", "rq":
		return "’"
	case "textquoteleft", "lq":
		return "‘"
	case "textquotedblleft":
		return "“"
	case "textquotedblright":
		return "”"
	case "guillemotleft":
		return "«"
	case "guillemotright":
		return "»"
	case "textendash":
		return "–"
	case "textemdash":
		return "—"
	case "textellipsis", "ldots", "dots":
		return "…"
	case "textasciitilde":
		return "~"
	case "textasciicircum":
		return "^"
	case "textbraceleft":
		return "{"
	case "textbraceright":
		return "}"
	case "textbackslash":
		return "\\"
	case "textbar":
		return "|"
	case "textless":
		return "<"
	case "textgreater":
		return ">"
	case "textunderscore":
		return "_"
	case "textdegree":
		return "°"
	case "texteuro", "euro":
		return "€"
	case "pounds", "textsterling":
		return "£"
	case "copyright", "textcopyright":
		return "©"
	case "textregistered":
		return "®"
	case "texttrademark":
		return "™"
	case "S":
		return "§"
	case "par":
		return "\n\n"
	case "newline", "linebreak":
		return "\n"
	}
	return ""
}
