package main

import (
	"context"
	"path/filepath"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// survey tells what a source would be read as, and indexes nothing.
func (a *app) survey(ctx context.Context, src corpus.Source, o *indexOptions) error {
	if o.json {
		return render.SurveyJSON(ctx, a.stdout, src)
	}
	opt := a.renderOptions(a.stdout)
	p := a.newProgress("reading", o.quiet)
	defer p.clear()
	seen := index.Progress{}
	report, err := index.Survey(ctx, src, func(f *index.SurveyedFile) (err error) {
		seen.Report.Unchanged += f.Articles
		seen.BytesDone += max(f.Size, 0)
		p.update(seen)
		if !o.quiet {
			p.printAbove(func() { err = render.SurveyedFile(a.stdout, f, shownPath(f.Key), opt) })
		}
		return err
	})
	p.clear()
	if err != nil {
		return err
	}
	logFirst(a.logger(a.stderr).Warn, report.Unreadable, render.Unreadable)
	return render.Survey(a.stdout, &report, opt)
}

// shownPath returns a path as a person at this folder would write it.
func shownPath(key string) string {
	path := filepath.FromSlash(key)
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}
