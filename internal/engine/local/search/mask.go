package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
)

// mask returns the articles that may be hits as far as the scorers of the root
// do not say it: what the filters keep, and what the parts of an AND match that
// do not score. It is nil where these keep everything, and else holds no
// deleted article. The caller must not change it.
func (r *segRun) mask(ctx context.Context, filters []engine.Filter, root *expr) (reader.Bitset, error) {
	switch {
	case root.kind == exprOr && len(filters) == 0:
		return nil, nil
	case r.result != nil:
		return r.result, nil
	}
	mask := intersecting{run: r}
	if root.kind == exprAnd {
		for _, k := range root.kids {
			if k.scores {
				continue
			}
			set, err := r.bits(ctx, k)
			if err != nil {
				return nil, err
			}
			mask.and(set)
		}
	}
	if err := mask.andFilters(ctx, filters); err != nil {
		return nil, err
	}
	return mask.set, nil
}

// intersecting is an intersection of sets that others hold. The first one is not
// copied before there is a second one.
type intersecting struct {
	run *segRun
	set reader.Bitset // nil before the first
	own bool          // whether set is a copy
}

func (i *intersecting) and(set reader.Bitset) {
	if i.set == nil {
		i.set = set
		return
	}
	if !i.own {
		i.set, i.own = i.run.copyBitset(i.set), true
	}
	i.set.And(set)
}

// andFilters keeps what all of the filters keep.
func (i *intersecting) andFilters(ctx context.Context, filters []engine.Filter) error {
	for _, f := range filters {
		set, err := i.run.filterSet(ctx, f)
		if err == nil && f.Not {
			articles, aerr := i.run.Articles()
			set, err = articles.Without(set), aerr
		}
		if err != nil {
			return err
		}
		i.and(set)
	}
	return nil
}
