package bench

import (
	"bytes"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/bench/harness"
)

// invented returns n articles of made-up words, of two outlets and three
// topics. Sentences name their article, so that a test can tell where one
// came from.
func invented(n int) []harness.Article {
	r := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 300)
	for i := range words {
		for range 5 + r.IntN(4) {
			words[i] += string(rune('a' + r.IntN(26)))
		}
	}
	// Squared, so that some words are frequent and most are not.
	word := func() string { x := r.Float64(); return words[int(x*x*float64(len(words)))] }
	all := make([]harness.Article, n)
	for i := range all {
		var body strings.Builder
		for range 12 {
			fmt.Fprintf(&body, "Sentence of %d", i)
			for range 8 {
				body.WriteString(" " + word())
			}
			body.WriteString(" alpha beta1 quorum talks.\n\n")
		}
		all[i] = harness.Article{
			ID: fmt.Sprint(i), Title: strings.Join([]string{word(), word(), word(), word(), word(), word()}, " "),
			Text: body.String(), Source: []string{"Ledger", "Courier"}[i%2], Date: "2020-03-04",
			Topics: []string{[]string{"economy", "security", "health"}[i%3]},
		}
	}
	return all
}

func TestGeneratorIsDeterministic(t *testing.T) {
	real := invented(60)
	a, err := NewGenerator(real, 7)
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewGenerator(real, 7)
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewGenerator(real, 8)
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for _, i := range []int{0, 5, 3, 999_999} { // in any order
		if diff := cmp.Diff(a.Article(i), b.Article(i)); diff != "" {
			t.Errorf("article %d: %s", i, diff)
		}
		if a.Article(i).Text == other.Article(i).Text {
			same++
		}
	}
	if same > 0 {
		t.Errorf("%d articles are the same with another seed", same)
	}
}

// No article is one other's copy, and all sentences are of one outlet.
func TestGeneratorRecombines(t *testing.T) {
	real := invented(60)
	g, err := NewGenerator(real, 7)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for i := range 300 {
		a := g.Article(i)
		from := map[int]int{}
		for s := range strings.SplitSeq(a.Text, "Sentence of ") {
			var n int
			if _, err := fmt.Sscan(s, &n); err == nil {
				from[n]++
				if real[n].Source != a.Source {
					t.Errorf("article %d of %s has a sentence of %s", i, a.Source, real[n].Source)
				}
			}
		}
		if len(from) < 2 {
			t.Errorf("article %d is made of %v", i, from)
		}
		if _, ok := a.Unix(); !ok || len(a.Topics) == 0 || a.Title == "" {
			t.Errorf("article %d lacks something: %+v", i, a)
		}
		total += len(a.Text)
	}
	if mean := total / 300; mean < 700 || mean > 1400 {
		t.Errorf("the mean length is %d", mean)
	}
}

func TestGeneratorNeedsArticles(t *testing.T) {
	if _, err := NewGenerator(invented(1), 7); err == nil {
		t.Error("one article was recombined")
	}
}

func each(all []harness.Article) iter.Seq2[harness.Article, error] {
	return func(yield func(harness.Article, error) bool) {
		for _, a := range all {
			if !yield(a, nil) {
				return
			}
		}
	}
}

func TestChoose(t *testing.T) {
	all := invented(60)
	// Rare words, which the invented ones are not.
	for i := range 180 {
		all[i%60].Text += fmt.Sprintf("\n\nScarce %s.", strings.Repeat(string(rune('a'+i/3%26)), 5+i/78))
	}
	once, err := Choose(each(all), 3)
	if err != nil && !strings.Contains(err.Error(), "only") { // too few articles for medium frequency
		t.Fatal(err)
	}
	again, _ := Choose(each(all), 3)
	if diff := cmp.Diff(once, again); diff != "" {
		t.Errorf("not the same twice: %s", diff)
	}
	var file bytes.Buffer
	if err := WriteQueries(&file, once); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "queries.tsv")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := harness.ReadQueries(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(once, read); diff != "" {
		t.Errorf("read otherwise than written: %s", diff)
	}
	for _, q := range once {
		if !slices.Contains(Classes, q.Class) {
			t.Errorf("query %s is of the unknown class %s", q.ID, q.Class)
		}
		if q.Mode != harness.Phrase {
			continue
		}
		if !slices.ContainsFunc(all, func(a harness.Article) bool {
			return strings.Contains(strings.ToLower(a.All()), strings.Join(q.Words, " "))
		}) {
			t.Errorf("phrase %s occurs nowhere", &q)
		}
	}
}

func TestRuns(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Oil prices rise", "prices rise"},
		{"prices, wages rise.", "prices|wages rise"},
		{"the price of wages", "price|wages"},
		{"(prices) rise", "prices|rise"},
		{"U.S.-led talks stall", "talks stall"},
		{"rise\nfall", "rise|fall"},
		{"", ""},
	} {
		var got []string
		for run := range runs(tt.text) {
			got = append(got, strings.Join(run, " "))
		}
		if g := strings.Join(got, "|"); g != tt.want {
			t.Errorf("runs(%q) = %q, want %q", tt.text, g, tt.want)
		}
	}
}

// The peers with modules of their own have a copy of the harness.
func TestHarnessCopies(t *testing.T) {
	const of, copied = "harness", "peers/harness"
	entries, err := os.ReadDir(of)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		want, err := os.ReadFile(filepath.Join(of, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(copied, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s/%s is not as in %s: copy it", copied, e.Name(), of)
		}
	}
}
