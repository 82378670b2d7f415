// Package snippet cuts the passages of an article that best show why it
// matched, and marks the words that did.
package snippet

import (
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// TermPattern is one place of a pattern: a token matches when its stem is Stem, or
// its word is Word, or Match (when not nil) accepts its word. Empty strings
// match nothing.
type TermPattern struct {
	Stem  string
	Word  string
	Match func(word string) bool
	// Prefix is what all words begin with that Match accepts; empty if that
	// is not known, which costs looking at every word.
	Prefix string
	// OneCharacter is set where of a pair of characters, see [text.Characters], the
	// first alone is asked for and marked.
	OneCharacter bool
	// Marks, where not empty, name parts of the text, see [MarkedPart], in one of which
	// the token must be. Alone, they accept all of its tokens, and the part is marked whole.
	Marks string
	// Written, where not nil, says of a word as it is written whether it is meant.
	Written func(s string) bool
}

// marksOnly reports whether a term stands for parts of the text.
func (s *TermPattern) marksOnly() bool {
	return s.Marks != "" && s.Stem == "" && s.Word == "" && s.Match == nil
}

// Pattern is something that a query looks for: one term is a word, several
// are a phrase, with at most Slop other tokens between them in all. With Near or Spans it
// is that instead.
type Pattern struct {
	Terms  []TermPattern
	Slop   int
	Near   *Near
	Spans  *Spans
	Weight float64 // how telling a match is; the collection's idf
	// Title, Heading, Body say where the pattern looks.
	Title, Heading, Body bool
}

// Section is a stretch of text with its heading.
type Section struct{ Heading, Text string }

// ForeignPart is a part of a section's text in another language than the article.
type ForeignPart struct {
	Section int // index into the sections given
	text.Span
	Analyzer analysis.Analyzer
}

// MarkedPart is a part of an article's text, such as a quotation, that Marks of patterns
// name.
type MarkedPart struct {
	Section int // index into the sections given; InTitle for the title
	text.Span
	Marks string
}

// InTitle is the section of a MarkedPart of the title.
const InTitle = -1

// Passage is one passage: a few whole sentences of one section.
type Passage struct {
	Section int // index into the sections given
	// Span is the passage's range in that section's Text.
	Span text.Span
	// Matches are ranges within the passage's text, in order, apart from
	// each other. A phrase is one range; of words near each other each is one.
	Matches []text.Span
	// Score is what the passage adds to those before it. It compares with those of other
	// articles that were cut for the same patterns.
	Score float64
}

// Cut returns at most n passages, the best first. A passage scores by the
// patterns that it shows, each by its weight, whole phrases more than words,
// and a little by how early it stands and by what its heading shows. One after
// the other is chosen for what those before it don't show yet; passages that
// say the same are chosen once, and none overlap.
//
// When no pattern matches in body or headings, the only passage is the
// article's opening, so there is none only if n is below 1 or the article has
// no text. When patterns match, passages without any of them don't fill up
// the number.
func Cut(a analysis.Analyzer, sections []Section, patterns []Pattern, n int) []Passage {
	return NewCutter(a, patterns).Cut(sections, n)
}

// Marks returns the ranges of s that patterns match, in order, apart from
// each other: a phrase is one range from its first word to its last, and
// ranges that overlap are one. The patterns' Title, Heading and Body are not
// looked at: the caller passes those that apply. Nothing is known of marks: what they
// limit to parts is looked for everywhere, and parts themselves are not found.
func Marks(a analysis.Analyzer, s string, patterns []Pattern) []text.Span {
	f := newFinder(a, patterns, func(*Pattern) bool { return true })
	return merge(nil, f.find(nil, s))
}

// Title is [Marks] for a title.
func (c *Cutter) Title(s string) []text.Span {
	c.title.setMarked(c.marked, InTitle)
	return merge(nil, c.title.find(nil, s))
}

// Cut is the function [Cut] for another article.
func (c *Cutter) Cut(sections []Section, n int) []Passage {
	if n <= 0 {
		return nil
	}
	c.reset(sections)
	offset := 0
	for i := range sections {
		c.addSection(i, offset)
		offset += len(sections[i].Text)
	}
	if chosen := c.choose(n); len(chosen) > 0 {
		return chosen
	}
	return c.opening(sections)
}

// opening returns the beginning of the first section that has text.
func (c *Cutter) opening(sections []Section) []Passage {
	for i, s := range sections {
		if units := c.firstUnits(s.Text); len(units) > 0 {
			return []Passage{{Section: i, Span: grow(units, 0)}}
		}
	}
	return nil
}
