package entity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// chainPersons makes chains of the mentions of persons. Whole names come first, wherever
// they stand; then each short one is resolved, in the order of the text.
func (c *chainer) chainPersons() {
	var full, short []int
	for i := range c.mentions {
		switch m := &c.mentions[i]; {
		case m.kind != corpus.Person:
		case m.name.isFull():
			full = append(full, i)
		default:
			short = append(short, i)
		}
	}
	slices.SortStableFunc(full, func(a, b int) int {
		return cmp.Compare(len(c.mentions[b].name.words), len(c.mentions[a].name.words))
	})
	c.byWhole = make(map[string]*chain, len(full))
	c.byFirst, c.byLast = make(map[string][]*chain, len(full)), make(map[string][]*chain, len(full))
	for _, i := range full {
		c.chainFull(i)
	}
	c.resolveInOrder(short)
}

// chainFull puts a whole name into its chain. The longer names have theirs.
func (c *chainer) chainFull(i int) {
	m := &c.mentions[i]
	var found []*chain
	whole := m.name.key + "," + m.name.suffix
	if ch := c.byWhole[whole]; ch != nil {
		found = []*chain{ch}
	} else if family := c.byLast[m.name.last()]; len(family) <= maxFamily {
		found = c.sameAs(family, m)
	}
	var ch *chain
	if len(found) == 1 {
		ch = found[0]
	} else {
		ch = c.newChain(i)
		c.enter(ch)
		c.byWhole[whole] = ch
	}
	if !hasEnd(ch.name.words, m.name.words) || m.name.words[0] == ch.name.words[0] {
		ch.call(m.name)
	}
	c.join(i, ch)
	ch.learn(m)
	if ch.gender == unknownGender && !isFamilyFirst(m.name.words[0]) {
		ch.gender = genderOfGiven(m.name.words[0])
	}
}

// maxFamily bounds the persons of one family name among whom one who is called in another
// way is looked for. More of them stand in lists of people who have nothing to do with each
// other.
const maxFamily = 256

// sameAs returns those of a family whom another full name may be for.
func (c *chainer) sameAs(family []*chain, m *mention) (found []*chain) {
	for _, ch := range family {
		if isSamePerson(&ch.name, &m.name) || hasEnd(ch.name.words, m.name.words) && ch.name.suffix == m.name.suffix {
			found = append(found, ch)
		}
	}
	return found
}

// enter makes the chain of a person named in full one that short names may stand for.
func (c *chainer) enter(ch *chain) {
	first, last := ch.name.words[0], ch.name.last()
	c.byFirst[first] = append(c.byFirst[first], ch)
	c.byLast[last] = append(c.byLast[last], ch)
}

// learn notes what the title of a mention says of its person.
func (ch *chain) learn(m *mention) {
	if ch.gender == unknownGender {
		ch.gender = m.gender
	}
	if m.role != "" && !slices.Contains(ch.roles, m.role) {
		ch.roles = append(ch.roles, m.role)
	}
}

// resolveInOrder resolves the short names of persons in the order of the text.
func (c *chainer) resolveInOrder(short []int) {
	alone := make(map[string]*chain)
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.kind != corpus.Person {
			continue
		}
		if len(short) > 0 && short[0] == i {
			short = short[1:]
			ch := c.resolve(i)
			if ch == nil {
				if ch = alone[m.name.key]; ch == nil {
					if c.isNobody(m) {
						continue
					}
					ch = c.newChain(i)
					ch.known = ""
					alone[m.name.key] = ch
				}
				ch.call(m.name)
			} else {
				ch.learn(m)
			}
			known := m.known
			m.known = "" // what the name alone stands for was asked in resolve
			c.join(i, ch)
			m.known = known
		}
		if m.chain != nil && c.fields[m.field].Name == "" {
			m.chain.last = m.paragraph
		}
	}
}

// isNobody reports whether a short name that stands for nobody else is no name of a person:
// the same text has the word without a capital, or it is a family in the plural.
func (c *chainer) isNobody(m *mention) bool {
	if m.titled || len(m.name.words) > 1 {
		return false
	}
	if family, ok := strings.CutSuffix(m.name.key, "s"); ok && len(c.byLast[family]) > 0 {
		return true
	}
	s := c.fields[m.field].Text
	around := s[max(0, m.start-nearText):min(len(s), m.end+nearText)]
	return strings.Contains(around, " "+strings.ToLower(m.name.display)+" ")
}

// nearText is how many bytes before and after a name are looked through for it as a word:
// all of most articles, and little of the longest.
const nearText = 1 << 14

// resolve returns the chain of the person that a short name stands for; nil where there is
// none, or nothing tells which of several.
func (c *chainer) resolve(i int) *chain {
	m := &c.mentions[i]
	found := c.candidates(m)
	known := c.knownChain(i, found)
	if len(found) == 0 {
		return known
	}
	if m.role != "" {
		of := slices.DeleteFunc(slices.Clone(found), func(ch *chain) bool { return !slices.Contains(ch.roles, m.role) })
		switch {
		case len(of) == 1:
			return of[0]
		case len(of) == 0 && known != nil:
			return known
		}
	}
	if known == nil {
		return c.nearest(m, found)
	}
	// Whoever is known by the name alone, unless only someone else of it was just named.
	if near := lastNamed(found, m.paragraph); len(near) == 1 && known.last != m.paragraph {
		return near[0]
	}
	return known
}

