package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// starterRules names the built-in rules where a file is asked for.
const starterRules = "starter"

// topicsApplyOptions are the flags of topics apply.
type topicsApplyOptions struct{ json bool }

func (a *app) topicsApplyCommand() *cobra.Command {
	var o topicsApplyOptions
	cmd := &cobra.Command{
		Use:   "apply [flags] FILE|starter",
		Short: "Give all articles of the index their topics by other rules",
		Long: `Make the rules in FILE, or the built-in ones, those of the index, and give all
of its articles their topics by them. Topics that articles state themselves
stay. The files that articles came from are not read. Searches go on meanwhile,
and see all changes at once, at the end. Ctrl-C stops in order; the same
command, or the next "newsq index", goes on.

The rules in use are those that  newsq topics rules --in-use  prints.`,
		Example: `  newsq topics apply my-topics.yaml
  newsq topics apply starter`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError("usage:  newsq topics apply FILE\nor, for the built-in rules:  "+a.programName()+" topics apply "+starterRules+
					"\nthe rules in use:  "+a.programName()+" topics rules --in-use", "name one file of rules")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.applyTopics(cmd.Context(), args[0], &o) },
	}
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print what changed as one JSON object")
	return cmd
}

// applyTopics applies the rules in a file, or the built-in ones, to the index.
func (a *app) applyTopics(ctx context.Context, file string, o *topicsApplyOptions) error {
	rules := index.StarterTopics()
	if file != starterRules {
		var err error
		if rules, err = readTopics(file); err != nil {
			return err
		}
	}
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	p := a.newProgress("applying rules to", o.json)
	defer p.clear()
	report, err := ix.ApplyTopics(ctx, rules, &index.ApplyTopicsOptions{Progress: func(done, _ int) {
		p.update(index.Progress{Report: index.SyncReport{Unchanged: done}})
	}})
	if closeErr := ix.Close(); err == nil {
		err = closeErr
	}
	p.clear()
	interrupted := errors.Is(err, context.Canceled)
	if err != nil && !interrupted {
		return a.explainIndexError(err, dir)
	}
	if o.json {
		err = render.TopicsReportJSON(a.stdout, &report, interrupted)
	} else if !interrupted {
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.TopicsReport(w, &report, opt) })
	}
	if !interrupted || err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	a.logger(a.stderr).Info("interrupted; searches find the topics of before. Run the same command again to go on.")
	return exitStatus(exitInterrupted)
}
