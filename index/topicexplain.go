package index

import (
	"context"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/topic/learned"
)

// TopicExplanation says why an article has its topics.
type TopicExplanation struct {
	ID, Title string
	Topics    []ExplainedTopic // that the article has, stated ones first
	// Near are learned topics that it has not, and nearly would have: the nearest first, at
	// most five.
	Near  []ExplainedTopic
	Model string // the version of the model of learned topics; empty where there is none
}

// ExplainedTopic is a topic with why an article has it, or has it not.
type ExplainedTopic struct {
	corpus.Topic
	// Scored says that Score and Threshold are known: how the words of the article speak for
	// the topic, and how much they must for it to be learned.
	Scored           bool
	Score, Threshold float64
}

// The topics that are explained: as many as could be given, and those near.
const (
	maxScored     = 40
	maxNearTopics = 5
)

// ExplainTopics says why the article of an id, or of a unique prefix of one, has its topics,
// and which others came near. Its errors are those of Get.
func (ix *Index) ExplainTopics(ctx context.Context, id string) (TopicExplanation, error) {
	a, err := ix.Get(ctx, id)
	if err != nil {
		return TopicExplanation{}, err
	}
	out := TopicExplanation{ID: a.ID, Title: a.Title}
	model, damage, err := loadModel(ctx, ix.engine)
	if err != nil || damage != nil {
		return out, orElse(err, damage)
	}
	var scores []learned.Score
	if model != nil {
		out.Model = model.Version()
		text := newDocBuilder(&enrich.Pipeline{}).encode(&a)
		scores = model.Classifier().Near(text, maxScored)
	}
	for _, t := range a.Topics {
		out.Topics = append(out.Topics, explained(t, scores))
	}
	for i := range scores {
		if s := &scores[i]; !s.Given() && !hasTopic(&a, s.Path) && len(out.Near) < maxNearTopics {
			t := corpus.Topic{Path: s.Path, Origin: corpus.Learned, Reason: s.Reason, Probability: s.Probability}
			out.Near = append(out.Near, explained(t, scores))
		}
	}
	return out, nil
}

// orElse returns the first error that is one.
func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// explained adds the score of a topic, where it is known.
func explained(t corpus.Topic, scores []learned.Score) ExplainedTopic {
	e := ExplainedTopic{Topic: t}
	if i := slices.IndexFunc(scores, func(s learned.Score) bool { return s.Path == t.Path }); i >= 0 {
		e.Scored, e.Score, e.Threshold = true, scores[i].Score, scores[i].Threshold
	}
	return e
}

// hasTopic reports whether an article has a topic or one below it.
func hasTopic(a *corpus.Article, path string) bool {
	return slices.ContainsFunc(a.Topics, func(t corpus.Topic) bool {
		return t.Path == path || strings.HasPrefix(t.Path, path+"/")
	})
}
