package contrast

import (
	"cmp"
	"math"
	"slices"
)

// The bounds of what is told.
const (
	// MinZ is the least z of a term. Of the some five thousand words that are in enough
	// texts, chance alone lifts one above it.
	MinZ = 3.5
	// minArticles is how many texts of the side have a term at least.
	minArticles = 3
	// maxRanked is how many words are looked at for phrases: the first by z.
	maxRanked = 400
	// phraseShare: a phrase stands for its words where it is at least this part of the times
	// that one of them counts.
	phraseShare = .5
	// phraseZ is what part of the z of the word it has then. Where a word has more, it is the
	// word that tells: "undocumented", with workers, immigrants and parents.
	phraseZ = .75
)

// Term is a word, or a phrase of two, that a side uses more than others.
type Term struct {
	Stems []string // one or two
	Words []string // folded, as the side has them most often
	// LogOdds is d and Z is z, as the package says.
	LogOdds, Z float64
	// Count is how often it counts in the side, and Articles in how many texts; Others and
	// OtherArticles in the other ones.
	Count, Articles       int
	Others, OtherArticles int
	// Habit is h of Contrast; 0 where no habits are known.
	Habit float64
}

// Contrast is a side and what it is compared with.
type Contrast struct {
	Side   *Side
	Others []*Side
	// Habit and OtherHabits are texts of the same writers about anything else; nil where
	// that isn't known. What a side uses more whatever it writes about, such as the name of
	// an outlet, its titles of persons, and days of the week, counts by how much more
	// than that: z is then (d-h) / sqrt(var), where h is the log-odds ratio of the habits,
	// with a prior of their own, less its standard deviation, and at least 0. So one
	// occurrence makes no habit.
	Habit       *Side
	OtherHabits []*Side
}

// candidate is a stem or a pair, with what is counted of it.
type candidate struct {
	stems pair
	Term
}

// Terms returns at most n terms that the side uses more than the others, those with the
// highest z first, of the same z by their stems. No stem is in two of them: of a word and
// a phrase with it, the one is told that the other doesn't explain. Terms that drop
// reports true for are left out; it may be nil.
func (c *Contrast) Terms(n int, drop func(stems []string) bool) []Term {
	words := c.words()
	words = words[:min(len(words), maxRanked)]
	phrases := c.phrases(words)
	var chosen []candidate
	used := make(map[uint32]bool)
	for _, x := range merged(words, phrases) {
		if len(chosen) == n {
			break
		}
		if used[x.stems[0]] || x.stems[1] != 0 && used[x.stems[1]] {
			continue
		}
		if best, ok := phraseFor(&x, phrases, used); ok {
			x = best
		}
		used[x.stems[0]], used[x.stems[1]] = true, x.stems[1] != 0
		if x.Stems = c.stems(x.stems); drop == nil || !drop(x.Stems) {
			chosen = append(chosen, x)
		}
	}
	slices.SortStableFunc(chosen, func(a, b candidate) int { return cmp.Compare(b.Z, a.Z) })
	return c.written(chosen)
}

// phraseFor returns the most frequent phrase that stands for a word.
func phraseFor(x *candidate, phrases []candidate, used map[uint32]bool) (best candidate, ok bool) {
	if x.stems[1] != 0 {
		return best, false
	}
	for _, p := range phrases {
		has := p.stems[0] == x.stems[0] || p.stems[1] == x.stems[0]
		if !has || used[p.stems[0]] || used[p.stems[1]] || float64(p.Count) < phraseShare*float64(x.Count) || p.Z < phraseZ*x.Z {
			continue
		}
		if p.Count > best.Count {
			best, ok = p, true
		}
	}
	return best, ok
}

// merged returns words and phrases, the highest z first.
func merged(words, phrases []candidate) []candidate {
	all := slices.Concat(words, phrases)
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.Z, a.Z) })
	return all
}

// words returns the stems that are in enough texts and have enough z, the highest first.
func (c *Contrast) words() []candidate {
	v := c.Side.vocabulary
	var all []candidate
	sums := c.sums()
	for i := 1; i < len(c.Side.counts); i++ {
		stem := uint32(i)
		own, others := c.Side.of(stem), sum(c.Others, stem)
		if own.articles < minArticles {
			continue
		}
		t := c.term(&sums, own, others, habits{c.habit(stem), sum(c.OtherHabits, stem)})
		if t.Z >= MinZ {
			all = append(all, candidate{pair{stem}, t})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.Z, a.Z), cmp.Compare(v.stems[a.stems[0]], v.stems[b.stems[0]]))
	})
	return all
}

