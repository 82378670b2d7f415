package topic

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// Rules run on every article that is indexed, so they are compiled for that:
// match.Match and match.Occurrences, which say what they mean, would read the
// article once for each word of each rule.
//
// A program reads the article's tokens once, and counts those whose stem is
// one of its terms. A leaf that is a Stem is answered by the count alone. One
// that is a phrase is looked for only around its anchor, one of its words,
// whose stem is a term. Any other leaf (slop, NEAR, prefixes, other fields) is
// left to package match, but only when the terms that it needs were seen. All
// this relies on the stem of a token following from its word, as
// text.Language has it.

// program is the compiled form of rules.
type program struct {
	stemTag string       // what stems begin with in the language of the rules
	plans   []match.Plan // of the rules, as they were
	// What counts beside these, and what counts off; nil where nothing does.
	also, except []match.Plan
	rules        []compiledRule
	leaves       []leaf
	terms        map[string]int32 // stem to term
	uses         [][]termUse      // by term
	// exact are the words that phrases byAnchor have as they are, each with its number
	// from 1 on, so that a place is told by comparing numbers.
	exact map[string]uint32
}

// compiledRule is a rule's plan over leaves.
type compiledRule struct {
	root node
	// counts are the leaves that count, each once: that two words of the
	// query have one stem doesn't make them two. Of a set of spellings, the one
	// that occurs most counts.
	counts [][]int32
	except [][]int32 // what counts off, likewise
	min    int
	// bounded tells that nothing of the rule occurs without a term that uses
	// lists for it, so that its occurrences are at most those of the terms.
	bounded bool
}

// termUse says how many of a rule's leaves are looked for by a term.
type termUse struct{ rule, leaves int32 }

// node is a plan whose leaves are numbers.
type node struct {
	op     op
	of     []node
	leaves []int32    // of opAnyLeaf
	plan   match.Plan // of opPlan
}

type op uint8

const (
	opAnd op = iota
	opOr
	opNot
	opAnyLeaf // one of the leaves occurs
	opPlan    // left to match.Match: values and dates
)

// leaf is a Stem, Phrase, Near or Spans that some rules look for.
type leaf struct {
	plan  match.Plan
	kind  leafKind
	field match.Field
	// term is the stem's for byStem, the anchor's for byAnchor; else none.
	term int32
	// phrase has the words of a leaf byAnchor; anchor is the index of the one
	// that is looked for first.
	phrase []match.TermPattern
	anchor int
	// exact has for each word of phrase its number in program.exact, if its kind is Exact.
	exact []uint32
	// required are sets of terms of a leaf bySearch: it occurs only where a
	// term of each set does.
	required [][]int32
}

const noTerm = -1

type leafKind uint8

const (
	byStem leafKind = iota
	byAnchor
	bySearch // package match searches for it
)

// ranked reports whether occurrences in a field count: those in the title,
// the headings and the body.
func ranked(f match.Field) bool { return f <= match.Body }

// compile makes the program of rules, in their order.
func compile(a analysis.Analyzer, rules []checkedRule) *program {
	c := compiler{
		analyzer: a,
		program:  &program{terms: make(map[string]int32), exact: make(map[string]uint32), stemTag: a.StemTag()},
		known:    make(map[string]int32),
	}
	for _, r := range rules {
		compiled := compiledRule{root: c.node(r.plan), min: r.Min, counts: c.counted(nil, r.plan)}
		if r.also != nil {
			compiled.counts = c.counted(compiled.counts, r.also)
		}
		if r.except != nil {
			compiled.except = c.counted(nil, r.except)
		}
		c.rules = append(c.rules, compiled)
		c.plans = append(c.plans, r.plan)
		c.also, c.except = append(c.also, r.also), append(c.except, r.except)
	}
	c.bound()
	return c.program
}

// counted adds the leaves of p that count to sets, in which those that are
// spellings of one thing lie together. Each leaf is in one set: what the spellings
// of two words have in common makes these the same word.
func (c *compiler) counted(sets [][]int32, p match.Plan) [][]int32 {
	switch p := p.(type) {
	case match.And:
		for _, q := range p.Operands {
			sets = c.counted(sets, q)
		}
	case match.Or:
		if p.Best {
			return c.addCounted(sets, match.Leaves(p))
		}
		for _, q := range p.Operands {
			sets = c.counted(sets, q)
		}
	case match.Boost:
		return c.counted(sets, p.Operand)
	case match.Stem, match.Phrase, match.Near, match.Spans:
		return c.addCounted(sets, match.Leaves(p))
	}
	return sets
}

