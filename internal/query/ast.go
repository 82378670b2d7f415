package query

// Node is one node of a query's tree: a value of one of the types below, not
// a pointer to one.
type Node interface {
	// Pos returns the byte offsets of the query text that the node was read
	// from, [start, end).
	Pos() (start, end int)
	// String returns the canonical form: parsing it gives an equal tree, but
	// for positions.
	String() string
}

// At holds a node's place in the query text.
type At struct{ Start, End int }

// Pos implements Node.
func (a At) Pos() (start, end int) { return a.Start, a.End }

// Unit is what NEAR measures in.
type Unit uint8

// The units.
const (
	Words     Unit = iota // NEAR/5
	Sentence              // NEAR/s
	Paragraph             // NEAR/p
)

// DefaultLead is how many words lead: looks at without a number: about the first
// two paragraphs of a report.
const DefaultLead = 50

// The nodes.
type (
	// All matches every article: the empty query.
	All struct{ At }

	// And matches what all Operands match; a Not among them takes away. Bare is
	// set where the words merely stood side by side, without an operator:
	// these may be relaxed to any. An And of one node that is not Bare is
	// that node with a plus sign (+word): it stays mandatory when the words
	// beside it are relaxed.
	And struct {
		At
		Operands []Node
		Bare     bool
	}

	// Or matches what any of Operands matches. With Best, Operands are names of one
	// thing, and the best of them counts instead of their sum; the language
	// has no sign for it.
	Or struct {
		At
		Operands []Node
		Best     bool
	}

	// Not matches what Operand does not.
	Not struct {
		At
		Operand Node
	}

	// Word is a word as the person wrote it. Exact asks for that very word
	// instead of its stem (=word). Text may hold several tokens, such as
	// "U.S.-led": these must stand side by side. Languages, where not empty, are
	// the tags of the languages, with commas between them, that it is looked for
	// in by its stem, in articles in these alone; the language has no sign for it.
	Word struct {
		At
		Text      string
		Exact     bool
		Languages string
	}

	// Prefix matches words that start with Text (presid*).
	Prefix struct {
		At
		Text string
	}

	// Wildcard matches whole words against Pattern: * is any run of
	// characters, *{n} any of at most n, ? any one.
	Wildcard struct {
		At
		Pattern string
	}

	// Fuzzy matches words within Distance edits (1 or 2) of Text, a swap of
	// neighbours counting as one.
	Fuzzy struct {
		At
		Text     string
		Distance int
	}

	// Regex matches whole words against Pattern, in RE2 syntax without
	// assertions and lazy repeats, and with few counted ones.
	Regex struct {
		At
		Pattern string
	}

	// Phrase matches Text's words in this order as written, stop words
	// included, with at most Slop other words between them in all. A last
	// word with a trailing * is a prefix.
	Phrase struct {
		At
		Text string
		Slop int
	}

	// Near matches where each operand stands within Distance words of the
	// next, or, with another Unit, in the same sentence or paragraph: NEAR in either
	// order, ADJ in this one. Operands are words, prefixes, wildcards, fuzzy words,
	// regexes, phrases, the fields person, org and place with a name, a phrase, * or
	// these joined by OR, the field caps, Near and NotNear in parentheses, and groups
	// of all these joined by OR. With Unit Sentence the field is may stand there, too.
	Near struct {
		At
		Operands []Node
		Distance int // adjacent words are 1 apart; 0 where Unit isn't Words
		Ordered  bool
		Unit     Unit
	}

	// NotNear matches where Operand stands without Avoid within Distance words of it,
	// or in the same sentence or paragraph (a NOT NEAR/5 b); with Ordered, without it
	// after Operand (a NOT ADJ/5 b). Both are what may be an operand of Near.
	NotNear struct {
		At
		Operand, Avoid Node
		Distance       int
		Ordered        bool
		Unit           Unit
	}

	// AtLeast matches articles in which Operand occurs Count times or more
	// (atleast/5 war): a word, a pattern, a phrase, a Near, or several of these
	// joined by OR, which count together. Of an And each operand must.
	AtLeast struct {
		At
		Count   int // 2 or more
		Operand Node
	}

	// Lead matches what Operand does within the first Words words of the body
	// (lead:war, lead/100:war). DefaultLead is what lead: means without a number.
	Lead struct {
		At
		Words   int
		Operand Node
	}

	// Field limits Operand to a field. Two are not of a field: caps, whose words
	// are looked for with the capitals that they are written with, and is, whose Operand
	// is the word for a kind of sentence, see Kinds.
	Field struct {
		At
		Name    string // canonical name, one of Fields
		Operand Node
	}

	// Range matches a field's values between Low and High. An empty bound is
	// open. In date fields bounds are dates as written; DateRange resolves
	// them. A single date is a Range with Low and High equal. In the field words,
	// the number of words of an article, they are whole numbers.
	Range struct {
		At
		Name            string
		Low, High       string
		OpenLow, OpenHi bool // exclusive: {..} brackets, > and <
	}

	// Boost multiplies what Operand adds to the score.
	Boost struct {
		At
		Operand Node
		Factor  float64
	}
)
