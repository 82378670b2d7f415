package extract

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxMark is how long the mark of a note may be, in bytes: "1", "[note 12]".
const maxMark = 24

// raise says how an element sets its text off from what stands in front of it.
type raise uint8

const (
	level  raise = iota // not at all
	anchor              // as a link to a place on a page
	raised              // above the line
	noted               // as the mark of a note
)

// raising returns how n sets its text off.
func raising(n *html.Node) raise {
	how := level
	if n.DataAtom == atom.Sup {
		how = raised
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && raising(c) == anchor {
				return noted
			}
		}
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "href":
			if n.DataAtom == atom.A && strings.Contains(a.Val, "#") {
				how = max(how, anchor)
			}
		case "role", "epub:type":
			if hasWord(a.Val, "doc-noteref") || hasWord(a.Val, "noteref") {
				return noted
			}
		case "class":
			if namesNote(a.Val) {
				return noted
			}
		case "style":
			if strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "vertical-align:super") {
				how = max(how, raised)
			}
		}
	}
	return how
}

// namesNote reports whether a class has a name for the marks of notes.
func namesNote(class string) bool {
	if len(class) > maxMetaValue {
		return false
	}
	for name := range strings.FieldsSeq(class) {
		for _, w := range classWords(name) {
			switch w {
			case "footnote", "footnotes", "footnoteref", "endnote", "noteref", "fnref", "superscript", "fussnote":
				return true
			}
		}
	}
	return false
}

// settleRaised decides what becomes of buf[start:], which an element set off
// from what stands in front of it. The mark of a note goes: "tariffs" and 1
// are no word. What makes a word, a unit or a formula with it stays with it:
// 5th, m2, Na+. What does neither stands apart.
func settleRaised(buf []byte, start int, how raise) []byte {
	text := string(buf[start:])
	t := strings.TrimSpace(text)
	before, _ := utf8.DecodeLastRune(buf[:start])
	if t == "" || len(t) > maxMetaValue || start == 0 || unicode.IsSpace(before) ||
		strings.ContainsRune("([{<«„“‘–—-/=|", before) {
		return buf
	}
	base := lastWord(buf[:start])
	if how == anchor {
		if isMark(t, base, how) {
			return buf[:start]
		}
		return buf
	}
	if sign := trademark(t); sign != "" {
		return append(buf[:start], sign...)
	}
	switch {
	case isMark(t, base, how):
		if how == noted || !isPower(base, t, buf[:start]) {
			return dropMark(buf[:start], base, t, how)
		}
		if base == "10" {
			return append(append(buf[:start], '^'), t...)
		}
	case how == noted && startsWord(t), isNumber(base) && strings.ContainsAny(t, "/⁄½⅓¼¾⅔⅛"):
		return append(append(buf[:start], ' '), text...)
	}
	return buf
}

// dropMark takes the mark off. Behind a number, where nothing says that it is
// one, it is parted, as it may be cents or a score.
func dropMark(buf []byte, base, mark string, how raise) []byte {
	before, _ := utf8.DecodeLastRune(buf[:len(buf)-len(base)])
	inName := before == '-' || before == '‑' || before == '–'
	if r, _ := utf8.DecodeRuneInString(mark); how != noted && isNumber(base) && len(base) < 4 && !inName && unicode.IsDigit(r) {
		return append(append(buf, ' '), mark...)
	}
	return buf
}

// trademark returns the sign for letters that are raised in place of it.
func trademark(s string) string {
	switch s {
	case "TM", "tm":
		return "™"
	case "SM", "sm":
		return "℠"
	case "R", "®":
		return "®"
	}
	return ""
}

// maxWord is how much of a word is looked at, in bytes.
const maxWord = 64

// lastWord returns the letters and digits that a text ends in.
func lastWord(buf []byte) string {
	i := len(buf)
	for i > 0 {
		r, n := utf8.DecodeLastRune(buf[:i])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			break
		}
		if i -= n; len(buf)-i > maxWord {
			break
		}
	}
	return string(buf[i:])
}

// isMark reports whether a text reads like the mark of a note: a number, a
// star, a letter, or a word and a number in brackets, or several such.
func isMark(t, base string, how raise) bool {
	if len(t) > maxMark {
		return false
	}
	if strings.Trim(t, "-−–") != t {
		return false // a power below 1, or the charge of an ion
	}
	inner := strings.Trim(t, "[]()（）〔〕［］")
	note := how == noted || inner != t
	digits, letters, signs := 0, 0, 0
	run := 0 // digits in a row
	for _, r := range inner {
		if isMarkDigit(r) {
			digits++
			if run++; run > 3 {
				return false // a year
			}
			continue
		}
		run = 0
		switch {
		case strings.ContainsRune("*＊∗†‡§¶#※", r):
			signs++
		case unicode.IsLetter(r):
			letters++
		case r != ' ' && !strings.ContainsRune(",;.–-‐−", r):
			return false
		}
	}
	switch {
	case letters == 0:
		return digits+signs > 0
	case letters == 1 && digits == 0:
		return note || utf8.RuneCountInString(base) >= 5 && endsLower(base)
	case digits > 0 && strings.HasPrefix(inner, "注"), digits > 0 && strings.HasPrefix(inner, "註"):
		return true
	}
	return note && digits > 0
}

func isMarkDigit(r rune) bool {
	return unicode.IsDigit(r) || r == '¹' || r == '²' || r == '³' || r == '⁰' || r >= '⁴' && r <= '⁹'
}

func endsLower(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLower(r)
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isNumber(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return s != ""
}

// isPower reports whether a number raised behind base is a power rather than a
// mark: of a unit of length or time, of ten, of a variable. text ends in base.
func isPower(base, t string, text []byte) bool {
	if !isNumber(t) {
		return false
	}
	if base == "10" {
		return true
	}
	unit := strings.ToLower(strings.TrimLeftFunc(base, unicode.IsDigit))
	switch unit {
	case "km", "cm", "mm", "dm", "nm", "hm", "dam", "μm", "µm", "ft", "yd", "inch", "sec",
		"км", "см", "мм", "дм", "كم", "كلم", "سم", "م", "mc":
		return len(t) == 1
	case "in", "mi", "sq", "кв":
		head := bytes.TrimRight(text[:len(text)-len(base)], " ")
		return len(t) == 1 && (unit != base || isMarkDigit(lastRune(head)))
	}
	r, n := utf8.DecodeRuneInString(unit)
	return unit != "" && n == len(unit) && len(t) == 1 && unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

// goesOn reports whether a text begins with a word rather than with a symbol
// of one or two letters, such as that of an element behind its mass number.
func goesOn(s string) bool {
	letters := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			break
		}
		if letters++; letters == 3 {
			return true
		}
	}
	return false
}

func lastRune(b []byte) rune {
	r, _ := utf8.DecodeLastRune(b)
	return r
}
