// Command train learns the weights of package tagger anew:
//
//	go run ./internal/entity/tagger/train -data DIR -out internal/entity/tagger/weights.bin
//
// DIR has two files, as made from the training part of CoNLL-2003: articles.jsonl.gz, with
// an object a line that has an id and a text, and entities.tsv, with a line for each name:
// the id of its article, PER, ORG, LOC or MISC, where it starts and where it ends in the
// text, in characters, and the name. The same files give the same bytes. With -keep, the fifth
// of the articles that is kept aside to measure by is left out.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/newsq/newsq/internal/entity/tagger"
	"github.com/newsq/newsq/internal/marked"
)

func main() {
	data := flag.String("data", "", "folder with articles.jsonl.gz and entities.tsv")
	out := flag.String("out", "", "file to write")
	keep := flag.Bool("keep", false, "leave out the articles that are kept aside")
	flag.Parse()
	if err := run(*data, *out, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1) //house:allow this is a command, if not one that is installed
	}
}

func run(data, out string, keep bool) error {
	if data == "" || out == "" {
		return fmt.Errorf("-data and -out are needed")
	}
	texts, err := marked.Read(data, tagger.Marked)
	if err != nil {
		return err
	}
	var use []marked.Article
	for _, t := range texts {
		if !keep || !tagger.KeptAside(t.ID) {
			use = append(use, t)
		}
	}
	weights, err := tagger.Learn(use)
	if err != nil {
		return err
	}
	return os.WriteFile(out, weights, 0o644)
}
