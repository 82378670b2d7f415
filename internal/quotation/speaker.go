package quotation

import "strings"

// The groups of features by which candidates are told from who said it.
const (
	sPlace     = iota // where it stands
	sRelation         // to the verb: place x relation x which verb
	sKind             // place x relation x kind
	sVerb             // how strong the verb is, how near to the quotation, x relation
	sRank             // how many candidates are nearer, x place
	sDistance         // in words x place
	sQuote            // place x how the quotation begins and ends
	sBefore           // what word is before x place
	sAfter            // what word is behind x place
	sPrevious         // it said what was quoted before
	sFirst            // first in its sentence x place x kind
	sCount            // how often it is mentioned x kind
	sVerbOther        // the sentence of the quotation has a verb with a subject, x place
	sColon            // a colon stands before the quotation x place x relation
	sAccording        // according to
	sInside           // whether it stands in brackets, or belongs to another
	sPlaceKind        // place x kind x starts the paragraph
	sSaid             // how many of the quotations so far it said
	sNobody           // the candidate that is nobody
	sNobodyQuote
	sNobodyVerb
	sNobodyPrevious
	speakerGroups = iota
)

// The places of candidates, seen from the quotation.
const (
	beforeHere = iota // in its sentence
	afterHere
	sentenceBefore // in its paragraph
	earlierHere
	sentenceAfter
	laterHere
	paragraphBefore
	earlier
	paragraphAfter
	later
	places
)

// setting is what stands around a mention, which is the same for all quotations.
type setting struct {
	read                 bool
	according, bracketed bool
	before, after        uint8 // see wordBefore, wordAfter
	relation             uint8 // to the verb
	verb                 int32 // see nearestVerb
}

// readAround fills in what stands around mention n, once.
func (c *cast) readAround(n int32) *setting {
	m := &c.mentions[n]
	a := &m.around
	if a.read {
		return a
	}
	verb := c.nearestVerb(m)
	*a = setting{
		read: true, according: c.according(m), bracketed: c.bracketed(m), before: uint8(c.wordBefore(m)),
		after: uint8(c.wordAfter(m)), verb: verb, relation: uint8(c.relation(m, verb)),
	}
	return a
}

// candidate is one that may have said a quotation.
type candidate struct {
	mention  int32 // of the cast; -1 for nobody
	features features
	score    float64
	chance   float64
}

// history is who said what was quoted before.
type history struct {
	mention int32 // -1 for nobody, or nothing was quoted before
	chain   int32
	last    int32 // the last word of the quotation before
	quotes  int   // how many have a speaker
	counts  []int // of chains: how many they said
}

// reach is how far candidates are sought: this many paragraphs back, and one on.
const reach = 3

// mostCandidates is how many candidates a quotation has at most: those nearest before
// it, and fewer behind it.
const mostCandidates = 40

// candidates appends all that may have said what the frame is of.
func (c *cast) candidates(list []candidate, fr *frame, h *history) []candidate {
	at := fr.before
	from := at
	for from > 0 && at-from < mostCandidates*2/3 && c.words[c.mentions[from-1].first].paragraph >= fr.paragraph-reach {
		from--
	}
	to := at
	for to < len(c.mentions) && to-at < mostCandidates/3 && c.words[c.mentions[to].first].paragraph <= fr.paragraph+1 {
		to++
	}
	list = grow(list, -1)
	if h.mention >= 0 && int(h.mention) < from {
		list = grow(list, h.mention)
	}
	for i := from; i < to; i++ {
		list = grow(list, int32(i))
	}
	for i := range list {
		x := &list[i]
		if x.mention < 0 {
			x.features = c.nobodyFeatures(x.features, fr, h)
		} else {
			x.features = c.speakerFeatures(x.features, fr, h, x.mention)
		}
	}
	return list
}

// grow appends a candidate, with the memory of one that was there before.
func grow(list []candidate, mention int32) []candidate {
	if len(list) < cap(list) {
		list = list[:len(list)+1]
	} else {
		list = append(list, candidate{})
	}
	x := &list[len(list)-1]
	x.mention, x.features = mention, x.features[:0]
	return list
}

