package tagger

// extractor makes the features of tokens, as hashes.
type extractor struct {
	doc  *document
	hash []uint32 // of the token that is looked at
}

// Templates of features: what a feature is of. Some stand for several, by a number that is
// added.
const (
	ofWord            uint32 = 0  // the word
	ofWordShape       uint32 = 1  // and how it is written
	ofWordWhere       uint32 = 2  // and where in its sentence
	ofAny             uint32 = 3  // every token has it
	ofShape           uint32 = 4  // how it is written
	ofForm            uint32 = 5  // all properties
	ofStart           uint32 = 6  // the first letters, by how many; up to maxAffix
	ofEnd             uint32 = 11 // the last
	ofNeighbourBefore uint32 = 16 // a word before, by how far; up to 2
	ofNeighbourBehind uint32 = 19 // behind
	ofWordBefore      uint32 = 22 // the word and the one before
	ofWordBehind      uint32 = 23 // and the one behind
	ofShapesBefore    uint32 = 24 // shapes of it and of the one before
	ofShapesBehind    uint32 = 25 // and of the one behind
	ofShapeWordBefore uint32 = 26 // its shape and the word before
	ofShapeWordBehind uint32 = 27 // and the word behind
	ofPlaceInRun      uint32 = 28 // how far from both ends of the run
	ofLeft            uint32 = 29 // the word before the run
	ofRight           uint32 = 30 // behind
	ofMarks           uint32 = 31 // what the lists say of it
	ofMarksBefore     uint32 = 32 // of the one before
	ofMarksBehind     uint32 = 33 // of the one behind
	ofMarksAround     uint32 = 34 // of all three
	ofMark            uint32 = 35 // each of what the lists say
	ofMarksOfRun      uint32 = 36 // of all words of the run
	ofKnown           uint32 = 37 // of which known name it is
	ofKnownBehind     uint32 = 38 // and the one behind
	ofWhere           uint32 = 39 // where in its sentence
	ofNoName          uint32 = 40 // the article never has it with a capital letter
	ofSeen            uint32 = 41 // how it is written elsewhere in the article
	ofSeenShape       uint32 = 42 // and here
	ofTitled          uint32 = 43 // whether titles and given names stand before it
	ofTitledMarks     uint32 = 44 // and what the lists say
	ofLabel           uint32 = 45 // what the first pass found
	ofLabelsBefore    uint32 = 46 // and for the one before
	ofLabelsBehind    uint32 = 47 // and for the one behind
	ofLabelsAround    uint32 = 48 // and for both
	ofLabelAlone      uint32 = 49 // for a word that is in no table
	ofVotes           uint32 = 50 // what it found elsewhere in the article
	ofVotesLabel      uint32 = 51 // and here
	ofVotesShape      uint32 = 52 // and how it is written
	ofVotesMarks      uint32 = 53 // and what the lists say
	ofStyle           uint32 = 54 // the feature for each style
)

// maxAffix is how many first and last letters of a word are looked at.
const maxAffix = 4

// Words that stand for what lies beyond a sentence.
const (
	beforeSentence = 1
	behindSentence = 2
)

// place is a token with what surrounds it.
type place struct {
	d *document
	s *sentence
	r *run
	i int32
}

// lower returns the hash of the word at a distance, in lower case.
func (p *place) lower(by int32) uint64 {
	switch j := p.i + by; {
	case j < p.s.first:
		return beforeSentence
	case j >= p.s.end:
		return behindSentence
	default:
		return p.d.tokens[j].lower
	}
}

// shape returns the class of the word at a distance, with what else can be seen of it.
func (p *place) shape(by int32) uint64 {
	j := p.i + by
	if j < p.s.first || j >= p.s.end {
		return 255
	}
	t := &p.d.tokens[j]
	if t.class == classSign {
		return 64 + t.lower%997<<8
	}
	return uint64(t.class) | uint64(p.s.style)<<4
}

// marks returns what the lists say of the word at a distance.
func (p *place) marks(by int32) uint64 {
	j := p.i + by
	if j < p.s.first || j >= p.s.end {
		return 0
	}
	return uint64(p.d.marks[j])
}

func (e *extractor) add(template uint32, of uint64) {
	e.hash = append(e.hash, feature(template, of))
}

