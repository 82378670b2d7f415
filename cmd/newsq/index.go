package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// indexOptions are the flags of index.
type indexOptions struct {
	prune, bringBack, dryRun, yes bool
	strict, quiet, json, fullText bool
	links, noLearn, noCopies      bool
	fields                        []string
	topics, memory, wait          string
	notify, notifyWait            string
	entities, quotations          string
}

func (a *app) indexCommand() *cobra.Command {
	c := &a.cfg
	var o indexOptions
	cmd := &cobra.Command{
		Use:   "index [flags] PATH...",
		Short: "Read articles into the index, or bring it up to date",
		Long: `Read articles from files and folders into the index, which is made if there is
none. Run it again whenever you like: only what changed is read. Folders are
read with all that is in them; - reads standard input.

What is read: text, web pages, office files, downloads of press databases, mail,
feeds, wires, exports and archives; "newsq formats" lists all, and --dry-run
tells what your own files would be read as. Hidden files, and what a
.newsqignore names, are left out, and files in other forms skipped and counted.
What can't be read is named at the end, and the rest is indexed all the same.
Ctrl-C stops in order, keeping what was done.

An article keeps its id when its file is moved or its folder renamed. Articles
whose files are gone stay until --prune, for which PATH may be gone as a whole;
without PATH it removes what is gone from wherever. What "newsq remove" removed
stays out until --bring-back.

PATH may be the address of a feed or of a file. It is fetched if it changed.
What a feed has dropped stays, and --full-text fetches the pages of new items,
as far as the server's robots.txt allows it, one a second.`,
		Example: `  newsq index ~/analyses
  newsq index -i team.idx wire.jsonl.gz archive/
  newsq index --prune ~/analyses       also forget what was deleted there
  newsq index --dry-run ~/Downloads    what would be read as what
  newsq index --prune --dry-run        what is gone, from wherever it was
  newsq index dump.json --map kicker=title --map copy=body
  newsq index --full-text https://example.org/feed.xml
  curl -s https://example.org/all.jsonl | newsq index -`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case o.dryRun && o.prune && len(absentPaths(args)) < len(args):
				return usageError("leave out the paths that are there, or --prune", "--prune --dry-run tells what would be removed of paths that are gone")
			case len(args) == 0 && !cmd.Flags().Changed("prune"):
				return usageError("name what to read, such as:  "+a.programName()+" index ~/analyses\n"+
					"or the folder you are in:    "+a.programName()+" index .", "no file or folder was given")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.runIndex(cmd.Context(), args, &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&o.prune, "prune", c.Prune, "remove articles that are gone from PATH")
	f.BoolVar(&o.dryRun, "dry-run", c.DryRun, "only tell what would be read as what; with --prune, what would be removed")
	f.BoolVarP(&o.yes, "yes", "y", c.Yes, "with --prune without PATH: don't ask")
	f.BoolVar(&o.bringBack, "bring-back", c.BringBack, "read articles again that \"newsq remove\" removed")
	f.BoolVar(&o.fullText, "full-text", c.FullText, "fetch the pages of a feed's items for their whole text")
	f.BoolVar(&o.links, "links", c.Links, "index links without text too, such as bookmarks: by their titles")
	f.BoolVar(&o.noLearn, "no-learn", c.NoLearn, "don't learn what words mean; \"newsq learn\" does it at any time")
	f.BoolVar(&o.noCopies, "no-copies", c.NoCopies, "don't find out which articles are copies of one story; the next run without it does")
	f.StringVar(&o.entities, "entities", c.Entities, "find the people, organizations and places that articles name: on or off, for this index from now on")
	f.Lookup("entities").NoOptDefVal = "on"
	f.StringVar(&o.quotations, "quotations", c.Quotations, "find what articles quote, forecast, recommend and doubt, as without a choice: on or off, for this index from now on")
	f.Lookup("quotations").NoOptDefVal = "on"
	f.BoolVar(&o.strict, "strict", c.Strict, "exit with 4 when something could not be read, or not be told by --notify")
	f.StringArrayVar(&o.fields, "map", c.Map, "read a field of JSON as one of an article, such as kicker=title, by `FIELD=ARTICLE_FIELD`; repeat for more")
	f.StringVar(&o.topics, "topics", c.Topics, "`file` of rules that give articles topics, for this index from now on")
	f.StringVar(&o.memory, "memory", c.Memory, "`size` of what may be held in memory at a time, such as 1GB; more is faster")
	a.addWaitFlag(f, &o.wait)
	a.addNotifyFlag(f, &o)
	f.StringVar(&o.notifyWait, "notify-wait", c.NotifyWait, "how `long` to try again where --notify fails; the next run goes on")
	f.BoolVarP(&o.quiet, "quiet", "q", c.Quiet, "print neither progress nor summary, only what went wrong")
	f.BoolVar(&o.json, "json", c.JSON, "print the summary as one JSON object")
	return cmd
}

// runIndex brings the index in step with paths.
func (a *app) runIndex(ctx context.Context, paths []string, o *indexOptions) error {
	src, err := a.openIndexSources(ctx, paths, o)
	if err != nil || src == nil {
		return err
	}
	if o.dryRun {
		return a.survey(ctx, src, o)
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
	opts.Waiting = a.tellWaiting
	if opts.Embeddings, err = a.embeddings(); err != nil {
		return err
	}
	notify, err := a.notifier(o)
	if err != nil {
		return err
	}
	report, isNew, err := a.syncIndex(ctx, dir, opts, src, notify, o)
	interrupted := errors.Is(err, context.Canceled)
	if err != nil && !interrupted {
		return a.explainIndexError(err, dir)
	}
	if err := a.printSyncReport(&report, o, interrupted); err != nil {
		return err
	}
	switch {
	case interrupted:
		return exitStatus(exitInterrupted)
	case o.strict && (len(report.Unreadable) > 0 || notify.failed):
		return exitStatus(exitPartial)
	}
	if isNew && report.Added > 0 && !o.quiet && !o.json {
		a.printHints("the index is at " + dir + "; now try:  " + a.programName() + " search" + a.indexFlag() + " WORDS")
	}
	return nil
}

// writing returns how the flags want the index to be opened.
func (o *indexOptions) writing() (opts *index.Options, err error) {
	opts = &index.Options{NoLearn: o.noLearn, NoCopies: o.noCopies}
	if opts.Memory, err = parseMemory(o.memory); err != nil {
		return nil, err
	}
	if opts.LockWait, err = parseWait(o.wait); err != nil {
		return nil, err
	}
	if opts.Entities, err = parseSwitch("entities", o.entities); err != nil {
		return nil, err
	}
	if opts.Quotations, err = parseSwitch("quotations", o.quotations); err != nil {
		return nil, err
	}
	if o.topics != "" {
		if opts.Topics, err = readTopics(o.topics); err != nil {
			return nil, err
		}
	}
	return opts, nil
}

// parseSwitch reads the value of a flag that is on or off; nothing leaves it as the index has it.
func parseSwitch(flag, s string) (index.Switch, error) {
	switch strings.ToLower(s) {
	case "":
		return index.AsKept, nil
	case "on", "true", "yes", "1":
		return index.On, nil
	case "off", "false", "no", "0":
		return index.Off, nil
	}
	return index.AsKept, usageError("such as:  --"+flag+"  or  --"+flag+"=off", "--%s is on or off, not %q", flag, s)
}

// syncIndex brings the index at a location in step with a source and shows progress.
// After an interrupt it says at once that it is stopping. isNew says that the index was
// empty.
func (a *app) syncIndex(ctx context.Context, dir string, opts *index.Options, src corpus.Source, notify *notifier, o *indexOptions) (report index.SyncReport, isNew bool, err error) {
	ix, err := index.Open(ctx, dir, opts)
	if err != nil {
		return report, false, err
	}
	before, err := ix.Len(ctx)
	if err != nil {
		return report, false, errors.Join(err, ix.Close())
	}
	notices := ix.Notices()
	if !o.json {
		logFirst(a.logger(a.stderr).Warn, notices, render.Clean)
		notices = nil
	}
	p := a.newProgress("indexing", o.quiet || o.json)
	defer p.clear()
	stop := context.AfterFunc(ctx, func() {
		p.printAbove(func() {
			a.logger(a.stderr).Info("stopping; what was read is kept. Press Ctrl-C again to stop at once.")
		})
	})
	defer stop()
	report, err = ix.Sync(ctx, src, &index.SyncOptions{Prune: o.prune, BringBack: o.bringBack, Progress: p.update})
	report.Warnings = append(notices, report.Warnings...)
	if err == nil {
		p.clear()
		report.Warnings = append(report.Warnings, notify.run(ctx, ix)...)
		err = ctx.Err()
	}
	// Close writes nothing that Sync did not write, yet may find the disk full.
	if closeErr := ix.Close(); err == nil {
		err = closeErr
	}
	return report, before == 0, err
}

// maxListed is the most places of a kind that a person is told of. JSON has all
// of them.
const maxListed = 20

// logFirst logs a line for each of the first values, and the number of the
// others.
func logFirst[T any](log func(any, ...any), values []T, line func(T) string) {
	for i, v := range values {
		if i == maxListed {
			log("and " + render.Count(len(values)-i, "more", "more") + "; --json names all")
			return
		}
		log(line(v))
	}
}

// printSyncReport prints what a sync did, and what could not be read.
func (a *app) printSyncReport(c *index.SyncReport, o *indexOptions, interrupted bool) error {
	if o.json {
		return render.SyncReportJSON(a.stdout, c, interrupted)
	}
	l := a.logger(a.stderr)
	logFirst(l.Warn, c.Unreadable, render.Unreadable)
	logFirst(l.Warn, c.Warnings, render.Clean)
	if !o.quiet {
		logFirst(l.Info, c.Partial, render.Unreadable)
	}
	if c.Vanished > 0 && !o.quiet {
		l.Info(render.Count(c.Vanished, "article is no longer there and stays", "articles are no longer there and stay") + " in the index; --prune removes such articles")
	}
	if !o.quiet {
		if err := render.Synced(a.stdout, c, a.renderOptions(a.stdout)); err != nil {
			return err
		}
	}
	if err := a.printSavedNews(c.Saved, o.quiet); err != nil {
		return err
	}
	if interrupted {
		l.Info("interrupted; what was read is kept. Run the same command again to go on.")
	}
	return nil
}
