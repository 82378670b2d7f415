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

// backupOptions are the flags of backup.
type backupOptions struct{ json bool }

func (a *app) backupCommand() *cobra.Command {
	var o backupOptions
	cmd := &cobra.Command{
		Use:   "backup [flags] FILE|FOLDER|REPOSITORY/NAME",
		Short: "Copy the index while others read and write it",
		Long: `Backup copies the index as of its last sync: to one file when the name ends in
.tar or .tar.zst, else to a folder. Every byte is checked as it is copied. The
name must not be there yet. Of an index on a cluster the name is
REPOSITORY/NAME: a snapshot is made in a repository that the cluster has.`,
		Example: `  newsq backup news-2026-11.tar.zst
  newsq backup /mnt/backup/news
  newsq backup -i https://search.example:9200/news nightly/news-2026-11`,
		Args: exactArgs(1, "backup takes one name"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0], &o) },
	}
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print the summary as one JSON object")
	return cmd
}

// backup copies the index to a file or folder.
func (a *app) backup(ctx context.Context, to string, o *backupOptions) error {
	dir, err := a.indexDir()
	if err != nil {
		return err
	}
	b, err := index.WriteBackup(ctx, dir, to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &commandError{err: err, hint: "name a backup that is not there yet", code: exitUsage}
	case err != nil:
		return a.explainIndexError(err, dir)
	case o.json:
		return render.BackupReportJSON(a.stdout, &b)
	}
	_, err = fmt.Fprintln(a.stdout, render.BackupReport("backed up", &b))
	return err
}
