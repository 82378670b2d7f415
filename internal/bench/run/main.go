// Command run measures newsq beside its peers, and prints the table. From the
// top of the checkout:
//
//	NEWSQ_DATA=... go run ./internal/bench/run all
//
// builds the peers, makes the corpora, indexes, measures, and prints the table
// in Markdown. What was made before is used again. A peer that cannot be built
// has a row that says why. With flags, a part of it:
//
//	run all -peers newsq,lucene -corpora gen-30k -steps search,cold
//	run all -again newsq         the index of newsq built anew
//	run all -peers newsq -before DIR
//	                             beside the newsq of an older checkout
//	run table RESULTS            the table of results that were written before
//	run corpus gen-30k gen-1m    corpora and their queries only
//	run forms -newsq COMMAND     a gigabyte of JSON Lines, one of WARC, and 10,000
//	                             mails, indexed
//
// Results are appended, as JSON lines, to results.jsonl in the folder of -dir;
// a later line for the same place of the table replaces an earlier one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)
		os.Exit(1) //house:allow this is a command, if not one that is installed
	}
}

// defaultDir lies outside of the checkout, as the corpora hold others' texts.
func defaultDir() string { return filepath.Join(os.TempDir(), "newsq-bench") }

func cpus() int { return runtime.NumCPU() }

// run is main without the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 {
		switch args[0] {
		case "all":
			return measureAll(ctx, args[1:], stdout, stderr)
		case "corpus":
			return makeCorpora(args[1:], stderr)
		case "forms":
			return measureForms(ctx, args[1:], stdout, stderr)
		case "table":
			if len(args) == 2 {
				return printTable(args[1], stdout)
			}
		}
	}
	return errors.New("usage: run all [flags] | run corpus [flags] NAME... | run forms [flags] | run table RESULTS")
}

func measureAll(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("all", flag.ContinueOnError)
	flags.SetOutput(stderr)
	d := driver{log: stderr, failed: map[string]bool{}, version: map[string]string{}}
	flags.StringVar(&d.data, "data", os.Getenv("NEWSQ_DATA"), "folder of real corpora")
	flags.StringVar(&d.src, "src", "internal/bench/peers", "folder of the harnesses")
	flags.StringVar(&d.dir, "dir", defaultDir(), "folder for corpora, builds, indexes and results")
	names := flags.String("peers", "", "rows, parted by commas (all)")
	corpora := flags.String("corpora", "allsides,gen-30k,gen-1m", "corpora, parted by commas, the smallest generated one first for growth")
	steps := flags.String("steps", "index,search,check,cold,throughput,growth", "what to measure")
	again := flags.String("again", "", "rows of which the index is built anew")
	older := flags.String("before", "", "checkout of an older newsq, measured as "+beforeRow)
	flags.IntVar(&d.rounds, "rounds", 3, "turns that each peer takes")
	flags.IntVar(&d.passes, "passes", 5, "passes over the queries in a turn")
	flags.IntVar(&d.clients, "clients", 8, "clients of throughput")
	flags.IntVar(&d.queries, "n", 5000, "searches of throughput")
	flags.BoolVar(&d.processor, "cpu", false, "measure searches by the processor's time, on a machine that has other work")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if d.peers, err = pick(*names); err != nil {
		return err
	}
	if *older != "" {
		checkout, err := filepath.Abs(*older)
		if err != nil {
			return err
		}
		d.peers = append(slices.Clip(d.peers), before(checkout))
	}
	d.corpora, d.steps, d.again = strings.Split(*corpora, ","), strings.Split(*steps, ","), strings.Split(*again, ",")
	if d.dir, err = filepath.Abs(d.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return err
	}
	path := filepath.Join(d.dir, "results.jsonl")
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	d.results = f
	if err := errors.Join(d.run(ctx), f.Close()); err != nil {
		return err
	}
	return printTable(path, stdout)
}
