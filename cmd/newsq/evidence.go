package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/index/export"
	"github.com/newsq/newsq/internal/render"
)

// writeEvidence writes what a query finds to a folder of evidence.
func (a *app) writeEvidence(ctx context.Context, cmd *cobra.Command, text string, o *exportOptions) error {
	for _, flag := range []string{"format", "output", "no-text", "accessed"} {
		if cmd.Flags().Changed(flag) {
			return usageError("the folder has all of it", "--evidence and --%s cannot go together", flag)
		}
	}
	if o.withNotes {
		return usageError("write them beside it:  newsq tags export", "--evidence has no tags and notes, as it is for others")
	}
	q, err := a.exportQuery(text, o, true)
	if err != nil {
		return err
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	about := export.EvidenceOptions{Newsq: version(), Flags: conditions(cmd), Made: a.now(), Location: a.zone}
	return a.explainExportError(ix.ReadAll(ctx, q, func(found *index.Found) error {
		if err := a.tellFound(ctx, ix, q, found, o); err != nil {
			return err
		}
		found.First(o.first)
		report, err := export.WriteEvidence(o.evidence, q, found, &about)
		if errors.Is(err, fs.ErrExist) {
			return &commandError{err: err, hint: "name a folder that is not there yet", code: exitUsage}
		}
		if err == nil {
			_, err = fmt.Fprint(a.stdout, render.EvidenceReport(&report, o.evidence, a.programName()))
		}
		return err
	}))
}

// conditions returns the flags that were given and say what is found, as a person
// wrote them.
func conditions(cmd *cobra.Command) (list []string) {
	ours := cmd.LocalNonPersistentFlags()
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if ours.Lookup(f.Name) == nil || slices.Contains([]string{"evidence", "passages"}, f.Name) {
			return
		}
		value := f.Value.String()
		if many, ok := f.Value.(pflag.SliceValue); ok {
			for _, v := range many.GetSlice() {
				list = append(list, "--"+f.Name+"="+v)
			}
			return
		}
		list = append(list, "--"+f.Name+"="+value)
	})
	return list
}

// verifyOptions are the flags of verify.
type verifyOptions struct {
	sum        string
	folderOnly bool
	json       bool
}

func (a *app) verifyCommand() *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use:   "verify [flags] FOLDER",
		Short: "Check a folder of evidence, in itself and against the index",
		Long: `Check a folder that "newsq export --evidence" made: that no file of it was
changed, is missing or was added, and that each passage stands where it is said
to stand. With --sum, it is also the folder whose sum was noted at that time.

Then it looks up each article in the index, and tells those that were updated,
removed, replaced or taken back since. That is no damage.

The exit code is 0 when all is as it was, 3 when the folder was changed, and 1
when it is whole and the index no longer has all articles as they are in it.`,
		Example: `  newsq verify sanctions-2026
  newsq verify sanctions-2026 --sum 5f0c...
  newsq verify sanctions-2026 --folder-only`,
		Args: exactArgs(1, "verify takes one folder"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.verify(cmd.Context(), args[0], &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.sum, "sum", a.cfg.Sum, "the `sum` that was printed when the folder was made")
	f.BoolVar(&o.folderOnly, "folder-only", a.cfg.FolderOnly, "check the folder in itself, not against the index")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	return cmd
}

// verify checks a folder of evidence.
func (a *app) verify(ctx context.Context, dir string, o *verifyOptions) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return usageError("newsq export QUERY --evidence FOLDER  makes one", "there is no folder %s", dir)
	}
	v, err := export.Verify(ctx, dir, o.sum)
	if errors.Is(err, export.ErrSum) {
		return usageError("give it as it was printed when the folder was made", "--sum: %q is %v", o.sum, err)
	}
	if err != nil {
		return err
	}
	var c *export.Comparison
	var failed error                 // of the index; what is known of the folder is told all the same
	if !o.folderOnly && v.Hits > 0 { // else there is nothing to compare, which was told
		c, failed = a.compareEvidence(ctx, dir)
	}
	if o.json {
		err = render.VerificationJSON(a.stdout, dir, v, c)
	} else {
		err = render.Verification(a.stdout, dir, v, c, a.renderOptions(a.stdout))
	}
	switch {
	case failed != nil:
		return failed
	case err != nil:
		return err
	case !v.Whole():
		return exitStatus(exitFailed)
	case c != nil && len(c.Differences) > 0:
		return exitStatus(exitNoMatch)
	}
	return nil
}

// compareEvidence looks up the articles of a folder in the index. It returns nil, and
// says so, where no index was named and there is none.
func (a *app) compareEvidence(ctx context.Context, dir string) (*export.Comparison, error) {
	ix, err := a.openIndex(ctx)
	if err != nil {
		if errors.Is(err, index.ErrNoIndex) || a.indexFlagValue == "" {
			location, locErr := a.indexDir()
			if _, statErr := os.Stat(location); a.indexFlagValue == "" && locErr == nil && errors.Is(statErr, fs.ErrNotExist) {
				a.logger(a.stderr).Info("there is no index to compare with; name one with -i")
				return nil, nil
			}
		}
		return nil, err
	}
	defer ix.Close()
	c, err := export.Compare(ctx, dir, ix)
	if err != nil {
		location, _ := a.indexDir()
		return nil, a.explainIndexError(err, location)
	}
	return c, nil
}
