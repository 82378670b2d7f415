// Package entity finds the people, organizations and places that an article names, and
// which of its names stand for the same one.
//
// Names of English texts are found by package tagger, those of other languages by the
// names of states, cities, organizations and persons that package alias knows, and by
// capitals. What is here makes chains of them: "Kim Jong Un", "Mr. Kim" and "Kim" of an
// article are one person. Within an article a family name, an acronym or a short form is
// resolved by the names around it, and where two persons have the name and nothing tells
// them apart, it stays a name of its own. Across articles only whole names and aliases
// stand for each other.
//
// What people and things of a country are called, such as Iranian, is no mention of it.
package entity

import "github.com/newsq/newsq/corpus"

// Span is a name in a text, and what kind of entity it names there.
type Span struct {
	Start, End int // bytes
	Kind       corpus.EntityKind
	// Name is that of the entity across articles; empty where the name that is found
	// doesn't tell.
	Name string
}

// Field is a text of an article with the names in it, in order and apart from each other.
type Field struct {
	Name  string // as in a corpus.Mention
	Text  string
	Spans []Span
}
