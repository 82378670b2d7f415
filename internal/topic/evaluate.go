package topic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// maxTopics is the number of topics that rules give to one article: more tell
// a reader nothing about it.
const maxTopics = 8

// An occurrence in the title says more of what an article is about than one
// in a heading, and that more than one in the body.
var weights = [3]int{3, 2, 1}

// Match is a topic that an article was given.
type Match struct {
	Path string
	// Reason names what the rule went by: the words found that counted most,
	// with their occurrences, or the query of a rule that looks at no words.
	Reason string
}

// Tagger applies rules to one article after the other. It keeps scratch space
// and what it learned of a vocabulary, so it serves one goroutine at a time.
type Tagger struct {
	rules      *Rules
	evaluators map[*ruleSet]*evaluator
}

// Tagger returns a new Tagger.
func (r *Rules) Tagger() *Tagger {
	return &Tagger{rules: r, evaluators: make(map[*ruleSet]*evaluator)}
}

// evaluatorOf returns the evaluator of a set of rules.
func (t *Tagger) evaluatorOf(s *ruleSet) *evaluator {
	e := t.evaluators[s]
	if e == nil {
		e = &evaluator{program: s.program}
		t.evaluators[s] = e
	}
	return e
}

// Apply is [Tagger.Apply] for a single article.
func (r *Rules) Apply(d *match.Encoded) []Match { return r.Tagger().Apply(d) }

// Apply returns the topics that the rules for its language give to d, ordered by path: at most
// eight, those whose words occur most often for their rule's Min. d must be as
// match.Encoder makes it.
func (t *Tagger) Apply(d *match.Encoded) []Match {
	tags := d.Values[match.Lang]
	r := t.rules.setFor(tags)
	run := t.evaluatorOf(r)
	if !slices.ContainsFunc(r.langs, func(langs []string) bool { return isFor(langs, tags) }) {
		return nil // and the article need not be read
	}
	run.begin(d)
	defer run.release()
	var given []candidate
	for i := range r.list {
		if !isFor(r.langs[i], tags) {
			continue
		}
		if c, ok := run.rule(i); ok {
			given = append(given, c)
		}
	}
	slices.SortFunc(given, func(a, b candidate) int {
		return cmp.Or(-cmp.Compare(a.strength, b.strength), cmp.Compare(a.rule, b.rule))
	})
	given = given[:min(len(given), maxTopics)]
	slices.SortFunc(given, func(a, b candidate) int { return cmp.Compare(a.rule, b.rule) })
	matches := make([]Match, len(given))
	for i, c := range given {
		matches[i] = Match{Path: r.list[c.rule].Path, Reason: run.reason(c.rule, r.list[c.rule])}
	}
	return matches
}

// candidate is a rule that matched.
type candidate struct {
	rule     int
	sum      int     // occurrences of its words, weighted
	strength float64 // the same for each that it needs
}

// evaluator runs a program over one article after the other.
type evaluator struct {
	*program
	doc         *match.Encoded
	decoded     *match.Doc // of doc, once something asks for it
	words       int        // of the body
	terms       []termState
	occurrences []occurrence
	leafResults []leafResult // by leaf
	seen        []int32      // the terms that occur
	// maxCounts has for each bounded rule what its occurrences count at most.
	maxCounts []int

	// termOf has for each word of a vocabulary the term that its stem is, plus
	// one; 0 for none. It holds for all vocabularies of one lexicon.
	termOf []int32
	// exactOf has for each word its number in program.exact; 0 for none.
	exactOf []uint32
	lexicon *text.LexiconID
}

// termState is what was seen of a term.
type termState struct {
	counts counts
	last   int32 // its last occurrence, as an index into occurrences plus one
	first  int32 // its first, as an index into occurrences
}

// occurrence is a place where a term stands.
type occurrence struct {
	region     int8
	start, end int32  // of the run that holds it, as indexes into the words
	at         int32  // its own index there
	word       uint32 // the id of the word or variant that stands there
	before     int32  // the one before it, as an index into occurrences plus one
}

// leafResult is what is known of a leaf.
type leafResult struct {
	evaluated, occurs bool
	counts            counts
}

func (f *leafResult) total() int32 { return f.counts[0] + f.counts[1] + f.counts[2] }

// counts are occurrences in title, headings and body.
type counts [3]int32

// weighted returns what the occurrences count together.
func (c *counts) weighted() (sum int) {
	for region, n := range c {
		sum += weights[region] * int(n)
	}
	return sum
}

