package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// topicsTrainOptions are the flags of topics train.
type topicsTrainOptions struct{ quiet, json bool }

func (a *app) topicsTrainCommand() *cobra.Command {
	c := &a.cfg
	var o topicsTrainOptions
	cmd := &cobra.Command{
		Use:   "train [flags]",
		Short: "Learn topics from the articles that state theirs",
		Long: `Learn topics from the articles that state theirs, and give them to the others:
each topic that 20 articles state, and that can be told by their words. How well
is measured on articles that are held out; a topic whose precision is below .6,
or F1 below .4, is left out. "newsq index" does so by itself, and again when the
articles that state topics have grown by a fifth. Nothing but the index is read.
Searches go on meanwhile, and see all changes at once, at the end.`,
		Example: `  newsq topics train
  newsq topics train --json`,
		Args: exactArgs(0, "topics train takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.trainTopics(cmd.Context(), &o) },
	}
	cmd.Flags().BoolVarP(&o.quiet, "quiet", "q", c.Quiet, "print neither progress nor summary")
	cmd.Flags().BoolVar(&o.json, "json", c.JSON, "print what was learned as one JSON object")
	return cmd
}

// trainTopics has the index learn topics.
func (a *app) trainTopics(ctx context.Context, o *topicsTrainOptions) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	p := a.newProgress("learning", o.quiet || o.json)
	r, err := ix.TrainTopics(ctx, &index.TrainTopicsOptions{Progress: func(done, _ int) { p.update(index.Progress{LearningTopics: done}) }})
	p.clear()
	switch err = errors.Join(err, ix.Close()); {
	case errors.Is(err, index.ErrFewLabels):
		return &commandError{err: err, hint: "topics are learned from articles whose source states some; rules give topics without:  newsq topics rules"}
	case err != nil:
		return a.explainIndexError(err, dir)
	case o.json:
		return render.TrainTopicsReportJSON(a.stdout, &r)
	case o.quiet:
		return nil
	}
	return a.printPaged(func(w io.Writer, opt render.Options) error { return render.TrainTopicsReport(w, &r, opt) })
}
