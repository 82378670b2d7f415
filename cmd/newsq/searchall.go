package main

import (
	"bufio"
	"errors"
	"iter"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// searchAll prints every hit of a query as it comes, so that memory does not
// depend on how many there are.
func (a *app) searchAll(cmd *cobra.Command, ix *index.Index, q index.Query, form form, o *searchOptions) error {
	for _, flag := range []string{"limit", "after"} {
		if cmd.Flags().Changed(flag) {
			return usageError("", "--all and --%s cannot go together", flag)
		}
	}
	switch form {
	case asJSON:
		return usageError("for one object a hit:  --all --jsonl", "--all and --json cannot go together: one object would hold all hits")
	case asCount:
		return usageError("", "--all and --count cannot go together; a count is of all articles")
	}
	// What a reader should know of the query is known before its hits.
	about := q
	about.Limit, about.Facets, about.ExactTotal = -1, nil, false
	res, err := ix.Search(cmd.Context(), about)
	if err != nil {
		return a.searchError(err)
	}
	if res.Relaxed {
		a.explainRelaxed(cmd.Context(), ix, q)
	}
	if res.Total == 0 {
		if form == asText {
			a.explainNoResults(cmd.Context(), ix, q, res, o)
		}
		return exitStatus(exitNoMatch)
	}
	a.logQueryNotices(res.Warnings, res.DidYouMean)
	return a.printHits(form, ix.All(cmd.Context(), q))
}

// printHits prints hits in a form that has no end that must be known.
func (a *app) printHits(form form, hits iter.Seq2[index.Hit, error]) error {
	var err error
	w := bufio.NewWriter(a.stdout)
	switch form {
	case asIDs:
		err = render.IDs(w, hits)
	case asJSONL:
		err = render.HitsJSONL(w, hits)
	case asCSV:
		err = render.HitsCSV(w, hits)
	default:
		err = render.Hits(w, hits, a.renderOptions(a.stdout))
	}
	if flushed := w.Flush(); err == nil {
		err = flushed
	}
	if errors.Is(err, index.ErrDamaged) || errors.Is(err, index.ErrSnapshotGone) {
		dir, _ := a.indexDir()
		return a.explainIndexError(err, dir)
	}
	return err
}
