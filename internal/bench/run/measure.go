package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/bench"
	"github.com/newsq/newsq/internal/bench/harness"
)

// options say what is measured.
type options struct {
	data, src, dir   string
	peers            []peer
	corpora, steps   []string
	again            []string // rows of which the index is built anew
	rounds, passes   int
	clients, queries int
	// processor is set to measure searches by the processor's time.
	processor bool
}

// driver runs the harnesses.
type driver struct {
	options
	log     io.Writer
	results io.Writer // JSON lines
	failed  map[string]bool
	version map[string]string // by folder
}

func (d *driver) put(r record) error { return json.NewEncoder(d.results).Encode(r) }

func (d *driver) does(step string) bool { return slices.Contains(d.steps, step) }

// out is where a harness is built.
func (d *driver) out(folder string) string { return filepath.Join(d.dir, "build", folder) }

func (d *driver) corpus(name string) string   { return filepath.Join(d.dir, name+".jsonl") }
func (d *driver) asked(name string) string    { return filepath.Join(d.dir, "queries-"+name+".tsv") }
func (d *driver) index(p, name string) string { return filepath.Join(d.dir, p+"-"+name) }

// run builds, indexes and measures. What fails for one peer is recorded, and
// the others go on.
func (d *driver) run(ctx context.Context) error {
	if err := again(ctx, d.log, append([]string{"corpus", "-data", d.data, "-dir", d.dir}, d.corpora...)...); err != nil {
		return err
	}
	if err := d.put(record{Kind: "run", Note: time.Now().Format(time.DateOnly) + ", " + machine() + d.clock()}); err != nil {
		return err
	}
	built := map[string]string{}
	for _, p := range d.peers {
		note, done := built[p.folder]
		m := makers[p.folder]
		if !done {
			fmt.Fprintf(d.log, "building %s\n", p.folder)
			var err error
			if d.version[p.folder], err = m.make(ctx, cmp.Or(p.src, filepath.Join(d.src, p.folder)), d.out(p.folder)); err != nil {
				note = "not built: " + err.Error()
			}
			built[p.folder] = note
		}
		d.failed[p.name] = note != ""
		if err := d.put(record{Kind: "peer", Peer: p.name, Version: d.version[p.folder], Note: note}); err != nil {
			return err
		}
	}
	for _, name := range d.corpora {
		for _, step := range []struct {
			name string
			do   func(context.Context, string) error
		}{
			{"index", d.indexes},
			{"search", d.searches},
			{"check", d.checks},
			{"cold", d.colds},
			{"throughput", d.throughputs},
		} {
			if !d.does(step.name) {
				continue
			}
			if err := step.do(ctx, name); err != nil {
				return err
			}
		}
	}
	if d.does("growth") {
		return d.growth(ctx)
	}
	return nil
}

// machine describes where this runs.
func machine() string {
	model := "unknown processor"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(text), "model name\t: "); ok {
			model, _, _ = strings.Cut(rest, "\n")
		}
	}
	return fmt.Sprintf("%s, %d threads", model, cpus())
}

// clock says by which clock searches are measured.
func (d *driver) clock() string {
	if d.processor {
		return "; searches by the processor's time"
	}
	return ""
}

// command runs a harness and returns what it prints.
func (d *driver) command(ctx context.Context, p peer, args ...string) ([]byte, *os.ProcessState, error) {
	m := makers[p.folder]
	if args[0] == "cold" && m.cold != nil {
		m.command = m.cold
	}
	full := append(m.command(d.out(p.folder)), args...)
	c := exec.CommandContext(ctx, full[0], full[1:]...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	text, err := c.Output()
	if err != nil {
		err = fmt.Errorf("%s %s: %w: %s", p.name, args[0], err, gist(stderr.String()))
	}
	return text, c.ProcessState, err
}

// each calls f for the peers that could be built and have an index, or need
// none, and records what fails.
func (d *driver) each(ctx context.Context, corpus, doing string, f func(p peer) error) error {
	for _, p := range d.peers {
		if d.failed[p.name] || p.indexOnly && doing != "index" {
			continue
		}
		if _, err := os.Stat(d.index(p.name, corpus)); doing != "index" && err != nil {
			continue
		}
		fmt.Fprintf(d.log, "%s: %s %s\n", corpus, doing, p.name)
		if err := f(p); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			fmt.Fprintf(d.log, "  %v\n", err)
			d.failed[p.name] = true
			if err := d.put(record{Kind: "peer", Peer: p.name, Version: d.version[p.folder], Note: err.Error()}); err != nil {
				return err
			}
		}
	}
	return nil
}

