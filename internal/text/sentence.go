package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence bounds a sentence in bytes. A longer one, which is a table or
// another text without full stops, is cut at a clause or a space.
const maxSentence = 1000

// Sentences returns the sentences of s: in order, apart from each other,
// without the space around them, and covering everything else. A blank line
// ends a sentence, and so does the end of a line that is no wrapped one.
// Quotation marks and brackets that close behind a full stop belong to its
// sentence. Where a full stop may be that of an abbreviation, a sentence ends
// only if the next word is one that rarely stands within. What is an
// abbreviation, and what such a word, l says, and for languages other than its
// own the tables of this package.
func Sentences(l Language, s string) []Span {
	c := sentenceCutter{language: l, text: s}
	var spans []Span
	for start := skipSpace(s, 0); start < len(s); {
		end := c.sentenceEnd(s, start)
		next := skipSpace(s, end)
		for end-start > maxSentence {
			cut := start + ClauseEnd(s[start:end], maxSentence)
			spans = append(spans, trim(s, start, cut))
			start = skipSpace(s, cut)
		}
		if start < end {
			spans = append(spans, trim(s, start, end))
		}
		start = next
	}
	return spans
}

// sentenceCutter finds where sentences end, by what a language says.
type sentenceCutter struct {
	language Language
	text     string
	// local are the manners of the language that the paragraph is in, see
	// [sentenceCutter.mannersAt]. They hold for text[from:to].
	local    uint32
	from, to int
}

// sentenceEnd returns the end of the sentence that starts at start.
func (c *sentenceCutter) sentenceEnd(s string, start int) int {
	for i := start; i < len(s); {
		for i < len(s) && plainInSentence[s[i]] {
			i++
		}
		if i == len(s) {
			break
		}
		switch b := s[i]; {
		case b == '\n':
			if endsLine(s, start, i) {
				return i
			}
			i++
		case b == '.' || b == '!' || b == '?':
			end := closersEnd(s, stopsEnd(s, i))
			if c.isBoundary(s, start, i, end) {
				return end
			}
			i = end
		case b == ';' && endsGreek(s[start:i]):
			if end := closersEnd(s, i+1); c.isBoundary(s, start, i, end) {
				return end
			}
			i++
		case b < utf8.RuneSelf: // a semicolon
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !isStop(r) {
				i += n
				continue
			}
			end := closersEnd(s, stopsEnd(s, i))
			if endsAnywhere(r) && !goesOn(s, i+n, end) || !endsAnywhere(r) && c.isBoundary(s, start, i, end) {
				return end
			}
			i = end
		}
	}
	return len(s)
}

// plainInSentence has the bytes that are characters of their own and never end a sentence:
// all but a few of ASCII.
var plainInSentence = func() (plain [256]bool) {
	for b := range utf8.RuneSelf {
		plain[b] = !strings.ContainsRune("\n.!?;", rune(b))
	}
	return plain
}()

// isStop reports whether r ends sentences.
func isStop(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '．', '！', '？', '｡', '؟', '۔', '।', '॥', '‼', '⁇', '⁈', '⁉', '።', '။', '։', greekQuestion:
		return true
	}
	return false
}

// greekQuestion is the question mark of Greek, which is nearly always typed as a
// semicolon.
const greekQuestion = '\u037e'

// endsGreek reports whether a sentence that ends here, at a semicolon, is a question
// in Greek.
func endsGreek(sentence string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(sentence, "»”\" "))
	return unicode.Is(unicode.Greek, r)
}

// endsAnywhere reports whether a stop beyond ASCII ends a sentence though no space
// follows, as in scripts that have none between words.
func endsAnywhere(r rune) bool {
	switch r {
	case '…', '؟', '۔', '։', greekQuestion:
		return false
	}
	return true
}

// goesOn reports whether a sentence in a script without spaces goes on behind a
// stop whose run ends at stop, and which with the marks that close behind it ends at
// end: within a number in wide digits, and where a particle follows a quotation:
// 「…。」と述べた.
func goesOn(s string, stop, end int) bool {
	next, _ := utf8.DecodeRuneInString(s[end:])
	switch {
	case end == stop:
		last, _ := utf8.DecodeLastRuneInString(s[:stop])
		return last == '．' && (unicode.IsDigit(next) || unicode.Is(unicode.Latin, next))
	case unicode.Is(unicode.Hiragana, next):
		last, _ := utf8.DecodeLastRuneInString(s[:end])
		return last == '」' || last == '』' || last == '”'
	}
	return false
}

// stopsEnd returns the end of the run of full stops and the like that starts
// at i, spaced ellipses (. . .) included.
func stopsEnd(s string, i int) int {
	for i < len(s) {
		if strings.HasPrefix(s[i:], " .") {
			i += 2
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isStop(r) {
			break
		}
		i += n
	}
	return i
}

// closersEnd returns the end of the run of closing quotation marks and
// brackets that starts at i.
func closersEnd(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if quote := i + n; unicode.IsSpace(r) && closesFrench(s[quote:]) {
			i = quote + len("»")
			continue
		}
		switch r {
		case '"', '\'', '”', '’', '»', '›', ')', ']', '}', '」', '』', '）', '】', '》', '〉', '〕', '］':
		case '“', '‘', '«', '‹': // these close in German
			if next, _ := utf8.DecodeRuneInString(s[i+n:]); i+n < len(s) && !unicode.IsSpace(next) {
				return i
			}
		default:
			return i
		}
		i += n
	}
	return i
}

