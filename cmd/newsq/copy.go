package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/render"
)

// copyOptions are the flags of copy.
type copyOptions struct {
	force, json  bool
	memory, wait string
}

func (a *app) copyCommand() *cobra.Command {
	var o copyOptions
	cmd := &cobra.Command{
		Use:   "copy [flags] FROM TO",
		Short: "Copy an index to another place, also to or from a cluster",
		Long: `Copy all of an index: from a folder to an OpenSearch cluster when one outgrows a
machine, back, or from a folder to a folder. Articles under embargo, versions,
rules of topics, other names and the list of what was removed go along, and so
does what is known of files: the next "newsq index" finds them unchanged. At the
end the copy is read again and compared, article by article.

TO must hold no index yet, unless --force is given: then it is made equal to
FROM, and what it has beside is removed from it. A copy that was cut short is
gone on with by the same command. FROM can be read and written meanwhile; the
copy is of its last state when it began.`,
		Example: `  newsq copy ~/news.idx https://search.example:9200/news
  newsq copy https://search.example:9200/news ~/news.idx`,
		Args: exactArgs(2, "copy takes two places: from and to"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.copy(cmd.Context(), args[0], args[1], &o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&o.force, "force", a.cfg.Force, "make TO equal to FROM, whatever it has")
	a.addWaitFlag(f, &o.wait)
	f.StringVar(&o.memory, "memory", a.cfg.Memory, "`size` of what may be held in memory at a time, such as 1GB; more is faster")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print the summary as one JSON object")
	return cmd
}

// copy copies an index.
func (a *app) copy(ctx context.Context, from, to string, o *copyOptions) error {
	memory, err := parseMemory(o.memory)
	if err != nil {
		return err
	}
	wait, err := parseWait(o.wait)
	if err != nil {
		return err
	}
	for _, location := range []*string{&from, &to} {
		if *location, err = config.ExpandHome(*location); err != nil {
			return err
		}
	}
	if ctx, err = a.reach(ctx, from, to); err != nil {
		return err
	}
	defer limitHeap(memory)()
	p := a.newProgress("copying", o.json)
	defer p.clear()
	report, err := index.Copy(ctx, from, to, &index.CopyOptions{
		Force: o.force, Memory: memory, LockWait: wait, Waiting: a.tellWaiting,
		Progress: p.updateCopy,
	})
	p.clear()
	if err == nil && o.json {
		return render.CopyReportJSON(a.stdout, &report)
	}
	if err != nil {
		return a.explainCopyError(err, from, to)
	}
	_, err = fmt.Fprintln(a.stdout, render.CopyReport(&report))
	return err
}

// explainCopyError returns an error of a copy together with what to do about it.
func (a *app) explainCopyError(err error, from, to string) error {
	copying := func(from, to string) string {
		return a.programName() + " copy " + quoteArg(from) + " " + quoteArg(to)
	}
	unfinished, isUnfinished := errors.AsType[*index.UnfinishedError](err)
	switch {
	case errors.Is(err, context.Canceled):
		a.logger(a.stderr).Info("interrupted; what was copied is kept. Run the same command again to go on.")
		return exitStatus(exitInterrupted)
	case errors.Is(err, fs.ErrExist):
		return &commandError{err: err, hint: "to make it equal, and remove what it has beside:  " + copying(from, to) + " --force", code: exitUsage}
	case isUnfinished:
		return &commandError{err: err, hint: "finish it first:  " + copying(unfinished.Source, unfinished.Location)}
	case errors.Is(err, index.ErrOutdated):
		return &commandError{err: err, hint: "make it anew from its articles first:  " + a.programName() + " stats -i " + quoteArg(from)}
	case errors.Is(err, index.ErrCopy):
		return &commandError{err: err, hint: "what differs is written anew by  " + copying(from, to)}
	case errors.Is(err, index.ErrServer):
		a.indexFlagValue = to
		if _, isFolder := index.FolderOf(to); isFolder {
			a.indexFlagValue = from
		}
		return &commandError{err: err, hint: "what was copied is kept; to go on:  " + copying(from, to) +
			"\nsee how the cluster is:  " + a.programName() + " engine status" + a.indexFlag()}
	case errors.Is(err, index.ErrNoIndex): // at the other place one is made
		to = from
	}
	a.indexFlagValue = to // which what to do is about
	return a.explainIndexError(err, to)
}
