package index_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/index"
)

// hostileQueries are made to take time or memory: by their size, by their
// depth, or by the number of words that their patterns stand for.
func hostileQueries() []struct{ name, query string } {
	letters := "abcdefghijklmnopqrstuvwxyz"
	// pairs joins n terms made of the pairs of letters, cut to what a query
	// may hold.
	pairs := func(n int, form, between string) string {
		terms := make([]string, 0, n)
		size := 0
		for i := range n {
			pair := string(letters[i/26%26]) + string(letters[i%26])
			term := strings.ReplaceAll(form, "_", pair)
			if size += len(term) + len(between); size > 4096 {
				break
			}
			terms = append(terms, term)
		}
		return strings.Join(terms, between)
	}
	one := func(form, between string) string {
		terms := make([]string, 26)
		for i, r := range letters {
			terms[i] = strings.ReplaceAll(form, "_", string(r))
		}
		return strings.Join(terms, between)
	}
	fill := func(s, between string) string {
		n := 4000 / (len(s) + len(between))
		return s + strings.Repeat(between+s, n-1)
	}
	return []struct{ name, query string }{
		{"10,000 clauses", strings.Repeat("word ", 10_000)},
		{"1,000 clauses", pairs(1000, "_", " ")},
		{"everything", "*"},
		{"a*", "a*"},
		{"*a*", "*a*"},
		{"title:*", "title:*"},
		{"any one letter", "?*"},
		{"regex (a*)*b", "/(a*)*b/"},
		{"regex of repeats", "/.{0,100}.{0,100}.{0,100}/"},
		{"regex of alternatives", "/(a|b|ab|ba|aba|bab)*(c|d)?.*/"},
		{"regex .*", "/.*/"},
		{"a long fuzzy word", strings.Repeat("a", 20_000) + "~"},
		{"a fuzzy word that fits", strings.Repeat("ab", 128) + "~2"},
		{"parentheses", strings.Repeat("(", 10_000) + "a" + strings.Repeat(")", 10_000)},
		{"nots", strings.Repeat("-", 3000) + "a"},
		{"phrase of prefixes", `"a* b* c*"`},
		{"phrase of any words", `"* * * a"`},
		{"phrase with any word", `"the * of"`},
		{"wide phrase of prefixes", `"s* *" a* "* t* *"~1000`},
		{"NEAR of prefixes", "a* NEAR/10 b*"},
		{"NEAR of all words", "/.*/ NEAR/1000 /.*/"},
		{"NEAR of wildcards", "*a* NEAR/1000 *e*"},
		{"NEAR of stop words", "the NEAR/1000 of NEAR/1000 a NEAR/1000 and"},
		{"a long NEAR", fill("=the", " NEAR/1000 ")},
		{"a long NEAR of two", fill("=the NEAR/1000 =of", " NEAR/1000 ")},
		{"a long NEAR of prefixes", fill("t*", " NEAR/9 ")},
		{"NEAR of groups", "(" + one("_*", " OR ") + ") NEAR (" + one("*_", " OR ") + ")"},
		{"1,000 prefixes", pairs(1000, "_*", "|")},
		{"1,000 wildcards", pairs(1000, "*_*", "|")},
		{"1,000 regexes", pairs(1000, "/.*_.*/", "|")},
		{"1,000 fuzzy words", pairs(1000, "_~2", "|")},
		{"1,000 times a*", fill("a*", "|")},
		{"1,000 times *a*", fill("*a*", " ")},
		{"phrase of 1,000 words", `"` + fill("the", " ") + `"`},
		{"phrase of 2,000 letters", `"` + fill("a", " ") + `"`},
		{"phrase of 1,000 prefixes", `"` + fill("t*", " ") + `"`},
		{"wide phrase of 1,000 prefixes", `"` + fill("t*", " ") + `"~1000`},
		{"phrase of 1,000 pairs", `"` + pairs(1000, "_*", " ") + `"~1000`},
		{"phrase of 1,000 stars", `"` + fill("*", " ") + ` a"`},
		{"100 phrases of prefixes", fill(`"a* b*"~9`, " OR ")},
		{"fuzzy letter", "a~2"},
		{"26 fuzzy letters", one("_~2", " ")},
		{"100 date ranges", fill("date:1990..2030", " OR ")},
		{"100 prefixes of ids", pairs(300, "id:_*", " OR ")},
		{"100 topics", pairs(300, "topic:_", " OR ")},
		{"fields", fill("author:*a* source:*e*", " OR ")},
		{"nothing found", fill("qzx*", " ")},
		{"nothing found, fuzzy", pairs(1000, "zq_x~2", " ")},
		{"misspelt", pairs(1000, "qzx_", " ")},
	}
}

// heapPeak runs f and returns the most that objects on the heap grew by,
// garbage included.
func heapPeak(f func()) uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	read := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before := read()
	peak := before
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				peak = max(peak, read())
			}
		}
	}()
	f()
	close(stop)
	<-stopped
	return max(peak, read()) - before
}

func TestRealDataHostile(t *testing.T) {
	ix := realIndex(t)
	only := os.Getenv("ONLY")
	for _, h := range hostileQueries() {
		if only != "" && h.name != only {
			continue
		}
		var res *index.Results
		var err error
		var took time.Duration
		peak := heapPeak(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			start := time.Now()
			res, err = ix.Search(ctx, index.Query{Text: h.query, Facets: []string{"topic"}})
			took = time.Since(start)
		})
		outcome := ""
		if err != nil {
			outcome = err.Error()
			if len(outcome) > 110 {
				outcome = outcome[:110]
			}
		} else {
			outcome = fmt.Sprintf("%d articles, relaxed %v", res.Total, res.Relaxed)
		}
		fmt.Printf("%-32s %8.0f ms %6.0f MB  %s\n", h.name, float64(took.Microseconds())/1000, float64(peak)/(1<<20), outcome)
	}
}

func realIndex(t *testing.T) *index.Index {
	ix, err := index.Open(os.Getenv("NEWSQ_BENCH_INDEX"), &index.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}
