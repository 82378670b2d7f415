package harness

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Peer is an engine under measurement.
type Peer interface {
	// Index builds an index of a corpus in the empty folder dir. A size of 0
	// is found afterwards, so that an engine that reads the file itself need
	// not read it twice.
	Index(corpus, dir string, threads int) (docs int, size int64, err error)
	// Merge makes one segment of an index. It returns ErrNoMerge where the
	// engine knows no such thing.
	Merge(dir string) error
	Open(dir string) (Searcher, error)
}

// ErrNoMerge tells that an engine has nothing to merge.
var ErrNoMerge = errors.New("merging to one segment is not offered")

// Searcher is an open index. It is safe for concurrent use.
type Searcher interface {
	Search(q *Query) (Result, error)
	// Show prints the ten best articles with their passages, matches marked.
	Show(w io.Writer, q *Query) error
	Close() error
}

// Result is what a search returned.
type Result struct {
	IDs   []string
	Hits  int
	Known Known
}

// Known says what is known of the number of hits.
type Known uint8

// The degrees of knowing.
const (
	Exactly Known = iota
	AtLeast
	Nothing
)

// String returns the hits as a line of search has them.
func (r Result) String() string {
	switch r.Known {
	case Nothing:
		return "-"
	case AtLeast:
		return strconv.Itoa(r.Hits) + "+"
	}
	return strconv.Itoa(r.Hits)
}

// Build is what building or merging took.
type Build struct {
	Docs   int     `json:"docs,omitempty"`
	TextMB float64 `json:"text_mb,omitempty"` // title and text, in 10^6 bytes
	WallS  float64 `json:"wall_s"`
	CPUS   float64 `json:"cpu_s"`   // user and system
	RSSMB  float64 `json:"rss_mb"`  // at its peak
	DiskMB float64 `json:"disk_mb"` // of the index, hard links counted once
}

// Rate is what a run of throughput reached.
type Rate struct {
	Searches int     `json:"searches"`
	Clients  int     `json:"clients"`
	PerS     float64 `json:"per_s"`
	CPUS     float64 `json:"cpu_s"`
}

const usage = `commands: index JSONL DIR [THREADS] | merge DIR | search DIR QUERIES [PASSES] |
check DIR QUERIES | cold DIR QUERY | throughput DIR QUERIES CLIENTS N`

// Run carries out one command for a peer.
func Run(p Peer, args []string, stdout io.Writer) error {
	out := bufio.NewWriter(stdout)
	arg := func(n int) string {
		if n < len(args) {
			return args[n]
		}
		return ""
	}
	number := func(n, other int) int {
		if v, err := strconv.Atoi(arg(n)); err == nil && v > 0 {
			return v
		}
		return other
	}
	var err error
	switch arg(0) {
	case "index":
		err = build(out, arg(2), arg(1), func() (int, int64, error) { return p.Index(arg(1), arg(2), number(3, 1)) })
	case "merge":
		err = build(out, arg(1), "", func() (int, int64, error) { return 0, 0, p.Merge(arg(1)) })
	case "search", "check", "cold", "throughput":
		var s Searcher
		if s, err = p.Open(arg(1)); err != nil {
			break
		}
		switch arg(0) {
		case "search":
			err = search(out, s, arg(2), number(3, 5))
		case "check":
			err = check(out, s, arg(2))
		case "cold":
			err = cold(out, s, arg(2))
		case "throughput":
			err = throughput(out, s, arg(2), number(3, 8), number(4, 1000))
		}
		err = errors.Join(err, s.Close())
	case "floor":
		_, err = fmt.Fprintln(out, "a process that does nothing else")
	default:
		err = errors.New(usage)
	}
	return errors.Join(err, out.Flush())
}

