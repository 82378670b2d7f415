// Command train learns the weights of package quotation anew:
//
//	go run ./internal/quotation/train -data DIR -out internal/quotation/weights.tsv
//
// DIR has two files, as made from the training part of PolNeAR: articles.jsonl.gz, with
// an object a line that has an id and a text, and quotes.tsv, with a line for each
// quotation: the id of its article, where it starts and where it ends in the text, in
// characters and without quotation marks, and the speaker as the text names it, with tabs
// between them. The same files give the same bytes. All articles are learned from; tests
// learn without some of them, on which they count.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/newsq/newsq/internal/marked"
	"github.com/newsq/newsq/internal/quotation"
)

func main() {
	data := flag.String("data", "", "folder with articles.jsonl.gz and quotes.tsv")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1) //house:allow this is a command, if not one that is installed
	}
}

func run(data, out string) error {
	if data == "" || out == "" {
		return errors.New("-data and -out are needed")
	}
	samples, err := marked.Read(data, quotation.Marked)
	if err != nil {
		return err
	}
	return os.WriteFile(out, []byte(quotation.Learn(samples)), 0o644)
}
