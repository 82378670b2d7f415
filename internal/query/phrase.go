package query

import (
	"fmt"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode/utf8"
)

// phrase reads a phrase with its slop.
func (p *parser) phrase() (Node, error) {
	start := p.pos
	text, err := p.quoted()
	if err != nil {
		return nil, err
	}
	n := Phrase{At: At{start, p.pos}, Text: text}
	if text == "" {
		return noise{}, p.fault(start, "empty quotation", "write words between the marks, or remove them", "ignored it")
	}
	for _, word := range strings.Fields(text) {
		if len(word) > maxTerm {
			return noise{}, p.fault(start, fmt.Sprintf("word longer than %d bytes", maxTerm), "shorten it", "ignored the quotation")
		}
	}
	if r, size := p.at(p.pos); r == '~' {
		if n.Slop, err = p.slop(p.pos + size); err != nil {
			return nil, err
		}
		n.End = p.pos
	}
	if !isWordy(text) {
		return noise{Word{At: n.At, Text: text}}, nil
	}
	return n, nil
}

// slop reads the number that starts at offset i, after a "~".
func (p *parser) slop(i int) (int, error) {
	at, end := p.pos, i
	for end < len(p.text) && isDigit(rune(p.text[end])) {
		end++
	}
	p.pos = end
	if end == i {
		return 0, p.fault(at, "~ without a number", `write the number of other words that may stand between, as in "a b"~3`, "ignored it")
	}
	n, err := strconv.Atoi(p.text[i:end])
	if err != nil || n > maxDistance {
		return maxDistance, p.fault(at, fmt.Sprintf("more than %d words between", maxDistance),
			"write a smaller number, or AND", fmt.Sprintf("took %d", maxDistance))
	}
	return n, nil
}

// quoted reads a text in quotation marks, with each run of white space in it
// as one space.
func (p *parser) quoted() (string, error) {
	open := p.pos
	mark, size := p.at(open)
	end := p.closingQuote(open+size, closers(mark))
	if end < 0 { // mixed kinds come from editors that turn only some of them
		end = p.closingQuote(open+size, quotationMarks)
	}
	if end < 0 {
		closer, _ := utf8.DecodeRuneInString(closers(mark))
		if err := p.fault(open, "unclosed quotation", fmt.Sprintf("add %c at the end", closer), "read it to the end"); err != nil {
			return "", err
		}
		end = len(p.text)
	}
	var b []byte
	for i := open + size; i < end; {
		r, size := p.at(i)
		if r == '\\' && p.escapesQuoted(i+size) {
			i += size
		}
		// The character itself: a dash is no space here.
		r, size = utf8.DecodeRuneInString(p.text[i:])
		if r == utf8.RuneError && size == 1 {
			r = ' '
		}
		if !isInvisible(r) || !p.withinWord(i) {
			b = appendText(b, r)
		}
		i += size
	}
	_, size = p.at(end)
	p.pos = end + size
	return strings.TrimSuffix(string(b), " "), nil
}

// appendText appends r to the text of a phrase, runs of white space as one
// space, and none at the start.
func appendText(b []byte, r rune) []byte {
	if !isBlank(r) {
		return utf8.AppendRune(b, r)
	}
	if len(b) > 0 && b[len(b)-1] != ' ' {
		b = append(b, ' ')
	}
	return b
}

// escapesQuoted reports whether, within quotation marks, a backslash takes the
// meaning of the character at offset i.
func (p *parser) escapesQuoted(i int) bool {
	r, _ := p.at(i)
	return isQuote(r) || r == '\\'
}

// closingQuote returns the offset of the first of marks from i on, or -1.
func (p *parser) closingQuote(i int, marks string) int {
	// What was not found behind one mark is not looked for behind the next.
	start := i
	if from, known := p.unclosed[marks]; known && start >= from {
		return -1
	}
	for {
		r, size := p.at(i)
		switch {
		case size == 0:
			if p.unclosed == nil {
				p.unclosed = make(map[string]int)
			}
			p.unclosed[marks] = start
			return -1
		case r == '\\' && p.escapesQuoted(i+size):
			i += size
			_, size = p.at(i)
		case isQuote(r) && strings.ContainsRune(marks, r) && !p.isGershayim(i):
			return i
		}
		i += size
	}
}

