package index_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// benchData returns the folder of a real collection.
func benchData(tb testing.TB, name string) string {
	tb.Helper()
	dir := os.Getenv("NEWSQ_DATA")
	if dir == "" {
		tb.Skip("skipped: NEWSQ_DATA does not name a folder with real corpora")
	}
	return filepath.Join(dir, name)
}

// benchIndex opens the index named by NEWSQ_BENCH_INDEX, so that it need not
// be built each time, or builds one of allsides.
func benchIndex(b testing.TB) *index.Index {
	b.Helper()
	dir := os.Getenv("NEWSQ_BENCH_INDEX")
	if dir == "" {
		dir = b.TempDir()
	}
	ix := openBench(b, dir)
	src, err := corpus.Open(benchData(b, "allsides"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := ix.Sync(b.Context(), src, nil); err != nil {
		b.Fatal(err)
	}
	return ix
}

func openBench(b testing.TB, dir string) *index.Index {
	ix, err := index.Open(b.Context(), dir, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := ix.Close(); err != nil {
			b.Error(err)
		}
	})
	return ix
}

// benchQueries makes varied queries of the titles of allsides, the same ones
// each time: words, pairs, triples, phrases, exclusions, alternatives.
func benchQueries(b *testing.B, n int) []string {
	b.Helper()
	f, err := os.Open(filepath.Join(benchData(b, "allsides"), "articles.jsonl.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewReaderSize(z, 1<<20)
	var queries []string
	for len(queries) < n {
		var a struct{ Title string }
		if err := json.NewDecoder(lines).Decode(&a); err != nil {
			b.Fatal(err)
		}
		_, _ = lines.ReadString('\n')
		words := slices.DeleteFunc(strings.Fields(a.Title), func(w string) bool {
			return strings.ContainsFunc(w, func(r rune) bool { return (r|0x20) < 'a' || (r|0x20) > 'z' })
		})
		if len(words) < 5 {
			continue
		}
		forms := []string{
			words[1], words[0] + " " + words[2], words[1] + " " + words[2] + " " + words[4],
			fmt.Sprintf("%q", words[1]+" "+words[2]), words[3] + " -trump", words[0] + " OR " + words[4], words[2] + " topic:politics",
		}
		queries = append(queries, forms[len(queries)%len(forms)])
	}
	return queries
}

// BenchmarkSearch reports the median and the 95th percentile of a search with
// ten hits, snippets and the topic facet, warm and in process.
func BenchmarkSearch(b *testing.B) {
	ix := benchIndex(b)
	queries := benchQueries(b, 200)
	run := func() []time.Duration {
		var took []time.Duration
		for _, q := range queries {
			start := time.Now()
			if _, err := ix.Search(b.Context(), index.Query{Text: q, Match: index.MatchStrict, Facets: []string{"topic"}}); err != nil {
				b.Fatalf("%s: %v", q, err)
			}
			took = append(took, time.Since(start))
		}
		return took
	}
	run() // warm
	var took []time.Duration
	for b.Loop() {
		took = append(took, run()...)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkBlend reports the medians of a search by words and of the same one by a blend
// of words and meaning, one after the other, for several kinds of queries. The hits are ten
// ids, since passages cost the same either way; warm and in process.
func BenchmarkBlend(b *testing.B) {
	ix := benchIndex(b)
	titles := benchQueries(b, 7*40)
	kinds := []string{"word", "pair", "triple", "phrase", "exclusion", "alternatives", "topic"}
	for k, kind := range kinds {
		b.Run(kind, func(b *testing.B) {
			took := map[index.Ranking][]time.Duration{}
			for warm := true; b.Loop(); warm = false {
				for i := k; i < len(titles); i += len(kinds) {
					for _, rank := range []index.Ranking{index.RankWords, index.RankBlend} {
						q := index.Query{Text: titles[i], Rank: rank, IDsOnly: true, Match: index.MatchStrict}
						start := time.Now()
						if _, err := ix.Search(b.Context(), q); err != nil {
							b.Fatalf("%s: %v", titles[i], err)
						}
						if !warm {
							took[rank] = append(took[rank], time.Since(start))
						}
					}
				}
			}
			for rank, list := range took {
				slices.Sort(list)
				b.ReportMetric(float64(list[len(list)/2].Nanoseconds())/1000, "p50-"+rank.String()+"-µs")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}
