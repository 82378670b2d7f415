package alias

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

// What another name counts, of the name asked for. BM25 lets a word that occurs
// often count at most 2.2 times one that occurs once, in an article of mean
// length.
const (
	// Same is for names that stand for each other. Below 1, so that of two
	// articles alike the one that says it in the person's own words comes
	// first; far above 1/2.2, so that an article on the thing comes before one
	// that mentions it.
	Same = 0.7
	// People is for a country and its people: an article about Israelis is mostly
	// about Israel. Of two articles alike, that with the word asked for comes first.
	People = 0.6
	// OneWay is for names that often mean the same, such as Kremlin for
	// Russia. Below 1/2.2, so that however often one occurs, it counts less
	// than a mention of the name asked for.
	OneWay = 0.4
)

// The limits of one query. What is beyond them is left out, the last first.
const (
	maxAlternatives = 16  // of one name, without those in other languages
	maxCandidates   = 500 // looked at to find them
	maxExpansions   = 64
	maxInLanguages  = 96 // names in other languages: of three names in forty languages, which share many
)

// Expansion is another name that was added to a query.
type Expansion struct {
	// From is the name as the person wrote it, To the other name.
	From, To string
	// Asked is the part of the query that asks for From, and Alias what would
	// ask for To in its place; both are queries of their own, with the field
	// that they stand in.
	Asked, Alias query.Node
}

// Expand returns n with the names in it joined by OR with their other names,
// and what was added, in order:
//
//	north korea sanctions    (north korea OR =DPRK^0.7) sanctions
//
// languages are the analyzers of the articles, that of English first, which analyses n and the
// names. Names in other languages are added where one of these analyses them. Whatever n
// matches, the result matches too, and of the names that an article has the best counts. Names that would add nothing are left out: those that
// hold all the words asked for, as Islamic Republic of Iran does for iran, and
// those that an OR around the name asks for already.
//
// The new nodes have the place of the name that they stand for. Where a name
// stands side by side with other words, so does its OR, as a bare And of one,
// which query.Relax takes for optional like the words. Without a name in it, n
// comes back as it is; it is never changed.
func (t *Table) Expand(languages []analysis.Analyzer, n query.Node) (query.Node, []Expansion) {
	e := newExpander(t, languages)
	e.peoples = true
	n = e.node(n, scope{})
	return n, e.expansions
}

// ExpandNames is Expand without peoples. It is for queries of which any word will
// do: there the word for a people would add to scores what says little of the
// country.
func (t *Table) ExpandNames(languages []analysis.Analyzer, n query.Node) (query.Node, []Expansion) {
	e := newExpander(t, languages)
	n = e.node(n, scope{})
	return n, e.expansions
}

// expander expands one query.
type expander struct {
	table      *Table
	analyzer   analysis.Analyzer
	tags       []string // of the other languages of the articles
	most       int      // words of the longest name
	peoples    bool     // whether a country and its people find each other
	expansions []Expansion
	// translations is how many of expansions are names in other languages.
	translations int
}

func newExpander(t *Table, languages []analysis.Analyzer) expander {
	e := expander{table: t, analyzer: languages[0], most: t.longest}
	for _, a := range languages[1:] {
		e.tags = append(e.tags, a.Tag())
	}
	if t.world {
		e.most = max(e.most, maxWords)
	}
	return e
}

// scope is where a node stands.
type scope struct {
	field    *query.Field // nil outside of fields
	optional bool         // side by side with others
	// entity says that the field has names of entities: what is found one way is another
	// one, and so is a people.
	entity bool
	// asked holds the keys of the names that the Or around the node asks for.
	// Nil where there is none.
	asked map[string]bool
}

func (e *expander) node(n query.Node, s scope) query.Node {
	switch n := n.(type) {
	case query.Word:
		return e.single(n, s)
	case query.And:
		return e.and(n, s)
	case query.Or:
		return e.or(n, s)
	case query.Boost:
		n.Operand = e.node(n.Operand, s)
		return n
	case query.Lead:
		n.Operand = e.node(n.Operand, scope{})
		return n
	case query.Field:
		switch n.Name {
		case "title", "heading", "body", "summary":
			field := n
			n.Operand = e.node(n.Operand, scope{field: &field})
		case "person", "org", "place":
			field := n
			n.Operand = e.node(n.Operand, scope{field: &field, entity: true})
		}
		return n
	default: // left alone, see the package comment
		return n
	}
}