// closers returns the marks that close a quotation which mark opens. Which
// one does varies with the language: „German“, ”Swedish”, »Danish«.
func closers(mark rune) string {
	switch mark {
	case '“', '”', '‟':
		return "”"
	case '„':
		return "“”"
	case '«':
		return "»"
	case '»':
		return "«»"
	case '‹':
		return "›"
	case '›':
		return "‹›"
	case '《', '》':
		return "》"
	case '〈', '〉':
		return "〉"
	case '〝', '〞', '〟':
		return "〞〟"
	case '「', '」':
		return "」"
	case '『', '』':
		return "』"
	default:
		return `"`
	}
}

// regexEnd returns the offset behind the regular expression at the parser's
// place, or 0 when what stands there is text, such as /home/user/.
func (p *parser) regexEnd() int {
	i := p.pos + 1
	if p.text[p.pos] != '/' { // full-width
		return 0
	}
	for i < len(p.text) && p.text[i] != '/' {
		r, size := p.at(i)
		if r == '\\' {
			i += size
			r, size = p.at(i)
		}
		if r == ' ' || r == -1 {
			return 0
		}
		i += size
	}
	end := i + 1
	if end > len(p.text) || end == p.pos+2 {
		return 0
	}
	if p.boostEnd(end) == 0 && !p.isBorder(p.skipPunctuation(end)) {
		return 0
	}
	return end
}

// regex reads the regular expression that ends before end.
func (p *parser) regex(end int) (Node, error) {
	at := At{p.pos, end}
	written := p.text[p.pos:end]
	p.pos = end
	pattern := unescapeSlash(written[1 : len(written)-1])
	if msg, hint := refusal(pattern); msg != "" {
		if isWordy(pattern) && len(written) <= maxTerm {
			return Word{At: at, Text: written}, p.fault(at.Start, msg, hint, "took it as text")
		}
		return noise{}, p.fault(at.Start, msg, hint, "ignored it")
	}
	return Regex{At: at, Pattern: pattern}, nil
}

// unescapeSlash returns a pattern without the backslashes that keep "/" from
// ending it.
func unescapeSlash(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if s[i+1] != '/' {
				b.WriteByte(s[i])
			}
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

const (
	maxRegex = 128 // bytes
	// maxRepeats bounds the states of the automaton that a pattern becomes:
	// every level of counted repeats multiplies them.
	maxRepeats = 100
)

// refusal says why a regular expression can't be searched for, and what to do;
// empty when it can.
func refusal(pattern string) (msg, hint string) {
	if len(pattern) > maxRegex {
		return fmt.Sprintf("regular expression longer than %d bytes", maxRegex), "shorten it"
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		reason := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		return "regular expression with " + reason, "mend it, or put it in quotation marks to search for the text"
	}
	if repeats(re) > maxRepeats {
		return fmt.Sprintf("regular expression that repeats a part up to %d times", repeats(re)),
			fmt.Sprintf("write * or +, or counts of at most %d, multiplied where one is within another", maxRepeats)
	}
	return assertion(re)
}

// repeats returns the largest product of counted repeats within each other.
func repeats(re *syntax.Regexp) int {
	most := 1
	for _, sub := range re.Sub {
		most = max(most, repeats(sub))
	}
	if re.Op == syntax.OpRepeat {
		most *= max(re.Min, re.Max, 1)
	}
	return most
}

// assertion refuses what says nothing where whole words match, and what the
// automata of engines have no notion of.
func assertion(re *syntax.Regexp) (msg, hint string) {
	switch re.Op {
	case syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText:
		return "anchor in a regular expression", `remove ^ and $: it matches whole words`
	case syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return "word boundary in a regular expression", `remove \b: it matches whole words`
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		if re.Flags&syntax.NonGreedy != 0 {
			return "lazy repeat in a regular expression", "remove the ? after the repeat: it matches whole words"
		}
	}
	for _, sub := range re.Sub {
		if msg, hint := assertion(sub); msg != "" {
			return msg, hint
		}
	}
	return "", ""
}
