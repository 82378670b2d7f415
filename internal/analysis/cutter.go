package analysis

import "github.com/newsq/newsq/internal/text"

// Cutter cuts texts into sentences, and knows again those that it cut last: several stages
// read the sentences of an article, one after the other. Without it each would find out
// anew what language a paragraph is in. A nil Cutter keeps nothing. It serves one goroutine
// at a time.
type Cutter struct {
	cuts [rememberedCuts]cut
	next int // of cuts: the oldest
}

// rememberedCuts is how many texts are known again: more than most articles have sections.
const rememberedCuts = 32

// cut is a text with its sentences.
type cut struct {
	analyzer  Analyzer
	text      string
	sentences []text.Span
}

// Sentences is [Analyzer.Sentences]. What it returns isn't to be changed.
func (c *Cutter) Sentences(a Analyzer, s string) []text.Span {
	if c == nil {
		return a.Sentences(s)
	}
	for i := range c.cuts {
		// Nearly always it is the same string, which is told by where it lies.
		if k := &c.cuts[i]; len(k.text) == len(s) && k.analyzer == a && k.text == s {
			return k.sentences
		}
	}
	k := &c.cuts[c.next]
	*k = cut{a, s, a.Sentences(s)}
	c.next = (c.next + 1) % rememberedCuts
	return k.sentences
}

// Forget lets go of all texts.
func (c *Cutter) Forget() { *c = Cutter{} }