// indexes builds and merges what is not there yet; what that took is kept
// beside each index.
func (d *driver) indexes(ctx context.Context, corpus string) error {
	return d.each(ctx, corpus, "index", func(p peer) error {
		dir := d.index(p.name, corpus)
		kept := dir + ".json"
		if text, err := os.ReadFile(kept); err == nil && !slices.Contains(d.again, p.name) {
			_, err := d.results.Write(text)
			return err
		}
		if err := errors.Join(os.RemoveAll(dir), os.RemoveAll(kept)); err != nil {
			return err
		}
		index, err := d.build(ctx, p, append([]string{"index", d.corpus(corpus), dir}, p.args...))
		if err != nil {
			return err
		}
		var lines bytes.Buffer
		enc := json.NewEncoder(&lines)
		if err := enc.Encode(record{Kind: "index", Peer: p.name, Corpus: corpus, Build: index}); err != nil {
			return err
		}
		merged, err := d.build(ctx, p, append([]string{"merge", dir}, p.mergeArgs...))
		if err == nil {
			err = enc.Encode(record{Kind: "merge", Peer: p.name, Corpus: corpus, Build: merged})
		} else if errors.Is(err, errNoMerge) {
			err = nil
		}
		if err != nil {
			return err
		}
		if p.indexOnly {
			err = os.RemoveAll(dir)
		}
		_, err2 := d.results.Write(lines.Bytes())
		return errors.Join(err, err2, os.WriteFile(kept, lines.Bytes(), 0o600))
	})
}

func (d *driver) build(ctx context.Context, p peer, args []string) (*harness.Build, error) {
	text, _, err := d.command(ctx, p, args...)
	if err != nil {
		if strings.Contains(err.Error(), harness.ErrNoMerge.Error()) {
			return nil, errNoMerge
		}
		return nil, err
	}
	var b harness.Build
	return &b, json.Unmarshal(text, &b)
}

// searchRounds lets the peers take turns, so that what else the machine does
// falls on all of them.
func (d *driver) searchRounds(ctx context.Context, corpus, queries string) (map[string]times, error) {
	took := map[string]times{}
	for range d.rounds {
		if err := d.each(ctx, corpus, "search", func(p peer) error {
			text, _, err := d.command(ctx, p, "search", d.index(p.name, corpus), queries, strconv.Itoa(d.passes))
			if err != nil {
				return err
			}
			all, err := parseAnswers(text)
			if took[p.name] == nil {
				took[p.name] = times{}
			}
			took[p.name].add(all, d.processor)
			return err
		}); err != nil {
			return nil, err
		}
	}
	return took, nil
}

