package dialect

import (
	"strings"

	"github.com/newsq/newsq/internal/query"
)

// factivaRules are the rules of Factiva's language for free text.
func factivaRules() rules {
	return rules{
		scan: scanFactiva, rank: factivaRank,
		beside: operator{join: joinBeside},
		word:   factivaWord, quote: factivaQuote,
	}
}

// The ranks of Factiva's operators.
const (
	factivaFields = 2 // and atleastn
	factivaNot    = 3
	factivaAnd    = 4
	factivaOr     = 5
)

func factivaRank(op operator) int {
	switch op.join {
	case joinBeside:
		return 0
	case joinAndNot:
		return factivaNot
	case joinAnd:
		return factivaAnd
	case joinOr:
		return factivaOr
	}
	return 1
}

// factivaScanner makes tokens of a query for Factiva.
type factivaScanner struct{ scanner }

const factivaStops = "()[]"

func scanFactiva(r *reader) []token {
	s := factivaScanner{scanner{reader: r}}
	for c := s.skip(); c >= 0 && s.err == nil; c = s.skip() {
		switch {
		case query.IsQuotationMark(c):
			s.quote()
		case c == '(' || c == '[':
			s.sign(isOpen)
		case c == ')' || c == ']':
			s.sign(isClose)
		case c == '\'':
			s.pos++ // white space to Factiva
		default:
			s.word()
		}
	}
	return s.out
}

// word emits what starts with a word: an operator, a field, a date, or the word.
func (s *factivaScanner) word() {
	end := s.wordEnd(s.pos, factivaStops)
	name := lower(s.text[s.pos:end])
	if op, opEnd, ok := s.operator(name, end); ok {
		s.emit(token{kind: isOperator, op: op}, opEnd)
		return
	}
	if s.gap(name) || s.slashed(name) || s.date(name, end) || s.wordCount(name) || s.count(name, end) || s.fieldOf(name) {
		return
	}
	s.emit(token{kind: isWord, text: s.text[s.pos:end]}, end)
}

// operator returns the operator that a word is.
func (s *factivaScanner) operator(name string, end int) (op operator, opEnd int, ok bool) {
	switch name {
	case "or":
		return operator{join: joinOr}, end, true
	case "and":
		return operator{join: joinAnd}, end, true
	case "not":
		return operator{join: joinAndNot}, end, true
	case "same":
		return inUnit(joinNear, query.Paragraph, false), end, true
	}
	for _, p := range []struct {
		prefix  string
		ordered bool
	}{{"w/", true}, {"adj", true}, {"near", false}} {
		rest, found := strings.CutPrefix(name, p.prefix)
		if !found {
			continue
		}
		if rest == "" {
			rest = "1"
		}
		if n, tail, ok := number(rest); ok && tail == "" {
			return measured(joinNear, n, p.ordered), end, true
		}
	}
	return operator{}, 0, false
}

// gap emits % signs, each of which stands for one word between two others.
func (s *factivaScanner) gap(name string) bool {
	signs := len(name) - len(strings.TrimLeft(name, "%"))
	if signs == 0 || signs < len(name) {
		return false
	}
	t := token{start: s.pos, end: s.pos + signs}
	s.note(t, "each %% is one word between; newsq also finds fewer")
	s.emit(token{kind: isOperator, op: measured(joinNear, signs+1, true)}, s.pos+signs)
	return true
}

// slashed emits the word before /N30/ or /F50/, and that.
func (s *factivaScanner) slashed(name string) bool {
	for i := 0; i+2 < len(name); i++ {
		if name[i] != '/' || name[i+1] != 'n' && name[i+1] != 'f' {
			continue
		}
		n, rest, ok := number(name[i+2:])
		if !ok || !strings.HasPrefix(rest, "/") {
			continue
		}
		end := s.pos + len(name) - len(rest) + 1
		if i > 0 {
			s.emit(token{kind: isWord, text: s.text[s.pos : s.pos+i]}, s.pos+i)
		}
		if name[i+1] == 'n' {
			s.emit(token{kind: isOperator, op: measured(joinNear, n, false)}, end)
			return true
		}
		s.emit(token{kind: isSuffix, apply: func(t token, of query.Node) query.Node {
			s.note(t, "newsq looks at so many words of the body; the title isn't counted among them")
			return s.lead(t, max(1, min(n, query.MaxDistance)), of)
		}}, end)
		return true
	}
	return false
}

