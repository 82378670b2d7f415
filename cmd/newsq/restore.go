package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// restoreOptions are the flags of restore.
type restoreOptions struct{ force, json bool }

func (a *app) restoreCommand() *cobra.Command {
	var o restoreOptions
	cmd := &cobra.Command{
		Use:   "restore [flags] FILE|FOLDER|REPOSITORY/NAME",
		Short: "Make the index from a backup",
		Long: `Restore checks a backup to the last byte and makes the index from it. An index
that is there already is left alone, unless --force is given: then it is kept
beside, under another name. For an index on a cluster, the backup is a snapshot
in a repository that the cluster has, as "newsq backup" makes it.`,
		Example: `  newsq restore news-2026-11.tar.zst
  newsq restore --force /mnt/backup/news -i news.idx
  newsq restore -i https://search.example:9200/news nightly/news-2026-11`,
		Args: exactArgs(1, "restore takes the name of one backup"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.restore(cmd.Context(), args[0], &o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&o.force, "force", a.cfg.Force, "take the place of an index that is there, which is kept beside")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print the summary as one JSON object")
	return cmd
}

// restore makes the index from a backup, a file or a folder.
func (a *app) restore(ctx context.Context, from string, o *restoreOptions) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	b, err := index.RestoreBackup(ctx, from, dir, &index.RestoreOptions{Force: o.force})
	switch {
	case errors.Is(err, fs.ErrExist):
		return &commandError{err: err, hint: "--force keeps what is there beside, under another name", code: exitUsage}
	case errors.Is(err, index.ErrDamaged):
		return &commandError{err: err, hint: "nothing was changed; try another backup"}
	case err != nil:
		return a.explainIndexError(err, dir)
	case o.json:
		return render.BackupReportJSON(a.stdout, &b)
	}
	_, err = fmt.Fprintln(a.stdout, render.BackupReport("restored", &b))
	return err
}