func (d *driver) searches(ctx context.Context, corpus string) error {
	took, err := d.searchRounds(ctx, corpus, d.asked(corpus))
	if err != nil {
		return err
	}
	for _, p := range d.peers {
		all := took[p.name].best("")
		if len(all) == 0 {
			continue
		}
		err := d.put(record{Kind: "all", Peer: p.name, Corpus: corpus, Queries: len(all), Mean: mean(all), P99: all[len(all)*99/100]})
		for _, class := range bench.Classes {
			if v := took[p.name].best(class); len(v) > 0 {
				err = errors.Join(err, d.put(record{Kind: "class", Peer: p.name, Corpus: corpus, Class: class, Queries: len(v), Mean: mean(v), P99: v[len(v)*99/100]}))
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unlike are the classes in which newsq means something else: it takes
// phrases and beginnings of words as they are written, the peers as stems.
var unlike = []string{"phrase", "prefix"}

// tolerance is how far two numbers of hits may be apart, as analysis differs
// in words with hyphens, full stops and apostrophes.
const tolerance = 0.05

// checks compares the hits of the peers with newsq's.
func (d *driver) checks(ctx context.Context, corpus string) error {
	hits := map[string]int{}
	return d.each(ctx, corpus, "check", func(p peer) error {
		text, _, err := d.command(ctx, p, "check", d.index(p.name, corpus), d.asked(corpus))
		if err != nil {
			return err
		}
		all, err := parseAnswers(text)
		if err != nil {
			return err
		}
		compared, different := map[string]int{}, map[string]int{}
		for _, a := range all {
			n, err := strconv.Atoi(a.hits)
			if err != nil {
				return fmt.Errorf("%s: hits %q", a.id, a.hits)
			}
			if p.name == "newsq" {
				hits[a.id] = n
			}
			want, ok := hits[a.id]
			if !ok {
				continue
			}
			compared[a.class]++
			if math.Abs(float64(n-want)) > max(2, tolerance*float64(want)) {
				different[a.class]++
			}
		}
		for _, class := range bench.Classes {
			if compared[class] > 0 {
				err = errors.Join(err, d.put(record{Kind: "agree", Peer: p.name, Corpus: corpus, Class: class, Queries: compared[class], Different: different[class]}))
			}
		}
		return err
	})
}

// coldRuns is the number of processes started for each peer and query.
const coldRuns = 11

// colds times processes from outside: each opens, answers once, shows ten
// articles, and ends.
func (d *driver) colds(ctx context.Context, corpus string) error {
	queries, err := harness.ReadQueries(d.asked(corpus))
	if err != nil {
		return err
	}
	var asked []string
	for i := range queries {
		if slices.Contains([]string{"and2-01", "or3-01", "med-01"}, queries[i].ID) {
			asked = append(asked, queries[i].String())
		}
	}
	took := map[string][]float64{}
	for run := range coldRuns {
		if err := d.each(ctx, corpus, "cold", func(p peer) error {
			for _, q := range asked {
				start := time.Now()
				text, _, err := d.command(ctx, p, "cold", d.index(p.name, corpus), q)
				if err != nil {
					return err
				}
				if len(text) < 100 {
					return fmt.Errorf("%s shows only %q", p.name, text)
				}
				if run > 0 { // the first writes what later ones read
					took[p.name] = append(took[p.name], float64(time.Since(start).Microseconds())/1e3)
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if floor, err := pick("bleve"); err == nil && !d.failed["bleve"] {
			start := time.Now()
			if _, _, err := d.command(ctx, floor[0], "floor"); err == nil {
				took["floor"] = append(took["floor"], float64(time.Since(start).Microseconds())/1e3)
			}
		}
	}
	for name, v := range took {
		err = errors.Join(err, d.put(record{Kind: "cold", Peer: name, Corpus: corpus, Mean: median(v)}))
	}
	return err
}

func (d *driver) throughputs(ctx context.Context, corpus string) error {
	rates := map[string][]harness.Rate{}
	for range d.rounds {
		if err := d.each(ctx, corpus, "throughput", func(p peer) error {
			text, _, err := d.command(ctx, p, "throughput", d.index(p.name, corpus), d.asked(corpus), strconv.Itoa(d.clients), strconv.Itoa(d.queries))
			if err != nil {
				return err
			}
			var r harness.Rate
			err = json.Unmarshal(text, &r)
			rates[p.name] = append(rates[p.name], r)
			return err
		}); err != nil {
			return err
		}
	}
	for name, r := range rates {
		slices.SortFunc(r, func(a, b harness.Rate) int { return int(math.Copysign(1, a.PerS-b.PerS)) })
		if err := d.put(record{Kind: "throughput", Peer: name, Corpus: corpus, Rate: &r[len(r)/2]}); err != nil {
			return err
		}
	}
	return nil
}

// growth asks the queries of the last corpus of the first as well, so that the
// words are the same.
func (d *driver) growth(ctx context.Context) error {
	if len(d.corpora) < 2 {
		return nil
	}
	small, large := d.corpora[0], d.corpora[len(d.corpora)-1]
	queries, err := harness.ReadQueries(d.asked(large))
	if err != nil {
		return err
	}
	queries = slices.DeleteFunc(queries, func(q harness.Query) bool { return q.Class != "or" && q.Class != "or10" && q.Class != "and" })
	var text bytes.Buffer
	if err := bench.WriteQueries(&text, queries); err != nil {
		return err
	}
	path := filepath.Join(d.dir, "queries-growth.tsv")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		return err
	}
	before, err := d.searchRounds(ctx, small, path)
	if err != nil {
		return err
	}
	after, err := d.searchRounds(ctx, large, path)
	if err != nil {
		return err
	}
	for _, p := range d.peers {
		for _, class := range []string{"and", "or", "or10"} {
			a, b := before[p.name].best(class), after[p.name].best(class)
			if len(a) > 0 && len(b) > 0 {
				if err := d.put(record{Kind: "growth", Peer: p.name, Corpus: large, Class: class, Mean: mean(b) / mean(a), Note: small}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
