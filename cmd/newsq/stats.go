package main

import (
	"github.com/spf13/cobra"

	"github.com/newsq/newsq/internal/render"
)

func (a *app) statsCommand() *cobra.Command {
	var json bool
	cmd := &cobra.Command{
		Use:   "stats [flags]",
		Short: "Tell what the index holds and what it takes on the disk",
		Example: `  newsq stats
  newsq stats --json`,
		Args: exactArgs(0, "stats takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ix, err := a.openIndex()
			if err != nil {
				return err
			}
			defer ix.Close()
			s, err := ix.Stats(cmd.Context())
			if err != nil {
				dir, _ := a.indexDir()
				return a.explainIndexError(err, dir)
			}
			if json {
				return render.StatsJSON(a.stdout, s)
			}
			return render.Stats(a.stdout, s)
		},
	}
	cmd.Flags().BoolVar(&json, "json", a.cfg.JSON, "print the figures as one JSON object")
	return cmd
}
