package query

import (
	"slices"
	"strings"
)

// Kinds returns the kinds of sentences that the field is asks for: what is expected to
// happen, what somebody should do, and what weakens a statement.
func Kinds() []string { return []string{"forecast", "recommendation", "caveat"} }

// kindsList lists what is: can be asked for.
func kindsList() string {
	kinds := Kinds()
	last := len(kinds) - 1
	return "is:" + strings.Join(kinds[:last], ", is:") + " or is:" + kinds[last]
}

// kindsOf returns a value of the field is with the kinds as [Kinds] has them: one, or
// several joined by OR. bad is the part of it that is no kind.
func kindsOf(n Node) (kinds, bad Node) {
	switch n := n.(type) {
	case Word:
		n.Text = strings.ToLower(n.Text)
		if !n.Exact && slices.Contains(Kinds(), n.Text) {
			return n, nil
		}
	case Or:
		of := make([]Node, len(n.Operands))
		for i, sub := range n.Operands {
			if of[i], bad = kindsOf(sub); bad != nil {
				return nil, bad
			}
		}
		n.Operands = of
		return n, nil
	}
	return nil, n
}

// leadEnd returns the end of the number of words behind "lead" that starts at offset i
// with a slash, which is i where there is none.
func (p *parser) leadEnd(i int) int {
	r, size := p.at(i)
	if r != '/' {
		return i
	}
	end := i + size
	for end < len(p.text) && isDigit(rune(p.text[end])) {
		end++
	}
	if end == i+size {
		return i
	}
	return end
}

// cased reports what caps: has no capitals to look for in, and returns what is left of n
// when that is mended: n itself where there is nothing wrong, in which case ok is true.
func (p *parser) cased(n Node) (left Node, ok bool, err error) {
	var bad Node
	var what string
	mended, left := "took it without capitals", n
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case And, Or, Word, Prefix, Phrase:
			return true
		case Wildcard:
			if isWordy(n.Pattern) {
				return true
			}
			what, mended, left = "any word", "ignored it", noise{}
		case Fuzzy:
			what = "a word with ~"
		case Regex:
			what = "a regular expression"
		case Near, NotNear:
			what = "a NEAR"
		case Not:
			what = "a negation"
		default:
			what = "something other than words"
		}
		if bad == nil {
			bad = n
		}
		return false
	})
	if bad == nil {
		return n, true, nil
	}
	start, _ := bad.Pos()
	return left, false, p.fault(start, what+" within caps:",
		`write words as they are written, such as caps:AIDS, caps:Turk* or caps:(WHO OR "White House"), and signs before caps:`, mended)
}
