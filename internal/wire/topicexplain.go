package wire

import "github.com/newsq/newsq/index"

// TopicExplanation says why an article has its topics: newsq topics explain --json.
type TopicExplanation struct {
	Format int              `json:"format"`
	ID     string           `json:"id"`
	Title  string           `json:"title"`
	Topics []ExplainedTopic `json:"topics"` // that it has
	Near   []ExplainedTopic `json:"near"`   // learned ones that it nearly has
	Model  string           `json:"model,omitempty"`
}

// ExplainedTopic is a topic with why an article has it, or has it not.
type ExplainedTopic struct {
	Topic       string   `json:"topic"` // its path
	Label       string   `json:"label,omitempty"`
	By          string   `json:"by"` // stated, rule or learned
	Reason      string   `json:"reason,omitempty"`
	Probability float64  `json:"probability,omitempty"` // of a learned one
	Score       *float64 `json:"score,omitempty"`       // by what was learned
	Threshold   *float64 `json:"threshold,omitempty"`   // that the score must reach
}

// NewTopicExplanation returns the form of an explanation. The rules have the labels of
// topics; nil where these aren't known.
func NewTopicExplanation(e *index.TopicExplanation, rules *index.TopicRules) TopicExplanation {
	topic := func(t index.ExplainedTopic) ExplainedTopic {
		out := ExplainedTopic{Topic: t.Path, By: string(t.Origin), Reason: t.Reason, Probability: t.Probability}
		if rules != nil {
			out.Label = rules.Label(t.Path)
		}
		if t.Scored {
			out.Score, out.Threshold = &t.Score, &t.Threshold
		}
		return out
	}
	return TopicExplanation{Format: Format, ID: e.ID, Title: e.Title, Topics: each(e.Topics, topic), Near: each(e.Near, topic), Model: e.Model}
}
