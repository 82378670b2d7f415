package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

func (a *app) wordsCommand() *cobra.Command {
	var o searchOptions
	cmd := &cobra.Command{
		Use:   "words [flags] QUERY...",
		Short: "Show the words that stand out in what a query finds",
		Long: `Show the words that articles on a query use more than all others do, with how
many articles have them and a passage each. The filters say among which
articles; without a query, these are compared with the rest of the index. The
words of the query itself are left out.

It is counted as compare counts. Up to 2,500 articles that match and as many of
the others are read, both evenly over time.`,
		Example: `  newsq words ceasefire
  newsq words "interest rates" --since 2018 -n 30
  newsq words --source "Meridian Review"
  newsq words ceasefire --csv > words.csv`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.words(cmd, strings.Join(args, " "), &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.IntVarP(&o.limit, "limit", "n", 0, "show `N` words, 100 at most; 0 is 20")
	a.addContrastFlags(cmd, &o)
	return cmd
}

func (a *app) words(cmd *cobra.Command, query string, o *searchOptions) error {
	q, form, err := a.contrastQuery(cmd, query, o)
	if err != nil {
		return err
	}
	if err := checkTelling(o.limit); err != nil {
		return err
	}
	if strings.TrimSpace(query) == "" && len(q.Filters) == 0 && o.since == "" && o.until == "" {
		return usageError("usage:  newsq words [flags] QUERY...", "no query was given, and no filter")
	}
	ix, err := a.openIndex(cmd.Context())
	if err != nil {
		return err
	}
	defer ix.Close()
	res, err := ix.Words(cmd.Context(), q, o.limit)
	if err != nil {
		return a.searchError(err)
	}
	switch {
	case form == asJSON:
		err = render.WordsJSON(a.stdout, query, res)
	case form == asCSV:
		err = render.WordsCSV(a.stdout, res)
	case res.Articles > 0:
		a.logQueryNotices(res.Warnings, "")
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Words(w, res, opt) })
		if err == nil && len(res.Terms) == 0 {
			a.printHints("no word stands out by 3.5 standard deviations and is in three articles")
		}
	default:
		a.explainNoComparison(cmd, &index.Comparison{DidYouMean: res.DidYouMean, Warnings: res.Warnings}, query, false)
	}
	if err == nil && len(res.Terms) == 0 {
		return exitStatus(exitNoMatch)
	}
	return err
}