// single expands a word that stands by itself.
func (e *expander) single(w query.Word, s scope) query.Node {
	words, key := e.longest([]query.Node{w}, true)
	if len(words) == 0 {
		return w
	}
	return e.widen(w, words, key, s)
}

// and expands the names that stand in an And, side by side or as one word.
func (e *expander) and(n query.And, s scope) query.Node {
	used := len(e.expansions)
	inner := scope{field: s.field, entity: s.entity, optional: n.Bare}
	var of []query.Node
	for i := 0; i < len(n.Operands); {
		words, key := e.longest(n.Operands[i:], n.Bare)
		switch {
		case len(words) <= 1:
			of = append(of, e.node(n.Operands[i], inner))
		case len(words) == len(n.Operands): // all of it is one name
			return e.widen(n, words, key, s)
		default:
			of = append(of, e.run(n, i, words, key, inner)...)
		}
		i += max(1, len(words))
	}
	if len(e.expansions) == used {
		return n
	}
	n.Operands = of
	return n
}

// run expands the members of n that from the i-th on are words, the name of
// this key.
func (e *expander) run(n query.And, i int, words []word, key string, s scope) []query.Node {
	used := len(e.expansions)
	members := n.Operands[i : i+len(words)]
	group := query.And{At: around(members), Operands: slices.Clone(members), Bare: n.Bare}
	if wider := e.widen(group, words, key, s); len(e.expansions) > used {
		return []query.Node{wider}
	}
	return members
}

// or expands the members of an Or, leaving out what another member asks for.
func (e *expander) or(n query.Or, s scope) query.Node {
	used := len(e.expansions)
	inner := scope{field: s.field, entity: s.entity, asked: make(map[string]bool)}
	for _, member := range n.Operands {
		inner.asked[e.keyAsked(member)] = true
	}
	of := make([]query.Node, len(n.Operands))
	for i, member := range n.Operands {
		of[i] = e.node(member, inner)
	}
	if len(e.expansions) == used {
		return n
	}
	n.Operands = of
	return n
}

// keyAsked returns the key of the words or phrase that n asks for, if it is
// such, else a text that is no key.
func (e *expander) keyAsked(n query.Node) string {
	switch n := n.(type) {
	case query.Boost:
		return e.keyAsked(n.Operand)
	case query.Word:
		return newName(e.analyzer, n.Text).key
	case query.Phrase:
		if n.Slop == 0 {
			return newName(e.analyzer, n.Text).key
		}
	case query.And:
		keys := make([]string, len(n.Operands))
		for i, member := range n.Operands {
			w, ok := member.(query.Word)
			if !ok {
				return ""
			}
			keys[i] = newName(e.analyzer, w.Text).key
		}
		return keyOf(keys)
	}
	return ""
}

// longest returns those of nodes that, from the first on, are the words of the
// longest name that stands there, and its key; none if there is none. The
// words of a bare And stand side by side; those of another do where nothing
// but a space parts them in the query: north korea AND sanctions.
func (e *expander) longest(nodes []query.Node, bare bool) (name []word, key string) {
	var words []word
	var folded []string
	for i, n := range nodes {
		w, ok := n.(query.Word)
		if !ok || w.Exact || i > 0 && !bare && !adjacent(nodes[i-1], n) {
			break
		}
		words = append(words, newWord(e.analyzer, w.Text))
		folded = append(folded, words[i].words...)
		if len(words[i].words) == 0 || len(folded) > e.most && i > 0 {
			break
		}
		k := keyOf(folded)
		if e.isName(words, k) {
			name, key = words, k
		}
	}
	return name, key
}

// adjacent reports whether a single character at most, which can only be a
// space, lies between two nodes.
func adjacent(a, b query.Node) bool {
	_, end := a.Pos()
	start, _ := b.Pos()
	return start-end <= 1
}

// widen returns n, which asks for the name of this key in these words, with
// its other names.
func (e *expander) widen(n query.Node, words []word, key string, s scope) query.Node {
	// Side by side with others, stop words ask for nothing, so that nothing
	// can be wider.
	if s.optional && !slices.ContainsFunc(words, func(w word) bool { return !w.isStop(e.analyzer) }) {
		return n
	}
	added := e.others(words, key, s)
	if s.entity {
		added = slices.DeleteFunc(added, func(o other) bool { return o.factor != Same })
	}
	if len(added) == 0 {
		return n
	}
	start, end := n.Pos()
	at := query.At{Start: start, End: end}
	of := []query.Node{n}
	for _, o := range added {
		other := o.node(at)
		of = append(of, query.Boost{At: at, Operand: other, Factor: o.factor})
		e.expansions = append(e.expansions, Expansion{From: written(words), To: o.name.text, Asked: s.inField(n), Alias: s.inField(other)})
	}
	wider := query.Or{At: at, Operands: of, Best: true}
	if s.optional {
		return query.And{At: at, Operands: []query.Node{wider}, Bare: true}
	}
	return wider
}

