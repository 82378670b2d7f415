package dialect

import (
	"strings"

	"github.com/newsq/newsq/internal/query"
)

// proquestRules are the rules of the ProQuest platform.
func proquestRules() rules {
	return rules{
		scan: scanProQuest, rank: proquestRank,
		beside: operator{join: joinAnd},
		word:   proquestWord, quote: proquestQuote,
	}
}

// proquestRank binds PRE first, then NEAR, AND, OR, NOT.
func proquestRank(op operator) int {
	switch op.join {
	case joinAnd:
		return 2
	case joinOr:
		return 3
	case joinAndNot:
		return 4
	}
	if op.ordered {
		return 0
	}
	return 1
}

// proquestScanner makes tokens of a query for ProQuest.
type proquestScanner struct{ scanner }

func scanProQuest(r *reader) []token {
	s := proquestScanner{scanner{reader: r}}
	for c := s.skip(); c >= 0 && s.err == nil; c = s.skip() {
		switch {
		case query.IsQuotationMark(c):
			s.quote()
		case c == '(':
			s.sign(isOpen)
		case c == ')':
			s.sign(isClose)
		case c == '{' || c == '}':
			s.braces(c)
		default:
			s.word()
		}
	}
	return s.out
}

// braces reads a phrase in braces, whose words are found in all their forms.
func (s *proquestScanner) braces(c rune) {
	end := strings.IndexByte(s.text[s.pos:], '}')
	if c == '}' || end < 0 {
		s.fail(s.pos, "a brace without the other one", "write { before the phrase and } behind it")
		return
	}
	s.emit(token{kind: isQuote, text: s.text[s.pos : s.pos+end+1]}, s.pos+end+1)
}

// word emits what starts with a word: an operator, a field, or the word.
func (s *proquestScanner) word() {
	end := s.wordEnd(s.pos, "(){}")
	name := lower(s.text[s.pos:end])
	if op, opEnd, ok := s.operator(name, end); ok {
		s.emit(token{kind: isOperator, op: op}, opEnd)
		return
	}
	if end < len(s.text) && s.text[end] == '(' && s.field(name, end) {
		return
	}
	s.emit(token{kind: isWord, text: s.text[s.pos:end]}, end)
}

// defaultProQuest is what NEAR and PRE mean without a number.
const defaultProQuest = 4

// operator returns the operator that a word is: AND, OR, NOT, NEAR/5, N/5, W/5, PRE/5, P/5.
func (s *proquestScanner) operator(name string, end int) (op operator, opEnd int, ok bool) {
	switch name {
	case "or":
		return operator{join: joinOr}, end, true
	case "and":
		return operator{join: joinAnd}, end, true
	case "not":
		return operator{join: joinAndNot}, end, true
	case "near":
		return measured(joinNear, defaultProQuest, false), end, true
	case "pre":
		return measured(joinNear, defaultProQuest, true), end, true
	case "lnk":
		return operator{join: joinNear, section: true}, end, true
	}
	what, digits, found := strings.Cut(name, "/")
	n, rest, isNumber := number(digits)
	if !found || !isNumber || rest != "" {
		return operator{}, 0, false
	}
	switch what {
	case "near", "n", "w":
		return measured(joinNear, n, false), end, true
	case "pre", "p":
		return measured(joinNear, n, true), end, true
	}
	return operator{}, 0, false
}

// proquestWord is a word, of which ProQuest finds other forms and spellings, too.
func proquestWord(r *reader, t token) query.Node { return r.proquestLeaf(t, t.text, false) }

// proquestQuote is words as they are written, or, in braces, in all their forms.
func proquestQuote(r *reader, t token) query.Node {
	exact := true
	text := t.text
	if inner, ok := strings.CutPrefix(text, "{"); ok {
		text, exact = strings.TrimSuffix(inner, "}"), false
	}
	var leaves []query.Node
	for _, word := range strings.Fields(text) {
		leaves = append(leaves, r.proquestLeaf(t, word, exact))
	}
	return phrase(leaves)
}

// proquestLeaf reads a word with ?, *, *n in brackets, and $n. A bare * stands for five
// characters at most.
func (r *reader) proquestLeaf(t token, text string, exact bool) query.Node {
	text = trimmedIn(text, exact)
	if text == "*" || !strings.ContainsAny(text, "*$[") {
		return r.leaf(t, text, exact)
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "[*"):
			n, tail, ok := number(rest[2:])
			if !ok || !strings.HasPrefix(tail, "]") {
				r.fail(t.start, "[ without a number of characters", "write it as econom[*5]")
				return nil
			}
			b.WriteString(r.bounded(t, max(1, n)))
			i += len(rest) - len(tail)
		case rest[0] == '$':
			n, tail, ok := number(rest[1:])
			if !ok {
				b.WriteByte('$')
				continue
			}
			b.WriteString(r.bounded(t, max(1, n)))
			i += len(rest) - len(tail) - 1
		case rest[0] == '*':
			r.note(t, "* is at most %d characters in ProQuest; for any number, write * in newsq", starProQuest)
			b.WriteString(r.bounded(t, starProQuest))
		default:
			b.WriteByte(text[i])
		}
	}
	return r.leaf(t, b.String(), exact)
}

// starProQuest is how many characters a bare * stands for at most.
const starProQuest = 5
