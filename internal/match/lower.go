package match

import (
	"errors"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

// Context is what the meaning of a query depends on beside its text.
type Context struct {
	// Analyzer analyses the query. It must be set, and analyse as the articles
	// were analysed.
	Analyzer analysis.Analyzer
	Now      time.Time      // what relative dates count from; zero is time.Now()
	Location *time.Location // what days are counted in; nil is time.Local
	Any      bool           // bare words match any instead of all
	// Questions makes the words optional that ask rather than say what about, see
	// [Questions].
	Questions bool
	// ComesFirst, when not nil, says whether articles with a word, folded and
	// as written in the query, come before those with other forms of its stem.
	ComesFirst func(written, folded, stem string) bool
	// WeighsMore, when not nil and with Any, says whether articles with a word as
	// written in the query score more than those with other forms of its stem.
	WeighsMore func(folded, stem string) bool
	// Mend, when not nil, is called with each mistake instead of stopping
	// there: what it is in then asks for nothing.
	Mend func(*query.SyntaxError)
}

// Lower turns a query's tree into a plan.
//
// A word is looked for by its stem, in title, headings and body unless a field
// is named. One that the analyzer cuts in several ("U.S.-led") is a phrase of
// these. Words after =, in quotation marks, with *, ?, ~ or as a regular
// expression are compared with words as written, folded in case and accents;
// so are stop words, which have no stem, and the words of the fields that hold
// names (author, source, place, person, org, path, url), which must stand side
// by side in one value. In a phrase * by itself is any one word, and nothing at
// either end.
//
// A stop word is left out where it stands side by side with other words, with
// no operator between them, and is looked for everywhere else: the war on
// terror is war AND terror, but the who, title:the, the AND war ask for each.
//
// What holds no letter or digit, such as a dash between words, asks for
// nothing and is left out; where nothing else is left, the plan is None.
//
// The plan is simplified as far as neither matches nor scores change. Errors
// are *query.SyntaxError; with Mend there is none.
func Lower(n query.Node, c Context) (Plan, error) {
	if c.Now.IsZero() {
		c.Now = time.Now()
	}
	if c.Location == nil {
		c.Location = time.Local
	}
	c.Now = c.Now.In(c.Location)
	var questions []query.Node
	if c.Questions && !c.Any {
		n, questions = lowerer{c}.splitQuestions(n)
	}
	n = lowerer{c}.withoutStopWords(n, Text)
	if c.Any {
		n, _ = query.Relax(n)
	}
	p, err := lowerer{c}.lower(n, Text)
	if err != nil {
		return nil, err
	}
	optional, err := lowerer{c}.each(questions, Text)
	if err != nil {
		return nil, err
	}
	p = should(p, optional, nil)
	if p == nil {
		return None{Reason: "there is no word in the query to look for"}, nil
	}
	return p, nil
}

// lowerer lowers nodes. Its methods return a nil Plan for a node that asks for
// nothing.
type lowerer struct{ context Context }

// lower lowers n as it stands within field f.
func (l lowerer) lower(n query.Node, f Field) (Plan, error) {
	p, err := l.node(n, f)
	var mistake *query.SyntaxError
	if l.context.Mend != nil && errors.As(err, &mistake) {
		l.context.Mend(mistake)
		return nil, nil
	}
	return p, err
}

func (l lowerer) node(n query.Node, f Field) (Plan, error) {
	switch n := n.(type) {
	case query.All:
		return All{}, nil
	case query.And:
		of, err := l.each(n.Operands, f)
		return and(of), err
	case query.Or:
		of, err := l.each(n.Operands, f)
		return or(of, n.Best), err
	case query.Not:
		p, err := l.lower(n.Operand, f)
		return not(p), err
	case query.Boost:
		p, err := l.lower(n.Operand, f)
		return boost(p, n.Factor), err
	case query.Field:
		return l.field(n)
	case query.Range:
		return l.dates(n)
	}
	if f.holdsValues() {
		return l.value(n, f)
	}
	if n, ok := n.(query.Near); ok {
		return l.near(n, f)
	}
	if n, ok := n.(query.Word); ok && !n.Exact && f.ranks() {
		return l.word(n.Text, f), nil
	}
	ph, err := l.phrase(n)
	return phrase(f, ph), err
}

// each lowers nodes one by one, leaving out what asks for nothing.
func (l lowerer) each(nodes []query.Node, f Field) ([]Plan, error) {
	var of []Plan
	for _, n := range nodes {
		p, err := l.lower(n, f)
		if err != nil {
			return nil, err
		}
		if p != nil {
			of = append(of, p)
		}
	}
	return of, nil
}

// word lowers a word to its stem, or to a phrase where it has none or is
// several.
func (l lowerer) word(s string, f Field) Plan {
	tokens := l.context.Analyzer.Tokens(s)
	if len(tokens) == 1 && tokens[0].Stem != "" {
		stem := Stem{Field: f, Stem: tokens[0].Stem}
		if first := l.context.ComesFirst; first != nil && first(s, tokens[0].Word, stem.Stem) {
			return should(stem, nil, []Phrase{{Field: f, Terms: exact(tokens)}})
		}
		if more := l.context.WeighsMore; l.context.Any && more != nil && more(tokens[0].Word, stem.Stem) {
			return or([]Plan{stem, boost(phrase(f, Phrase{Terms: exact(tokens)}), asWritten)}, false)
		}
		return stem
	}
	return phrase(f, Phrase{Terms: exact(tokens)})
}

// phrase sets the field of ph. A phrase without terms asks for nothing.
func phrase(f Field, ph Phrase) Plan {
	if len(ph.Terms) == 0 {
		return nil
	}
	ph.Field = f
	return ph
}

// phrase lowers a node to the words as written that it stands for.
func (l lowerer) phrase(n query.Node) (Phrase, error) {
	switch n := n.(type) {
	case query.Word:
		return Phrase{Terms: l.exactTerms(n.Text)}, nil
	case query.Phrase:
		return Phrase{Terms: l.phraseTerms(n.Text), Slop: n.Slop}, nil
	case query.Prefix:
		return Phrase{Terms: l.phraseTerms(n.Text + "*")}, nil
	case query.Wildcard:
		return Phrase{Terms: l.patternTerms(n.Pattern)}, nil
	case query.Fuzzy:
		return Phrase{Terms: l.fuzzyTerms(n.Text, n.Distance)}, nil
	case query.Regex:
		term := TermPattern{Kind: Regex, Text: foldRegex(n.Pattern)}
		if _, err := term.wordMatcher(); err != nil {
			return Phrase{}, l.errorAt(n, "regular expression that can't be read ("+strings.TrimPrefix(err.Error(), "error parsing regexp: ")+")", "")
		}
		return Phrase{Terms: []TermPattern{term}}, nil
	}
	return Phrase{}, l.errorAt(n, "neither word nor phrase beside NEAR", "write a word or a phrase there")
}

// near lowers a NEAR. Its words stand for every word of their stem.
func (l lowerer) near(n query.Near, f Field) (Plan, error) {
	p := Near{Field: f, Distance: n.Distance, Ordered: n.Ordered}
	var last query.Node
	for _, operand := range n.Operands {
		phrases, err := l.operand(operand)
		if err != nil {
			return nil, err
		}
		if len(phrases) > 0 {
			p.Operands = append(p.Operands, phrases)
			last = operand
		}
	}
	switch len(p.Operands) {
	case 0:
		return nil, nil
	case 1:
		return l.lower(last, f) // the others ask for nothing
	}
	return p, nil
}

// operand lowers an operand of NEAR to its alternatives.
func (l lowerer) operand(n query.Node) ([]Phrase, error) {
	if n, ok := n.(query.Or); ok {
		var all []Phrase
		for _, alternative := range n.Operands {
			phrases, err := l.operand(alternative)
			if err != nil {
				return nil, err
			}
			all = append(all, phrases...)
		}
		return all, nil
	}
	ph, err := l.phrase(n)
	if err != nil {
		return nil, err
	}
	if ph.Slop > 0 {
		return nil, l.errorAt(n, "phrase with ~ beside NEAR", "leave out the ~")
	}
	if n, ok := n.(query.Word); ok && !n.Exact {
		if tokens := l.context.Analyzer.Tokens(n.Text); len(tokens) == 1 && tokens[0].Stem != "" {
			ph.Terms = []TermPattern{{Kind: SameStem, Text: tokens[0].Stem}}
		}
	}
	if len(ph.Terms) == 0 {
		return nil, nil
	}
	return []Phrase{ph}, nil
}

// asWritten is what a word as written in the query counts beside its stem. On three
// collections with judgments .15 gave the best mean average precision of those tried;
// it makes up for what stems lose that hold irregular forms.
const asWritten = 0.15
