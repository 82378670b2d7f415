package main

import (
	"context"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// nothing tells someone whose query matched nothing what was searched, and
// what would find more: another spelling, or one condition less.
func (a *app) nothing(ctx context.Context, ix *index.Index, q index.Query, res *index.Results, o *searchOptions) {
	l := a.log(a.stderr)
	all, err := ix.Search(ctx, index.Query{Limit: -1})
	switch {
	case err != nil: // the search itself went well, so this is of no interest
		l.Info("nothing found")
		return
	case all.Total == 0:
		l.Info("nothing found, as the index is empty")
		a.hint("fill it:  " + a.program() + " index" + a.indexFlag() + " FOLDER")
		return
	}
	among := " among " + render.Count(all.Total, "article", "articles")
	if q.Text == "" {
		l.Info("nothing found" + among)
	} else {
		l.Info("nothing found for " + render.Clean(q.Text) + among)
	}
	for _, w := range res.Warnings {
		l.Warn(render.Clean(w))
	}
	if res.DidYouMean != "" {
		a.hint("did you mean:  " + a.program() + " search" + a.indexFlag() + " " + quoteArg(res.DidYouMean))
	}
	a.blame(ctx, ix, q)
	a.proposeLess(ctx, ix, q, o)
}

// condition is a part of a query, besides its text, that one can leave out.
type condition struct {
	flag string
	drop func(*index.Query)
}

// proposeLess names each condition without which there would be hits, and if
// there is none, says so of all of them together.
func (a *app) proposeLess(ctx context.Context, ix *index.Index, q index.Query, o *searchOptions) {
	conditions := conditionsOf(q, o)
	q.Limit, q.Facets, q.Cursor, q.Explain, q.IDsOnly = -1, nil, "", false, true
	if q.Match == index.MatchAll {
		q.Match = index.MatchStrict // some of the words are no mend
	}
	helped := false
	for _, c := range conditions {
		less := q
		c.drop(&less)
		res, err := ix.Search(ctx, less)
		if err != nil {
			return
		}
		if res.Total > 0 {
			a.hint("without " + c.flag + ":  " + render.Count(res.Total, "article", "articles"))
			helped = true
		}
	}
	if helped || len(conditions) < 2 {
		return
	}
	q.Filters = nil
	for _, c := range conditions {
		c.drop(&q)
	}
	if res, err := ix.Search(ctx, q); err == nil && res.Total > 0 && q.Text != "" {
		a.hint("without any of these filters:  " + render.Count(res.Total, "article", "articles"))
	}
}

// conditionsOf returns the filters of q, which was made of o.
func conditionsOf(q index.Query, o *searchOptions) []condition {
	var conditions []condition
	for i, f := range q.Filters {
		name := "--"
		if f.Not {
			name += "not-"
		}
		name += f.Facet
		flag := name
		for j, v := range f.Values {
			if j > 0 {
				flag += " " + name
			}
			flag += " " + quoteArg(v)
		}
		conditions = append(conditions, condition{flag, func(q *index.Query) {
			if len(q.Filters) > i {
				q.Filters = append(append([]index.Filter(nil), q.Filters[:i]...), q.Filters[i+1:]...)
			}
		}})
	}
	if !q.Since.IsZero() || !q.Until.IsZero() {
		var flags []string
		if !q.Since.IsZero() {
			flags = append(flags, "--since "+quoteArg(o.since))
		}
		if !q.Until.IsZero() {
			flags = append(flags, "--until "+quoteArg(o.until))
		}
		conditions = append(conditions, condition{strings.Join(flags, " "), func(q *index.Query) {
			q.Since, q.Until = time.Time{}, time.Time{}
		}})
	}
	return conditions
}
