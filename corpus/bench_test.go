package corpus

import (
	"context"
	"strings"
	"testing"
)

// BenchmarkLines reads JSON Lines as they are in most corpora: one long
// string a line, with escapes.
func BenchmarkLines(b *testing.B) {
	body := strings.Repeat(long+` \"So be it,\" they said \u2014 and left.\n\n`, 25)
	line := `{"id": "x", "title": "A title", "text": "` + body + `", "date": "2026-03-05", "lang": "en", "tags": ["economy"]}` + "\n"
	content := strings.Repeat(line, 1000)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		read(b, "jsonl", content)
	}
}

// BenchmarkText reads a plain text with lines of fixed width.
func BenchmarkText(b *testing.B) {
	content := "A title\n\n" + strings.Repeat("The committee met for nine hours and agreed on little beyond the\ndate of its next meeting.\n\n", 100)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		read(b, "txt", content)
	}
}

// BenchmarkPage reads a web page as a newspaper has it: metadata, navigation,
// and an article of a hundred paragraphs.
func BenchmarkPage(b *testing.B) {
	content := `<!doctype html><html lang="en"><head><title>A title | The Coast</title><meta property="og:site_name" content="The Coast">` +
		`<meta name="author" content="Ada Okoye"><meta property="article:published_time" content="2026-03-05T10:00:00Z">` +
		`<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A title", "keywords": ["ports", "ferries"]}</script></head><body>` +
		"<nav><ul>" + strings.Repeat(`<li><a href="/section">Section</a></li>`, 50) + "</ul></nav><article><h1>A title</h1>" +
		strings.Repeat("<p>"+long+" <a href=\"/x\">So be it</a>, they said.</p>", 100) + "</article><footer>All rights reserved</footer></body></html>"
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		read(b, "html", content)
	}
}

func read(b *testing.B, format, content string) {
	src := open(b, Options{Stdin: strings.NewReader(content), Format: format}, "-")
	for e := range src.Entries(context.Background()) {
		for _, err := range e.Articles(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkReal reads the largest of the real collections.
func BenchmarkReal(b *testing.B) {
	path := realData(b, "allsides/articles.jsonl.gz")
	b.SetBytes(182_471_143) // uncompressed
	for b.Loop() {
		for e := range open(b, Options{}, path).Entries(context.Background()) {
			for _, err := range e.Articles(context.Background()) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}
