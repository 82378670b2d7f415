package extract

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// realPage is a saved page of a newspaper, and what people took out of it.
type realPage struct {
	File, Title, Text, Date, Author string
	Topics                          []string
	html                            string
}

// realPages reads the collection of pages below $NEWSQ_DATA.
func realPages(tb testing.TB) []realPage {
	tb.Helper()
	dir := os.Getenv("NEWSQ_DATA")
	if dir == "" {
		tb.Skip("NEWSQ_DATA is not set")
	}
	dir = filepath.Join(dir, "formats", "pages")
	f, err := os.Open(filepath.Join(dir, "expected.jsonl"))
	if err != nil {
		tb.Skip(err)
	}
	defer f.Close()
	var out []realPage
	for dec := json.NewDecoder(f); ; {
		var p realPage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			tb.Fatal(err)
		}
		if p.html, _, err = Decode(gunzip(tb, filepath.Join(dir, p.File)), ""); err != nil {
			tb.Fatalf("%s: %v", p.File, err)
		}
		out = append(out, p)
	}
}

func gunzip(tb testing.TB, name string) []byte {
	tb.Helper()
	f, err := os.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// TestRealDataPages measures the package on whole newspaper pages of many
// countries. The floors lie a little below what it reached when they were
// set. Run with -v to see what each page misses.
func TestRealDataPages(t *testing.T) {
	pages := realPages(t)
	var title, date, authors, topics, precision, recall, f1 float64
	var took time.Duration
	for _, want := range pages {
		start := time.Now()
		got, err := HTML(want.html, "")
		took += time.Since(start)
		if err != nil {
			t.Errorf("%s: %v", want.File, err)
			continue
		}
		checkPage(t, got)
		miss := func(what string, g, w any) { t.Logf("%s: %s\n\tgot  %v\n\twant %v", want.File, what, g, w) }
		if foldTitle(got.Title) == foldTitle(Clean(want.Title)) {
			title++
		} else {
			miss("title", got.Title, want.Title)
		}
		if sameDay(got.Published, want.Date) {
			date++
		} else {
			miss("date", got.Published, want.Date)
		}
		if foldSet(got.Authors) == foldSet(strings.Split(want.Author, ", ")) {
			authors++
		} else {
			miss("authors", got.Authors, want.Author)
		}
		if foldSet(got.Topics) == foldSet(want.Topics) {
			topics++
		}
		if got.LeftOut.Shown > 0 {
			t.Errorf("%s: told as left out: %+v", want.File, got.LeftOut)
		}
		p, r, f := compareWords(pageText(got), want.Text)
		precision, recall, f1 = precision+p, recall+r, f1+f
		if f < 0.9 {
			t.Logf("%s: text: precision %.2f, recall %.2f", want.File, p, r)
		}
	}
	n := float64(len(pages))
	t.Logf("%d pages, %v a page", len(pages), took/time.Duration(len(pages)))
	for _, m := range []struct {
		name         string
		value, floor float64
	}{
		{"right titles", title / n, 0.919},
		{"right days", date / n, 0.99},
		{"right authors", authors / n, 0.94},
		{"right topics", topics / n, 0.5},
		{"precision of the text's words", precision / n, 0.945},
		{"recall of the text's words", recall / n, 0.975},
		{"F1 of the text's words, mean", f1 / n, 0.963},
	} {
		t.Logf("%-30s %.3f", m.name, m.value)
		if m.value < m.floor {
			t.Errorf("%s: %.3f, was at least %.3f", m.name, m.value, m.floor)
		}
	}
}

func pageText(p Page) string {
	var b strings.Builder
	for _, x := range p.Blocks {
		b.WriteString(x.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// sameDay reports whether a time is of the wanted day, where the page was
// published.
func sameDay(got time.Time, want string) bool {
	if w, err := time.Parse("2006-01-02 15:04:05Z07:00", want); err == nil {
		return got.In(w.Location()).Format(time.DateOnly) == w.Format(time.DateOnly)
	}
	return got.Format(time.DateOnly) == want[:len(time.DateOnly)]
}

func foldSet(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, foldTitle(Clean(n)))
	}
	slices.Sort(out)
	return strings.Join(out, ";")
}

// compareWords compares two texts as bags of words.
func compareWords(got, want string) (precision, recall, f1 float64) {
	count := map[string]int{}
	g, w := words(got), words(want)
	for _, t := range w {
		count[t]++
	}
	common := 0.0
	for _, t := range g {
		if count[t] > 0 {
			count[t]--
			common++
		}
	}
	if common == 0 {
		return 0, 0, 0
	}
	precision, recall = common/float64(len(g)), common/float64(len(w))
	return precision, recall, 2 * precision * recall / (precision + recall)
}

// words cuts a text into folded words; of scripts without spaces, each
// character is one.
func words(s string) []string {
	var out []string
	from := -1
	s = strings.ToLower(norm.NFKC.String(Clean(s)))
	for i, r := range s + " " {
		alone := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
		inWord := !alone && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
		if from >= 0 && !inWord {
			out = append(out, s[from:i])
			from = -1
		}
		switch {
		case alone:
			out = append(out, string(r))
		case inWord && from < 0:
			from = i
		}
	}
	return out
}

func BenchmarkRealPages(b *testing.B) {
	pages := realPages(b)
	size := 0
	for _, p := range pages {
		size += len(p.html)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			if _, err := HTML(p.html, ""); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(pages)), "us/page")
}
