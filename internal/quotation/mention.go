package quotation

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// kind is what a candidate for a speaker is.
type kind uint8

const (
	someName     kind = iota // a name, of whom or what isn't known
	personName               // a name with a title, or a given name
	otherName                // of an organisation, an acronym, what "the" stands before
	singular                 // he, she
	plural                   // they, it
	self                     // I, we
	relation                 // who
	humanNoun                // a noun phrase: a spokeswoman for the bank
	documentNoun             // the statement
	otherNoun                // a noun phrase before a verb of saying
	kinds        int  = iota
)

func (k kind) name() bool { return k <= otherName }

// mention is a candidate for a speaker: words first to last, both of them in it.
type mention struct {
	first, last int32
	kind        kind
	chain       int32 // who is mentioned; -1 for a pronoun or noun
	around      setting
}

// chain is all mentions of one, as far as their names tell.
type chain struct {
	name     string // the longest, or that of the entity
	given    string // its first word
	family   string // and its last
	entity   int32  // of the article; -1 for none
	kind     kind
	gender   class
	mentions int32
}

// most is how many mentions and chains of an article are looked at: a long article of
// names alone is no way to take a minute.
const most = 2000

// cast is all who are mentioned on a page outside of what is quoted.
type cast struct {
	*page
	mentions []mention // in the order of their words
	chains   []chain
	keys     []chainKey // of chains
	entities bool       // some chains are of entities
}

// read finds the mentions. Spans of the page are quotations; what else stood in quotation
// marks counts as text.
func (c *cast) read(p *page, entities []corpus.Entity) {
	c.page, c.mentions, c.chains, c.keys, c.entities = p, c.mentions[:0], c.chains[:0], c.keys[:0], false
	for i := int32(0); int(i) < len(p.words) && len(c.mentions) < most; {
		i = c.mention(i)
	}
	c.known(entities)
	c.entities = len(c.chains) > 0
	for i := range c.mentions {
		if m := &c.mentions[i]; m.kind.name() && m.chain < 0 {
			m.chain = c.join(m)
		}
	}
	for i := range c.mentions { // a title or given name tells for all of a chain
		if m := &c.mentions[i]; m.chain >= 0 {
			m.kind = c.chains[m.chain].kind
			c.chains[m.chain].mentions++
		}
	}
}

// mention adds what is mentioned at word i, if anything, and returns the next word to
// look at.
func (c *cast) mention(i int32) int32 {
	w := &c.words[i]
	switch {
	case w.quote >= 0:
	case w.class&person3 != 0:
		c.add(i, i, singular)
	case w.class&person3many != 0:
		c.add(i, i, plural)
	case w.class&personOther != 0:
		c.add(i, i, self)
	case w.class&relative != 0:
		c.add(i, i, relation)
	case w.capital && c.startsName(w):
		return c.nameAt(i)
	case w.class&(human|document) != 0:
		c.noun(i)
	case w.class&says != 0 && !w.capital:
		c.subject(i)
	}
	return i + 1
}

func (c *cast) add(first, last int32, k kind) {
	c.mentions = append(c.mentions, mention{first: first, last: last, kind: k, chain: -1})
}

// startsName reports whether a capitalised word may begin a name.
func (c *cast) startsName(w *word) bool {
	if w.class&(function|determiner|conjunction|preposition|calendar|skipped) != 0 && !w.upper {
		return false
	}
	if !w.first || w.gender != 0 {
		return true
	}
	return w.class&(says|saysWeak|premodifier) == 0 && !strings.HasSuffix(c.body[w.start:w.end], "ing") // Conceding that
}

// nameAt adds the name that begins at word i, without titles, and returns the next word.
func (c *cast) nameAt(i int32) int32 {
	last := i
	for c.continuesName(last) {
		last++
		if !c.words[last].capital { // a particle, with the word that follows it
			last++
		}
	}
	first, k := i, someName
	for n := i; n < last && c.words[n].gender == 0; n++ { // Finance Minister Lena Okoye
		if c.words[n].class&(title|human) != 0 {
			first, k = n+1, personName
		} else if n == first && c.words[n].class&premodifier != 0 {
			first++
		}
	}
	only := &c.words[first]
	if first == last && only.class&(title|human|document) != 0 && only.gender == 0 && k != personName {
		c.noun(i)
		return last + 1
	}
	if k != personName {
		k = c.nameKind(first, last)
	}
	c.add(first, last, k)
	return last + 1
}

// continuesName reports whether the name that word i belongs to goes on.
func (c *cast) continuesName(i int32) bool {
	if int(i)+1 >= len(c.words) || c.words[i].possessive {
		return false
	}
	w, next := &c.words[i], &c.words[i+1]
	if next.quote >= 0 || next.sentence != w.sentence {
		return false
	}
	gap := c.gap(i)
	if gap != " " && gap != "\u00a0" && !(gap == ". " && (w.end-w.start == 1 || w.class&title != 0)) {
		return false
	}
	if next.capital {
		return next.class&(calendar|determiner|conjunction|preposition|person3|personOther) == 0
	}
	if int(i)+2 >= len(c.words) || !c.words[i+2].capital || c.words[i+2].quote >= 0 || c.gap(i+1) != " " {
		return false
	}
	switch c.text(i+1, i+1) {
	case "de", "van", "von", "der", "bin", "al", "el", "la", "le", "du", "da", "dos", "ibn", "del", "di", "ter", "ten":
		return true
	case "of":
		return w.class&organization != 0 && w.class&title == 0
	}
	return false
}

