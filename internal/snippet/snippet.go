// Package snippet cuts the passages of an article that best show why it
// matched, and marks the words that did.
package snippet

import "github.com/newsq/newsq/internal/text"

// Slot is one place of a pattern: a token matches when its stem is Stem, or
// its word is Word, or Match (when not nil) accepts its word. Empty strings
// match nothing.
type Slot struct {
	Stem  string
	Word  string
	Match func(word string) bool
}

// Pattern is something that a query looks for: one slot is a word, several
// are a phrase, with at most Slop other tokens between them in all.
type Pattern struct {
	Slots  []Slot
	Slop   int
	Weight float64 // how telling a match is; the collection's idf
	// Title, Heading, Body say where the pattern looks.
	Title, Heading, Body bool
}

// Section is a stretch of text with its heading.
type Section struct{ Heading, Text string }

// Passage is one passage: a few whole sentences of one section.
type Passage struct {
	Section int // index into the sections given
	// Span is the passage's range in that section's Text.
	Span text.Span
	// Matches are ranges within the passage's text, in order, apart from
	// each other. A phrase is one range.
	Matches []text.Span
}