// first returns the features of a token for the first pass: those of its place and those of
// the word alone. They are valid until the next call.
func (e *extractor) first(p *place) []uint32 {
	e.hash = e.hash[:0]
	t := &p.d.tokens[p.i]
	e.add(ofWordWhere, pair(p.where(t), t.lower))
	e.word(p, t)
	e.surroundings(p, t)
	e.styled(p)
	return e.hash
}

// alone returns the features of the word alone, without those of the style.
func (e *extractor) alone(p *place) []uint32 {
	e.hash = e.hash[:0]
	e.word(p, &p.d.tokens[p.i])
	return e.hash
}

// inPlace returns the features that alone leaves out.
func (e *extractor) inPlace(p *place) []uint32 {
	e.hash = e.hash[:0]
	t := &p.d.tokens[p.i]
	e.add(ofWordWhere, pair(p.where(t), t.lower))
	e.surroundings(p, t)
	return e.hash
}

// surroundings adds the features of all that is around the word.
func (e *extractor) surroundings(p *place, t *token) {
	e.neighbours(p, t)
	e.lists(p)
	e.sentence(p, t)
	e.article(p, t)
}

// styled adds each feature once more as one of the style, in sentences of another style than
// the plain one. In these only those are learned, so that headlines use what texts tell and
// add to it, and change nothing of what it tells.
func (e *extractor) styled(p *place) {
	if p.s.style == plain {
		return
	}
	for _, h := range e.hash {
		e.add(ofStyle+uint32(p.s.style), uint64(h))
	}
}

// word adds features of the word itself. They follow from the word, its form and the style.
func (e *extractor) word(p *place, t *token) {
	e.add(ofWord, t.lower)
	e.add(ofWordShape, pair(t.lower, p.shape(0)))
	e.add(ofAny, 0)
	e.add(ofShape, p.shape(0))
	e.add(ofForm, pair(uint64(t.form), uint64(p.s.style)))
	word := p.d.fields[p.s.field].Text[t.start:t.end]
	e.affixes(word)
}

// affixes adds the first and the last letters of a word, 2 to maxAffix, in lower case. Only
// letters of ASCII are looked at as letters: others count as the bytes that they are of.
func (e *extractor) affixes(word string) {
	h := uint64(hashStart)
	for n := 0; n < len(word) && n < maxAffix; n++ {
		h = (h ^ uint64(lowerByte(word[n]))) * hashPrime
		if n >= 1 {
			e.add(ofStart+uint32(n), h)
		}
	}
	h = hashStart
	for n := 0; n < len(word) && n < maxAffix; n++ {
		h = (h ^ uint64(lowerByte(word[len(word)-1-n]))) * hashPrime
		if n >= 1 {
			e.add(ofEnd+uint32(n), h)
		}
	}
}

func lowerByte(b byte) byte {
	if b-'A' < 26 {
		return b | 0x20
	}
	if b-'0' < 10 {
		return '0'
	}
	return b
}

// neighbours adds features of the words around.
func (e *extractor) neighbours(p *place, t *token) {
	for by := int32(1); by <= 2; by++ {
		e.add(ofNeighbourBefore+uint32(by), p.lower(-by))
		e.add(ofNeighbourBehind+uint32(by), p.lower(by))
	}
	e.add(ofWordBefore, pair(p.lower(-1), t.lower))
	e.add(ofWordBehind, pair(t.lower, p.lower(1)))
	shape := p.shape(0)
	e.add(ofShapesBefore, pair(p.shape(-1), shape))
	e.add(ofShapesBehind, pair(shape, p.shape(1)))
	e.add(ofShapeWordBefore, pair(p.lower(-1), shape))
	e.add(ofShapeWordBehind, pair(p.lower(1), shape))
	e.around(p)
}

// around adds the words around the run that the token is in, with how far they are.
func (e *extractor) around(p *place) {
	at := uint64(min(p.i-p.r.first, 3)) | uint64(min(p.r.end-1-p.i, 3))<<2 | uint64(p.s.style)<<4
	left, right := p.r.first-1-p.i, p.r.end-p.i
	e.add(ofPlaceInRun, at)
	e.add(ofLeft, p.lower(left))
	e.add(ofRight, p.lower(right))
}

