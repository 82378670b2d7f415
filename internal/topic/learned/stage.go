package learned

import (
	"math"
	"slices"

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
// Topics that the article states, which the pipeline drops, have no reasons.
func (d deriver) DeriveTopics(a *corpus.Article, text *match.Encoded) []corpus.Topic {
	var topics []corpus.Topic
	for _, s := range d.classifier.given(text) {
		t := corpus.Topic{Path: s.Path, Probability: math.Round(s.Probability*1000) / 1000}
		if !slices.ContainsFunc(a.Topics, func(stated corpus.Topic) bool { return stated.Path == s.Path }) {
			t.Reason = d.classifier.reason(text, s.topic)
		}
		topics = append(topics, t)
	}
	return topics
}
