package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

func (a *app) copiesCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "copies [flags] ID",
		Short: "List the copies of an article, and what each added or cut",
		Long: `List the articles that tell the story of an article with the same words, as
outlets do that print one dispatch: the earliest first, with the share of the
shorter text that the longer one has. A line that begins with + is a sentence
that the copy has and the article has not; with -, one that it lacks.`,
		Example: `  newsq copies meridian-2024-02
  newsq copies meridian-2024-02 --json | jq -r '.copies[].id'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError("usage:  newsq copies ID\nids:    "+a.programName()+" search QUERY  names the id of each article", "one id is wanted")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.copies(cmd.Context(), args[0], asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", a.cfg.JSON, "print one JSON object")
	return cmd
}

// copies lists the copies of an article.
func (a *app) copies(ctx context.Context, id string, asJSON bool) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	of, copies, err := ix.Copies(ctx, id)
	if err != nil {
		return a.explainGetError(ctx, ix, id, err)
	}
	if asJSON {
		err = render.CopiesJSON(a.stdout, &of, copies)
	} else {
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Copies(w, copies, opt) })
	}
	if err == nil && len(copies) == 0 {
		if !asJSON {
			a.logger(a.stderr).Info(render.NoCopies(&of))
		}
		return exitStatus(exitNoMatch)
	}
	return err
}

// copiesNamed returns what is shown of a story.
func copiesNamed(name string, all bool) (index.Copies, error) {
	switch {
	case all || name == "all":
		return index.AllCopies, nil
	case name == "best":
		return index.BestCopy, nil
	case name == "earliest":
		return index.EarliestCopy, nil
	}
	return 0, usageError("", "--copies must be best, earliest or all, not %q", name)
}
