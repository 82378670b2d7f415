// Package match says what a query means, once for everyone. [Lower] turns a
// query's tree into a plan: a tree of simple conditions on analysed text.
// [Match] evaluates a plan over an article in memory.
//
// Engines run plans against postings. Topic rules run them against articles as
// they are read. Match is slow and plain: it defines what a plan means, and
// engines are held to it. How matches are ranked, matchtest defines.
package match

import (
	"fmt"
	"time"
)

// Field names what part of an article a condition looks at.
type Field uint8

// The fields. The text fields hold tokens with positions; Topic, Lang, ID, Rights, MyTag
// and TopicBy hold whole values.
const (
	Text    Field = iota // title, headings and body: where bare words look
	Title                //
	Heading              // headings of sections
	Body                 //
	Summary              //
	Note                 // readers' own notes, each a run
	Author               // words of the authors' names, and so on
	Source               //
	Place                //
	Person               //
	Org                  //
	Path                 //
	URL                  //
	Topic                // canonical topic paths
	Lang                 //
	ID                   //
	Rights               // what is known of the terms of use
	MyTag                // readers' own tags, canonical paths
	TopicBy              // topics with their origins, see enrich.TopicValues
)

// String returns the field's name in the query language; Text has none there,
// and is "text".
func (f Field) String() string {
	if int(f) < len(fieldNames) {
		return fieldNames[f]
	}
	return fmt.Sprintf("field(%d)", uint8(f))
}

var fieldNames = [...]string{
	Text: "text", Title: "title", Heading: "heading", Body: "body", Summary: "summary", Note: "note",
	Author: "author", Source: "source", Place: "place", Person: "person", Org: "org",
	Path: "path", URL: "url", Topic: "topic", Lang: "lang", ID: "id",
	Rights: "rights", MyTag: "mytag", TopicBy: "topicby",
}

// The values of Rights.
const (
	RightsStated = "stated" // the sender states terms of use
	RightsNoAI   = "no-ai"  // they forbid use by programs that learn or generate
)

// Plan is one node of a plan.
type Plan interface{ plan() }

// The nodes of a plan.
type (
	// All matches every article.
	All struct{}
	// None matches no article. Reason tells the person who asked why.
	None struct{ Reason string }
	// And matches what all Operands match; scores add.
	And struct{ Operands []Plan }
	// Or matches what any of Operands match; scores of those that match add. With
	// Best, Operands are names of one thing, the one asked for first. The highest
	// score counts alone, as a thing is not more relevant for having many
	// names; and in the others no word counts as rarer than the first name
	// is, in articles that match it, lest a rare acronym outweigh what was
	// asked for. With Forms, Operands are forms of one word in several languages:
	// the highest score counts alone.
	Or struct {
		Operands []Plan
		Best     bool
		Forms    bool
	}
	// Not matches what Operand does not, and scores nothing.
	Not struct{ Operand Plan }
	// Boost multiplies the score of Operand.
	Boost struct {
		Operand Plan
		Factor  float64
	}
	// Should matches what Operand matches. Those of Optional that match an article
	// as well add to its score, and those of First put it before all articles
	// of Operand without them: beside its own score, each adds the most that
	// Operand can give, the sum of idf times boost over its leaves.
	Should struct {
		Operand  Plan
		Optional []Plan
		First    []Phrase
	}
	// Stem matches articles with a token of this stem, or with a variant of it,
	// which is ranked as a little less than an occurrence.
	Stem struct {
		Field Field
		Stem  string
	}
	// Phrase matches articles in which Terms stand in this order in one run
	// of text, with at most Slop other tokens between them in all. One term
	// alone is a word as written, a prefix, and so on.
	Phrase struct {
		Field Field
		Terms []TermPattern
		Slop  int
	}
	// Near matches articles in which each operand occurs within Distance
	// tokens of the next, in one run of text; in this order when Ordered.
	// An operand is any of its phrases (of Slop 0). Neighbours are 1 apart.
	// From every phrase's occurrence the distance is counted between its
	// last token and the first of the one that follows it in the text;
	// overlapping occurrences are 0 apart and never match.
	//
	// With Marks, in the form of TermPattern.Marks, every token from the first to the
	// last of the match has them, as those of one quotation have. Occurrences may overlap
	// then, unless Ordered, and phrases may have a Slop. One operand will do.
	Near struct {
		Field    Field
		Operands [][]Phrase
		Distance int
		Ordered  bool
		Marks    string
	}
	// Spans matches articles in which Of occurs AtLeast times, at places that do for
	// Lead and Marks. It is what Near cannot say. Its occurrences are the first tokens
	// from which Of can be read: those of a SpanNear, at any operand's, are that of the
	// first operand, and so on. Where there are fewer than AtLeast in all that Field
	// stands for, there are none.
	Spans struct {
		Field   Field
		Of      Span
		AtLeast int // 0 is 1
		// Lead, when not 0, is the number of words of the body, counted over all of its
		// runs, among which all of an occurrence must lie. Field is Body then.
		Lead int
		// Marks, in the form of TermPattern.Marks, every token from the first to the
		// last of an occurrence has.
		Marks string
	}
	// Length matches articles of Min to Max words in title, headings and body, which
	// are tokens; with Max below 0, of Min or more.
	Length struct{ Min, Max int }
	// Value matches articles that hold a value in a field of whole values:
	// Topic and MyTag take in what lies below it in the hierarchy, Lang the regional
	// variants. With Prefix, all values that start with Value will do, any
	// value at all if it is empty.
	Value struct {
		Field  Field
		Value  string
		Prefix bool
	}
	// Dates matches articles published at From or later and before To; a
	// zero bound is open. An article without a date never matches. One at
	// midnight UTC sharp is taken to have a day and no time: its day is that
	// day wherever the bounds are meant, in their locations. With Added, it is the
	// time at which the article came into the index that counts.
	Dates struct {
		From, To time.Time
		Added    bool
	}
)

