package bench

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// article is what both sides index.
type article struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// readArticles yields a collection, so that both sides are timed with the
// same reading.
func readArticles(b *testing.B, path string, f func(article) error) (size int64) {
	b.Helper()
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	for dec := json.NewDecoder(bufio.NewReaderSize(z, 1<<20)); ; {
		var a article
		err := dec.Decode(&a)
		if errors.Is(err, io.EOF) {
			return size
		}
		if err == nil {
			size += int64(len(a.Title) + len(a.Text))
			err = f(a)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// stockMapping is what a user of bleve writes: English analysis for title and
// text, stored, with positions, and no composite field.
func stockMapping() mapping.IndexMapping {
	field := bleve.NewTextFieldMapping()
	field.Analyzer = "en"
	field.IncludeInAll = false
	field.DocValues = false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("title", field)
	doc.AddFieldMappingsAt("text", field)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	return m
}

func buildStock(b *testing.B, dir, path string) bleve.Index {
	b.Helper()
	ix, err := bleve.New(dir, stockMapping())
	if err != nil {
		b.Fatal(err)
	}
	batch := ix.NewBatch()
	readArticles(b, path, func(a article) error {
		err := batch.Index(a.ID, map[string]any{"title": a.Title, "text": a.Text})
		if err == nil && batch.Size() >= 500 {
			err = ix.Batch(batch)
			batch.Reset()
		}
		return err
	})
	if err := ix.Batch(batch); err != nil {
		b.Fatal(err)
	}
	return ix
}

func buildOurs(b *testing.B, dir, path string) *index.Index {
	b.Helper()
	ix, err := index.Open(dir, nil)
	if err != nil {
		b.Fatal(err)
	}
	src, err := corpus.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := ix.Sync(b.Context(), src); err != nil {
		b.Fatal(err)
	}
	return ix
}

// diskBytes is the size of a folder, a file with several links counted once.
func diskBytes(b *testing.B, dir string) (n int64) {
	b.Helper()
	var seen []os.FileInfo
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil || slices.ContainsFunc(seen, func(s os.FileInfo) bool { return os.SameFile(s, info) }) {
			return err
		}
		seen = append(seen, info)
		n += info.Size()
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// classes are the kinds of query compared, made of words of real titles.
func classes(b *testing.B, path string) map[string][]string {
	out := map[string][]string{}
	readArticles(b, path, func(a article) error {
		w := plainWords(a.Title)
		if len(w) < 4 || len(out["word"]) == 60 {
			return nil
		}
		out["word"] = append(out["word"], w[1])
		out["AND"] = append(out["AND"], w[0]+" "+w[2])
		out["OR"] = append(out["OR"], w[0]+" OR "+w[1]+" OR "+w[3])
		out["phrase"] = append(out["phrase"], fmt.Sprintf("%q", w[1]+" "+w[2]))
		return nil
	})
	return out
}

// plainWords are the words of letters alone that no stop list holds.
func plainWords(s string) []string {
	return slices.DeleteFunc(strings.Fields(strings.ToLower(s)), func(w string) bool {
		return len(w) < 5 || strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' })
	})
}

// stockQuery is the same question as bleve asks it, over title and text.
func stockQuery(class, q string) *bleve.SearchRequest {
	words := strings.Fields(strings.ReplaceAll(strings.Trim(q, `"`), " OR ", " "))
	either := func(word string, phrase bool) *bleve.SearchRequest {
		d := bleve.NewDisjunctionQuery()
		for _, f := range []string{"title", "text"} {
			if phrase {
				m := bleve.NewMatchPhraseQuery(word)
				m.SetField(f)
				d.AddQuery(m)
				continue
			}
			m := bleve.NewMatchQuery(word)
			m.SetField(f)
			d.AddQuery(m)
		}
		return bleve.NewSearchRequest(d)
	}
	switch class {
	case "phrase":
		return either(strings.Join(words, " "), true)
	case "AND":
		c := bleve.NewConjunctionQuery()
		for _, w := range words {
			c.AddQuery(either(w, false).Query)
		}
		return bleve.NewSearchRequest(c)
	}
	return either(strings.Join(words, " "), false)
}

// median runs each query three times and returns the median time of all.
func median(b *testing.B, queries []string, run func(q string) error) time.Duration {
	b.Helper()
	var took []time.Duration
	for range 3 {
		for _, q := range queries {
			start := time.Now()
			if err := run(q); err != nil {
				b.Fatalf("%s: %v", q, err)
			}
			took = append(took, time.Since(start))
		}
	}
	slices.SortFunc(took, cmp.Compare[time.Duration])
	return took[len(took)/2]
}

// BenchmarkBleve prints how newsq compares with bleve as one uses it out of
// the box, on allsides: building, size, and ten ids with the exact total.
func BenchmarkBleve(b *testing.B) {
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		b.Skip("skipped: NEWSQ_DATA does not name a folder with real corpora")
	}
	path := filepath.Join(data, "allsides", "articles.jsonl.gz")
	for b.Loop() {
		dir := b.TempDir()
		start := time.Now()
		stock := buildStock(b, filepath.Join(dir, "stock"), path)
		stockTook := time.Since(start)
		start = time.Now()
		ours := buildOurs(b, filepath.Join(dir, "ours"), path)
		oursTook := time.Since(start)
		size := readArticles(b, path, func(article) error { return nil })
		b.Logf("%-16s %10s %10s %8s", "", "newsq", "bleve", "ratio")
		row := func(name string, n, s float64, unit string) {
			b.Logf("%-16s %8.1f%s %8.1f%s %8.2f", name, n, unit, s, unit, n/s)
		}
		mb := float64(size) / 1e6
		row("build, MB/s", mb/oursTook.Seconds(), mb/stockTook.Seconds(), "")
		row("on disk, MB", float64(diskBytes(b, filepath.Join(dir, "ours")))/1e6, float64(diskBytes(b, filepath.Join(dir, "stock")))/1e6, "")
		queries := classes(b, path)
		for _, class := range []string{"word", "AND", "OR", "phrase"} {
			n := median(b, queries[class], func(q string) error {
				_, err := ours.Search(b.Context(), index.Query{Text: q, Match: index.MatchStrict, IDsOnly: true, NoAliases: true})
				return err
			})
			s := median(b, queries[class], func(q string) error {
				_, err := stock.Search(stockQuery(class, q))
				return err
			})
			row(class+", µs", float64(n.Microseconds()), float64(s.Microseconds()), "")
		}
		if err := errors.Join(ours.Close(), stock.Close()); err != nil {
			b.Fatal(err)
		}
	}
}