// place returns where a mention stands.
func (c *cast) place(fr *frame, m *mention) int {
	w := &c.words[m.first]
	switch {
	case w.sentence == fr.sentence && m.first < fr.first:
		return beforeHere
	case w.sentence == fr.sentence:
		return afterHere
	case w.paragraph == fr.paragraph && w.sentence == fr.sentence-1:
		return sentenceBefore
	case w.paragraph == fr.paragraph && w.sentence < fr.sentence:
		return earlierHere
	case w.paragraph == fr.paragraph && w.sentence == fr.sentence+1:
		return sentenceAfter
	case w.paragraph == fr.paragraph:
		return laterHere
	case w.paragraph == fr.paragraph-1:
		return paragraphBefore
	case w.paragraph < fr.paragraph:
		return earlier
	case w.paragraph == fr.paragraph+1:
		return paragraphAfter
	}
	return later
}

// verbOf returns the verb that tells most of a mention: of the two beside the quotation
// the one to which it stands closer, in other sentences the nearest to the mention. Which
// is 0 for none, 1 for the verb before the quotation, 2 for that behind it, 3 for another.
func (c *cast) verbOf(fr *frame, m *mention, place int) (verb int32, relation, which int) {
	if place > afterHere {
		if m.around.verb < 0 {
			return -1, noVerb, 0
		}
		return m.around.verb, int(m.around.relation), 3
	}
	before, after := c.relation(m, fr.verbBefore), c.relation(m, fr.verbAfter)
	switch {
	case before == noVerb && after == noVerb:
		return -1, noVerb, 0
	case before == noVerb || after != noVerb && closeness[after] > closeness[before]:
		return fr.verbAfter, after, 2
	}
	return fr.verbBefore, before, 1
}

// closeness orders relations: how surely each tells the subject.
var closeness = [relations]int{
	noVerb: 0, subjectOther: 1, invertedFar: 2, subjectFar: 3, object: 4, subjectLoose: 5, subjectComma: 6, inverted: 7, subjectDirect: 8,
}

// nearestVerb returns the verb of saying nearest to a mention in its sentence, those
// behind it first; -1 for none.
func (c *cast) nearestVerb(m *mention) int32 {
	const near = 20 // words; what is further off has another subject
	sentence := c.words[m.first].sentence
	if i := int(m.last) + 1; i < len(c.words) {
		if n := int(c.words[i].verbs); n < len(c.verbs) {
			if v := c.verbs[n]; v <= m.last+near && c.words[v].sentence == sentence {
				return v
			}
		}
	}
	if n := c.words[m.first].verbs; n > 0 {
		if v := c.verbs[n-1]; v >= m.first-near && c.words[v].sentence == sentence {
			return v
		}
	}
	return -1
}

// speakerFeatures appends the features of a mention.
func (c *cast) speakerFeatures(f features, fr *frame, h *history, n int32) features {
	near := c.readAround(n)
	m := &c.mentions[n]
	place := c.place(fr, m)
	verb, relation, which := c.verbOf(fr, m, place)
	k := int(m.kind)
	f.add(sPlace, place*2+bit(fr.startsPara))
	f.add(sRelation, (place*relations+relation)*4+which)
	f.add(sKind, (place*relations+relation)*kinds+k)
	f.add(sVerb, c.verbValue(fr, verb)*relations+relation)
	f.add(sRank, min(fr.nearer(n), 7)*places+place)
	f.add(sDistance, bucket(c.distance(fr, m))*places+place)
	f.add(sQuote, (place*endings+fr.ending)*befores+fr.gapBefore)
	f.add(sBefore, int(near.before)*places+place)
	f.add(sAfter, int(near.after)*places+place)
	f.add(sFirst, (bit(c.words[m.first].first)*places+place)*kinds+k)
	mentions := 0
	if m.chain >= 0 {
		mentions = int(c.chains[m.chain].mentions)
	}
	f.add(sCount, bucket(mentions)*kinds+k)
	f.add(sVerbOther, (c.subjects(fr)*places+place)*relations+relation)
	f.add(sColon, (bit(fr.colonLead)*2+bit(fr.gapBefore == 2))*places*relations+place*relations+relation)
	f.add(sAccording, bit(near.according)*places+place)
	f.add(sInside, (bit(c.words[m.last].possessive)*2+bit(near.bracketed))*places+place)
	f.add(sPlaceKind, (place*kinds+k)*2+bit(fr.startsPara))
	if same := c.saidBefore(h, n); same > 0 {
		f.add(sPrevious, ((same*4+c.since(fr, h))*3+c.subjects(fr))*4+bit(fr.startsPara)*2+bit(place <= afterHere))
	}
	f.add(sSaid, c.share(h, m)*kinds+k)
	return f
}

