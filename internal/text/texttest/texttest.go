// Package texttest reads real texts for the tests of package text and of its
// languages.
package texttest

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// Collection returns up to n bytes of each of the texts in a collection of
// real articles, in the directory that NEWSQ_DATA names.
func Collection(tb testing.TB, name string, n int) (texts []Record) {
	dir := os.Getenv("NEWSQ_DATA")
	if dir == "" {
		tb.Skip("NEWSQ_DATA names no directory of collections")
	}
	f, err := os.Open(filepath.Join(dir, name, "articles.jsonl.gz"))
	if err != nil {
		tb.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	for d := json.NewDecoder(bufio.NewReader(z)); n > 0; {
		var r Record
		if err := d.Decode(&r); err == io.EOF {
			break
		} else if err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, r)
		n -= len(r.Text)
	}
	return texts
}

// Record is a text of a collection, with its title and its language as a BCP 47 tag.
type Record struct{ Title, Text, Lang string }
