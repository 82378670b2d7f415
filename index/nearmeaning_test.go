package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
)

// What is near in meaning is what a query doesn't match, under all conditions of it that
// are no words.
func TestNearMeaning(t *testing.T) {
	ix := storyIndex(t, 300)
	snap := snapshotOf(t, ix)
	meant := closer{withVectors(t, snap, learnFrom(t, snap))}
	for _, c := range []struct {
		name  string
		query Query
		keep  func(h *Hit) bool // holds for all that is near
		none  bool
	}{
		{"words", Query{Text: "ferry harbour"}, func(*Hit) bool { return true }, false},
		{"by words", Query{Text: "ferry harbour", Rank: RankWords}, func(*Hit) bool { return true }, false},
		{"newest", Query{Text: "ferry harbour", Sort: Newest}, func(*Hit) bool { return true }, false},
		{"any", Query{Text: "ferry harbour", Match: MatchAny}, func(h *Hit) bool { return !has(h, "ferry") && !has(h, "harbour") }, false},
		{"a title", Query{Text: "title:ferry"}, func(h *Hit) bool { return !strings.Contains(h.Article.Title, "ferry") }, false},
		{"not", Query{Text: "ferry -pilot"}, func(h *Hit) bool { return !has(h, "pilot") }, false},
		{"either of two fields", Query{Text: "ferry (id:a00* OR id:a01*)"}, func(h *Hit) bool { return h.ID < "a0200" }, false},
		{"dates", Query{Text: "ferry", SinceDate: "2025-06"}, func(h *Hit) bool { return h.Article.Published.Month() >= 6 && !h.Article.Published.IsZero() }, false},
		{"dates in the text", Query{Text: "ferry date:2025-02"}, func(h *Hit) bool { return h.Article.Published.Month() == 2 }, false},
		{"a filter", Query{Text: "ferry", Filters: []Filter{{Facet: FacetMonth, Values: []string{"2025-03"}}}}, func(h *Hit) bool { return h.Article.Published.Month() == 3 }, false},
		{"another filter", Query{Text: "ferry", Filters: []Filter{{Facet: FacetYear, Values: []string{"1999"}}}}, nil, true},
		{"no words", Query{SinceDate: "2025"}, nil, true},
		{"unknown words", Query{Text: "zeppelin"}, nil, true},
	} {
		q := c.query
		q.NearMeaning, q.Limit = true, 5
		q.Location = time.UTC
		res := answer(t, meant, q)
		q.NearMeaning, q.NoNear = false, false
		plain := answer(t, meant, q)
		if res.Total != plain.Total || !slices.Equal(idsOf(res.Hits), idsOf(plain.Hits)) || res.Total > 0 && plain.NearMeaning != nil {
			t.Errorf("%s: %d hits, and %d when nothing near is asked for", c.name, res.Total, plain.Total)
		}
		if c.none != (len(res.NearMeaning) == 0) || len(res.NearMeaning) > 5 {
			t.Errorf("%s: %d are near", c.name, len(res.NearMeaning))
		}
		if told := slices.Contains(res.Warnings, warnNothingMeant); told != (c.none && c.query.Filters == nil) {
			t.Errorf("%s: warnings %q", c.name, res.Warnings)
		}
		q.Limit = 1000
		all := idsOf(slices.Concat(answer(t, meant, q).Hits, res.Near))
		last := 1.0
		for i, h := range res.NearMeaning {
			if slices.Contains(all, h.ID) || h.Cosine < minNearCosine || h.Cosine > last || h.Rank != i+1 || h.Score != 0 || len(h.Snippets) == 0 || !c.keep(&h) {
				t.Errorf("%s: near is %+v", c.name, h)
			}
			last = h.Cosine
		}
		if res.Cursor != "" {
			q = c.query
			q.NearMeaning, q.Limit, q.Location, q.Cursor = true, 5, time.UTC, res.Cursor
			if next := answer(t, meant, q); next.NearMeaning != nil {
				t.Errorf("%s: the second page has some, too", c.name)
			}
		}
	}
}

func has(h *Hit, word string) bool {
	return strings.Contains(h.Article.Title+" "+h.Article.Body, word)
}

// A short query that finds nothing has articles near in meaning unless it says otherwise.
func TestNearMeaningInstead(t *testing.T) {
	ix := storyIndex(t, 300)
	snap := snapshotOf(t, ix)
	meant := closer{withVectors(t, snap, learnFrom(t, snap))}
	nothing := `"ferry zeppelin harbour"`
	if res := answer(t, meant, Query{Text: nothing}); res.Total != 0 || len(res.NearMeaning) != defaultLimit || res.Warnings != nil {
		t.Errorf("%d found, %d near", res.Total, len(res.NearMeaning))
	}
	for name, q := range map[string]Query{
		"strict":   {Text: nothing, Match: MatchStrict},
		"no near":  {Text: nothing, NoNear: true},
		"ids":      {Text: nothing, IDsOnly: true},
		"no hits":  {Text: nothing, Limit: -1},
		"long":     {Text: `"` + strings.Repeat("ferry pilot ", maxNearWords) + `"`},
		"unknown":  {Text: "zeppelin"},
		"no words": {Text: "id:none"},
	} {
		if res := answer(t, meant, q); res.Total != 0 || res.NearMeaning != nil || res.Warnings != nil {
			t.Errorf("%s: %d found, %d near, warnings %q", name, res.Total, len(res.NearMeaning), res.Warnings)
		}
	}
	if res := answer(t, snap, Query{Text: nothing}); res.NearMeaning != nil || res.Warnings != nil {
		t.Errorf("without vectors: %d near, warnings %q", len(res.NearMeaning), res.Warnings)
	}
	if _, err := ix.Search(t.Context(), Query{Text: "ferry", NearMeaning: true}); !errors.Is(err, ErrNoVectors) {
		t.Errorf("without vectors: error %v", err)
	}
	for h, err := range ix.All(t.Context(), Query{Text: "ferry", NearMeaning: true}) {
		if err != nil || h.Cosine != 0 {
			t.Fatalf("among all: %+v, %v", h, err)
		}
	}
	broken := damagedVectors(meant)
	if res := answer(t, broken, Query{Text: "ferry", NearMeaning: true}); res.Total == 0 || len(res.Warnings) != 2 || !strings.Contains(res.Warnings[1], "learn anew") {
		t.Errorf("with damaged vectors: %d found, warnings %q", res.Total, res.Warnings)
	}
	if res := answer(t, broken, Query{Text: nothing}); res.Total != 0 || len(res.Warnings) > 1 {
		t.Errorf("with damaged vectors: warnings %q", res.Warnings)
	}
}

// closer brings articles closer to what is asked for: with as few words as the stories have,
// no dimension is cut off, and hardly any is close. The order stays.
type closer struct{ *vectorSnapshot }

func (s closer) Nearest(ctx context.Context, q embed.Vector, r *engine.NearestRequest) ([]engine.NearHit, error) {
	hits, err := s.vectorSnapshot.Nearest(ctx, q, r)
	for i := range hits {
		hits[i].Cosine = max(hits[i].Cosine, minNearCosine+hits[i].Cosine/10)
	}
	return hits, err
}

// damagedVectors has vectors that can't be read.
type damagedVectors struct{ *vectorSnapshot }

func (damagedVectors) Model(context.Context) (*embed.Model, error) {
	return nil, fmt.Errorf("%w: a.model", engine.ErrDamaged)
}

func (damagedVectors) Words(context.Context, []embed.WeightedTerm) (*embed.Words, error) {
	return nil, fmt.Errorf("%w: a.model", engine.ErrDamaged)
}