func written(words []word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return strings.Join(texts, " ")
}

// isName reports whether words are a name with this key that can be looked up.
func (e *expander) isName(words []word, key string) bool {
	if found := e.table.lookup(key); found != nil && (len(found.written) == 0 || writtenAs(written(words), found.written)) {
		return true
	}
	things := e.things(words, key)
	if len(e.tags) > 0 {
		return len(things) > 0
	}
	// In articles in English alone an English name has no other one here, and the names
	// within it may have.
	return slices.ContainsFunc(things, func(t thing) bool { return !e.isEnglish(t, key) })
}

// isEnglish reports whether a thing has an English name of this key.
func (e *expander) isEnglish(t thing, key string) bool {
	for n := range t.names {
		if n.langs != "" {
			break
		}
		if newName(e.analyzer, n.text).key == key {
			return true
		}
	}
	return false
}

// other is another name, and what it counts.
type other struct {
	name   name
	factor float64
	langs  string // see query.Word; empty for names that are looked for in all articles
}

// others returns the other names of the name of this key, asked for in these
// words, that are worth to be added.
func (e *expander) others(words []word, key string, s scope) []other {
	own := len(e.expansions) - e.translations
	others := e.ownNames(words, key, min(maxAlternatives, maxExpansions-own), s)
	if e.table.world && len(e.tags) > 0 {
		before := len(others)
		others = e.worldNames(others, words, key, s)
		e.translations += len(others) - before
	}
	if s.asked != nil {
		for _, o := range others {
			s.asked[o.name.key] = true
		}
	}
	return others
}

// ownNames returns those of the lines of the table, at most limit.
func (e *expander) ownNames(words []word, key string, limit int, s scope) []other {
	var others []other
	candidates := 0
	for n, factor := range e.alternatives(words, key) {
		if candidates++; len(others) >= limit || candidates > maxCandidates {
			break
		}
		if factor == People && !e.peoples {
			continue
		}
		// What holds another name of the same weight is found by it.
		covered := func(o other) bool { return o.factor >= factor && n.contains(o.name.key) }
		if n.ordinary || n.key == key || s.asksFor(n) || n.holds(e.analyzer, words) || slices.ContainsFunc(others, covered) {
			continue
		}
		if factor == People && slices.ContainsFunc(others, func(o other) bool { return o.factor == People && e.sameForms(o.name, n) }) {
			continue
		}
		others = slices.DeleteFunc(others, func(o other) bool { return factor >= o.factor && o.name.contains(n.key) })
		others = append(others, other{name: n, factor: factor})
	}
	return others
}

// sameForms reports whether two names are words that are found together.
func (e *expander) sameForms(a, b name) bool {
	return a.len() == 1 && b.len() == 1 && e.analyzer.Stem(a.key) == e.analyzer.Stem(b.key)
}

// node returns what asks for the name: as written, or for a country and its people
// in all forms, and so in its languages for a name in others.
func (o *other) node(at query.At) query.Node {
	if o.langs != "" {
		return o.inLanguages(at)
	}
	if o.name.len() == 1 {
		return query.Word{At: at, Text: o.name.text, Exact: o.factor != People}
	}
	return query.Phrase{At: at, Text: o.name.text}
}

// asksFor reports whether the Or around the node asks for n, or for a part.
func (s scope) asksFor(n name) bool {
	for key := range s.asked {
		if n.contains(key) {
			return true
		}
	}
	return false
}

// inField returns n within the scope's field.
func (s scope) inField(n query.Node) query.Node {
	if s.field == nil {
		return n
	}
	f := *s.field
	f.Operand = n
	return f
}

// around returns the place that nodes, in order, take together.
func around(nodes []query.Node) query.At {
	start, _ := nodes[0].Pos()
	_, end := nodes[len(nodes)-1].Pos()
	return query.At{Start: start, End: end}
}
