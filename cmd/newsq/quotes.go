package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// quotesOptions are the flags of quotes.
type quotesOptions struct {
	searchOptions // those that it shares with search
	by            []string
}

func (a *app) quotesCommand() *cobra.Command {
	c := &a.cfg
	var o quotesOptions
	cmd := &cobra.Command{
		Use:   "quotes [flags] QUERY...",
		Short: "Find what was said, and who said it",
		Long: `Find the quotations that have all the words of a query, each with who said it
and the article that quotes it. The query has words, phrases, patterns, OR and
NEAR; all of it is of one quotation. Without a query, --by or the filters say
which quotations to list. What several articles quote comes once.

Who said it is told by the article's sentences, and left out where they leave
a doubt; in other languages than English that is often so.`,
		Example: `  newsq quotes deterrence
  newsq quotes '"red line" OR ultimatum' --by kim
  newsq quotes --by "ngozi okoye" --since 2022 --sort newest
  newsq quotes sanctions --json | jq -r '.quotations[].text'`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.quotes(cmd, strings.Join(args, " "), &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.IntVarP(&o.limit, "limit", "n", c.Limit, "show the best `N` quotations, 200 at most")
	f.StringArrayVar(&o.by, "by", nil, "only what is said by `name`, any part of it; repeat for any of several")
	a.addFilterFlags(cmd, &o.searchOptions)
	a.addAsOfFlag(f, &o.searchOptions)
	f.StringVar(&o.sort, "sort", c.Sort, "`order`: relevance, newest, oldest or added, by when articles came into the index")
	f.BoolVar(&o.noAliases, "no-aliases", c.NoAliases, "only words as they are asked for, not DPRK for North Korea")
	f.IntVar(&o.passages, "passages", 0, "at most `N` quotations of each article; 0 is 3")
	a.addEmbargoFlag(f)
	f.BoolVar(&o.score, "score", c.Score, "show scores")
	f.BoolVar(&o.json, "json", c.JSON, "print one JSON object")
	completeFlag(cmd, "sort", "relevance", "newest", "oldest", "added")
	return cmd
}

// quotes shows the quotations that a query finds.
func (a *app) quotes(cmd *cobra.Command, text string, o *quotesOptions) error {
	q, err := a.quotesQuery(text, o)
	if err != nil {
		return err
	}
	ix, err := a.openIndex(cmd.Context())
	if err != nil {
		return err
	}
	defer ix.Close()
	res, err := ix.Quotations(cmd.Context(), q, o.by)
	if err != nil {
		return a.searchError(err)
	}
	switch {
	case o.json:
		err = render.QuotationsJSON(a.stdout, text, o.by, res)
	case len(res.Quotations) > 0:
		a.logQueryNotices(res.Warnings, "")
		err = a.printPaged(func(w io.Writer, opt render.Options) error {
			opt.Score = o.score
			return render.Quotations(w, res, opt)
		})
	default:
		a.explainNoQuotations(res, text, o)
	}
	if err == nil && len(res.Quotations) == 0 {
		return exitStatus(exitNoMatch)
	}
	return err
}

// quotesQuery returns the query of package index.
func (a *app) quotesQuery(text string, o *quotesOptions) (q index.Query, err error) {
	switch {
	case o.limit < 1:
		return q, usageError("", "--limit must be at least 1")
	case o.limit > index.MaxQuotations:
		return q, usageError("", "--limit must be at most %d", index.MaxQuotations)
	case o.passages < 0:
		return q, usageError("", "--passages must not be negative")
	}
	if err := a.checkDates(&o.searchOptions); err != nil {
		return q, err
	}
	q = index.Query{
		Text: text, Filters: o.filters(), SinceDate: o.since, UntilDate: o.until, AsOf: o.asOf, Location: a.zone,
		Limit: o.limit, Passages: o.passages, NoAliases: o.noAliases,
	}
	if strings.TrimSpace(text) == "" && len(o.by) == 0 && len(q.Filters) == 0 && o.since == "" && o.until == "" {
		return q, usageError("usage:  newsq quotes [flags] QUERY...\nor by a name alone:  "+a.programName()+" quotes --by NAME", "no query was given, and no filter")
	}
	q.Sort, err = sortNamed(o.sort)
	return q, err
}

// explainNoQuotations tells a person that there is nothing, and what to try.
func (a *app) explainNoQuotations(res *index.QuotationResults, text string, o *quotesOptions) {
	a.logger(a.stderr).Info("no quotation found")
	a.logQueryNotices(res.Warnings, "")
	a.hintSpelling("quotes", res.DidYouMean)
	if text != "" && (len(o.by) > 0 || len(o.filters()) > 0 || o.dateFlags() != "") {
		a.printHints("whoever says it:  " + a.programName() + " quotes" + a.indexFlag() + " " + quoteArg(text))
	}
	if text != "" {
		a.printHints("in all of the text:  " + a.programName() + " search" + a.indexFlag() + " " + quoteArg(text))
	}
}