func build(w io.Writer, dir, corpus string, f func() (int, int64, error)) error {
	start := time.Now()
	docs, size, err := f()
	if err != nil {
		return err
	}
	wall := time.Since(start)
	cpu, rss := used()
	disk, err := diskBytes(dir)
	if err == nil && size == 0 && corpus != "" {
		size, err = corpusBytes(corpus)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(Build{
		Docs: docs, TextMB: float64(size) / 1e6, WallS: wall.Seconds(), CPUS: cpu.Seconds(),
		RSSMB: float64(rss) / 1e6, DiskMB: float64(disk) / 1e6,
	})
}

// diskBytes is the size of a folder, a file with several links counted once.
func diskBytes(dir string) (n int64, err error) {
	var seen []os.FileInfo
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil || slices.ContainsFunc(seen, func(s os.FileInfo) bool { return os.SameFile(s, info) }) {
			return err
		}
		seen = append(seen, info)
		n += info.Size()
		return nil
	})
	return n, err
}

// search goes through all queries once to warm up, and then in passes, so that
// what one query leaves in a cache is as old as can be when it comes again.
func search(w io.Writer, s Searcher, path string, passes int) error {
	queries, err := ReadQueries(path)
	if err != nil {
		return err
	}
	took := make([][]time.Duration, len(queries))
	worked := make([][]time.Duration, len(queries))
	results := make([]Result, len(queries))
	for pass := range passes + 1 {
		for i := range queries {
			before, start := processorTime(), time.Now()
			r, err := s.Search(&queries[i])
			wall := time.Since(start)
			if err != nil {
				return fmt.Errorf("%s: %w", queries[i].ID, err)
			}
			if pass > 0 {
				took[i] = append(took[i], wall)
				worked[i] = append(worked[i], processorTime()-before)
			}
			results[i] = r
		}
	}
	var medians []float64
	sum := 0.0
	for i := range queries {
		m := medianMicros(took[i])
		medians = append(medians, m)
		sum += m
		fmt.Fprintf(w, "%s\t%s\t%s\t%.1f\t%.1f\n", queries[i].Class, queries[i].ID, results[i], m, medianMicros(worked[i]))
	}
	if len(medians) == 0 {
		return nil
	}
	slices.Sort(medians)
	_, err = fmt.Fprintf(w, "# mean %.1f p99 %.1f\n", sum/float64(len(medians)), medians[len(medians)*99/100])
	return err
}

// medianMicros is the median in microseconds.
func medianMicros(v []time.Duration) float64 {
	slices.Sort(v)
	return float64(v[len(v)/2].Nanoseconds()) / 1e3
}

func check(w io.Writer, s Searcher, path string) error {
	queries, err := ReadQueries(path)
	if err != nil {
		return err
	}
	for _, q := range queries {
		class, id := q.Class, q.ID
		q.Count = true
		r, err := s.Search(&q)
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", class, id, r)
	}
	return nil
}

func cold(w io.Writer, s Searcher, text string) error {
	q, err := ParseQuery(text)
	if err != nil {
		return err
	}
	return s.Show(w, &q)
}

// throughput lets clients take the next query of the file as soon as they have
// their answer, around and around, after one pass to warm up.
func throughput(w io.Writer, s Searcher, path string, clients, n int) error {
	queries, err := ReadQueries(path)
	if err != nil {
		return err
	}
	for i := range queries {
		if _, err := s.Search(&queries[i]); err != nil {
			return err
		}
	}
	before, _ := used()
	start := time.Now()
	var next atomic.Int64
	var wait sync.WaitGroup
	errs := make([]error, clients)
	for c := range clients {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(n) && errs[c] == nil; i = next.Add(1) - 1 {
				_, errs[c] = s.Search(&queries[spread(i, len(queries))])
			}
		})
	}
	wait.Wait()
	wall := time.Since(start)
	after, _ := used()
	return cmp.Or(errors.Join(errs...), json.NewEncoder(w).Encode(Rate{
		Searches: n, Clients: clients, PerS: float64(n) / wall.Seconds(), CPUS: (after - before).Seconds(),
	}))
}

// spread takes queries far from each other one after the other, so that any
// thousand of them are of all classes.
func spread(i int64, n int) int {
	step := int64(7)
	for step < int64(n) && int64(n)%step == 0 {
		step += 2
	}
	return int(i * step % int64(n))
}

// Used returns the processor time of this process so far; 0 where the system doesn't say.
func Used() time.Duration {
	cpu, _ := used()
	return cpu
}
