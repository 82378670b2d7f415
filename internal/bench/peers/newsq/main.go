// Command newsq is newsq in the form of a peer; see package harness.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/bench/ask"
	"github.com/newsq/newsq/internal/bench/harness"
)

func main() {
	// As the command newsq does.
	switch {
	case len(os.Args) < 2:
	case os.Args[1] == "cold":
		debug.SetGCPercent(800)
	case os.Args[1] == "index", os.Args[1] == "merge":
		debug.SetMemoryLimit(384 << 20)
	}
	if err := harness.Run(peer{}, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "newsq:", err)
		os.Exit(1) //house:allow this is a command, if not one that is installed
	}
}

type peer struct{}

// Index implements harness.Peer. Threads are newsq's to choose. It takes only
// the topics that articles state, as the peers do. With the last argument "plain" it
// learns no vectors, and finds neither copies nor quotations and claims: no peer does.
func (peer) Index(path, dir string, _ int) (docs int, size int64, err error) {
	none, err := index.ParseTopics(strings.NewReader("topics: {}"), "none")
	if err != nil {
		return 0, 0, err
	}
	plain := os.Args[len(os.Args)-1] == "plain"
	o := index.Options{Topics: none, NoLearn: plain, NoCopies: plain}
	if plain {
		o.Quotations = index.Off
	}
	ix, err := index.Open(context.Background(), dir, &o)
	if err != nil {
		return 0, 0, err
	}
	src, err := corpus.Open(path)
	if err != nil {
		return 0, 0, err
	}
	report, err := ix.Sync(context.Background(), src, nil)
	if err != nil {
		return 0, 0, err
	}
	for _, e := range report.Unreadable {
		return 0, 0, e
	}
	return report.Added, 0, ix.Close()
}

// Merge implements harness.Peer.
func (peer) Merge(dir string) error {
	ix, err := index.Open(context.Background(), dir, nil)
	if err != nil {
		return err
	}
	_, err = ix.Compact(context.Background())
	return errors.Join(err, ix.Close())
}

// Open implements harness.Peer.
func (peer) Open(dir string) (harness.Searcher, error) {
	ix, err := index.Open(context.Background(), dir, &index.Options{ReadOnly: true})
	return searcher{ix}, err
}

type searcher struct{ ix *index.Index }

// asked is a query as the peers are asked it: ordered by words alone, and with every copy
// of a story.
func asked(q *harness.Query) index.Query {
	iq := ask.Query(q)
	iq.Rank, iq.Copies = index.RankWords, index.AllCopies
	return iq
}

// Search implements harness.Searcher.
func (s searcher) Search(q *harness.Query) (harness.Result, error) {
	iq := asked(q)
	iq.IDsOnly = true
	res, err := s.ix.Search(context.Background(), iq)
	if err != nil {
		return harness.Result{}, err
	}
	r := harness.Result{Hits: res.Total, IDs: make([]string, len(res.Hits))}
	if !res.Exact {
		r.Known = harness.AtLeast
	}
	for i := range res.Hits {
		r.IDs[i] = res.Hits[i].ID
	}
	return r, nil
}

// Show implements harness.Searcher.
func (s searcher) Show(w io.Writer, q *harness.Query) error {
	res, err := s.ix.Search(context.Background(), asked(q))
	if err != nil {
		return err
	}
	for _, h := range res.Hits {
		fmt.Fprintln(w, h.Article.Title)
		for _, p := range h.Snippets {
			at := 0
			for _, m := range p.Matches {
				fmt.Fprint(w, p.Text[at:m.Start], "<b>", p.Text[m.Start:m.End], "</b>")
				at = m.End
			}
			fmt.Fprintln(w, p.Text[at:])
		}
	}
	return nil
}

// Close implements harness.Searcher.
func (s searcher) Close() error { return s.ix.Close() }
