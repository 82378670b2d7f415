package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/internal/render"
)

func (a *app) withdrawnCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "withdrawn [flags]",
		Short: "List the articles that their senders took back",
		Long: `List the articles that agencies killed, canceled or withdrew: when, why, and the
file that says so. They are in no result as long as that file is in the index,
also when they arrive later.`,
		Example: `  newsq withdrawn
  newsq withdrawn --json`,
		Args: exactArgs(0, "withdrawn takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.withdrawn(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", a.cfg.JSON, "print one JSON object")
	return cmd
}

// withdrawn lists what was taken back.
func (a *app) withdrawn(ctx context.Context, asJSON bool) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	list, err := ix.Withdrawn(ctx)
	if err != nil {
		dir, _ := a.indexDir()
		return a.explainIndexError(err, dir)
	}
	if asJSON {
		err = render.WithdrawnJSON(a.stdout, list)
	} else {
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Withdrawn(w, list, opt) })
	}
	if err == nil && len(list) == 0 {
		if !asJSON {
			a.logger(a.stderr).Info("no sender has taken an article back")
		}
		return exitStatus(exitNoMatch)
	}
	return err
}
