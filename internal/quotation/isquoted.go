package quotation

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The groups of features by which quoted text is told from a quotation.
const (
	qBias        = iota
	qLength      // words x punctuation at its end
	qShape       // words x how it begins
	qBefore      // what the word before is x words
	qGap         // punctuation before x words
	qAfter       // what follows x punctuation at the end
	qVerbBefore  // a verb of saying before it in its sentence: how far, how strong
	qVerbAfter   // and behind it
	qPronoun     // words of those who speak, and verbs, in it
	qTitle       // how many of its words are capitalised
	qPlace       // where in its paragraph
	qAround      // what else is quoted in its paragraph
	qBeforeWord  // which preposition or verb stands before
	qAccording   // according to, in the sentence
	qOthers      // how much of the article is quoted at length
	qAfterWord   // what word follows
	qVerbLength  // a verb of saying x words
	qBoth        // the words before and behind x words
	qTitleWord   // capitalised words x the word before
	qSubject     // the verb before it and what stands before that
	qVerbs       // the verbs on both sides, and punctuation
	qBeforeEnd   // what the word before is x how it begins and ends
	quotedGroups = iota
)

// ending tells what quoted text ends with: nothing, a comma, a full stop or other
// mark that ends a sentence.
func (p *page) ending(s span) int {
	r, _ := utf8.DecodeLastRuneInString(p.body[s.start:s.end])
	switch r {
	case ',':
		return 1
	case '.', '…':
		return 2
	case '?', '!':
		return 3
	case '-', '—', '–', ';', ':':
		return 4
	case '’', '\'', ')', ']', '"', '”':
		return 5
	}
	next, _ := utf8.DecodeRuneInString(p.after(s))
	switch next {
	case ',', '，':
		return 6 // British: the comma stands behind the mark
	case '.':
		return 7
	}
	return 0
}

const endings = 8

// after returns the body behind the closing mark of a span.
func (p *page) after(s span) string {
	if s.continues || s.end >= len(p.body) {
		return ""
	}
	rest := strings.TrimLeftFunc(p.body[s.end:], unicode.IsSpace)
	_, n := utf8.DecodeRuneInString(rest)
	return rest[n:]
}

// before returns the punctuation right before the opening mark: none, a comma, a colon,
// the end of a sentence, the start of a paragraph, a bracket or dash.
func (p *page) before(s span) int {
	head := p.body[:s.start]
	head = strings.TrimRightFunc(head, unicode.IsSpace)
	_, n := utf8.DecodeLastRuneInString(head)
	head = head[:len(head)-n]
	trimmed := strings.TrimRight(head, " \u00a0\t")
	if trimmed == "" || strings.HasSuffix(trimmed, "\n") {
		return 4
	}
	r, _ := utf8.DecodeLastRuneInString(trimmed)
	switch r {
	case ',':
		return 1
	case ':':
		return 2
	case '.', '!', '?', '…':
		return 3
	case '”', '"', '’':
		return 5
	case '(', '[', '—', '–', '-', '/', ';':
		return 6
	}
	return 0
}

const befores = 7

// wordKind sorts a word by what it says of quoted text beside it.
func (p *page) wordKind(i int32) int {
	w := &p.words[i]
	switch {
	case w.class&core != 0:
		return 1
	case w.class&says != 0 && !w.capital:
		return 2
	case w.class&saysWeak != 0 && !w.capital:
		return 3
	case w.class&determiner != 0:
		return 4
	case w.class&preposition != 0:
		return 5
	case w.class&conjunction != 0:
		return 6
	case w.class&(person3|person3many|personOther|relative) != 0:
		return 7
	case w.class&finite != 0:
		return 8
	case w.class&function != 0:
		return 9
	case w.class&(human|document) != 0:
		return 10
	case w.possessive:
		return 11
	case w.capital:
		return 12
	case strings.HasSuffix(p.body[w.start:w.end], "ly"):
		return 13
	case strings.HasSuffix(p.body[w.start:w.end], "ing") || strings.HasSuffix(p.body[w.start:w.end], "ed"):
		return 14
	}
	return 15
}

