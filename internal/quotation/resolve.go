package quotation

import "github.com/newsq/newsq/corpus"

// name fills in the speaker of a quotation, who is mentioned as mention n
// and is the chain who, where that is known.
func (c *cast) name(q *corpus.Quotation, n, who int32) {
	m := c.mentions[n]
	q.SpeakerStart, q.SpeakerEnd = int(c.words[m.first].start), int(c.words[m.last].end)
	q.SpeakerText = c.body[q.SpeakerStart:q.SpeakerEnd]
	q.Speaker = q.SpeakerText
	if who >= 0 {
		q.Speaker = c.chains[who].name
	}
}

// who returns the chain of a mention; of a pronoun, of the one it most likely stands
// for. It is -1 where that isn't known.
func (c *cast) who(n int32, h *history) int32 {
	m := c.mentions[n]
	switch {
	case m.chain >= 0:
		return m.chain
	case m.kind == singular:
		return c.antecedent(n, h)
	case m.kind == relation && n > 0:
		before := c.mentions[n-1]
		if before.chain >= 0 && c.words[before.last].sentence == c.words[m.first].sentence {
			return before.chain
		}
	}
	return -1
}

// antecedentReach is how many paragraphs before a pronoun who it stands for is sought.
const antecedentReach = 3

// antecedent returns who "he" or "she" stands for: of the people named before it who fit
// in gender, the one for whom most speaks.
func (c *cast) antecedent(n int32, h *history) int32 {
	m := &c.mentions[n]
	gender := c.words[m.first].class & (male | female)
	other := c.objectOf(n)
	best, bestScore := int32(-1), 0
	for i := n - 1; i >= 0; i-- {
		x := &c.mentions[i]
		paragraphs := int(c.words[m.first].paragraph - c.words[x.first].paragraph)
		if paragraphs > antecedentReach {
			break
		}
		if x.chain < 0 || x.chain == other || !c.mayBeHe(x.chain, gender) {
			continue
		}
		score := c.salience(i, m, paragraphs)
		if x.chain == h.chain && paragraphs <= 1 {
			score += 4 // who spoke last goes on
		}
		if score > bestScore {
			best, bestScore = x.chain, score
		}
	}
	return best
}

// mayBeHe reports whether a chain may be a person of this gender. Where the article's
// entities are known, other names are no persons unless a title says so.
func (c *cast) mayBeHe(id int32, gender class) bool {
	ch := &c.chains[id]
	if ch.kind == otherName || ch.gender != 0 && ch.gender&gender == 0 {
		return false
	}
	return ch.kind == personName || !c.entities
}

// objectOf returns the chain that is named right behind a pronoun in its sentence, as in
// "he told Rubio", who is another one; -1 for none.
func (c *cast) objectOf(n int32) int32 {
	const near = 4 // words
	m := c.mentions[n]
	if int(n)+1 < len(c.mentions) {
		next := c.mentions[n+1]
		if next.first-m.last <= near && c.words[next.first].sentence == c.words[m.first].sentence {
			return next.chain
		}
	}
	return -1
}

// salience tells how much speaks for mention n as what a pronoun stands for: that it is
// near, and that it is the subject of its sentence, which the first name mostly is. The
// steps were set by reading articles.
func (c *cast) salience(n int32, pronoun *mention, paragraphs int) int {
	x := &c.mentions[n]
	w, p := &c.words[x.first], &c.words[pronoun.first]
	score := 40 - 5*min(int(p.sentence-w.sentence), 6) - 3*paragraphs
	ch := &c.chains[x.chain]
	if ch.gender != 0 {
		score += 4
	}
	if ch.kind == personName {
		score += 3
	}
	if n == 0 || !c.mentions[n-1].kind.name() || c.words[c.mentions[n-1].first].sentence != w.sentence {
		score += 6
	}
	if relation := c.readAround(n).relation; relation >= subjectDirect && relation <= subjectComma {
		score += 3
	}
	if c.words[x.last].possessive || x.first > 0 && c.words[x.first-1].sentence == w.sentence && c.words[x.first-1].class&preposition != 0 {
		score -= 4 // Kim's; an interview with Kim
	}
	return score + min(int(ch.mentions), 4)
}
