package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// openIndexSources returns the corpus that index is to read. With --prune, a path may
// be gone that articles came from; without a path, all such are meant. Nothing to be
// pruned is no source and no error.
func (a *app) openIndexSources(ctx context.Context, paths []string, o *indexOptions) (corpus.Source, error) {
	if o.prune && len(paths) == 0 {
		return a.openGone(ctx, o)
	}
	absent := absentPaths(paths)
	if len(absent) == 0 {
		return a.openSourcesWith(o.reading(), paths, o.fields)
	}
	known, err := a.knownPaths(ctx, absent)
	if err != nil {
		return nil, err
	}
	switch {
	case !o.prune || len(known) < len(absent):
		src, err := a.openSourcesWith(o.reading(), paths, o.fields)
		var failed *commandError
		if len(known) > 0 && !o.prune && errors.As(err, &failed) {
			failed.hint = render.Count(known[0].Articles, "article", "articles") + " of the index came from there; to remove them, write:  " +
				a.programName() + " index" + a.indexFlag() + " --prune " + quoteArg(absent[0])
		}
		return src, err
	case o.dryRun:
		return nil, a.printGone(known, o)
	}
	opts := o.reading()
	opts.Absent = true
	return a.openSourcesWith(opts, paths, o.fields)
}

// reading returns how the flags want articles to be read.
func (o *indexOptions) reading() corpus.Options {
	return corpus.Options{FullText: o.fullText, Links: o.links}
}

// absentPaths returns those of paths at which there is nothing.
func absentPaths(paths []string) (absent []string) {
	for _, p := range paths {
		if p == "-" || p == "" || strings.Contains(p, "://") {
			continue
		}
		if _, err := os.Stat(p); errors.Is(err, fs.ErrNotExist) {
			absent = append(absent, p)
		}
	}
	return absent
}

// knownPaths returns what the index has of these paths; nothing where there is no index.
func (a *app) knownPaths(ctx context.Context, paths []string) (known []index.SourcePath, err error) {
	dir, err := a.indexDir()
	if err != nil {
		return nil, err
	}
	ix, err := index.Open(ctx, dir, &index.Options{ReadOnly: true})
	if errors.Is(err, index.ErrNoIndex) {
		return nil, nil
	}
	if err == nil {
		err = ix.Close()
	}
	if err != nil && !errors.Is(err, index.ErrOutdated) {
		return nil, a.explainIndexError(err, dir)
	}
	if ix, err = a.openIndex(ctx); err != nil { // which rebuilds an older one
		return nil, err
	}
	defer ix.Close()
	for _, p := range paths {
		from, ok, err := ix.From(ctx, p)
		if err != nil {
			return nil, err
		}
		if ok {
			known = append(known, from)
		}
	}
	return known, nil
}

// openGone returns a source of all that articles came from and that is gone, when the
// person agrees that it is.
func (a *app) openGone(ctx context.Context, o *indexOptions) (corpus.Source, error) {
	ix, err := a.openIndex(ctx)
	if err != nil {
		return nil, err
	}
	gone, err := ix.Gone(ctx)
	if err = errors.Join(err, ix.Close()); err != nil {
		dir, _ := a.indexDir()
		return nil, a.explainIndexError(err, dir)
	}
	if o.dryRun || len(gone) == 0 {
		return nil, a.printGone(gone, o)
	}
	articles := 0
	paths := make([]string, len(gone))
	for i, g := range gone {
		articles += g.Articles
		paths[i] = filepath.FromSlash(g.Path)
	}
	if !o.yes {
		if !a.canAsk() {
			return nil, usageError("see what that is:  "+a.programName()+" index"+a.indexFlag()+" --prune --dry-run\n"+
				"remove it:         "+a.programName()+" index"+a.indexFlag()+" --prune --yes",
				"--prune without PATH removes what is gone from everywhere, and needs --yes where nobody can be asked")
		}
		logFirst(a.logger(a.stderr).Info, gone, func(g index.SourcePath) string { return "gone: " + render.SourcePath(g) })
		if ok, err := a.ask("remove " + render.Count(articles, "article", "articles") + " that came from there?"); err != nil || !ok {
			return nil, a.declined(err)
		}
	}
	return a.openSourcesWith(corpus.Options{Absent: true}, paths, nil)
}

// printGone prints what would be pruned.
func (a *app) printGone(gone []index.SourcePath, o *indexOptions) error {
	if o.json {
		return render.GoneReportJSON(a.stdout, gone)
	}
	if len(gone) == 0 && !o.quiet {
		_, err := fmt.Fprintln(a.stdout, "nothing to remove: all that articles came from is there")
		return err
	}
	articles := 0
	for _, g := range gone {
		articles += g.Articles
		if _, err := fmt.Fprintln(a.stdout, render.SourcePath(g)); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	_, err := fmt.Fprintln(a.stdout, "would remove "+render.Count(articles, "article", "articles")+" that came from there")
	return err
}
