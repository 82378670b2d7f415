package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// checkOptions are the flags of check.
type checkOptions struct{ repair, json bool }

func (a *app) checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [flags]",
		Short: "Check the index for damage, and repair it",
		Long: `Check reads every file of the index and compares it with its checksums, and the
numbers of articles with what is stored. Each damaged file is named, and the
exit code is 3.

With --repair a new index is made of a damaged one: from its newest undamaged
state, else from every article that can still be read. What is lost is named.
The damaged index stays beside the new one, under another name.

Of an index on a cluster, every stored article is read, and numbers and mapping
are compared with what they should be; files are the cluster's to check.`,
		Example: `  newsq check
  newsq check --repair
  newsq check --json -i news.idx`,
		Args: exactArgs(0, "check takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&o.repair, "repair", a.cfg.Repair, "save what can be saved; the damaged index is kept beside")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print the report as one JSON object")
	return cmd
}

// check checks the index, and repairs it if that is asked for.
func (a *app) check(ctx context.Context, o *checkOptions) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	report, err := index.Check(ctx, dir)
	if err != nil {
		return a.explainIndexError(err, dir)
	}
	var repaired *index.RebuildReport
	if o.repair && !report.Whole() {
		r, err := index.Repair(ctx, dir, nil)
		if err != nil {
			return a.explainIndexError(err, dir)
		}
		repaired = &r
	}
	if o.json {
		err = render.CheckReportJSON(a.stdout, &report, repaired)
	} else {
		err = render.CheckReport(a.stdout, &report, repaired)
	}
	switch {
	case err != nil:
		return err
	case report.Whole() || repaired != nil && len(repaired.Lost) == 0 && !repaired.Unsure:
		return nil
	case repaired == nil && !o.json:
		a.printHints("save what can be saved:  " + a.programName() + " check --repair" + a.indexFlag())
	}
	return exitStatus(exitFailed)
}
