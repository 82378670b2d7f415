// Command serve measures a server that runs: so many clients ask it without a pause, and
// then the library is asked the same in this process, as many at a time as there are
// processors, so that what the server costs beside its searches is seen.
//
//	newsq serve -i INDEX &
//	go run ./internal/bench/serve -at http://127.0.0.1:7700 -index INDEX -queries queries.tsv -clients 200 -for 60s
//
// Queries are one a line; of a line with tabs, what stands behind the last one. The clients
// take time of the same processors, which the library's figure doesn't have.
package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/bench/harness"
	"github.com/newsq/newsq/internal/server/ask"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1) //house:allow this is a command, if not one that is installed
	}
}

// options are the flags.
type options struct {
	at, index, queries, token, more string
	clients                         int
	long                            time.Duration
}

// run is main without the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var o options
	f := flag.NewFlagSet("serve", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.at, "at", "http://127.0.0.1:7700", "the server's `URL`")
	f.StringVar(&o.index, "index", "", "the `location` of the index that it serves; none leaves the library out")
	f.StringVar(&o.queries, "queries", "", "`file` of queries, one a line")
	f.StringVar(&o.token, "token", "", "the server's `token`")
	f.StringVar(&o.more, "with", "lenient=true", "`parameters` of each search beside q")
	f.IntVar(&o.clients, "clients", 200, "how many ask at once")
	f.DurationVar(&o.long, "for", time.Minute, "how long to ask")
	if err := f.Parse(args); err != nil {
		return err
	}
	texts, err := readQueries(o.queries)
	if err != nil {
		return err
	}
	var addresses []string
	for _, text := range texts {
		addresses = append(addresses, "q="+url.QueryEscape(text)+"&"+o.more)
	}
	served, err := o.askServer(ctx, addresses)
	if err != nil {
		return err
	}
	served.print(stdout, fmt.Sprintf("server, %d clients", o.clients))
	fmt.Fprintf(stdout, "memory of the server: %d MB at most\n", served.memory>>20)
	if o.index == "" || ctx.Err() != nil {
		return ctx.Err()
	}
	library, err := o.askLibrary(ctx, addresses)
	if err != nil {
		return err
	}
	library.print(stdout, fmt.Sprintf("library, %d at a time", runtime.GOMAXPROCS(0)))
	fmt.Fprintf(stdout, "throughput of the server by that of the library: %.2f", served.rate()/library.rate())
	if served.cpu > 0 {
		fmt.Fprintf(stdout, "; by processor time: %.2f", library.perAnswer().Seconds()/served.perAnswer().Seconds())
	}
	fmt.Fprintln(stdout)
	return nil
}

// readQueries reads a file of queries.
func readQueries(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var texts []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if text := strings.TrimSpace(line[strings.LastIndexByte(line, '\t')+1:]); text != "" {
			texts = append(texts, text)
		}
	}
	if len(texts) == 0 && lines.Err() == nil {
		return nil, fmt.Errorf("%s has no queries", path)
	}
	return texts, lines.Err()
}

// measured is what asking came to.
type measured struct {
	took   []time.Duration // of those that were answered
	errors map[string]int  // by what went wrong
	long   time.Duration
	bytes  int64
	memory int64         // the most that the server took, in bytes; 0 where it doesn't tell
	cpu    time.Duration // processor time of what was asked; 0 where it doesn't tell
}

func (m *measured) rate() float64 { return float64(len(m.took)) / m.long.Seconds() }

// perAnswer is the processor time of an answer. On a busy machine it says more than rates.
func (m *measured) perAnswer() time.Duration { return m.cpu / time.Duration(max(1, len(m.took))) }

// at returns the time within which a part of the answers came, sorted before.
func (m *measured) at(part float64) time.Duration {
	if len(m.took) == 0 {
		return 0
	}
	return m.took[min(len(m.took)-1, int(part*float64(len(m.took))))]
}

func (m *measured) print(w io.Writer, who string) {
	slices.Sort(m.took)
	const round = 10 * time.Microsecond
	fmt.Fprintf(w, "%s: %d answers in %v, %.0f a second, p50 %v, p90 %v, p99 %v, longest %v, %d bytes each\n", who, len(m.took), m.long.Round(time.Millisecond), m.rate(),
		m.at(.5).Round(round), m.at(.9).Round(round), m.at(.99).Round(round), m.at(1).Round(round), m.bytes/max(1, int64(len(m.took))))
	if m.cpu > 0 && len(m.took) > 0 {
		fmt.Fprintf(w, "  processor time: %v each\n", m.perAnswer().Round(time.Microsecond))
	}
	failed := 0
	for _, n := range m.errors {
		failed += n
	}
	fmt.Fprintf(w, "  errors: %d", failed)
	for what, n := range m.errors {
		fmt.Fprintf(w, "; %d %s", n, what)
	}
	fmt.Fprintln(w)
}

