package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// noteOptions are the flags of note.
type noteOptions struct {
	edit, remove, by string
	json             bool
}

func (a *app) noteCommand() *cobra.Command {
	var o noteOptions
	cmd := &cobra.Command{
		Use:   "note [flags] ID [TEXT...]",
		Short: "Write notes about an article",
		Long: `Write a note about an article, or show those that there are. The text  -  is
read from stdin. Notes stay with an article as tags do. In a query,  note:fares
finds articles with the word in a note.`,
		Example: `  newsq note meridian-2024-02 "the figures are from the ministry: ask"
  newsq note meridian-2024-02
  newsq note meridian-2024-02 --edit 3f9a "the figures are right"
  newsq note meridian-2024-02 --remove 3f9a
  newsq search 'deterrence NOT note:ministry'`,
		Args: func(cmd *cobra.Command, args []string) error {
			edits, removes := cmd.Flags().Changed("edit"), cmd.Flags().Changed("remove")
			switch {
			case len(args) == 0:
				return usageError("usage:  newsq note ID TEXT", "no id was given")
			case edits && removes:
				return usageError("", "--edit and --remove are not for one call")
			case edits && o.edit == "", removes && o.remove == "":
				return usageError("newsq note ID  shows notes with their ids", "the id of the note is empty")
			case edits && len(args) == 1:
				return usageError("write:  newsq note ID --edit NOTE TEXT", "--edit needs the new text")
			case removes && len(args) > 1:
				return usageError("", "--remove takes no text")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && o.remove == "" {
				return a.showAnnotated(cmd.Context(), args, o.json)
			}
			return a.note(cmd.Context(), args[0], args[1:], &o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.edit, "edit", "", "give the `note` of this id another text")
	f.StringVar(&o.remove, "remove", "", "remove the `note` of this id")
	f.StringVar(&o.by, "by", a.cfg.By, "your `name`, which is kept with the note")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print what is written about the article as one JSON object")
	return cmd
}

// maxNoteRead bounds what is read from stdin: the index keeps less.
const maxNoteRead = 1 << 20

// noteText returns the text of a note: the arguments, or what stdin has.
func (a *app) noteText(args []string) (string, error) {
	if len(args) != 1 || args[0] != "-" {
		return strings.Join(args, " "), nil
	}
	b, err := io.ReadAll(io.LimitReader(a.stdin, maxNoteRead))
	return string(b), err
}

// note writes, edits or removes a note.
func (a *app) note(ctx context.Context, id string, args []string, o *noteOptions) error {
	text, err := a.noteText(args)
	if err != nil {
		return err
	}
	full, err := a.annotatedIDs(ctx, []string{id})
	if err != nil {
		return err
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	var n corpus.Note
	did := "added"
	switch {
	case o.remove != "":
		did = "removed"
		n, err = ix.RemoveNote(ctx, full[0], o.remove)
	case o.edit != "":
		did = "edited"
		n, err = ix.EditNote(ctx, full[0], o.edit, text)
	default:
		n, err = ix.AddNote(ctx, full[0], text, o.by)
	}
	var now index.Annotated
	if err == nil && o.json {
		now, err = ix.Annotations(ctx, full[0])
	}
	if err = errors.Join(err, ix.Close()); err != nil {
		if errors.Is(err, index.ErrNotFound) {
			return &commandError{err: err, hint: "its notes and their ids:  " + a.programName() + " note" + a.indexFlag() + " " + quoteArg(full[0]), code: exitNoMatch}
		}
		dir, _ := a.indexDir()
		return a.explainIndexError(err, dir)
	}
	if o.json {
		return render.AnnotatedJSON(a.stdout, &now)
	}
	_, err = fmt.Fprintf(a.stdout, "%s note %s\n", did, n.ID)
	return err
}
