package entity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// Canonical returns the name under which aliases know a name as a text has it, and what
// that names; the kind is empty where they don't say. ok is false for other names.
type Canonical func(text string) (name string, k corpus.EntityKind, ok bool)

// chainer makes the entities of articles. It serves one goroutine at a time.
type chainer struct {
	canonical Canonical
	fields    []Field
	mentions  []mention
	// The chains of persons named in full, by the first and the last word of their names.
	byFirst, byLast map[string][]*chain
	byWhole         map[string]*chain // by the key and the suffix of a full name
}

// mention is a name in the text of a field.
type mention struct {
	field      int
	start, end int
	kind       corpus.EntityKind
	name       name
	gender     gender // by its title
	role       role
	titled     bool
	royal      string // the title that belongs to a single name: Pope
	paragraph  int    // number of its paragraph, over all fields
	// The canonical name; empty where aliases don't say, or say it of another kind. And
	// the kind that they say; empty where they don't.
	known     string
	knownKind corpus.EntityKind
	chain     *chain
}

// chain is an entity in the making.
type chain struct {
	kind   corpus.EntityKind
	name   name // the fullest of its names
	gender gender
	roles  []role // of the titles before its names
	known  string
	royal  string
	forms  []form
	first  int // the index of its first mention
	last   int // the number of the paragraph in which it was named last; 0 for not yet
	count  int // of mentions
	// joined is the chain that has its mentions as well; nil for none.
	joined *chain
}

// form is a way in which an entity is called in full, and how often.
type form struct {
	name  name
	count int
}

// entities returns the entities of an article: those that are named most often first.
func (c *chainer) entities(fields []Field) []corpus.Entity {
	c.fields, c.mentions = fields, c.mentions[:0]
	c.collect()
	c.trimPossessives()
	c.lookUp()
	c.voteKinds()
	c.settlePlaces()
	for i := range c.mentions {
		if m := &c.mentions[i]; m.knownKind != "" && m.knownKind != m.kind {
			m.known = ""
		}
	}
	c.chainPersons()
	c.chainOthers(corpus.Organization)
	c.chainOthers(corpus.Place)
	return c.result()
}

// collect makes mentions of the spans.
func (c *chainer) collect() {
	paragraph := 0
	for f := range c.fields {
		field := &c.fields[f]
		paragraph++
		at := 0
		for _, s := range field.Spans {
			paragraph += strings.Count(field.Text[at:s.Start], "\n\n")
			at = s.Start
			m := mention{field: f, start: s.Start, end: s.End, kind: s.Kind, paragraph: paragraph, known: s.Name}
			m.name = newName(field.Text[s.Start:s.End], s.Kind)
			if m.name.key == "" || m.end-m.start > maxName || !c.accept(&m) {
				continue
			}
			if m.kind == corpus.Person {
				c.readTitle(&m)
			}
			c.mentions = append(c.mentions, m)
		}
	}
}

// maxName bounds a name, in bytes. What is longer is a list, or no text.
const maxName = 160

// readTitle notes the title of a mention of a person, which stands before it. One that a
// span begins with is taken off.
func (c *chainer) readTitle(m *mention) {
	s := c.fields[m.field].Text
	start := m.start + wordAt(s[m.start:m.end], m.name.titles)
	m.gender, m.role, m.titled = titleOf(s[:start])
	whole := m.start
	m.start = start
	if !m.titled || len(m.name.words) > 2 {
		return
	}
	before := strings.Fields(s[max(0, start-beforeName):start])
	switch title := plain(before[len(before)-1]); title {
	case "pope", "king", "queen", "prince", "princess", "emperor", "sultan", "emir":
		m.royal = inNormalCase(strings.ToUpper(title))
		m.start = whole // the title belongs to the name
	}
}

// wordAt returns where the word with a number starts, counted from 0, in a text that has
// as many words.
func wordAt(s string, n int) int {
	at := 0
	for {
		at += len(s[at:]) - len(strings.TrimLeft(s[at:], " \t\n"))
		if n == 0 {
			return at
		}
		end := strings.IndexAny(s[at:], " \t\n")
		if end < 0 {
			return at
		}
		at += end
		n--
	}
}

// trimPossessives takes possessive endings off. Names of organizations keep theirs, such as
// Moody's, unless the article has the name without it too.
func (c *chainer) trimPossessives() {
	var keys map[string]bool
	has := func(key string) bool {
		if keys == nil {
			keys = make(map[string]bool, len(c.mentions))
			for i := range c.mentions {
				keys[c.mentions[i].name.key] = true
			}
		}
		return keys[key]
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		s := c.fields[m.field].Text[m.start:m.end]
		t, had := withoutPossessive(s)
		if !had {
			continue
		}
		short := newName(t, m.kind)
		if m.kind == corpus.Organization && !has(short.key) {
			continue
		}
		m.end = m.start + len(t)
		m.name = short
	}
}

