package tagger

// extractor makes the features of tokens, as hashes.
type extractor struct {
	doc  *document
	hash []uint32 // of the token that is looked at
}

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

// first returns the features of a token for the first pass. They are valid until the next
// call.
func (e *extractor) first(p *place) []uint32 {
	e.hash = e.hash[:0]
	t := &p.d.tokens[p.i]
	e.word(p, t)
	e.neighbours(p, t)
	e.lists(p)
	e.sentence(p, t)
	e.article(p, t)
	e.styled(p)
	return e.hash
}

// styled adds each feature once more as one of the style, in sentences of another style than
// the plain one. In these only those are learned, so that headlines use what texts tell and
// add to it, and change nothing of what it tells.
func (e *extractor) styled(p *place) {
	if p.s.style == plain {
		return
	}
	for _, h := range e.hash {
		e.add(90+uint32(p.s.style), uint64(h))
	}
}

// word adds features of the word itself.
func (e *extractor) word(p *place, t *token) {
	e.add(1, t.lower)
	e.add(2, pair(t.lower, p.shape(0)))
	e.add(62, pair(p.where(t), t.lower))
	e.add(0, 0)
	e.add(3, p.shape(0))
	e.add(4, pair(uint64(t.form), uint64(p.s.style)))
	e.add(5, pair(p.shape(0), uint64(min(t.end-t.start, 8))))
	word := p.d.fields[p.s.field].Text[t.start:t.end]
	e.affixes(word)
}

// affixes adds the first and the last letters of a word, 2 to 4, in lower case. Only
// letters of ASCII are looked at as letters: others count as the bytes that they are of.
func (e *extractor) affixes(word string) {
	h := uint64(hashStart)
	for n := 0; n < len(word) && n < 4; n++ {
		h = (h ^ uint64(lowerByte(word[n]))) * hashPrime
		if n >= 1 {
			e.add(8+uint32(n), h)
		}
	}
	h = hashStart
	for n := 0; n < len(word) && n < 4; n++ {
		h = (h ^ uint64(lowerByte(word[len(word)-1-n]))) * hashPrime
		if n >= 1 {
			e.add(12+uint32(n), h)
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
		e.add(20+uint32(by), p.lower(-by))
		e.add(22+uint32(by), p.lower(by))
	}
	e.add(25, pair(p.lower(-1), t.lower))
	e.add(26, pair(t.lower, p.lower(1)))
	e.add(27, pair(p.lower(-1), p.lower(1)))
	e.add(28, pair(p.lower(-2), p.lower(-1)))
	e.add(29, pair(p.lower(1), p.lower(2)))
	shape := p.shape(0)
	e.add(30, pair(p.shape(-1), shape))
	e.add(31, pair(shape, p.shape(1)))
	e.add(32, pair(pair(p.shape(-1), shape), p.shape(1)))
	e.add(33, pair(pair(p.shape(-2), p.shape(-1)), pair(shape, p.shape(1))))
	e.add(34, pair(pair(p.shape(-1), shape), pair(p.shape(1), p.shape(2))))
	e.add(35, pair(p.lower(-1), shape))
	e.add(36, pair(p.lower(1), shape))
	e.around(p)
}

// around adds the words around the run that the token is in, with how far they are.
func (e *extractor) around(p *place) {
	at := uint64(min(p.i-p.r.first, 3)) | uint64(min(p.r.end-1-p.i, 3))<<2 | uint64(p.s.style)<<4
	left, right := p.r.first-1-p.i, p.r.end-p.i
	e.add(40, at)
	e.add(41, p.lower(left))
	e.add(42, p.lower(right))
	e.add(43, pair(p.lower(left), at))
	e.add(44, pair(p.lower(right), at))
	e.add(45, pair(pair(p.lower(left-1), p.lower(left)), at))
}

// lists adds what the lists say.
func (e *extractor) lists(p *place) {
	m := p.marks(0)
	e.add(50, m)
	e.add(51, pair(m, p.shape(0)))
	e.add(52, p.marks(-1))
	e.add(53, p.marks(1))
	e.add(54, pair(p.marks(-1), m))
	e.add(55, pair(m, p.marks(1)))
	e.add(56, pair(pair(p.marks(-1), m), p.marks(1)))
	for bits := m; bits != 0; bits &= bits - 1 {
		e.add(57, bits&-bits)
	}
	e.add(58, p.runMarks())
	e.add(59, m>>16)
	e.add(46, pair(m>>16, p.marks(1)>>16))
	e.add(47, pair(p.marks(-1)>>16, m>>16))
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
	where := p.where(t)
	e.add(60, where)
	e.add(61, pair(where, p.shape(0)))
	e.add(63, pair(where, p.marks(0)))
	e.add(64, pair(pair(where, p.shape(0)), p.shape(1)))
}

// article adds what the article tells of the word elsewhere.
func (e *extractor) article(p *place, t *token) {
	w := p.d.words.get(t.lower)
	if w == nil {
		e.add(70, 0)
		return
	}
	lower, within, first := few(w.lower), few(w.within), few(w.first)
	seen := lower | within<<2 | first<<4
	e.add(71, seen)
	e.add(72, pair(seen, uint64(p.s.style)<<8|p.shape(0)&255))
	e.add(73, few(w.titled)|few(w.named)<<2)
	e.add(74, pair(few(w.titled)|few(w.named)<<2, uint64(p.marks(0))))
}

// second returns the features that the second pass has beside those of the first.
func (e *extractor) second(p *place) []uint32 {
	e.hash = e.hash[:0]
	t := &p.d.tokens[p.i]
	own := uint64(p.d.labels[p.i])
	e.add(80, own)
	e.add(81, pair(uint64(p.labelAt(-1)), own))
	e.add(82, pair(own, uint64(p.labelAt(1))))
	e.add(83, pair(pair(uint64(p.labelAt(-1)), own), uint64(p.labelAt(1))))
	w := p.d.words.get(t.lower)
	if w == nil {
		e.add(84, own)
		e.styled(p)
		return e.hash
	}
	v := p.votes(w, own)
	e.add(85, v)
	e.add(86, pair(v, own))
	e.add(87, pair(v, p.shape(0)))
	e.add(88, pair(v, p.marks(0)))
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
