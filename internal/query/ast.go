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
	// characters, ? any one.
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
	// next: NEAR in either order, ADJ in this one. Operands are words,
	// prefixes, wildcards, fuzzy words, regexes, phrases, the fields
	// person, org and place with a name, a phrase, * or these joined by OR, and
	// groups of all these joined by OR.
	Near struct {
		At
		Operands []Node
		Distance int // adjacent words are 1 apart
		Ordered  bool
	}

	// Field limits Operand to a field.
	Field struct {
		At
		Name    string // canonical name, one of Fields
		Operand Node
	}

	// Range matches a field's values between Low and High. An empty bound is
	// open. In date fields bounds are dates as written; DateRange resolves
	// them. A single date is a Range with Low and High equal.
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