// nameKind tells what a name is of by its words.
func (c *cast) nameKind(first, last int32) kind {
	for i := first; i <= last; i++ {
		if c.words[i].class&organization != 0 {
			return otherName
		}
	}
	before := first - 1
	if before >= 0 && c.words[before].sentence == c.words[first].sentence && c.gap(before) == " " {
		if b := c.words[before]; b.class&human != 0 && !b.possessive {
			return personName // spokesman Brian Fallon
		}
		if t := c.text(before, before); strings.EqualFold(t, "the") {
			return otherName
		}
	}
	if c.words[first].gender != 0 && last > first {
		return personName
	}
	if first == last && c.words[first].upper {
		return otherName
	}
	return someName
}

// noun adds the noun phrase whose head is word i, unless a name follows, which says the
// same better, or the head is a part of a longer one.
func (c *cast) noun(i int32) {
	if c.words[i].possessive {
		return
	}
	if int(i)+1 < len(c.words) && c.gap(i) == " " {
		next := &c.words[i+1]
		if next.quote < 0 && (next.class&(human|document) != 0 && next.class&says == 0 || next.capital && next.class&(calendar|function|personOther) == 0) {
			return
		}
	}
	k := humanNoun
	if c.words[i].class&human == 0 {
		k = documentNoun
	}
	c.add(c.nounStart(i), i, k)
}

// subject adds the noun phrase before a verb of saying, word i, where it has a
// determiner and no head that is known.
func (c *cast) subject(i int32) {
	head := i - 1
	if head < 0 || c.words[head].sentence != c.words[i].sentence || c.gap(head) != " " {
		return
	}
	h := &c.words[head]
	if h.quote >= 0 || h.capital || h.class != 0 {
		if h.class&determiner != 0 && h.quote < 0 { // another said
			c.add(head, head, otherNoun)
		}
		return
	}
	if first := c.nounStart(head); c.words[first].class&determiner != 0 {
		c.add(first, head, otherNoun)
	}
}

// nounStart returns the first word of the noun phrase whose head is word i.
func (c *cast) nounStart(i int32) int32 {
	const longest = 7 // words before a head
	first := i
	for first > 0 && i-first < longest {
		b := &c.words[first-1]
		if b.quote >= 0 || b.sentence != c.words[i].sentence || c.gap(first-1) != " " && c.gap(first-1) != ". " {
			break
		}
		if b.class&determiner != 0 {
			return first - 1
		}
		stop := preposition | conjunction | function | person3 | person3many | personOther | relative | skipped
		if b.class&stop != 0 || b.class&(says|saysWeak) != 0 && !b.capital {
			break
		}
		first--
	}
	return first
}

// text returns the words from first to last as they are written, without a possessive
// ending.
func (c *cast) text(first, last int32) string {
	return c.body[c.words[first].start:c.words[last].end]
}

// known makes a chain of each entity, and of its mentions those of the chain: of those
// that the page found too, and of others. It reports whether there are any.
func (c *cast) known(entities []corpus.Entity) {
	n := len(c.mentions)
	for e := range entities {
		k := otherName
		if entities[e].Kind == corpus.Person {
			k = personName
		}
		id := int32(-1)
		for _, m := range entities[e].Mentions {
			first, last, ok := c.wordsOf(m)
			if !ok || len(c.chains) >= most || len(c.mentions) >= 2*most {
				continue
			}
			if id < 0 {
				id = c.addChain(entities[e].Name, int32(e), k)
				c.noteGivenName(id)
			}
			c.noteGender(id, first, last)
			c.claim(n, mention{first: first, last: last, kind: k, chain: id})
		}
	}
	sorted := true // as nearly all are without entities
	for i := 1; i < len(c.mentions) && sorted; i++ {
		sorted = c.mentions[i-1].first <= c.mentions[i].first
	}
	if !sorted {
		slices.SortStableFunc(c.mentions, func(a, b mention) int { return int(a.first - b.first) })
	}
}

// claim gives the mention among the first n that has words in common with m the chain
// of m, or adds m.
func (c *cast) claim(n int, m mention) {
	i, _ := slices.BinarySearchFunc(c.mentions[:n], m.first, func(a mention, first int32) int { return int(a.last - first) })
	if i < n && c.mentions[i].first <= m.last {
		if o := &c.mentions[i]; o.kind.name() {
			if o.chain < 0 || m.kind == personName {
				o.first, o.last, o.kind, o.chain = m.first, max(m.last, o.first), m.kind, m.chain
			}
			return
		}
		if !c.mentions[i].kind.name() && c.mentions[i].kind < humanNoun {
			return // "he" is no name, whatever an entity says
		}
	}
	c.mentions = append(c.mentions, m)
}

// wordsOf returns the words of a mention in the body that are outside of quotations.
func (c *cast) wordsOf(m corpus.Mention) (first, last int32, ok bool) {
	if m.Field != "" || m.End <= m.Start {
		return 0, 0, false
	}
	i, _ := slices.BinarySearchFunc(c.words, int32(m.Start), func(w word, start int32) int { return int(w.end - 1 - start) })
	if i == len(c.words) || int(c.words[i].start) >= m.End || c.words[i].quote >= 0 {
		return 0, 0, false
	}
	j := i
	for j+1 < len(c.words) && int(c.words[j+1].start) < m.End && c.words[j+1].quote < 0 {
		j++
	}
	return int32(i), int32(j), true
}
