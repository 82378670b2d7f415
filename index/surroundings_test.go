package index

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
)

func TestSurroundings(t *testing.T) {
	ix := similarIndex(t)
	s, err := ix.Surroundings(t.Context(), "ferry-1", 0, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	ids := func(hits []Hit) (list []string) {
		for _, h := range hits {
			list = append(list, h.ID)
		}
		return list
	}
	if got := ids(s.Background); !slices.Contains(got, "ferry-2") || len(got) > 3 {
		t.Errorf("background %q", got)
	}
	if s.Article.ID != "ferry-1" || len(s.FollowUp) == 0 {
		t.Errorf("of %q, follow-up %q", s.Article.ID, ids(s.FollowUp))
	}
	for _, side := range []struct {
		hits []Hit
		ok   func(time.Time) bool
	}{{s.Background, s.Article.Published.After}, {s.FollowUp, s.Article.Published.Before}} {
		for i, h := range side.hits {
			if !side.ok(h.Article.Published) || i > 0 && h.Article.Published.Before(side.hits[i-1].Article.Published) {
				t.Errorf("%s is of %v", h.ID, h.Article.Published)
			}
		}
	}
	if err := ix.Add(t.Context(), corpus.Article{ID: "timeless", Body: ferryText}); err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Surroundings(t.Context(), "timeless", 0, time.UTC); err == nil || !strings.Contains(err.Error(), "has no date") {
		t.Errorf("of an article without a date: %v", err)
	}
	if _, err := ix.Surroundings(t.Context(), "ferry-1", 51, time.UTC); err == nil {
		t.Error("51 are taken")
	}
}