// count emits atleast5.
func (s *factivaScanner) count(name string, end int) bool {
	digits, ok := strings.CutPrefix(name, "atleast")
	n, rest, isNumber := number(digits)
	if !ok || !isNumber || rest != "" {
		return false
	}
	s.emit(token{kind: isPrefix, rank: factivaFields, apply: func(t token, of query.Node) query.Node { return s.atLeast(t, n, of) }}, end)
	return true
}

// wordCount emits wc>1000.
func (s *factivaScanner) wordCount(name string) bool {
	rest, ok := strings.CutPrefix(name, "wc")
	start := s.pos
	next := s.blank(s.pos + len("wc"))
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], "<>=") || next == len(s.text) || !strings.ContainsAny(s.text[next:next+1], "<>=") {
		return false
	}
	sign, _ := comparison(s.text[next:])
	value := s.blank(next + len(sign))
	end := s.wordEnd(value, factivaStops)
	t := token{start: start, end: end}
	s.emit(token{kind: isLeaf, node: s.lengthOf(t, sign+s.text[value:end])}, end)
	return true
}

// date emits a date: date from 20200101 to 20201231, date after 1/31/2020, date before -7.
func (s *factivaScanner) date(name string, end int) bool {
	field := "date"
	switch name {
	case "date":
	case "upd":
		field = "added"
	default:
		return false
	}
	word := s.blank(end)
	wordEnd := s.wordEnd(word, factivaStops)
	value := s.blank(wordEnd)
	valueEnd := s.wordEnd(value, factivaStops)
	t := token{start: s.pos, end: valueEnd}
	sign := relation(lower(s.text[word:wordEnd]))
	if strings.EqualFold(s.text[word:wordEnd], "from") {
		to := s.follows(s.blank(valueEnd), "to")
		if to == 0 {
			s.emit(token{kind: isLeaf, node: inDateField(dated(">=", s.day(t, s.text[value:valueEnd])), field)}, valueEnd)
			return true
		}
		high := s.blank(to)
		highEnd := s.wordEnd(high, factivaStops)
		t.end = highEnd
		s.emit(token{kind: isLeaf, node: inDateField(s.period(t, s.text[value:valueEnd], s.text[high:highEnd]), field)}, highEnd)
		return true
	}
	if sign == "" {
		return false
	}
	s.emit(token{kind: isLeaf, node: inDateField(dated(sign, s.day(t, s.text[value:valueEnd])), field)}, valueEnd)
	return true
}

// factivaWord is a word as it is written: Factiva finds no other forms of it.
func factivaWord(r *reader, t token) query.Node { return r.factivaLeaf(t, t.text) }

func factivaQuote(r *reader, t token) query.Node {
	var leaves []query.Node
	for _, word := range strings.Fields(t.text) {
		leaves = append(leaves, r.factivaLeaf(t, word))
	}
	return phrase(leaves)
}

// factivaLeaf reads a word with *, ? and $n, which is at most n characters at the end.
func (r *reader) factivaLeaf(t token, text string) query.Node {
	text = trimmed(text)
	if head, digits, ok := strings.Cut(text, "$"); ok && head != "" {
		n, rest, isNumber := number(digits)
		switch {
		case isNumber && rest == "" && n > 0:
			text = head + r.bounded(t, n)
		case digits == "":
			r.note(t, "$ without a number is any ending")
			text = head + "*"
		}
	}
	return r.leaf(t, text, true)
}

// maxBounded is the most characters that a bounded wildcard may stand for.
const maxBounded = 20

// bounded returns the sign for at most n characters.
func (r *reader) bounded(t token, n int) string {
	if n > maxBounded {
		r.note(t, "newsq bounds endings at %d characters: any number is found instead", maxBounded)
		return "*"
	}
	return "*{" + itoa(n) + "}"
}
