package eval

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Scored is an article in the ranking of a query.
type Scored struct {
	ID    string
	Score float64
}

// Run holds rankings by query id. Their order is that of [Scored.Score]; how
// the entries stand in a slice says nothing.
type Run map[string][]Scored

// LoadRun reads a run in the form of TREC, one article a line: query id, a column
// that is ignored, article id, rank, score, and the tag of the run. As trec_eval
// does, it goes by the scores and not by the ranks.
func LoadRun(path string) (Run, error) {
	r := make(Run)
	ids := make(map[string]string) // one copy of each, and not of its line
	err := eachLine(path, func(line string) error {
		columns := strings.Fields(line)
		if len(columns) != 6 {
			return fmt.Errorf("want 6 columns, got %d", len(columns))
		}
		score, err := strconv.ParseFloat(columns[4], 64)
		if err != nil || math.IsNaN(score) {
			return fmt.Errorf("the score %q is not a number", columns[4])
		}
		id, ok := ids[columns[2]]
		if !ok {
			id = strings.Clone(columns[2])
			ids[id] = id
		}
		r[columns[0]] = append(r[columns[0]], Scored{ID: id, Score: score})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := r.checkOnce(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// checkOnce refuses a run that has an article twice in a ranking.
func (r Run) checkOnce() error {
	last := make(map[string]string) // the query in whose ranking an article was seen last
	for _, query := range slices.SortedFunc(maps.Keys(r), byNumber) {
		for _, e := range r[query] {
			if q, ok := last[e.ID]; ok && q == query {
				return fmt.Errorf("article %q stands twice in the ranking of query %q", e.ID, query)
			}
			last[e.ID] = query
		}
	}
	return nil
}

// WriteRun writes a run in the form of TREC, one article a line: query id,
// Q0, article id, rank from 1, score, and tag, which names the run. What
// trec_eval makes of it equals what [Evaluate] makes of the run.
func WriteRun(w io.Writer, r Run, tag string) error {
	if !oneWord(tag) {
		return fmt.Errorf("write run: the tag %q is not one word", tag)
	}
	out := bufio.NewWriter(w)
	for _, query := range slices.SortedFunc(maps.Keys(r), byNumber) {
		if !oneWord(query) {
			return fmt.Errorf("write run: the query id %q is not one word", query)
		}
		for i, s := range Ordered(r[query]) {
			if !oneWord(s.ID) {
				return fmt.Errorf("write run: the article id %q is not one word", s.ID)
			}
			score := strconv.FormatFloat(s.Score, 'g', -1, 64)
			fmt.Fprintf(out, "%s Q0 %s %d %s %s\n", query, s.ID, i+1, score, tag)
		}
	}
	return out.Flush() // and with it the first error of all writes
}

// oneWord reports whether s can stand in a column of a run file.
func oneWord(s string) bool { return s != "" && !strings.ContainsFunc(s, unicode.IsSpace) }

// Ordered returns entries in the order that trec_eval gives them: by score,
// then by id, both descending. It reads scores in single precision, so scores
// that differ by less are a tie.
func Ordered(entries []Scored) []Scored {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(float32(b.Score), float32(a.Score)), cmp.Compare(b.ID, a.ID))
	})
	return entries
}
