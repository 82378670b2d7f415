package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// topicsTestOptions are the flags of topics test.
type topicsTestOptions struct{ json bool }

func (a *app) topicsTestCommand() *cobra.Command {
	var o topicsTestOptions
	cmd := &cobra.Command{
		Use:   "test [flags] FILE [PATH...]",
		Short: "Try out rules: what each of them catches",
		Long: `Show for each rule in FILE how many articles it catches, and the titles of the
first few, without changing anything. The articles are those of the index, or
of the files and folders named.`,
		Example: `  newsq topics test my-topics.yaml
  newsq topics test my-topics.yaml ~/analyses/2026`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError("usage:  newsq topics test FILE\nbegin:  "+a.programName()+" topics rules > my-topics.yaml", "no file of rules was given")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.testTopics(cmd.Context(), args[0], args[1:], &o)
		},
	}
	cmd.Flags().BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	return cmd
}

// testTopics tries the rules in file on the articles at paths, or on those of
// the index.
func (a *app) testTopics(ctx context.Context, file string, paths []string, o *topicsTestOptions) error {
	rules, err := readTopics(file)
	if err != nil {
		return err
	}
	p := a.newProgress("trying rules on", o.json)
	defer p.clear()
	articles := a.indexedArticles(ctx)
	if len(paths) > 0 {
		articles = a.articlesAt(ctx, paths, p)
	}
	trial, err := rules.Try(showingProgress(articles, p))
	if err != nil {
		return err
	}
	p.clear()
	if o.json {
		return render.TopicTrialJSON(a.stdout, trial)
	}
	return a.printPaged(func(w io.Writer, opt render.Options) error { return render.TopicTrial(w, trial, opt) })
}

// articleSeq yields articles. An error is the last thing that it yields.
type articleSeq = iter.Seq2[corpus.Article, error]

// showingProgress yields the same articles, and shows how many they are.
func showingProgress(articles articleSeq, p *progress) articleSeq {
	return func(yield func(corpus.Article, error) bool) {
		n := 0
		for article, err := range articles {
			if !yield(article, err) {
				return
			}
			n++
			p.update(index.Progress{Report: index.SyncReport{Unchanged: n}})
		}
	}
}

// indexedArticles yields every article of the index.
func (a *app) indexedArticles(ctx context.Context) articleSeq {
	return func(yield func(corpus.Article, error) bool) {
		ix, err := a.openIndex(ctx)
		if err != nil {
			yield(corpus.Article{}, err)
			return
		}
		defer ix.Close()
		for hit, err := range ix.All(ctx, index.Query{Passages: -1}) {
			if err != nil {
				yield(corpus.Article{}, err)
				return
			}
			if !yield(*hit.Article, nil) {
				return
			}
		}
	}
}

// articlesAt yields every article at paths, and logs what cannot be read.
func (a *app) articlesAt(ctx context.Context, paths []string, p *progress) articleSeq {
	return func(yield func(corpus.Article, error) bool) {
		src, err := a.openSources(paths, nil)
		if err != nil {
			yield(corpus.Article{}, err)
			return
		}
		for entry, err := range src.Entries(ctx) {
			if a.skips(err, p) {
				continue
			}
			if err != nil {
				yield(corpus.Article{}, err)
				return
			}
			for article, err := range entry.Articles(ctx) {
				if a.skips(err, p) {
					continue
				}
				if !yield(article, err) || err != nil {
					return
				}
			}
		}
	}
}

// skips reports whether err concerns one place of a source, so that the rest can
// be read, and logs it. A file in an unknown form and the folder of an index are not
// logged: the command index skips them too.
func (a *app) skips(err error, p *progress) bool {
	var e *corpus.ReadError
	if !errors.As(err, &e) {
		return false
	}
	l := a.logger(a.stderr)
	var links *corpus.LinksError
	switch {
	case errors.As(e, &links):
	case errors.Is(e, corpus.ErrUnknownFormat), errors.Is(e, corpus.ErrIndexFolder):
	case errors.Is(e, corpus.ErrPartial):
		p.printAbove(func() { l.Info(render.Unreadable(e)) })
	default:
		p.printAbove(func() { l.Warn(render.Unreadable(e)) })
	}
	return true
}

// readTopics reads a file of rules.
func readTopics(path string) (*index.TopicRules, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &commandError{err: fmt.Errorf("read topic rules: %w", err), code: exitUsage}
	}
	defer f.Close()
	rules, err := index.ParseTopics(f, path)
	if err != nil {
		hint := ""
		if !strings.Contains(err.Error(), path) {
			hint = "in " + path
		}
		return nil, &commandError{err: err, hint: hint, code: exitUsage}
	}
	return rules, nil
}