const wordKinds = 17 // with none

// beside are words that tell much of quoted text beside them.
var beside = [...]string{
	"", "the", "a", "an", "as", "of", "that", "to", "is", "was", "were", "are", "been", "be", "not", "for",
	"in", "on", "with", "by", "from", "his", "her", "their", "its", "this", "these", "those", "some", "so-called", "called",
	"word", "words", "phrase", "term", "like", "about", "and", "or", "but", "titled", "entitled", "named", "dubbed", "says", "said",
	"because", "had", "has", "have", "very", "more", "it", "him", "them", "than", "read", "reads", "reading", "song", "book",
	"show", "slogan", "say", "saying", "at", "into", "against", "over", "being", "became", "become", "just", "who", "what", "how",
	"would", "will", "should", "no", "your", "our", "my", "any", "all", "such", "if", "when", "under", "through", "including",
}

func (p *page) besideWord(i int32) int {
	p.lower = appendLower(p.lower[:0], p.body[p.words[i].start:p.words[i].end])
	for n := 1; n < len(beside); n++ {
		if beside[n] == string(p.lower) {
			return n
		}
	}
	return 0
}

// quotedFeatures appends what tells whether span n of the page is a quotation.
func (p *page) quotedFeatures(f features, n int) features {
	s, first, last := p.spans[n], p.first[n], p.last[n]
	length, end := bucket(int(last-first)), p.ending(s)
	f.add(qBias, 0)
	f.add(qLength, length*endings+end)
	f.add(qShape, length*4+p.shape(s, first, last))
	f.add(qGap, length*befores+p.before(s))
	left, right, word, next := 0, 0, 0, 0
	if first > 0 && p.words[first-1].paragraph == p.paragraphOf(n) {
		left, word = p.wordKind(first-1)+1, p.besideWord(first-1)+1
	}
	if int(last) < len(p.words) && p.words[last].paragraph == p.paragraphOf(n) {
		right, next = p.wordKind(last)+1, p.besideWord(last)+1
	}
	f.add(qBefore, (length*wordKinds+left)*2+bit(end != 0))
	f.add(qBeforeWord, word*2+bit(length > 3))
	f.add(qAfter, right*endings+end)
	f.add(qAfterWord, next*2+bit(length > 3))
	f.add(qPlace, (bit(left == 0)*2+bit(right == 0))*buckets+length)
	f.add(qBoth, (left*wordKinds+right)*3+min(length/3, 2))
	f.add(qBeforeEnd, (left*endings+end)*4+p.shape(s, first, last))
	f.add(qTitleWord, p.titled(first, last)*128+word)
	f = p.insideFeatures(f, first, last, length)
	return p.sentenceFeatures(f, n, length)
}

// paragraphOf returns the paragraph of span n.
func (p *page) paragraphOf(n int) int32 {
	if i := p.first[n]; i < p.last[n] {
		return p.words[i].paragraph
	}
	return -1
}

// shape tells how quoted text begins: in lower case, with a capital, a digit, else.
func (p *page) shape(s span, first, last int32) int {
	if first == last {
		return 3
	}
	w := &p.words[first]
	switch {
	case w.capital && w.class&(function|determiner|conjunction|preposition|person3|person3many|personOther|finite) != 0:
		return 2
	case w.capital:
		return 1
	}
	return 0
}

// insideFeatures appends what the words of quoted text tell.
func (p *page) insideFeatures(f features, first, last int32, length int) features {
	own, verb, capitals, functions := false, false, 0, 0
	for i := first; i < last; i++ {
		w := &p.words[i]
		own = own || w.class&firstPerson != 0
		verb = verb || w.class&finite != 0
		capitals += bit(w.capital)
		functions += bit(w.class&(function|determiner|conjunction|preposition|finite|personOther|person3|person3many) != 0)
	}
	n := max(int(last-first), 1)
	f.add(qPronoun, (bit(own)*2+bit(verb))*buckets+length)
	f.add(qTitle, (min(capitals*4/n, 4)*3+min(functions*4/n, 2))*buckets+length)
	return f
}

