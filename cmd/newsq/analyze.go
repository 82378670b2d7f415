package main

import (
	"context"
	"io"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// analyze shows how a query is read, and what each part of it finds.
func (a *app) analyze(ctx context.Context, ix *index.Index, q index.Query, o *searchOptions) error {
	shown, err := a.reading(ctx, ix, q, o)
	if err != nil {
		return a.searchError(err)
	}
	if o.json {
		return render.AnalysisJSON(a.stdout, shown)
	}
	a.notices(shown.Warnings, shown.DidYouMean)
	return a.page(func(w io.Writer, opt render.Options) error { return render.Analysis(w, shown, opt) })
}

// reading gathers what an analysis shows.
func (a *app) reading(ctx context.Context, ix *index.Index, q index.Query, o *searchOptions) (*render.Reading, error) {
	q.Limit, q.Passages, q.Facets, q.Cursor, q.Explain = -1, -1, nil, "", false
	parts, err := ix.Analyze(ctx, q)
	if err != nil {
		return nil, err
	}
	// Aliases, and another spelling, are what a search would tell.
	found, err := ix.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	shown := &render.Reading{
		Analysis: parts, Typed: q.Text, Location: a.zone, Aliases: found.Aliases, DidYouMean: found.DidYouMean,
	}
	if found.Relaxed {
		shown.Some = found.Total
	}
	for _, c := range conditionsOf(q, o) {
		shown.Filters = append(shown.Filters, c.flag)
	}
	q.Text = ""
	all, err := ix.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	shown.Among = all.Total
	return shown, nil
}