// voteKinds gives all mentions of one name the kind that most of them have, where that is
// clear: at least three times as many as of the next. Who has a title is a person.
func (c *chainer) voteKinds() {
	votes := make(map[string][3]int, len(c.mentions))
	for i := range c.mentions {
		m := &c.mentions[i]
		v := votes[m.name.key]
		v[kindNumber(m.kind)]++
		votes[m.name.key] = v
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.kind == corpus.Place && m.knownKind == corpus.Place {
			continue // a team has its name
		}
		v := votes[m.name.key]
		own := v[kindNumber(m.kind)]
		for k, n := range v {
			if n >= clearVotes*max(own, 1) && n > own && !m.titled {
				m.kind = kinds[k]
			}
		}
	}
}

// clearVotes is how many times as many mentions of a name must have a kind for others to
// get it.
const clearVotes = 3

var kinds = [...]corpus.EntityKind{corpus.Person, corpus.Organization, corpus.Place}

func kindNumber(k corpus.EntityKind) int { return slices.Index(kinds[:], k) }

// lookUp asks aliases for the canonical names of mentions, but for those that came with one.
func (c *chainer) lookUp() {
	if c.canonical == nil {
		return
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.known != "" {
			continue
		}
		known, kind, ok := c.canonical(m.name.display)
		if !ok && m.kind == corpus.Person && len(m.name.words) > 2 {
			known, kind, ok = c.canonical(withoutInitials(m.name.display)) // Donald J. Trump
		}
		if ok {
			m.known, m.knownKind = known, kind
		}
	}
}

// newChain starts a chain with a mention.
func (c *chainer) newChain(i int) *chain {
	m := &c.mentions[i]
	return &chain{kind: m.kind, name: m.name, known: m.known, first: i}
}

// join adds a mention to a chain.
func (c *chainer) join(i int, ch *chain) {
	m := &c.mentions[i]
	m.chain = ch
	ch.first = min(ch.first, i)
	ch.count++
	if ch.known == "" {
		ch.known = m.known
	}
	if ch.royal == "" {
		ch.royal = m.royal
	}
}

// call counts a full name by which a chain is called.
func (ch *chain) call(n name) {
	for i := range ch.forms {
		f := &ch.forms[i]
		if f.name.key == n.key && f.name.suffix == n.suffix {
			f.count++
			if f.name.upper && !n.upper {
				f.name = n // in normal case
			}
			return
		}
	}
	ch.forms = append(ch.forms, form{n, 1})
}

// display returns the name of a chain: the canonical one, else the way in which it is
// called in full most often.
func (ch *chain) display() string {
	if ch.known != "" {
		return ch.known
	}
	best := ch.name
	if len(ch.forms) > 0 {
		f := slices.MaxFunc(ch.forms, func(a, b form) int {
			return cmp.Or(cmp.Compare(a.count, b.count), cmp.Compare(len(a.name.words), len(b.name.words)))
		})
		best = f.name
	}
	return ch.called(&best)
}

// called returns the name of a chain without a canonical one, as it is written: in normal
// case, without an article.
func (ch *chain) called(n *name) string {
	s := n.display
	if n.upper && (ch.kind != corpus.Organization || len(n.words) > 1 || len(s) > longAcronym) {
		s = inNormalCase(s)
	}
	switch rest, ok := strings.CutPrefix(s, "The "); {
	case ok && ch.kind == corpus.Organization && len(n.words) > 2:
		s = rest
	case ch.royal != "" && len(n.words) <= 2 && ch.kind == corpus.Person:
		s = ch.royal + " " + s
	}
	return s
}

// longAcronym is the length of the longest acronyms that no alias knows. What is longer is a
// word in capitals.
const longAcronym = 5

// result returns the chains as entities. Those with one name are one.
func (c *chainer) result() []corpus.Entity {
	type key struct {
		name string
		kind corpus.EntityKind
	}
	at := make(map[key]int)
	place := make(map[*chain]int)
	var list []corpus.Entity
	for i := range c.mentions {
		m := &c.mentions[i]
		ch := m.chain
		if ch == nil {
			continue // no name after all
		}
		if ch.joined != nil {
			ch = ch.joined
		}
		n, ok := place[ch]
		if !ok {
			k := key{ch.display(), m.kind}
			if n, ok = at[k]; !ok {
				n = len(list)
				at[k] = n
				list = append(list, corpus.Entity{Name: k.name, Kind: k.kind})
			}
			place[ch] = n
		}
		f := &c.fields[m.field]
		list[n].Mentions = append(list[n].Mentions, corpus.Mention{
			Field: f.Name, Text: f.Text[m.start:m.end], Start: m.start, End: m.end,
		})
	}
	slices.SortStableFunc(list, func(a, b corpus.Entity) int { return cmp.Compare(len(b.Mentions), len(a.Mentions)) })
	return list
}
