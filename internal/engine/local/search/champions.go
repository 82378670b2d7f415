package search

import (
	"context"
	"math"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// championRule returns the rule by which segments are written.
var championRule = sync.OnceValue(schema.Champions)

// champions are the champions of the query's only leaf, in a segment.
type champions struct {
	segment.Champions
	live int // live documents of the leaf
}

// findChampions finds the champions of the query's only leaf, where the segment has
// them: they tell in how many documents it occurs, and may be the first hits. nil
// stands for none. Where documents are deleted, it must be known how many of the
// others have the words, which the first search for them counts; see keepCount.
func (r *segRun) findChampions(ctx context.Context, l *leaf) (*champions, error) {
	prefix, ok := prefixOf(l)
	if !ok || !r.res.championsServe {
		return nil, nil
	}
	live := 0
	if r.Deleted != nil {
		if live, ok = r.KeptCount(countName(prefix)); !ok {
			return nil, nil
		}
	}
	c, ok, err := r.Raw.Champions(championRule(), prefix)
	if err == nil && ok {
		err = r.res.spend(ctx, stepsPerTerm+len(c.Docs))
	}
	if err != nil || !ok {
		return nil, err
	}
	if r.Deleted == nil {
		live = c.Count
	}
	return &champions{c, live}, nil
}

// prefixOf returns the prefix that a leaf asks for in the whole text, if that is what
// it asks for.
func prefixOf(l *leaf) (prefix string, ok bool) {
	p, ok := l.plan.(match.Phrase)
	if !ok || len(p.Terms) != 1 || p.Terms[0].Kind != match.Prefix || isMarked(p.Terms[0]) || p.Field != match.Text {
		return "", false
	}
	return p.Terms[0].Text, true
}

// countName is the name under which a segment with deletions keeps the count of a
// prefix. No field has such a name.
func countName(prefix string) string { return "*\x00" + prefix }

// keepCount has a segment with deletions keep in how many live documents a leaf
// occurs, if it may have champions.
func (r *segRun) keepCount(l *leaf, n int) {
	if prefix, ok := prefixOf(l); ok && r.Deleted != nil && r.res.championsServe {
		r.KeepCount(countName(prefix), n)
	}
}

// firstChampions returns champions among which all hits of the page are, as far as they
// are in this segment; nil where none are known.
func (q *search) firstChampions(ctx context.Context, run *segRun, page *collector) (*champions, error) {
	if run.champions != nil && q.bringsFirst(run, run.champions, page) {
		return run.champions, nil
	}
	stem, ok := q.stemOfAll()
	if !ok || page.limit > maxChampionsAsked {
		return nil, nil
	}
	c := &q.stemChampions
	for _, n := range [...]int{page.limit + spareChampions, maxChampionsAsked} {
		if known, err := run.stemChampions(ctx, stem, n, c); !known || err != nil {
			return nil, err
		}
		if q.bringsFirst(run, c, page) {
			return c, nil
		}
		if len(c.Docs) < n {
			break
		}
	}
	return nil, nil
}

const (
	// maxChampionsAsked is more than any segment keeps of a stem.
	maxChampionsAsked = 1 << 10
	// spareChampions is how many are read beside those of the page. Then it is seldom
	// that the worst of these ties with the last one that was read.
	spareChampions = 6
)

// stemOfAll returns the stem that the query is, if it is one in the whole text.
func (q *search) stemOfAll() (stem string, ok bool) {
	if !q.res.championsServe {
		return "", false
	}
	p, ok := q.query.leaves[q.query.root.leaf].plan.(match.Stem)
	return p.Stem, ok && p.Field == match.Text
}

// stemChampions reads the first n champions of a stem into c. ok is false where the
// segment has none.
func (r *segRun) stemChampions(ctx context.Context, stem string, n int, c *champions) (ok bool, err error) {
	ok, err = r.TermChampions(championRule(), stem, n, &c.Champions)
	if err == nil && ok {
		c.Count = math.MaxInt // there are more documents than champions
		err = r.res.spend(ctx, stepsPerTerm+len(c.Docs))
	}
	return ok, err
}

// bringsFirst reports whether all hits of the page are among the champions, as far
// as they are in this segment. All documents that are no champions have a lower
// ratio than these in the segment, where the mean length is another one than that
// of the index. When it falls, all norms grow, and no ratio does; when it rises,
// ratios grow with it at most.
func (q *search) bringsFirst(run *segRun, c *champions, page *collector) bool {
	weight := q.query.leaves[q.query.root.leaf].weight
	if len(c.Docs) == c.Count {
		return true
	}
	if weight <= 0 {
		return false // by a boost of 0, all have the same score
	}
	norms, by := run.Norms(), &q.bm25
	lowest := math.Inf(1) // of the champions, as the segment compares them
	for i, doc := range c.Docs {
		lowest = min(lowest, float64(c.Freqs[i])/(c.Base+c.PerLength*float64(norms[doc])))
	}
	others := lowest / min(1, by.normPerLength/c.PerLength) * (1 + ratioEpsilon)
	onPage := 0
	for i, doc := range c.Docs {
		freq, norm := c.Freqs[i], norms[doc]
		if float64(freq)/(by.normBase+by.normPerLength*float64(norm)) <= others {
			continue
		}
		if run.Deleted != nil && run.Deleted.Has(doc) {
			continue
		}
		if page.after == nil || page.isAfter(&candidate{score: by.score(weight, freq, norm), doc: doc, segment: uint32(run.Ordinal)}) {
			onPage++
		}
	}
	return onPage >= page.limit
}

// ratioEpsilon is by how much the ratio of a champion must be greater than that of
// all others, relative to it: scores are rounded, and so are ratios, where the
// segment was written and here. Each rounding is of 2^-53.
const ratioEpsilon = 1e-9