func (All) plan()    {}
func (None) plan()   {}
func (And) plan()    {}
func (Or) plan()     {}
func (Not) plan()    {}
func (Boost) plan()  {}
func (Should) plan() {}
func (Stem) plan()   {}
func (Phrase) plan() {}
func (Near) plan()   {}
func (Spans) plan()  {}
func (Length) plan() {}
func (Value) plan()  {}
func (Dates) plan()  {}

// PatternKind says which words a term pattern matches.
type PatternKind uint8

// The kinds of term pattern.
const (
	Exact    PatternKind = iota // the folded word itself
	SameStem                    // every word whose stem is Text, and every token with such a variant
	Prefix                      // words that start with Text
	Wildcard                    // Text with * and ?
	Fuzzy                       // within Distance edits of Text
	Regex                       // Text in RE2 syntax, whole word
	AnyWord                     // any one word
)

// TermPattern is one place of a phrase: it stands for a set of words as written.
type TermPattern struct {
	Kind     PatternKind
	Text     string // folded, but for Regex
	Distance int    // for Fuzzy: 1 or 2
	// Marks are marks that the token must have, all of them, in order, each once, with a
	// blank between them; see MarkPerson and the others.
	Marks string
	// Case says how the token must be written.
	Case Case
}

// Case is how capitals stand in a word, as it is written.
type Case uint8

// The cases.
const (
	AnyCase   Case = iota
	LowerCase      // without capitals: turkey, 24
	TitleCase      // only its first letter is one, and it has others: Turkey, Obama's
	UpperCase      // all of its letters are, one alone or more: AIDS, U.S., A
	MixedCase      // all others: iPhone, McCain, OPEC-led
)

// Span says where in a run something stands: stretches of tokens, from a first to a
// last one. It is a value of one of the types below.
type Span interface{ span() }

// The spans. Two stretches are joined, in a SpanNear and a SpanNotNear, if they lie
// within Distance tokens of each other, as in Near, or, with another Unit, if all from
// the first token of the one to the last of the other lies in one sentence, or in one
// paragraph; with Ordered only if the second comes behind the first. What overlaps is
// not joined in a SpanNear, but is in a SpanNotNear.
type (
	// SpanWords stands where any of the phrases does, of Slop 0.
	SpanWords []Phrase
	// SpanOr stands where any of its operands does.
	SpanOr []Span
	// SpanNear stands where each operand has a stretch that is joined with that of the
	// next: from the first token of them all to the last. Of a Spans, it is the stretch
	// of the first operand that is counted, at its first token.
	SpanNear struct {
		Of       []Span // two or more
		Distance int
		Unit     Unit
		Ordered  bool
	}
	// SpanNotNear stands where Of does, with no stretch of Avoid joined to it.
	SpanNotNear struct {
		Of, Avoid Span
		Distance  int
		Unit      Unit
		Ordered   bool
	}
)

func (SpanWords) span()   {}
func (SpanOr) span()      {}
func (SpanNear) span()    {}
func (SpanNotNear) span() {}

// Unit is what distances are measured in.
type Unit uint8

// The units.
const (
	InWords     Unit = iota
	InSentence       // the same sentence, as [analysis.Analyzer] finds them
	InParagraph      // the same paragraph: blank lines lie between them
)
