package quotation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text"
)

// word is a word of the body.
type word struct {
	start, end int32
	class      class
	gender     class // of the given name that it is
	paragraph  int32
	sentence   int32 // quoted text never ends one
	quote      int32 // the quoted text that it is in; -1 for none
	capital    bool  // it begins with a capital
	upper      bool  // all of its letters are capitals, two at least
	possessive bool  // it had an 's, which is left out
	first      bool  // in its sentence
	afterBlank bool  // nothing but one blank stands between the word before and it
	verb       uint8 // see verbKind
	verbs      int32 // how many of the page's verbs stand before it
}

// page is a body as the models see it: its words, and its quoted text.
type page struct {
	body  string
	words []word
	spans []span
	first []int32 // of each of spans, the first word in or behind it
	last  []int32 // and the first word behind it
	verbs []int32 // the words that are verbs of saying, surely or likely
	lower []byte  // a buffer
}

// read fills the page. Memory of the page before is used again.
func (p *page) read(body string, spans []span) {
	p.body, p.words = body, p.words[:0]
	words := known()
	before := 0 // the end of the word before
	for i := nextWord(body, 0); i < len(body); i = nextWord(body, i) {
		p.words = append(p.words, word{})
		w := &p.words[len(p.words)-1]
		w.start, w.afterBlank = int32(i), i == before+1 && body[before] == ' '
		var gender class
		if low, high, n := text.PlainWord(body, i); n > 0 && endsPlainly(body, i+n) { // most are
			i += n
			w.end = int32(i)
			w.class, gender = words.find(low, high)
		} else {
			start := i
			i = wordEnd(body, start)
			w.end = int32(i - possessive(body[start:i]))
			w.possessive = int(w.end) < i
			p.lower = appendLower(p.lower[:0], body[start:w.end])
			w.class, gender = words.of(p.lower)
		}
		if w.capital, w.upper = capitals(body[w.start:w.end]); w.capital {
			w.gender = gender
		}
		before = i
	}
	p.mark(spans)
}

// longestSentence is how many words a sentence has at most, quoted ones among them: what
// goes on longer is a list or no text, and looking through it from each quotation would
// take minutes.
const longestSentence = 300

// mark sets what is quoted on the page that is read, and with it where sentences end.
func (p *page) mark(spans []span) {
	p.spans, p.first, p.last, p.verbs = spans, p.first[:0], p.last[:0], p.verbs[:0]
	var paragraph, sentence, quote int32
	begun := 0 // the first word of the sentence
	for i := range p.words {
		w := &p.words[i]
		for int(quote) < len(spans) && spans[quote].end <= int(w.start) {
			p.first, p.last = p.closeQuote(quote, i), append(p.last, int32(i))
			quote++
		}
		w.quote = -1
		if int(quote) < len(spans) && int(w.start) >= spans[quote].start {
			w.quote = quote
			p.first = p.closeQuote(quote, i)
		}
		if w.first = false; i == 0 || !w.afterBlank {
			paragraph, sentence, w.first = p.follow(i, paragraph, sentence)
		}
		if w.first {
			begun = i
		} else if i-begun >= longestSentence {
			sentence, begun = sentence+1, i
		}
		w.paragraph, w.sentence = paragraph, sentence
		w.verb, w.verbs = w.verbKind(), int32(len(p.verbs))
		if w.verb >= likely {
			p.verbs = append(p.verbs, int32(i))
		}
	}
	for ; int(quote) < len(spans); quote++ {
		p.first, p.last = p.closeQuote(quote, len(p.words)), append(p.last, int32(len(p.words)))
	}
}

// closeQuote returns the first words of quoted text, with that of quote, which is word at
// unless it had one before: quoted text may hold no word.
func (p *page) closeQuote(quote int32, at int) []int32 {
	if len(p.first) > int(quote) {
		return p.first
	}
	return append(p.first, int32(at))
}

// follow returns the paragraph and the sentence of word i, which isn't afterBlank, by those
// of the word before, and whether it is the first word of its sentence.
func (p *page) follow(i int, paragraph, sentence int32) (int32, int32, bool) {
	if i == 0 {
		return 0, 0, true
	}
	last, w := &p.words[i-1], &p.words[i]
	gap := p.body[p.trueEnd(last):w.start]
	switch {
	case endsParagraph(gap):
		return paragraph + 1, sentence + 1, true
	case last.quote >= 0 && last.quote == w.quote:
		return paragraph, sentence, false
	case p.endsSentence(last, gap, w):
		return paragraph, sentence + 1, true
	}
	return paragraph, sentence, false
}

// endsParagraph reports whether a paragraph ends between two words: at an empty line, or
// at the end of a line behind a full stop, colon or quotation.
func endsParagraph(gap string) bool {
	i := strings.IndexByte(gap, '\n')
	if i < 0 {
		return false
	}
	return strings.Contains(gap[i+1:], "\n") || strings.ContainsAny(gap[:i], ".?!…:\"”»")
}

// stopIn returns where the first mark that ends a sentence is, or -1.
func stopIn(gap string) int {
	for i := range len(gap) {
		switch gap[i] {
		case '.', '?', '!':
			return i
		case "…"[0]:
			if strings.HasPrefix(gap[i:], "…") {
				return i
			}
		}
	}
	return -1
}

