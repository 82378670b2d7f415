package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// at returns the character at offset i as the syntax sees it, and its size in
// bytes, 0 at the end. Whatever parts words is a space, invalid bytes among
// it; full-width signs are their ASCII forms.
func (p *parser) at(i int) (r rune, size int) {
	if i >= len(p.text) {
		return -1, 0
	}
	if c := p.text[i]; c > ' ' && c < 0x7f {
		return rune(c), 1
	}
	r, size = utf8.DecodeRuneInString(p.text[i:])
	switch {
	case isInvisible(r) && p.withinWord(i):
		return r, size
	case isGap(r), isBlank(r), r == utf8.RuneError && size == 1:
		return ' ', size
	case r == '：' && (i == 0 || !isLetter(p.text[i-1]) && p.text[i-1] != '\\'): // else it ends the name of a field
		return ' ', size
	default:
		return narrow(r), size
	}
}

// isGap reports whether r parts words as white space does: dashes between
// them, and the punctuation of scripts that have their own.
func isGap(r rune) bool {
	switch r {
	case '—', '―', '…', '、', '。', '，', '；', '！', '？', '｡', '､', '︒', '﹑',
		'،', '؛', '؟', '۔', '।', '॥':
		return true
	}
	return false
}

// narrow returns a full-width sign as its ASCII form.
func narrow(r rune) rune {
	if ascii := r - '！' + '!'; isSign(ascii) && r >= '！' {
		return ascii
	}
	return r
}

// isBlank reports whether r is white space, or shows nothing and parts words. What
// is invisible within a word does not, see withinWord.
func isBlank(r rune) bool { return isInvisible(r) || unicode.IsSpace(r) || unicode.IsControl(r) }

// isSign reports whether r is ASCII punctuation.
func isSign(r rune) bool {
	return r > ' ' && r < 0x7f && !isDigit(r) && (r|0x20 < 'a' || r|0x20 > 'z')
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isWordly reports whether r makes a word of what it stands in: letters,
// digits, marks and emoji.
func isWordly(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) ||
		// The symbols below are arrows, and signs such as © and °.
		r > 0x2300 && unicode.Is(unicode.So, r)
}

func isWordy(s string) bool { return strings.IndexFunc(s, isWordly) >= 0 }

// quotationMarks are the marks that start and end phrases.
const quotationMarks = `"“”„‟«»‹›「」『』《》〈〉〝〞〟`

// IsQuotationMark reports whether r starts or ends phrases.
func IsQuotationMark(r rune) bool { return isQuote(r) }

func isQuote(r rune) bool {
	return r == '"' || r >= '«' && strings.ContainsRune(quotationMarks, r)
}

// skip returns the offset of the first character from i on that is no space.
func (p *parser) skip(i int) int {
	for {
		r, size := p.at(i)
		if r != ' ' {
			return i
		}
		i += size
	}
}

// isBorder reports whether a term that ends before offset i may end there.
func (p *parser) isBorder(i int) bool {
	r, _ := p.at(i)
	return r == -1 || r == ' ' || r == '(' || r == ')' || r == '|' || isQuote(r)
}

// skipPunctuation returns the offset behind what ends a term at i and says
// nothing: the punctuation of a clause or sentence, and an ending, as in
// "North Korea"'s or "Ankara"'nın. A border must follow it.
func (p *parser) skipPunctuation(i int) int {
	end := p.ending(i)
	for {
		r, size := p.at(end)
		if size == 0 || !strings.ContainsRune(",;:.!?", r) {
			break
		}
		end += size
	}
	if p.isBorder(end) {
		return end
	}
	return i
}

// apostrophes are the signs that stand before an ending.
const apostrophes = "'’ʼ‘`´′＇"

// maxEnding is how many letters an ending has at most: a possessive's, a
// contraction's, or a case's in Turkish.
const maxEnding = 5

// ending returns the end of the ending behind the quotation or word that ends at
// offset i, which is i where there is none.
func (p *parser) ending(i int) int {
	r, size := utf8.DecodeRuneInString(p.text[i:])
	if !strings.ContainsRune(apostrophes, r) {
		return i
	}
	end := i + size
	for range maxEnding {
		r, size := utf8.DecodeRuneInString(p.text[end:])
		if !unicode.IsLetter(r) {
			break
		}
		end += size
	}
	return end
}

// signed returns the sign of a term at offset i, '-' or '+', or 0 where these
// are text.
func (p *parser) signed(i int) rune {
	sign, _ := p.at(i)
	if sign != '-' && sign != '+' {
		return 0
	}
	_, size := p.at(i)
	i += size
	switch next, _ := p.at(i); {
	case next == sign, next == '>': // "--" is a dash, "->" an arrow
		return 0
	case next == '(', next == '\\', next == '*', next == '/', isQuote(next):
		return sign
	}
	for {
		r, size := p.at(i)
		switch {
		case isWordly(r):
			return sign
		case p.isBorder(i):
			return 0
		}
		i += size
	}
}

// opens reports whether what stands before offset i lets a sign stand at i.
func (p *parser) opens(i int) bool {
	if i == 0 {
		return true
	}
	_, size := utf8.DecodeLastRuneInString(p.text[:i])
	r, _ := p.at(i - size)
	return r == ' ' || r == '(' || r == '|'
}

// opKind tells operators apart.
type opKind uint8

const (
	opNone opKind = iota
	opEnd         // the end of the query, or of a group
	opOr
	opAnd
	opNot
	opNear
	opStray // a closing parenthesis without an opening one
)

// operator is an operator as it stands in the text.
type operator struct {
	kind       opKind
	start, end int
	text       string // as written; without the NOT before it
	negated    bool   // NOT stands before NEAR or ADJ
}

// isWord reports whether the operator is a word rather than a sign.
func (o operator) isWord() bool { return isLetter(o.text[0]) }

// operator returns the operator that comes next, or opNone. It doesn't move.
func (p *parser) operator() operator {
	start := p.skip(p.pos)
	op := operator{start: start, end: start}
	r, size := p.at(start)
	switch {
	case size == 0, r == ')' && p.groups > 0:
		op.kind = opEnd
		return op
	case r == ')':
		op.kind, op.end = opStray, start+size
	case r == '|':
		for r == '|' {
			op.end += size
			r, size = p.at(op.end)
		}
		op.kind = opOr
	default:
		op.kind, op.end = p.wordOperator(start)
	}
	op.text = p.text[start:op.end]
	return op
}

// wordOperator returns the kind and end of the operator at offset i that is a
// run of characters up to a border.
func (p *parser) wordOperator(i int) (opKind, int) {
	end := i
	for !p.isBorder(end) {
		_, size := p.at(end)
		end += size
		if end-i > len("NEAR/")+maxTerm {
			return opNone, i
		}
	}
	switch text := p.text[i:end]; {
	case p.plain && text != "&&":
		return opNone, i
	case text == "OR":
		return opOr, end
	case text == "AND", text == "&&":
		return opAnd, end
	case text == "NOT":
		return opNot, end
	case text == "NEAR", text == "ADJ", strings.HasPrefix(text, "NEAR/"), strings.HasPrefix(text, "ADJ/"):
		return opNear, end
	default:
		return opNone, i
	}
}
