package index

import (
	"fmt"
	"io"
	"sync"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/topic"
)

// TopicRules are queries that give topics to the articles that they match,
// beside those that articles state themselves. They are immutable.
type TopicRules struct {
	rules       *topic.Rules
	fingerprint string
	labels      map[string]string // by path
}

func newTopicRules(r *topic.Rules) *TopicRules {
	t := &TopicRules{rules: r, fingerprint: r.Fingerprint(), labels: make(map[string]string)}
	for _, rule := range r.List() {
		t.labels[rule.Path] = rule.Label
	}
	return t
}

// maxTopicFile bounds a file of rules, in bytes.
const maxTopicFile = 1 << 20

// StarterTopics returns the built-in rules for news analyses.
func StarterTopics() *TopicRules { return starterTopics() }

var starterTopics = sync.OnceValue(func() *TopicRules { return newTopicRules(topic.Starter(analyzerOf)) })

// ParseTopics reads rules from YAML; name is used in errors. A file that says
// "extends: starter" adds to the built-in rules; any other stands alone.
//
//	extends: starter
//	topics:
//	  security/nuclear:
//	    query: '"nuclear weapons" OR denuclearization'
//	    min: 2    # occurrences: the title counts three times, headings twice
//	    iptc: medtop:20000635    # its code in the IPTC Media Topics
func ParseTopics(r io.Reader, name string) (*TopicRules, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxTopicFile+1))
	if err != nil {
		return nil, fmt.Errorf("read topic rules %s: %w", name, err)
	}
	return parseTopics(b, name)
}

func parseTopics(b []byte, name string) (*TopicRules, error) {
	if len(b) > maxTopicFile {
		return nil, fmt.Errorf("topic rules %s are larger than %d bytes", name, maxTopicFile)
	}
	rules, err := topic.Parse(analyzerOf, b, name)
	if err != nil {
		return nil, err
	}
	return newTopicRules(rules), nil
}

// YAML returns the rules as a file to start one's own from.
func (t *TopicRules) YAML() []byte { return t.rules.YAML() }

// Fingerprint is the same for rules that give the same topics.
func (t *TopicRules) Fingerprint() string { return t.fingerprint }

// Paths returns the topics that have a rule, sorted.
func (t *TopicRules) Paths() []string {
	list := t.rules.List()
	paths := make([]string, len(list))
	for i, r := range list {
		paths[i] = r.Path
	}
	return paths
}

// Label returns what people call a topic: the label of its rule, "Nuclear weapons" for
// security/nuclear. That of a topic without a rule is made of its last level.
func (t *TopicRules) Label(path string) string {
	if label, ok := t.labels[path]; ok {
		return label
	}
	return topic.DefaultLabel(path)
}

// IPTC returns the code of a topic in the IPTC Media Topics, such as medtop:20000065;
// empty where the rules give it none.
func (t *TopicRules) IPTC(path string) string { return t.rules.IPTC(path) }

// addCodes gives the derived topics of an article their codes. They are an addition:
// without rules that can be read, there are none.
func (ix *Index) addCodes(a *corpus.Article) {
	for i := range a.Topics {
		t := &a.Topics[i]
		if t.Origin == corpus.Stated {
			continue
		}
		rules, err := ix.rules()
		if err != nil {
			return
		}
		t.IPTC = rules.IPTC(t.Path)
	}
}

// Assign returns the topics that the rules give to an article, sorted.
func (t *TopicRules) Assign(a corpus.Article) []corpus.Topic {
	an := newDocBuilder(&enrich.Pipeline{}) // rules look at what the article came with
	toGiven(&a)
	matches := t.rules.Apply(an.encode(&a))
	topics := make([]corpus.Topic, len(matches))
	for i, m := range matches {
		topics[i] = corpus.Topic{Path: m.Path, Origin: corpus.ByRule, Reason: m.Reason, IPTC: t.IPTC(m.Path)}
	}
	return topics
}
