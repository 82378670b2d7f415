package dialect

import (
	"strings"

	"github.com/newsq/newsq/internal/query"
)

// nexisRules are the rules of Lexis+ and Nexis Uni.
func nexisRules() rules {
	return rules{
		scan: scanNexis, rank: nexisRank,
		beside: operator{join: joinBeside},
		word:   nexisWord, quote: nexisQuote,
	}
}

// nexisRank binds words side by side first, then OR, then proximities from the smallest
// number of words to the largest, sentences, paragraphs, AND, and AND NOT.
func nexisRank(op operator) int {
	const sentences = query.MaxDistance + 2 // behind every number of words
	switch op.join {
	case joinBeside:
		return 0
	case joinOr:
		return 1
	case joinAnd:
		return sentences + 3
	case joinAndNot:
		return sentences + 4
	}
	switch {
	case op.section:
		return sentences + 2
	case op.unit == query.Sentence:
		return sentences
	case op.unit == query.Paragraph:
		return sentences + 1
	}
	return 1 + op.distance
}

// nexisScanner makes tokens of a query for Nexis.
type nexisScanner struct{ scanner }

func scanNexis(r *reader) []token {
	s := nexisScanner{scanner{reader: r}}
	for c := s.skip(); c >= 0 && s.err == nil; c = s.skip() {
		switch {
		case query.IsQuotationMark(c):
			s.quote()
		case c == '(':
			s.sign(isOpen)
		case c == ')':
			s.sign(isClose)
		default:
			s.word()
		}
	}
	return s.out
}

// word emits what starts with a word: a connector, a command, a segment, or the word.
func (s *nexisScanner) word() {
	end := s.wordEnd(s.pos, "()")
	name := lower(s.text[s.pos:end])
	if op, opEnd, ok := s.connector(name, end); ok {
		s.emit(token{kind: isOperator, op: op}, opEnd)
		return
	}
	if s.date(name, end) || s.length(name, end) || s.command(name, end) || s.segment(name, end) {
		return
	}
	s.emit(token{kind: isWord, text: s.text[s.pos:end]}, end)
}

// connector returns the operator that starts with a word which ends at end.
func (s *nexisScanner) connector(name string, end int) (op operator, opEnd int, ok bool) {
	next := s.blank(end)
	nextEnd := s.wordEnd(next, "()")
	behind := lower(s.text[next:nextEnd])
	switch name {
	case "or":
		return operator{join: joinOr}, end, true
	case "and", "&", "but":
		if behind == "not" {
			return operator{join: joinAndNot}, nextEnd, true
		}
		return operator{join: joinAnd}, end, name != "but"
	case "andnot", "butnot":
		return operator{join: joinAndNot}, end, true
	case "not":
		if op, ok := nexisProximity(behind, joinNotNear); ok {
			return op, nextEnd, true
		}
		return operator{join: joinAndNot}, end, true
	}
	switch name {
	case "w/", "near/", "onear/", "pre/":
		s.fail(s.pos, name+" without a number of words", "write it as "+name+"5")
	}
	op, ok = nexisProximity(name, joinNear)
	return op, end, ok
}

// nexisProximity reads w/5, /5, near/5, pre/5, +5, onear/5, w/s, /p, pre/s, w/seg and so on.
func nexisProximity(name string, j join) (operator, bool) {
	measure, ordered, found := "", false, false
	for _, p := range []struct {
		prefix  string
		ordered bool
	}{{"w/", false}, {"near/", false}, {"onear/", true}, {"pre/", true}, {"/", false}, {"+", true}} {
		if rest, ok := strings.CutPrefix(name, p.prefix); ok {
			measure, ordered, found = rest, p.ordered, true
			break
		}
	}
	if !found {
		return operator{}, false
	}
	switch measure {
	case "s", "sent", "sentence":
		return inUnit(j, query.Sentence, ordered), true
	case "p", "para", "paragraph":
		return inUnit(j, query.Paragraph, ordered), true
	case "seg", "segment", "sec", "section":
		return operator{join: j, section: true}, true
	}
	n, rest, ok := number(measure)
	return measured(j, n, ordered), ok && rest == ""
}

