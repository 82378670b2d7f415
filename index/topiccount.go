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

// TopicTree is the topics of some articles.
type TopicTree struct {
	Articles int // that the query matches
	// Topics are in the order in which a tree is read: what lies below a topic follows it.
	Topics []TopicNode
}

// TopicNode is how many articles have a topic, each counted once.
type TopicNode struct {
	Topic    string
	Own      int // articles with the topic itself
	Articles int // articles with it or one below it
	// Of Articles, those that have it, or one below it, as the source states, by a rule, and
	// learned. Some have it by several.
	Stated, Rule, Learned int
}

// TopicTree counts the topics of the articles that a query matches, with those above them, by
// what articles have them. Facets, Sort, Limit and what is shown of hits don't count.
func (ix *Index) TopicTree(ctx context.Context, q Query) (tree TopicTree, err error) {
	if q, err = q.resolved(); err != nil {
		return tree, err
	}
	aliases, err := ix.aliasesFor(&q)
	if err != nil {
		return tree, err
	}
	q.known = &ix.known
	q.Facets, q.Limit, q.Cursor = nil, -1, ""
	_, err = ix.read(ctx, q.now(), q.IncludeEmbargoed, func(snap engine.Snapshot) (err error) {
		tree, err = topicTree(ctx, snap, &q, aliases)
		return err
	})
	return tree, err
}

// topicTree is TopicTree of a snapshot. q is resolved.
func topicTree(ctx context.Context, snap engine.Snapshot, q *Query, aliases *Aliases) (tree TopicTree, err error) {
	if err := q.check(); err != nil {
		return tree, err
	}
	if err := q.setLanguages(ctx, snap); err != nil {
		return tree, err
	}
	r, err := q.parse(aliases)
	if err != nil {
		return tree, err
	}
	req, _, err := q.engineRequest(ctx, snap, r)
	if err != nil {
		return tree, err
	}
	req.Also, req.Facets, req.Limit = nil, []engine.Facet{engine.FacetTopicBy}, 0
	found, err := snap.Search(ctx, req)
	if err != nil {
		return tree, publicError(err)
	}
	tree.Articles = found.Total
	origins := q.TopicsFrom
	if len(origins) == 0 {
		origins = enrich.Origins()
	}
	c := enrich.NewTopicCounter(origins)
	for _, v := range found.Counts[engine.FacetTopicBy] {
		c.Add(v.Value, v.Count)
	}
	for _, t := range c.Counts() {
		if t.Path != "" {
			tree.Topics = append(tree.Topics, TopicNode{
				Topic: t.Path, Own: t.Own, Articles: t.Below,
				Stated: t.ByOrigin[corpus.Stated], Rule: t.ByOrigin[corpus.ByRule], Learned: t.ByOrigin[corpus.Learned],
			})
		}
	}
	return tree, nil
}
