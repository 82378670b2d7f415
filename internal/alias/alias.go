// Package alias widens a query by the other names of what it asks for: who
// searches for North Korea also finds DPRK, a little lower.
//
// Names are kept in a YAML file:
//
//	extends: starter        # optional: begin with the built-in names
//	without: [Pyongyang]    # optional: of these, leave out some
//	aliases:                # names of a line stand for each other
//	  - [North Korea, DPRK, Democratic People's Republic of Korea]
//	  - [International Monetary Fund, IMF]
//	one_way:                # the first finds the others, weaker, not they it
//	  North Korea: [Pyongyang]
//	peoples:                # a country, and words for its people
//	  Israel: [Israeli]
//	languages: starter      # the built-in names in other languages, which extends has
//
// A name that stands in several lines has the other names of all of them. A
// one-way line holds for every other name of its first: DPRK finds Pyongyang.
// A country and its people find each other, and so do the other names of the
// country. There are three weights and no further ones, as nothing tells an
// editor which number would be right: what stands for each other counts [Same],
// a country for its people [People], and what is found one way [OneWay].
//
// # What is looked up
//
// [Table.Expand] looks up words that stand by themselves or side by side, the
// longest name first: in "north korea sanctions" it finds North Korea. Names
// are compared as texts are searched, folded in case and accents: U.S., US and
// us are one word, and so are Türkiye and turkiye. It leaves alone whatever a
// person asks for in particular: =words, phrases, patterns, what a NEAR
// measures from, what is negated (-DPRK takes away no article that says North
// Korea only), and all fields but those of texts and of people, organizations and places.
//
// What is found for a name is that very name, in its words as written, since
// a stem is shared too easily: that of Hollande is that of Holland. The other
// forms of a common noun are names of their own: [ICBM, ICBMs]. Of a country and
// its people, words are found in all their forms: Israel finds Israelis. A test
// holds their stems apart from other words.
//
// # Names in other languages
//
// The names of states, cities, organizations and persons in other languages and scripts
// are built in: Германия, Allemagne and 德国 find Germany and one another, in the languages
// that the articles are in. Of such a name all forms are found that its language makes of
// it, in articles in that language alone, so that a name which is a word of another
// language does no harm there.
//
// # Names that are ordinary words
//
// Some names are other words when folded: us, who, it, and un, which every
// Kim Jong Un holds. Two rules keep them apart.
//
//   - Such a name is looked up only where it is written as one: as the file
//     writes it, in capitals, or with full stops. US, U.S. and u.s. find United
//     States; us does not. Fed finds Federal Reserve; fed does not.
//   - Such a name is never looked for in articles, where its capitals are
//     folded away: United States does not find "us".
package alias

import (
	"iter"
	"slices"
	"strings"
)

// Table is a set of names and what they stand for. It is immutable; the zero
// Table holds none.
type Table struct {
	groups  [][]name
	oneWay  []oneWay
	peoples [][]name // a country first
	entries []entry  // of the names that can be looked up, by key
	longest int      // words of the longest name that is looked up
	// world tells that the names in other languages belong to the table, but for those
	// whose keys are in leftOut.
	world   bool
	leftOut []string
}

// oneWay is a name that finds others.
type oneWay struct {
	from name
	to   []name
}

// entry is what is known of a name that can be looked up.
type entry struct {
	key     string
	groups  []int    // that it stands in
	oneWay  int      // the line that it is the first of, or -1
	peoples []int    // the lines of peoples that it stands in
	written []string // if it is an ordinary word: how the file writes it
}

// Len returns the number of lines: groups of names, one-way lines and peoples. The names
// in other languages aren't counted.
func (t *Table) Len() int { return len(t.groups) + len(t.oneWay) + len(t.peoples) }

// YAML returns the table as a file that [Parse] reads to an equal table; what
// it extends is written out. Equal tables give equal files.
func (t *Table) YAML() []byte { return encode(t) }

// Starter returns the built-in names, for news analyses in English: states,
// organizations, offices, treaties and the like.
func Starter() *Table { return &starter }

// newTable makes a table of lines that have been checked.
func newTable(groups [][]name, lines []oneWay, peoples [][]name) *Table {
	t := &Table{groups: groups, oneWay: lines, peoples: peoples}
	known := make(map[string]int) // key to its place in entries
	enter := func(n name) *entry {
		i, ok := known[n.key]
		if !ok {
			i = len(t.entries)
			known[n.key] = i
			t.entries = append(t.entries, entry{key: n.key, oneWay: -1})
		}
		e := &t.entries[i]
		if n.ordinary || needsCapital(n.key) {
			e.written = append(e.written, n.text)
		}
		t.longest = max(t.longest, n.len())
		return e
	}
	for i, g := range groups {
		for _, n := range g {
			e := enter(n)
			e.groups = append(e.groups, i)
		}
	}
	for i, l := range lines {
		enter(l.from).oneWay = i
	}
	for i, g := range peoples {
		for _, n := range g {
			e := enter(n)
			e.peoples = append(e.peoples, i)
		}
	}
	slices.SortFunc(t.entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	return t
}

// lookup returns what is known of the name with this key; nil if it cannot be
// looked up.
func (t *Table) lookup(key string) *entry {
	i, ok := slices.BinarySearchFunc(t.entries, key, func(e entry, key string) int { return strings.Compare(e.key, key) })
	if !ok {
		return nil
	}
	return &t.entries[i]
}

// alternatives yields the other names of the name with this key and how much
// each counts: those that stand for it, then those that it finds one way.
// Names may come more than once.
func (t *Table) alternatives(key string) iter.Seq2[name, float64] {
	return func(yield func(name, float64) bool) {
		e := t.lookup(key)
		if e == nil {
			return
		}
		groups := e.groups
		for _, g := range groups {
			for _, n := range t.groups[g] {
				if n.key != key && !yield(n, Same) {
					return
				}
			}
		}
		if !t.peopleOf(key, key, yield) {
			return
		}
		for _, g := range groups {
			for _, n := range t.groups[g] {
				if n.key != key && !t.peopleOf(n.key, key, yield) {
					return
				}
			}
		}
		if !t.oneWayFrom(key, yield) {
			return
		}
		for _, g := range groups {
			for _, n := range t.groups[g] {
				if n.key != key && !t.oneWayFrom(n.key, yield) {
					return
				}
			}
		}
	}
}

// oneWayFrom yields the names that the name with this key finds one way, and
// reports whether to go on.
func (t *Table) oneWayFrom(key string, yield func(name, float64) bool) bool {
	if i := t.lookup(key).oneWay; i >= 0 {
		for _, n := range t.oneWay[i].to {
			if !yield(n, OneWay) {
				return false
			}
		}
	}
	return true
}

// peopleOf yields what stands in the lines of peoples with the name of this key, for
// the name asked, and reports whether to go on. Of a country, its other names are
// yielded too.
func (t *Table) peopleOf(key, asked string, yield func(name, float64) bool) bool {
	for _, i := range t.lookup(key).peoples {
		country := t.peoples[i][0]
		if key != asked && country.key != key {
			continue // the people of another name of a people
		}
		for _, n := range t.peoples[i] {
			if n.key != asked && n.key != key && !yield(n, People) {
				return false
			}
		}
		if country.key == key {
			continue
		}
		for _, g := range t.lookup(country.key).groups {
			for _, n := range t.groups[g] {
				if n.key != country.key && !yield(n, People) {
					return false
				}
			}
		}
	}
	return true
}
