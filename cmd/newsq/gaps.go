package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// gapsOptions are the flags of gaps.
type gapsOptions struct {
	searchOptions // those that it shares with search
	by            string
	of            []string
	minArticles   int
}

func (a *app) gapsCommand() *cobra.Command {
	var o gapsOptions
	cmd := &cobra.Command{
		Use:   "gaps [flags] [QUERY...]",
		Short: "Show what some outlets leave out that others cover",
		Long: `Show the topics, people, organizations or places that some outlets leave out and
others cover, among all articles or those of a query and a period: how many
articles an outlet has, how many its size lets one expect, who covers it, and
an article of theirs.

A gap has at most a third of the articles expected, and is no chance: by an
exact test, with at most one false gap in twenty. Outlets with fewer than 30
articles are not looked at. What isn't in the index may have been printed all
the same.

Topics that some outlets state and others don't look like gaps; --topics-from
rule counts only those that rules find in the texts, of all outlets alike. Names
count as they are written: one who writes Charles Schumer has no Chuck Schumer.`,
		Example: `  newsq gaps --since 2021-01 --until 2021-06
  newsq gaps --topics-from rule --since 2021
  newsq gaps --by person --since 2021
  newsq gaps sanctions --by place --of "Meridian Review"
  newsq gaps --since 2021 --csv > gaps.csv`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.gaps(cmd, strings.Join(args, " "), &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.by, "by", index.FacetTopic, "look for this `property`: topic, person, org or place")
	f.StringArrayVar(&o.of, "of", a.cfg.Of, "only gaps of this `outlet`, measured by all others; repeat for several")
	f.IntVar(&o.minArticles, "min-articles", a.cfg.MinArticles, "only outlets with `N` articles or more; 0 is 30")
	f.IntVarP(&o.limit, "limit", "n", 0, "show the surest `N` gaps, 500 at most; 0 is 20")
	a.addContrastFlags(cmd, &o.searchOptions)
	completeFlag(cmd, "by", index.GapFacets()...)
	return cmd
}

func (a *app) gaps(cmd *cobra.Command, query string, o *gapsOptions) error {
	switch {
	case !slices.Contains(index.GapFacets(), o.by):
		return usageError("", "--by must be topic, person, org or place, not %q", o.by)
	case o.minArticles < 0:
		return usageError("", "--min-articles must not be negative")
	case o.limit < 0 || o.limit > index.MaxGaps:
		return usageError("", "--limit must be from 0 to %d", index.MaxGaps)
	case len(o.of) > index.MaxGapOutlets:
		return usageError("", "--of can be given %d times", index.MaxGapOutlets)
	}
	q, form, err := a.contrastQuery(cmd, query, &o.searchOptions)
	if err != nil {
		return err
	}
	ix, err := a.openIndex(cmd.Context())
	if err != nil {
		return err
	}
	defer ix.Close()
	res, err := ix.Gaps(cmd.Context(), q, &index.GapsOptions{By: o.by, Outlets: o.of, MinArticles: o.minArticles, Limit: o.limit})
	if err != nil {
		return a.searchError(err)
	}
	switch {
	case form == asJSON:
		err = render.GapsJSON(a.stdout, query, res)
	case form == asCSV:
		err = render.GapsCSV(a.stdout, res)
	case len(res.Gaps) > 0:
		a.logQueryNotices(res.Warnings, "")
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Gaps(w, res, opt) })
	default:
		a.explainNoGaps(cmd, res, query)
	}
	if err == nil && len(res.Gaps) == 0 {
		return exitStatus(exitNoMatch)
	}
	return err
}

// explainNoGaps tells a person why there are none.
func (a *app) explainNoGaps(cmd *cobra.Command, res *index.GapsResult, query string) {
	log := a.logger(a.stderr)
	switch {
	case res.Articles == 0:
		log.Info("no articles found")
	case len(res.Outlets) == 0 && res.TooSmall == 0:
		log.Info("none of the articles found has an outlet to look at")
	case len(res.Outlets) == 0:
		log.Info("no outlet has enough articles: " + render.Count(res.TooSmall, "has", "have") + " too few; see --min-articles")
	case res.Values == 0:
		log.Info("no article found has " + render.Indefinite(res.By))
	default:
		log.Info("no gap is sure: " + render.Count(res.Tests, "pair", "pairs") + " of an outlet and " + render.Indefinite(res.By) + " could have shown one")
	}
	a.logQueryNotices(res.Warnings, "")
	a.hintSpelling(cmd.Name(), res.DidYouMean)
}
