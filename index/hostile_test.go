package index_test

import (
	"context"
	"errors"
	"fmt"
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
	return []struct{ name, query string }{
		// Refused as they are read.
		{"10,000 clauses", strings.Repeat("word ", 10_000)},
		{"a fuzzy word of 20,000 letters", strings.Repeat("a", 20_000) + "~"},
		{"10,000 parentheses", strings.Repeat("(", 10_000) + "a" + strings.Repeat(")", 10_000)},
		{"parentheses that fit", strings.Repeat("(", 1000) + "a" + strings.Repeat(")", 1000)},
		{"minus signs", strings.Repeat("- ", 1000) + "a"},
		{"NOTs", strings.Repeat("NOT ", 1000) + "a"},

		// One pattern.
		{"everything", "*"},
		{"a*", "a*"},
		{"*a*", "*a*"},
		{"*a*e*i*", "*a*e*i*"},
		{"any title", "title:*"},
		{"any text", "body:*"},
		{"/(a*)*b/", "/(a*)*b/"},
		{"/.*/", "/.*/"},
		{"regex of repeats", "/.{0,100}.{0,100}.{0,100}/"},
		{"regex of alternatives", "/(a|b|ab|ba|aba|bab)*(c|d)?.*/"},
		{"fuzzy letter", "a~2"},
		{"a fuzzy word that fits", strings.Repeat("ab", 128) + "~2"},

		// Patterns in phrases and beside NEAR.
		{"phrase of prefixes", `"a* b* c*"`},
		{"wide phrase of prefixes", `"s* t* a*"~1000`},
		{"phrase of any words", `"* * * a"`},
		{"phrase with any word", `"the * of"`},
		{"NEAR of prefixes", "a* NEAR/10 b*"},
		{"NEAR of wildcards", "*a* NEAR/1000 *e*"},
		{"NEAR of all words", "/.*/ NEAR/1000 /.*/"},
		{"NEAR of stop words", "the NEAR/1000 of NEAR/1000 a NEAR/1000 and"},
		{"NEAR of groups", "(" + letters("_*", " OR ") + ") NEAR (" + letters("*_", " OR ") + ")"},

		// Much of it.
		{"1,000 words", pairs("_", " ")},
		{"1,000 prefixes", pairs("_*", "|")},
		{"1,000 wildcards", pairs("*_*", "|")},
		{"1,000 regexes", pairs("/.*_.*/", "|")},
		{"1,000 fuzzy words", pairs("_~2", "|")},
		{"1,000 fuzzy words, nothing found", pairs("zq_x~2", " ")},
		{"1,000 words, nothing found", pairs("qzx_", " ")},
		{"800 times *a*", repeated("*a*", " ")},
		{"26 fuzzy letters", letters("_~2", " ")},
		{"phrase of 1,000 words", `"` + repeated("the", " ") + `"`},
		{"phrase of 1,000 letters", `"` + repeated("a", " ") + `"`},
		{"phrase of 1,000 prefixes", `"` + repeated("t*", " ") + `"`},
		{"wide phrase of 1,000 prefixes", `"` + repeated("t*", " ") + `"~1000`},
		{"phrase of 600 different prefixes", `"` + pairs("_*", " ") + `"~1000`},
		{"phrase of 1,000 stars", `"a ` + repeated("*", " ") + ` a"`},
		{"300 phrases of prefixes", repeated(`"a* b*"~9`, " OR ")},
		{"a long NEAR", repeated("=the", " NEAR/1000 ")},
		{"a long NEAR of two", repeated("=the NEAR/1000 =of", " NEAR/1000 ")},
		{"a long NEAR of prefixes", repeated("t*", " NEAR/9 ")},
		{"200 ranges of dates", repeated("date:1990..2030", " OR ")},
		{"prefixes of ids", pairs("id:_*", " OR ")},
		{"topics", pairs("topic:_", " OR ")},
		{"fields", repeated("author:*a* source:*e*", " OR ")},
	}
}

