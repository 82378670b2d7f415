package quotation

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Sample is an article whose quotations are marked.
type Sample struct {
	ID   string `json:"id"`
	Body string `json:"text"`
	Said []Said `json:"-"` // in the order of the body
}

// Said is a marked quotation: bytes of the body without the marks, and the speaker as
// the text names it.
type Said struct {
	Start, End int
	Speaker    string
}

// Part is a number from 0 to 4 that an article has by its ID: a fifth of articles each.
// Tests learn without those of part 0, so that figures can be had of articles that the
// weights don't know.
func (s *Sample) Part() int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.ID)) // a hash never fails
	return int(h.Sum32() % 5)
}

// ReadSamples reads the articles of a folder; the command train says in which form. They
// come in the order of the file.
func ReadSamples(dir string) ([]Sample, error) {
	samples, err := readArticles(filepath.Join(dir, "articles.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Sample, len(samples))
	for i := range samples {
		byID[samples[i].ID] = &samples[i]
	}
	f, err := os.Open(filepath.Join(dir, "quotes.tsv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20) // a quotation in full is at the end of each
	for n := 1; lines.Scan(); n++ {
		if err := addSaid(byID, lines.Text()); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", f.Name(), n, err)
		}
	}
	return samples, lines.Err()
}

func readArticles(path string) ([]Sample, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var samples []Sample
	for d := json.NewDecoder(z); d.More(); {
		var s Sample
		if err := d.Decode(&s); err != nil {
			return nil, fmt.Errorf("%s: object %d: %w", path, len(samples)+1, err)
		}
		samples = append(samples, s)
	}
	return samples, nil
}

// addSaid adds the quotation of a line to its article.
func addSaid(samples map[string]*Sample, line string) error {
	columns := strings.Split(line, "\t")
	if len(columns) < 4 {
		return fmt.Errorf("want 4 columns at least, with tabs between them, got %d", len(columns))
	}
	s := samples[columns[0]]
	if s == nil {
		return fmt.Errorf("no article has the id %q", columns[0])
	}
	start, err := strconv.Atoi(columns[1])
	if err != nil {
		return err
	}
	end, err := strconv.Atoi(columns[2])
	if err != nil {
		return err
	}
	from := byteOf(s.Body, start)
	to := from + byteOf(s.Body[from:], end-start)
	if from >= to {
		return fmt.Errorf("the article has no characters from %d to %d", start, end)
	}
	s.Said = append(s.Said, Said{from, to, columns[3]})
	return nil
}

// byteOf returns the byte at which a character of s begins; its length for one behind it.
func byteOf(s string, character int) int {
	i := 0
	for ; character > 0 && i < len(s); character-- {
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return i
}