// command emits caps(, allcaps(, nocaps(, singular(, plural( and atleast5(.
func (s *nexisScanner) command(name string, end int) bool {
	if digits, ok := strings.CutPrefix(name, "atleast"); ok {
		count, rest, ok := number(digits)
		if !ok || rest != "" {
			return false
		}
		s.emit(token{kind: isPrefix, rank: -1, apply: func(t token, n query.Node) query.Node { return s.atLeast(t, count, n) }}, end)
		return true
	}
	if s.blank(end) == len(s.text) || s.text[s.blank(end)] != '(' {
		return false
	}
	var apply func(token, query.Node) query.Node
	switch name {
	case "caps":
		apply = func(t token, n query.Node) query.Node { return s.cased(t, n, someCapitals) }
	case "allcaps":
		apply = func(t token, n query.Node) query.Node { return s.cased(t, n, allCapitals) }
	case "nocaps":
		apply = func(t token, n query.Node) query.Node { return s.cased(t, n, noCapitals) }
	case "singular":
		apply = func(t token, n query.Node) query.Node { return s.numbered(t, n, false) }
	case "plural":
		apply = func(t token, n query.Node) query.Node { return s.numbered(t, n, true) }
	default:
		return false
	}
	s.emit(token{kind: isPrefix, rank: -1, apply: apply}, end)
	return true
}

// numbered returns n with its words as they are written, in the plural where asked for.
func (r *reader) numbered(t token, n query.Node, plural bool) query.Node {
	return mapped(n, func(n query.Node) query.Node {
		text := textOf(n)
		if text == "" {
			r.note(t, "a pattern has no number: %s is left as it is", n)
			return n
		}
		if plural {
			text = pluralOf(text)
		}
		r.note(t, "%s is found as this very form alone", text)
		if strings.Contains(text, " ") {
			return query.Phrase{Text: text}
		}
		return query.Word{Text: text, Exact: true}
	})
}

// pluralOf returns the regular plural of an English word, or of the last of several.
func pluralOf(s string) string {
	lower := strings.ToLower(s)
	stem, isY := strings.CutSuffix(s, "y")
	switch {
	case strings.HasSuffix(lower, "ss"), strings.HasSuffix(lower, "x"), strings.HasSuffix(lower, "ch"), strings.HasSuffix(lower, "sh"):
		return s + "es"
	case strings.HasSuffix(lower, "s"):
		return s
	case isY && stem != "" && !strings.ContainsAny(stem[len(stem)-1:], "aeiou"):
		return stem + "ies"
	}
	return s + "s"
}

// nexisWord is a word, of which Nexis finds other forms, too.
func nexisWord(r *reader, t token) query.Node { return r.nexisLeaf(t, t.text, false) }

// nexisQuote is words as they are written.
func nexisQuote(r *reader, t token) query.Node {
	var leaves []query.Node
	for _, word := range strings.Fields(t.text) {
		leaves = append(leaves, r.nexisLeaf(t, word, true))
	}
	return phrase(leaves)
}

func (r *reader) nexisLeaf(t token, text string, exact bool) query.Node {
	if strings.HasPrefix(text, "#") {
		r.note(t, "left out, as newsq's topics have no scores of relevance")
		return nil
	}
	text = trimmedIn(text, exact)
	if at := strings.IndexByte(text, '*'); at >= 0 && isWordly(text) {
		if at == len(text)-1 {
			r.note(t, "* is any ending, as in Lexis+ and Nexis Uni; where it was one character or none, write *{1} for it")
		} else {
			r.note(t, "* within a word is any characters, as in Lexis+ and Nexis Uni; where it was one character, write ? for it")
		}
	}
	return r.leaf(t, strings.ReplaceAll(text, "!", "*"), exact)
}
