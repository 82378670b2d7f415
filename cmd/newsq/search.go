package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/render"
)

// searchOptions are the flags of search.
type searchOptions struct {
	limit, passages    int
	after, syntax      string
	topic, notTopic    []string
	source, notSource  []string
	author, notAuthor  []string
	place, notPlace    []string
	person, notPerson  []string
	org, notOrg        []string
	lang, notLang      []string
	myTag, notMyTag    []string
	since, until, asOf string
	sort               string
	rank, recency      string
	nearMeaning        bool
	any, noAliases     bool
	nearEntity         string
	copies             string
	allCopies          bool
	topicsFrom         []string
	facet              []string
	facetLimit         int
	count, ids         bool
	json, jsonl, csv   bool
	all                bool
	score, explain     bool
	analyze            bool
}

// facetNames are what --facet takes.
func facetNames() []string {
	return []string{
		index.FacetTopic, index.FacetSource, index.FacetAuthor, index.FacetPlace, index.FacetPerson, index.FacetOrg,
		index.FacetLang, index.FacetMyTag, index.FacetYear, index.FacetMonth, index.FacetDay, "none",
	}
}

func (a *app) searchCommand() *cobra.Command {
	c := &a.cfg
	var o searchOptions
	cmd := &cobra.Command{
		Use:   "search [flags] QUERY...",
		Short: "Find articles, with the passages that matter",
		Long: `Find the articles that have all the words of a query, in whatever form: "rate"
also finds "rates". What is in quotation marks is found exactly as it stands.
Without a query, the filters alone say which articles to list, newest first.

newsq help query  tells the whole query language.`,
		Example: `  newsq search deterrence
  newsq search '"interest rates" NOT inflation'
  newsq search sanctions --topic economy --since 2021
  newsq search 'title:bank AND (rates OR inflation)' --sort newest
  newsq search --source "Meridian Review" --since 2022 --until 2024-06
  newsq search ceasefire --json | jq -r '.hits[].title'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.checkExclusions(); err != nil {
				return err
			}
			return a.search(cmd, strings.Join(args, " "), &o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.IntVarP(&o.limit, "limit", "n", c.Limit, "show the best `N` articles")
	f.BoolVar(&o.all, "all", c.All, "print every article found, as they come, instead of a page")
	f.StringVar(&o.after, "after", c.After, "show the page after `cursor`, which --json names")
	a.addFilterFlags(cmd, &o)
	a.addAsOfFlag(f, &o)
	a.addTopicsFromFlag(cmd, &o.topicsFrom)
	a.addMatchFlags(cmd, &o)
	f.StringVar(&o.nearEntity, "near-entity", c.NearEntity, "only where a word of the query stands near a name: `kind` person, org or place, person/5 for at most 5 words apart")
	f.StringVar(&o.copies, "copies", c.Copies, "what to show of a story that many print: its `best` copy, the earliest, or all")
	f.BoolVar(&o.allCopies, "all-copies", c.AllCopies, "show each copy of a story: --copies all")
	a.addOrderFlags(cmd, &o)
	f.BoolVar(&o.nearMeaning, "near-meaning", c.NearMeaning, "below the articles found, list some that are close in meaning and lack the words")
	f.StringSliceVar(&o.facet, "facet", c.Facet, "count articles by `property`: topic (shown on a terminal), source, author, place, person, org, lang, mytag, year, month, day; or none")
	f.IntVar(&o.facetLimit, "facet-limit", c.FacetLimit, "show at most `N` values of each property that is counted; 0 for all")
	f.IntVar(&o.passages, "passages", c.Passages, "show at most `N` passages of each article")
	a.addEmbargoFlag(f)
	f.BoolVar(&o.score, "score", c.Score, "show scores")
	f.BoolVar(&o.explain, "explain", c.Explain, "show how each score came about")
	f.BoolVar(&o.analyze, "analyze", c.Analyze, "show how the query is read and what each part of it finds, instead of articles")
	f.BoolVar(&o.count, "count", c.Count, "print only how many articles match")
	f.BoolVar(&o.ids, "ids", c.IDs, "print only the ids, one a line")
	f.BoolVar(&o.json, "json", c.JSON, "print one JSON object")
	f.BoolVar(&o.jsonl, "jsonl", c.JSONL, "print one JSON object a hit")
	f.BoolVar(&o.csv, "csv", c.CSV, "print comma-separated values")
	completeFlag(cmd, "copies", "best", "earliest", "all")
	completeFlag(cmd, "near-entity", "person", "org", "place")
	completeFlagList(cmd, "facet", facetNames()...)
	cmd.ValidArgsFunction = a.completeQuery
	return cmd
}

// addMatchFlags adds the flags that say how words of a query match.
func (a *app) addMatchFlags(cmd *cobra.Command, o *searchOptions) {
	f, c := cmd.Flags(), &a.cfg
	f.BoolVar(&o.any, "any", c.Any, "articles with any of the words, rather than all")
	f.BoolVar(&o.noAliases, "no-aliases", c.NoAliases, "only words as they are asked for, not DPRK for North Korea")
	a.addSyntaxFlag(cmd, o)
}

// addOrderFlags adds the flags that say in which order articles come.
func (a *app) addOrderFlags(cmd *cobra.Command, o *searchOptions) {
	f, c := cmd.Flags(), &a.cfg
	f.StringVar(&o.sort, "sort", c.Sort, "`order`: relevance, newest, oldest or added, by when articles came into the index")
	a.addRankFlag(cmd, &o.rank)
	f.StringVar(&o.recency, "recency", c.Recency, "by relevance, let scores decay with age: half is left after `time`, such as 90d, 2w, 6m, 1y")
	completeFlag(cmd, "sort", "relevance", "newest", "oldest", "added")
}

// addFilterFlags adds the flags that say among which articles to look.
func (a *app) addFilterFlags(cmd *cobra.Command, o *searchOptions) {
	c, f := &a.cfg, cmd.Flags()
	f.StringSliceVarP(&o.topic, "topic", "t", c.Topic, "only articles on `topic` or what lies below it; repeat for any of several")
	f.StringSliceVar(&o.notTopic, "not-topic", c.NotTopic, "leave out articles on `topic`")
	f.StringArrayVar(&o.source, "source", c.Source, "only articles of this `outlet`; repeat for any of several")
	f.StringArrayVar(&o.notSource, "not-source", c.NotSource, "leave out articles of this `outlet`")
	f.StringArrayVar(&o.author, "author", c.Author, "only articles by this `person`; repeat for any of several")
	f.StringArrayVar(&o.notAuthor, "not-author", c.NotAuthor, "leave out articles by this `person`")
	f.StringArrayVar(&o.place, "place", c.Place, "only articles about this `place`; repeat for any of several")
	f.StringArrayVar(&o.notPlace, "not-place", c.NotPlace, "leave out articles about this `place`")
	f.StringArrayVar(&o.person, "person", c.Person, "only articles about this `person`; repeat for any of several")
	f.StringArrayVar(&o.notPerson, "not-person", c.NotPerson, "leave out articles about this `person`")
	f.StringArrayVar(&o.org, "org", c.Org, "only articles about this `organization`; repeat for any of several")
	f.StringArrayVar(&o.notOrg, "not-org", c.NotOrg, "leave out articles about this `organization`")
	f.StringSliceVar(&o.lang, "lang", c.Lang, "only articles in this `language`, such as pt, which takes in pt-BR; repeat for any of several")
	f.StringSliceVar(&o.notLang, "not-lang", c.NotLang, "leave out articles in this `language`")
	f.StringSliceVar(&o.myTag, "mytag", c.MyTag, "only articles that you gave this `tag` or one below it; repeat for any of several")
	f.StringSliceVar(&o.notMyTag, "not-mytag", c.NotMyTag, "leave out articles that you gave this `tag`")
	f.StringVar(&o.since, "since", c.Since, "only from `date` on: 2026, 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday")
	f.StringVar(&o.until, "until", c.Until, "only up to `date`, the whole of it included")
	f.SetNormalizeFunc(oneNameOfLanguage)
	for _, facet := range []string{
		index.FacetTopic, index.FacetSource, index.FacetAuthor, index.FacetPlace, index.FacetPerson, index.FacetOrg, index.FacetLang, index.FacetMyTag,
	} {
		a.completeFacet(cmd, facet)
		a.completeFacet(cmd, "not-"+facet)
	}
}

// oneNameOfLanguage takes --language for --lang, as queries take language: for lang:.
func oneNameOfLanguage(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	return pflag.NormalizedName(config.Canonical(name))
}

// checkExclusions refuses arguments such as -tariff and -inflation. In a query
// they exclude a word, but a command line reads them as -t ariff and
// -i nflation.
func (a *app) checkExclusions() error {
	for _, arg := range a.args {
		if arg == "--" {
			return nil
		}
		if len(arg) > 2 && (strings.HasPrefix(arg, "-t") || strings.HasPrefix(arg, "-i")) && arg[2] != '=' {
			return usageError("to leave out articles with the word, write:  NOT "+quoteArg(arg[1:])+
				"\nif you mean the flag, put a blank before its value:  "+arg[:2]+" "+quoteArg(arg[2:]), "%s may mean two things", arg)
		}
	}
	return nil
}

// search answers a query.
func (a *app) search(cmd *cobra.Command, text string, o *searchOptions) error {
	form, err := o.form(cmd)
	if err != nil {
		return err
	}
	q, err := a.query(text, o, form)
	if err != nil {
		return err
	}
	ix, err := a.openIndex(cmd.Context())
	if err != nil {
		return err
	}
	defer ix.Close()
	if form == asAnalysis {
		return a.analyze(cmd.Context(), ix, q, o)
	}
	if o.all {
		return a.searchAll(cmd, ix, q, form, o)
	}
	res, err := ix.Search(cmd.Context(), q)
	if err != nil {
		return a.searchError(err)
	}
	if form == asText && res.Total > 0 && res.Relaxed {
		a.explainRelaxed(cmd.Context(), ix, q)
	}
	switch form {
	case asJSON: // the object has them
	case asText:
		if res.Total > 0 {
			a.logQueryNotices(res.Warnings, res.DidYouMean)
		}
	default:
		a.logQueryNotices(res.Warnings, "")
	}
	if err := a.printResults(form, text, res, o); err != nil {
		return err
	}
	if res.Total == 0 {
		if form == asText {
			a.explainNoResults(cmd.Context(), ix, q, res, o)
		}
		return exitStatus(exitNoMatch)
	}
	return nil
}

// form is the form in which results are printed.
type form string

const (
	asText  form = "text"
	asCount form = "count"
	asIDs   form = "ids"
	asJSON  form = "json"
	asJSONL form = "jsonl"
	asCSV   form = "csv"

	asAnalysis form = "analyze"
)

// form returns the form that was asked for. A flag goes before a setting. Two
// flags contradict each other, except that a count and an analysis can be
// printed as JSON.
func (o *searchOptions) form(cmd *cobra.Command) (form, error) {
	wanted := asText
	var flags []form
	for _, f := range []struct {
		form form
		on   bool
	}{{asCount, o.count}, {asAnalysis, o.analyze}, {asIDs, o.ids}, {asJSON, o.json}, {asJSONL, o.jsonl}, {asCSV, o.csv}} {
		switch {
		case !f.on:
		case cmd.Flags().Changed(string(f.form)):
			flags = append(flags, f.form)
		case wanted == asText:
			wanted = f.form
		}
	}
	switch {
	case len(flags) == 0:
		return wanted, nil
	case len(flags) == 1, slices.Equal(flags, []form{asCount, asJSON}), slices.Equal(flags, []form{asAnalysis, asJSON}):
		return flags[0], nil
	}
	return "", usageError("", "--%s and --%s cannot go together", flags[0], flags[1])
}

// query returns the query of package index for a text and the flags.
func (a *app) query(text string, o *searchOptions, form form) (index.Query, error) {
	q := index.Query{
		Text: text, Location: a.zone, Limit: o.limit, Cursor: o.after, Passages: o.passages,
		Explain: o.explain, NoAliases: o.noAliases, Filters: o.filters(),
		IDsOnly: form == asIDs || form == asCount,
		// One hit a line is for programs, which take each line for an article found.
		NoNear:      form == asJSONL || form == asCSV,
		NearMeaning: o.nearMeaning && (form == asText || form == asJSON) && !o.all,
		// The other forms don't print the total.
		ExactTotal: form == asText || form == asJSON || form == asCount,
	}
	if err := a.inSyntax(&q, o, form); err != nil {
		return q, err
	}
	if o.nearEntity != "" {
		var err error
		if q.Text, err = index.NearEntity(q.Text, o.nearEntity); err != nil {
			return q, usageError("", "%w", err)
		}
	}
	if o.any {
		q.Match = index.MatchAny
	}
	switch {
	case o.limit < 0:
		return q, usageError("", "--limit must not be negative")
	case o.passages < 0:
		return q, usageError("", "--passages must not be negative")
	case o.facetLimit < 0:
		return q, usageError("", "--facet-limit must not be negative")
	}
	if o.limit == 0 || form == asCount {
		q.Limit = -1 // none; 0 is the library's default
	}
	if q.FacetLimit = o.facetLimit; o.facetLimit == 0 {
		q.FacetLimit = -1
	}
	if o.passages == 0 {
		q.Passages = -1
	}
	var err error
	if q.Sort, err = sortNamed(o.sort); err != nil {
		return q, err
	}
	if q.Rank, err = rankingNamed(o.rank); err != nil {
		return q, err
	}
	if q.Recency, err = index.ParseHalfLife(o.recency); err != nil {
		return q, usageError("", "--recency: %v", err)
	}
	if q.Copies, err = copiesNamed(o.copies, o.allCopies); err != nil {
		return q, err
	}
	if q.TopicsFrom, err = topicsFrom(o.topicsFrom); err != nil {
		return q, err
	}
	if q.Facets, err = a.facetsToCount(o.facet, form); err != nil {
		return q, err
	}
	if err := a.checkDates(o); err != nil {
		return q, err
	}
	q.SinceDate, q.UntilDate, q.AsOf = o.since, o.until, o.asOf
	if strings.TrimSpace(text) == "" && len(q.Filters) == 0 && o.since == "" && o.until == "" {
		return q, usageError("usage:  newsq search [flags] QUERY...\nsuch as:  "+a.programName()+" search deterrence\nor by a filter alone:  "+
			a.programName()+" search --since 2w", "no query was given, and no filter")
	}
	return q, nil
}

func sortNamed(name string) (index.Sort, error) {
	switch name {
	case "relevance":
		return index.Relevance, nil
	case "newest":
		return index.Newest, nil
	case "oldest":
		return index.Oldest, nil
	case "added":
		return index.LastAdded, nil
	}
	return 0, usageError("", "--sort must be relevance, newest, oldest or added, not %q", name)
}

// addRankFlag adds the flag that says what scores are made of.
func (a *app) addRankFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "rank", a.cfg.Rank, "by relevance, order by `words` alone, or by a blend of words and meaning; default is blend where the index has learned meaning")
	completeFlag(cmd, "rank", "default", "words", "blend")
}

// rankingNamed returns what the flag says.
func rankingNamed(name string) (index.Ranking, error) {
	ranking, err := index.ParseRanking(name)
	if err != nil {
		return 0, usageError("", "--rank: %v", err)
	}
	return ranking, nil
}

// filters are the flags that keep and leave out values of facets. Names are taken
// as in the fields source:, author: and so on of a query.
func (o *searchOptions) filters() []index.Filter {
	var filters []index.Filter
	for _, f := range []index.Filter{
		{Facet: index.FacetTopic, Values: o.topic},
		{Facet: index.FacetTopic, Values: o.notTopic, Not: true},
		{Facet: index.FacetSource, Values: o.source, Words: true},
		{Facet: index.FacetSource, Values: o.notSource, Not: true, Words: true},
		{Facet: index.FacetAuthor, Values: o.author, Words: true},
		{Facet: index.FacetAuthor, Values: o.notAuthor, Not: true, Words: true},
		{Facet: index.FacetPlace, Values: o.place, Words: true},
		{Facet: index.FacetPlace, Values: o.notPlace, Not: true, Words: true},
		{Facet: index.FacetPerson, Values: o.person, Words: true},
		{Facet: index.FacetPerson, Values: o.notPerson, Not: true, Words: true},
		{Facet: index.FacetOrg, Values: o.org, Words: true},
		{Facet: index.FacetOrg, Values: o.notOrg, Not: true, Words: true},
		{Facet: index.FacetLang, Values: o.lang},
		{Facet: index.FacetLang, Values: o.notLang, Not: true},
		{Facet: index.FacetMyTag, Values: o.myTag},
		{Facet: index.FacetMyTag, Values: o.notMyTag, Not: true},
	} {
		if len(f.Values) > 0 {
			filters = append(filters, f)
		}
	}
	return filters
}

// facetsToCount returns the facets to count. Without the flag these are topics,
// for a person at a terminal and for readers of the JSON object.
func (a *app) facetsToCount(names []string, form form) ([]string, error) {
	if form != asText && form != asJSON {
		return nil, nil
	}
	if len(names) == 0 {
		if _, _, onTerminal := terminalSize(a.stdout); onTerminal || form == asJSON {
			return []string{index.FacetTopic}, nil
		}
		return nil, nil
	}
	var facets []string
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case name == "none":
		case name == "language" && !slices.Contains(facets, name):
			facets = append(facets, name)
		case !slices.Contains(facetNames(), name):
			hint := ""
			if near := config.Nearest(name, facetNames()); near != "" {
				hint = "did you mean:  --facet " + near
			}
			return nil, usageError(hint, "there is no facet %q; there are %s", name, strings.Join(facetNames(), ", "))
		case !slices.Contains(facets, name):
			facets = append(facets, name)
		}
	}
	return facets, nil
}

// searchError returns an error of Search with its exit code. Unless the index or
// the system failed, the query was wrong.
func (a *app) searchError(err error) error {
	var syntax *index.SyntaxError
	var path *fs.PathError
	switch {
	case errors.As(err, &syntax), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, index.ErrDamaged), errors.Is(err, index.ErrClosed), errors.Is(err, index.ErrSnapshotGone), errors.Is(err, index.ErrServer), errors.As(err, &path):
		dir, _ := a.indexDir()
		return a.explainIndexError(err, dir)
	}
	if errors.Is(err, index.ErrNoVectors) {
		return &commandError{err: err, hint: a.withoutVectors(), code: exitFailed}
	}
	return &commandError{err: err, code: exitUsage}
}

// withoutVectors says what to do where an index has no vectors.
func (a *app) withoutVectors() string {
	const words = "to search by words alone, leave out --rank blend and --near-meaning"
	if dir, err := a.indexDir(); err == nil && strings.Contains(dir, "://") {
		return "an index on a cluster has none\n" + words
	}
	return "have it learn the meaning of words:  " + a.programName() + " learn" + a.indexFlag() + "\n" + words
}

// printResults prints results in the form that was asked for.
func (a *app) printResults(form form, text string, res *index.Results, o *searchOptions) error {
	switch form {
	case asCount:
		if o.json {
			return render.CountJSON(a.stdout, text, res)
		}
		_, err := fmt.Fprintln(a.stdout, strconv.Itoa(res.Total))
		return err
	case asIDs:
		return render.IDs(a.stdout, render.HitsOf(res))
	case asJSON:
		return render.ResultsJSON(a.stdout, text, res)
	case asJSONL:
		return render.HitsJSONL(a.stdout, render.HitsOf(res))
	case asCSV:
		return render.HitsCSV(a.stdout, render.HitsOf(res))
	}
	if res.Total == 0 && len(res.NearMeaning) == 0 {
		return nil
	}
	return a.printPaged(func(w io.Writer, opt render.Options) error {
		opt.Score = o.score
		if opt.Timing && res.Cursor != "" { // for a person, at a terminal
			opt.More = a.nextPageCommand(res, o)
		}
		return render.Results(w, res, opt)
	})
}

// logQueryNotices logs what a person should know about a query before reading
// what it found.
func (a *app) logQueryNotices(warnings []string, didYouMean string) {
	if len(warnings) == 0 && didYouMean == "" {
		return // without making a logger, which costs time
	}
	l := a.logger(a.stderr)
	for _, w := range warnings {
		l.Warn(render.Clean(w))
	}
	if didYouMean != "" {
		l.Info("did you mean:  " + a.programName() + " search" + a.indexFlag() + " " + quoteArg(didYouMean))
	}
}
