package index

import (
	"context"
	"errors"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// orRelaxed returns found, or, where that is nothing and q allows it, what is found with
// other compounds, or else when bare words match any.
func orRelaxed(ctx context.Context, o *order, q *Query, r *parsedQuery, req *engine.Request, found *engine.Response, res *Results) (*engine.Response, error) {
	if found.Total > 0 || q.Match != MatchAll {
		return found, nil
	}
	compounds, err := searchCompounds(ctx, o, q, r, req, res.DidYouMean)
	if err != nil {
		return nil, err
	}
	if compounds != nil {
		res.Warnings = append(res.Warnings, r.compoundWarning())
		return compounds, nil
	}
	wider, err := relax(ctx, o, q, r, req)
	if errors.Is(err, ErrTooBroad) {
		res.Warnings = append(res.Warnings, "nothing has all the words; articles with any of them were not looked for, as that would take too long")
	} else if err != nil {
		return nil, err
	}
	if wider == nil || wider.Total == 0 {
		return found, nil
	}
	res.Relaxed = true
	if len(r.compounds) > 0 {
		res.Warnings = append(res.Warnings, r.compoundWarning())
	}
	return wider, nil
}

// relax makes the search again with bare words matching any; nil when there
// are none to relax.
func relax(ctx context.Context, o *order, q *Query, r *parsedQuery, req *engine.Request) (*engine.Response, error) {
	whole := r.tree
	r.tree = match.PartShortWords(r.tree)
	defer func() { r.tree = whole }()
	if _, changed := query.Relax(r.tree); !changed {
		return nil, nil
	}
	if err := r.setStopWords(q); err != nil {
		return nil, err
	}
	c := r.context
	c.Any = true
	plan, err := r.lower(q, c)
	if err == nil && r.veryWords != nil {
		err = r.veryWords.err
	}
	if err != nil {
		return nil, err
	}
	wider := *req
	wider.Plan = plan
	found, err := o.search(ctx, &wider)
	if err == nil && found.Total > 0 {
		r.plan = plan
	}
	return found, err
}
