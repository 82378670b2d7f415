package query

import (
	"slices"
	"strings"
	"unicode"
)

// Read reads a query as a person types or pastes it: Parse, but for headlines in
// capitals, of which NOT, OR, AND and NEAR are words. The remarks say so; and they
// say it where such a word in a text that is all in capitals is taken for an
// operator after all.
func Read(s string) (n Node, remarks []string, err error) {
	t := plainOf(s)
	c := capitalsOf(t.text)
	plain := c.areText(t.text)
	if n, err = parse(t.text, plain); err != nil {
		return nil, nil, t.mistake(err)
	}
	return t.node(n), c.remarks(plain), nil
}

// areText reports whether the operators of a text are words.
func (c *capitals) areText(s string) bool {
	if c.headline || len(c.operators) == 0 || !c.mayBeHeadline() {
		return c.headline
	}
	if _, err := parse(s, false); err == nil {
		return false
	}
	_, err := parse(s, true)
	return err == nil // else the mistake is not the operators' alone
}

// capitals is what there is to know of a text in capitals that holds words which
// are operators elsewhere. It is zero for all other texts.
type capitals struct {
	operators []string // each once, in order
	words     int      // other than operators; a quotation is one
	negates   bool     // NOT stands among the operators
	names     bool     // all that stands between operators are short names: NATO OR EU
	trails    bool     // the text ends with an operator that joins
	// headline says that the operators are words: what stands around them is part
	// of a sentence, or they stand where no operator can.
	headline bool
}

// maxName is how many letters a word in capitals has at most that is taken for the
// short name of something.
const maxName = 6

// manyWords is how many words in capitals hardly anybody types who means operators.
const manyWords = 6

// mayBeHeadline reports whether a text that cannot be read with its operators is a
// headline. What ends with an operator and is short has not been typed to its end.
func (c *capitals) mayBeHeadline() bool {
	return c.words > 2 || c.words > 0 && !c.trails
}

// remarks says how the operators were read.
func (c *capitals) remarks(asWords bool) []string {
	if len(c.operators) == 0 {
		return nil
	}
	which, is := strings.Join(c.operators, " and "), "is"
	if len(c.operators) > 1 {
		is = "are"
	}
	switch {
	case asWords:
		return []string{which + " " + is + " read as text, since all is in capitals; for an operator, write the other words in small letters"}
	case c.names && !c.negates, len(c.operators) == 1 && c.operators[0] == "AND":
		return nil // as it was meant, or the same either way
	}
	what := " as an operator"
	if len(c.operators) > 1 {
		what = " as operators"
	}
	return []string{which + " " + is + " read" + what + "; write small letters, or quotation marks around all, to search for the text"}
}

// capitalsOf looks at a text word by word.
func capitalsOf(s string) (c capitals) {
	if len(s) > maxQuery || !strings.ContainsAny(s, "AON") {
		return c
	}
	scan := capitalScan{p: parser{text: s}}
	for scan.next() {
	}
	return scan.result()
}

// capitalScan goes over a text.
type capitalScan struct {
	p        parser
	out      capitals
	plain    int    // words without quotation marks
	segment  int    // words since the last operator
	long     bool   // some segment has several words, or one that is no short name
	sentence bool   // a word stands there that names don't have
	last     opKind // of what came last
	leads    bool   // the first is an operator that joins
	notNear  bool   // NOT NEAR stands there, without a number: PEACE NOT NEAR, SAYS IRAN
	fails    bool   // it is no text in capitals, or has other signs of a query
}

// next takes the next word, and returns false at the end.
func (s *capitalScan) next() bool {
	p := &s.p
	p.pos = p.skip(p.pos)
	r, size := p.at(p.pos)
	switch {
	case size == 0, s.fails:
		return false
	case isQuote(r):
		return s.quotation(size)
	case r == '(' || r == ')':
		if r == '(' && s.last != opNone && s.last != opEnd {
			s.fails = true // NOT (A OR B)
		}
		p.pos += size
		return true
	case r == '|':
		p.pos += size
		s.segment = 0
		return true
	}
	if kind, end := p.wordOperator(p.pos); kind != opNone {
		s.operator(kind, p.text[p.pos:end])
		p.pos = end
		return true
	}
	start := p.pos
	for p.pos == start || !p.isBorder(p.pos) {
		_, size := p.at(p.pos)
		p.pos += size
	}
	s.word(start, p.text[start:p.pos])
	return true
}

func (s *capitalScan) quotation(size int) bool {
	p := &s.p
	mark, _ := p.at(p.pos)
	end := p.closingQuote(p.pos+size, closers(mark))
	if end < 0 {
		s.fails = true
		return false
	}
	_, size = p.at(end)
	p.pos = p.skipPunctuation(end + size)
	s.add()
	return true
}

// add counts a word or a quotation.
func (s *capitalScan) add() {
	s.out.words++
	s.segment++
	s.long = s.long || s.segment > 1
	s.last = opNone
}

