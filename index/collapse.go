package index

import (
	"context"
	"math"
	"slices"

	"github.com/newsq/newsq/internal/engine"
)

// Copies says what of a story with several copies is shown, see Index.Copies.
type Copies uint8

// What is shown.
const (
	// BestCopy shows the copy that comes first in the order of hits, and says how many more
	// there are.
	BestCopy Copies = iota
	// EarliestCopy shows, in its place, the one that was published first.
	EarliestCopy
	// AllCopies shows each as a hit.
	AllCopies
)

const (
	// maxStoryHits is how many copies of the stories on a page are asked for at once.
	maxStoryHits = 1000
	// maxOutlets is how many outlets of further copies are named.
	maxOutlets = 3
	// maxOutletLooks is how many further copies are looked at for them.
	maxOutletLooks = 8
)

// collapsed is a page of stories: of each the copy that is a hit.
type collapsed struct {
	order *order
	req   *engine.Request // with the plan that found the hits, and their statistics
	// members are the copies that match of each story that was met, in the order of hits,
	// at least the first of them, and counts how many match.
	members map[string][]engine.Hit
	counts  map[string]int
}

// collapse makes hits of found, and of what follows it, into hits of stories: of each story
// the first copy, wherever its page begins, so that a story is on one page only. It returns
// up to limit of them in found.Hits, and whether there are more.
func collapse(ctx context.Context, o *order, req engine.Request, found *engine.Response, limit int, more bool) (*collapsed, bool, error) {
	if found.Statistics != "" && req.Statistics == "" {
		req.Statistics = found.Statistics
	}
	req.Facets, req.Also, req.ExactTotal = nil, nil, false
	c := &collapsed{order: o, req: &req, members: map[string][]engine.Hit{}, counts: map[string]int{}}
	hits, err := c.firstCopies(ctx, found.Hits)
	last := found.Hits
	for err == nil && more && len(hits) <= limit && len(last) > 0 {
		next := req
		next.After, next.Limit = &last[len(last)-1].Position, min(2*len(last)+1, maxLimit)
		var page *engine.Response
		if page, err = o.search(ctx, &next); err != nil {
			break
		}
		last, more = page.Hits, len(page.Hits) == next.Limit
		var firsts []engine.Hit
		firsts, err = c.firstCopies(ctx, last)
		hits = append(hits, firsts...)
	}
	if more = more || len(hits) > limit; len(hits) > limit {
		hits = hits[:limit]
	}
	found.Hits = hits
	return c, more, err
}

// firstCopies returns those hits that are the first of their story.
func (c *collapsed) firstCopies(ctx context.Context, hits []engine.Hit) ([]engine.Hit, error) {
	var stories []string
	for i := range hits {
		if s := hits[i].Story; s != "" && c.members[s] == nil && !slices.Contains(stories, s) {
			stories = append(stories, s)
		}
	}
	if err := c.ask(ctx, stories); err != nil {
		return nil, err
	}
	var firsts []engine.Hit
	for _, h := range hits {
		if members := c.members[h.Story]; len(members) == 0 || members[0].ID == h.ID {
			firsts = append(firsts, h)
		}
	}
	return firsts, nil
}

// ask looks for the copies of some stories that match.
func (c *collapsed) ask(ctx context.Context, stories []string) error {
	if len(stories) == 0 {
		return nil
	}
	found, err := c.search(ctx, maxStoryHits, stories...)
	if err != nil {
		return err
	}
	for _, h := range found.Hits {
		c.members[h.Story] = append(c.members[h.Story], h)
		c.counts[h.Story]++
	}
	if len(found.Hits) < maxStoryHits {
		return nil
	}
	for _, s := range stories { // not all of their copies fit
		found, err := c.search(ctx, maxStoryHits, s)
		if err != nil {
			return err
		}
		c.members[s], c.counts[s] = found.Hits, found.Total
	}
	return nil
}

// search looks for the first copies that match of some stories.
func (c *collapsed) search(ctx context.Context, limit int, stories ...string) (*engine.Response, error) {
	of := *c.req
	of.After, of.Limit, of.ExactTotal = nil, limit, true
	if isListing(of.Statistics) { // goes on behind a hit, which may be before all
		of.After = &engine.Position{Score: math.Inf(1)}
	}
	of.Filters = append(slices.Clone(of.Filters), engine.Filter{Facet: engine.FacetStory, Values: stories})
	return c.order.search(ctx, &of)
}

// shown returns the hits that stand for those of a page.
func (c *collapsed) shown(hits []engine.Hit, which Copies) []engine.Hit {
	if which != EarliestCopy {
		return hits
	}
	shown := slices.Clone(hits)
	for i := range shown {
		for _, m := range c.members[shown[i].Story] {
			if isEarlier(&m, &shown[i]) {
				shown[i] = m
			}
		}
	}
	return shown
}

// isEarlier reports whether a was published before b; what has no date was last.
func isEarlier(a, b *engine.Hit) bool {
	switch {
	case a.Published.IsZero():
		return false
	case b.Published.IsZero():
		return true
	}
	return a.Published.Before(b.Published)
}

// describe says of hits how many more copies there are, and names outlets of them.
func (c *collapsed) describe(ctx context.Context, q *Query, found []engine.Hit, hits []Hit) error {
	for i := range hits {
		story := found[i].Story
		hits[i].Copies = max(0, c.counts[story]-1)
		if hits[i].Copies == 0 || q.IDsOnly {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(c.members[story]), func(h engine.Hit) bool { return h.ID == found[i].ID })
		for _, h := range others[:min(len(others), maxOutletLooks)] {
			a, err := c.order.snap.Load(ctx, &h)
			if err != nil {
				return err
			}
			if a.Source != "" && a.Source != hits[i].Article.Source && !slices.Contains(hits[i].Outlets, a.Source) {
				hits[i].Outlets = append(hits[i].Outlets, a.Source)
			}
			if len(hits[i].Outlets) == maxOutlets {
				break
			}
		}
	}
	return nil
}

// countsStories reports whether the stories among all that matches are counted: where every
// article is counted anyway.
func (q *Query) countsStories() bool {
	return q.Copies != AllCopies && (q.ExactTotal || len(q.Facets) > 0)
}

// storiesIn returns how many stories there are among the articles found, of which one
// without copies is its own.
func storiesIn(found *engine.Response) int {
	n := found.Total
	for _, c := range found.Counts[engine.FacetStory] {
		n -= c.Count - 1
	}
	return n
}
