package index

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

const (
	ferryText = "The ferry to the island will stop in winter. The harbour master said that the pilots of the ferry " +
		"were too few, and that the strait was too rough for a crew without one. Cargo waits on the quay, and the island waits for the cargo."
	ratesText = "The bank kept its rate. Inflation fell, yet bond yields rose, and lenders expect a cut of the rate by the bank in spring. " +
		"Mortgages follow the bond, so that credit stays dear for as long as lenders doubt the bank."
)

// similarIndex is an index of a few articles about a ferry and a bank.
func similarIndex(t *testing.T) *Index {
	t.Helper()
	ix, err := Open(t.Context(), filepath.Join(t.TempDir(), "index"), &Options{NoLearn: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	on := func(month, day, hour int) time.Time {
		return time.Date(2025, time.Month(month), day, hour, 0, 0, 0, time.UTC)
	}
	err = ix.Add(t.Context(),
		corpus.Article{ID: "ferry-1", Title: "No ferry in winter", Source: "Quay", Published: on(3, 5, 0), Body: ferryText},
		corpus.Article{
			ID: "ferry-2", Title: "Ferry crews want pilots", Source: "Quay", Published: on(2, 1, 9),
			Body: "Crews of the ferry asked for pilots in the strait. The harbour has three, and the island ferry needs five.",
		},
		corpus.Article{
			ID: "ferry-3", Title: "The ferry is back", Source: "Ledger", Published: on(4, 1, 0),
			Body: "With two pilots more, the ferry crosses the strait again. The harbour is full, and the first cargo is on the island.",
		},
		corpus.Article{
			ID: "ferry-4", Title: "Harbour dues", Source: "Ledger", Published: on(3, 5, 12),
			Body: "Dues of the harbour are up for cargo, and not for the ferry.",
		},
		corpus.Article{ID: "ferry-copy", Title: "Island loses its ferry", Source: "Wire", Published: on(3, 6, 0), Body: "(Wire) " + ferryText},
		corpus.Article{ID: "rates-1", Title: "The bank holds on", Source: "Ledger", Published: on(3, 1, 0), Body: ratesText},
		corpus.Article{ID: "rates-2", Title: "Bonds and the bank", Source: "Quay", Body: "Bond yields rose again, and lenders blame the bank for its rate."},
		corpus.Article{ID: "rates-3", Title: "Rate cut expected", Source: "Wire", Published: on(5, 1, 0), Body: "Lenders expect the bank to cut its rate as inflation falls."},
		corpus.Article{ID: "rates-copy", Title: "Bonds", Source: "Wire", Body: "Bond yields rose again, and lenders blame the bank for its rate, they say."},
		corpus.Article{ID: "lone", Title: "Zither", Published: on(1, 1, 0), Body: "Zithers hum."},
		corpus.Article{ID: "empty", Title: "...", Body: "---"},
	)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func similarIDs(res *SimilarResults) (list []string) {
	for i := range res.Hits {
		list = append(list, res.Hits[i].ID)
	}
	return list
}

func TestSimilar(t *testing.T) {
	ix := similarIndex(t)
	ledger := []Filter{{Facet: FacetSource, Values: []string{"Ledger"}}}
	draft := &corpus.Article{Title: "A pilot for the ferry", Body: "The harbour looks for pilots, as the ferry and the island need them."}
	for _, tt := range []struct {
		name string
		q    SimilarQuery
		want string
	}{
		{"by id, without the article and its copy", SimilarQuery{ID: "ferry-1"}, "ferry-2 ferry-3 ferry-4"},
		{"by the beginning of an id", SimilarQuery{ID: "lo"}, ""},
		{"copies of hits stand once", SimilarQuery{ID: "rates-1"}, "rates-2 rates-3"},
		{"before its day", SimilarQuery{ID: "ferry-1", Earlier: true}, "ferry-2"},
		{"after its day", SimilarQuery{ID: "ferry-1", Later: true}, "ferry-3"},
		{"before its hour, and a day begins before it", SimilarQuery{ID: "ferry-4", Earlier: true}, "ferry-1 ferry-2"},
		{"after its hour", SimilarQuery{ID: "ferry-2", Later: true}, "ferry-1 ferry-3 ferry-4"},
		{"earlier, and since", SimilarQuery{ID: "ferry-3", Earlier: true, SinceDate: "2025-03"}, "ferry-copy ferry-4"},
		{"of a source", SimilarQuery{ID: "ferry-1", Filters: ledger}, "ferry-3 ferry-4"},
		{"a limit", SimilarQuery{ID: "ferry-1", Limit: 1}, "ferry-2"},
		{"an article of a program", SimilarQuery{Article: draft}, "ferry-2 ferry-3 ferry-copy ferry-4"},
		{"one without words", SimilarQuery{ID: "empty"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.q.Location = time.UTC
			res, err := ix.Similar(t.Context(), tt.q)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(similarIDs(res), " "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if res.RankedBy != RankWords {
				t.Errorf("ranked by %v where nothing was learned", res.RankedBy)
			}
		})
	}
}

// What was left out is told, and what is shown is of the article and of the hits.
func TestSimilarResults(t *testing.T) {
	ix := similarIndex(t)
	res, err := ix.Similar(t.Context(), SimilarQuery{ID: "ferry-1"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]SimilarCopy{{ID: "ferry-copy", Of: "ferry-1"}}, res.Copies); diff != "" {
		t.Errorf("copies (-want +got):\n%s", diff)
	}
	if res.Article.Body != ferryText {
		t.Errorf("the article is %+v", res.Article)
	}
	if len(res.Terms) == 0 || res.Terms[0].Stem != "winter" || res.Terms[1] != (SimilarTerm{"ferri", 5, 1}) {
		t.Errorf("terms: %+v", res.Terms)
	}
	for i, h := range res.Hits {
		if h.Rank != i+1 || len(h.Snippets) == 0 || len(h.Snippets[0].Matches) == 0 || h.Explanation != nil {
			t.Errorf("hit %d: %+v", i, h)
		}
	}
	bare, err := ix.Similar(t.Context(), SimilarQuery{ID: "ferry-1", IDsOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range bare.Hits {
		if h.ID == "" || h.Article != nil || h.Snippets != nil {
			t.Errorf("more than an id: %+v", h)
		}
	}
	if diff := cmp.Diff(similarIDs(res), similarIDs(bare)); diff != "" {
		t.Error(diff)
	}
	res, err = ix.Similar(t.Context(), SimilarQuery{ID: "rates-1"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]SimilarCopy{{ID: "rates-copy", Of: "rates-2"}}, res.Copies); diff != "" {
		t.Errorf("copies of hits (-want +got):\n%s", diff)
	}
}

func TestSimilarErrors(t *testing.T) {
	ix := similarIndex(t)
	article := &corpus.Article{Title: "x"}
	for _, tt := range []struct {
		q    SimilarQuery
		want string
	}{
		{SimilarQuery{}, "neither an id nor an article"},
		{SimilarQuery{ID: "lone", Article: article}, "both an id and an article"},
		{SimilarQuery{ID: "lone", Earlier: true, Later: true}, "both earlier and later"},
		{SimilarQuery{ID: "lone", Limit: 201}, "limit 201 is not between 0 and 200"},
		{SimilarQuery{ID: "lone", Limit: -1}, "limit -1"},
		{SimilarQuery{ID: "lone", Passages: 21}, "21 passages"},
		{SimilarQuery{ID: "lone", SinceDate: "never"}, "since"},
		{SimilarQuery{ID: "lone", Filters: []Filter{{Facet: "smell"}}}, "smell"},
		{SimilarQuery{ID: "rates-2", Later: true}, `article "rates-2" has no date`},
		{SimilarQuery{Article: article, Earlier: true}, "the article has no date"},
		{SimilarQuery{Article: &corpus.Article{Body: "\xff"}}, "not valid UTF-8"},
		{SimilarQuery{ID: "lone", Rank: RankBlend}, ErrNoVectors.Error()},
		{SimilarQuery{ID: "lone", Rank: 9}, "unknown ranking"},
	} {
		if _, err := ix.Similar(t.Context(), tt.q); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %q", tt.q, err, tt.want)
		}
	}
	var ambiguous *AmbiguousError
	if _, err := ix.Similar(t.Context(), SimilarQuery{ID: "ferry"}); !errors.As(err, &ambiguous) {
		t.Errorf("an ambiguous id: %v", err)
	}
	if _, err := ix.Similar(t.Context(), SimilarQuery{ID: "zebra"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown id: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ix.Similar(ctx, SimilarQuery{ID: "ferry-1"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// What is under embargo is neither asked about nor found.
func TestSimilarEmbargoed(t *testing.T) {
	ix := similarIndex(t)
	if err := ix.Add(t.Context(), corpus.Article{
		ID: "secret", Title: "Pilots for the ferry", Body: "The ferry gets pilots from another harbour.",
		Handling: &corpus.Handling{Embargoed: true},
	}); err != nil {
		t.Fatal(err)
	}
	res, err := ix.Similar(t.Context(), SimilarQuery{ID: "ferry-1"})
	if err != nil || slices.Contains(similarIDs(res), "secret") {
		t.Errorf("%v, %v", similarIDs(res), err)
	}
	res, err = ix.Similar(t.Context(), SimilarQuery{ID: "ferry-1", IncludeEmbargoed: true})
	if err != nil || !slices.Contains(similarIDs(res), "secret") {
		t.Errorf("included: %v, %v", similarIDs(res), err)
	}
	var embargoed *EmbargoedError
	if _, err = ix.Similar(t.Context(), SimilarQuery{ID: "secret"}); !errors.As(err, &embargoed) {
		t.Errorf("asked about: %v", err)
	}
	if _, err = ix.Similar(t.Context(), SimilarQuery{ID: "secret", IncludeEmbargoed: true}); err != nil {
		t.Error(err)
	}
}

// The vector of an article is the one that the index has of it, so that a text that is not
// indexed is as near to others as if it were.
func TestSimilarVector(t *testing.T) {
	ix := learnedStories(t)
	snap, err := ix.snapshot(t.Context(), time.Now(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = snap.Close(t.Context()) }()
	reader, model, err := vectorsOf(t.Context(), snap)
	if err != nil {
		t.Fatal(err)
	}
	found, err := snap.Search(t.Context(), &engine.Request{Plan: match.All{}, Order: engine.Newest, Limit: 400})
	if err != nil {
		t.Fatal(err)
	}
	for i := range found.Hits {
		a, err := snap.Load(t.Context(), &found.Hits[i])
		if err != nil {
			t.Fatal(err)
		}
		want := make([]embed.Vector, 1)
		if err := reader.Vectors(t.Context(), []engine.Place{found.Hits[i].Place}, want); err != nil {
			t.Fatal(err)
		}
		if got := newTermCounts(&a).vector(model); embed.Cosine(got, want[0]) < .9999 {
			t.Fatalf("%s: cosine %f", a.ID, embed.Cosine(got, want[0]))
		}
	}
}

// learnedStories is an index of stories that has learned from them.
func learnedStories(t *testing.T) *Index {
	t.Helper()
	ix := storyIndex(t, 400)
	// Variants of words are part of what articles mean.
	if err := ix.Add(t.Context(), corpus.Article{
		ID: "variants", Title: "Re-election of a co-operative's captain",
		Body: "The re-election is on-line, and the U.S. e-mail isn't. The captain's crew, a co-operative, sails on.",
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Learn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return ix
}

// Scores are what the explanation says, by words and by both.
func TestSimilarExplained(t *testing.T) {
	ix := learnedStories(t)
	for _, rank := range []Ranking{RankDefault, RankWords} {
		res, err := ix.Similar(t.Context(), SimilarQuery{ID: "a0007", Explain: true, Rank: rank, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) < 10 || (res.RankedBy == RankBlend) != (rank == RankDefault) {
			t.Fatalf("%d hits ranked by %v", len(res.Hits), res.RankedBy)
		}
		for i, h := range res.Hits {
			words := 0.
			for _, p := range h.Explanation {
				words += p.Score
			}
			want := words
			if b := h.Blend; rank == RankDefault {
				if math.Abs(b.Words-words) > 1e-6 {
					t.Errorf("%s: the parts sum to %f, not %f", h.ID, words, b.Words)
				}
				want = b.WordsMin + ((1-b.Weight)*(b.Words-b.WordsMin)+b.Weight*(b.Meaning-b.WordsMin))*b.Decay
				if b.Cosine < b.CosineMin || b.Cosine > b.CosineMax || len(b.Terms) == 0 {
					t.Errorf("%s: %+v", h.ID, b)
				}
			} else if b != nil {
				t.Errorf("%s has a blend by words alone", h.ID)
			}
			if math.Abs(h.Score-want) > 1e-6 {
				t.Errorf("%s: score %f, explained as %f", h.ID, h.Score, want)
			}
			if i > 0 && h.Score > res.Hits[i-1].Score {
				t.Errorf("hit %d has a greater score than the one before", i)
			}
		}
	}
}

// An article that is not indexed finds what it would find if it were.
func TestSimilarText(t *testing.T) {
	ix := learnedStories(t)
	a, err := ix.Get(t.Context(), "a0011")
	if err != nil {
		t.Fatal(err)
	}
	byID, err := ix.Similar(t.Context(), SimilarQuery{ID: a.ID, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	byText, err := ix.Similar(t.Context(), SimilarQuery{Article: &a, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(similarIDs(byID), similarIDs(byText)); diff != "" {
		t.Errorf("by id and by text (-id +text):\n%s", diff)
	}
	a.ID = ""
	anonymous, err := ix.Similar(t.Context(), SimilarQuery{Article: &a, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(anonymous.Copies, SimilarCopy{ID: "a0011"}) {
		t.Errorf("the article itself is no copy: %v", anonymous.Copies)
	}
	if slices.Contains(similarIDs(anonymous), "a0011") {
		t.Error("the article itself is a hit")
	}
}
