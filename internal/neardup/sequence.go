package neardup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is what of a word tells articles apart.
type mark uint8

const (
	isNumber   mark = 1 << iota // has a digit
	isName                      // capitalised, and no function word
	isNegation                  // turns what is said around
	isQuoted                    // lies within quotation marks
	isFunction                  // says little by itself: the, of, was
	begins                      // begins a sentence
)

// significant are the marks of words of which none may differ in short texts.
const significant = isNumber | isName | isNegation | isQuoted

// sequenceWord is a word in its place.
type sequenceWord struct {
	hash    uint32 // of its normal form, see sameWords
	marks   mark
	letters string // in lower case, without apostrophes
}

// is reports whether the word has any of these marks.
func (w sequenceWord) is(m mark) bool { return w.marks&m != 0 }

// isContent reports whether the word says something by itself.
func (w sequenceWord) isContent() bool { return w.marks&(significant|isFunction) != isFunction }

// maxSequence bounds the words of a text that are aligned. A short text lies within the
// first words of a longer one, or is compared by its shingles alone.
const maxSequence = 4000

// functionWords say little by themselves, in English and some languages of its kind, and
// so do those of speech, which every outlet has its own for.
var functionWords = setOf(`a an the of in on at to by for from with as and or but that this these those it its he she
they his her their them him we our us i you your is are was were be been being has have had do does did will would can
could may might shall should which who whom whose what when where there here than then so also into about after before
over under between during while if because up down out off only just more most very such some any all both each own
said says say saying told tells mr mrs ms dr per pct percent cent reuter reuters ap afp
der die das den dem des ein eine einer und oder im in zu von mit auf le la les un une de du des et ou en el los las y del`)

// negations turn what is said around. Apostrophes are left out of words.
var negations = setOf(`not no never none neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt
couldnt shouldnt hasnt havent hadnt nobody nothing nicht kein keine keinen nie ne pas non jamais sin nunca nao değil yok`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// sequencer makes sequences.
type sequencer struct {
	list    []sequenceWord
	word    []byte // in lower case, without apostrophes
	upper   int    // capitals in it
	initial bool   // it begins with one
	number  bool
	quoted  bool // a quotation is open
	starts  bool // the next word begins a sentence
}

// sequenceOf returns the first words of a text, in their order. They are the words that
// shingles are made of.
func sequenceOf(text string) []sequenceWord {
	s := sequencer{starts: true}
	for i := 0; i < len(text) && len(s.list) < maxSequence; {
		r, size := utf8.DecodeRuneInString(text[i:])
		s.add(r, text[i:])
		i += size
	}
	s.end()
	unnameCapitals(s.list)
	return s.list
}

// add takes a letter or sign, with which rest begins.
func (s *sequencer) add(r rune, rest string) {
	switch {
	case isApostrophe(r) && len(s.word) > 0, unicode.In(r, unicode.Mn, unicode.Cf):
	case isUnspaced(r):
		s.end()
		s.take(r)
		s.end()
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r):
		s.take(r)
	default:
		s.end()
		s.sign(r, rest)
	}
}

func (s *sequencer) take(r rune) {
	if unicode.IsUpper(r) {
		s.initial = s.initial || len(s.word) == 0
		s.upper++
	}
	s.number = s.number || unicode.IsDigit(r)
	s.word = utf8.AppendRune(s.word, unicode.ToLower(r))
}

// sign takes what stands between words.
func (s *sequencer) sign(r rune, rest string) {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？':
		s.starts = s.starts || r != '.' || !s.afterAbbreviation() && !followedByDigit(rest[1:])
	case ':', '\n', '•':
		s.starts = s.starts || r != '\n' || strings.HasPrefix(strings.TrimLeft(rest[1:], " \t\r"), "\n")
	case '"':
		s.quoted = !s.quoted
	case '“', '„', '«':
		s.quoted = true
	case '”', '»':
		s.quoted = false
	}
}

func followedByDigit(rest string) bool { return rest != "" && '0' <= rest[0] && rest[0] <= '9' }

// abbreviationSize is how long a capitalised word is, in bytes, before which a stop is taken
// for one of an abbreviation: Mr. J. D. Varley, Gen., Gov.
const abbreviationSize = 3

// afterAbbreviation reports whether the last word may be one whose stop ends no sentence.
func (s *sequencer) afterAbbreviation() bool {
	if len(s.list) == 0 {
		return false
	}
	w := s.list[len(s.list)-1]
	return len(w.letters) <= abbreviationSize && w.is(isName|begins) && !w.is(isNumber)
}

// end ends the word that has begun.
func (s *sequencer) end() {
	if len(s.word) == 0 {
		return
	}
	text := string(s.word)
	w := sequenceWord{hash: wordHash(normalForm(text)), letters: text}
	mark := func(is bool, m mark) {
		if is {
			w.marks |= m
		}
	}
	mark(s.number || numberWords[text], isNumber)
	mark(negations[text], isNegation)
	mark(functionWords[text], isFunction)
	mark(s.initial && !functionWords[text] || s.upper > 1, isName)
	mark(s.quoted, isQuoted)
	mark(s.starts, begins)
	if w.is(isFunction) {
		w.marks &^= isQuoted
	}
	s.list = append(s.list, w)
	s.word, s.upper, s.initial, s.number, s.starts = s.word[:0], 0, false, false, false
}

// wordHash hashes the letters of a word.
func wordHash(word string) uint32 {
	h := uint64(fnvOffset)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * fnvPrime
	}
	return uint32(mix(h) >> 32)
}

// numberWords are numbers in letters. One is a pronoun too, and none of them.
var numberWords = setOf(`two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion half third quarter
first second fourth fifth dozen dozens hundreds thousands millions billions`)

// sameWords are words that outlets write in several ways, each followed by its normal form.
var sameWords = func() map[string]string {
	list := strings.Fields(`two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 first 1st second 2nd third 3rd fourth 4th
jan january feb february aug august sept september sep september oct october nov november dec december mln million bn billion
mths months mth month yr year yrs years qtr quarter gov governor sen senator rep representative gen general lt lieutenant
centre center defence defense`)
	same := map[string]string{}
	for i := 0; i < len(list); i += 2 {
		same[list[i]] = list[i+1]
	}
	return same
}()

func normalForm(word string) string {
	if form := sameWords[word]; form != "" {
		return form
	}
	return word
}

// capitalsShare is the share of names among words from which on capitals say nothing: the
// text is printed in them, or is one of headlines.
const capitalsShare = .7

// unnameCapitals takes the marks of names from a text in capitals. Numbers and negations
// are left.
func unnameCapitals(list []sequenceWord) {
	names := 0
	for _, w := range list {
		if w.is(isName) {
			names++
		}
	}
	if float64(names) < capitalsShare*float64(len(list)) {
		return
	}
	for i := range list {
		list[i].marks &^= isName
	}
}
