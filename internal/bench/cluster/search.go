package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/bench/ask"
	"github.com/newsq/newsq/internal/bench/harness"
)

// asked is a query, and what newsq ends in to answer it.
type asked struct {
	query harness.Query
	raw   message
	first int // requests that newsq sends
	again int // when the same is asked again
}

// measureSearches prints, for each class of queries, how long newsq takes, with the
// passages of ten hits, and how long the request takes that fetches these hits.
func (b *bench) measureSearches(ctx context.Context) error {
	queries, err := harness.ReadQueries(b.queries)
	if err != nil {
		return err
	}
	proxy, err := newRecorder(b.server, func(r *http.Request) bool { return strings.Contains(r.URL.Path, "_search") })
	if err != nil {
		return err
	}
	defer proxy.Close()
	watched, err := index.Open(ctx, proxy.URL+"/"+b.name, &index.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer watched.Close()
	ix, err := index.Open(ctx, b.server+"/"+b.name, &index.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer ix.Close()
	var all []asked
	for _, q := range queries {
		if _, err := watched.Search(ctx, ask.Query(&q)); err != nil {
			fmt.Fprintf(b.log, "%s %s: %v\n", q.Class, q.ID, err)
			continue
		}
		sent := proxy.take()
		if _, err := watched.Search(ctx, ask.Query(&q)); err != nil {
			return err
		}
		again := proxy.take()
		if raw, ok := b.lastWithHits(again); ok {
			all = append(all, asked{q, raw, len(sent), len(again)})
		}
	}
	newsq, raw := map[string][]time.Duration{}, map[string][]time.Duration{}
	for range b.rounds {
		for i := range all {
			q := &all[i]
			n, err := timed(func() error { _, err := ix.Search(ctx, ask.Query(&q.query)); return err })
			if err != nil {
				return err
			}
			r, err := timed(func() error { return b.send(ctx, q.raw, nil) })
			if err != nil {
				return err
			}
			newsq[q.query.Class], raw[q.query.Class] = append(newsq[q.query.Class], n), append(raw[q.query.Class], r)
		}
	}
	b.printSearches(all, newsq, raw)
	return nil
}

func (b *bench) printSearches(all []asked, newsq, raw map[string][]time.Duration) {
	fmt.Fprintln(b.out, "| ms | newsq p50 | p95 | its request alone p50 | p95 | p50 / p50 | requests | again |\n|---|---|---|---|---|---|---|---|")
	var classes []string
	for c := range newsq {
		classes = append(classes, c)
	}
	slices.Sort(classes)
	for _, c := range classes {
		n, r := newsq[c], raw[c]
		first, again, queries := 0, 0, 0
		for i := range all {
			if q := &all[i]; q.query.Class == c {
				first, again, queries = first+q.first, again+q.again, queries+1
			}
		}
		fmt.Fprintf(b.out, "| %s | %.1f | %.1f | %.1f | %.1f | %.2f | %.1f | %.1f |\n", c, ms(median(n)), ms(percentile(n, .95)),
			ms(median(r)), ms(percentile(r, .95)), ms(median(n))/ms(median(r)),
			float64(first)/float64(queries), float64(again)/float64(queries))
	}
}

// lastWithHits returns the last search that wants hits, without its point in time.
func (b *bench) lastWithHits(sent []message) (message, bool) {
	for _, m := range slices.Backward(sent) {
		var body map[string]any
		if json.Unmarshal(m.body, &body) != nil || body["size"] == nil || body["size"] == 0.0 {
			continue
		}
		delete(body, "pit")
		alone, err := json.Marshal(body)
		if err == nil {
			return message{method: http.MethodPost, path: "/" + b.name + "/_search", body: alone}, true
		}
	}
	return message{}, false
}
