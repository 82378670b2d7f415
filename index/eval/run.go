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
	seen := make(map[[2]string]bool)
	err := eachLine(path, func(line string) error {
		columns := strings.Fields(line)
		if len(columns) != 6 {
			return fmt.Errorf("want 6 columns, got %d", len(columns))
		}
		query, article := columns[0], columns[2]
		score, err := strconv.ParseFloat(columns[4], 64)
		if err != nil || math.IsNaN(score) {
			return fmt.Errorf("the score %q is not a number", columns[4])
		}
		if seen[[2]string{query, article}] {
			return fmt.Errorf("article %q stands twice in the ranking of query %q", article, query)
		}
		seen[[2]string{query, article}] = true
		r[query] = append(r[query], Scored{ID: article, Score: score})
		return nil
	})
	return r, err
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
		for i, s := range ranked(r[query]) {
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

// ranked returns entries in the order that trec_eval gives them: by score,
// then by id, both descending. It reads scores in single precision, so scores
// that differ by less are a tie.
func ranked(entries []Scored) []Scored {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(float32(b.Score), float32(a.Score)), cmp.Compare(b.ID, a.ID))
	})
	return entries
}
