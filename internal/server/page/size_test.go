package page

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
)

// TestPageIsBounded holds a page to a size, however much is asked for.
func TestPageIsBounded(t *testing.T) {
	var articles []corpus.Article
	for i := range 300 {
		articles = append(articles, corpus.Article{
			ID: fmt.Sprint("a", i), Title: "Oil", Body: fmt.Sprintf("Oil %d.", i), Source: fmt.Sprint("Outlet ", i),
			Authors: []string{fmt.Sprint("Author ", i)}, Published: time.Date(2010, 1, i*10, 0, 0, 0, 0, time.UTC),
			Topics: []corpus.Topic{{Path: fmt.Sprint("topic", i)}, {Path: "a"}, {Path: "b"}, {Path: "c"}},
		})
	}
	h := New(Options{Index: indexOf(t, articles...)})
	all := "/?q=oil&limit=1000&passages=20&facet=topic,source,author"
	chosen := all
	for i := range 240 {
		chosen += "&source=" + url.QueryEscape(fmt.Sprint("=Outlet ", i))
	}
	much := all + "&not-author=" + strings.Repeat("x", 7000) + "&not-place=" + strings.Repeat("x", 7000) + "&not-org=" + strings.Repeat("x", 7000)
	for _, tt := range []struct {
		address            string
		status, hits, size int
	}{
		{all, 200, maxHits, 1 << 20},
		{"/?q=" + strings.Repeat("oil+", 1000), 200, maxLongHits, 2 << 20},
		{chosen, 200, maxLongHits, 4 << 20},
		{much, 400, 0, 1 << 20},
	} {
		a := get(t, h, tt.address)
		if n := len(a.elements("li.hit")); a.Code != tt.status || n != tt.hits || a.Body.Len() > tt.size {
			t.Errorf("%.60s: status %d, %d hits, %d bytes", tt.address, a.Code, n, a.Body.Len())
		}
	}
}

// TestRealDataPageSize holds the page of a search in a real archive to the size that it
// may have with all that belongs to it.
func TestRealDataPageSize(t *testing.T) {
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		t.Skip("NEWSQ_DATA names no folder of collections")
	}
	f, err := os.Open(filepath.Join(data, "allsides", "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var articles []corpus.Article
	lines := bufio.NewReader(z)
	for len(articles) < 4000 {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			t.Fatal(err)
		}
		var a struct {
			ID, Title, Text, Source, Author, URL, Date string
			Topics                                     []string
		}
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		article := corpus.Article{ID: a.ID, Title: a.Title, Body: a.Text, Source: a.Source, URL: a.URL}
		if a.Author != "" {
			article.Authors = []string{a.Author}
		}
		for _, topic := range a.Topics {
			article.Topics = append(article.Topics, corpus.Topic{Path: topic})
		}
		if at, err := time.Parse(time.DateOnly, a.Date); err == nil {
			article.Published = at
		}
		articles = append(articles, article)
	}
	h := New(Options{Index: indexOf(t, articles...)})
	for _, address := range []string{"/", "/?q=oil+sanctions", "/?q=trump", "/?q=*", "/?q=health+care+reform"} {
		a := get(t, h, address)
		t.Logf("%s: %d bytes", address, a.Body.Len())
		if a.Code != 200 || a.Body.Len() > 60<<10 {
			t.Errorf("%s: status %d, %d bytes", address, a.Code, a.Body.Len())
		}
	}
}