// titled tells whether words look like a title: 3 if all of several begin with a capital,
// 2 if all that are no small words do, 1 if the first does.
func (p *page) titled(first, last int32) int {
	all, some := true, true
	for i := first; i < last; i++ {
		w := &p.words[i]
		all = all && w.capital
		some = some && (w.capital || i > first && w.class&(preposition|determiner|conjunction) != 0)
	}
	switch {
	case last-first > 1 && all:
		return 3
	case last-first > 1 && some:
		return 2
	case first < last && p.words[first].capital:
		return 1
	}
	return 0
}

// sentenceFeatures appends what the sentence and the paragraph around quoted text tell.
func (p *page) sentenceFeatures(f features, n, length int) features {
	first, last := p.first[n], p.last[n]
	if first == last {
		return f
	}
	sentence := p.words[first].sentence
	before, after, according, subject, ahead, behind := 0, 0, false, 0, 0, 0
	for i := first - 1; i >= 0 && p.words[i].sentence == sentence; i-- {
		if k := p.verbKind(i); k > 0 && before == 0 {
			before, ahead = 1+(k-1)*buckets+bucket(int(first-1-i)), k
			if i > 0 && p.words[i-1].sentence == sentence {
				subject = 1 + p.wordKind(i-1)
			}
		}
		according = according || p.words[i].class&function != 0 && strings.EqualFold(p.body[p.words[i].start:p.words[i].end], "according")
	}
	for i := last; int(i) < len(p.words) && p.words[i].sentence == sentence; i++ {
		if k := p.verbKind(i); k > 0 && after == 0 {
			after, behind = 1+(k-1)*buckets+bucket(int(i-last)), k
		}
		according = according || p.words[i].class&function != 0 && strings.EqualFold(p.body[p.words[i].start:p.words[i].end], "according")
	}
	f.add(qVerbBefore, before*3+min(length/3, 2))
	f.add(qVerbAfter, after*3+min(length/3, 2))
	f.add(qSubject, (subject*4+ahead)*3+min(length/3, 2))
	f.add(qVerbs, ((ahead*4+behind)*befores+p.before(p.spans[n]))*endings+p.ending(p.spans[n]))
	f.add(qVerbLength, (bit(before > 0)*2+bit(after > 0))*buckets+length)
	f.add(qAccording, bit(according)*3+min(length/3, 2))
	return p.neighbourFeatures(f, n, length)
}

// verbKind tells whether word i, outside of quoted text, is a verb of saying, and how
// surely: 3 is the strongest.
func (p *page) verbKind(i int32) int { return int(p.words[i].verb) }

// verb is what verbKind returns of a word.
func (w *word) verbKind() uint8 {
	switch {
	case w.class&(core|says|saysWeak) == 0 || w.quote >= 0 || w.capital && !w.first:
		return 0
	case w.class&core != 0:
		return 3
	case w.class&says != 0:
		return 2
	}
	return 1
}

// neighbourFeatures appends what else is quoted near.
func (p *page) neighbourFeatures(f features, n, length int) features {
	paragraph, others, long, nearest := p.words[p.first[n]].paragraph, 0, 0, buckets
	for i := max(0, n-8); i < min(len(p.spans), n+9); i++ {
		if i == n || p.first[i] == p.last[i] || p.words[p.first[i]].paragraph != paragraph {
			continue
		}
		others++
		long += bit(p.last[i]-p.first[i] > 8)
		if i == n-1 {
			nearest = bucket(int(p.first[n] - p.last[i]))
		}
	}
	f.add(qAround, (min(others, 3)*3+min(long, 2))*buckets+length)
	f.add(qOthers, nearest*3+min(length/3, 2))
	return f
}
