package quotation

// relationOf is how a candidate stands to a verb of saying in its sentence.
const (
	noVerb        = iota
	subjectDirect // Kim said; Kim also said
	subjectComma  // Kim, the mayor, said; Kim (D-Iowa) said
	subjectFar    // Kim, a friend of Lee, who knows, said: not the nearest
	subjectLoose  // Kim in a statement said: the nearest, with words between
	subjectOther  // further left
	inverted      // said Kim; said spokesman Kim
	invertedFar   // said in a statement Kim
	object        // Lee told Kim
	relations     = iota
)

// frame is the sentence around a quotation, and those that could have said it.
type frame struct {
	quote         int
	first, last   int32 // words of the quotation
	sentence      int32 // of its first word
	paragraph     int32
	before        int   // how many mentions begin before it
	behind        int   // the first mention that begins behind it
	verbBefore    int32 // the nearest verb of saying before it in its sentence; -1 for none
	verbAfter     int32
	subjectBefore bool // that verb has a subject beside it
	subjectAfter  bool
	startsPara    bool
	colonLead     bool // the paragraph before ends with a colon
	gapBefore     int  // see page.before
	ending        int  // see page.ending
}

// frame reads the surroundings of quotation n.
func (c *cast) frame(n int) frame {
	fr := frame{quote: n, first: c.first[n], last: c.last[n], verbBefore: -1, verbAfter: -1}
	fr.before, fr.behind = c.mentionAt(fr.first), c.mentionAt(fr.last)
	at := min(fr.first, int32(len(c.words)-1))
	fr.sentence, fr.paragraph = c.words[at].sentence, c.words[at].paragraph
	for i := fr.first - 1; i >= 0 && c.words[i].sentence == fr.sentence; i-- {
		if c.isVerb(i) {
			fr.verbBefore = i
			break
		}
	}
	for i := fr.last; int(i) < len(c.words) && c.words[i].sentence == fr.sentence; i++ {
		if c.isVerb(i) {
			fr.verbAfter = i
			break
		}
		if c.words[i].quote >= 0 && fr.verbBefore >= 0 {
			break
		}
	}
	fr.subjectBefore, fr.subjectAfter = c.anySubject(fr.verbBefore), c.anySubject(fr.verbAfter)
	fr.startsPara = fr.first == 0 || c.words[fr.first-1].paragraph != fr.paragraph
	fr.gapBefore, fr.ending = c.before(c.spans[n]), c.ending(c.spans[n])
	if fr.startsPara && fr.first > 0 {
		gap := c.gap(fr.first - 1)
		fr.colonLead = len(gap) > 0 && gap[0] == ':'
	}
	return fr
}

// anySubject reports whether someone is mentioned right beside verb v, as its subject.
func (c *cast) anySubject(v int32) bool {
	if v < 0 {
		return false
	}
	if c.hasSubject(v, &mention{first: -1}) {
		return true
	}
	i := c.mentionAt(v + 1)
	return i < len(c.mentions) && c.relation(&c.mentions[i], v) == inverted
}

// isVerb reports whether word i is a verb of saying outside of quotations.
func (c *cast) isVerb(i int32) bool { return c.words[i].verb >= likely }

// likely is the verbKind from which a verb is taken for one of saying.
const likely = 2

// relation returns how mention m stands to the verb of saying, word v, which is in its
// sentence or is -1.
func (c *cast) relation(m *mention, v int32) int {
	if v < 0 || c.words[m.first].sentence != c.words[v].sentence {
		return noVerb
	}
	if m.last < v {
		return c.leftOf(m, v)
	}
	return c.rightOf(m, v)
}

// leftOf is relation for a mention before the verb.
func (c *cast) leftOf(m *mention, v int32) int {
	i := v - 1
	for i > m.last && c.skips(i) && plainGap(c.gap(i)) {
		i--
	}
	if i == m.last {
		if !plainGap(c.gap(i)) {
			return subjectComma
		}
		if c.words[i].possessive {
			return subjectLoose
		}
		return subjectDirect
	}
	if i < m.last {
		return subjectOther
	}
	between := c.mentionsBetween(m.last+1, v)
	if gap := c.gap(i); !plainGap(gap) || i < v-1 && !plainGap(c.gap(v-1)) { // behind an apposition or a bracket
		if !plainGap(c.gap(m.last)) {
			if between == 0 {
				return subjectComma
			}
			return subjectFar
		}
		return subjectOther
	}
	if between == 0 {
		return subjectLoose
	}
	return subjectOther
}

// skips reports whether a word may stand between a subject and its verb.
func (c *cast) skips(i int32) bool {
	w := &c.words[i]
	if w.quote >= 0 {
		return false
	}
	n := w.end - w.start
	return w.class&(skipped|relative) != 0 || n > 4 && !w.capital && c.body[w.end-2:w.end] == "ly"
}

// plainGap reports whether nothing but a blank parts two words.
func plainGap(gap string) bool {
	for i := range len(gap) {
		switch gap[i] {
		case ',', ';', ':', '(', ')', '[', ']', '.', '?', '!', '"', '\n':
			return false
		case 0xe2: // dashes and printed quotation marks
			return false
		}
	}
	return true
}

// mentionsBetween counts the names and pronouns within words first to before last.
func (c *cast) mentionsBetween(first, last int32) int {
	n := 0
	for i := c.mentionAt(first); i < len(c.mentions) && c.mentions[i].first < last; i++ {
		n++
	}
	return n
}

// mentionAt returns the first mention that begins at word i or later.
func (c *cast) mentionAt(i int32) int {
	low, high := 0, len(c.mentions)
	for low < high {
		if mid := (low + high) / 2; c.mentions[mid].first < i {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// rightOf is relation for a mention behind the verb.
func (c *cast) rightOf(m *mention, v int32) int {
	i := v + 1
	if i < m.first {
		if w := &c.words[i]; w.class&core != 0 && w.class&says != 0 {
			return invertedFar
		}
	}
	for i < m.first && plainGap(c.gap(i)) && c.modifies(i) {
		i++
	}
	if i < m.first || !plainGap(c.gap(v)) {
		return invertedFar
	}
	if c.hasSubject(v, m) {
		return object
	}
	return inverted
}

// modifies reports whether word i may stand between a verb and the name of its subject:
// said former senator Kim.
func (c *cast) modifies(i int32) bool {
	w := &c.words[i]
	return w.quote < 0 && w.class&(preposition|conjunction|function|person3|person3many|personOther|relative|says) == 0
}

// hasSubject reports whether a mention stands right before verb v.
func (c *cast) hasSubject(v int32, but *mention) bool {
	i := v - 1
	for i >= 0 && c.skips(i) && plainGap(c.gap(i)) {
		i--
	}
	if i < 0 || c.words[i].quote >= 0 || c.words[i].sentence != c.words[v].sentence {
		return false
	}
	for n := c.mentionAt(i+1) - 1; n >= 0 && n > c.mentionAt(i+1)-4; n-- {
		if m := &c.mentions[n]; m.last == i && *m != *but {
			return true
		}
	}
	return false
}
