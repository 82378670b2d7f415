package topic

import (
	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
)

// Stage returns the rules as a stage that derives topics.
func (r *Rules) Stage() enrich.TopicStage { return stage{r, r.Fingerprint()} }

type stage struct {
	rules   *Rules
	version string
}

func (stage) Name() string                        { return "topics" }
func (s stage) Version() string                   { return s.version }
func (stage) Origin() corpus.Origin               { return corpus.ByRule }
func (s stage) TopicDeriver() enrich.TopicDeriver { return deriver{s.rules.Tagger()} }

type deriver struct{ tagger *Tagger }

// DeriveTopics implements enrich.TopicDeriver. Rules look at the analysed text alone.
func (d deriver) DeriveTopics(_ *corpus.Article, text *match.Encoded) []corpus.Topic {
	var topics []corpus.Topic
	for _, m := range d.tagger.Apply(text) {
		topics = append(topics, corpus.Topic{Path: m.Path, Reason: m.Reason})
	}
	return topics
}
