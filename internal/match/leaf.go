package match

import (
	"fmt"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/text"
)

// Leaf is a condition on words that a plan asks for, not one that it forbids.
type Leaf struct {
	Plan  Plan    // Stem, Phrase, Near or Spans
	Field Field   // where Plan looks
	Boost float64 // the product of the boosts above it
	// Word is the same number for the forms of one word in several languages, see Or, and
	// 0 for all others.
	Word int
	// Optional is set for the forms of a word that is a stop word in some of the languages.
	Optional bool
}

// Leaves returns the words, phrases and NEARs that p asks for, in the order
// in which they stand in it, repetitions included. What stands below a Not is
// left out, as a match is not made of it.
func Leaves(p Plan) []Leaf {
	var l leaves
	l.add(p, Leaf{Boost: 1})
	return l.all
}

// leaves are those of a plan as they are gathered.
type leaves struct {
	all   []Leaf
	words int // Ors of forms so far
}

// add adds the leaves of p, of which in tells what lies above them.
func (l *leaves) add(p Plan, in Leaf) {
	switch p := p.(type) {
	case And:
		l.addEach(p.Operands, in)
	case Or:
		if p.Forms && in.Word == 0 {
			l.words++
			in.Word = l.words
			in.Optional = slices.ContainsFunc(p.Operands, asksForLanguage)
		}
		l.addEach(p.Operands, in)
	case Boost:
		in.Boost *= p.Factor
		l.add(p.Operand, in)
	case Should:
		l.add(p.Operand, in)
		l.addEach(p.Optional, in)
		for _, q := range p.First {
			l.add(q, in)
		}
	case Stem, Phrase, Near, Spans:
		in.Plan, in.Field = p, looksAt(p)
		l.all = append(l.all, in)
	}
}

// asksForLanguage reports whether p asks for articles in a language alone, or in none of
// some languages.
func asksForLanguage(p Plan) bool {
	switch p := p.(type) {
	case Value:
		return p.Field == Lang
	case Not:
		return asksForLanguage(p.Operand)
	case Or:
		return slices.ContainsFunc(p.Operands, asksForLanguage)
	}
	return false
}

func (l *leaves) addEach(plans []Plan, in Leaf) {
	for _, p := range plans {
		l.add(p, in)
	}
}

// Label returns the leaf as a person would write it in a query, but for a
// word, of which only the stem is known: deterr, "strategic patience",
// title:presid*, korea NEAR/10 "missile test".
func (l Leaf) Label() string {
	var label string
	switch p := l.Plan.(type) {
	case Stem:
		label = p.Stem
	case Phrase:
		label = p.label()
	case Near:
		label = p.label()
	case Spans:
		label = p.label()
	}
	if f := looksAt(l.Plan); f != Text && !asksForMarks(l.Plan) {
		return f.String() + ":" + label
	}
	return label
}

func (p Phrase) label() string {
	if p.isCased() {
		return p.casedLabel()
	}
	if len(p.Terms) == 1 && p.Terms[0].Kind != Exact && (p.Terms[0].Kind != AnyWord || p.Terms[0].Marks != "") {
		return p.Terms[0].label()
	}
	label := `"` + strings.Join(joinPairs(p.Terms), " ") + `"`
	if p.Slop > 0 {
		label += fmt.Sprintf("~%d", p.Slop)
	}
	return label
}

func (p Near) label() string {
	operands := make([]string, len(p.Operands))
	for i, alternatives := range p.Operands {
		labels := make([]string, len(alternatives))
		for j, ph := range alternatives {
			labels[j] = ph.label()
		}
		operands[i] = strings.Join(labels, " OR ")
		if len(labels) > 1 {
			operands[i] = "(" + operands[i] + ")"
		}
	}
	operator := "NEAR"
	if p.Ordered {
		operator = "ADJ"
	}
	if p.Marks != "" && p.Distance == withinQuotation {
		return marksLabel(p.Marks, "("+strings.Join(operands, " ")+")")
	}
	label := strings.Join(operands, fmt.Sprintf(" %s/%d ", operator, p.Distance))
	if p.Marks != "" {
		return marksLabel(p.Marks, "("+label+")")
	}
	if p.Field != Text {
		return "(" + label + ")"
	}
	return label
}

func (s TermPattern) label() string {
	switch s.Kind {
	case Prefix:
		if text.Characters(s.Text) == 1 {
			return s.Text
		}
		return s.Text + "*"
	case Fuzzy:
		return fmt.Sprintf("%s~%d", s.Text, s.Distance)
	case Regex:
		return "/" + s.Text + "/"
	case AnyWord:
		if s.Marks != "" {
			return marksLabel(s.Marks, "*")
		}
		return "*"
	default: // Exact, SameStem and Wildcard read as they are
		return s.Text
	}
}

// asksForMarks reports whether a leaf is in what has marks, or in a lead, of which the label
// says it.
func asksForMarks(p Plan) bool {
	switch p := p.(type) {
	case Near:
		return p.Marks != ""
	case Spans:
		return p.Marks != "" || p.Lead > 0
	case Phrase:
		return len(p.Terms) == 1 && p.Terms[0].Kind == AnyWord && p.Terms[0].Marks != ""
	}
	return false
}

// marksLabel returns what asks for marks as a person would write it, in which said is
// what was said: said:(nuclear test) by:kim, person:*, person:"jong kim un".
func marksLabel(marks, said string) string {
	var kinds []string
	names := map[string][]string{}
	sentence, marks := kindsIn(marks)
	for _, m := range SplitMarks(marks) {
		kind, word, named := strings.Cut(m, "=")
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
		if named {
			names[kind] = append(names[kind], word)
		}
	}
	labels := slices.Grow(sentence, len(kinds))
	for _, kind := range kinds {
		switch words := names[kind]; {
		case kind == MarkSaid:
			labels = slices.Insert(labels, 0, kind+":"+said)
		case len(words) == 0:
			labels = append(labels, kind+":*")
		case len(words) == 1:
			labels = append(labels, kind+":"+words[0])
		default:
			labels = append(labels, kind+":"+`"`+strings.Join(words, " ")+`"`)
		}
	}
	return strings.Join(labels, " ")
}
