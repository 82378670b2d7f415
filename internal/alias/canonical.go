package alias

import (
	"iter"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
)

// Kind says what a thing of the names in other languages is.
type Kind uint8

// The kinds, in the order of the files in the folder world. States and other places
// are Place.
const (
	UnknownKind Kind = iota
	Place
	Organization
	Person
)

// kindOfFile returns the kind of the things of a file, by its number in the index.
func kindOfFile(i int) Kind {
	return [...]Kind{Place, Place, Organization, Person}[i]
}

// Canonical returns the name that stands first in the line of a name, as a text has it:
// United States for U.S., Barack Obama for Obama. So all names of a thing have one. A name
// that is an ordinary word too has to be written as a name. ok is false for what has no line,
// and where several things have the name. The kind is known of what has a name in other languages.
func (t *Table) Canonical(a analysis.Analyzer, text string) (name string, kind Kind, ok bool) {
	key := newName(a, text).key
	if key == "" {
		return "", UnknownKind, false
	}
	if first, found := t.firstOfGroup(key, text); found {
		_, kind, _ = t.thingOf(a, newName(a, first).key, first)
		return first, kind, true
	}
	english, kind, found := t.thingOf(a, key, text)
	if !found {
		return "", UnknownKind, false
	}
	if first, found := t.firstOfGroup(newName(a, english).key, english); found {
		return first, kind, true
	}
	return english, kind, true
}

// firstOfGroup returns the first name of the one line in which a name stands.
func (t *Table) firstOfGroup(key, text string) (string, bool) {
	e := t.lookup(key)
	if e == nil || len(e.groups) != 1 || len(e.written) > 0 && !writtenAs(text, e.written) {
		return "", false
	}
	return t.groups[e.groups[0]][0].text, true
}

// thingOf returns the English name and the kind of the one thing with a name.
func (t *Table) thingOf(a analysis.Analyzer, key, text string) (english string, kind Kind, ok bool) {
	if !t.world {
		return "", UnknownKind, false
	}
	for found := range placedThings(key, text) {
		for n := range found.thing.names {
			if newName(a, n.text).key != key || !n.isNameAs(key, text) {
				continue
			}
			if name := found.thing.english(); name != english {
				if ok {
					return "", UnknownKind, false
				}
				english, kind, ok = name, found.kind, true
			}
			break
		}
	}
	return english, kind, ok
}

// placedThing is a thing and its kind.
type placedThing struct {
	thing thing
	kind  Kind
}

// placedThings is thingsHashed with the kinds of the things.
func placedThings(key, written string) iter.Seq[placedThing] {
	return func(yield func(placedThing) bool) {
		l := loose(written)
		for place := range placesOfHash(hashOf(l)) {
			if !yield(placedThing{thingAt(place), kindOfFile(int(place >> offsetBits))}) {
				return
			}
		}
		if k := loose(key); k != l {
			for place := range placesOfHash(hashOf(k)) {
				if !yield(placedThing{thingAt(place), kindOfFile(int(place >> offsetBits))}) {
					return
				}
			}
		}
	}
}

// english returns the first name of a thing in English.
func (t thing) english() string {
	for n := range t.names {
		return n.text
	}
	return ""
}

// WorldName is a name of a thing in a language.
type WorldName struct {
	Text  string // as texts have it
	Lang  string // BCP 47
	Of    string // the English name of the thing
	Kind  Kind
	Exact bool // whether it has no other forms
	// Short says that it is the part of a person's name by which it is known alone.
	Short bool
}

// WorldNames yields the names of things in a language other than English, by its BCP 47
// tag without a region. Things that are called there as in English have their English names.
func WorldNames(lang string) iter.Seq[WorldName] {
	return func(yield func(WorldName) bool) {
		for file := range worldFiles {
			for line := range strings.Lines(worldFile(file)) {
				t := thing(strings.TrimSuffix(line, "\n"))
				if t == "" || t[0] == '#' {
					continue
				}
				if !t.namesIn(lang, kindOfFile(file), yield) {
					return
				}
			}
		}
	}
}

// namesIn yields the names of a thing in a language, and reports whether to go on.
func (t thing) namesIn(lang string, kind Kind, yield func(WorldName) bool) bool {
	of, named := t.english(), false
	for n := range t.names {
		if n.langs == "" || !hasTag(n.langs, lang) {
			continue
		}
		named = true
		if !yield(WorldName{n.text, lang, of, kind, n.exact, n.short}) {
			return false
		}
	}
	if named || !isLatin(lang) {
		return true
	}
	for n := range t.names {
		if n.langs != "" {
			break
		}
		if !yield(WorldName{n.text, lang, of, kind, n.exact, n.short}) {
			return false
		}
	}
	return true
}

// hasTag reports whether a tag is among some with commas between them.
func hasTag(tags, tag string) bool {
	for t := range strings.SplitSeq(tags, ",") {
		if t == tag {
			return true
		}
	}
	return false
}

// IsOtherWord reports whether the folded name of a thing is mostly another word or name in
// texts.
func IsOtherWord(key string) bool { return isNeverAsked(key) }
