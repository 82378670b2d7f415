package render

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// Stats writes figures about an index. Days are those of a location; nil means
// time.Local.
func Stats(w io.Writer, s *index.Stats, loc *time.Location) error {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-14s %s\n", name, fmt.Sprintf(format, args...))
	}
	n := func(n int) string { return humanize.Comma(int64(n)) }
	line("articles", "%s", n(s.Articles))
	if !s.Oldest.IsZero() {
		line("published", "%s to %s", formatDate(index.LocalTime(s.Oldest, loc)), formatDate(index.LocalTime(s.Newest, loc)))
	}
	for _, f := range []struct {
		name string
		index.FacetCounts
	}{{"outlets", s.Outlets}, {"languages", s.Languages}, {"topics", s.Topics}} {
		if len(f.Values) > 0 {
			line(f.name, "%s", formatCoverage(f.FacetCounts))
		}
	}
	line("words", "%s", humanize.Comma(s.Tokens))
	line("schema", "%d", s.Schema)
	if !s.Written.IsZero() {
		line("last written", "%s", s.Written.Format("2 Jan 2006 15:04:05"))
	}
	line("dates", "%s with a time, %s with the day alone, %s without", n(s.WithTime), n(s.WithDay), n(s.Undated))
	if s.OutOfRange > 0 {
		line("", "%s before 1900 or in the future", n(s.OutOfRange))
	}
	total := int64(0)
	for _, v := range s.Files {
		total += v
	}
	line("on the disk", "%s: %s", formatBytes(total), formatSizes(s.Files))
	line("sections", "%s", formatSizes(s.Sections))
	line("segments", "%d", len(s.Segments))
	for _, seg := range s.Segments {
		line("  "+Clean(strings.TrimSuffix(seg.Name, ".zap")), "%s documents, %s deleted, %s", n(seg.Documents), n(seg.Deleted), formatBytes(seg.Bytes))
	}
	line("generations", "%d", len(s.Generations))
	for _, g := range s.Generations {
		state := n(g.Articles) + " articles"
		if g.Current {
			state += ", current"
		}
		if g.Held {
			state += ", held"
		}
		if len(g.By) > 0 {
			state += " by " + Clean(strings.Join(g.By, ", "))
		}
		line(fmt.Sprintf("  %d", g.Number), "%s", state)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// formatCoverage lists the commonest values of a facet, and says how many there
// are.
func formatCoverage(f index.FacetCounts) string {
	parts := make([]string, len(f.Values))
	for i, v := range f.Values {
		parts[i] = Clean(v.Value) + " " + humanize.Comma(int64(v.Count))
	}
	if f.More > 0 {
		parts = append(parts, humanize.Comma(int64(f.More))+" more")
	}
	return strings.Join(parts, ", ")
}

// formatSizes lists sizes by kind, greatest first.
func formatSizes(m map[string]int64) string {
	kinds := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(kinds, func(a, b string) int { return cmp.Compare(m[b], m[a]) })
	parts := make([]string, len(kinds))
	for i, k := range kinds {
		parts[i] = k + " " + formatBytes(m[k])
	}
	return strings.Join(parts, ", ")
}
