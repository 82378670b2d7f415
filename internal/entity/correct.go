package entity

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus"
)

// What a tagger that learned from one agency gets wrong in the pages of others: what stands
// around texts, offices before names, states that are taken for teams.

// accept corrects a mention as it is found, and reports whether it is one.
func (c *chainer) accept(m *mention) bool {
	s := c.fields[m.field].Text
	if isFurniture(m.name.words) || isPartyTag(s[m.start:m.end]) || isCase(s, m) {
		return false
	}
	if k, ok := kindOfWord(m.name.key); ok {
		m.kind = k
	}
	c.cutRepeated(m)
	if m.kind != corpus.Person || !m.name.isFull() {
		c.cutOffice(m)
	}
	if m.kind != corpus.Person {
		if g, _, _ := titleOf(s[:m.start]); g != unknownGender {
			m.kind = corpus.Person // Mr Northam
			m.name = newName(s[m.start:m.end], corpus.Person)
		}
	}
	return true
}

// cutRepeated ends a person's name where it begins anew, as where the title of a link was
// run together with its text: Ada Okoye Ada Mary OkoyeThe chair.
func (c *chainer) cutRepeated(m *mention) {
	s := c.fields[m.field].Text[m.start:m.end]
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\n", r) }) // as wordAt
	for i := 2; m.kind == corpus.Person && i < len(words); i++ {
		if words[i] == words[0] {
			s = strings.TrimRightFunc(s[:wordAt(s, i)], unicode.IsSpace)
			m.end = m.start + len(s)
			m.name = newName(s, corpus.Person)
			return
		}
	}
}

// cutOffice makes a mention of a person of one that begins with an office: Virginia Governor
// Ralph Northam.
func (c *chainer) cutOffice(m *mention) {
	s := c.fields[m.field].Text
	if len(m.name.words) < 2 {
		return
	}
	words := strings.Fields(s[m.start:m.end])
	for i := len(words) - 2; i >= 0; i-- {
		w, next := plain(words[i]), plain(words[i+1])
		rest := len(words) - i - 1
		switch {
		case i == 0 && genderOfTitle(w) != unknownGender && isTitleOfAddress(w):
		case roleOf(w) != "" && 2 <= rest && rest <= 3 && (genderOfGiven(next) != unknownGender):
		default:
			continue
		}
		m.start += wordAt(s[m.start:m.end], i+1)
		m.kind = corpus.Person
		m.name = newName(s[m.start:m.end], corpus.Person)
		return
	}
}

// isTitleOfAddress reports whether a folded title stands before names alone.
func isTitleOfAddress(w string) bool { return w == "mr" || w == "mrs" || w == "ms" }

// isFurniture reports whether the words of a name are those of a page rather than of its
// text, or the call of a name that is meant for nobody.
func isFurniture(words []string) bool {
	if len(words) == 1 {
		switch words[0] {
		case "advertisement", "media", "image", "images", "god", "oh", "islam", "christianity", "judaism", "catholicism",
			"rights", "liberal", "conservative", "conservatives", "liberals", "congressional", "mandarin", "administration":
			return true
		}
	}
	switch words[len(words)-1] {
	case "policy":
		return words[0] == "privacy"
	case "photo", "photos", "video", "videos", "newsletter", "newsletters", "stories", "updates":
		return len(words) > 1
	case "image":
		return true
	}
	return false
}

// isPartyTag reports whether a name says of whom a politician is one, as in D-N.Y. and
// R-Texas.
func isPartyTag(s string) bool {
	return len(s) > 3 && strings.IndexByte("DRI", s[0]) >= 0 && s[1] == '-' && unicode.IsUpper(rune(s[2]))
}

// isCase reports whether a mention is a part of the name of a case: Roe v. Wade.
func isCase(s string, m *mention) bool {
	before, after := s[:m.start], s[m.end:]
	return strings.HasSuffix(before, " v. ") || strings.HasPrefix(after, " v. ")
}

// kindOfWord returns the kind of names that are mostly taken for another.
func kindOfWord(key string) (corpus.EntityKind, bool) {
	switch key {
	case "getty images", "democrats", "republicans", "dems", "gop", "islamic state":
		return corpus.Organization, true
	case "rose garden", "oval office":
		return corpus.Place, true
	}
	return "", false
}

// settlePlaces makes places of the states and cities that are known and were taken for
// persons or for organizations, and persons of families that were taken for places. A
// person has the name of a place too, whom the article names in full, and so has a team: one
// stays in an article about several, or where nothing tells that the place is meant.
func (c *chainer) settlePlaces() {
	families := make(map[string]bool)
	teams := make(map[string]bool)
	meant := make(map[string]bool) // places that are places somewhere in the article
	for i := range c.mentions {
		switch m := &c.mentions[i]; {
		case m.kind == corpus.Person && m.name.isFull() && m.knownKind != corpus.Place:
			families[m.name.last()] = true
		case m.knownKind == corpus.Place:
			if m.kind == corpus.Organization {
				teams[m.name.key] = true
			}
			if !meant[m.name.key] && c.isBehindIn(m) {
				meant[m.name.key] = true
			}
		}
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		switch {
		case m.titled:
		case m.kind == corpus.Place:
			if m.knownKind == "" && families[m.name.key] && !c.isBehindIn(m) {
				m.kind = corpus.Person
			}
		case m.knownKind != corpus.Place:
		case m.kind == corpus.Organization && len(teams) < manyTeams && meant[m.name.key],
			m.kind == corpus.Person && (len(m.name.words) > 1 || !families[m.name.last()]):
			m.kind = corpus.Place
		}
	}
}

// isBehindIn reports whether a mention stands behind a word that places something.
func (c *chainer) isBehindIn(m *mention) bool {
	before := c.fields[m.field].Text[:m.start]
	for _, w := range [...]string{" in ", " from ", " across ", " near ", " outside "} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// manyTeams is how many places are organizations in an article about sports.
const manyTeams = 2
