// Package analysis says how a text is analysed: which language it is in, and
// what its tokens, stems, stop words and sentences are.
//
// Texts that are indexed, queries and passages are analysed by an [Analyzer]
// that is handed down to whoever needs it. A language has a folder of its own
// below internal/text, and a line in the table of this package.
package analysis

import (
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
	"github.com/newsq/newsq/internal/text/tr"
)

// Analyzer analyses texts in one language. It is safe for concurrent use, and
// comparable: two values are equal if they analyse alike.
//
// A word is looked for in an index as the analyzer made it when the text was
// indexed, so the analyzers of a text and of a query must agree.
type Analyzer interface {
	// Language says what the language knows of single words.
	text.Language

	// Tokens returns the tokens of s, with stems. It is for short texts, such
	// as queries; for long ones see NewTokenizer and NewLexicon.
	Tokens(s string) []text.Token
	// Words is Tokens without stems.
	Words(s string) []text.Token
	// Variants returns the variants of the words of s, whose tokens are given.
	Variants(s string, tokens []text.Token) []text.Variant
	// Sentences returns the sentences of s.
	Sentences(s string) []text.Span

	// NewTokenizer returns a tokenizer, which gives tokens with their places.
	NewTokenizer() *text.Tokenizer
	// NewLexicon returns a lexicon, which gives tokens as numbers.
	NewLexicon() *text.Lexicon
}

// Of returns the analyzer for texts and queries in a language, given by its
// BCP 47 tag. A language that has no analyzer, or isn't known, is analysed as
// English: names and numbers are found all the same.
func Of(tag string) Analyzer {
	primary, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	for _, a := range analyzers {
		if a.Tag() == primary {
			return a
		}
	}
	return analyzers[0]
}

// analyzers has one analyzer for each language; the first serves all others.
var analyzers = [...]*analyzer{
	{Language: en.Language{}},
	{Language: tr.Language{}},
}

// analyzer analyses a language by the means of package text.
type analyzer struct {
	text.Language
	// waiting holds tokenizers between two texts: words of queries come again.
	waiting sync.Pool
}

func (a *analyzer) Tokens(s string) []text.Token {
	t := a.tokenizer()
	defer a.release(t)
	return t.Tokens(nil, s)
}

func (a *analyzer) Words(s string) []text.Token {
	t := a.tokenizer()
	defer a.release(t)
	return t.Words(nil, s)
}

func (a *analyzer) Variants(s string, tokens []text.Token) []text.Variant {
	t := a.tokenizer()
	defer a.release(t)
	return t.Variants(nil, s, tokens)
}

func (a *analyzer) tokenizer() *text.Tokenizer {
	if t, ok := a.waiting.Get().(*text.Tokenizer); ok {
		return t
	}
	return a.NewTokenizer()
}

func (a *analyzer) release(t *text.Tokenizer) {
	if t.IsSmall() {
		a.waiting.Put(t)
	}
}

func (a *analyzer) Sentences(s string) []text.Span { return text.Sentences(a.Language, s) }

func (a *analyzer) NewTokenizer() *text.Tokenizer { return text.NewTokenizer(a.Language) }

func (a *analyzer) NewLexicon() *text.Lexicon { return text.NewLexicon(a.Language) }
