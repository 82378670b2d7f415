package entity

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
)

// BenchmarkDerive finds the entities of articles of NEWSQ_DATA, every 28th of allsides.
func BenchmarkDerive(b *testing.B) {
	root := os.Getenv("NEWSQ_DATA")
	if root == "" {
		b.Skip("NEWSQ_DATA names no folder with real articles")
	}
	articles := sampleOf(b, filepath.Join(root, "allsides", "articles.jsonl.gz"), 28)
	size := 0
	for i := range articles {
		size += len(articles[i].Body)
	}
	d := NewStage(analysis.Of).TextDeriver()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i := range articles {
			d.DeriveText(&articles[i])
		}
	}
}

// sampleOf returns every n-th article of a file.
func sampleOf(tb testing.TB, path string, n int) []corpus.Article {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	var articles []corpus.Article
	for i := 0; lines.Scan(); i++ {
		if i%n != 0 {
			continue
		}
		var a struct{ Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			tb.Fatal(err)
		}
		articles = append(articles, corpus.Article{Title: a.Title, Body: a.Text, Language: "en"})
	}
	return articles
}
