package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

func (a *app) tagsCommand() *cobra.Command {
	var orphaned, asJSON bool
	cmd := &cobra.Command{
		Use:   "tags [flags]",
		Short: "List your tags, and export and import tags and notes",
		Long: `List the tags that you gave, with the number of articles that have each. Tags
and notes of articles that are no longer in the index are kept for them, and
--orphaned lists these.`,
		Example: `  newsq tags
  newsq tags --orphaned
  newsq tags export > mine.jsonl
  newsq tags import mine.jsonl`,
		Args: exactArgs(0, "tags takes no arguments; to tag an article:  newsq tag ID +TAG"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.tags(cmd.Context(), orphaned, asJSON) },
	}
	f := cmd.Flags()
	f.BoolVar(&orphaned, "orphaned", a.cfg.Orphaned, "list the articles with tags or notes that aren't in the index")
	f.BoolVar(&asJSON, "json", a.cfg.JSON, "print one JSON object; with --orphaned, one an article")
	cmd.AddCommand(a.tagsExportCommand(), a.tagsImportCommand())
	return cmd
}

// tags lists tags, or articles with tags and notes that aren't there.
func (a *app) tags(ctx context.Context, orphaned, asJSON bool) error {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	if orphaned {
		return a.orphans(ix.AllAnnotations(ctx), asJSON)
	}
	tags, lost, err := ix.TagCounts(ctx)
	if err != nil {
		dir, _ := a.indexDir()
		return a.explainIndexError(err, dir)
	}
	if asJSON {
		err = render.TagsJSON(a.stdout, tags, lost)
	} else {
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Tags(w, tags, opt) })
	}
	if lost > 0 && !asJSON {
		a.logger(a.stderr).Info(render.Count(lost, "article", "articles") + " with tags or notes " + isOrAre(lost) + " not in the index:  newsq tags --orphaned")
	}
	if err == nil && len(tags) == 0 {
		if !asJSON {
			a.logger(a.stderr).Info("no article is tagged; to tag one:  newsq tag ID +TAG")
		}
		return exitStatus(exitNoMatch)
	}
	return err
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// orphans lists what is written about articles that aren't there.
func (a *app) orphans(all iter.Seq2[index.Annotated, error], asJSON bool) error {
	n := 0
	for found, err := range all {
		if err != nil {
			dir, _ := a.indexDir()
			return a.explainIndexError(err, dir)
		}
		if !found.Orphaned {
			continue
		}
		n++
		if asJSON {
			err = render.AnnotatedJSON(a.stdout, &found)
		} else {
			if n > 1 {
				_, err = fmt.Fprintln(a.stdout)
			}
			err = errors.Join(err, render.Annotated(a.stdout, &found, a.renderOptions(a.stdout)))
		}
		if err != nil {
			return err
		}
	}
	if n == 0 {
		a.logger(a.stderr).Info("all articles with tags or notes are in the index")
		return exitStatus(exitNoMatch)
	}
	return nil
}

func (a *app) tagsExportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print all tags and notes as JSON Lines",
		Long: `Print all tags and notes, a JSON object a line for each article that has any, in
the index or not.  newsq tags import  reads them.`,
		Example: `  newsq tags export > mine.jsonl`,
		Args:    exactArgs(0, "export takes no arguments; it prints to stdout"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ix, err := a.openIndex(cmd.Context())
			if err != nil {
				return err
			}
			defer ix.Close()
			if _, err := render.AnnotatedJSONL(a.stdout, ix.AllAnnotations(cmd.Context())); err != nil {
				dir, _ := a.indexDir()
				return a.explainIndexError(err, dir)
			}
			return nil
		},
	}
}

func (a *app) tagsImportCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "import [flags] FILE",
		Short: "Add tags and notes that were exported",
		Long: `Add the tags and notes of a file that  newsq tags export  printed, or
newsq export --format jsonl --with-notes, or of stdin for  -. Nothing is
removed: an article has the tags of both, and of a note that both have, the
text that was edited last. To import a file again changes nothing. A line that
is wrong is named, and then nothing is imported. What is said of articles that
aren't in the index is kept for when they come.`,
		Example: `  newsq tags import mine.jsonl
  ssh desk newsq tags export | newsq tags import -`,
		Args: exactArgs(1, "name one file, or - for stdin"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.importTags(cmd.Context(), args[0], asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", a.cfg.JSON, "print what was imported as one JSON object")
	return cmd
}

// importTags imports tags and notes from a file.
func (a *app) importTags(ctx context.Context, name string, asJSON bool) error {
	from, where := a.stdin, "stdin"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return &commandError{err: err, hint: "name a file that  newsq tags export  printed", code: exitUsage}
		}
		defer f.Close()
		from, where = f, name
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	r, err := ix.ImportAnnotations(ctx, render.ReadAnnotated(from, where))
	if err = errors.Join(err, ix.Close()); err != nil {
		dir, _ := a.indexDir()
		return a.explainIndexError(err, dir)
	}
	if asJSON {
		return render.TagsImportJSON(a.stdout, r)
	}
	line := "imported tags and notes of " + render.Count(r.Articles, "article", "articles") + ": " + render.Count(r.Changed, "changed", "changed")
	if r.Orphaned > 0 {
		line += ", " + render.Count(r.Orphaned, "is", "are") + " not in the index"
	}
	_, err = fmt.Fprintln(a.stdout, line)
	return err
}
