package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/bench/harness"
)

// typed is a query as a person types it.
type typed struct{ kind, text string }

// typedOf makes one query of each kind of the words of a file of queries.
func typedOf(queries []harness.Query) []typed {
	first := func(class string, n int) []string {
		for _, q := range queries {
			if q.Class == class && len(q.Words) >= n {
				return q.Words[:n]
			}
		}
		return slices.Repeat([]string{"news"}, n)
	}
	word, two := first("term_high", 1)[0], first("and", 2)
	phrase := strings.Join(first("phrase", 2), " ")
	wrong := first("term_med", 1)[0]
	middle := len(wrong) / 2
	wrong = wrong[:middle] + wrong[middle+1:]
	return []typed{
		{"word", word},
		{"word in capitals", strings.ToUpper(word[:1]) + word[1:]},
		{"two words", strings.Join(two, " ")},
		{"misspelt word", wrong},
		{"two words, one misspelt", two[0] + " " + wrong},
		{"no word", "qxzvkjw"},
		{"phrase", `"` + phrase + `"`},
		{"phrase with slop", `"` + phrase + `"~3`},
		{"prefix", word[:3] + "*"},
		{"near", two[0] + " NEAR/10 " + two[1]},
	}
}

// measureRequests prints how many requests newsq sends for a search by itself: an index
// that is opened, asked and closed, as by the command.
func (b *bench) measureRequests(ctx context.Context) error {
	queries, err := harness.ReadQueries(b.queries)
	if err != nil {
		return err
	}
	proxy, err := newRecorder(b.server, func(*http.Request) bool { return true })
	if err != nil {
		return err
	}
	defer proxy.Close()
	fmt.Fprintln(b.out, "| typed | requests | of these searches | ms | ms once open |\n|---|---|---|---|---|")
	for _, q := range typedOf(queries) {
		if err := b.measureTyped(ctx, proxy, q); err != nil {
			fmt.Fprintf(b.log, "%s %s: %v\n", q.kind, q.text, err)
		}
	}
	return nil
}

func (b *bench) measureTyped(ctx context.Context, proxy *recorder, q typed) error {
	if _, _, err := b.askOnce(ctx, proxy.URL, q.text); err != nil { // and the server warms up
		return err
	}
	sent := proxy.take()
	searches := 0
	for _, m := range sent {
		fmt.Fprintf(b.log, "%6.1f ms %s %s %.2000s\n", ms(m.took), m.method, m.path, m.body)
		if strings.Contains(m.path, "_search") {
			searches++
		}
	}
	var wholes, openeds []time.Duration
	for range b.rounds {
		whole, opened, err := b.askOnce(ctx, b.server, q.text)
		if err != nil {
			return err
		}
		wholes, openeds = append(wholes, whole), append(openeds, opened)
	}
	fmt.Fprintf(b.out, "| %s: %s | %d | %d | %.0f | %.0f |\n", q.kind, q.text, len(sent), searches, ms(median(wholes)), ms(median(openeds)))
	return nil
}

// askOnce returns how long an index takes to be opened, asked and closed, and how long to
// be asked.
func (b *bench) askOnce(ctx context.Context, server, text string) (whole, opened time.Duration, err error) {
	whole, err = timed(func() error {
		ix, err := index.Open(ctx, server+"/"+b.name, &index.Options{ReadOnly: true})
		if err != nil {
			return err
		}
		opened, err = timed(func() error {
			_, err := ix.Search(ctx, index.Query{Text: text})
			return err
		})
		return errors.Join(err, ix.Close())
	})
	return whole, opened, err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
