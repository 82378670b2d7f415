package index

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
)

// Articles have topics of several origins, and a query may say which count, see
// Query.TopicsFrom. What it asks of topics is then asked of the facet of topics with their
// origins, of which an article has one value for each topic and each level above; so counts
// are exact, and of each article once.

// ParseOrigins reads origins of topics, "stated", "rule" and "learned". None is nil: all
// count.
func ParseOrigins(names []string) ([]corpus.Origin, error) {
	var origins []corpus.Origin
	for _, name := range names {
		o := corpus.Origin(strings.ToLower(strings.TrimSpace(name)))
		if err := checkOrigins([]corpus.Origin{o}); err != nil {
			return nil, err
		}
		if !slices.Contains(origins, o) {
			origins = append(origins, o)
		}
	}
	return origins, nil
}

func checkOrigins(origins []corpus.Origin) error {
	for _, o := range origins {
		if !slices.Contains(enrich.Origins(), o) {
			return fmt.Errorf("unknown origin of topics %q; there are stated, rule and learned", o)
		}
	}
	return nil
}

// topicFacet returns the facet by which topics of some origins are counted and filtered.
func topicFacet(origins []corpus.Origin) engine.Facet {
	if len(origins) == 0 {
		return engine.FacetTopic
	}
	return engine.FacetTopicBy
}

// topicValues returns what match.Context.TopicValues is for a query; nil where topics of all
// origins count.
func (q *Query) topicValues() func(path string) []string {
	if len(q.TopicsFrom) == 0 {
		return nil
	}
	return func(path string) []string { return enrich.ValuesBelow(path, q.TopicsFrom) }
}

// ownTopics returns the topics that articles have by some origins, themselves, as counts of
// a facet are.
func ownTopics(counts []enrich.TopicCount) []engine.Count {
	var list []engine.Count
	for i := range counts {
		if counts[i].Own > 0 {
			list = append(list, engine.Count{Value: counts[i].Path, Count: counts[i].Own})
		}
	}
	slices.SortStableFunc(list, func(a, b engine.Count) int { return b.Count - a.Count })
	return list
}

// topicsKnown returns the topics that articles have by some origins.
func topicsKnown(ctx context.Context, snap engine.Snapshot, origins []corpus.Origin) ([]engine.Count, error) {
	counts, err := countTopics(ctx, snap, match.All{}, nil, origins)
	return ownTopics(counts), err
}

// countsByOrigin are the counts of topics by some origins, of those of their values.
func countsByOrigin(values []engine.Count, origins []corpus.Origin) []engine.Count {
	c := enrich.NewTopicCounter(origins)
	for _, v := range values {
		c.Add(v.Value, v.Count)
	}
	return ownTopics(c.Counts())
}

// keepTopicsFrom leaves the topics of some origins to an article.
func keepTopicsFrom(a *corpus.Article, origins []corpus.Origin) {
	if len(origins) > 0 {
		a.Topics = slices.DeleteFunc(slices.Clone(a.Topics), func(t corpus.Topic) bool { return !slices.Contains(origins, t.Origin) })
	}
}