// nearest returns the one of several persons of a name whom the article is about at a
// mention of it; nil where nothing tells.
func (c *chainer) nearest(m *mention, found []*chain) *chain {
	if len(found) == 1 {
		return found[0]
	}
	if c.fields[m.field].Name != "" {
		return only(slices.DeleteFunc(found, func(ch *chain) bool {
			return ch.first < 0 || c.mentions[ch.first].paragraph > m.paragraph+leadParagraphs
		}))
	}
	before := slices.DeleteFunc(slices.Clone(found), func(ch *chain) bool { return ch.last == 0 })
	if len(before) < 2 {
		return only(before)
	}
	// An article names the one it is about in short, and others of the name in full.
	for _, ch := range before {
		if ch.count >= manyMentions && !slices.ContainsFunc(before, func(o *chain) bool { return o != ch && o.count*manyMentions > ch.count }) {
			return ch
		}
	}
	for paragraph := m.paragraph; paragraph >= m.paragraph-1; paragraph-- {
		if near := lastNamed(before, paragraph); len(near) > 0 {
			return only(near)
		}
	}
	return nil
}

// leadParagraphs is how many paragraphs after a title name in full whom it names in short.
const leadParagraphs = 3

// manyMentions is how many mentions a person has whom an article is about, and how many
// for each of someone else with the same family name.
const manyMentions = 4

// lastNamed returns those of chains that were last named in a paragraph.
func lastNamed(chains []*chain, paragraph int) []*chain {
	return slices.DeleteFunc(slices.Clone(chains), func(ch *chain) bool { return ch.last != paragraph })
}

// only returns the one chain of a list of one.
func only(chains []*chain) *chain {
	if len(chains) == 1 {
		return chains[0]
	}
	return nil
}

// candidates returns the persons named in full whose family name, or else whose given name,
// is a short name. Those whom its title excludes are none.
func (c *chainer) candidates(m *mention) []*chain {
	var family, given []*chain
	if len(c.byLast[m.name.last()]) > maxFamily || len(c.byFirst[m.name.words[0]]) > maxFamily {
		return nil
	}
	for _, ch := range c.byLast[m.name.last()] {
		if m.mayBe(ch) && hasEnd(ch.name.words, m.name.words) {
			family = append(family, ch)
		}
	}
	for _, ch := range c.byFirst[m.name.words[0]] {
		switch words := ch.name.words; {
		case !m.mayBe(ch):
		case len(m.name.words) == 1 && isFamilyFirst(words[0]):
			if !slices.Contains(family, ch) {
				family = append(family, ch)
			}
		case !m.titled && equal(words[:ch.name.first], m.name.words):
			given = append(given, ch)
		}
	}
	if len(family) == 0 {
		family = given
	}
	if m.gender != unknownGender && slices.ContainsFunc(family, func(ch *chain) bool { return ch.gender != unknownGender }) {
		family = slices.DeleteFunc(family, func(ch *chain) bool { return ch.gender == unknownGender })
	}
	if len(family) > maxCandidates {
		return nil
	}
	return family
}

// maxCandidates bounds the persons among whom one is looked for. A list of a family or of
// the fallen may have hundreds of one name, and tells nothing.
const maxCandidates = 32

// mayBe reports whether the suffix and the title of a short name fit a person.
func (m *mention) mayBe(ch *chain) bool {
	return (m.name.suffix == "" || m.name.suffix == ch.name.suffix) &&
		(m.gender == unknownGender || ch.gender == unknownGender || m.gender == ch.gender)
}

// knownChain returns the chain of the person who is known by a short name alone, which
// is made where the article doesn't name the person in full; nil where nobody is.
func (c *chainer) knownChain(i int, found []*chain) *chain {
	m := &c.mentions[i]
	if m.known == "" || strings.EqualFold(m.known, m.name.display) {
		return nil
	}
	n := newName(m.known, corpus.Person)
	if !n.isFull() {
		return nil
	}
	family := c.byLast[n.last()]
	for _, ch := range family[:min(len(family), maxFamily)] {
		if ch.known != m.known && ch.name.key != n.key {
			continue
		}
		if m.mayBe(ch) {
			return ch
		}
		return nil
	}
	g := genderOfGiven(n.words[0])
	if m.gender != unknownGender && g != unknownGender && m.gender != g {
		return nil
	}
	if m.role == "" && slices.ContainsFunc(found, func(ch *chain) bool { return ch.last > 0 }) {
		return nil // the article is about someone else of the name
	}
	ch := &chain{kind: corpus.Person, name: n, known: m.known, gender: g, first: i}
	c.enter(ch)
	return ch
}
