// Package metrics counts what a server does and writes it in the text format of
// Prometheus, version 0.0.4
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
//
// The client library of Prometheus brings eight modules, and 0.7 ms to the start of every
// command, for what takes a page.
package metrics

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ContentType is the media type of the text format.
const ContentType = "text/plain; version=0.0.4; charset=utf-8"

// buckets are the upper bounds of latencies, in seconds. A search takes milliseconds, and
// the bound of an answer is 20 s.
var buckets = [...]float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}

// Requests counts requests by kind. The zero value is ready; it is safe for concurrent use.
type Requests struct {
	mu      sync.Mutex
	kinds   map[string]*histogram
	status  map[statusKey]int64
	refused map[string]int64
}

type statusKey struct {
	kind   string
	status int
}

type histogram struct {
	counts [len(buckets)]int64 // of each bucket alone
	sum    float64
	n      int64
}

// Add counts a request. kind is one of a few.
func (r *Requests) Add(kind string, status int, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kinds == nil {
		r.kinds, r.status = make(map[string]*histogram), make(map[statusKey]int64)
	}
	h := r.kinds[kind]
	if h == nil {
		h = &histogram{}
		r.kinds[kind] = h
	}
	seconds := took.Seconds()
	h.n++
	h.sum += seconds
	if i, _ := slices.BinarySearch(buckets[:], seconds); i < len(buckets) {
		h.counts[i]++
	}
	r.status[statusKey{kind, status}]++
}

// Refuse counts a query that was refused, by why: one of a few words.
func (r *Requests) Refuse(why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refused == nil {
		r.refused = make(map[string]int64)
	}
	r.refused[why]++
}

// Value is a figure that is read when it is asked for.
type Value struct {
	Name, Help string
	Counter    bool // it only grows
	Value      float64
}

// Write writes the requests and other figures.
func (r *Requests) Write(w io.Writer, values []Value) error {
	b := bufio.NewWriter(w)
	r.write(b)
	for _, v := range values {
		kind := "gauge"
		if v.Counter {
			kind = "counter"
		}
		head(b, v.Name, kind, v.Help)
		fmt.Fprintf(b, "%s %s\n", v.Name, number(v.Value))
	}
	return b.Flush()
}

func (r *Requests) write(b *bufio.Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	const total, seconds, refused = "newsq_requests_total", "newsq_request_duration_seconds", "newsq_queries_refused_total"
	head(b, total, "counter", "Requests answered, by kind and status.")
	keys := slices.SortedFunc(maps.Keys(r.status), func(a, b statusKey) int {
		if c := strings.Compare(a.kind, b.kind); c != 0 {
			return c
		}
		return a.status - b.status
	})
	for _, k := range keys {
		fmt.Fprintf(b, "%s{kind=%s,status=\"%d\"} %d\n", total, label(k.kind), k.status, r.status[k])
	}
	head(b, seconds, "histogram", "How long answers took, by kind.")
	for _, kind := range slices.Sorted(maps.Keys(r.kinds)) {
		h := r.kinds[kind]
		sum := int64(0)
		for i, most := range buckets {
			sum += h.counts[i]
			fmt.Fprintf(b, "%s_bucket{kind=%s,le=\"%s\"} %d\n", seconds, label(kind), number(most), sum)
		}
		fmt.Fprintf(b, "%s_bucket{kind=%s,le=\"+Inf\"} %d\n", seconds, label(kind), h.n)
		fmt.Fprintf(b, "%s_sum{kind=%s} %s\n%s_count{kind=%s} %d\n", seconds, label(kind), number(h.sum), seconds, label(kind), h.n)
	}
	head(b, refused, "counter", "Queries that were refused, by why.")
	for _, why := range slices.Sorted(maps.Keys(r.refused)) {
		fmt.Fprintf(b, "%s{why=%s} %d\n", refused, label(why), r.refused[why])
	}
}

func head(b *bufio.Writer, name, kind, help string) {
	fmt.Fprintf(b, "# HELP %s %s\n# TYPE %s %s\n", name, strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(help), name, kind)
}

// label writes the value of a label.
func label(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`).Replace(s) + `"`
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
