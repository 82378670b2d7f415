package eval_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/index/eval"
)

// Two orders of the same articles, held to the judgments of one query.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "newsq")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ix, err := index.Open(ctx, filepath.Join(dir, "index"), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer ix.Close()
	if err := ix.Add(ctx,
		corpus.Article{ID: "ferry", Title: "The ferry that nobody cancelled", Body: "It crossed on time, half empty."},
		corpus.Article{ID: "bridge", Title: "A bridge", Body: "The old ferry is remembered by its timetable alone."},
		corpus.Article{ID: "rates", Title: "What the bank did not say", Body: "Rates stay where they were."},
	); err != nil {
		log.Fatal(err)
	}

	queries := []eval.Query{{ID: "1", Text: "ferry timetable"}}
	qrels := eval.Qrels{"1": {"ferry": 2, "bridge": 0}}
	run, err := eval.Rank(ctx, ix, queries, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("words: MRR %.1f\n", eval.Evaluate(qrels, run).Mean[eval.MRR])

	run, err = eval.Rank(ctx, ix, queries, &eval.RankOptions{Syntax: true, Query: index.Query{Match: index.MatchStrict}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("all words demanded: MRR %.1f\n", eval.Evaluate(qrels, run).Mean[eval.MRR])
	// Output:
	// words: MRR 0.5
	// all words demanded: MRR 0.0
}