// alphabet are the letters that hostile queries are made of.
const alphabet = "abcdefghijklmnopqrstuvwxyz"

// letters joins terms of the form given, each with another letter for _.
func letters(form, between string) string {
	var terms []string
	for _, r := range alphabet {
		terms = append(terms, strings.ReplaceAll(form, "_", string(r)))
	}
	return strings.Join(terms, between)
}

// pairs is letters for pairs of letters, as far as a query holds them.
func pairs(form, between string) string {
	var b strings.Builder
	for i := range len(alphabet) * len(alphabet) {
		pair := alphabet[i/26:i/26+1] + alphabet[i%26:i%26+1]
		term := strings.ReplaceAll(form, "_", pair)
		if b.Len()+len(between)+len(term) > 4096 {
			break
		}
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(term)
	}
	return b.String()
}

// repeated joins a term with itself, as far as a query holds it.
func repeated(term, between string) string {
	n := min(1000, (4090-len(term))/(len(term)+len(between)))
	return term + strings.Repeat(between+term, n)
}

// isRefusal reports whether an error says what is wrong with a query.
func isRefusal(err error) bool {
	var syntax *index.SyntaxError
	return errors.As(err, &syntax) && syntax.Msg != "" && syntax.Hint != "" || errors.Is(err, index.ErrTooBroad)
}

// Whatever is asked, there is an answer or the reason why not.
func TestHostile(t *testing.T) {
	ix := small(t)
	for _, h := range hostileQueries() {
		t.Run(h.name, func(t *testing.T) {
			if _, err := ix.Search(t.Context(), index.Query{Text: h.query}); err != nil && !isRefusal(err) {
				t.Error(err)
			}
			_, err := ix.Search(t.Context(), index.Query{Text: h.query, Lenient: true})
			if err != nil && !errors.Is(err, index.ErrTooBroad) {
				t.Errorf("read leniently: %v", err)
			}
		})
	}
}

// maxHeap is what one search may take of the heap, garbage included.
const maxHeap = 200 << 20

// On a real index, too, soon and in little memory. How soon is printed.
func TestRealDataHostile(t *testing.T) {
	ix := realIndex(t)
	t.Logf("%-34s %8s %6s", "query", "ms", "MB")
	for _, h := range hostileQueries() {
		var res *index.Results
		var err error
		start := time.Now()
		heap := heapGrowth(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			res, err = ix.Search(ctx, index.Query{Text: h.query, Facets: []string{"topic"}})
		})
		took := time.Since(start)
		outcome := ""
		switch {
		case err == nil:
			outcome = fmt.Sprintf("%d articles", res.Total)
		case isRefusal(err):
			outcome, _, _ = strings.Cut(err.Error(), ";")
		case errors.Is(err, context.DeadlineExceeded):
			outcome = err.Error() // the machine is slow
		default:
			t.Errorf("%s: %v", h.name, err)
		}
		t.Logf("%-34s %8d %6d  %s", h.name, took.Milliseconds(), heap>>20, outcome)
		if heap > maxHeap {
			t.Errorf("%s takes %d MB", h.name, heap>>20)
		}
	}
}

// A search ends when its context does. How much later is printed.
func TestRealDataDeadline(t *testing.T) {
	ix := realIndex(t)
	for _, h := range hostileQueries() {
		const limit = 20 * time.Millisecond
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		start := time.Now()
		_, err := ix.Search(ctx, index.Query{Text: h.query, Facets: []string{"topic"}})
		late := time.Since(start) - limit
		cancel()
		if err != nil && !isRefusal(err) && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", h.name, err)
		}
		if late > limit {
			t.Logf("%-34s %v late", h.name, late.Round(time.Millisecond))
		}
	}
}

// heapGrowth runs f and returns the most that the objects on the heap grew by,
// garbage included.
func heapGrowth(f func()) uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	size := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before := size()
	peak := before
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				peak = max(peak, size())
			}
		}
	}()
	f()
	close(done)
	<-stopped
	return max(peak, size()) - before
}
