package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// watchOptions are the flags of watch.
type watchOptions struct {
	indexOptions
	every string
}

func (a *app) watchCommand() *cobra.Command {
	c := &a.cfg
	var o watchOptions
	cmd := &cobra.Command{
		Use:   "watch [flags] PATH...",
		Short: "Keep the index in step with folders and feeds",
		Long: `Read articles as "newsq index" does, and go on: what is written, moved or
deleted in the folders is taken in within two seconds, and feeds are asked for
what is new. Other commands may write the index meanwhile. Ctrl-C ends it.`,
		Example: `  newsq watch ~/analyses
  newsq watch --every 5m https://example.org/feed.xml ~/wire
  newsq watch --prune ~/analyses       also forget what is deleted there`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError("name what to watch, such as:  "+a.programName()+" watch ~/analyses", "no file or folder was given")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.watch(cmd.Context(), args, &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.every, "every", cmp.Or(c.Every, "15m"), "ask feeds for what is new so `often`, such as 5m")
	f.BoolVar(&o.prune, "prune", c.Prune, "remove articles that are gone from PATH")
	f.BoolVar(&o.fullText, "full-text", c.FullText, "fetch the pages of a feed's items for their whole text")
	f.BoolVar(&o.noLearn, "no-learn", c.NoLearn, "don't learn what words mean; \"newsq learn\" does it at any time")
	f.BoolVar(&o.noCopies, "no-copies", c.NoCopies, "don't find out which articles are copies of one story; the next run without it does")
	f.StringArrayVar(&o.fields, "map", c.Map, "read a field of JSON as one of an article, such as kicker=title, by `FIELD=ARTICLE_FIELD`; repeat for more")
	f.StringVar(&o.topics, "topics", c.Topics, "`file` of rules that give articles topics, for this index from now on")
	f.StringVar(&o.memory, "memory", c.Memory, "`size` of what may be held in memory at a time, such as 1GB; more is faster")
	a.addNotifyFlag(f, &o.indexOptions)
	f.BoolVarP(&o.quiet, "quiet", "q", c.Quiet, "print only what went wrong")
	f.BoolVar(&o.json, "json", c.JSON, "print what each sync did as a JSON object on a line")
	return cmd
}

// minEvery is how often feeds may be asked at most.
const minEvery = time.Minute

// watch keeps the index in step with paths until it is interrupted.
func (a *app) watch(ctx context.Context, paths []string, o *watchOptions) error {
	every, err := time.ParseDuration(o.every)
	if err != nil || every < minEvery {
		return usageError("such as:  --every 5m", "--every needs a time of at least a minute, not %q", o.every)
	}
	src, err := a.openSourcesWith(o.reading(), paths, o.fields)
	if err != nil {
		return err
	}
	files, ok := src.(*corpus.Files)
	if !ok || len(files.Folders())+len(files.Addresses()) < len(paths) {
		return usageError("use  "+a.programName()+" index -", "standard input cannot be watched")
	}
	opts, err := o.writing()
	if err != nil {
		return err
	}
	defer limitHeap(opts.Memory)()
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	notify, err := a.notifier(&o.indexOptions)
	if err != nil {
		return err
	}
	l := a.logger(a.stderr)
	first := true
	err = index.Watch(ctx, dir, opts, files, index.WatchOptions{
		Sync: index.SyncOptions{Prune: o.prune}, Feeds: every,
		Deliver: notify.deliver, Notified: notify.tell,
		Waiting: func(err error) { l.Info("waiting: " + err.Error()) },
		Synced: func(r index.SyncReport, err error) {
			if err != nil {
				l.Warn("a sync failed and will be done again: " + err.Error())
				return
			}
			a.printWatched(&r, o, first)
			first = false
		},
	})
	if errors.Is(err, context.Canceled) {
		return exitStatus(exitInterrupted)
	}
	return a.explainIndexError(err, dir)
}

// printWatched prints what a sync did, if it did anything.
func (a *app) printWatched(r *index.SyncReport, o *watchOptions, first bool) {
	did := r.Added+r.Updated+r.Removed+r.Retagged+r.Withdrawn+r.Superseded > 0
	if o.json {
		if did || first || len(r.Unreadable) > 0 {
			_ = render.SyncReportJSON(a.stdout, r, false) // the next line fails as well, and ends in a broken pipe
		}
		return
	}
	l := a.logger(a.stderr)
	logFirst(l.Warn, r.Unreadable, render.Unreadable)
	logFirst(l.Warn, r.Warnings, render.Clean)
	if !o.quiet && (did || first) {
		fmt.Fprintln(a.stdout, time.Now().Format("15:04:05"), render.Watched(r))
	}
	_ = a.printSavedNews(r.Saved, o.quiet) // the next line fails as well
	if o.quiet {
		return
	}
	if first {
		l.Info("watching; Ctrl-C ends it")
	}
}
