package claim

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

// BenchmarkRealData finds the claims of 2,000 articles, one after the other; and, to compare,
// their sentences alone, which is a part of it.
func BenchmarkRealData(b *testing.B) {
	bodies, bytes := realBodies(b)
	b.Run("claims", func(b *testing.B) {
		d, found := NewStage(analysis.Of).TextDeriver(), 0
		b.SetBytes(int64(bytes / len(bodies)))
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			a := corpus.Article{Body: bodies[i%len(bodies)]}
			d.DeriveText(&a)
			found += len(a.Claims)
		}
		b.ReportMetric(float64(found)/float64(b.N), "claims/op")
	})
	b.Run("sentences", func(b *testing.B) {
		b.SetBytes(int64(bytes / len(bodies)))
		for i := 0; b.Loop(); i++ {
			analysis.Of("en").Sentences(bodies[i%len(bodies)])
		}
	})
}

// realBodies returns the texts of 2,000 articles, and their bytes.
func realBodies(b *testing.B) (bodies []string, bytes int) {
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		b.Skip("NEWSQ_DATA names no folder with real articles")
	}
	file, err := os.Open(filepath.Join(data, "allsides", "articles.jsonl.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() && len(bodies) < 2000 {
		var a struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			b.Fatal(err)
		}
		bodies = append(bodies, a.Text)
		bytes += len(a.Text)
	}
	return bodies, bytes
}