// lists adds what the lists say.
func (e *extractor) lists(p *place) {
	m := p.marks(0)
	e.add(ofMarks, m)
	e.add(ofMarksBefore, p.marks(-1))
	e.add(ofMarksBehind, p.marks(1))
	e.add(ofMarksAround, pair(pair(p.marks(-1), m), p.marks(1)))
	for bits := m; bits != 0; bits &= bits - 1 {
		e.add(ofMark, bits&-bits)
	}
	e.add(ofMarksOfRun, p.runMarks())
	e.add(ofKnown, m>>16)
	e.add(ofKnownBehind, pair(m>>16, p.marks(1)>>16))
}

// runMarks returns what the lists say of the words of a run, together.
func (p *place) runMarks() uint64 {
	m := mark(0)
	for j := p.r.first; j < p.r.end; j++ {
		m |= p.d.marks[j]
	}
	return uint64(m & (isTitle | isOrgWord | isOrgEnding | isGiven | isPlaceWord | isEvent))
}

// identity is how many of the first features tell which word it is.
const identity = 3

// where returns where in its sentence the token is, and of what style this is.
func (p *place) where(t *token) uint64 {
	where := uint64(p.s.style)
	if p.d.opens(p.s, p.i) {
		where |= 4
	}
	if t.form&firstOfLine != 0 {
		where |= 8
	}
	if p.s.digits {
		where |= 16
	}
	return where
}

// sentence adds where in its sentence the token is, and of what style this is.
func (e *extractor) sentence(p *place, t *token) {
	e.add(ofWhere, p.where(t))
}

// article adds what the article tells of the word elsewhere.
func (e *extractor) article(p *place, t *token) {
	w := p.d.words.get(t.lower)
	if w == nil {
		e.add(ofNoName, 0)
		return
	}
	lower, within, first := few(w.lower), few(w.within), few(w.first)
	seen := lower | within<<2 | first<<4
	e.add(ofSeen, seen)
	e.add(ofSeenShape, pair(seen, uint64(p.s.style)<<8|p.shape(0)&255))
	e.add(ofTitled, few(w.titled)|few(w.named)<<2)
	e.add(ofTitledMarks, pair(few(w.titled)|few(w.named)<<2, uint64(p.marks(0))))
}

// second returns the features that the second pass has beside those of the first.
func (e *extractor) second(p *place) []uint32 {
	e.hash = e.hash[:0]
	t := &p.d.tokens[p.i]
	own := uint64(p.d.labels[p.i])
	e.add(ofLabel, own)
	e.add(ofLabelsBefore, pair(uint64(p.labelAt(-1)), own))
	e.add(ofLabelsBehind, pair(own, uint64(p.labelAt(1))))
	e.add(ofLabelsAround, pair(pair(uint64(p.labelAt(-1)), own), uint64(p.labelAt(1))))
	w := p.d.words.get(t.lower)
	if w == nil {
		e.add(ofLabelAlone, own)
		e.styled(p)
		return e.hash
	}
	v := p.votes(w, own)
	e.add(ofVotes, v)
	e.add(ofVotesLabel, pair(v, own))
	e.add(ofVotesShape, pair(v, p.shape(0)))
	e.add(ofVotesMarks, pair(v, p.marks(0)))
	e.styled(p)
	return e.hash
}

func (p *place) labelAt(by int32) label {
	j := p.i + by
	if j < p.r.first || j >= p.r.end {
		return outside
	}
	return p.d.labels[j]
}

// votes returns which kind the word has elsewhere in the article the most often, and how
// sure that is.
func (p *place) votes(w *wordStats, own uint64) uint64 {
	best, most, all := 0, 0, 0
	for k := range w.votes {
		n := int(w.votes[k])
		if k == voteOf(label(own)) {
			n--
		}
		if all += n; n > most {
			best, most = k, n
		}
	}
	switch {
	case all == 0:
		return 0
	case most == all:
		return uint64(best+1) | uint64(min(all, 3))<<4
	}
	return uint64(best+1) | uint64(most*4/all)<<8
}

// voteOf returns the place in votes for a label.
func voteOf(l label) int {
	if l == outside {
		return kinds
	}
	return int(l.kind())
}
