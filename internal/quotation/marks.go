package quotation

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is quoted text, without its marks, in bytes of the body.
type span struct {
	start, end int
	mark       rune // that opened it
	continues  bool // it goes on in the next paragraph, without a closing mark here
	continued  bool // it goes on from the paragraph before
}

// closers are the marks that may close what a mark opened. Which of several does, the
// text around it says; where writers mixed typed and printed marks, both close.
func closers(open rune) string {
	switch open {
	case '"':
		return `"”`
	case '“':
		return `”"“`
	case '„':
		return `“”"`
	case '”': // Swedish and Finnish
		return `”"`
	case '«':
		return `»`
	case '»': // German and Danish books
		return `«`
	case '「':
		return `」`
	case '『':
		return `』`
	case '‘':
		return `’'`
	case '\'':
		return `'’`
	case '‹':
		return `›`
	case '`':
		return `'`
	}
	return ""
}

// single reports whether a mark is a single one, which an apostrophe looks like.
func single(mark rune) bool { return mark == '‘' || mark == '\'' || mark == '‹' }

// quoted appends what is quoted in a body to spans, in its order, and returns it. Marks
// within quoted text are not looked at. Where most of what is quoted at length stands
// in single marks, as in British papers, these count; else they don't, as they quote
// words and headlines.
func quoted(spans []span, body string) []span {
	if !mayQuote(body) {
		return spans
	}
	n := len(spans)
	if mayQuoteSingly(body) {
		spans = scanMarks(spans, body, true)
		singles, doubles := 0, 0
		for _, s := range spans[n:] {
			if s.end-s.start < longQuoted {
				continue
			}
			if single(s.mark) {
				singles++
			} else {
				doubles++
			}
		}
		if singles > doubles && singles > 1 {
			return spans
		}
		spans = spans[:n]
	}
	return scanMarks(spans, body, false)
}

// mayQuote reports whether a body has any mark that may open a quotation.
func mayQuote(body string) bool {
	for i := 0; i < len(body); {
		if !mayMark[body[i]] {
			i++
			continue
		}
		mark, size := utf8.DecodeRuneInString(body[i:])
		switch mark {
		case '"', '“', '”', '„', '«', '»', '「', '『', '‘', '\'', '‹':
			return true
		case '`':
			if strings.HasPrefix(body[i:], "``") {
				return true
			}
		}
		i += size
	}
	return false
}

// mayQuoteSingly reports whether a body may quote in single marks: one stands at the
// start of a word. Two typed ones in a row are a mark of their own, which isn't read.
func mayQuoteSingly(body string) bool {
	for i := 0; i < len(body); i++ {
		if !mayMark[body[i]] {
			continue
		}
		typed := body[i] == '\''
		printed := body[i] == "‘"[0] && (strings.HasPrefix(body[i:], "‘") || strings.HasPrefix(body[i:], "‹"))
		switch {
		case !typed && !printed:
		case printed && strings.HasPrefix(body[i:], "‹"), i > 0 && (body[i-1] == ' ' || body[i-1] == '\n'):
			return !strings.Contains(body, "''")
		}
	}
	return strings.HasPrefix(body, "'") || strings.HasPrefix(body, "‘")
}

// longQuoted is from how many bytes quoted text is rather speech than a name or a word.
const longQuoted = 25

// scanMarks appends what is quoted, with single marks or without.
func scanMarks(spans []span, body string, singles bool) []span {
	var open rune // of a quotation that the paragraph before left open
	for start := 0; start < len(body); {
		end := paragraphEnd(body, start)
		spans, open = scanParagraph(spans, body, start, end, open, singles)
		start = end
		for start < len(body) && (body[start] == '\n' || body[start] == '\r') {
			start++
		}
	}
	return spans
}

// paragraphEnd returns the end of the paragraph that begins at start: the next empty
// line, or the end of a line before one that begins with a quotation, or the end.
func paragraphEnd(body string, start int) int {
	for i := start; ; {
		n := strings.IndexByte(body[i:], '\n')
		if n < 0 {
			return len(body)
		}
		i += n
		next := body[i+1:]
		for next != "" && (next[0] == ' ' || next[0] == '\t' || next[0] == '\r') {
			next = next[1:]
		}
		if next != "" && !mayMark[next[0]] {
			if next[0] == '\n' {
				return i
			}
			i++
			continue
		}
		mark, size := utf8.DecodeRuneInString(next)
		if mark == '"' || mark == '“' || mark == '„' || mark == '«' {
			if first, _ := utf8.DecodeRuneInString(next[size:]); wordy(first) {
				return i
			}
		}
		i++
	}
}

// scanParagraph appends what is quoted in body[start:end], which is a paragraph. Left is
// the mark that the paragraph before left open, if one; the result is that of this one.
func scanParagraph(spans []span, whole string, start, end int, left rune, singles bool) ([]span, rune) {
	body := whole[:end]
	unclosed := "" // marks that nothing closes from here on, so that a long text is scanned once
	for i := start; i < len(body); {
		if !mayMark[body[i]] {
			i++
			continue
		}
		mark, size := utf8.DecodeRuneInString(body[i:])
		if mark == '<' { // what is left of tags in a text quotes nothing
			if n := tagEnd(body[i:]); n > 0 {
				i += n
				continue
			}
		}
		if mark == '`' && strings.HasPrefix(body[i:], "``") {
			size = 2
		}
		if closers(mark) == "" || single(mark) && !singles || strings.ContainsRune(unclosed, mark) || !opens(body, i, size, mark) {
			i += size
			continue
		}
		s := span{start: i + size, mark: mark, continued: left == mark && i == start}
		closed, next := closing(body, s.start, mark)
		switch {
		case closed >= 0:
			s.end = closed
			spans = appendSpan(spans, body, s)
			i = next
		case !single(mark) && continuesAfter(whole, end, mark):
			s.end, s.continues = len(body), true
			return appendSpan(spans, body, s), mark
		default: // never closed, or an apostrophe
			if mark != '"' && mark != '”' {
				unclosed += string(mark)
			}
			i += size
		}
	}
	return spans, 0
}

