package wire

import (
	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Topics are topics with the number of articles in each: newsq topics --json.
type Topics struct {
	Format   int     `json:"format"`
	Query    string  `json:"query"`    // that the articles match; may be empty
	Articles int     `json:"articles"` // that were counted over
	Topics   []Topic `json:"topics"`
	// Tree are the topics and those above them, in the order in which a tree is read.
	Tree []TopicNode `json:"tree"`
}

// TopicNode is how many articles have a topic or one below it, each counted once.
type TopicNode struct {
	Topic    string `json:"topic"`           // its path
	Label    string `json:"label,omitempty"` // for people
	IPTC     string `json:"iptc,omitempty"`  // its code in the IPTC Media Topics
	Own      int    `json:"own"`             // articles with the topic itself
	Articles int    `json:"articles"`        // with it or one below it
	Stated   int    `json:"stated"`          // of these, as their sources state
	Rule     int    `json:"rule"`            // by a rule
	Learned  int    `json:"learned"`         // learned
}

// Topic is a topic with the number of articles that have it.
type Topic struct {
	Value string `json:"value"`           // its path
	Label string `json:"label,omitempty"` // for people
	IPTC  string `json:"iptc,omitempty"`  // its code in the IPTC Media Topics
	Count int    `json:"count"`
}

// NewTopics returns the form of the topics of the articles that match a query, as they are
// counted by a facet and as a tree. The rules have their labels and codes; nil where these
// aren't known.
func NewTopics(query string, topics []index.FacetValue, tree *index.TopicTree, rules *index.TopicRules) Topics {
	label, code := func(string) string { return "" }, func(string) string { return "" }
	if rules != nil {
		label, code = rules.Label, rules.IPTC
	}
	return Topics{
		Format: Format, Query: query, Articles: tree.Articles,
		Topics: each(topics, func(v index.FacetValue) Topic {
			return Topic{Value: v.Value, Count: v.Count, Label: label(v.Value), IPTC: code(v.Value)}
		}),
		Tree: each(tree.Topics, func(t index.TopicNode) TopicNode {
			return TopicNode{
				Topic: t.Topic, Label: label(t.Topic), IPTC: code(t.Topic),
				Own: t.Own, Articles: t.Articles, Stated: t.Stated, Rule: t.Rule, Learned: t.Learned,
			}
		}),
	}
}

// TopicTrial is what rules for topics give to articles: newsq topics test
// --json.
type TopicTrial struct {
	Format   int         `json:"format"`
	Articles int         `json:"articles"` // that the rules were tried on
	Rules    []RuleTrial `json:"rules"`
}

// RuleTrial is what the rule of one topic catches, with some examples.
type RuleTrial struct {
	Topic    string         `json:"topic"`
	Label    string         `json:"label,omitempty"` // for people
	Count    int            `json:"count"`
	Examples []ArticleTitle `json:"examples"`
}

// ArticleTitle names an article.
type ArticleTitle struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// NewTopicTrial returns the form of a trial.
func NewTopicTrial(t *index.TopicTrial) TopicTrial {
	return TopicTrial{
		Format: Format, Articles: t.Articles,
		Rules: each(t.Rules, func(r index.RuleTrial) RuleTrial {
			return RuleTrial{
				Topic: r.Topic, Label: r.Label, Count: r.Articles,
				Examples: each(r.Examples, func(a corpus.Article) ArticleTitle { return ArticleTitle{ID: a.ID, Title: a.Title} }),
			}
		}),
	}
}

// TopicsReport is what rules changed that were applied to an index: newsq topics
// apply --json.
type TopicsReport struct {
	Format      int           `json:"format"`
	Articles    int           `json:"articles"` // that were looked at
	Changed     int           `json:"changed"`  // of these
	Topics      []TopicChange `json:"topics"`
	Rules       []string      `json:"rules"` // the topics that have a rule now
	TookMS      float64       `json:"took_ms"`
	Interrupted bool          `json:"interrupted,omitempty"` // stopped before its end
}

// TopicChange is how many articles gained a topic, and how many lost it.
type TopicChange struct {
	Topic  string `json:"topic"`
	Gained int    `json:"gained"`
	Lost   int    `json:"lost"`
}

// NewTopicsReport returns the form of what rules changed. Interrupted says that
// applying them was stopped before its end.
func NewTopicsReport(r *index.ApplyTopicsReport, interrupted bool) TopicsReport {
	return TopicsReport{
		Format: Format, Articles: r.Articles, Changed: r.Changed,
		Topics: each(r.Topics, func(c index.TopicChange) TopicChange { return TopicChange(c) }),
		Rules:  append([]string{}, r.Rules...),
		TookMS: milliseconds(r.Took), Interrupted: interrupted,
	}
}
