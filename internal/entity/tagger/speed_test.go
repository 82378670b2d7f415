package tagger

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/newsq/newsq/internal/marked"
)

// BenchmarkTag tags articles of NEWSQ_DATA/allsides, and tells nanoseconds for each token.
func BenchmarkTag(b *testing.B) {
	root := os.Getenv("NEWSQ_DATA")
	if root == "" {
		b.Skip("NEWSQ_DATA names no folder with real articles")
	}
	texts, err := marked.ReadTexts(filepath.Join(root, "allsides", "articles.jsonl.gz"), 500)
	if err != nil {
		b.Fatal(err)
	}
	tagger := New()
	tagger.Tag(nil, Field{Text: texts[0].Text})
	tokens, candidates, names := 0, 0, 0
	var dst []Span
	b.ResetTimer()
	for i := range b.N {
		dst = tagger.Tag(dst[:0], Field{Text: texts[i%len(texts)].Text})
		tokens += len(tagger.doc.tokens)
		candidates += tagger.doc.candidates
		names += len(dst)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(tokens), "ns/token")
	b.ReportMetric(float64(candidates)/float64(tokens), "candidates/token")
	b.ReportMetric(float64(names)/float64(tokens), "names/token")
	b.ReportMetric(float64(tokens)/float64(b.N), "tokens/op")
}
