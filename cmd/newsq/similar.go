package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// similarOptions are the flags of similar.
type similarOptions struct {
	searchOptions  // those that it shares with search
	earlier, later bool
	article        int
}

func (a *app) similarCommand() *cobra.Command {
	c := &a.cfg
	var o similarOptions
	cmd := &cobra.Command{
		Use:   "similar [flags] ID|FILE|-",
		Short: "Find articles that are like one",
		Long: `Find the articles that are most like one, by the words that tell most about it
and, where the index has learned meaning, by what they mean. The article is one
of the index, by its id, which may be shortened; or that of a file, in any form
that "newsq index" reads; or - for one on standard input. A file whose name is
also an id is meant with ./ before it. Copies of the article are left out, and
told.`,
		Example: `  newsq similar meridian-2024-02
  newsq similar meridian-2024-02 --earlier          what was written before
  newsq similar draft.docx --source "Meridian Review" --since 2022
  pbpaste | newsq similar -
  newsq similar --ids meridian-2024-02 | xargs newsq show`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError("usage:  newsq similar ID\nids:    "+a.programName()+" search QUERY  names the id of each article", "similar takes one id or file, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.similar(cmd, args[0], &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.IntVarP(&o.limit, "limit", "n", c.Limit, "show the `N` most similar articles")
	f.BoolVar(&o.earlier, "earlier", c.Earlier, "only what was published before the article")
	f.BoolVar(&o.later, "later", c.Later, "only what was published after the article")
	a.addFilterFlags(cmd, &o.searchOptions)
	a.addAsOfFlag(f, &o.searchOptions)
	a.addRankFlag(cmd, &o.rank)
	f.IntVar(&o.article, "article", c.Article, "of a file that has several articles, take the `N`th")
	f.IntVar(&o.passages, "passages", c.Passages, "show at most `N` passages of each article")
	a.addEmbargoFlag(f)
	f.BoolVar(&o.score, "score", c.Score, "show scores")
	f.BoolVar(&o.explain, "explain", c.Explain, "show of which words each score is made, and how near in meaning each article is")
	f.BoolVar(&o.ids, "ids", c.IDs, "print only the ids, one a line")
	f.BoolVar(&o.json, "json", c.JSON, "print one JSON object")
	f.BoolVar(&o.jsonl, "jsonl", c.JSONL, "print one JSON object a hit")
	f.BoolVar(&o.csv, "csv", c.CSV, "print comma-separated values")
	return cmd
}

// similar shows what is similar to an article of the index or of a file.
func (a *app) similar(cmd *cobra.Command, name string, o *similarOptions) error {
	form, err := o.form(cmd)
	if err != nil {
		return err
	}
	q, err := a.similarQuery(o, form)
	if err != nil {
		return err
	}
	ix, err := a.openIndex(cmd.Context())
	if err != nil {
		return err
	}
	defer ix.Close()
	res, err := a.similarTo(cmd.Context(), ix, name, q, o)
	if err != nil {
		return err
	}
	if form != asJSON {
		a.logQueryNotices(res.Warnings, "")
	}
	if err := a.printSimilar(form, res, o); err != nil {
		return err
	}
	if len(res.Hits) > 0 {
		return nil
	}
	if form == asText {
		a.logger(a.stderr).Info("nothing similar found")
		if o.earlier || o.later || o.dateFlags() != "" || len(q.Filters) > 0 {
			a.printHints("without filters:  " + a.programName() + " similar" + a.indexFlag() + " " + quoteArg(name))
		}
	}
	return exitStatus(exitNoMatch)
}

// similarQuery returns the query of package index, which says nothing of the article yet.
func (a *app) similarQuery(o *similarOptions, form form) (q index.SimilarQuery, err error) {
	switch {
	case o.limit < 1:
		return q, usageError("", "--limit must be at least 1")
	case o.passages < 0:
		return q, usageError("", "--passages must not be negative")
	case o.article < 0:
		return q, usageError("", "--article counts from 1")
	case o.earlier && o.later:
		return q, usageError("", "--earlier and --later cannot go together")
	}
	if err := a.checkDates(&o.searchOptions); err != nil {
		return q, err
	}
	q = index.SimilarQuery{
		Earlier: o.earlier, Later: o.later, Filters: o.filters(), SinceDate: o.since, UntilDate: o.until, AsOf: o.asOf, Location: a.zone,
		Limit: o.limit, Passages: o.passages, Explain: o.explain, IDsOnly: form == asIDs,
	}
	if o.passages == 0 {
		q.Passages = -1 // 0 is the library's default
	}
	q.Rank, err = rankingNamed(o.rank)
	return q, err
}

// similarTo asks for what is similar to the article of an id, or else of a file.
func (a *app) similarTo(ctx context.Context, ix *index.Index, name string, q index.SimilarQuery, o *similarOptions) (*index.SimilarResults, error) {
	if name != "-" {
		q.ID = name
		res, err := ix.Similar(ctx, q)
		var ambiguous *index.AmbiguousError
		absent := errors.Is(err, index.ErrNotFound)
		switch isFile := fileExists(name); {
		case err == nil && o.article > 0:
			return nil, usageError("for the file of this name:  "+a.programName()+" similar ./"+quoteArg(name), "--article is for files, and %q is an id", name)
		case err == nil:
			return res, nil
		case absent && !isFile:
			return nil, &commandError{
				err:  fmt.Errorf("there is no file %q, and no article with an id that begins so", name),
				hint: "ids stand below the titles that search finds:  " + a.programName() + " search" + a.indexFlag() + " QUERY",
				code: exitNoMatch,
			}
		case !isFile && isGetError(err):
			return nil, a.explainGetError(ctx, ix, name, err)
		case !absent && !errors.As(err, &ambiguous):
			return nil, a.searchError(err)
		}
	}
	article, err := a.articleOf(ctx, name, o.article)
	if err != nil {
		return nil, err
	}
	q.ID, q.Article = "", article
	res, err := ix.Similar(ctx, q)
	if err != nil {
		return nil, a.searchError(err)
	}
	return res, nil
}

// isGetError reports whether an error is about an id, for explainGetError.
func isGetError(err error) bool {
	var ambiguous *index.AmbiguousError
	var embargoed *index.EmbargoedError
	var withdrawn *index.WithdrawnError
	var replaced *index.ReplacedError
	return errors.As(err, &ambiguous) || errors.As(err, &embargoed) || errors.As(err, &withdrawn) || errors.As(err, &replaced)
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// maxListedArticles is how many articles of a file are listed for a choice.
const maxListedArticles = 5

// articleOf returns the article of a file, or the nth of several, counted from 1.
func (a *app) articleOf(ctx context.Context, path string, nth int) (*corpus.Article, error) {
	p := a.newProgress("reading", true)
	var first []corpus.Article
	n := 0
	for article, err := range a.articlesAt(ctx, []string{path}, p) {
		if err != nil {
			return nil, err
		}
		switch n++; {
		case n == nth:
			return &article, nil
		case n <= maxListedArticles:
			first = append(first, article)
		case nth == 0:
			return nil, a.severalArticles(path, first, true)
		}
	}
	if path == "-" {
		path = "standard input"
	}
	switch {
	case n == 0:
		return nil, &commandError{err: fmt.Errorf("no article was found in %s", path), hint: "what newsq reads:  " + a.programName() + " formats", code: exitUsage}
	case nth > n:
		return nil, usageError("", "--article %d is wanted, and %s has %s", nth, path, render.Count(n, "article", "articles"))
	case n > 1:
		return nil, a.severalArticles(path, first, false)
	}
	return &first[0], nil
}

// severalArticles is the error of a file of which it isn't known which article is meant.
func (a *app) severalArticles(path string, first []corpus.Article, more bool) error {
	var list strings.Builder
	for i := range first {
		title := first[i].Title
		if title == "" {
			title = "(no title)"
		}
		fmt.Fprintf(&list, "%d  %s\n", i+1, title)
	}
	if more {
		list.WriteString("...\n")
	}
	return usageError(list.String()+"choose one:  "+a.programName()+" similar"+a.indexFlag()+" --article 1 "+quoteArg(path), "%s has several articles", path)
}

// printSimilar prints similar articles in the form that was asked for.
func (a *app) printSimilar(form form, res *index.SimilarResults, o *similarOptions) error {
	hits := render.SimilarHits(res)
	switch form {
	case asIDs:
		return render.IDs(a.stdout, hits)
	case asJSON:
		return render.SimilarJSON(a.stdout, res)
	case asJSONL:
		return render.HitsJSONL(a.stdout, hits)
	case asCSV:
		return render.HitsCSV(a.stdout, hits)
	}
	if len(res.Hits) == 0 {
		return nil
	}
	return a.printPaged(func(w io.Writer, opt render.Options) error {
		opt.Score = o.score
		return render.Similar(w, res, opt)
	})
}