// begin reads the words of d.
func (r *evaluator) begin(d *match.Encoded) {
	r.doc = d
	r.mapVocabulary()
	r.terms = cleared(r.terms, len(r.program.terms))
	r.leafResults = cleared(r.leafResults, len(r.leaves))
	r.maxCounts = cleared(r.maxCounts, len(r.rules))
	r.occurrences, r.seen = r.occurrences[:0], r.seen[:0]
	for region, f := range [...]match.Field{match.Title, match.Heading, match.Body} {
		runs, start := d.Field(f)
		for _, run := range runs {
			r.readRun(start, run.End, int8(region))
			start = run.End
		}
	}
	runs, start := d.Field(match.Body)
	r.words = 0
	if len(runs) > 0 {
		r.words = runs[len(runs)-1].End - start
	}
	for _, t := range r.seen {
		sum := r.terms[t].counts.weighted()
		for _, u := range r.uses[t] {
			r.maxCounts[u.rule] += sum * int(u.leaves)
		}
	}
}

// release lets go of the article.
func (r *evaluator) release() { r.doc, r.decoded = nil, nil }

// mapVocabulary finds the terms among the words that are new in the vocabulary.
func (r *evaluator) mapVocabulary() {
	v := &r.doc.Vocabulary
	if r.lexicon != v.Lexicon {
		r.lexicon, r.termOf, r.exactOf = v.Lexicon, r.termOf[:0], r.exactOf[:0]
	}
	for i := len(r.termOf); i < len(v.Words); i++ {
		term := int32(0)
		if s := v.StemOf[i]; s > 0 {
			if t, ok := r.program.terms[v.Stems[s-1]]; ok {
				term = t + 1
			}
		}
		r.termOf = append(r.termOf, term)
		r.exactOf = append(r.exactOf, r.program.exact[v.Words[i]])
	}
}

// cleared returns a slice of n zero values, in s if they fit.
func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// readRun notes the terms among the words of a run.
func (r *evaluator) readRun(start, end int, region int8) {
	run := occurrence{region: region, start: int32(start), end: int32(end)}
	for i, w := range r.doc.TokenIDs[start:end] {
		if r.termOf[w] > 0 {
			run.at, run.word = int32(start+i), w
			r.add(run)
		}
	}
	variants := r.doc.Variants.Between(start, end)
	for i, w := range variants.IDs {
		if r.termOf[w] > 0 {
			run.at, run.word = int32(variants.At[i]), w
			r.add(run)
		}
	}
}

// add notes a term where it stands.
func (r *evaluator) add(o occurrence) {
	term := r.termOf[o.word] - 1
	t := &r.terms[term]
	if t.last == 0 {
		t.first = int32(len(r.occurrences))
		r.seen = append(r.seen, term)
	}
	t.counts[o.region]++
	o.before = t.last
	r.occurrences = append(r.occurrences, o)
	t.last = int32(len(r.occurrences))
}

// decode returns the article in the form that package match reads.
func (r *evaluator) decode() *match.Doc {
	if r.decoded == nil {
		r.decoded = r.doc.Doc()
	}
	return r.decoded
}

// rule evaluates a rule.
func (r *evaluator) rule(i int) (candidate, bool) {
	rule := &r.rules[i]
	need := rule.min
	if need > 1 {
		need = minFor(need, r.words)
	}
	if rule.bounded && r.maxCounts[i] < max(1, need) || !r.matches(&rule.root) {
		return candidate{}, false
	}
	sum := r.count(rule.counts) - r.count(rule.except)
	if need > 1 && sum < need {
		return candidate{}, false
	}
	return candidate{rule: i, sum: sum, strength: float64(sum) / float64(need)}, true
}

// count returns the occurrences of leaves, weighted, where spellings of one thing count as
// one.
func (r *evaluator) count(leaves [][]int32) (sum int) {
	for _, spellings := range leaves {
		most := 0
		for _, l := range spellings {
			most = max(most, r.leaf(l).counts.weighted())
		}
		sum += most
	}
	return sum
}

// minFor returns how many occurrences a body of so many words must have under
// a rule's min: so many for each 500 words begun, in proportion. Long articles
// touch on much that they aren't about.
func minFor(minimum, words int) int {
	const unit = 500
	if words <= unit {
		return minimum
	}
	return (minimum*words + unit - 1) / unit
}

func (r *evaluator) matches(n *node) bool {
	switch n.op {
	case opAnd:
		for i := range n.of {
			if !r.matches(&n.of[i]) {
				return false
			}
		}
		return true
	case opOr:
		for i := range n.of {
			if r.matches(&n.of[i]) {
				return true
			}
		}
		return false
	case opNot:
		return !r.matches(&n.of[0])
	case opAnyLeaf:
		for _, l := range n.leaves {
			if r.leaf(l).occurs {
				return true
			}
		}
		return false
	default:
		if p, ok := n.plan.(match.Length); ok {
			return r.isAsLong(p)
		}
		return match.Match(n.plan, r.decode())
	}
}

