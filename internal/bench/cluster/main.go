// Command cluster measures newsq on OpenSearch beside what OpenSearch itself takes
// for the same: the rate of indexing beside the same bulk requests sent by nothing
// but a loop, and searches beside the very request that newsq ends in.
//
//	go run ./internal/bench/run corpus allsides
//	go run ./internal/bench/cluster -at http://127.0.0.1:9200/bench \
//	    -corpus DIR/allsides.jsonl -queries DIR/queries-allsides.tsv
//
// Newsq is asked through a proxy once, which notes what it sends; then directly.
// Nothing is asserted; the figures are for reading, as ratios. The indexes whose
// names begin with that of -at are deleted first.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1) //house:allow this is a command, if not one that is installed
	}
}

// bench is a measurement.
type bench struct {
	server  string // http://host:port
	name    string // of the index
	corpus  string
	queries string
	rounds  int
	shards  int
	out     io.Writer
	log     io.Writer
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("cluster", flag.ContinueOnError)
	flags.SetOutput(stderr)
	b := bench{out: stdout, log: stderr}
	at := flags.String("at", "", "location of an index, such as http://127.0.0.1:9200/bench")
	flags.StringVar(&b.corpus, "corpus", "", "file of articles, see run corpus")
	flags.StringVar(&b.queries, "queries", "", "file of queries to it")
	flags.IntVar(&b.rounds, "rounds", 4, "turns that each takes; even ones are fair")
	flags.IntVar(&b.shards, "shards", 1, "shards of the index that is made")
	steps := flags.String("steps", "index,search", "what to measure")
	if err := flags.Parse(args); err != nil {
		return err
	}
	i := strings.LastIndexByte(*at, '/')
	if i < len("http://x") || b.corpus == "" {
		return errors.New("usage: cluster -at http://HOST:PORT/NAME -corpus FILE [-queries FILE] [-steps index,search,requests]")
	}
	b.server, b.name = (*at)[:i], (*at)[i+1:]
	for step := range strings.SplitSeq(*steps, ",") {
		var err error
		switch step {
		case "index":
			err = b.measureIndexing(ctx)
		case "requests":
			err = b.measureRequests(ctx)
		case "search":
			err = b.measureSearches(ctx)
		default:
			err = fmt.Errorf("unknown step %q", step)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
