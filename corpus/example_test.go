package corpus_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log"
	"strings"

	"github.com/newsq/newsq/corpus"
)

func ExampleOpen() {
	ctx := context.Background()
	src, err := corpus.Open("testdata/analyses")
	if err != nil {
		log.Fatal(err)
	}
	for entry, err := range src.Entries(ctx) {
		if err != nil {
			log.Print(err) // one place that can't be read; the rest goes on
			continue
		}
		for a, err := range entry.Articles(ctx) {
			if err != nil {
				log.Print(err)
				continue
			}
			fmt.Println(a.Published.Format("2006-01-02"), a.Title)
		}
	}
	// Output:
	// 2026-02-11 Why the harbour stayed shut
	// 2026-01-12 Deterrence without a doctrine
	// 2025-11-03 A dam and two capitals
	// 2026-03-02 Bank holds its rate
	// 2026-03-02 Ferry line sold
}

func ExampleOptions_map() {
	ctx := context.Background()
	src, err := corpus.Options{
		Map:    map[string]string{"kicker": "topics", "meta.desk": "source"},
		Stdin:  strings.NewReader(`{"title": "Ferry line sold", "text": "It was.", "kicker": "Business", "meta": {"desk": "Coast"}}`),
		Format: "jsonl",
	}.Open("-")
	if err != nil {
		log.Fatal(err)
	}
	for entry := range src.Entries(ctx) {
		for a := range entry.Articles(ctx) {
			fmt.Println(a.Title, a.Source, a.Topics[0].Path)
		}
	}
	// Output: Ferry line sold Coast business
}

func ExampleParse() {
	articles, err := corpus.Parse("wire.jsonl", []byte(`{"headline": "Ferry line sold", "byline": "By Ada Okoye"}
{"headline": "Bank holds its rate", "pubDate": "2026-03-02"}`))
	if err != nil {
		log.Print(err) // some places can't be read; what could be read is there
	}
	for _, a := range articles {
		fmt.Println(a.Key, a.Title, a.Authors)
	}
	// Output:
	// wire.jsonl#1 Ferry line sold [Ada Okoye]
	// wire.jsonl#2 Bank holds its rate []
}

// minutes reads a format of a program's own: articles that are parted by
// lines of equals signs, each with its title on its first line.
type minutes struct{}

func (minutes) Read(_ context.Context, _ string, content io.Reader) iter.Seq2[corpus.Article, error] {
	return func(yield func(corpus.Article, error) bool) {
		b, err := io.ReadAll(content)
		if err != nil {
			yield(corpus.Article{}, err)
			return
		}
		for part := range strings.SplitSeq(string(b), "\n===\n") {
			title, body, _ := strings.Cut(part, "\n")
			if !yield(corpus.Article{Title: title, Body: body}, nil) {
				return
			}
		}
	}
}

// A program reads a format of its own beside newsq's.
func ExampleFormat() {
	o := corpus.Options{Formats: []corpus.Format{
		{Name: "minutes", Extensions: []string{".minutes"}, Version: 1, Reader: minutes{}},
	}}
	articles, err := o.Parse("council.minutes", []byte("The budget\nIt was passed.\n===\nThe harbour\nIt was not."))
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range articles {
		fmt.Println(a.Key, a.Title, "-", a.Body)
	}
	// Output:
	// council.minutes#1 The budget - It was passed.
	// council.minutes#2 The harbour - It was not.
}

func ExampleFromArticles() {
	ctx := context.Background()
	src := corpus.FromArticles("letters", corpus.Article{Title: "To the editor", Body: "Sir: prices fell."})
	for entry := range src.Entries(ctx) {
		for a := range entry.Articles(ctx) {
			fmt.Println(a.Key, a.ID)
		}
	}
	// Output: letters#1 9dd68bd75f83
}

func ExampleTopicPath() {
	fmt.Println(corpus.TopicPath("Security > Nuclear weapons"))
	// Output: security/nuclear_weapons
}

// A section is a range of the body; its heading stands apart.
func ExampleSection() {
	ctx := context.Background()
	src, err := corpus.Open("testdata/analyses/2026-02-11-harbour.txt")
	if err != nil {
		log.Fatal(err)
	}
	for entry := range src.Entries(ctx) {
		for a := range entry.Articles(ctx) {
			fmt.Println(strings.Join(a.Authors, ", "))
			for _, s := range a.Sections {
				fmt.Printf("%q %.23q\n", s.Heading, a.Body[s.Start:s.End])
			}
		}
	}
	// Output:
	// Ilse Marwede, Tomas Rook
	// "" "The pilots of Vessem we"
	// "What the strike was about" "The dispute began over "
	// "What it cost" "Insurers put the bill a"
}
