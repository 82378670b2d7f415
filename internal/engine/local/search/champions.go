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

// findChampions finds the champions of the query's only leaf, where the segment has
// them: they tell in how many documents it occurs, and may be the first hits. nil
// stands for none.
func (r *segRun) findChampions(ctx context.Context, l *leaf) (*segment.Champions, error) {
	p, ok := l.plan.(match.Phrase)
	if !ok || !r.res.championsServe || len(p.Terms) != 1 || p.Terms[0].Kind != match.Prefix || p.Field != match.Text || r.Deleted != nil {
		return nil, nil
	}
	c, ok, err := r.Raw.Champions(championRule(), p.Terms[0].Text)
	if err == nil && ok {
		err = r.res.spend(ctx, stepsPerTerm+len(c.Docs))
	}
	if err != nil || !ok {
		return nil, err
	}
	return &c, nil
}

// bringsFirst reports whether all hits of the page are among the champions, as far
// as they are in this segment. All documents that are no champions have a lower
// ratio than these in the segment, where the mean length is another one than that
// of the index. When it falls, all norms grow, and no ratio does; when it rises,
// ratios grow with it at most.
func (q *search) bringsFirst(run *segRun, page *collector) bool {
	c, weight := run.champions, q.query.leaves[q.query.root.leaf].weight
	if len(c.Docs) == c.Count {
		return true
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
		if page.after == nil || page.isAfter(&candidate{score: by.score(weight, freq, norm), seg: run.Segment, doc: doc}) {
			onPage++
		}
	}
	return onPage >= page.limit
}

// ratioEpsilon is by how much the ratio of a champion must be greater than that of
// all others, relative to it: scores are rounded, and so are ratios, where the
// segment was written and here. Each rounding is of 2^-53.
const ratioEpsilon = 1e-9
