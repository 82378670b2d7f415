// Package analysis says how a text is analysed: which language it is in, and
// what its tokens, stems, stop words and sentences are.
//
// Texts that are indexed, queries and passages are analysed by an [Analyzer]
// that is handed down to whoever needs it. A language has a folder of its own
// below internal/text, and a line in the table of this package.
//
// Text is cut into words and folded alike in all languages. Its stems have the tag
// of the language in front, so that a word is looked for in the texts of each language
// by the stem that it has there: de:haus for Häuser. Those of English have none.
package analysis

import (
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/text"
)

// Analyzer analyses texts in one language. It is safe for concurrent use, and
// comparable: two values are equal if they analyse alike.
//
// A word is looked for in an index as the analyzer made it when the text was
// indexed, so the analyzers of a text and of a query must agree.
type Analyzer interface {
	// Language says what the language knows of single words.
	text.Language

	// Tags returns the BCP 47 tags of the languages that are analysed so, without
	// regions; Tag is the first.
	Tags() []string

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
	if tag == "" || tag == "en" {
		return analyzers[0]
	}
	primary, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	for _, a := range analyzers {
		for _, t := range a.tags {
			if t == primary {
				return a
			}
		}
	}
	return analyzers[0]
}

// StemTagIn returns the tag in front of the stems of texts in a language, given by its BCP
// 47 tag; nothing for those that are analysed as English.
func StemTagIn(language string) string { return Of(language).StemTag() }

// OfStem returns the analyzer that made a stem, by the tag in front of it.
func OfStem(stem string) Analyzer {
	if tag := StemTag(stem); tag != "" {
		return Of(strings.TrimSuffix(tag, ":"))
	}
	return analyzers[0]
}

// StemTag returns the tag in front of a stem, with its colon; nothing for stems of
// English. A colon within words stands between digits only.
func StemTag(stem string) string {
	i := strings.IndexByte(stem, ':')
	if i <= 0 || stem[i-1] < 'a' || stem[i-1] > 'z' {
		return ""
	}
	return stem[:i+1]
}

// analyzer analyses a language by the means of package text.
type analyzer struct {
	text.Language
	tags []string
	// waiting holds tokenizers between two texts: words of queries come again.
	waiting sync.Pool
}

// newAnalyzer returns the analyzer of a language, which some other tags stand for as
// well. Its stems are tagged.
func newAnalyzer(l text.Language, others ...string) *analyzer {
	return &analyzer{Language: tagged{l, l.Tag() + ":"}, tags: append([]string{l.Tag()}, others...)}
}

// tagged is a language whose stems have its tag in front.
type tagged struct {
	text.Language
	tag string
}

func (t tagged) StemTag() string         { return t.tag }
func (t tagged) Stem(word string) string { return t.tag + t.Language.Stem(word) }

func (t tagged) StemPrefix(stem string) string {
	return t.Language.StemPrefix(strings.TrimPrefix(stem, t.tag))
}

func (a *analyzer) Tags() []string { return a.tags }

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