// mayMark are the bytes with which a mark may begin, or a tag.
var mayMark = func() (t [256]bool) {
	for _, mark := range [...]string{`"`, "“", "«", "「", "'", "`", "<"} { // the others begin as one of these
		t[mark[0]] = true
	}
	return t
}()

// appendSpan appends s without blanks at its ends, unless it is empty.
func appendSpan(spans []span, body string, s span) []span {
	text := strings.TrimRightFunc(body[s.start:s.end], unicode.IsSpace)
	s.end = s.start + len(text)
	s.start += len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	if s.start < s.end {
		spans = append(spans, s)
	}
	return spans
}

// tagEnd returns the length of the tag that s begins with, or 0.
func tagEnd(s string) int {
	if len(s) < 3 || !(s[1] >= 'a' && s[1] <= 'z' || s[1] == '/') {
		return 0
	}
	const longest = 400 // a tag with its attributes; what is longer is no tag
	if i := strings.IndexByte(s[:min(len(s), longest)], '>'); i > 0 {
		return i + 1
	}
	return 0
}

// around returns what stands before and behind body[i:i+size]; 0 at an end.
func around(body string, i, size int) (before, after rune) {
	if i > 0 {
		before, _ = utf8.DecodeLastRuneInString(body[:i])
	}
	if i+size < len(body) {
		after, _ = utf8.DecodeRuneInString(body[i+size:])
	}
	return before, after
}

// blank reports whether nothing or a space is at a place.
func blank(r rune) bool { return r == 0 || unicode.IsSpace(r) || r == '\u200b' }

// wordy reports whether r is part of a word.
func wordy(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// opens reports whether the mark at i opens a quotation. Inches and apostrophes don't.
func opens(body string, i, size int, mark rune) bool {
	before, after := around(body, i, size)
	if blank(after) && mark != '«' { // French puts a space there
		return false
	}
	switch mark {
	case '"':
		return !wordy(before)
	case '\'':
		return !wordy(before) && !unicode.IsDigit(after) && before != '\'' && after != '\''
	case '`': // two of them, closed by two apostrophes
		return size == 2
	case '“', '„', '「', '『', '‹':
		return true
	case '”', '»', '‘':
		return blank(before) || strings.ContainsRune("([—–-:", before)
	}
	return true
}

// closing returns where what mark opened before start ends, and where the text goes on
// behind the closing mark; -1 where nothing closes it in this paragraph.
func closing(body string, start int, mark rune) (end, next int) {
	marks := closers(mark)
	depth := 0   // of the same kind of marks within
	printed := 0 // of printed marks within typed ones
	for i := start; i < len(body); {
		if !mayMark[body[i]] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(body[i:])
		switch {
		case mark == '"' && r == '“':
			printed++
		case mark == '"' && r == '”' && printed > 0:
			printed--
		case r == mark && opensWithin(body, i, size, r):
			if r == '"' || r == '”' {
				return -1, 0 // another quotation begins: this one was never closed
			}
			depth++
		case strings.ContainsRune(marks, r) && closes(body, i, size, r, mark):
			if depth == 0 {
				return i, i + size
			}
			depth--
		}
		i += size
	}
	if depth > 0 { // an inner one was not closed, or the same mark was set by mistake
		return closingFirst(body, start, marks, mark)
	}
	return -1, 0
}

// closingFirst is closing, without regard of marks within.
func closingFirst(body string, start int, marks string, mark rune) (end, next int) {
	for i := start; i < len(body); {
		r, size := utf8.DecodeRuneInString(body[i:])
		if strings.ContainsRune(marks, r) && closes(body, i, size, r, mark) {
			return i, i + size
		}
		i += size
	}
	return -1, 0
}

// opensWithin reports whether a mark within what the same mark opened opens once more.
func opensWithin(body string, i, size int, mark rune) bool {
	before, after := around(body, i, size)
	switch mark {
	case '"', '”', '“', '‘':
		return (blank(before) || before == '(' || before == '[') && wordy(after)
	case '\'', '`':
		return false
	}
	return mark != '»' || blank(before)
}

// closes reports whether a mark closes what open opened.
func closes(body string, i, size int, mark, open rune) bool {
	before, after := around(body, i, size)
	switch {
	case open == '`':
		return after == '\''
	case single(open): // an apostrophe within or behind a word closes nothing
		return !blank(before) && !wordy(after) && (!unicode.IsLetter(before) || closesWord(body, i, size))
	case mark == '"' && open == '"':
		return !blank(before) || !wordy(after)
	case mark == '"' || mark == '“' && open == '“':
		return !blank(before) && !wordy(after)
	case mark == '«' || mark == '»':
		return true
	}
	return true
}

// closesWord reports whether a single mark behind a letter closes: it does where no
// other one follows, or where punctuation or a capital does. The plural's apostrophe,
// as in "the voters' choice", stands before a word in lower case.
func closesWord(body string, i, size int) bool {
	rest := body[i+size:]
	if !strings.HasPrefix(rest, " ") {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	if !unicode.IsLower(r) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(body[:i])
	return before != 's'
}

// continuesAfter reports whether a quotation that a paragraph leaves open at end goes on
// in the next one, which then begins with its mark.
func continuesAfter(body string, end int, mark rune) bool {
	rest := strings.TrimLeft(body[end:], "\r\n \t")
	r, _ := utf8.DecodeRuneInString(rest)
	return r == mark || mark == '„' && r == '“'
}
