package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/newsq/newsq/internal/bench"
	"github.com/newsq/newsq/internal/bench/harness"
)

// seed makes the generated corpora and the queries the same everywhere.
const seed = 20261123

// size is a generated corpus.
type size struct {
	name     string
	articles int
}

// sizes by name. One of another size is asked for as gen-N.
var sizes = []size{{"gen-5k", 5_000}, {"gen-30k", 30_000}, {"gen-300k", 300_000}, {"gen-1m", 1_000_000}}

// makeCorpora writes corpora and their queries, those that are not there yet.
func makeCorpora(args []string, stderr io.Writer) error {
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := flags.String("data", os.Getenv("NEWSQ_DATA"), "folder of real corpora")
	dir := flags.String("dir", defaultDir(), "folder to write to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return writeCorpora(*data, *dir, flags.Args(), stderr)
}

// again runs this command in a process of its own. What makes articles takes a lot of
// memory, and Linux counts the peak of a process as its children's too, until they have
// more: peers that are small would be told to be as large as the driver was.
func again(ctx context.Context, stderr io.Writer, args ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, self, args...)
	c.Stdout, c.Stderr = stderr, stderr
	return c.Run()
}

// writeCorpora writes what is not there yet.
func writeCorpora(data, dir string, names []string, stderr io.Writer) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var real []harness.Article
	for _, name := range names {
		path := filepath.Join(dir, name+".jsonl")
		if _, err := os.Stat(path); err != nil {
			if real == nil {
				if data == "" {
					return fmt.Errorf("%s is not there, and NEWSQ_DATA names no folder to make it from", path)
				}
				var err error
				if real, err = bench.ReadCorpus(filepath.Join(data, "allsides", "articles.jsonl.gz")); err != nil {
					return err
				}
			}
			fmt.Fprintf(stderr, "writing %s\n", path)
			if err := writeCorpus(path, name, real); err != nil {
				return err
			}
		}
		queries := filepath.Join(dir, "queries-"+name+".tsv")
		if _, err := os.Stat(queries); err == nil {
			continue
		}
		fmt.Fprintf(stderr, "writing %s\n", queries)
		if err := writeQueries(queries, path); err != nil {
			return err
		}
	}
	return nil
}

// writeCorpus writes to a file beside path first, so that half a corpus is
// never taken for one.
func writeCorpus(path, name string, real []harness.Article) error {
	n := len(real)
	at := func(i int) harness.Article { return real[i] }
	if name != "allsides" {
		n = 0
		for _, s := range sizes {
			if s.name == name {
				n = s.articles
			}
		}
		if n == 0 {
			if _, err := fmt.Sscanf(name, "gen-%d", &n); err != nil || n <= 0 {
				return fmt.Errorf("no corpus %s", name)
			}
		}
		g, err := bench.NewGenerator(real, seed)
		if err != nil {
			return err
		}
		at = g.Article
	}
	if err := bench.WriteCorpus(path+".part", n, at); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

func writeQueries(path, corpus string) (err error) {
	queries, err := bench.Choose(harness.Articles(corpus), seed)
	if err != nil {
		return fmt.Errorf("%s: %w", corpus, err)
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	return bench.WriteQueries(f, queries)
}