// trueEnd returns where a word ends, with its possessive ending.
func (p *page) trueEnd(w *word) int32 {
	if w.possessive {
		_, n := utf8.DecodeRuneInString(p.body[w.end:])
		return w.end + int32(n) + 1
	}
	return w.end
}

// endsSentence reports whether a sentence ends in gap, which stands between two words of
// one paragraph.
func (p *page) endsSentence(last *word, gap string, next *word) bool {
	stop := stopIn(gap)
	if stop < 0 {
		return false
	}
	quoted := last.quote >= 0
	if !next.capital && next.quote < 0 && !digit(p.body[next.start]) {
		return false
	}
	if gap[stop] != '.' { // "Really?" Smith asked: features see to that
		return !quoted || next.class&function != 0 || next.class&(determiner|conjunction|preposition) != 0
	}
	if quoted {
		return true
	}
	text := p.body[last.start:last.end]
	if last.class&title != 0 && last.capital && len(text) <= 5 || len(text) == 1 && last.capital {
		return false
	}
	if strings.Contains(text, ".") { // an acronym: U.S. Senate
		return next.class&(function|determiner|person3|person3many|personOther) != 0
	}
	return stop == 0 || strings.ContainsAny(gap[:stop], ")]")
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// nextWord returns where the next word of body starts, from i on; len(body) for none. A
// word is letters and digits, with apostrophes, hyphens, full stops and the like between
// them.
func nextWord(body string, i int) int {
	for i < len(body) {
		if c := body[i]; c < utf8.RuneSelf && c != '<' {
			if plain[c] {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(body[i:])
		if wordy(r) {
			break
		}
		if r == '<' {
			if n := tagEnd(body[i:]); n > 0 {
				size = n
			}
		}
		i += size
	}
	return i
}

// plain are the ASCII letters and digits.
var plain = func() (t [256]bool) {
	for c := range utf8.RuneSelf {
		t[c] = wordy(rune(c))
	}
	return t
}()

// endsPlainly reports whether ASCII letters and digits that end at i are a whole word, as
// far as that is told by what follows at once. It is i == wordEnd for most words.
func endsPlainly(body string, i int) bool {
	if i >= len(body) {
		return true
	}
	switch c := body[i]; c {
	case ' ':
		return true
	case '\'', '-', '&', '@', '_', '.', ',':
		return i+1 >= len(body) || body[i+1] < utf8.RuneSelf && !plain[body[i+1]]
	default:
		return c < utf8.RuneSelf
	}
}

// wordEnd returns where the word that starts at start ends.
func wordEnd(body string, start int) int {
	i := start
	for i < len(body) {
		if plain[body[i]] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(body[i:])
		if wordy(r) {
			i += size
			continue
		}
		if !joins(body, start, i, r, size) {
			break
		}
		i += size
	}
	return i
}

// joins reports whether r, at i, joins the letters on its sides into one word.
func joins(body string, start, i int, r rune, size int) bool {
	next, _ := utf8.DecodeRuneInString(body[i+size:])
	if i == start || i+size >= len(body) || !wordy(next) {
		return false
	}
	switch r {
	case '\'', '’', '-', '&', '@', '_':
		return true
	case '.', ',': // U.S., a.m., 1.5 and 1,000
		letter := i-start == 1 || i >= 2 && body[i-2] == '.'
		return r == '.' && letter && unicode.IsLetter(next) || digit(body[i-1]) && unicode.IsDigit(next)
	}
	return false
}

// possessive returns the length of the 's at the end of a word.
func possessive(text string) int {
	if c := text[len(text)-1]; c != 's' && c != 'S' {
		return 0
	}
	for _, ending := range [...]string{"'s", "’s", "'S", "’S"} {
		if strings.HasSuffix(text, ending) && len(text) > len(ending)+1 {
			return len(ending)
		}
	}
	return 0
}

// appendLower appends text in lower case, with the typed apostrophe.
func appendLower(b []byte, text string) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf {
			return appendLowerRunes(b, text[i:])
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		b = append(b, c)
	}
	return b
}

func appendLowerRunes(b []byte, text string) []byte {
	for _, r := range text {
		if r == '’' {
			r = '\''
		}
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return b
}

// capitals reports whether a word begins with a capital, and whether it has no other
// letters.
func capitals(text string) (capital, upper bool) {
	if c := text[0]; c >= 'a' && c <= 'z' {
		return false, false
	}
	if len(text) > 1 && text[0] < utf8.RuneSelf && text[1] >= 'a' && text[1] <= 'z' { // most are
		return text[0] >= 'A' && text[0] <= 'Z', false
	}
	letters := 0
	upper = true
	for i, r := range text {
		if i == 0 {
			capital = unicode.IsUpper(r)
		}
		if unicode.IsLetter(r) {
			letters++
			upper = upper && unicode.IsUpper(r)
		}
	}
	return capital, upper && letters > 1
}

// gap returns what stands between word i and the next one, or behind the last.
func (p *page) gap(i int32) string {
	start := p.trueEnd(&p.words[i])
	if int(i)+1 < len(p.words) {
		return p.body[start:p.words[i+1].start]
	}
	return p.body[start:]
}