// leaf returns what is known of a leaf, looking for it when it is first asked
// for.
func (r *evaluator) leaf(i int32) *leafResult {
	f := &r.leafResults[i]
	if f.evaluated {
		return f
	}
	f.evaluated = true
	l := &r.leaves[i]
	if l.term != noTerm && r.terms[l.term].last == 0 || !r.sawAll(l.required) {
		return f
	}
	switch {
	case l.kind == byStem:
		f.counts = r.terms[l.term].counts
	case l.kind == byAnchor:
		r.countPhrase(l, f)
	case ranked(l.field):
		title, heading, body := match.Occurrences(l.plan, r.decode())
		f.counts = counts{int32(title), int32(heading), int32(body)}
	default: // in another field, where nothing counts
		f.occurs = match.Match(l.plan, r.decode())
		return f
	}
	for region, field := range [...]match.Field{match.Title, match.Heading, match.Body} {
		if l.field != match.Text && l.field != field {
			f.counts[region] = 0
		}
	}
	f.occurs = f.total() > 0
	return f
}

// sawAll reports whether a term of each set was seen.
func (r *evaluator) sawAll(needs [][]int32) bool {
	for _, set := range needs {
		if !slices.ContainsFunc(set, func(t int32) bool { return r.terms[t].last > 0 }) {
			return false
		}
	}
	return true
}

// countPhrase counts a phrase around the occurrences of its anchor.
func (r *evaluator) countPhrase(l *leaf, f *leafResult) {
	for i := r.terms[l.term].last; i > 0; {
		h := &r.occurrences[i-1]
		if r.phraseAt(l, h, int(h.at)-l.anchor) {
			f.counts[h.region]++
		}
		i = h.before
	}
}

// phraseAt reports whether the phrase of a leaf byAnchor is filled by the words from start
// on, within the run of h.
func (r *evaluator) phraseAt(l *leaf, h *occurrence, start int) bool {
	phrase := l.phrase
	if start < int(h.start) || start+len(phrase) > int(h.end) {
		return false
	}
	v := &r.doc.Vocabulary
	for i := range phrase {
		w := r.doc.TokenIDs[start+i]
		switch phrase[i].Kind {
		case match.Exact:
			if r.exactOf[w] != l.exact[i] {
				return false
			}
		case match.SameStem:
			if s := v.StemOf[w]; (s == 0 || v.Stems[s-1] != phrase[i].Text) && !r.hasVariant(start+i, phrase[i].Text) {
				return false
			}
		}
	}
	return true
}

// hasVariant reports whether a variant of a stem stands at a token.
func (r *evaluator) hasVariant(token int, stem string) bool {
	v := &r.doc.Vocabulary
	return slices.ContainsFunc(r.doc.Variants.Between(token, token+1).IDs, func(id uint32) bool { return v.Stems[v.StemOf[id]-1] == stem })
}

// reason names the leaves of a rule that counted most.
func (r *evaluator) reason(i int, rule Rule) string {
	leaves := slices.DeleteFunc(slices.Concat(r.rules[i].counts...), func(l int32) bool { return r.leaf(l).total() == 0 })
	if len(leaves) == 0 {
		return rule.Query
	}
	slices.SortStableFunc(leaves, func(a, b int32) int { return -cmp.Compare(r.leaf(a).total(), r.leaf(b).total()) })
	const most = 3
	parts := make([]string, min(len(leaves), most))
	for j := range parts {
		parts[j] = fmt.Sprintf("%s (%d)", r.label(leaves[j]), r.leaf(leaves[j]).total())
	}
	return strings.Join(parts, ", ")
}

// label returns what was found of a leaf: of a stem the first word, as a stem
// is no word to show.
func (r *evaluator) label(i int32) string {
	switch l := &r.leaves[i]; {
	case l.kind == byStem:
		return r.doc.Vocabulary.Words[r.occurrences[r.terms[l.term].first].word]
	case l.kind == byAnchor && len(l.phrase) == 1:
		return l.phrase[0].Text
	default:
		plan := l.plan
		switch p := plan.(type) {
		case match.Near:
			plan = r.withWords(p)
		case match.Spans:
			p.Of = r.spanWithWords(p.Of)
			plan = p
		}
		return withoutTag(match.Leaf{Plan: plan}.Label(), r.stemTag)
	}
}

// withWords returns a plan that has the first word of the article for each stem. What lies
// side by side in one order becomes a phrase.
func (r *evaluator) withWords(near match.Near) match.Plan {
	shown := match.Near{Field: near.Field, Distance: near.Distance, Ordered: near.Ordered}
	side := match.Phrase{Field: near.Field}
	for _, operand := range near.Operands {
		var phrases []match.Phrase
		for _, p := range operand {
			p = r.phraseWithWords(p)
			phrases = append(phrases, p)
			side.Terms = append(side.Terms, p.Terms...)
		}
		shown.Operands = append(shown.Operands, phrases)
	}
	if len(side.Terms) == len(near.Operands) && near.Ordered && near.Distance == 1 {
		return side
	}
	return shown
}

// withoutTag returns a label without the tag in front of its stems.
func withoutTag(label, tag string) string {
	if tag == "" {
		return label
	}
	return strings.ReplaceAll(label, tag, "")
}
