package index_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// openExample opens an index of two articles in a folder that the caller
// removes.
func openExample() (*index.Index, func()) {
	dir, err := os.MkdirTemp("", "newsq")
	if err != nil {
		log.Fatal(err)
	}
	ix, err := index.Open(context.Background(), dir, nil)
	if err != nil {
		log.Fatal(err)
	}
	err = ix.Add(context.Background(),
		corpus.Article{
			ID: "rates", Title: "Why the bank waits", Source: "Harbor & Exchange",
			Body:      "Interest rates will stay where they are. The bank fears another rise in rents.",
			Topics:    []corpus.Topic{{Path: "economy/central_banks", Origin: corpus.Stated}},
			Published: time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC),
		},
		corpus.Article{
			ID: "credit", Title: "The price of credit", Source: "Northern Ledger",
			Body:      "Loans cost more. Rates for small firms rose, and interest in them fell.",
			Topics:    []corpus.Topic{{Path: "economy", Origin: corpus.Stated}},
			Published: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC),
		})
	if err != nil {
		log.Fatal(err)
	}
	return ix, func() {
		if err := ix.Close(); err != nil {
			log.Fatal(err)
		}
		_ = os.RemoveAll(dir)
	}
}

// Articles of a program's own are added as they are. Topics are those that an
// article states and those that rules give.
func ExampleIndex_Add() {
	dir, err := os.MkdirTemp("", "newsq")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	ix, err := index.Open(ctx, dir, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer ix.Close()
	a := corpus.Article{
		ID:        "rates",
		Title:     "Why the bank waits",
		Body:      "Interest rates will stay where they are.",
		Published: time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC),
	}
	if err := ix.Add(ctx, a); err != nil { // durable on return
		log.Fatal(err)
	}
	a.Title = "Why the bank still waits"
	if err := ix.Add(ctx, a); err != nil { // replaces the one of the same id
		log.Fatal(err)
	}
	n, err := ix.Len(ctx)
	if err != nil {
		log.Fatal(err)
	}
	kept, err := ix.Get(ctx, "rat") // an id, or its beginning
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(n, kept.Title)
	// Output:
	// 1 Why the bank still waits
}

// Read-only, an index can be opened while another process writes it. Each search
// sees what was published last.
func ExampleOpen_readOnly() {
	dir, err := os.MkdirTemp("", "newsq")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	writer, err := index.Open(ctx, dir, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer writer.Close()

	reader, err := index.Open(ctx, dir, &index.Options{ReadOnly: true})
	if err != nil { // ErrNoIndex where there is none: nothing is created
		log.Fatal(err)
	}
	defer reader.Close()
	a := corpus.Article{ID: "rates", Title: "Why the bank waits", Body: "Interest rates stay."}
	fmt.Println("a reader may not write:", errors.Is(reader.Add(ctx, a), index.ErrReadOnly))
	if err := writer.Add(ctx, a); err != nil {
		log.Fatal(err)
	}
	res, err := reader.Search(ctx, index.Query{Text: "bank"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("a reader finds:", res.Total)
	// Output:
	// a reader may not write: true
	// a reader finds: 1
}

// A phrase finds that very wording; the snippet says where.
func ExampleIndex_Search() {
	ix, done := openExample()
	defer done()
	res, err := ix.Search(context.Background(), index.Query{Text: `"interest rates"`})
	if err != nil {
		log.Fatal(err)
	}
	for _, hit := range res.Hits {
		fmt.Println(hit.Article.Title)
		for _, s := range hit.Snippets {
			for _, m := range s.Matches {
				fmt.Printf("  %s: %q\n", s.Text, s.Text[m.Start:m.End])
			}
		}
	}
	// Output:
	// Why the bank waits
	//   Interest rates will stay where they are. The bank fears another rise in rents.: "Interest rates"
}

// Facets count what was found; a filter keeps part of it.
func ExampleIndex_Search_facets() {
	ix, done := openExample()
	defer done()
	res, err := ix.Search(context.Background(), index.Query{
		Text:    "interest",
		Facets:  []string{index.FacetSource},
		Filters: []index.Filter{{Facet: index.FacetTopic, Values: []string{"economy/central_banks"}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Total)
	for _, v := range res.Facets[0].Values {
		fmt.Println(v.Value, v.Count)
	}
	// Output:
	// 1
	// Harbor & Exchange 1
}

// All yields every hit, however many.
func ExampleIndex_All() {
	ix, done := openExample()
	defer done()
	for hit, err := range ix.All(context.Background(), index.Query{Sort: index.Newest}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(hit.Article.Published.Format(time.DateOnly), hit.Article.Title)
	}
	// Output:
	// 2026-03-05 Why the bank waits
	// 2026-02-01 The price of credit
}

// Sync brings an index in step with files, or with articles of the program's
// own.
func ExampleIndex_Sync() {
	ix, done := openExample()
	defer done()
	src := corpus.FromArticles("my articles", corpus.Article{Title: "A third one", Body: "Prices fell."})
	report, err := ix.Sync(context.Background(), src, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Added, "added")
	// Output:
	// 1 added
}
