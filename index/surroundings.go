package index

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/corpus"
)

// Surroundings are what was written on the subject of an article before it and after it.
// They stay valid after Close.
type Surroundings struct {
	Article corpus.Article
	// Background are the most similar earlier articles, and FollowUp the most similar later
	// ones, as Similar has them, each in order of time and without passages.
	Background, FollowUp []Hit
	Warnings             []string
	Took                 time.Duration
}

// maxSurroundings is the most articles on each side.
const maxSurroundings = 50

// Surroundings returns at most limit articles before the one of an id and as many after it;
// 0 means 3, and 50 is the most. Days are meant in a location, nil is time.Local. Its errors
// are those of Similar, of which one says that the article has no date.
func (ix *Index) Surroundings(ctx context.Context, id string, limit int, loc *time.Location) (*Surroundings, error) {
	start := time.Now()
	if limit < 0 || limit > maxSurroundings {
		return nil, fmt.Errorf("limit %d is not between 0 and %d", limit, maxSurroundings)
	}
	if limit == 0 {
		limit = 3
	}
	s := &Surroundings{}
	for _, side := range []struct {
		earlier bool
		hits    *[]Hit
	}{{true, &s.Background}, {false, &s.FollowUp}} {
		res, err := ix.Similar(ctx, SimilarQuery{ID: id, Earlier: side.earlier, Later: !side.earlier, Limit: limit, Passages: -1, Location: loc})
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(res.Hits, func(a, b Hit) int { return a.Article.Published.Compare(b.Article.Published) })
		s.Article, *side.hits = res.Article, res.Hits
		for _, w := range res.Warnings {
			if !slices.Contains(s.Warnings, w) {
				s.Warnings = append(s.Warnings, w)
			}
		}
	}
	s.Took = time.Since(start)
	return s, nil
}
