package entity

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus"
)

// chainOthers makes chains of the mentions of organizations, or of places. The same name,
// or names that aliases hold for the same, are one, and an acronym is one with the name
// that it is made of.
func (c *chainer) chainOthers(k corpus.EntityKind) {
	byKey := make(map[string]*chain)
	var made []*chain
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.kind != k {
			continue
		}
		key := groupKey(m)
		ch := byKey[key]
		if ch == nil {
			ch = c.newChain(i)
			byKey[key] = ch
			made = append(made, ch)
		}
		ch.call(m.name)
		c.join(i, ch)
	}
	if k == corpus.Organization {
		c.joinAcronyms(made)
	}
}

// groupKey is the same for the names of one organization or place.
func groupKey(m *mention) string {
	if m.known != "" {
		return "=" + m.known
	}
	words := m.name.words
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for m.kind == corpus.Organization && len(words) > 1 && isLegalForm(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// isLegalForm reports whether a folded word behind the name of a company says its form.
func isLegalForm(w string) bool {
	switch w {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc",
		"ag", "sa", "nv", "se", "spa", "gmbh", "kg", "ab", "asa", "oyj", "bhd", "pty", "kk":
		return true
	}
	return false
}

// joinAcronyms joins the chains of acronyms with those of the names that they are made of.
func (c *chainer) joinAcronyms(orgs []*chain) {
	byLetter := make(map[byte][]*chain)
	for _, ch := range orgs {
		if n := len(ch.name.words); n < 2 || n > maxAcronymWords {
			continue
		}
		for _, w := range ch.name.words {
			byLetter[w[0]] = append(byLetter[w[0]], ch)
			if !isSmallWord(w) {
				break
			}
		}
	}
	for _, ch := range orgs {
		acronym := &c.mentions[ch.first].name
		if len(acronym.words) != 1 || !isAcronym(acronym.display) {
			continue
		}
		full := c.madeOf(ch, byLetter[acronym.key[0]])
		if full == nil || full == ch {
			continue
		}
		if full.known == "" {
			full.known = ch.known
		}
		ch.joined = full
	}
}

// maxFull bounds the names among which the one of an acronym is looked for.
const maxFull = 512

// maxAcronymWords bounds the words of a name of which an acronym is made.
const maxAcronymWords = 12

// madeOf returns the chain of the name that an acronym is made of: the only one of which it
// has the initials, or one that stands just before it, where it is in brackets, and has its
// letters in order.
func (c *chainer) madeOf(ch *chain, candidates []*chain) *chain {
	acronym := c.mentions[ch.first].name.key
	if i := ch.first; i > 0 && c.mentions[i-1].kind == corpus.Organization && c.isInBrackets(i) {
		if before := c.mentions[i-1]; len(before.name.words) > 1 && hasLetters(before.name.words, acronym) {
			return before.chain
		}
	}
	if len(candidates) > maxFull {
		return nil
	}
	var found *chain
	for _, full := range candidates {
		if !hasInitials(full.name.words, acronym) {
			continue
		}
		if found != nil && found != full {
			return nil
		}
		found = full
	}
	return found
}

// isInBrackets reports whether a mention stands in brackets behind the mention before it.
func (c *chainer) isInBrackets(i int) bool {
	m, before := &c.mentions[i], &c.mentions[i-1]
	s := c.fields[m.field].Text
	return m.field == before.field && before.end < m.start && strings.TrimSpace(s[before.end:m.start]) == "(" && strings.HasPrefix(s[m.end:], ")")
}

// isAcronym reports whether a name is a word of two to six capitals, full stops aside.
func isAcronym(s string) bool {
	n := 0
	for _, r := range s {
		if r == '.' {
			continue
		}
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return 2 <= n && n <= 6
}

// hasInitials reports whether the first letters of words are those of an acronym. Small
// words may count or not.
func hasInitials(words []string, acronym string) bool {
	if len(words) == 0 {
		return acronym == ""
	}
	if acronym != "" && words[0] != "" && words[0][0] == acronym[0] && hasInitials(words[1:], acronym[1:]) {
		return true
	}
	return isSmallWord(words[0]) && hasInitials(words[1:], acronym)
}

func isSmallWord(w string) bool {
	switch w {
	case "of", "the", "and", "for", "in", "on", "to", "&", "de", "des", "du", "la", "et", "für", "und", "y", "der":
		return true
	}
	return false
}

// hasLetters reports whether an acronym starts with the first letter of words, and has
// its other letters in them in this order.
func hasLetters(words []string, acronym string) bool {
	s := strings.Join(words, "")
	if s[0] != acronym[0] {
		return false
	}
	for i := range len(acronym) {
		at := strings.IndexByte(s, acronym[i])
		if at < 0 {
			return false
		}
		s = s[at+1:]
	}
	return true
}
