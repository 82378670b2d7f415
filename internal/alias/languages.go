package alias

import (
	"iter"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/query"
)

// alternatives yields the other names of a name, and what they count: those of the lines
// that it stands in, and where it is a name in another language those of the lines of the
// English name as well.
func (e *expander) alternatives(words []word, key string) iter.Seq2[name, float64] {
	return func(yield func(name, float64) bool) {
		for n, factor := range e.table.alternatives(key) {
			if !yield(n, factor) {
				return
			}
		}
		for _, t := range e.things(words, key) {
			if !e.ofThing(t, key, yield) {
				return
			}
		}
	}
}

// things returns the things of a name.
func (e *expander) things(words []word, key string) []thing {
	if !e.table.world || slices.Contains(e.table.leftOut, key) {
		return nil
	}
	return thingsNamed(e.analyzer, key, written(words))
}

// ofThing yields the English names of a thing and their other names, and reports whether
// to go on.
func (e *expander) ofThing(t thing, asked string, yield func(name, float64) bool) bool {
	for n := range t.names {
		if n.langs != "" {
			break
		}
		english := newName(e.analyzer, n.text)
		if english.key == asked {
			return true // and its lines have been looked at
		}
		if n.whole {
			continue
		}
		if !slices.Contains(e.table.leftOut, english.key) && !yield(english, Same) {
			return false
		}
		for other, factor := range e.table.alternatives(english.key) {
			if factor != OneWay && other.key != asked && !yield(other, factor) {
				return false
			}
		}
	}
	return true
}

// worldNames adds the names in the other languages of the articles to others: those of the
// things of the name, and of the names that stand for it.
func (e *expander) worldNames(others []other, words []word, key string, s scope) []other {
	limit := len(others) + maxInLanguages - e.translations
	things := e.things(words, key)
	for n := range e.table.sameNames(key) {
		for _, t := range e.thingsOf(n) {
			if !slices.Contains(things, t) {
				things = append(things, t)
			}
		}
	}
	for _, t := range things {
		for _, o := range e.inOthers(t) {
			if len(others) >= limit {
				return others
			}
			isThis := func(p other) bool { return p.langs == o.langs && p.name.key == o.name.key }
			if o.name.key != key && !s.asked[o.name.key] && !slices.ContainsFunc(others, isThis) {
				others = append(others, o)
			}
		}
	}
	return others
}

// sameNames yields the names that stand for the one with this key.
func (t *Table) sameNames(key string) iter.Seq[name] {
	return func(yield func(name) bool) {
		for n, factor := range t.alternatives(key) {
			if factor == Same && !yield(n) {
				return
			}
		}
	}
}

// thingsOf returns the things of a name of the table, as its file writes it.
func (e *expander) thingsOf(n name) []thing {
	if slices.Contains(e.table.leftOut, n.key) {
		return nil
	}
	return thingsNamed(e.analyzer, n.key, n.text)
}

// inOthers returns the names of a thing in the other languages of the articles. In those
// for which it has none, it is called as in English.
func (e *expander) inOthers(t thing) []other {
	var found []other
	var english []string
	unnamed := slices.Clone(e.tags)
	for n := range t.names {
		if n.langs == "" {
			if !n.whole && !isAcronym(n.text) {
				english = append(english, n.text)
			}
			continue
		}
		var langs []string
		for tag := range strings.SplitSeq(n.langs, ",") {
			if slices.Contains(e.tags, tag) {
				langs = append(langs, tag)
			}
		}
		if len(langs) == 0 || n.whole {
			continue
		}
		unnamed = slices.DeleteFunc(unnamed, func(tag string) bool { return slices.Contains(langs, tag) })
		if n.exact {
			found = append(found, other{name: newName(e.analyzer, n.text), factor: Same})
			continue
		}
		found = append(found, e.otherIn(n.text, langs))
	}
	unnamed = slices.DeleteFunc(unnamed, func(tag string) bool { return !isLatin(tag) })
	for _, text := range english {
		if len(unnamed) > 0 {
			found = append(found, e.otherIn(text, unnamed))
		}
	}
	return slices.DeleteFunc(found, func(o other) bool { return slices.Contains(e.table.leftOut, o.name.key) })
}

func (e *expander) otherIn(text string, langs []string) other {
	return other{name: newName(e.analyzer, text), factor: Same, langs: strings.Join(langs, ",")}
}

// isLatin reports whether a language is written in Latin letters, as names in English are.
func isLatin(tag string) bool {
	switch tag {
	case "ar", "bg", "el", "fa", "he", "hi", "ja", "ko", "ru", "th", "uk", "zh":
		return false
	}
	return true
}

// inLanguages returns what asks for a name in all forms in its languages. Of several
// words each may have another form.
func (o *other) inLanguages(at query.At) query.Node {
	var words []query.Node
	for w := range strings.FieldsFuncSeq(o.name.text, func(r rune) bool { return r == ' ' || r == '-' }) {
		words = append(words, query.Word{At: at, Text: w, Languages: o.langs})
	}
	if len(words) == 1 {
		return words[0]
	}
	return query.Near{At: at, Operands: words, Distance: 1, Ordered: true}
}
