package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/internal/render"
)

// statsOptions are the flags of stats.
type statsOptions struct{ json bool }

func (a *app) statsCommand() *cobra.Command {
	var o statsOptions
	cmd := &cobra.Command{
		Use:   "stats [flags]",
		Short: "Tell what the index holds and what it takes on the disk",
		Example: `  newsq stats
  newsq stats --json`,
		Args: exactArgs(0, "stats takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.stats(cmd.Context(), &o) },
	}
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print the figures as one JSON object")
	a.addEmbargoFlag(cmd.Flags())
	return cmd
}

// stats prints figures about the index.
func (a *app) stats(ctx context.Context, o *statsOptions) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	s, err := ix.Stats(ctx)
	if err != nil {
		dir, _ := a.indexDir()
		return a.explainIndexError(err, dir)
	}
	if o.json {
		return render.StatsJSON(a.stdout, s)
	}
	return render.Stats(a.stdout, s, a.renderOptions(a.stdout))
}
