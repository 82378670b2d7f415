package learned

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/newsq/newsq/internal/match"
)

// maxGiven is how many topics an article is given, as by rules: more tell a reader nothing
// about it.
const maxGiven = 8

// Score is how an article stands to a topic.
type Score struct {
	Path string
	// Score is its place: articles have the topic whose score is at least Threshold.
	Score, Threshold float64
	Probability      float64 // in [0, 1]
	// Reason names the words that told most, such as "grain, wheat, tonnes".
	Reason string

	topic uint16 // its number in the model
}

// Given reports whether the article has the topic.
func (s *Score) Given() bool { return s.Score >= s.Threshold }

// Classifier scores one article after the other. It serves one goroutine at a time.
type Classifier struct {
	model   *Model
	counter *counter
	scores  []float32 // by topic
	found   []occurrence
	values  []float32 // of found
}

// Classifier returns a new Classifier.
func (m *Model) Classifier() *Classifier {
	return &Classifier{model: m, counter: newCounter(m.term), scores: make([]float32, len(m.topics))}
}

// term returns the number of a term, or less than 0 for one that the model doesn't know.
func (m *Model) term(term string) int32 {
	i := sort.SearchStrings(m.terms, term)
	if i == len(m.terms) || m.terms[i] != term {
		return -1
	}
	return int32(i)
}

// score sets the scores of an article, and its occurrences.
func (c *Classifier) score(d *match.Encoded) {
	m := c.model
	c.found = c.counter.count(d)
	c.values = c.values[:0]
	for _, o := range c.found {
		c.values = append(c.values, frequency(o.count)*m.idf[o.column])
	}
	normalize(c.values)
	clear(c.scores)
	for i, o := range c.found {
		v := c.values[i]
		for _, w := range m.weights[m.starts[o.column]:m.starts[o.column+1]] {
			c.scores[w.topic] += float32(v * float32(w.weight))
		}
	}
	for i := range c.scores {
		t := &m.topics[i]
		c.scores[i] = float32(c.scores[i]*t.scale) + t.bias
	}
}

// Given returns the topics of an article, by path: at most eight, those of the highest
// probability. Of a topic and one below it, the one below is returned.
func (c *Classifier) Given(d *match.Encoded) []Score {
	list := c.given(d)
	c.giveReasons(d, list)
	return list
}

// given is Given without reasons, which take longer.
func (c *Classifier) given(d *match.Encoded) []Score {
	list := c.list(d, func(t *modelTopic, score float32) bool { return score >= t.threshold })
	return mostProbable(withoutAncestors(list))
}

// Near returns the topics that an article has or nearly has, whose score is at most half a
// unit below the threshold: those that are the farthest above it first, at most so many.
func (c *Classifier) Near(d *match.Encoded, limit int) []Score {
	const margin = .5
	list := c.list(d, func(t *modelTopic, score float32) bool { return score >= t.threshold-margin })
	slices.SortStableFunc(list, func(a, b Score) int { return cmp.Compare(b.Score-b.Threshold, a.Score-a.Threshold) })
	list = list[:min(len(list), limit)]
	c.giveReasons(d, list)
	return list
}

// list returns the topics that f takes, by path, without reasons.
func (c *Classifier) list(d *match.Encoded, f func(t *modelTopic, score float32) bool) []Score {
	c.score(d)
	var list []Score
	for i, score := range c.scores {
		if t := &c.model.topics[i]; f(t, score) {
			l := logistic{float64(t.slope), float64(t.offset)}
			list = append(list, Score{
				Path: t.path, Score: float64(score), Threshold: float64(t.threshold), Probability: l.probability(score), topic: uint16(i),
			})
		}
	}
	return list
}

// giveReasons gives topics of the article that was scored last their reasons.
func (c *Classifier) giveReasons(d *match.Encoded, list []Score) {
	for i := range list {
		list[i].Reason = c.reason(d, list[i].topic)
	}
}

// withoutAncestors leaves out the topics of which one below is there. Topics are in the order
// of their paths.
func withoutAncestors(list []Score) []Score {
	return slices.DeleteFunc(list, func(s Score) bool {
		return slices.ContainsFunc(list, func(o Score) bool { return strings.HasPrefix(o.Path, s.Path+"/") })
	})
}

// mostProbable returns the topics of the highest probability, by path.
func mostProbable(list []Score) []Score {
	if len(list) <= maxGiven {
		return list
	}
	slices.SortStableFunc(list, func(a, b Score) int { return cmp.Compare(b.Probability, a.Probability) })
	list = list[:maxGiven]
	slices.SortFunc(list, func(a, b Score) int { return cmp.Compare(a.Path, b.Path) })
	return list
}

// reason names the words that added most to the score of a topic.
func (c *Classifier) reason(d *match.Encoded, topic uint16) string {
	type told struct {
		word   string
		weight float32
	}
	var list []told
	at := make(map[uint32]int) // by term
	for i, o := range c.found {
		w := c.model.weightOf(o.column, topic)
		if w == 0 {
			continue
		}
		term := o.column / columnsPerTerm
		j, ok := at[term]
		if !ok {
			j = len(list)
			at[term] = j
			list = append(list, told{word: d.Vocabulary.Words[o.word]})
		}
		list[j].weight += float32(c.values[i] * float32(w))
	}
	list = slices.DeleteFunc(list, func(t told) bool { return t.weight <= 0 || hasDigit(t.word) })
	slices.SortStableFunc(list, func(a, b told) int { return cmp.Compare(b.weight, a.weight) })
	const most = 3
	var words []string
	for _, t := range list[:min(len(list), most)] {
		words = append(words, t.word)
	}
	return strings.Join(words, ", ")
}

// weightOf returns the weight of a column for a topic.
func (m *Model) weightOf(column uint32, topic uint16) int8 {
	list := m.weights[m.starts[column]:m.starts[column+1]]
	i, ok := slices.BinarySearchFunc(list, topic, func(w topicWeight, t uint16) int { return cmp.Compare(w.topic, t) })
	if !ok {
		return 0
	}
	return list[i].weight
}
