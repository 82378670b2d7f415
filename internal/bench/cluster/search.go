package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
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
	// simple is raw with scores that the cluster computes without a script, a little
	// otherwise; without a method where there is none.
	simple message
	first  int // requests that newsq sends
	again  int // when the same is asked again
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
			all = append(all, asked{q, raw, withoutScripts(raw), len(sent), len(again)})
		}
	}
	taken, err := b.timeSearches(ctx, ix, all)
	if err != nil {
		return err
	}
	b.printSearches(all, taken)
	return nil
}

// times are how long queries of a class took: newsq, and the request that it ends in; and
// that request, and the same without scripts.
type times struct{ newsq, raw, scripted, simple []time.Duration }

// timeSearches asks all queries in turns: newsq beside the request that it ends in, and then
// that request beside the one without scripts.
func (b *bench) timeSearches(ctx context.Context, ix *index.Index, all []asked) (map[string]*times, error) {
	taken := map[string]*times{}
	for i := range all {
		taken[all[i].query.Class] = &times{}
	}
	for round := range b.rounds {
		for i := range all {
			q := &all[i]
			t := taken[q.query.Class]
			newsq := func() error { _, err := ix.Search(ctx, ask.Query(&q.query)); return err }
			raw := func() error { return b.send(ctx, q.raw, nil) }
			if err := timeBoth(round, newsq, raw, &t.newsq, &t.raw); err != nil {
				return nil, err
			}
		}
		for i := range all {
			q := &all[i]
			t := taken[q.query.Class]
			if q.simple.method == "" {
				continue
			}
			raw := func() error { return b.send(ctx, q.raw, nil) }
			simple := func() error { return b.send(ctx, q.simple, nil) }
			if err := timeBoth(round, raw, simple, &t.scripted, &t.simple); err != nil {
				return nil, err
			}
		}
	}
	return taken, nil
}

// timeBoth times two functions. The first one warms caches of the cluster for the other, so
// that they take turns in that.
func timeBoth(round int, f, g func() error, tookF, tookG *[]time.Duration) error {
	if round%2 == 1 {
		f, g, tookF, tookG = g, f, tookG, tookF
	}
	d, err := timed(f)
	if err != nil {
		return err
	}
	*tookF = append(*tookF, d)
	if d, err = timed(g); err != nil {
		return err
	}
	*tookG = append(*tookG, d)
	return nil
}

func (b *bench) printSearches(all []asked, taken map[string]*times) {
	fmt.Fprintln(b.out, "| ms | newsq p50 | p95 | its request alone p50 | p95 | p50 / p50 | p95 / p95 | the request / the same without scripts | requests | again |\n|---|---|---|---|---|---|---|---|---|---|")
	for _, c := range slices.Sorted(maps.Keys(taken)) {
		t := taken[c]
		n, r := t.newsq, t.raw
		first, again, queries := 0, 0, 0
		for i := range all {
			if q := &all[i]; q.query.Class == c {
				first, again, queries = first+q.first, again+q.again, queries+1
			}
		}
		scripts := "-"
		if len(t.simple) > 0 {
			scripts = fmt.Sprintf("%.2f", ms(median(t.scripted))/ms(median(t.simple)))
		}
		fmt.Fprintf(b.out, "| %s | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %s | %.1f | %.1f |\n", c, ms(median(n)), ms(percentile(n, .95)),
			ms(median(r)), ms(percentile(r, .95)), ms(median(n))/ms(median(r)), ms(percentile(n, .95))/ms(percentile(r, .95)), scripts,
			float64(first)/float64(queries), float64(again)/float64(queries))
	}
}

// withoutScripts returns a search whose words are scored by BM25 as the cluster has it, with
// lengths of a byte, in the place of scripts; an empty message where it has no scripts, or
// others.
func withoutScripts(m message) message {
	var body any
	if json.Unmarshal(m.body, &body) != nil {
		return message{}
	}
	scripts, others := 0, 0
	body = replaceScripts(body, &scripts, &others)
	b, err := json.Marshal(body)
	if err != nil || scripts == 0 || others > 0 {
		return message{}
	}
	return message{method: m.method, path: m.path, body: b}
}

// replaceScripts counts the scripts that it replaces, and others.
func replaceScripts(v any, scripts, others *int) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = replaceScripts(v[i], scripts, others)
		}
	case map[string]any:
		for key, of := range v {
			if key != "script_score" {
				v[key] = replaceScripts(of, scripts, others)
				continue
			}
			if word, ok := wordOf(of); ok {
				*scripts++
				return map[string]any{"term": map[string]any{"rank.bm25": word}}
			}
			*others++
		}
	}
	return v
}

// wordOf returns the word whose frequency a script scores.
func wordOf(script any) (word any, ok bool) {
	for _, key := range []string{"query", "term", "rank"} {
		of, isObject := script.(map[string]any)
		if !isObject {
			return nil, false
		}
		if script, ok = of[key]; !ok {
			return nil, false
		}
	}
	return script, true
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
