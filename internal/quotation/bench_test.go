package quotation

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkRealData finds the quotations of 2,000 articles, one after the other.
func BenchmarkRealData(b *testing.B) {
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
	var bodies []string
	bytes := 0
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
	f, found := NewFinder(), 0
	b.SetBytes(int64(bytes / len(bodies)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		found += len(f.Find(bodies[i%len(bodies)], nil))
	}
	b.ReportMetric(float64(found)/float64(b.N), "quotations/op")
}