// addCounted adds a set of those leaves that count, with the sets that it meets.
func (c *compiler) addCounted(sets [][]int32, leaves []match.Leaf) [][]int32 {
	var set []int32
	for _, l := range leaves {
		if ranked(l.Field) {
			set = append(set, c.leaf(l.Plan))
		}
	}
	if len(set) == 0 {
		return sets
	}
	meets := func(other []int32) bool {
		return slices.ContainsFunc(other, func(l int32) bool { return slices.Contains(set, l) })
	}
	for _, other := range sets {
		if meets(other) {
			set = append(set, other...)
		}
	}
	sets = slices.DeleteFunc(sets, meets)
	slices.Sort(set)
	return append(sets, slices.Compact(set))
}

// bound finds out which rules are bounded, and which terms they use.
func (c *compiler) bound() {
	c.uses = make([][]termUse, len(c.terms))
	for i := range c.rules {
		r := &c.rules[i]
		searched := func(l int32) bool { return c.leaves[l].kind == bySearch }
		r.bounded = c.isBounded(&r.root) && !slices.ContainsFunc(slices.Concat(r.counts...), searched)
		if !r.bounded {
			continue
		}
		times := make(map[int32]int32)
		for _, spellings := range r.counts {
			for _, l := range spellings {
				times[c.leaves[l].term]++
			}
		}
		for t, n := range times {
			c.uses[t] = append(c.uses[t], termUse{int32(i), n})
		}
	}
}

// isBounded reports whether n matches only where one of its leaves occurs, all
// of which count and are looked for by a term.
func (c *compiler) isBounded(n *node) bool {
	switch n.op {
	case opAnd, opOr:
		return len(n.of) > 0 && !slices.ContainsFunc(n.of, func(m node) bool { return !c.isBounded(&m) })
	case opAnyLeaf:
		return !slices.ContainsFunc(n.leaves, func(l int32) bool { return c.leaves[l].kind == bySearch })
	}
	return false
}

type compiler struct {
	*program
	analyzer analysis.Analyzer // of the queries of rules
	known    map[string]int32  // leaves by their key
}

func (c *compiler) node(p match.Plan) node {
	switch p := p.(type) {
	case match.And:
		return node{op: opAnd, of: c.nodes(p.Operands)}
	case match.Or:
		return c.or(p)
	case match.Not:
		return node{op: opNot, of: c.nodes([]match.Plan{p.Operand})}
	case match.Boost:
		return c.node(p.Operand)
	case match.Should:
		return c.node(p.Operand)
	case match.Stem, match.Phrase, match.Near, match.Spans:
		return node{op: opAnyLeaf, leaves: []int32{c.leaf(p)}}
	default:
		return node{op: opPlan, plan: p}
	}
}

func (c *compiler) nodes(of []match.Plan) []node {
	nodes := make([]node, len(of))
	for i, p := range of {
		nodes[i] = c.node(p)
	}
	return nodes
}

// or gathers the leaves of an Or, which nearly every rule is, in one list.
func (c *compiler) or(p match.Or) node {
	var leaves []int32
	var others []node
	for _, n := range c.nodes(p.Operands) {
		if n.op == opAnyLeaf {
			leaves = append(leaves, n.leaves...)
		} else {
			others = append(others, n)
		}
	}
	anyLeaf := node{op: opAnyLeaf, leaves: leaves}
	if len(others) == 0 {
		return anyLeaf
	}
	return node{op: opOr, of: append(others, anyLeaf)}
}

// leaf returns the number of the leaf p, the same for equal leaves.
func (c *compiler) leaf(p match.Plan) int32 {
	key := leafKey(p)
	if i, ok := c.known[key]; ok {
		return i
	}
	i := int32(len(c.leaves))
	c.leaves = append(c.leaves, c.newLeaf(p))
	c.known[key] = i
	return i
}

// leafKey returns a string that is the same for equal leaves alone.
func leafKey(p match.Plan) string {
	var key []byte
	switch p := p.(type) {
	case match.Stem:
		key = append(key, 's', byte(p.Field))
		key = append(key, p.Stem...)
	case match.Phrase:
		key = appendPhraseKey(append(key, 'p'), p)
	case match.Near:
		key = fmt.Append(key, 'n', p.Field, p.Distance, p.Ordered)
		for _, operand := range p.Operands {
			key = append(key, '(')
			for _, ph := range operand {
				key = appendPhraseKey(key, ph)
			}
		}
	case match.Spans:
		key = fmt.Append(key, 'w', p.Field, p.AtLeast, " ", p.Lead)
		key = appendSpanKey(strconv.AppendQuote(key, p.Marks), p.Of)
	}
	return string(key)
}

