package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// learnOptions are the flags of learn.
type learnOptions struct{ quiet, json, fromCorpus bool }

func (a *app) learnCommand() *cobra.Command {
	c := &a.cfg
	var o learnOptions
	cmd := &cobra.Command{
		Use:   "learn [flags]",
		Short: "Learn from the articles what words mean",
		Long: `Learn from the articles of the index which words and articles are near in
meaning. "newsq index" does so by itself when there are 300 articles, and again
when the index has grown by half or has many new words; "newsq stats" tells when
it last did. Nothing but the index is read. Searches go on meanwhile.

Where the setting embeddings-url names an endpoint, vectors are asked for there,
for the articles that have none; "newsq help config" tells more. What has come
is kept if the endpoint fails, and the next "newsq learn" goes on.`,
		Example: `  newsq learn
  newsq learn --from-corpus
  newsq learn --json`,
		Args: exactArgs(0, "learn takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.learn(cmd.Context(), &o) },
	}
	cmd.Flags().BoolVarP(&o.quiet, "quiet", "q", c.Quiet, "print neither progress nor summary")
	cmd.Flags().BoolVar(&o.fromCorpus, "from-corpus", c.FromCorpus, "learn from the articles although the index has vectors by an endpoint, which are then lost")
	cmd.Flags().BoolVar(&o.json, "json", c.JSON, "print the summary as one JSON object")
	return cmd
}

// learn has the index learn.
func (a *app) learn(ctx context.Context, o *learnOptions) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	p := a.newProgress("learning", o.quiet || o.json)
	r, err := ix.Learn(ctx, &index.LearnOptions{
		Progress:   func(done, _ int) { p.update(index.Progress{Learning: done}) },
		FromCorpus: o.fromCorpus,
	})
	p.clear()
	switch err = errors.Join(err, ix.Close()); {
	case errors.Is(err, index.ErrTooFew):
		return &commandError{err: err, hint: "index more articles first"}
	case errors.Is(err, index.ErrEmbedded):
		return &commandError{err: err, hint: "set embeddings-url and embeddings-model to ask it for more, or learn from the articles instead, which throws its vectors away:  newsq learn --from-corpus"}
	case err != nil && r.Embedded != nil && r.Embedded.Owed > 0 && ctx.Err() == nil:
		return &commandError{err: err, hint: fmt.Sprintf("vectors of %s are there and kept, %s are still to come:  newsq learn  goes on", render.Count(r.Embedded.Articles, "article", "articles"), render.Count(r.Embedded.Owed, "one", "others"))}
	case err != nil:
		return a.explainIndexError(err, dir)
	case o.json:
		return render.LearnReportJSON(a.stdout, &r)
	case o.quiet:
		return nil
	}
	_, err = fmt.Fprintln(a.stdout, render.LearnReport(&r))
	return err
}
