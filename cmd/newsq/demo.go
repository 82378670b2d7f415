package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/corpus/sample"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// demoSearch is a search that the demo shows.
type demoSearch struct{ text, topic string }

// demoSearches show a word, a phrase with a filter, and an exclusion.
func demoSearches() []demoSearch {
	return []demoSearch{
		{text: "deterrence"},
		{text: `"interest rates"`, topic: "economy"},
		{text: "election NOT turnout"},
	}
}

func (a *app) demoCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "demo [flags]",
		Short: "See newsq at work on sample articles",
		Long: `Write a small corpus of sample analyses into a folder, index it, and run three
searches. The samples and their index stay, so that you can go on from there.
No network is needed.`,
		Example: "  newsq demo",
		Args:    exactArgs(0, "demo takes no arguments"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), dir) },
	}
	cmd.Flags().StringVar(&dir, "dir", a.cfg.Dir, "`folder` for the samples and their index (by default one among the caches of this user)")
	return cmd
}

// demo writes, indexes and searches the samples.
func (a *app) demo(ctx context.Context, dir string) error {
	articles, err := writeSamples(dir)
	if err != nil {
		return err
	}
	location := filepath.Join(filepath.Dir(articles), "index")
	src, err := a.openSources([]string{articles}, nil)
	if err != nil {
		return err
	}
	ix, err := index.Open(ctx, location, nil)
	if err != nil {
		return a.explainIndexError(err, location)
	}
	defer ix.Close()
	a.printCommand("index", "-i", location, articles)
	report, err := ix.Sync(ctx, src, nil)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, render.SyncReport(&report))
	for _, s := range demoSearches() {
		if err := a.printSearch(ctx, ix, location, s); err != nil {
			return err
		}
	}
	a.printNextSteps(location, articles)
	return nil
}

// writeSamples writes the sample articles into a folder of their own in dir,
// and returns it. The default dir belongs to newsq, so that samples of another
// version are replaced there.
func writeSamples(dir string) (string, error) {
	own := dir == ""
	if own {
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		dir = filepath.Join(cache, "newsq", "demo")
	}
	articles := filepath.Join(dir, "articles")
	err := sample.Write(articles)
	if own && errors.Is(err, fs.ErrExist) {
		if err = os.RemoveAll(articles); err == nil {
			err = sample.Write(articles)
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return "", &commandError{err: err, hint: "name another folder with --dir"}
	}
	return articles, err
}

// printSearch prints a command line for a search, and what it finds.
func (a *app) printSearch(ctx context.Context, ix *index.Index, location string, s demoSearch) error {
	args := []string{"search", "-i", location, "-n", "2", "--passages", "1", s.text}
	q := index.Query{Text: s.text, Limit: 2, Passages: 1, Location: a.zone}
	if s.topic != "" {
		args = append(args, "--topic", s.topic)
		q.Filters = []index.Filter{{Facet: index.FacetTopic, Values: []string{s.topic}}}
	}
	a.printCommand(args...)
	res, err := ix.Search(ctx, q)
	if err != nil {
		return err
	}
	opt := a.renderOptions(a.stdout)
	opt.Timing = true // how quick it is, is part of what to see
	return render.Results(a.stdout, res, opt)
}

// printCommand prints a command line as a person would type it.
func (a *app) printCommand(args ...string) {
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = quoteArg(arg)
	}
	fmt.Fprintf(a.stdout, "\n$ %s %s\n", a.programName(), strings.Join(quoted, " "))
}

// printNextSteps prints how to go on.
func (a *app) printNextSteps(location, articles string) {
	// What is put in is as long as it is, so that the lines are filled here.
	first := fmt.Sprintf("Now yours. The samples are in %s, and the index beside them:", quoteArg(articles))
	width := a.messageWidth(a.stdout)
	if width == 0 {
		width = helpWidth
	}
	fmt.Fprintf(a.stdout, `
%[3]s

  export NEWSQ_INDEX=%[2]s
  %[1]s search 'sanctions OR tariffs' --sort newest
  %[1]s topics
  %[1]s help query

Then your own:  unset NEWSQ_INDEX; %[1]s index FOLDER
`, a.programName(), quoteArg(location), wrapWords(first, min(width, helpWidth)))
}
