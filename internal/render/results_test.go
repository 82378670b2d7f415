package render

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func TestResults(t *testing.T) {
	for _, width := range []int{40, 80, 120} {
		for _, color := range []bool{false, true} {
			name := fmt.Sprintf("results-%d-%s.golden", width, map[bool]string{false: "plain", true: "color"}[color])
			t.Run(name, func(t *testing.T) {
				var b strings.Builder
				opt := Options{Width: width, Color: color, Links: color, Score: true, Timing: true, More: "newsq search deterrence -n 6"}
				if err := Results(&b, sampleResults(), opt); err != nil {
					t.Fatal(err)
				}
				golden(t, name, b.String())
			})
		}
	}
}

// What a person sees in colour is what a pipe gets without.
func TestColorAddsOnlyEscapes(t *testing.T) {
	for width := 20; width < 140; width += 7 {
		var plain, color strings.Builder
		if err := Results(&plain, sampleResults(), Options{Width: width, Score: true}); err != nil {
			t.Fatal(err)
		}
		if err := Results(&color, sampleResults(), Options{Width: width, Score: true, Color: true, Links: true}); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(plain.String(), ansi.Strip(color.String())); d != "" {
			t.Errorf("width %d (-plain +color without escapes):\n%s", width, d)
		}
	}
}

func TestFooter(t *testing.T) {
	hits := func(from, to int) (out []index.Hit) {
		for r := from; r <= to; r++ {
			out = append(out, index.Hit{Rank: r, Article: &corpus.Article{}})
		}
		return out
	}
	tests := []struct {
		name string
		res  index.Results
		want string
	}{
		{"all on the page", index.Results{Total: 2, Exact: true, Hits: hits(1, 2)}, "2 articles\n"},
		{"one lacks a word", index.Results{Total: 2, Exact: true, Hits: hits(1, 2), Near: hits(3, 3)}, "2 articles; 1 more lacks a word\n"},
		{"some lack a word", index.Results{Total: 1, Exact: true, Hits: hits(1, 1), Near: hits(2, 8), Optional: []string{"versus", "impact"}}, "1 article; 7 more lack a word\noptional: versus, impact\n"},
		{"one", index.Results{Total: 1, Exact: true, Hits: hits(1, 1)}, "1 article\n"},
		{"first page", index.Results{Total: 1430, Exact: true, Hits: hits(1, 10)}, "1–10 of 1,430 articles\n"},
		{"last page", index.Results{Total: 12, Exact: true, Hits: hits(11, 12)}, "11–12 of 12 articles\n"},
		{"a lower bound", index.Results{Total: 10, Hits: hits(1, 10)}, "1–10 of at least 10 articles\n"},
		{"no hits asked for", index.Results{Total: 7, Exact: true}, "7 articles\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			p := newPage(&b, Options{})
			p.writeFooter(&tt.res)
			if b.String() != tt.want {
				t.Errorf("got %q, want %q", b.String(), tt.want)
			}
		})
	}
}

func TestShortIDs(t *testing.T) {
	tests := []struct {
		name      string
		ids, want []string
	}{
		{"seven digits do", []string{"3f9a0c2b71de", "0042a0c2b71d"}, []string{"3f9a0c2", "0042a0c"}},
		{"more where two begin alike", []string{"3f9a0c2b71de", "3f9a0c2b0042"}, []string{"3f9a0c2b7", "3f9a0c2b0"}},
		{"stated ids stay whole", []string{"story-1", "story-2", "2026-01-12-deterrence"}, []string{"story-1", "story-2", "2026-01-12-deterrence"}},
		{"the same id twice", []string{"3f9a0c2b71de", "3f9a0c2b71de"}, []string{"3f9a0c2b71de", "3f9a0c2b71de"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			hits := make([]index.Hit, len(tt.ids))
			for i, id := range tt.ids {
				hits[i].ID = id
			}
			if d := cmp.Diff(tt.want, shortIDs(hits)); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// What lacks words stands behind the hits and names them.
func TestNearHits(t *testing.T) {
	res := &index.Results{Total: 1, Exact: true, Hits: []index.Hit{{Rank: 1, ID: "a", Article: &corpus.Article{ID: "a", Title: "Ferry strike"}}}}
	res.Near = []index.Hit{
		{Rank: 2, ID: "b", Article: &corpus.Article{ID: "b", Title: "Ferry"}, Missing: []string{"strike"}},
		{Rank: 3, ID: "c", Article: &corpus.Article{ID: "c", Title: "Dues"}, Missing: []string{"ferry", "strike\x1b[31m", "fare", "boat", "quay", "mole"}},
	}
	var b strings.Builder
	if err := Results(&b, res, Options{Width: 80}); err != nil {
		t.Fatal(err)
	}
	want := `1.  Ferry strike
    a

2.  Ferry
    b
    without "strike"

3.  Dues
    c
    without "ferry", "strike�[31m", "fare", "boat", 2 more words

1 article; 2 more lack a word
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Where a part of a score occurs is said in words, with what that weighs.
func TestOccurrences(t *testing.T) {
	for _, tt := range []struct {
		part index.ScorePart
		want string
	}{
		{index.ScorePart{Frequency: 1, Body: 1}, "once in the text"},
		{index.ScorePart{Frequency: 1200, Body: 1200}, "1,200 times in the text"},
		{index.ScorePart{Frequency: 2.5, Title: 1}, "once in the title × 2.5"},
		{index.ScorePart{Frequency: 3, Headings: 2}, "twice in headings × 1.5, weighs 3"},
		{index.ScorePart{Frequency: 8, Title: 1, Headings: 1, Body: 4}, "once in the title × 2.5, once in headings × 1.5, 4 times in the text, weighs 8"},
		{index.ScorePart{Frequency: 3.5}, "weighs 3.5"},
	} {
		if got := strings.Join(occurrences(&tt.part), ", "); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.part, got, tt.want)
		}
	}
}

// The time is that of the search, and facets without values take no line.
func TestFooterOfNearHits(t *testing.T) {
	res := &index.Results{
		Total: 1, Exact: true, Took: 3 * time.Millisecond, Hits: []index.Hit{{Rank: 1, ID: "a", Article: &corpus.Article{ID: "a", Title: "Ferry"}}},
		Near: []index.Hit{{Rank: 2, ID: "b", Article: &corpus.Article{ID: "b", Title: "Boat"}}}, Facets: []index.FacetCounts{{Name: "topic"}},
	}
	var b strings.Builder
	if err := Results(&b, res, Options{Timing: true}); err != nil {
		t.Fatal(err)
	}
	want := "1.  Ferry\n    a\n\n2.  Boat\n    b\n\n1 article in 3.0 ms; 1 more lacks a word\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}
