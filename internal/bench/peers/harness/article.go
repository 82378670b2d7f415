package harness

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"
)

// Article is a line of a corpus.
type Article struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Text   string   `json:"text"`
	Date   string   `json:"date,omitempty"`
	Source string   `json:"source,omitempty"`
	Topics []string `json:"topics,omitempty"`
}

// Bytes is what counts as the size of an article.
func (a *Article) Bytes() int64 { return int64(len(a.Title) + len(a.Text)) }

// All is the text that peers with one searched field index.
func (a *Article) All() string { return a.Title + "\n" + a.Text }

// Unix returns the date in seconds, and false where there is none.
func (a *Article) Unix() (int64, bool) {
	for _, form := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(form, a.Date); err == nil {
			return t.Unix(), true
		}
	}
	return 0, false
}

// Articles yields the articles of a file of JSON Lines. An error is the last
// thing yielded.
func Articles(path string) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(Article{}, err)
			return
		}
		defer f.Close()
		ReadArticles(f, path, yield)
	}
}

// ReadArticles yields what r holds; name is used in errors.
func ReadArticles(r io.Reader, name string, yield func(Article, error) bool) {
	in := bufio.NewReaderSize(r, 1<<20)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			var a Article
			if err := json.Unmarshal(line, &a); err != nil {
				yield(Article{}, fmt.Errorf("%s:%d: %w", name, n, err))
				return
			}
			if !yield(a, nil) {
				return
			}
		}
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			yield(Article{}, err)
			return
		}
	}
}

// corpusBytes is what the articles of a corpus count together.
func corpusBytes(path string) (n int64, err error) {
	for a, err := range Articles(path) {
		if err != nil {
			return 0, err
		}
		n += a.Bytes()
	}
	return n, nil
}
