package wire

import "github.com/newsq/newsq/index"

// TopicLearning is what came of learning topics.
type TopicLearning struct {
	Model    string         `json:"model"`    // its id: the same articles give the same
	Labelled int            `json:"labelled"` // articles that state topics
	Trained  int            `json:"trained"`  // of these, that were learned from
	Terms    int            `json:"terms"`
	Bytes    int            `json:"bytes"`
	Topics   []TrainedTopic `json:"topics"`
	Articles int            `json:"articles"` // that were looked at for topics
	Changed  int            `json:"changed"`  // of these, with other topics now
	TookMS   float64        `json:"took_ms"`
}

// TrainedTopic is how well a topic can be told.
type TrainedTopic struct {
	Topic     string  `json:"topic"`
	Articles  int     `json:"articles"` // that state it, of those learned from
	F1        float64 `json:"f1"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Kept      bool    `json:"kept"` // whether articles are given it
}

func newTopicLearning(r *index.TrainTopicsReport) *TopicLearning {
	if r == nil {
		return nil
	}
	return &TopicLearning{
		Model: r.Model, Labelled: r.Labelled, Trained: r.Trained, Terms: r.Terms, Bytes: r.Bytes,
		Topics:   each(r.Topics, func(t index.TrainedTopic) TrainedTopic { return TrainedTopic(t) }),
		Articles: r.Articles, Changed: r.Changed, TookMS: milliseconds(r.Took),
	}
}

// TrainTopicsReport is what came of learning topics: newsq topics train --json.
type TrainTopicsReport struct {
	Format int `json:"format"`
	TopicLearning
}

// NewTrainTopicsReport returns the form of what came of learning topics.
func NewTrainTopicsReport(r *index.TrainTopicsReport) TrainTopicsReport {
	return TrainTopicsReport{Format, *newTopicLearning(r)}
}
