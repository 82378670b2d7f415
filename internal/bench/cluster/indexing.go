package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// clients is how many send bulk requests at a time, as newsq does.
const clients = 2

// measureIndexing prints the rate of newsq, from files to the published generation,
// and that of the same bulk requests in a loop.
func (b *bench) measureIndexing(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "newsq-cluster")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bulks, articles, err := b.recordBulks(ctx, dir)
	if err != nil {
		return err
	}
	layout, err := b.layout(ctx)
	if err != nil {
		return err
	}
	var ratios []float64
	var newsq, raw []time.Duration
	for range b.rounds {
		if err := b.clear(ctx); err != nil {
			return err
		}
		n, err := timed(func() error { _, err := b.sync(ctx, b.server); return err })
		if err != nil {
			return err
		}
		if err := b.clear(ctx); err != nil {
			return err
		}
		r, err := timed(func() error { return b.replay(ctx, layout, bulks) })
		if err != nil {
			return err
		}
		newsq, raw, ratios = append(newsq, n), append(raw, r), append(ratios, r.Seconds()/n.Seconds())
		fmt.Fprintf(b.log, "newsq %.1f s, raw %.1f s\n", n.Seconds(), r.Seconds())
	}
	rate := func(d []time.Duration) float64 { return float64(articles) / median(d).Seconds() }
	slices.Sort(ratios)
	fmt.Fprintf(b.out, "| indexing %s | articles/s |\n|---|---|\n| newsq, files to generation | %.0f |\n| the same bulk requests, %d clients | %.0f |\n| ratio | %.2f |\n\n",
		filepath.Base(b.corpus), rate(newsq), clients, rate(raw), ratios[len(ratios)/2])
	if err := b.clear(ctx); err != nil {
		return err
	}
	_, err = b.sync(ctx, b.server)
	return err
}

// sync indexes the corpus, and returns the number of articles.
func (b *bench) sync(ctx context.Context, server string) (int, error) {
	none, err := index.ParseTopics(strings.NewReader("topics: {}"), "none")
	if err != nil {
		return 0, err
	}
	plan, err := index.PlanInit(ctx, server+"/"+b.name, &index.InitOptions{Shards: b.shards})
	if err == nil {
		err = plan.Apply(ctx)
	}
	if err != nil {
		return 0, err
	}
	ix, err := index.Open(ctx, server+"/"+b.name, &index.Options{Topics: none})
	if err != nil {
		return 0, err
	}
	src, err := corpus.Open(b.corpus)
	if err != nil {
		return 0, errors.Join(err, ix.Close())
	}
	report, err := ix.Sync(ctx, src, nil)
	return report.Added, errors.Join(err, ix.Close())
}

// recordBulks indexes the corpus through a proxy, and returns the files of its bulk
// requests.
func (b *bench) recordBulks(ctx context.Context, dir string) (files []string, articles int, err error) {
	if err := b.clear(ctx); err != nil {
		return nil, 0, err
	}
	proxy, err := newRecorder(b.server, func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/_bulk") })
	if err != nil {
		return nil, 0, err
	}
	defer proxy.Close()
	if articles, err = b.sync(ctx, proxy.URL); err != nil {
		return nil, 0, err
	}
	sent := proxy.take()
	b.printInFlight(sent)
	for i, m := range sent {
		name := filepath.Join(dir, fmt.Sprintf("%06d", i))
		if err := os.WriteFile(name, m.body, 0o600); err != nil {
			return nil, 0, err
		}
		files = append(files, name)
	}
	return files, articles, nil
}

// printInFlight prints for how much of the time, from the first of some requests to the
// end of the last, how many of them were on their way. It says, on a machine that others use
// as well, how well newsq keeps a cluster at work.
func (b *bench) printInFlight(sent []message) {
	type change struct {
		at time.Time
		by int
	}
	var changes []change
	for _, m := range sent {
		changes = append(changes, change{m.at, 1}, change{m.at.Add(m.took), -1})
	}
	slices.SortFunc(changes, func(x, y change) int { return x.at.Compare(y.at) })
	spent := make([]time.Duration, len(sent)+1)
	n := 0
	for i, c := range changes {
		if i > 0 {
			spent[n] += c.at.Sub(changes[i-1].at)
		}
		n += c.by
	}
	var whole time.Duration
	for _, d := range spent {
		whole += d
	}
	fmt.Fprintf(b.out, "%d bulk requests in %.1f s; on their way:", len(sent), whole.Seconds())
	for n, d := range spent[:min(len(spent), clients+2)] {
		fmt.Fprintf(b.out, " %d for %.1f %%", n, 100*d.Seconds()/whole.Seconds())
	}
	fmt.Fprintln(b.out)
}

// layout returns what the index of articles is made with.
func (b *bench) layout(ctx context.Context) (json.RawMessage, error) {
	var found map[string]struct {
		Mappings json.RawMessage `json:"mappings"`
		Settings struct {
			Index map[string]any `json:"index"`
		} `json:"settings"`
	}
	if err := b.send(ctx, message{method: http.MethodGet, path: "/" + b.name, body: nil}, &found); err != nil {
		return nil, err
	}
	for _, i := range found {
		for _, own := range []string{"uuid", "creation_date", "provided_name", "version", "replication"} {
			delete(i.Settings.Index, own)
		}
		return json.Marshal(map[string]any{"mappings": i.Mappings, "settings": map[string]any{"index": i.Settings.Index}})
	}
	return nil, errors.New("no index " + b.name)
}

// replay sends bulk requests to a new index, and refreshes it.
func (b *bench) replay(ctx context.Context, layout json.RawMessage, files []string) error {
	name := "/" + b.name + "-raw"
	if err := b.send(ctx, message{method: http.MethodPut, path: name, body: layout}, nil); err != nil {
		return err
	}
	next := make(chan string)
	errs := make([]error, clients)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			for file := range next {
				body, err := os.ReadFile(file)
				if err == nil {
					err = b.send(ctx, message{method: http.MethodPost, path: name + "/_bulk?filter_path=errors", body: body}, nil)
				}
				errs[i] = errors.Join(errs[i], err)
			}
		})
	}
	for _, f := range files {
		next <- f
	}
	close(next)
	wg.Wait()
	return errors.Join(append(errs, b.send(ctx, message{method: http.MethodPost, path: name + "/_refresh", body: nil}, nil))...)
}

func median(d []time.Duration) time.Duration { return percentile(d, .5) }

// percentile returns the smallest of d that a share of them are at most.
func percentile(d []time.Duration, share float64) time.Duration {
	d = slices.Sorted(slices.Values(d))
	return d[min(int(share*float64(len(d))), len(d)-1)]
}
