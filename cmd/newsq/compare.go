package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// compareOptions are the flags of compare.
type compareOptions struct {
	searchOptions // those that it shares with search
	by            string
	of            []string
	sides         int
}

func (a *app) compareCommand() *cobra.Command {
	var o compareOptions
	cmd := &cobra.Command{
		Use:   "compare [flags] QUERY...",
		Short: "Show how outlets, topics or years tell it differently",
		Long: `Part the articles that match a query by outlet, topic, person or year, and show
which words each side uses more than the others: in how many of its articles
they stand and in how many of the others, how sure that is, and a passage each.

z counts standard deviations; words below 3.5 are left out. A paragraph, or
eight words in a row, that several articles of a side have count once, and what
an outlet does whatever it writes about counts only by how much more it does so.
Of a side up to 2,500 articles are read, evenly over time, and of all together
10,000.`,
		Example: `  newsq compare immigration
  newsq compare immigration --of "Fox" --of "CNN|NPR"
  newsq compare sanctions --by year --since 2016
  newsq compare '"climate change"' --by topic -n 12
  newsq compare immigration --json | jq -r '.sides[].terms[].text'`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.compare(cmd, strings.Join(args, " "), &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.by, "by", index.FacetSource, "part articles by `property`: source, author, topic, person, org, place, lang, year, month")
	f.StringArrayVar(&o.of, "of", a.cfg.Of, `compare this `+"`value`"+`; repeat for each side; "A|B" makes one side of two`)
	f.IntVar(&o.sides, "sides", a.cfg.Sides, "without --of, compare the `N` values with the most articles; 0 is 4")
	f.IntVarP(&o.limit, "limit", "n", 0, "show `N` words of each side, 100 at most; 0 is 8")
	a.addContrastFlags(cmd, &o.searchOptions)
	completeFlag(cmd, "by", index.CompareFacets()...)
	return cmd
}

// addContrastFlags adds the flags that compare and words share.
func (a *app) addContrastFlags(cmd *cobra.Command, o *searchOptions) {
	f := cmd.Flags()
	a.addFilterFlags(cmd, o)
	a.addAsOfFlag(f, o)
	a.addTopicsFromFlag(cmd, &o.topicsFrom)
	a.addMatchFlags(cmd, o)
	a.addEmbargoFlag(f)
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	f.BoolVar(&o.csv, "csv", a.cfg.CSV, "print comma-separated values")
	cmd.ValidArgsFunction = a.completeQuery
}

// contrastQuery returns the query of package index, and the form of the answer.
func (a *app) contrastQuery(cmd *cobra.Command, text string, o *searchOptions) (q index.Query, f form, err error) {
	if f, err = o.form(cmd); err != nil {
		return q, f, err
	}
	if err := a.checkDates(o); err != nil {
		return q, f, err
	}
	q = index.Query{
		Text: text, Filters: o.filters(), SinceDate: o.since, UntilDate: o.until, AsOf: o.asOf, Location: a.zone, NoAliases: o.noAliases,
	}
	if o.any {
		q.Match = index.MatchAny
	}
	if q.TopicsFrom, err = topicsFrom(o.topicsFrom); err == nil {
		q.Text, err = a.inNewsq(text, o, f)
	}
	return q, f, err
}

// checkTelling checks how many words are to be shown.
func checkTelling(n int) error {
	if n < 0 || n > index.MaxTelling {
		return usageError("", "--limit must be from 0 to %d", index.MaxTelling)
	}
	return nil
}

func (a *app) compare(cmd *cobra.Command, query string, o *compareOptions) error {
	q, form, err := a.contrastQuery(cmd, query, &o.searchOptions)
	if err != nil {
		return err
	}
	opt := index.CompareOptions{By: o.by, Values: o.of, Sides: o.sides, Terms: o.limit}
	if err := checkTelling(o.limit); err != nil {
		return err
	}
	if !slices.Contains(index.CompareFacets(), o.by) {
		return usageError("", "--by must be one of %s, not %q", strings.Join(index.CompareFacets(), ", "), o.by)
	}
	if len(o.of) == 1 {
		return usageError("such as:  "+a.programName()+" compare immigration --of Fox --of CNN", "--of names one side alone; give it again for each other")
	}
	if o.sides < 0 || o.sides == 1 || max(o.sides, len(o.of)) > index.MaxSides {
		return usageError("", "2 to %d sides can be compared", index.MaxSides)
	}
	ix, err := a.openIndex(cmd.Context())
	if err != nil {
		return err
	}
	defer ix.Close()
	res, err := ix.Compare(cmd.Context(), q, &opt)
	if err != nil {
		return a.searchError(err)
	}
	switch {
	case form == asJSON:
		err = render.ComparisonJSON(a.stdout, query, res)
	case form == asCSV:
		err = render.ComparisonCSV(a.stdout, res)
	case len(res.Sides) > 1:
		a.logQueryNotices(res.Warnings, "")
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Comparison(w, res, opt) })
		if err == nil && len(res.NoHabits) > 0 {
			a.printHints("habits are not known of, for want of other articles:  " + strings.Join(res.NoHabits, ", "))
		}
	default:
		a.explainNoComparison(cmd, res, query, len(o.of) > 0)
	}
	if err == nil && len(res.Sides) < 2 {
		return exitStatus(exitNoMatch)
	}
	return err
}

// explainNoComparison tells a person why there is nothing to compare; named is set where
// they said which sides.
func (a *app) explainNoComparison(cmd *cobra.Command, res *index.Comparison, query string, named bool) {
	switch {
	case res.Total == 0:
		a.logger(a.stderr).Info("no articles found")
	case len(res.Sides) == 1 && named:
		a.logger(a.stderr).Info("only one side has articles: " + res.Sides[0].Value)
	case len(res.Sides) == 1:
		a.logger(a.stderr).Info("all of them that have " + render.Indefinite(res.By) + " have the same: " + res.Sides[0].Value)
	default:
		a.logger(a.stderr).Info("none of the articles found has " + render.Indefinite(res.By))
	}
	a.logQueryNotices(res.Warnings, "")
	a.hintSpelling(cmd.Name(), res.DidYouMean)
	if query != "" {
		a.printHints("to look at the articles:  " + a.programName() + " search" + a.indexFlag() + " " + quoteArg(query))
	}
}
