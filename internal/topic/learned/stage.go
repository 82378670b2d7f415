package learned

import (
	"math"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
)

// Stage returns the model as a stage that derives topics.
func (m *Model) Stage() enrich.TopicStage { return stage{m} }

type stage struct{ model *Model }

func (stage) Name() string                        { return "topics learned" }
func (s stage) Version() string                   { return s.model.version }
func (stage) Origin() corpus.Origin               { return corpus.Learned }
func (s stage) TopicDeriver() enrich.TopicDeriver { return deriver{s.model.Classifier()} }

type deriver struct{ classifier *Classifier }

// DeriveTopics implements enrich.TopicDeriver. A machine looks at the analysed text alone.
func (d deriver) DeriveTopics(_ *corpus.Article, text *match.Encoded) []corpus.Topic {
	var topics []corpus.Topic
	for _, s := range d.classifier.Given(text) {
		topics = append(topics, corpus.Topic{Path: s.Path, Reason: s.Reason, Probability: math.Round(s.Probability*1000) / 1000})
	}
	return topics
}