// each calls ask from so many goroutines for as long as it shall take, with the addresses
// in turn.
func (o *options) each(ctx context.Context, workers int, addresses []string, ask func(ctx context.Context, address string) (bytes int64, err error)) *measured {
	ctx, cancel := context.WithTimeout(ctx, o.long)
	defer cancel()
	m := &measured{errors: make(map[string]int)}
	var mu sync.Mutex
	var next atomic.Int64
	var wait sync.WaitGroup
	started := time.Now()
	for range workers {
		wait.Go(func() {
			var took []time.Duration
			var bytes int64
			failed := make(map[string]int)
			for ctx.Err() == nil {
				begun := time.Now()
				n, err := ask(ctx, addresses[int(next.Add(1))%len(addresses)])
				switch {
				case ctx.Err() != nil: // the time was over
				case err != nil:
					failed[err.Error()]++
				default:
					took, bytes = append(took, time.Since(begun)), bytes+n
				}
			}
			mu.Lock()
			defer mu.Unlock()
			m.took, m.bytes = append(m.took, took...), m.bytes+bytes
			for what, n := range failed {
				m.errors[what] += n
			}
		})
	}
	wait.Wait()
	m.long = time.Since(started)
	return m
}

// askServer asks the server, and watches its memory.
func (o *options) askServer(ctx context.Context, addresses []string) (*measured, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: o.clients, DisableCompression: true}}
	get := func(ctx context.Context, path string) (*http.Response, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(o.at, "/")+path, nil)
		if err != nil {
			return nil, err
		}
		r.Header.Set("Accept-Encoding", "gzip") // as browsers do, without the time to read it
		if o.token != "" {
			r.Header.Set("Authorization", "Bearer "+o.token)
		}
		return client.Do(r)
	}
	before, err := usedBy(ctx, get)
	if err != nil {
		return nil, fmt.Errorf("is a server there? %w", err)
	}
	watching, end := context.WithCancel(ctx)
	most := make(chan int64)
	go func() {
		var n int64
		for watching.Err() == nil {
			if now, err := usedBy(watching, get); err == nil {
				n = max(n, now.memory)
			}
			select {
			case <-watching.Done():
			case <-time.After(time.Second):
			}
		}
		most <- n
	}()
	m := o.each(ctx, o.clients, addresses, func(ctx context.Context, address string) (int64, error) {
		res, err := get(ctx, "/api/v1/search?"+address)
		if err != nil {
			var u *url.Error
			if errors.As(err, &u) {
				err = u.Err // without the address
			}
			return 0, err
		}
		defer res.Body.Close()
		n, err := io.Copy(io.Discard, res.Body)
		if err == nil && res.StatusCode != http.StatusOK {
			err = errors.New(res.Status)
		}
		return n, err
	})
	end()
	m.memory = <-most
	if after, err := usedBy(ctx, get); err == nil {
		m.cpu = after.cpu - before.cpu
	}
	return m, nil
}

// used is what a process takes, and has taken.
type used struct {
	memory int64
	cpu    time.Duration
}

// usedBy asks the server what it uses.
func usedBy(ctx context.Context, get func(context.Context, string) (*http.Response, error)) (u used, err error) {
	res, err := get(ctx, "/metrics")
	if err != nil {
		return u, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return u, errors.New(res.Status)
	}
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		name, text, _ := strings.Cut(lines.Text(), " ")
		value, err := strconv.ParseFloat(text, 64)
		switch {
		case err != nil:
		case name == "process_resident_memory_bytes":
			u.memory = int64(value)
		case name == "process_cpu_seconds_total":
			u.cpu = time.Duration(value * float64(time.Second))
		}
	}
	return u, lines.Err()
}

// askLibrary asks the library the same, without what writes JSON.
func (o *options) askLibrary(ctx context.Context, addresses []string) (*measured, error) {
	ix, err := index.Open(ctx, o.index, &index.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	before := harness.Used()
	m := o.each(ctx, runtime.GOMAXPROCS(0), addresses, func(ctx context.Context, address string) (int64, error) {
		request, err := ask.Read(address, ask.Search())
		if err != nil {
			return 0, err
		}
		_, err = ix.Search(ctx, request.Query(nil))
		return 0, err
	})
	m.cpu = harness.Used() - before
	return m, cmp.Or(ix.Close(), ctx.Err())
}