func appendPhraseKey(key []byte, p match.Phrase) []byte {
	key = append(key, byte(p.Field))
	key = strconv.AppendInt(key, int64(p.Slop), 10)
	for _, s := range p.Terms {
		key = append(key, byte(s.Kind), byte(s.Case))
		key = strconv.AppendInt(key, int64(s.Distance), 10)
		key = strconv.AppendQuote(strconv.AppendQuote(key, s.Text), s.Marks)
	}
	return append(key, ';')
}

func (c *compiler) newLeaf(p match.Plan) leaf {
	l := leaf{plan: p, kind: bySearch, field: match.ID, term: noTerm}
	switch p := p.(type) {
	case match.Stem:
		if l.field = p.Field; ranked(p.Field) {
			l.kind, l.term = byStem, c.term(p.Stem)
		}
	case match.Phrase:
		if l.field = p.Field; ranked(p.Field) {
			c.phrase(&l, p)
		}
	case match.Near:
		if l.field = p.Field; ranked(p.Field) {
			l.required = c.requiredByNear(p)
		}
	case match.Spans:
		if l.field = p.Field; ranked(p.Field) {
			l.required = c.requiredBySpan(p.Of)
		}
	}
	return l
}

// phrase sets l to be looked for by an anchor, if the phrase allows it, else
// sets what it needs.
func (c *compiler) phrase(l *leaf, p match.Phrase) {
	anchor, longest, plain := noTerm, 0, p.Slop == 0
	for i, s := range p.Terms {
		if s.Kind != match.Exact && s.Kind != match.SameStem && s.Kind != match.AnyWord || s.Case != match.AnyCase {
			plain = false
		}
		// A long word is likely the rarest.
		if c.hasStem(s) && len(s.Text) > longest {
			anchor, longest = i, len(s.Text)
		}
	}
	if plain && anchor != noTerm {
		l.kind, l.term, l.phrase, l.anchor = byAnchor, c.termOf(p.Terms[anchor]), p.Terms, anchor
		l.exact = c.exactWords(p.Terms)
		return
	}
	for _, s := range p.Terms {
		if c.hasStem(s) {
			l.required = append(l.required, []int32{c.termOf(s)})
		}
	}
}

// exactWords returns the numbers of the words of a phrase that are exact; 0 for others.
func (c *compiler) exactWords(phrase []match.TermPattern) []uint32 {
	numbers := make([]uint32, len(phrase))
	for i, s := range phrase {
		if s.Kind != match.Exact {
			continue
		}
		if c.exact[s.Text] == 0 {
			c.exact[s.Text] = uint32(len(c.exact) + 1)
		}
		numbers[i] = c.exact[s.Text]
	}
	return numbers
}

// requiredByNear returns a set for each operand all of whose phrases hold a word
// of known stem: one such word of each.
func (c *compiler) requiredByNear(p match.Near) [][]int32 {
	var needs [][]int32
	for _, operand := range p.Operands {
		var set []int32
		for _, ph := range operand {
			if i := slices.IndexFunc(ph.Terms, c.hasStem); i >= 0 {
				set = append(set, c.termOf(ph.Terms[i]))
			}
		}
		if len(set) == len(operand) {
			needs = append(needs, set)
		}
	}
	return needs
}

// hasStem reports whether every word of a term pattern has the same stem.
func (c *compiler) hasStem(s match.TermPattern) bool {
	return s.Kind == match.SameStem || s.Kind == match.Exact && !c.analyzer.IsStop(s.Text)
}

// termOf returns the term of the stem of a term pattern that has one.
func (c *compiler) termOf(s match.TermPattern) int32 {
	if s.Kind == match.SameStem {
		return c.term(s.Text)
	}
	return c.term(c.analyzer.Stem(s.Text))
}

// term returns the number of a stem, the same for equal stems.
func (c *compiler) term(stem string) int32 {
	if t, ok := c.terms[stem]; ok {
		return t
	}
	t := int32(len(c.terms))
	c.terms[stem] = t
	return t
}
