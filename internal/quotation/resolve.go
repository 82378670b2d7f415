package quotation

import "github.com/newsq/newsq/corpus"

// name fills in the speaker of a quotation, who is mentioned as mention n.
func (c *cast) name(q *corpus.Quotation, n int32) {
	m := c.mentions[n]
	q.SpeakerStart, q.SpeakerEnd = int(c.words[m.first].start), int(c.words[m.last].end)
	q.SpeakerText = c.body[q.SpeakerStart:q.SpeakerEnd]
	q.Speaker = q.SpeakerText
	if who := c.who(n); who >= 0 {
		q.Speaker = c.chains[who].name
	}
}

// who returns the chain of a mention; of a pronoun, of the one it most likely stands
// for. It is -1 where that isn't known.
func (c *cast) who(n int32) int32 {
	m := c.mentions[n]
	switch {
	case m.chain >= 0:
		return m.chain
	case m.kind == singular:
		return c.antecedent(n)
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

// antecedent returns who "he" or "she" stands for: of the people named before it, the
// subject of the nearest sentence that has one who fits in gender, else the nearest who
// fits.
func (c *cast) antecedent(n int32) int32 {
	m := c.mentions[n]
	gender := c.words[m.first].class & (male | female)
	best, bestScore := int32(-1), 0
	for i := n - 1; i >= 0; i-- {
		x := c.mentions[i]
		paragraphs := int(c.words[m.first].paragraph - c.words[x.first].paragraph)
		if paragraphs > antecedentReach {
			break
		}
		if x.chain < 0 {
			continue
		}
		ch := &c.chains[x.chain]
		if ch.kind == otherName || ch.gender != 0 && ch.gender&gender == 0 {
			continue
		}
		if score := c.salience(i, m, ch, paragraphs); score > bestScore {
			best, bestScore = x.chain, score
		}
	}
	return best
}

// salience tells how much speaks for mention n as what a pronoun stands for. The
// steps were set by looking at articles.
func (c *cast) salience(n int32, pronoun mention, ch *chain, paragraphs int) int {
	relation := c.readAround(n).relation
	x := c.mentions[n]
	w, p := c.words[x.first], c.words[pronoun.first]
	sentences := min(int(p.sentence-w.sentence), 6)
	score := 40 - 5*sentences - 3*paragraphs
	if ch.gender != 0 {
		score += 6
	}
	if ch.kind == personName {
		score += 4
	}
	if w.first || relation >= subjectDirect && relation <= subjectComma {
		score += 5 // a subject
	}
	if c.words[x.last].possessive {
		score -= 4
	}
	return score + min(int(ch.mentions), 4)
}
