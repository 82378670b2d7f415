package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/bench"
	"github.com/newsq/newsq/internal/bench/harness"
)

// results finds records by their place in the table.
type results []record

func (rs results) find(kind, peer, corpus, class string) *record {
	for i := range rs {
		if r := &rs[i]; r.Kind == kind && r.Peer == peer && r.Corpus == corpus && r.Class == class {
			return r
		}
	}
	return nil
}

// names returns the values of a field in the order of their first records.
func (rs results) names(of func(*record) string) []string {
	var all []string
	for i := range rs {
		if name := of(&rs[i]); name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// printTable writes results as Markdown.
func printTable(path string, w io.Writer) error {
	all, err := readResults(path)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, markdown(all))
	return err
}

// grid is a table: cells by row and column.
type grid struct {
	b    *strings.Builder
	cols []string
}

func newGrid(b *strings.Builder, cols ...string) grid {
	fmt.Fprintf(b, "\n| %s |\n|%s\n", strings.Join(cols, " | "), strings.Repeat("---|", len(cols)))
	return grid{b, cols}
}

func (g grid) row(cells ...string) {
	for len(cells) < len(g.cols) {
		cells = append(cells, "")
	}
	fmt.Fprintf(g.b, "| %s |\n", strings.Join(cells, " | "))
}

// number writes a figure with three digits that count.
func number(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// beside writes a peer's figure, and before it newsq's divided by it.
func beside(ours, theirs float64) string {
	if ours == 0 || theirs == 0 {
		return number(theirs)
	}
	return fmt.Sprintf("**%s** (%s)", number(ours/theirs), number(theirs))
}

func markdown(all []record) string {
	rs := results(all)
	var b strings.Builder
	if r := rs.find("run", "", "", ""); r != nil {
		fmt.Fprintf(&b, "Measured on %s. In bold: newsq divided by the peer; below 1 newsq takes less, or for rates does less. In parentheses: the peer's own figure.\n", r.Note)
	}
	rows := rs.names(func(r *record) string { return r.Peer })
	rows = slices.DeleteFunc(rows, func(p string) bool { return p == "floor" })
	order := func(p string) int { return slices.IndexFunc(peers, func(o peer) bool { return o.name == p }) }
	slices.SortStableFunc(rows, func(x, y string) int { return cmp.Compare(order(x), order(y)) })
	rs.versions(&b, rows)
	for _, corpus := range rs.names(func(r *record) string { return r.Corpus }) {
		fmt.Fprintf(&b, "\n### %s\n", corpus)
		rs.latency(&b, corpus, rows)
		rs.builds(&b, corpus, rows)
		rs.rest(&b, corpus, rows)
	}
	return b.String()
}

func (rs results) versions(b *strings.Builder, rows []string) {
	var said []string
	for _, p := range rows {
		r := rs.find("peer", p, "", "")
		switch {
		case r == nil:
		case r.Note != "":
			said = append(said, fmt.Sprintf("%s %s (%s)", p, r.Version, r.Note))
		case r.Version != "":
			said = append(said, p+" "+r.Version)
		}
	}
	if len(said) > 0 {
		fmt.Fprintf(b, "\nPeers: %s.\n", strings.Join(said, ", "))
	}
}

// latency is the mean over the medians of a class's queries.
func (rs results) latency(b *strings.Builder, corpus string, rows []string) {
	rows = slices.DeleteFunc(slices.Clone(rows), func(p string) bool { return rs.find("all", p, corpus, "") == nil })
	if len(rows) == 0 {
		return
	}
	g := newGrid(b, append([]string{"µs a query"}, rows...)...)
	line := func(name string, of func(peer string) *record, value func(*record) float64) {
		cells := []string{name}
		ours := 0.0
		for _, p := range rows {
			r := of(p)
			switch {
			case r == nil:
				cells = append(cells, "")
			case p == "newsq":
				ours = value(r)
				cells = append(cells, number(ours))
			default:
				cells = append(cells, beside(ours, value(r)))
			}
		}
		g.row(cells...)
	}
	byMean := func(r *record) float64 { return r.Mean }
	for _, class := range bench.Classes {
		line(class, func(p string) *record { return rs.find("class", p, corpus, class) }, byMean)
	}
	mix := func(p string) *record { return rs.find("all", p, corpus, "") }
	cells := []string{"mean of the mix"}
	for _, p := range rows {
		ours, theirs := rs.means(p, corpus)
		if p == "newsq" {
			ours = 0
		}
		cells = append(cells, beside(ours, theirs))
	}
	g.row(cells...)
	line("p99 of the mix", mix, func(r *record) float64 { return r.P99 })
}

// means returns the mean times of newsq and of a peer over the classes that
// both answer.
func (rs results) means(peer, corpus string) (ours, theirs float64) {
	n := 0
	for _, class := range bench.Classes {
		t := rs.find("class", peer, corpus, class)
		if t == nil {
			continue
		}
		theirs += t.Mean * float64(t.Queries)
		n += t.Queries
		if o := rs.find("class", "newsq", corpus, class); o != nil {
			ours += o.Mean * float64(t.Queries)
		}
	}
	return ours / float64(max(n, 1)), theirs / float64(max(n, 1))
}

// builds is what indexing and merging took. Megabytes are 10^6 bytes, of
// title and text.
func (rs results) builds(b *strings.Builder, corpus string, rows []string) {
	rows = slices.DeleteFunc(slices.Clone(rows), func(p string) bool { return rs.find("index", p, corpus, "") == nil })
	if len(rows) == 0 {
		return
	}
	g := newGrid(b, "indexing", "MB/s", "MB per CPU s", "peak MB", "index MB", "merge to one: CPU s", "then MB")
	var ours *harness.Build
	for _, p := range rows {
		i := rs.find("index", p, corpus, "").Build
		if p == "newsq" {
			ours = i
		}
		cells := []string{p}
		for _, value := range []func(*harness.Build) float64{
			func(v *harness.Build) float64 { return v.TextMB / v.WallS },
			func(v *harness.Build) float64 { return v.TextMB / v.CPUS },
			func(v *harness.Build) float64 { return v.RSSMB },
			func(v *harness.Build) float64 { return v.DiskMB },
		} {
			if ours == nil || p == "newsq" {
				cells = append(cells, number(value(i)))
			} else {
				cells = append(cells, beside(value(ours), value(i)))
			}
		}
		if m := rs.find("merge", p, corpus, ""); m != nil {
			cells = append(cells, number(m.Build.CPUS), number(m.Build.DiskMB))
		}
		g.row(cells...)
	}
	if slices.Contains(rows, plainRow) {
		b.WriteString("\nnewsq learns vectors and finds copies, quotations and claims while it builds, which no peer does. " + plainRow + " does none of it.\n")
	}
}

// rest is cold starts, throughput, growth and agreement.
func (rs results) rest(b *strings.Builder, corpus string, rows []string) {
	g := newGrid(b, "", "cold process, ms", "searches/s", "growth of and, or, or10", "hits unlike newsq's", "phrase and prefix")
	ours := func(kind string, of func(*record) float64) float64 {
		if r := rs.find(kind, "newsq", corpus, ""); r != nil {
			return of(r)
		}
		return 0
	}
	cold := func(r *record) float64 { return r.Mean }
	rate := func(r *record) float64 { return r.Rate.PerS }
	for _, p := range append(slices.Clone(rows), "floor") {
		cells := []string{p, "", "", "", "", ""}
		figure := func(kind string, of func(*record) float64) string {
			r := rs.find(kind, p, corpus, "")
			if r == nil {
				return ""
			}
			if p == "newsq" {
				return number(of(r))
			}
			return beside(ours(kind, of), of(r))
		}
		cells[1], cells[2] = figure("cold", cold), figure("throughput", rate)
		var grown []string
		same, other := [2]int{}, [2]int{}
		for _, class := range bench.Classes {
			if r := rs.find("growth", p, corpus, class); r != nil {
				grown = append(grown, number(r.Mean))
			}
			if r := rs.find("agree", p, corpus, class); r != nil && p != "newsq" {
				into := &same
				if slices.Contains(unlike, class) {
					into = &other
				}
				into[0] += r.Different
				into[1] += r.Queries
			}
		}
		cells[3] = strings.Join(grown, ", ")
		if same[1] > 0 {
			cells[4] = fmt.Sprintf("%d of %d", same[0], same[1])
			cells[5] = fmt.Sprintf("%d of %d", other[0], other[1])
		}
		if strings.Join(cells[1:], "") != "" {
			g.row(cells...)
		}
	}
}
