package main

import (
	"context"
	"io"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// analyze prints how a query is read, and what each part of it finds.
func (a *app) analyze(ctx context.Context, ix *index.Index, q index.Query, o *searchOptions) error {
	found, err := ix.Analyze(ctx, q)
	if err != nil {
		return a.searchError(err)
	}
	shown := &render.AnalyzedQuery{Analysis: found, Location: a.zone}
	for _, f := range q.Filters {
		shown.Filters = append(shown.Filters, filterFlags(f))
	}
	if dates := o.dateFlags(); dates != "" {
		shown.Filters = append(shown.Filters, dates)
	}
	if o.json {
		return render.AnalysisJSON(a.stdout, q.Text, found)
	}
	a.logQueryNotices(shown.Warnings, shown.DidYouMean)
	return a.printPaged(func(w io.Writer, opt render.Options) error { return render.Analysis(w, shown, opt) })
}
