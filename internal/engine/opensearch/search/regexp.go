package search

import (
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxRegexp is the length of the longest regular expression that an index takes, unless
// it is set otherwise.
const maxRegexp = 1000

// luceneRegexp is a regular expression in the syntax of Lucene, for whole words.
type luceneRegexp struct {
	text  string
	exact bool // whether it takes in no more words than the one it was made of
	none  bool // it takes in no word at all
}

// writeRegexp writes a regular expression of Go's for Lucene. Of what Lucene lacks, it
// writes something wider: all characters for a large class of them, nothing at all for
// an assertion.
func writeRegexp(pattern string) (luceneRegexp, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return luceneRegexp{}, err
	}
	w := regexpWriter{exact: true}
	none := !w.write(re, true, true)
	return luceneRegexp{text: w.b.String(), exact: w.exact, none: none}, nil
}

type regexpWriter struct {
	b     strings.Builder
	exact bool
}

// maxClassRanges is how many ranges of characters are written out.
const maxClassRanges = 24

// write writes an expression as one unit, to which an operator may be added. first and
// last say that it begins and ends the word. It returns false for what matches nothing;
// what it wrote then is void.
func (w *regexpWriter) write(re *syntax.Regexp, first, last bool) bool {
	switch re.Op {
	case syntax.OpNoMatch:
		return false
	case syntax.OpEmptyMatch:
		w.b.WriteString("()")
	case syntax.OpLiteral:
		w.literal(re)
	case syntax.OpCharClass:
		return w.class(re.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL: // words have no ends of lines
		w.b.WriteByte('.')
	case syntax.OpBeginLine, syntax.OpBeginText:
		w.assertion(first)
	case syntax.OpEndLine, syntax.OpEndText:
		w.assertion(last)
	case syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		w.assertion(false)
	case syntax.OpCapture:
		return w.write(re.Sub[0], first, last)
	case syntax.OpStar:
		return w.repeat(re, 0, -1)
	case syntax.OpPlus:
		return w.repeat(re, 1, -1)
	case syntax.OpQuest:
		return w.repeat(re, 0, 1)
	case syntax.OpRepeat:
		return w.repeat(re, re.Min, re.Max)
	case syntax.OpConcat:
		return w.concat(re.Sub, first, last)
	case syntax.OpAlternate:
		return w.alternate(re.Sub, first, last)
	}
	return true
}

// assertion writes an assertion, which holds or isn't known to.
func (w *regexpWriter) assertion(holds bool) {
	w.b.WriteString("()")
	w.exact = w.exact && holds
}

func (w *regexpWriter) literal(re *syntax.Regexp) {
	w.b.WriteByte('(')
	for _, r := range re.Rune {
		if re.Flags&syntax.FoldCase != 0 && unicode.SimpleFold(r) != r {
			w.class(foldings(r))
			continue
		}
		w.char(r)
	}
	w.b.WriteByte(')')
}

// foldings returns, as ranges, the characters that differ from r in case alone.
func foldings(r rune) []rune {
	all := []rune{r}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		all = append(all, f)
	}
	slices.Sort(all)
	var ranges []rune
	for _, f := range all {
		ranges = append(ranges, f, f)
	}
	return ranges
}

// char writes a character that stands for itself. A backslash before a letter may mean
// a class.
func (w *regexpWriter) char(r rune) {
	if r < unicode.MaxASCII && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		w.b.WriteByte('\\')
	}
	w.b.WriteRune(r)
}

// class writes a class of characters.
func (w *regexpWriter) class(ranges []rune) bool {
	switch {
	case len(ranges) == 0:
		return false
	case len(ranges) > 2*maxClassRanges:
		w.b.WriteByte('.')
		w.exact = false
		return true
	}
	w.b.WriteByte('[')
	for i := 0; i < len(ranges); i += 2 {
		w.charRange(outsideSurrogates(ranges[i], ranges[i+1]))
	}
	w.b.WriteByte(']')
	return true
}

// charRange writes a range of characters in a class. What is escaped there begins and
// ends no range.
func (w *regexpWriter) charRange(low, high rune) {
	for ; low <= high && isClassSign(low); low++ {
		w.char(low)
	}
	for ; low <= high && isClassSign(high); high-- {
		w.char(high)
	}
	if low > high {
		return
	}
	w.b.WriteRune(low)
	if low < high {
		w.b.WriteByte('-')
		w.b.WriteRune(high)
	}
}

// isClassSign reports whether a character means something in a class.
func isClassSign(r rune) bool { return strings.ContainsRune(`]\\-^"`, r) }

// outsideSurrogates returns a range without halves of surrogate pairs at its ends, which
// are no characters and cannot be sent.
func outsideSurrogates(low, high rune) (rune, rune) {
	if utf16.IsSurrogate(low) {
		low = 0xE000
	}
	if utf16.IsSurrogate(high) {
		high = 0xD7FF
	}
	return low, high
}

func (w *regexpWriter) repeat(re *syntax.Regexp, least, most int) bool {
	before := w.b.Len()
	w.b.WriteByte('(')
	if most == 0 || !w.write(re.Sub[0], false, false) {
		w.cut(before)
		w.b.WriteString("()")
		return least == 0 || most == 0
	}
	w.b.WriteByte(')')
	switch {
	case least == 0 && most < 0:
		w.b.WriteByte('*')
	case least == 1 && most < 0:
		w.b.WriteByte('+')
	case least == 0 && most == 1:
		w.b.WriteByte('?')
	case most < 0:
		w.b.WriteString("{" + strconv.Itoa(least) + ",}")
	default:
		w.b.WriteString("{" + strconv.Itoa(least) + "," + strconv.Itoa(most) + "}")
	}
	return true
}

func (w *regexpWriter) concat(of []*syntax.Regexp, first, last bool) bool {
	w.b.WriteByte('(')
	for i, re := range of {
		if !w.write(re, first && i == 0, last && i == len(of)-1) {
			return false
		}
	}
	w.b.WriteByte(')')
	return true
}

func (w *regexpWriter) alternate(of []*syntax.Regexp, first, last bool) bool {
	w.b.WriteByte('(')
	some := false
	for _, re := range of {
		before := w.b.Len()
		if some {
			w.b.WriteByte('|')
		}
		if w.write(re, first, last) {
			some = true
		} else {
			w.cut(before)
		}
	}
	w.b.WriteByte(')')
	return some
}

// cut takes back what was written behind a place.
func (w *regexpWriter) cut(at int) {
	kept := w.b.String()[:at]
	w.b.Reset()
	w.b.WriteString(kept)
}
