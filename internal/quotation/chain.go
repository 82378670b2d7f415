package quotation

import "strings"

// join returns the chain of a name, which may be a new one. A name of one word is that of
// the last who had it as family name, or whom it was given. A longer one is another's,
// unless both the first and the last words are the same.
func (c *cast) join(m *mention) int32 {
	full := c.text(m.first, m.last)
	family := c.family(m)
	key, familyKey := nameKey(full), nameKey(family)
	for i := range c.keys { // who is already called so goes before others of the family
		if c.keys[i].name == key && c.chains[i].name == full {
			c.extend(int32(i), m, full)
			return int32(i)
		}
	}
	for i := len(c.keys) - 1; i >= 0; i-- {
		if c.keys[i].may(key, familyKey) && c.sameName(&c.chains[i], full, family, m) {
			c.extend(int32(i), m, full)
			return int32(i)
		}
	}
	if len(c.chains) >= most {
		return -1
	}
	id := c.addChain(full, -1, m.kind)
	c.noteGender(id, m.first, m.last)
	return id
}

// addChain adds a chain, and returns it.
func (c *cast) addChain(name string, entity int32, k kind) int32 {
	c.chains, c.keys = append(c.chains, chain{entity: entity, kind: k}), append(c.keys, chainKey{})
	id := int32(len(c.chains) - 1)
	c.rename(id, name)
	return id
}

// rename gives a chain its name.
func (c *cast) rename(id int32, name string) {
	ch := &c.chains[id]
	ch.name, ch.given, ch.family = name, firstField(name), lastField(name)
	c.keys[id] = chainKey{nameKey(ch.name), nameKey(ch.given), nameKey(ch.family)}
}

// chainKey has the keys of a chain's names, side by side with those of others, since each
// name of an article is compared with all chains before it.
type chainKey struct{ name, given, family uint32 }

// nameKey returns a number that is the same for the same names: the length is in the lowest
// byte, and the first, the middle and the last byte above it.
func nameKey(name string) uint32 {
	n := len(name)
	if n == 0 {
		return 0
	}
	return uint32(n)&0xFF | uint32(name[0])<<8 | uint32(name[n/2])<<16 | uint32(name[n-1])<<24
}

// may reports whether a chain may be of the same name as a mention, see sameName, by the
// keys of that one's name and of its last word.
func (k *chainKey) may(name, family uint32) bool {
	return k.family == family || k.given == name || (k.name^name)&0xFF == 0
}

// sameName reports whether a chain and a mention are of one.
func (c *cast) sameName(ch *chain, full, family string, m *mention) bool {
	if m.first == m.last {
		return ch.family == full || m.kind != otherName && ch.given == full || len(ch.name) == len(full) && strings.EqualFold(ch.name, full)
	}
	if ch.given == ch.name {
		return false // whose longer name this is, isn't known: Obama, and then Michelle Obama
	}
	return ch.family == family && ch.given == c.text(m.first, m.first) || len(ch.name) == len(full) && strings.EqualFold(ch.name, full)
}

// extend gives a chain what a mention says beyond it: a longer name, a gender, a title.
func (c *cast) extend(id int32, m *mention, full string) {
	ch := &c.chains[id]
	if ch.entity < 0 && len(full) > len(ch.name) {
		c.rename(id, full)
	}
	if ch.entity < 0 && (m.kind == personName || ch.kind == someName) {
		ch.kind = m.kind
	}
	c.noteGender(id, m.first, m.last)
}

// noteGender notes what title and given name of a mention say of the gender.
func (c *cast) noteGender(id, first, last int32) {
	g := c.words[first].gender
	if first == last && first > 0 {
		g = 0 // a family name may look like a given one
	}
	for i := first - 1; i >= 0 && i >= first-3 && c.words[i].sentence == c.words[first].sentence; i-- {
		if t := c.words[i].class & (male | female); t != 0 && c.words[i].class&(title|human) != 0 {
			g = t
			break
		}
	}
	if g == male || g == female {
		c.chains[id].gender |= g
	}
}

// noteGivenName notes what the given name of an entity says of the gender.
func (c *cast) noteGivenName(id int32) {
	ch := &c.chains[id]
	if ch.kind != personName || ch.given == ch.name {
		return
	}
	c.lower = appendLower(c.lower[:0], ch.given)
	if _, g := known().of(c.lower); g == male || g == female {
		ch.gender |= g
	}
}

// family returns the last word of a name that is no suffix.
func (c *cast) family(m *mention) string {
	last := m.last
	for last > m.first {
		switch c.text(last, last) {
		case "Jr", "Sr", "II", "III", "IV":
			last--
			continue
		}
		break
	}
	return c.text(last, last)
}

func lastField(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, " Jr"), " III"), " Sr")
	return name[strings.LastIndexByte(name, ' ')+1:]
}

func firstField(name string) string {
	if i := strings.IndexByte(name, ' '); i >= 0 {
		return name[:i]
	}
	return name
}
