package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

func (a *app) saveCommand() *cobra.Command {
	var o searchOptions
	cmd := &cobra.Command{
		Use:   "save [flags] NAME QUERY...",
		Short: "Keep a search with the index, to be told what is new",
		Long: `Keep a search with the index under a name, with its filters. What is there now
is not new for it: "newsq new" tells what comes in later. A search of the same
name is replaced. Every word must occur, as the search is never relaxed.`,
		Example: `  newsq save deterrence 'deterrence OR "nuclear posture"'
  newsq save rates '"interest rates"' --topic economy --lang en`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError("such as:  "+a.programName()+" save rates '\"interest rates\"'", "no name was given")
			}
			if err := index.CheckSavedName(args[0]); err != nil {
				return usageError("such as:  "+a.programName()+" save rates '\"interest rates\"'", "%v", err)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.save(cmd.Context(), args[0], strings.Join(args[1:], " "), &o)
		},
	}
	cmd.Flags().SortFlags = false
	a.addFilterFlags(cmd, &o)
	cmd.Flags().BoolVar(&o.any, "any", a.cfg.Any, "articles with any of the words, rather than all")
	cmd.Flags().BoolVar(&o.noAliases, "no-aliases", a.cfg.NoAliases, "only words as they are asked for, not DPRK for North Korea")
	a.addSyntaxFlag(cmd, &o)
	return cmd
}

// save keeps a search.
func (a *app) save(ctx context.Context, name, text string, o *searchOptions) error {
	text, err := a.inNewsq(text, o, asText)
	if err != nil {
		return err
	}
	s := index.SavedSearch{Name: name, Text: text, Any: o.any, NoAliases: o.noAliases, Filters: o.filters(), SinceDate: o.since, UntilDate: o.until}
	if strings.TrimSpace(text) == "" && len(s.Filters) == 0 && o.since == "" && o.until == "" {
		return usageError("for all articles:  "+a.programName()+" save "+name+" '*'", "no query was given, and no filter")
	}
	if err := a.checkDates(o); err != nil {
		return err
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(ix.Save(ctx, s), ix.Close()); err != nil {
		return a.searchError(err)
	}
	_, err = fmt.Fprintln(a.stdout, "saved "+name+"; what comes in from now on:  "+a.programName()+" new "+name)
	return err
}

func (a *app) savedCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "saved [flags]",
		Short:   "List the saved searches",
		Long:    `List the searches that "newsq save" keeps with the index, and their queries.`,
		Example: `  newsq saved`,
		Args:    exactArgs(0, "saved takes no arguments"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.saved(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", a.cfg.JSON, "print one JSON object")
	return cmd
}

// saved lists saved searches.
func (a *app) saved(ctx context.Context, asJSON bool) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	list, err := ix.Saved(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		err = render.SavedJSON(a.stdout, list)
	} else {
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Saved(w, list, opt) })
	}
	if err == nil && len(list) == 0 {
		if !asJSON {
			a.logger(a.stderr).Info("no search is saved; such as:  " + a.programName() + " save rates '\"interest rates\"'")
		}
		return exitStatus(exitNoMatch)
	}
	return err
}

func (a *app) unsaveCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "unsave NAME...",
		Short:   "Forget saved searches",
		Long:    `Forget saved searches, whose names "newsq saved" tells. No article is changed.`,
		Example: `  newsq unsave rates`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError("to list them:  "+a.programName()+" saved", "no name was given")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ix, err := a.openIndexToWrite(cmd.Context())
			if err != nil {
				return err
			}
			return a.savedError(errors.Join(ix.Unsave(cmd.Context(), args...), ix.Close()))
		},
	}
}

// maxSavedTold is the most saved searches of which a sync tells a person.
const maxSavedTold = 10

// printSavedNews prints for which saved searches a sync brought articles, and what is wrong
// with others.
func (a *app) printSavedNews(counts []index.SavedCount, quiet bool) error {
	var failed, news []index.SavedCount
	for i := range counts {
		if counts[i].Err != nil {
			failed = append(failed, counts[i])
		} else {
			news = append(news, counts[i])
		}
	}
	logFirst(a.logger(a.stderr).Warn, failed, func(c index.SavedCount) string { return savedFailure(&c) })
	if quiet {
		return nil
	}
	command := a.programName() + " new" + a.indexFlag()
	for i := range news[:min(len(news), maxSavedTold)] {
		if _, err := fmt.Fprintln(a.stdout, render.SavedNews(&news[i])+":  "+command+" "+quoteArg(news[i].Search.Name)); err != nil {
			return err
		}
	}
	if more := len(news) - maxSavedTold; more > 0 {
		_, err := fmt.Fprintln(a.stdout, "and "+render.Count(more, "more saved search", "more saved searches")+":  "+command+" --count")
		return err
	}
	return nil
}