func (s *capitalScan) operator(kind opKind, text string) {
	if text == "&&" || strings.HasPrefix(text, "ADJ") || strings.Contains(text, "/") {
		s.fails = true // nothing that a headline holds
		return
	}
	if s.out.words == 0 && kind != opNot {
		s.leads = true
	}
	if kind == opNear && s.last == opNot {
		s.notNear = true
	}
	if !slices.Contains(s.out.operators, text) {
		s.out.operators = append(s.out.operators, text)
	}
	s.out.negates = s.out.negates || kind == opNot
	s.segment, s.last = 0, kind
}

// word takes a word that is no operator.
func (s *capitalScan) word(start int, w string) {
	if _, count := s.p.countAt(start); count > 0 || s.p.signed(start) != 0 && s.p.opens(start) || strings.ContainsAny(w, `=*^~\`) || s.isField(w) {
		s.fails = true
		return
	}
	upper, lower, digits, letters := 0, 0, 0, 0
	for _, r := range w {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		case unicode.IsDigit(r):
			digits++
		}
		if isWordly(r) {
			letters++
		}
	}
	if letters == 0 {
		return // a dash and the like
	}
	if lower >= upper && lower > 0 && digits == 0 && !isParticle(w) {
		s.fails = true
		return
	}
	s.add()
	if upper > 0 {
		s.plain++
	}
	s.long = s.long || letters > maxName
	s.sentence = s.sentence || isOfSentence(strings.Trim(w, ",;:.!?"), s.segment == 1)
}

// isField reports whether a word begins with the name of a field and a colon.
func (s *capitalScan) isField(w string) bool {
	name, value, ok := strings.Cut(w, ":")
	_, known := lookup(name)
	return ok && value != "" && known
}

func (s *capitalScan) result() capitals {
	c := s.out
	if s.fails || len(c.operators) == 0 || s.plain == 0 {
		return capitals{}
	}
	c.names = !s.long && !s.leads
	c.trails = s.last == opOr || s.last == opAnd || s.last == opNear
	endsNot := s.last == opNot
	c.headline = c.words >= manyWords || s.sentence || s.leads || s.notNear || endsNot
	if c.trails {
		c.headline = c.words > 2 && c.headline
	}
	return c
}

// isParticle reports whether a word is one of those that are small in names written
// in capitals: URSULA von der LEYEN.
func isParticle(w string) bool {
	switch w {
	case "von", "van", "der", "den", "de", "di", "da", "del", "della", "dos", "du", "al", "el", "bin", "ibn", "y", "s", "'s", "’s":
		return true
	}
	return strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "el-")
}

// isOfSentence reports whether a word in capitals is one that sentences have and
// lists of names don't. WHO, US, IT and UN are names. An article that stands first
// may be part of one: THE HAGUE OR GENEVA.
func isOfSentence(w string, first bool) bool {
	switch w {
	case "THE", "A", "AN", "DER", "DIE", "DAS", "LE", "LA", "LES", "EL", "LOS", "LAS":
		return !first
	case "WILL", "WOULD", "WON'T", "CAN", "CAN'T", "COULD", "SHOULD", "MUST", "MAY", "MIGHT", "SHALL",
		"IS", "ISN'T", "ARE", "WAS", "WERE", "BE", "BEEN", "BEING", "HAS", "HAVE", "HAD", "DO", "DOES", "DON'T", "DID",
		"TO", "IN", "AT", "ON", "BY", "WITH", "FROM", "AS", "INTO", "OVER", "AFTER", "AMID", "UNDER", "AGAINST", "DESPITE",
		"HE", "SHE", "THEY", "WE", "YOU", "I", "ITS", "HIS", "HER", "THEIR", "OUR", "YOUR", "MY", "THIS", "THAT", "THESE", "THOSE",
		"IF", "BUT", "BECAUSE", "WHEN", "WHILE", "WHY", "HOW", "WHAT", "WHERE", "WHICH", "THAN", "THEN", "THERE", "YET", "STILL", "JUST", "ONLY",
		"SAY", "SAYS", "SAID", "WARNS", "TELLS", "CALLS", "NO",
		"IST", "SIND", "WIRD", "WERDEN", "KANN", "SOLL", "MUSS", "NICHT", "UND", "ODER", "MIT", "FÜR", "AUF", "AUS", "IM", "ZU", "ZUR", "ZUM", "BEI", "NACH", "GEGEN",
		"EST", "SONT", "PAS", "POUR", "DANS", "SUR", "AVEC", "ET", "QUI", "QUE", "DES", "DU", "AUX",
		"SON", "CON", "POR", "PARA", "DEL", "EN", "SE", "NON", "PER", "SONO", "NEL", "É", "È", "NÃO", "COM", "EM":
		return true
	}
	return strings.HasSuffix(w, "N'T") || strings.HasSuffix(w, "N’T")
}
