package index

import (
	"context"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
)

// countTopics counts the topics, by some origins, of the articles that match a plan and that
// filters keep, as a tree is read; see enrich.TopicCounter.Counts.
func countTopics(ctx context.Context, snap engine.Snapshot, plan match.Plan, filters []engine.Filter, origins []corpus.Origin) ([]enrich.TopicCount, error) {
	res, err := snap.Search(ctx, &engine.Request{Plan: plan, Filters: filters, Facets: []engine.Facet{engine.FacetTopicBy}, NoStories: true})
	if err != nil {
		return nil, err
	}
	c := enrich.NewTopicCounter(origins)
	for _, v := range res.Counts[engine.FacetTopicBy] {
		c.Add(v.Value, v.Count)
	}
	return c.Counts(), nil
}
