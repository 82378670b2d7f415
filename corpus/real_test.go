package corpus

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// realData returns a folder of NEWSQ_DATA, or skips the test.
func realData(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("NEWSQ_DATA")
	if root == "" {
		t.Skip("NEWSQ_DATA names no folder with real articles")
	}
	path := filepath.Join(root, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skip(err)
	}
	return path
}

// The piece that newsq was first made for: no title line, no metadata, and
// seven lines that only their looks and places make headings.
func TestRealDataSeed(t *testing.T) {
	articles, errs := collect(t, open(t, Options{}, realData(t, "seed/kim-maduro.txt")))
	if len(articles) != 1 || len(errs) > 0 {
		t.Fatal(len(articles), errs)
	}
	a := articles[0]
	var headings []string
	for _, s := range a.Sections {
		headings = append(headings, s.Heading)
	}
	want := []string{
		"",
		"Context Behind the Maduro Comparison",
		"How This Shapes North Korean Strategy",
		"Beliefs About Nuclear Weapons and Regime Survival",
		"Regional and Global Reactions",
		"Military Signaling and Deterrence",
		"The Psychological Dimension",
		"Conclusion",
	}
	if diff := cmp.Diff(want, headings); diff != "" {
		t.Error(diff)
	}
	if a.Title != "Kim Jong Un fears Maduro fate" || a.Language != "en" || !a.Published.IsZero() {
		t.Errorf("title %q, language %q, published %v", a.Title, a.Language, a.Published)
	}
}

func TestRealDataCounts(t *testing.T) {
	for _, tt := range []struct {
		name             string
		articles, faults int
	}{
		{"seed/kim-maduro.txt", 1, 0},
		{"allsides/articles.jsonl.gz", 28279, 0},
		{"reuters/articles.jsonl.gz", 21577, 1}, // of 21,578 one has neither title nor text
		{"scoop/articles.jsonl.gz", 516, 0},
		{"fnc/articles.jsonl.gz", 2587, 0},
		{"multilingual/articles.jsonl.gz", 1700, 1}, // a date in the year 201
	} {
		t.Run(tt.name, func(t *testing.T) {
			if testing.Short() {
				t.Skip("short")
			}
			articles, errs := collect(t, open(t, Options{}, realData(t, tt.name)))
			if len(articles) != tt.articles || len(errs) != tt.faults {
				t.Errorf("%d articles and %d errors, want %d and %d: %v", len(articles), len(errs), tt.articles, tt.faults, errs)
			}
		})
	}
}
