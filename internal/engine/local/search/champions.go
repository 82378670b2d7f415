package search

import (
	"context"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// champions are the first documents of the query's only leaf, which a segment
// keeps: see segment.Champions. All others have lower scores than the first hits
// that are asked for.
type champions struct {
	count       int // documents of the leaf
	docs, freqs []uint32
}

// championRule returns the rule by which segments are written.
var championRule = sync.OnceValue(schema.Champions)

// findChampions returns the champions of a leaf; nil where all of its documents
// must be looked through. The leaf is all of the query.
func (r *segRun) findChampions(ctx context.Context, l *leaf) (*champions, error) {
	p, ok := l.plan.(match.Phrase)
	if !ok || r.res.topLimit <= 0 || len(p.Terms) != 1 || p.Terms[0].Kind != match.Prefix || p.Field != match.Text || r.Deleted != nil {
		return nil, nil
	}
	c, ok, err := r.Raw.Champions(championRule(), p.Terms[0].Text)
	if err != nil || !ok {
		return nil, err
	}
	if err := r.res.spend(ctx, stepsPerTerm+len(c.Docs)); err != nil {
		return nil, err
	}
	if !r.bringsFirst(&c, r.res.topLimit) {
		return nil, nil
	}
	return &champions{count: c.Count, docs: c.Docs, freqs: c.Freqs}, nil
}

// bringsFirst reports whether the first hits are among the champions, at the mean
// length of the index. That is another one than in the segment: when it falls, all
// norms grow, and no ratio does; when it rises, ratios grow with it at most.
func (r *segRun) bringsFirst(c *segment.Champions, limit int) bool {
	if len(c.Docs) == c.Count {
		return true
	}
	rule, norms := championRule(), r.Norms()
	perLength := rule.PerMeanLength / r.res.meanLength
	lowest := 0.0 // of the champions, as the segment compares them
	for i, doc := range c.Docs {
		ratio := float64(c.Freqs[i]) / (c.Base + c.PerLength*float64(norms[doc]))
		if i == 0 || ratio < lowest {
			lowest = ratio
		}
	}
	others := lowest / min(1, perLength/c.PerLength) * (1 + ratioEpsilon)
	for i, doc := range c.Docs {
		if float64(c.Freqs[i])/(rule.Base+perLength*float64(norms[doc])) > others {
			limit--
		}
	}
	return limit <= 0
}

// ratioEpsilon is by how much the ratio of a champion must be greater than that of
// all others, relative to it: scores are rounded, and so are ratios, where the
// segment was written and here. Each rounding is of 2^-53.
const ratioEpsilon = 1e-9