// phrases returns the phrases with some of the words that stand for one of their words, the
// highest z first.
func (c *Contrast) phrases(words []candidate) []candidate {
	wanted := make(map[uint32]bool, len(words))
	for _, w := range words {
		wanted[w.stems[0]] = true
	}
	is := func(stem uint32) bool { return wanted[stem] }
	own := c.Side.pairs(is)
	others, habit, otherHabits := pairsOf(c.Others, is), pairsOf([]*Side{c.Habit}, is), pairsOf(c.OtherHabits, is)
	sums := c.sums()
	var all []candidate
	for p, f := range own {
		first, second := c.Side.of(p[0]), c.Side.of(p[1])
		if f.articles < minArticles || float64(f.count) < phraseShare*float64(min(first.count, second.count)) {
			continue
		}
		t := c.term(&sums, f, others[p], habits{habit[p], otherHabits[p]})
		if t.Z >= MinZ {
			all = append(all, candidate{p, t})
		}
	}
	v := c.Side.vocabulary
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.Z, a.Z), cmp.Compare(v.stems[a.stems[0]], v.stems[b.stems[0]]),
			cmp.Compare(v.stems[a.stems[1]], v.stems[b.stems[1]]))
	})
	return all
}

// sums are how many words count on each side.
type sums struct{ own, others, habit, otherHabits float64 }

func (c *Contrast) sums() sums {
	s := sums{own: c.Side.total, others: total(c.Others), otherHabits: total(c.OtherHabits)}
	if c.Habit != nil {
		s.habit = c.Habit.total
	}
	return s
}

// habits is what the habits of a side and of the others have of a term.
type habits struct{ own, others found }

// term compares what both sides have of a term.
func (c *Contrast) term(n *sums, own, others found, h habits) Term {
	t := Term{Count: own.count, Articles: own.articles, Others: others.count, OtherArticles: others.articles}
	all := n.own + n.others
	o := odds{count: float64(own.count), words: n.own, others: float64(others.count), otherN: n.others, priors: priorShare * all}
	o.prior = priorShare * float64(own.count+others.count)
	var variance float64
	t.LogOdds, variance = o.logOdds()
	t.Habit = h.above(n)
	t.Z = (t.LogOdds - t.Habit) / math.Sqrt(variance)
	return t
}

// above is h of Contrast.
func (h habits) above(n *sums) float64 {
	if h.own.count == 0 || n.otherHabits == 0 {
		return 0
	}
	d, variance := odds{
		count: float64(h.own.count), words: n.habit, others: float64(h.others.count), otherN: n.otherHabits,
		prior: priorShare * float64(h.own.count+h.others.count), priors: priorShare * (n.habit + n.otherHabits),
	}.logOdds()
	return max(0, d-math.Sqrt(variance))
}

func (c *Contrast) habit(stem uint32) found {
	if c.Habit == nil {
		return found{}
	}
	return c.Habit.of(stem)
}

func (s *Side) of(stem uint32) found {
	n, articles := s.count(stem)
	return found{n, articles}
}

func sum(sides []*Side, stem uint32) (f found) {
	for _, s := range sides {
		n, articles := s.count(stem)
		f.count, f.articles = f.count+n, f.articles+articles
	}
	return f
}

func total(sides []*Side) (n float64) {
	for _, s := range sides {
		n += s.total
	}
	return n
}

// pairsOf counts the pairs of several sides, of which any may be nil.
func pairsOf(sides []*Side, wanted func(stem uint32) bool) map[pair]found {
	all := make(map[pair]found)
	for _, s := range sides {
		if s == nil {
			continue
		}
		for p, f := range s.pairs(wanted) {
			all[p] = found{all[p].count + f.count, all[p].articles + f.articles}
		}
	}
	return all
}

// stems returns the stems of a candidate.
func (c *Contrast) stems(p pair) []string {
	v := c.Side.vocabulary
	if p[1] == 0 {
		return []string{v.stems[p[0]]}
	}
	return []string{v.stems[p[0]], v.stems[p[1]]}
}

// written returns the terms of candidates, with their words.
func (c *Contrast) written(chosen []candidate) []Term {
	wanted := make(map[pair]bool, len(chosen))
	for _, x := range chosen {
		wanted[x.stems] = true
	}
	forms := c.Side.written(wanted)
	terms := make([]Term, len(chosen))
	for i, x := range chosen {
		terms[i] = x.Term
		terms[i].Words = forms[x.stems]
	}
	return terms
}