// savedFailure says that a saved search can't be asked, and why.
func savedFailure(c *index.SavedCount) string {
	return "saved search " + c.Search.Name + " can't be asked: " + render.Clean(c.Err.Error())
}

// savedError says what to do where there is no search of a name.
func (a *app) savedError(err error) error {
	if errors.Is(err, index.ErrNotFound) {
		return usageError("to list them:  "+a.programName()+" saved", "%v", err)
	}
	return err
}

// newOptions are the flags of new.
type newOptions struct{ keep, count, ids, jsonl bool }

func (a *app) newCommand() *cobra.Command {
	var o newOptions
	cmd := &cobra.Command{
		Use:   "new [flags] [NAME...]",
		Short: "Tell what came in for saved searches",
		Long: `Tell which articles came into the index for saved searches, since you were told
the last time: by when they were added, whatever their dates. Each is told once.
An article that is updated is no new one.`,
		Example: `  newsq new
  newsq new rates --keep               and tell the same the next time
  newsq new --jsonl | jq -r '.search + " " + .title'`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.tellNew(cmd.Context(), args, &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&o.keep, "keep", a.cfg.Keep, "mark nothing as told")
	f.BoolVar(&o.count, "count", a.cfg.Count, "print only how many there are, by search, and mark nothing as told")
	f.BoolVar(&o.ids, "ids", a.cfg.IDs, "print only the ids, one a line")
	f.BoolVar(&o.jsonl, "jsonl", a.cfg.JSONL, "print one JSON object an article")
	cmd.MarkFlagsMutuallyExclusive("count", "ids", "jsonl")
	return cmd
}

// tellNew tells what is new in the saved searches of some names, or in all of them.
func (a *app) tellNew(ctx context.Context, names []string, o *newOptions) (err error) {
	open := a.openIndexToWrite
	if o.keep || o.count {
		open = a.openIndex
	}
	ix, err := open(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	counts, err := ix.NewCounts(ctx, names...)
	if err != nil {
		return a.savedError(err)
	}
	marks := &seenMarks{ix: ix, off: o.keep || o.count}
	// Also after an error: what was told is told.
	defer func() { err = errors.Join(err, marks.write(context.WithoutCancel(ctx))) }()
	total := 0
	for i := range counts {
		c := &counts[i]
		if c.Err != nil {
			if len(names) > 0 {
				return fmt.Errorf("saved search %s: %w", c.Search.Name, c.Err)
			}
			a.logger(a.stderr).Warn(savedFailure(c))
			continue
		}
		total += c.New
		if err := a.tellNewOf(ctx, ix, c, o, marks); err != nil {
			return err
		}
	}
	if total == 0 {
		return exitStatus(exitNoMatch)
	}
	return nil
}

// tellNewOf tells what is new in one saved search, and then marks it as told.
func (a *app) tellNewOf(ctx context.Context, ix *index.Index, c *index.SavedCount, o *newOptions, marks *seenMarks) (err error) {
	if o.count {
		_, err := fmt.Fprintf(a.stdout, "%s\t%d\n", c.Search.Name, c.New)
		return err
	}
	if c.New == 0 {
		return marks.add(ctx, c.Mark)
	}
	found, err := ix.NewOf(ctx, c.Search)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, found.Close(ctx)) }()
	switch {
	case o.jsonl:
		err = render.NewHitsJSONL(a.stdout, c.Search.Name, found.Hits(ctx))
	case o.ids:
		err = a.printHits(asIDs, onlyIDs(found.IDs(ctx)))
	default:
		fmt.Fprintln(a.stdout, c.Search.Name)
		err = a.printHits(asText, found.Hits(ctx))
	}
	if err != nil {
		return err
	}
	return marks.add(ctx, found.Mark())
}

// onlyIDs makes hits of ids.
func onlyIDs(ids iter.Seq2[string, error]) iter.Seq2[index.Hit, error] {
	return func(yield func(index.Hit, error) bool) {
		for id, err := range ids {
			if !yield(index.Hit{ID: id}, err) {
				return
			}
		}
	}
}

// seenMarks are what was told and is still to be marked. The marks of all searches are one
// file, so that they are written together; who stops newsq by force is told the same again.
type seenMarks struct {
	ix      *index.Index
	off     bool // nothing is to be marked
	marks   []index.SeenMark
	written time.Time
}

// marksEvery is how long a mark may wait.
const marksEvery = time.Second

func (m *seenMarks) add(ctx context.Context, mark index.SeenMark) error {
	if m.off {
		return nil
	}
	if m.written.IsZero() {
		m.written = time.Now()
	}
	if m.marks = append(m.marks, mark); time.Since(m.written) < marksEvery {
		return nil
	}
	return m.write(ctx)
}

func (m *seenMarks) write(ctx context.Context) error {
	err := m.ix.MarkSeen(ctx, m.marks...)
	if err == nil {
		m.marks, m.written = nil, time.Now()
	}
	return err
}
