// Package text cuts text into tokens, stems and sentences: pure functions,
// used alike for indexing, querying and marking matches.
package text

// Span is a range of bytes, [Start, End).
type Span struct{ Start, End int }

// Token is one word of a text.
type Token struct {
	Start, End int    // byte offsets of the word as it stands in the text
	Word       string // as written, folded in case, accents and width
	Stem       string // what ranking counts; empty for a stop word
}

// Analyzer cuts text into tokens. It keeps a cache of stems and scratch
// space, so it serves one goroutine at a time; the zero value is ready.
type Analyzer struct{}
