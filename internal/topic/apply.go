package topic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/match"
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

// Apply returns the topics that the rules give to d, ordered by path: at most
// eight, those whose words occur most often for their rule's Min. d must be as
// match.Analyze makes it.
func (r *Rules) Apply(d *match.Doc) []Match {
	run := newRun(r.program, d)
	defer run.release()
	var given []candidate
	for i := range r.list {
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

// run is the state of a program over one article.
type run struct {
	*program
	doc   *match.Doc
	words int // of the body
	terms []termState
	hits  []hit
	found []found // by leaf
}

// termState is what was seen of a term.
type termState struct {
	counts [3]int32 // in title, headings and body
	last   int32    // its last hit, as an index into hits plus one
	first  *match.Token
}

// hit is an occurrence of a term.
type hit struct {
	tokens match.Run
	region int8
	pos    int32
	before int32 // the hit before it, as an index into hits plus one
}

// found is what is known of a leaf.
type found struct {
	known, occurs bool
	counts        [3]int32
}

func (f *found) total() int32 { return f.counts[0] + f.counts[1] + f.counts[2] }

// newRun reads the tokens of d.
func newRun(p *program, d *match.Doc) *run {
	r, ok := p.pool.Get().(*run)
	if !ok {
		r = new(run)
	}
	r.program, r.doc = p, d
	r.terms = cleared(r.terms, len(p.terms))
	r.found = cleared(r.found, len(p.leaves))
	r.hits = r.hits[:0]
	for region, f := range [...]match.Field{match.Title, match.Heading, match.Body} {
		for _, tokens := range d.Texts[f] {
			r.read(tokens, int8(region))
		}
	}
	r.words = 0
	for _, tokens := range d.Texts[match.Body] {
		r.words += len(tokens)
	}
	return r
}

// release gives the scratch space back, without what it pointed to.
func (r *run) release() {
	clear(r.hits)
	clear(r.terms)
	r.doc = nil
	r.pool.Put(r)
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

func (r *run) read(tokens match.Run, region int8) {
	for pos := range tokens {
		stem := tokens[pos].Stem
		if !r.filter.mayHold(stem) {
			continue
		}
		id, ok := r.program.terms[stem]
		if !ok {
			continue
		}
		t := &r.terms[id]
		if t.last == 0 {
			t.first = &tokens[pos]
		}
		t.counts[region]++
		r.hits = append(r.hits, hit{tokens, region, int32(pos), t.last})
		t.last = int32(len(r.hits))
	}
}

// rule evaluates a rule.
func (r *run) rule(i int) (candidate, bool) {
	rule := &r.rules[i]
	if !r.matches(&rule.root) {
		return candidate{}, false
	}
	sum := 0
	for _, l := range rule.counts {
		for region, n := range r.leaf(l).counts {
			sum += weights[region] * int(n)
		}
	}
	need := rule.min
	if need > 1 {
		need = minFor(need, r.words)
	}
	if need > 1 && sum < need {
		return candidate{}, false
	}
	return candidate{rule: i, sum: sum, strength: float64(sum) / float64(need)}, true
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

func (r *run) matches(n *node) bool {
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
		return match.Match(n.plan, r.doc)
	}
}

// leaf returns what is known of a leaf, looking for it when it is first asked
// for.
func (r *run) leaf(i int32) *found {
	f := &r.found[i]
	if f.known {
		return f
	}
	f.known = true
	l := &r.leaves[i]
	if l.term != none && r.terms[l.term].last == 0 || !r.has(l.needs) {
		return f
	}
	switch {
	case l.kind == byStem:
		f.counts = r.terms[l.term].counts
	case l.kind == byAnchor:
		r.countPhrase(l, f)
	case ranked(l.field):
		title, heading, body := match.Occurrences(l.plan, r.doc)
		f.counts = [3]int32{int32(title), int32(heading), int32(body)}
	default: // in another field, where nothing counts
		f.occurs = match.Match(l.plan, r.doc)
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

// has reports whether a term of each set was seen.
func (r *run) has(needs [][]int32) bool {
	for _, set := range needs {
		if !slices.ContainsFunc(set, func(t int32) bool { return r.terms[t].last > 0 }) {
			return false
		}
	}
	return true
}

// countPhrase counts a phrase around the occurrences of its anchor.
func (r *run) countPhrase(l *leaf, f *found) {
	for i := r.terms[l.term].last; i > 0; {
		h := &r.hits[i-1]
		if stands(l.slots, h.tokens, int(h.pos)-l.anchor) {
			f.counts[h.region]++
		}
		i = h.before
	}
}

// stands reports whether the slots, of the kinds that a phrase byAnchor has,
// are filled by the tokens from start on.
func stands(slots []match.Slot, tokens match.Run, start int) bool {
	if start < 0 || start+len(slots) > len(tokens) {
		return false
	}
	for i := range slots {
		t := &tokens[start+i]
		switch slots[i].Kind {
		case match.Exact:
			if t.Word != slots[i].Text {
				return false
			}
		case match.Forms:
			if t.Stem != slots[i].Text {
				return false
			}
		}
	}
	return true
}

// reason names the leaves of a rule that counted most.
func (r *run) reason(i int, rule Rule) string {
	leaves := slices.DeleteFunc(slices.Clone(r.rules[i].counts), func(l int32) bool { return r.leaf(l).total() == 0 })
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
func (r *run) label(i int32) string {
	switch l := &r.leaves[i]; {
	case l.kind == byStem:
		return r.terms[l.term].first.Word
	case l.kind == byAnchor && len(l.slots) == 1:
		return l.slots[0].Text
	default:
		return match.Leaf{Plan: l.plan}.Label()
	}
}
