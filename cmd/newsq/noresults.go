package main

import (
	"context"
	"strings"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// explainNoResults tells a person whose query found nothing what was searched,
// and what would find more: another spelling, or one condition less.
func (a *app) explainNoResults(ctx context.Context, ix *index.Index, q index.Query, res *index.Results, o *searchOptions) {
	l := a.logger(a.stderr)
	d, err := ix.Diagnose(ctx, q)
	switch {
	case err != nil: // the search itself went well, so the error is of no interest
		l.Info("nothing found")
		return
	case d.Articles == 0:
		l.Info("nothing found, as the index is empty")
		a.printHints("fill it:  " + a.programName() + " index" + a.indexFlag() + " FOLDER")
		return
	}
	l.Info(render.NothingFound(q.Text, d.Articles))
	for _, w := range res.Warnings {
		l.Warn(render.Clean(w))
	}
	a.hintSpelling("search", res.DidYouMean)
	a.printHints(render.ClauseObstacles(d, a.repeatCommand([]string{"--analyze"}))...)
	a.printHints(render.FilterObstacles(d, o.flagsOf)...)
}

// hintSpelling prints the command for another spelling of the query, if there is one.
func (a *app) hintSpelling(command, didYouMean string) {
	if didYouMean != "" {
		a.printHints("did you mean:  " + a.programName() + " " + command + a.indexFlag() + " " + quoteArg(didYouMean))
	}
}

// explainRelaxed tells a person that hits have only some of the words, and
// which words are missing.
func (a *app) explainRelaxed(ctx context.Context, ix *index.Index, q index.Query) {
	a.logger(a.stderr).Info("no article has all the words; these have some of them")
	if d, err := ix.Diagnose(ctx, q); err == nil {
		a.printHints(render.ClauseObstacles(d, a.repeatCommand([]string{"--analyze"}))...)
	}
}

// flagsOf returns the flags that gave a query a filter, or its dates.
func (o *searchOptions) flagsOf(obstacle index.Obstacle) string {
	if obstacle.Filter != nil {
		return filterFlags(*obstacle.Filter)
	}
	return o.dateFlags()
}

// filterFlags returns the flags that stand for a filter.
func filterFlags(f index.Filter) string {
	name := "--"
	if f.Not {
		name += "not-"
	}
	if name += f.Facet; f.Facet == index.FacetLang {
		name += "uage"
	}
	var flags []string
	for _, v := range f.Values {
		flags = append(flags, name+" "+quoteArg(v))
	}
	return strings.Join(flags, " ")
}

// dateFlags returns the flags that limit the date; empty for none.
func (o *searchOptions) dateFlags() string {
	var flags []string
	if o.since != "" {
		flags = append(flags, "--since "+quoteArg(o.since))
	}
	if o.until != "" {
		flags = append(flags, "--until "+quoteArg(o.until))
	}
	return strings.Join(flags, " ")
}
