package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// timelineOptions are the flags of timeline.
type timelineOptions struct {
	searchOptions // those that it shares with search
	per, by       string
	relative      bool
	svg           string
	bursts        int
	burstPer      string
	burstScale    string
	burstGamma    string
}

func (a *app) timelineCommand() *cobra.Command {
	c := &a.cfg
	var o timelineOptions
	cmd := &cobra.Command{
		Use:   "timeline [flags] QUERY...",
		Short: "When much was written, and what stood out",
		Long: `Count the articles that a query finds by days, weeks, months, quarters or years,
with how many of 1,000 articles they are, and list the times of bursts: those in
which a far greater share of all articles match than usual, each with the words
that tell it from the rest and its best article. Days without articles count.

Shares are of all articles that the filters keep; without a query, of all that
there are. Bursts are those of a model with two states (Kleinberg 2002): in a
burst, articles are --burst-scale times as frequent as usual, and what a burst
must have to be told grows with --burst-gamma. They are looked for by weeks, or
by days where bars are days.

--as-of DATE counts, and searches, as if nothing had been published after that
day: what came later or has no date is left out, and 30d is counted from there.
Articles that were changed later stand as they are now. Spellings and all that
is learned are still those of the whole index.`,
		Example: `  newsq timeline sanctions
  newsq timeline '"interest rates"' --since 2022 --per month
  newsq timeline ceasefire --by source --relative
  newsq timeline elections --svg elections.svg
  newsq timeline --topic economy --as-of 2023-06-30
  newsq timeline sanctions --csv > sanctions.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.checkExclusions(); err != nil {
				return err
			}
			return a.timeline(cmd.Context(), strings.Join(args, " "), &o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.per, "per", c.Per, "a bar for each `length` of time: day, week, month, quarter or year; else as fits")
	f.BoolVar(&o.relative, "relative", c.Relative, "draw how many of 1,000 articles match, rather than how many do")
	f.StringVar(&o.by, "by", "", "split by `property`: source, topic, person, org, place, author or lang")
	f.IntVar(&o.facetLimit, "facet-limit", c.FacetLimit, "with --by, tell the `N` most frequent values apart, 20 at most")
	a.addFilterFlags(cmd, &o.searchOptions)
	a.addAsOfFlag(f, &o.searchOptions)
	a.addTopicsFromFlag(cmd, &o.topicsFrom)
	a.addMatchFlags(cmd, &o.searchOptions)
	f.IntVar(&o.bursts, "bursts", c.Bursts, "describe the `N` bursts of the greatest weight, 50 at most; 0 for none")
	f.StringVar(&o.burstPer, "burst-per", c.BurstPer, "look for bursts by this `length` of time")
	f.StringVar(&o.burstScale, "burst-scale", c.BurstScale, "in a burst, articles are `N` times as frequent as usual")
	f.StringVar(&o.burstGamma, "burst-gamma", c.BurstGamma, "how much evidence a burst takes: `N` from 0 on")
	a.addEmbargoFlag(f)
	f.StringVar(&o.svg, "svg", c.SVG, "write a drawing to `file`; - for standard output")
	f.BoolVar(&o.json, "json", c.JSON, "print one JSON object")
	f.BoolVar(&o.csv, "csv", c.CSV, "print comma-separated values")
	for _, flag := range []string{"per", "burst-per"} {
		completeFlag(cmd, flag, "day", "week", "month", "quarter", "year")
	}
	completeFlag(cmd, "by", index.FacetSource, index.FacetTopic, index.FacetPerson, index.FacetOrg, index.FacetPlace, index.FacetAuthor, index.FacetLang)
	cmd.ValidArgsFunction = a.completeQuery
	return cmd
}

// timeline shows how many articles a query finds over time.
func (a *app) timeline(ctx context.Context, text string, o *timelineOptions) error {
	tq, err := a.timelineQuery(text, o)
	if err != nil {
		return err
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	t, err := ix.Timeline(ctx, tq)
	if err != nil {
		return a.searchError(err)
	}
	if t.Total == 0 && !o.json {
		a.explainNoResults(ctx, ix, tq.Query, &index.Results{Warnings: t.Warnings, DidYouMean: t.DidYouMean}, &o.searchOptions)
		return exitStatus(exitNoMatch)
	}
	if !o.json {
		a.logQueryNotices(t.Warnings, "")
	}
	if err := a.printTimeline(&tq, t, o); err != nil {
		return err
	}
	if t.Total == 0 {
		return exitStatus(exitNoMatch)
	}
	return nil
}

// printTimeline prints a timeline in the form that was asked for.
func (a *app) printTimeline(tq *index.TimelineQuery, t *index.Timeline, o *timelineOptions) error {
	draw := render.TimelineOptions{Relative: o.relative, By: o.by, ASCII: a.asciiOnly()}
	switch {
	case o.svg != "":
		return a.writeSVG(o.svg, func(w io.Writer) error {
			return render.TimelineSVG(w, t, tq.Title(), draw, render.Options{Location: a.zone})
		})
	case o.json:
		return render.TimelineJSON(a.stdout, tq, t)
	case o.csv:
		return render.TimelineCSV(a.stdout, t)
	}
	return a.printPaged(func(w io.Writer, opt render.Options) error { return render.Timeline(w, t, draw, opt) })
}

// timelineQuery returns the query of package index.
func (a *app) timelineQuery(text string, o *timelineOptions) (tq index.TimelineQuery, err error) {
	if err := a.checkDates(&o.searchOptions); err != nil {
		return tq, err
	}
	forms := 0
	for _, on := range []bool{o.svg != "", o.json, o.csv} {
		if on {
			forms++
		}
	}
	if forms > 1 {
		return tq, usageError("", "of --svg, --json and --csv there can be one")
	}
	tq = index.TimelineQuery{
		Query: index.Query{
			Text: text, Location: a.zone, Filters: o.filters(), NoAliases: o.noAliases,
			SinceDate: o.since, UntilDate: o.until, AsOf: o.asOf,
		},
		By: o.by, Bursts: o.bursts,
	}
	if o.any {
		tq.Match = index.MatchAny
	}
	if tq.TopicsFrom, err = topicsFrom(o.topicsFrom); err != nil {
		return tq, err
	}
	form := asText
	if o.json {
		form = asJSON
	}
	if tq.Text, err = a.inNewsq(text, &o.searchOptions, form); err != nil {
		return tq, err
	}
	switch tq.Largest = o.facetLimit; {
	case o.by != "" && (o.facetLimit < 1 || o.facetLimit > index.MaxSeries):
		return tq, usageError("", "with --by, --facet-limit must be between 1 and %d", index.MaxSeries)
	case o.by == "":
		tq.Largest = 0
	}
	if o.bursts == 0 {
		tq.Bursts = -1 // none; 0 is the library's default
	}
	if o.bursts < 0 {
		return tq, usageError("", "--bursts must not be negative")
	}
	return tq, o.readLengths(&tq)
}

// readLengths reads the flags about lengths of time, and those about the model of bursts.
func (o *timelineOptions) readLengths(tq *index.TimelineQuery) error {
	for _, f := range []struct {
		flag, value string
		per         *index.Per
	}{{"per", o.per, &tq.Per}, {"burst-per", o.burstPer, &tq.BurstPer}} {
		var err error
		if *f.per, err = index.ParsePer(f.value); err != nil {
			return usageError("", "--%s: %w", f.flag, err)
		}
	}
	for _, f := range []struct {
		flag, value string
		least       float64
		number      *float64
	}{{"burst-scale", o.burstScale, 1, &tq.Scale}, {"burst-gamma", o.burstGamma, 0, &tq.Gamma}} {
		n, err := strconv.ParseFloat(f.value, 64)
		if err != nil || !(n >= f.least) {
			return usageError("", "--%s must be a number from %g on, not %q", f.flag, f.least, f.value)
		}
		*f.number = n
	}
	if tq.Gamma == 0 {
		tq.Gamma = -1 // none; 0 is the library's default
	}
	return nil
}

// writeSVG writes a drawing to a file, or to standard output.
func (a *app) writeSVG(name string, write func(w io.Writer) error) (err error) {
	if name == "-" {
		return write(a.stdout)
	}
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("--svg: %w", err)
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	return write(f)
}

// asciiOnly reports whether the locale says that a terminal has no other characters: one
// that names another encoding than UTF-8. Of no locale nothing is known.
func (a *app) asciiOnly() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(a.getenv(name)); locale != "" {
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
		}
	}
	return false
}