// closesFrench reports whether s begins with the quotation mark that closes in French,
// behind the space that stands before it: in German and Danish a word follows it.
func closesFrench(s string) bool {
	rest, found := strings.CutPrefix(s, "»")
	next, _ := utf8.DecodeRuneInString(rest)
	return found && (rest == "" || unicode.IsSpace(next) || unicode.IsPunct(next))
}

// goesOnInLower reports whether a dash and a word in lower case follow a question or a
// quotation, so that who said it is told: «Почему?» — спросил он.
func goesOnInLower(rest string) bool {
	for _, dash := range [...]string{"—", "–", "―"} {
		if after, found := strings.CutPrefix(rest, dash); found {
			first, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " \u00a0"))
			return unicode.IsLower(first)
		}
	}
	return false
}

// isBoundary reports whether the sentence that started at start ends with the
// stops at dot, which with what closes behind them end at end.
func (c *sentenceCutter) isBoundary(s string, start, dot, end int) bool {
	if end == len(s) {
		return true
	}
	next := skipSpace(s, end)
	if next == len(s) {
		return true
	}
	if next == end {
		return false // 3.5, example.org, U.S.-led
	}
	if strings.Contains(s[end:next], "\n") && endsLine(s, start, end) {
		return true
	}
	word := nextWord(s[next:])
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsLower(first) && !isCamel(word) || goesOnInLower(s[next:]) {
		return false
	}
	if s[dot] != '.' || strings.HasPrefix(s[dot:], "..") || strings.HasPrefix(s[dot:], ". .") {
		return !c.isAttribution(s[dot:end], s[next:])
	}
	before := lastWord(s[start:dot])
	if end > dot+1 && s[dot+1] != '.' && !strings.Contains(before, ".") {
		// A quotation mark or bracket closes: abbreviations rarely stand there.
		return true
	}
	return c.endsAfter(before, word, stopAt{s[start:dot], dot})
}

// endsLine reports whether the newline behind i ends a sentence that started
// at start: at a blank line, before a list's item, and where the line is too
// short or too long to be one that was wrapped.
func endsLine(s string, start, i int) bool {
	const (
		short = 45  // bytes: no wrapped text is as narrow
		long  = 130 // nor as wide
	)
	nl := strings.IndexByte(s[i:], '\n')
	if nl < 0 {
		return false
	}
	rest := s[i+nl+1:]
	next := strings.TrimLeft(rest, " \t\r")
	if next == "" || next[0] == '\n' || startsItem(next) {
		return true
	}
	line := s[start:i]
	if j := strings.LastIndexByte(line, '\n'); j >= 0 {
		line = line[j+1:]
	}
	first, _ := utf8.DecodeRuneInString(next)
	if unicode.IsLower(first) {
		return false
	}
	return len(line) > long || len(line) < short && !strings.HasSuffix(line, ",")
}

// startsItem reports whether a line starts as the item of a list does.
func startsItem(line string) bool {
	for _, bullet := range []string{"- ", "* ", "• ", "– ", "— ", "· ", "‣ ", "▪ ", "■ ", "● "} {
		if strings.HasPrefix(line, bullet) {
			return true
		}
	}
	n := 0
	for n < len(line) && isASCIIDigit(line[n]) {
		n++
	}
	return 0 < n && n <= 2 && (strings.HasPrefix(line[n:], ". ") || strings.HasPrefix(line[n:], ") "))
}

// ClauseEnd returns a place to cut s at, at most limit bytes on: the last end
// of a clause if there is one in the second half, else the last space, else
// the last border of runes. It is above 0 if limit is at least the width of
// the first rune, and it is len(s) if that is within limit.
func ClauseEnd(s string, limit int) int {
	if len(s) <= limit {
		return len(s)
	}
	space, clause, last := 0, 0, 0
	for i, r := range s {
		if i > limit {
			break
		}
		last = i
		switch {
		case unicode.IsSpace(r):
			space = i
			if i > 0 && strings.IndexByte(";:,)-", s[i-1]) >= 0 {
				clause = i
			}
		case isWideComma(r) && i+utf8.RuneLen(r) <= limit:
			clause = i + utf8.RuneLen(r)
			space = clause
		}
	}
	switch {
	case clause > limit/2:
		return clause
	case space > 0:
		return space
	}
	return last
}

// isWideComma reports whether r ends a clause in a script that puts no space
// behind such signs, or has its own.
func isWideComma(r rune) bool {
	switch r {
	case '，', '；', '：', '、', '،', '؛':
		return true
	}
	return false
}

// skipSpace returns the first place from i on that holds no space.
func skipSpace(s string, i int) int {
	for i < len(s) {
		if b := s[i]; b < utf8.RuneSelf {
			if b != ' ' && b != '\n' && b != '\t' && b != '\r' && b != '\v' && b != '\f' {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += n
	}
	return i
}

// trim returns s[start:end] as a span without space at its end.
func trim(s string, start, end int) Span {
	return Span{start, start + len(strings.TrimRightFunc(s[start:end], unicode.IsSpace))}
}
