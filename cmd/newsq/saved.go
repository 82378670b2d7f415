package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

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
	return cmd
}

// save keeps a search.
func (a *app) save(ctx context.Context, name, text string, o *searchOptions) error {
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
func (a *app) tellNew(ctx context.Context, names []string, o *newOptions) error {
	open := a.openIndexToWrite
	if o.keep || o.count {
		open = a.openIndex
	}
	ix, err := open(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	if len(names) == 0 {
		list, err := ix.Saved(ctx)
		if err != nil {
			return err
		}
		for i := range list {
			if list[i].Err != nil {
				a.logger(a.stderr).Warn("saved search " + list[i].Name + " can't be asked: " + render.Clean(list[i].Err.Error()))
				continue
			}
			names = append(names, list[i].Name)
		}
	}
	total := 0
	for _, name := range names {
		n, err := a.tellNewOf(ctx, ix, name, o)
		if total += n; err != nil {
			return a.savedError(err)
		}
	}
	if total == 0 {
		return exitStatus(exitNoMatch)
	}
	return nil
}

// tellNewOf tells what is new in one saved search, and then marks it as told. It returns
// how many articles there are.
func (a *app) tellNewOf(ctx context.Context, ix *index.Index, name string, o *newOptions) (told int, err error) {
	found, err := ix.New(ctx, name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, found.Close(ctx)) }()
	counted := func(yield func(index.Hit, error) bool) {
		for h, err := range found.Hits(ctx) {
			if err == nil {
				if told == 0 && !o.ids && !o.jsonl && !o.count {
					fmt.Fprintln(a.stdout, name)
				}
				told++
			}
			if !yield(h, err) {
				return
			}
		}
	}
	if err := a.printNew(name, counted, o); err != nil {
		return told, err
	}
	if o.count {
		_, err := fmt.Fprintf(a.stdout, "%s\t%d\n", name, told)
		return told, err
	}
	if o.keep {
		return told, nil
	}
	return told, found.Seen(ctx)
}

// printNew prints what is new in a search, in the form that is asked for.
func (a *app) printNew(name string, hits iter.Seq2[index.Hit, error], o *newOptions) error {
	switch {
	case o.jsonl:
		return render.NewHitsJSONL(a.stdout, name, hits)
	case o.ids:
		return a.printHits(asIDs, hits)
	case o.count:
		for _, err := range hits {
			if err != nil {
				return err
			}
		}
		return nil
	}
	return a.printHits(asText, hits)
}
