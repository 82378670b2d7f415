// Package marked reads articles in which people have marked something, such as names or
// quotations, for programs that learn from them. No command of newsq does.
//
// A collection is a folder with articles.jsonl.gz, with an object a line that has an id and
// a text, and a table with a line for each mark, columns parted by tabs: the id of the
// article first, and in columns that a [Table] names a label, and where the mark starts and
// ends in the text, in characters.
package marked

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Article is a text with what is marked in it.
type Article struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Marks []Mark `json:"-"` // in the order of their starts
}

// Mark is a stretch of a text, in bytes, and what it is.
type Mark struct {
	Start, End int
	Label      string
}

// Table says what the table of a collection is like.
type Table struct {
	Name string // of the file
	// Label and Start are columns, from 0; the end is in the one after the start.
	Label, Start int
	// Text is the column that has what is marked, which is compared; 0 for none.
	Text int
}

// Read reads a collection. Articles come in the order of their file.
func Read(dir string, t Table) ([]Article, error) {
	articles, err := ReadTexts(filepath.Join(dir, "articles.jsonl.gz"), math.MaxInt)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Article, len(articles))
	for i := range articles {
		byID[articles[i].ID] = &articles[i]
	}
	f, err := os.Open(filepath.Join(dir, t.Name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20) // a mark may be a long quotation
	for n := 1; lines.Scan(); n++ {
		if err := t.add(byID, lines.Text()); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", f.Name(), n, err)
		}
	}
	for i := range articles {
		slices.SortStableFunc(articles[i].Marks, func(a, b Mark) int { return a.Start - b.Start })
	}
	return articles, lines.Err()
}

// ReadTexts reads the articles of a file, at most limit, without marks.
func ReadTexts(path string, limit int) ([]Article, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var articles []Article
	for d := json.NewDecoder(z); len(articles) < limit && d.More(); {
		var a Article
		if err := d.Decode(&a); err != nil {
			return nil, fmt.Errorf("%s: object %d: %w", path, len(articles)+1, err)
		}
		articles = append(articles, a)
	}
	return articles, nil
}

// add adds the mark of a line to its article.
func (t Table) add(articles map[string]*Article, line string) error {
	columns := strings.Split(line, "\t")
	if want := max(t.Label, t.Start+1, t.Text) + 1; len(columns) < want {
		return fmt.Errorf("want %d columns with tabs between them, got %d", want, len(columns))
	}
	a := articles[columns[0]]
	if a == nil {
		return fmt.Errorf("no article has the id %q", columns[0])
	}
	start, err := strconv.Atoi(columns[t.Start])
	if err != nil {
		return err
	}
	end, err := strconv.Atoi(columns[t.Start+1])
	if err != nil {
		return err
	}
	from := byteOf(a.Text, start)
	to := from + byteOf(a.Text[from:], end-start)
	if from >= to {
		return fmt.Errorf("the article has no characters from %d to %d", start, end)
	}
	if t.Text > 0 && a.Text[from:to] != columns[t.Text] {
		return fmt.Errorf("%q is marked, and the text has %q there", columns[t.Text], a.Text[from:to])
	}
	a.Marks = append(a.Marks, Mark{from, to, columns[t.Label]})
	return nil
}

// byteOf returns the byte at which character n of s begins, at most the length of s.
func byteOf(s string, n int) int {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return i
}
