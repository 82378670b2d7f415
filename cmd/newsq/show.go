package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/index/export"
	"github.com/newsq/newsq/internal/render"
)

// showOptions are the flags of show.
type showOptions struct {
	query    string
	versions bool
	quotes   bool
	context  bool
	cite     string
	json     bool
}

func (a *app) showCommand() *cobra.Command {
	var o showOptions
	cmd := &cobra.Command{
		Use:   "show [flags] ID...",
		Short: "Read an article",
		Long: `Show an article as a whole. An id stands below each title that search finds,
and may be shortened as long as no other begins with the same letters.`,
		Example: `  newsq show meridian-2024-02
  newsq show meridian-2024-02 --query deterrence
  newsq show meridian-2024-02 --versions
  newsq show meridian-2024-02 --quotes
  newsq show meridian-2024-02 --context
  newsq show meridian-2024-02 --cite bibtex
  newsq search --ids sanctions --since 2w | xargs newsq show --json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError("usage:  newsq show ID\nids:    "+a.programName()+" search QUERY  names the id of each article", "no id was given")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.show(cmd.Context(), args, &o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.query, "query", a.cfg.Query, "highlight what matches `query`")
	f.BoolVar(&o.versions, "versions", a.cfg.Versions, "list the versions of the article that its files have, and why each doesn't stand")
	f.BoolVar(&o.quotes, "quotes", a.cfg.Quotes, "list what the article quotes and who said it, instead of its text")
	f.BoolVar(&o.context, "context", a.cfg.Context, "below the article, list three that were written on its subject before it, and three after it")
	f.StringVar(&o.cite, "cite", a.cfg.Cite, "print a citation as `form`: ris, bibtex or csl")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object an article")
	a.addEmbargoFlag(f)
	completeFlag(cmd, "cite", string(export.RIS), string(export.BibTeX), string(export.CSL))
	return cmd
}

// show shows the articles of ids.
func (a *app) show(ctx context.Context, ids []string, o *showOptions) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	if o.versions {
		return a.showVersions(ctx, ix, ids, o.json)
	}
	// Mark is called for each text. A query that can't be read is reported once,
	// here.
	q := index.Query{Text: o.query, Location: a.zone}
	if _, err := ix.Mark(ctx, q, ""); err != nil {
		return a.searchError(err)
	}
	articles := make([]corpus.Article, len(ids))
	for i, id := range ids {
		if articles[i], err = ix.Get(ctx, id); err != nil {
			return a.explainGetError(ctx, ix, id, err)
		}
	}
	if o.cite != "" {
		return a.cite(articles, o)
	}
	around := make([]*index.Surroundings, len(articles))
	if o.context {
		if around, err = a.surroundings(ctx, ix, articles); err != nil {
			return err
		}
	}
	if o.json {
		for i := range articles {
			if around[i] != nil {
				if err := render.SurroundingsJSON(a.stdout, around[i]); err != nil {
					return err
				}
				continue
			}
			if err := render.ArticleJSON(a.stdout, &articles[i]); err != nil {
				return err
			}
		}
		return nil
	}
	var marks func(string) []index.Span
	if o.query != "" {
		marks = func(text string) []index.Span {
			spans, _ := ix.Mark(ctx, q, text) // which has read q before
			return spans
		}
	}
	label := topicLabel(ix)
	if o.quotes {
		a.noQuotations(ix, articles)
	}
	return a.printPaged(func(w io.Writer, opt render.Options) error {
		opt.TopicLabel = label
		for i := range articles {
			if i > 0 {
				if err := render.Separator(w, opt); err != nil {
					return err
				}
			}
			show := render.Article
			if o.quotes {
				show = render.ArticleQuotations
			}
			if err := show(w, &articles[i], marks, opt); err != nil {
				return err
			}
			if around[i] != nil {
				if err := render.Surroundings(w, around[i], opt); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// noQuotations says why articles have none, where the index finds none in any.
func (a *app) noQuotations(ix *index.Index, articles []corpus.Article) {
	if slices.ContainsFunc(articles, func(article corpus.Article) bool { return len(article.Quotations) > 0 }) {
		return
	}
	if on, err := ix.HasQuotations(); err == nil && !on {
		a.logger(a.stderr).Info("quotations are found after:  " + a.programName() + " index" + a.indexFlag() + " --quotations PATH")
	}
}

// surroundings returns what was written before and after articles.
func (a *app) surroundings(ctx context.Context, ix *index.Index, articles []corpus.Article) ([]*index.Surroundings, error) {
	list := make([]*index.Surroundings, len(articles))
	for i := range articles {
		var err error
		if list[i], err = ix.Surroundings(ctx, articles[i].ID, 0, a.zone); err != nil {
			return nil, a.searchError(err)
		}
		a.logQueryNotices(list[i].Warnings, "")
	}
	return list, nil
}

// cite prints citations of articles.
func (a *app) cite(articles []corpus.Article, o *showOptions) error {
	for i := range articles {
		text, err := export.Citation(export.Format(o.cite), &articles[i], time.Time{})
		if err != nil {
			return usageError("", "--cite: %w", err)
		}
		if _, err := io.WriteString(a.stdout, text); err != nil {
			return err
		}
	}
	return nil
}

// showVersions lists the versions of articles.
func (a *app) showVersions(ctx context.Context, ix *index.Index, ids []string, asJSON bool) error {
	lists := make([][]index.Version, len(ids))
	for i, id := range ids {
		var err error
		if lists[i], err = ix.Versions(ctx, id); err != nil {
			return a.explainGetError(ctx, ix, id, err)
		}
	}
	if asJSON {
		for i, list := range lists {
			if err := render.VersionsJSON(a.stdout, ids[i], list); err != nil {
				return err
			}
		}
		return nil
	}
	return a.printPaged(func(w io.Writer, opt render.Options) error {
		for _, list := range lists {
			if err := render.Versions(w, list, opt); err != nil {
				return err
			}
		}
		return nil
	})
}

// explainGetError returns what is wrong with an id. For an id that is too short
// it lists those that it may mean.
func (a *app) explainGetError(ctx context.Context, ix *index.Index, id string, err error) error {
	var ambiguous *index.AmbiguousError
	var embargoed *index.EmbargoedError
	var withdrawn *index.WithdrawnError
	var replaced *index.ReplacedError
	switch {
	case errors.As(err, &embargoed):
		until := "its sender doesn't say until when"
		if !embargoed.Until.IsZero() {
			until = "until " + render.Moment(embargoed.Until, a.zone)
		}
		return &commandError{
			err:  fmt.Errorf("%s is under embargo, %s", render.Clean(embargoed.ID), until),
			hint: "to see it all the same:  " + a.programName() + " show" + a.indexFlag() + " --include-embargoed " + quoteArg(id),
			code: exitNoMatch,
		}
	case errors.As(err, &withdrawn):
		return &commandError{
			err:  errors.New(render.Clean(withdrawn.Error())),
			hint: "all that was taken back:  " + a.programName() + " withdrawn" + a.indexFlag(),
			code: exitNoMatch,
		}
	case errors.As(err, &replaced):
		return &commandError{
			err:  errors.New(render.Clean(replaced.Error())),
			hint: "to read that:  " + a.programName() + " show" + a.indexFlag() + " " + quoteArg(replaced.By),
			code: exitNoMatch,
		}
	case errors.As(err, &ambiguous):
		a.logger(a.stderr).Error(fmt.Sprintf("several articles have an id that begins with %q:", render.Clean(id)))
		var candidates []corpus.Article
		for _, full := range ambiguous.IDs {
			c, err := ix.Get(ctx, full)
			if err != nil {
				c = corpus.Article{ID: full}
			}
			candidates = append(candidates, c)
		}
		if err := render.Candidates(a.stderr, candidates, a.renderOptions(a.stderr)); err != nil {
			return err
		}
		return exitStatus(exitUsage)
	case errors.Is(err, index.ErrNotFound):
		return &commandError{
			err:  fmt.Errorf("there is no article with an id that begins with %q", id),
			hint: "ids stand below the titles that search finds:  " + a.programName() + " search" + a.indexFlag() + " QUERY",
			code: exitNoMatch,
		}
	}
	dir, _ := a.indexDir()
	return a.explainIndexError(err, dir)
}
