package text

// Language is what a language says of its words and its sentences. Package
// text does what is alike in all languages, and asks a Language for the rest.
//
// A word is given folded, as [Fold] and a [Tokenizer] make it. All methods are
// pure: the answer depends on the arguments alone. They may be called by any
// number of goroutines.
type Language interface {
	// Tag is the BCP 47 tag of the language, such as "en".
	Tag() string

	// Stem returns the stem of a word. It is never empty. A word that the
	// language doesn't know how to stem is its own stem, behind StemTag.
	Stem(word string) string
	// StemTag is what every stem begins with, so that stems of two languages never
	// meet: package analysis puts the tag of the language and a colon before them.
	// Those of English have nothing.
	StemTag() string
	// IsStop reports whether a word is so common that ranking ignores it.
	IsStop(word string) bool
	// StemPrefix returns bytes that every word of a stem starts with. The
	// longer they are, the fewer words are looked at to find those of the
	// stem.
	StemPrefix(stem string) string

	// Closed returns a word that has an apostrophe as it is also written without
	// one, such as quranic for qur'anic; empty for a contraction, which is never
	// written so.
	Closed(word string) string
	// Base returns the word before an apostrophe where what follows is an ending
	// of the language, such as ankara for ankara'nin; else nothing.
	Base(word string) string

	// Abbreviation returns what kind of abbreviation a word before a full
	// stop is. The word is as written, without that stop; others may stand
	// inside it, as in "e.g".
	Abbreviation(word string) Abbreviation
	// StartsSentence reports whether a capitalised word stands at the start
	// of a sentence more often than within one.
	StartsSentence(word string) bool
	// SaysWho reports whether a word is a verb that follows a quotation and
	// tells who said it: "Really?" Smith asked.
	SaysWho(word string) bool
	// OrdinalFollows reports whether a number with a full stop behind this
	// word is an ordinal, so that the stop ends no sentence: am 3. Oktober.
	OrdinalFollows(word string) bool
}

// Abbreviation is a kind of abbreviation: it says what may follow the full
// stop within a sentence.
type Abbreviation uint8

// The kinds of abbreviation, with English examples.
const (
	NoAbbreviation Abbreviation = iota
	BeforeName                  // a name follows: Mr. Smith, St. Louis
	BeforeAny                   // anything follows: Apple Inc. Chairman Smith
	BeforeNumber                // a number follows, or a sentence ends: No. 5, but also "No. Never."
	OfDate                      // a number or more of a name follows: Dec. 12, Dec. Monday
	NeverLast                   // the rest of the sentence follows: e.g. this
)
