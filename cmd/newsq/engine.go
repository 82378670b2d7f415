package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// engineInitOptions are the flags of engine init.
type engineInitOptions struct {
	shards, replicas  int
	dryRun, yes, json bool
}

func (a *app) engineCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "engine",
		Short: "Prepare an OpenSearch cluster for an index, and look at it",
		Long: `An index can lie on an OpenSearch cluster instead of in a folder: then its name
is a URL, such as https://search.example:9200/news, in place of a folder. All
commands are the same for both.`,
		Example: `  newsq engine init -i https://search.example:9200/news
  newsq engine status -i https://search.example:9200/news`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.unknownCommand(cmd, args)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.engineInitCommand(), a.engineStatusCommand())
	return cmd
}

func (a *app) engineInitCommand() *cobra.Command {
	var o engineInitOptions
	cmd := &cobra.Command{
		Use:   "init [flags]",
		Short: "Make an empty index on a cluster, after showing what is done",
		Long: `Show what has to be done so that there is an index at the URL of -i, ask, and do
it. What is there already stays as it is. "newsq index" does the same by itself
where there is no index; this is to see it before, and to choose.

One shard is best for what fits on one machine of the cluster: with more, a
search during "newsq index" may see each as of a moment of its own. Replicas are
copies on other machines; by default there is one where there are two machines.`,
		Example: `  newsq engine init -i https://search.example:9200/news
  newsq engine init -i https://search.example:9200/news --dry-run
  newsq engine init -i https://search.example:9200/news --replicas 2 --yes`,
		Args: exactArgs(0, "engine init takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.engineInit(cmd.Context(), &o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.IntVar(&o.shards, "shards", a.cfg.Shards, "parts that the index is in; 1 is best for what fits")
	f.IntVar(&o.replicas, "replicas", a.cfg.Replicas, "copies of each part beside the first; -1 for one where there are two machines")
	f.BoolVar(&o.dryRun, "dry-run", a.cfg.DryRun, "only tell what would be done")
	f.BoolVarP(&o.yes, "yes", "y", a.cfg.Yes, "don't ask before it is done")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print the steps as one JSON object")
	return cmd
}

// engineInit makes an index on a cluster.
func (a *app) engineInit(ctx context.Context, o *engineInitOptions) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	with := index.InitOptions{Shards: o.shards}
	if o.replicas >= 0 {
		with.Replicas = &o.replicas
	}
	if o.shards < 1 || o.replicas < -1 {
		return usageError("", "--shards must be 1 or more, and --replicas 0 or more")
	}
	plan, err := index.PlanInit(ctx, dir, &with)
	if err != nil {
		return a.explainEngineError(err, dir)
	}
	if !o.json {
		if err := render.InitPlan(a.stdout, plan, a.renderOptions(a.stdout)); err != nil {
			return err
		}
	}
	if o.dryRun || len(plan.Steps) == 0 {
		if o.json {
			return render.InitPlanJSON(a.stdout, plan, false)
		}
		return nil
	}
	if !o.yes && a.canAsk() {
		if ok, err := a.ask("do this?"); err != nil || !ok {
			a.logger(a.stderr).Info("nothing was done")
			return errors.Join(err, exitStatus(exitNoMatch))
		}
	}
	if err := plan.Apply(ctx); err != nil {
		return a.explainIndexError(err, dir)
	}
	if o.json {
		return render.InitPlanJSON(a.stdout, plan, true)
	}
	a.printHints("now:  " + a.programName() + " index" + a.indexFlag() + " FOLDER")
	return nil
}

// explainEngineError is explainIndexError for commands that are for clusters.
func (a *app) explainEngineError(err error, location string) error {
	if dir, ok := index.FolderOf(location); ok && errors.Is(err, index.ErrUnsupported) {
		return &commandError{
			err:  errors.New(dir + " is a folder, which needs no engine: newsq itself keeps the index there"),
			hint: "for a cluster, name its URL:  " + a.programName() + " engine status -i https://HOST:9200/NAME", code: exitUsage,
		}
	}
	if errors.Is(err, index.ErrServer) { // the status is what was asked for
		return err
	}
	return a.explainIndexError(err, location)
}

// engineStatusOptions are the flags of engine status.
type engineStatusOptions struct{ json bool }

func (a *app) engineStatusCommand() *cobra.Command {
	var o engineStatusOptions
	cmd := &cobra.Command{
		Use:   "status [flags]",
		Short: "Tell how an index on a cluster is, and the cluster",
		Long: `Tell how the cluster at the URL of -i is, what the index is made of, who writes
to it, and what promises less than one may expect, such as no copy on a second
machine. It asks for little, and says what it was not allowed to ask.`,
		Example: `  newsq engine status -i https://search.example:9200/news
  newsq engine status -i https://search.example:9200/news --json`,
		Args: exactArgs(0, "engine status takes no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.engineStatus(cmd.Context(), &o)
		},
	}
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print the status as one JSON object")
	return cmd
}

// engineStatus tells how an index on a cluster is.
func (a *app) engineStatus(ctx context.Context, o *engineStatusOptions) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	s, err := index.StatusOf(ctx, dir)
	switch {
	case err != nil:
		return a.explainEngineError(err, dir)
	case o.json:
		return render.EngineStatusJSON(a.stdout, s)
	}
	return render.EngineStatus(a.stdout, s, a.renderOptions(a.stdout))
}
