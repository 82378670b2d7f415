package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/internal/render"
)

// suggestOptions are the flags of suggest.
type suggestOptions struct {
	limit int
	json  bool
}

func (a *app) suggestCommand() *cobra.Command {
	var o suggestOptions
	cmd := &cobra.Command{
		Use:   "suggest [flags] PREFIX...",
		Short: "Complete a query from the words of the articles",
		Long: `Complete the last word of what is typed, from the words that the articles hold,
and list the queries with the number of articles that each finds. Words that
follow those before them come first, so that "north k" leads to "north korea";
within quotation marks, those come first with which the quotation finds most.
Words are shown as articles write them, and may be typed without accents.

Shells complete the words of "newsq search" in the same way, as well as the
values of its flags:  newsq completion --help`,
		Example: `  newsq suggest deterr
  newsq suggest north k
  newsq suggest --json -n 5 "interest ra"`,
		Args: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return usageError("usage:  newsq suggest PREFIX...\nsuch as:  "+a.programName()+" suggest deterr", "no beginning of a query was given")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.suggest(cmd.Context(), strings.Join(args, " "), &o)
		},
		ValidArgsFunction: a.completeQuery,
	}
	f := cmd.Flags()
	f.IntVarP(&o.limit, "limit", "n", a.cfg.Limit, "list at most `N` queries, and no more than 50")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	a.addEmbargoFlag(f)
	return cmd
}

// suggest lists queries that begin with typed.
func (a *app) suggest(ctx context.Context, typed string, o *suggestOptions) error {
	if o.limit < 1 {
		return usageError("", "--limit must be at least 1")
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	found, err := ix.Suggest(ctx, typed, o.limit)
	if err != nil {
		return a.searchError(err)
	}
	if o.json {
		err = render.SuggestionsJSON(a.stdout, typed, found)
	} else {
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Suggestions(w, found, opt) })
	}
	if err == nil && len(found) == 0 {
		if !o.json {
			a.logger(a.stderr).Info(render.NoSuggestions(typed))
		}
		return exitStatus(exitNoMatch)
	}
	return err
}
