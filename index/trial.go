package index

import (
	"iter"

	"github.com/newsq/newsq/corpus"
)

// TopicTrial is what rules give to articles that they were tried on.
type TopicTrial struct {
	Articles int         // that the rules were tried on
	Rules    []RuleTrial // one for each of TopicRules.Paths, in that order
}

// RuleTrial is what the rule of one topic catches.
type RuleTrial struct {
	Topic    string
	Label    string // as of TopicRules.Label
	Articles int
	Examples []corpus.Article // the first three
}

// maxExamples is the number of articles that a RuleTrial names: enough to see
// what a rule is about.
const maxExamples = 3

// Try says which articles each rule catches. Nothing is changed. The first
// error of articles ends the trial and is returned.
func (t *TopicRules) Try(articles iter.Seq2[corpus.Article, error]) (*TopicTrial, error) {
	trial := &TopicTrial{}
	byTopic := make(map[string]int) // index in trial.Rules
	for i, path := range t.Paths() {
		trial.Rules = append(trial.Rules, RuleTrial{Topic: path, Label: t.Label(path)})
		byTopic[path] = i
	}
	for a, err := range articles {
		if err != nil {
			return nil, err
		}
		trial.Articles++
		for _, topic := range t.Assign(a) {
			i, ok := byTopic[topic.Path]
			if !ok {
				continue
			}
			r := &trial.Rules[i]
			if r.Articles++; len(r.Examples) < maxExamples {
				r.Examples = append(r.Examples, a)
			}
		}
	}
	return trial, nil
}