// nobodyFeatures appends those of the candidate that is nobody.
func (c *cast) nobodyFeatures(f features, fr *frame, h *history) features {
	length := bucket(int(fr.last - fr.first))
	f.add(sNobody, 0)
	f.add(sNobodyQuote, length*endings+fr.ending)
	f.add(sNobodyVerb, (c.subjects(fr)*2+bit(fr.startsPara))*befores+fr.gapBefore)
	f.add(sNobodyPrevious, c.since(fr, h)*2+bit(h.mention >= 0))
	return f
}

// verbValue tells how strong a verb is and how near to the quotation.
func (c *cast) verbValue(fr *frame, v int32) int {
	if v < 0 {
		return 0
	}
	near := int(v - fr.last)
	if v < fr.first {
		near = int(fr.first - 1 - v)
	}
	return (min(c.verbKind(v), 3)*2+bit(v < fr.first))*buckets + bucket(near)
}

// distance counts the words between a mention and the quotation.
func (c *cast) distance(fr *frame, m *mention) int {
	if m.first < fr.first {
		return int(fr.first - 1 - m.last)
	}
	return int(m.first - fr.last)
}

// nearer counts the candidates that stand between mention n and the quotation.
func (fr *frame) nearer(n int32) int {
	if int(n) < fr.before {
		return fr.before - int(n) - 1
	}
	return max(int(n)-fr.behind, 0)
}

// subjects tells whether the verbs of saying beside the quotation have a subject beside
// them: 0 is that there is no verb, 1 that none has, 2 that one has.
func (c *cast) subjects(fr *frame) int {
	if fr.verbBefore < 0 && fr.verbAfter < 0 {
		return 0
	}
	return 1 + bit(fr.subjectBefore || fr.subjectAfter)
}

// wordBefore tells what stands before a mention.
func (c *cast) wordBefore(m *mention) int {
	i := m.first - 1
	if i < 0 || c.words[i].sentence != c.words[m.first].sentence {
		return 0
	}
	if c.words[i].quote >= 0 {
		return 1
	}
	k := c.wordKind(i)
	if !plainGap(c.gap(i)) {
		return 2 + min(k, 3) // a comma and so on
	}
	switch c.text(i, i) {
	case "to":
		return 6
	case "of":
		return 7
	case "by":
		return 8
	case "with":
		return 9
	case "for":
		return 10
	case "from":
		return 11
	}
	return 12 + k
}

// wordAfter tells what stands behind a mention.
func (c *cast) wordAfter(m *mention) int {
	i := m.last + 1
	if int(i) >= len(c.words) || c.words[i].sentence != c.words[m.last].sentence {
		return 0
	}
	if c.words[i].quote >= 0 {
		return 1
	}
	k := c.wordKind(i)
	if !plainGap(c.gap(m.last)) {
		if c.words[i].class&relative != 0 {
			return 2
		}
		return 3 + min(k, 3)
	}
	return 7 + k
}

// according reports whether a mention follows "according to".
func (c *cast) according(m *mention) bool {
	for i := m.first - 1; i > 0 && i >= m.first-4 && c.words[i].sentence == c.words[m.first].sentence; i-- {
		if c.text(i, i) == "to" && strings.EqualFold(c.text(i-1, i-1), "according") {
			return true
		}
	}
	return false
}

// bracketed reports whether a mention stands in brackets.
func (c *cast) bracketed(m *mention) bool {
	if m.first == 0 {
		return false
	}
	return strings.ContainsAny(c.gap(m.first-1), "([")
}

// saidBefore tells whether a mention is that (2), or of the one (1), who said what was
// quoted before.
func (c *cast) saidBefore(h *history, n int32) int {
	switch {
	case h.mention < 0:
		return 0
	case h.mention == n:
		return 2
	case h.chain >= 0 && h.chain == c.mentions[n].chain:
		return 1
	}
	return 0
}

// since tells how far before the last quotation stands: in the same sentence, the same
// paragraph, the paragraph before, further off.
func (c *cast) since(fr *frame, h *history) int {
	if h.last <= 0 || int(h.last) > len(c.words) {
		return 3
	}
	w := &c.words[h.last-1]
	switch {
	case w.sentence == fr.sentence:
		return 0
	case w.paragraph == fr.paragraph:
		return 1
	case w.paragraph == fr.paragraph-1:
		return 2
	}
	return 3
}

// share tells how many of the quotations so far the one who is mentioned said: none,
// few, many; 3 where that isn't known.
func (c *cast) share(h *history, m *mention) int {
	if m.chain < 0 || h.quotes == 0 {
		return 3
	}
	n := h.counts[m.chain]
	switch {
	case n == 0:
		return 0
	case n*2 < h.quotes:
		return 1
	}
	return 2
}
