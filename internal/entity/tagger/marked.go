package tagger

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ReadMarked reads the texts of a folder; the command train says in which form. They come in
// the order of the file.
func ReadMarked(dir string) ([]Marked, error) {
	texts, err := readTexts(filepath.Join(dir, "articles.jsonl.gz"), math.MaxInt)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Marked, len(texts))
	for i := range texts {
		byID[texts[i].ID] = &texts[i]
	}
	f, err := os.Open(filepath.Join(dir, "entities.tsv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if err := addName(byID, lines.Text()); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", f.Name(), n, err)
		}
	}
	for i := range texts {
		slices.SortFunc(texts[i].Names, func(a, b MarkedName) int { return a.Start - b.Start })
	}
	return texts, lines.Err()
}

// readTexts reads the texts of a file, at most limit.
func readTexts(path string, limit int) ([]Marked, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var texts []Marked
	for d := json.NewDecoder(z); len(texts) < limit && d.More(); {
		var m Marked
		if err := d.Decode(&m); err != nil {
			return nil, fmt.Errorf("%s: object %d: %w", path, len(texts)+1, err)
		}
		texts = append(texts, m)
	}
	return texts, nil
}

// addName adds a name to its text: the line is its article, kind, start and end in
// characters, and the name.
func addName(texts map[string]*Marked, line string) error {
	parts := strings.Split(line, "\t")
	if len(parts) != 5 {
		return fmt.Errorf("want 5 columns with tabs between them, got %d", len(parts))
	}
	m := texts[parts[0]]
	if m == nil {
		return fmt.Errorf("no article has the id %q", parts[0])
	}
	start, err := strconv.Atoi(parts[2])
	if err != nil {
		return err
	}
	end, err := strconv.Atoi(parts[3])
	if err != nil {
		return err
	}
	from := byteOf(m.Text, start)
	to := from + byteOf(m.Text[from:], end-start)
	if m.Text[from:to] != parts[4] {
		return fmt.Errorf("the name is %q, and the text has %q there", parts[4], m.Text[from:to])
	}
	m.Names = append(m.Names, MarkedName{from, to, parts[1]})
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

// KeptAside reports whether the text belongs to the fifth of all that is kept aside to
// measure by: those whose CRC-32 of the id is divisible by 5.
func (m *Marked) KeptAside() bool { return crc32.ChecksumIEEE([]byte(m.ID))%5 == 0 }
