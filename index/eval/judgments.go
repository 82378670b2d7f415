package eval

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Query is one information need, in words.
type Query struct {
	ID   string
	Text string
}

// Qrels holds the judgments: for each query id, the grade of each article id
// that was judged. Grades above 0 are relevant, the higher the more so.
type Qrels map[string]map[string]int

// What is read from a file of queries or judgments, at most. TREC's largest
// sets have some hundred thousand judgments.
const (
	maxLine  = 1 << 20 // bytes
	maxLines = 5_000_000
)

// LoadQueries reads queries in the order of a file that has one a line: id,
// tab, text.
func LoadQueries(path string) ([]Query, error) {
	var queries []Query
	seen := make(map[string]bool)
	err := eachLine(path, func(line string) error {
		id, text, ok := strings.Cut(line, "\t")
		id, text = strings.TrimSpace(id), strings.TrimSpace(text)
		if !ok || id == "" || text == "" {
			return errors.New("want an id, a tab and a text")
		}
		if seen[id] {
			return fmt.Errorf("a second query %q", id)
		}
		seen[id] = true
		queries = append(queries, Query{ID: id, Text: text})
		return nil
	})
	return queries, err
}

// WriteQueries writes queries in the form that [LoadQueries] reads.
func WriteQueries(w io.Writer, queries []Query) error {
	out := bufio.NewWriter(w)
	for _, q := range queries {
		if q.ID == "" || q.Text == "" || strings.ContainsAny(q.ID, "\t\r\n") || strings.ContainsAny(q.Text, "\r\n") {
			return fmt.Errorf("write queries: id %q and text %q do not fit into a line", q.ID, q.Text)
		}
		fmt.Fprintf(out, "%s\t%s\n", q.ID, q.Text)
	}
	return out.Flush() // and with it the first error of all writes
}

// LoadQrels reads judgments in the form of TREC, one a line: query id, a
// column that is ignored, article id, grade.
func LoadQrels(path string) (Qrels, error) {
	qrels := make(Qrels)
	err := eachLine(path, func(line string) error {
		columns := strings.Fields(line)
		if len(columns) != 4 {
			return fmt.Errorf("want 4 columns, got %d", len(columns))
		}
		query, article := columns[0], columns[2]
		grade, err := strconv.Atoi(columns[3])
		if err != nil {
			return fmt.Errorf("the grade %q is not a whole number", columns[3])
		}
		if _, ok := qrels[query][article]; ok {
			return fmt.Errorf("a second judgment of %q for query %q", article, query)
		}
		if qrels[query] == nil {
			qrels[query] = make(map[string]int)
		}
		qrels[query][article] = grade
		return nil
	})
	return qrels, err
}

// WriteQrels writes judgments in the form of TREC, by query and article. Numbers
// come in their order: query 9 before query 10.
func WriteQrels(w io.Writer, qrels Qrels) error {
	out := bufio.NewWriter(w)
	for _, query := range slices.SortedFunc(maps.Keys(qrels), byNumber) {
		for _, article := range slices.SortedFunc(maps.Keys(qrels[query]), byNumber) {
			for _, id := range []string{query, article} {
				if !oneWord(id) {
					return fmt.Errorf("write judgments: the id %q is not one word", id)
				}
			}
			fmt.Fprintf(out, "%s\t0\t%s\t%d\n", query, article, qrels[query][article])
		}
	}
	return out.Flush() // and with it the first error of all writes
}

// byNumber compares ids: numbers by their value and before others, these as text.
func byNumber(a, b string) int {
	m, errA := strconv.ParseUint(a, 10, 64)
	n, errB := strconv.ParseUint(b, 10, 64)
	switch {
	case errA == nil && errB == nil:
		return cmp.Or(cmp.Compare(m, n), cmp.Compare(a, b))
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return cmp.Compare(a, b)
}

// eachLine calls f with each line of a file that is not blank. Errors name
// the file and the line.
func eachLine(path string, f func(line string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()

	s := bufio.NewScanner(file)
	s.Buffer(nil, maxLine)
	n := 0
	for s.Scan() {
		n++
		if n > maxLines {
			return fmt.Errorf("%s: more than %d lines", path, maxLines)
		}
		if strings.TrimSpace(s.Text()) == "" {
			continue
		}
		if err := f(s.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	err = s.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		err = fmt.Errorf("a line of more than %d bytes", maxLine)
	}
	if err != nil {
		return fmt.Errorf("%s:%d: %w", path, n+1, err)
	}
	return nil
}
