package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// compactOptions are the flags of compact.
type compactOptions struct{ json bool }

func (a *app) compactCommand() *cobra.Command {
	var o compactOptions
	cmd := &cobra.Command{
		Use:   "compact [flags]",
		Short: "Give back the disk space of what was removed",
		Long: `Compact writes the index anew without what was deleted or replaced. Searches go
on meanwhile. While it runs it takes as much space again as the index has. On a
cluster, the cluster does it.`,
		Example: `  newsq compact`,
		Args:    exactArgs(0, "compact takes no arguments"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.compact(cmd.Context(), &o) },
	}
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print the sizes as one JSON object")
	return cmd
}

// openIndexToWrite opens an index that is there for writing. It is opened for
// reading first, since opening it for writing would create one where there is
// none.
func (a *app) openIndexToWrite(ctx context.Context) (*index.Index, error) {
	read, err := a.openIndex(ctx)
	if err != nil {
		return nil, err
	}
	if err := read.Close(); err != nil {
		return nil, err
	}
	dir, err := a.indexDir()
	if err != nil {
		return nil, err
	}
	embeddings, err := a.embeddings()
	if err != nil {
		return nil, err
	}
	ix, err := index.Open(ctx, dir, &index.Options{Embeddings: embeddings})
	return ix, a.explainIndexError(err, dir)
}

// compact compacts the index.
func (a *app) compact(ctx context.Context, o *compactOptions) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	ix, err := a.openIndexToWrite(ctx)
	if err != nil {
		return err
	}
	c, err := ix.Compact(ctx)
	if err = errors.Join(err, ix.Close()); err != nil {
		return a.explainIndexError(err, dir)
	}
	if o.json {
		return render.CompactReportJSON(a.stdout, &c)
	}
	_, err = fmt.Fprintln(a.stdout, render.CompactReport(&c))
	return err
}
