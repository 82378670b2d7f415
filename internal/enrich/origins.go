package enrich

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// Articles are counted and found by topic and by where the topic came from. Since an article
// may have a topic by a rule and a learned one as well, counts by each origin don't add up;
// so an article has one value for each topic, which says by which origins together it has
// it. A value is
//
//   - itsOwn, the origins, a slash and the path, for each topic of the article;
//   - below, the origins, a slash and the path, for each topic and each level above one, and
//     for the path "", which all articles with topics have: the origins of the topics there
//     and of those below.
//
// The origins are a digit, the sum of those in originBits.
const (
	itsOwn = 'd'
	below  = 'b'
)

// originBits is the table of origins.
var originBits = [...]struct {
	origin corpus.Origin
	bit    int
}{{corpus.Stated, 1}, {corpus.ByRule, 2}, {corpus.Learned, 4}}

const allOrigins = 7

func bitOf(o corpus.Origin) int {
	for _, row := range originBits {
		if row.origin == o {
			return row.bit
		}
	}
	return 0
}

// Origins returns the origins that there are, in the order in which people see them.
func Origins() []corpus.Origin {
	list := make([]corpus.Origin, len(originBits))
	for i, row := range originBits {
		list[i] = row.origin
	}
	return list
}

// TopicValues returns the values of the topics of an article, sorted, each once.
func TopicValues(topics []corpus.Topic) []string {
	if len(topics) == 0 {
		return nil
	}
	own, all := make(map[string]int, len(topics)), make(map[string]int, 2*len(topics))
	for _, t := range topics {
		bit := bitOf(t.Origin)
		own[t.Path] |= bit
		for path := t.Path; path != ""; path = levelAbove(path) {
			all[path] |= bit
		}
		all[""] |= bit
	}
	values := make([]string, 0, len(own)+len(all))
	for path, bits := range own {
		values = append(values, topicValue(itsOwn, bits, path))
	}
	for path, bits := range all {
		values = append(values, topicValue(below, bits, path))
	}
	slices.Sort(values)
	return values
}

func topicValue(kind byte, bits int, path string) string {
	return string([]byte{kind, '0' + byte(bits), '/'}) + path
}

// levelAbove returns the level above a topic; "" at the top.
func levelAbove(path string) string { return path[:max(strings.LastIndexByte(path, '/'), 0)] }

// ValuesBelow returns the values of which an article has one if it has a topic, or one below
// it, by any of some origins. The path "" stands for any topic.
func ValuesBelow(path string, origins []corpus.Origin) []string {
	wanted := bitsOf(origins)
	var values []string
	for bits := 1; bits <= allOrigins; bits++ {
		if bits&wanted != 0 {
			values = append(values, topicValue(below, bits, path))
		}
	}
	return values
}

func bitsOf(origins []corpus.Origin) (bits int) {
	for _, o := range origins {
		bits |= bitOf(o)
	}
	return bits
}

// TopicCount says how many articles have a topic.
type TopicCount struct {
	Path string
	// Own is how many have the topic itself, by any of the origins asked for, and Below is
	// how many have it or one below it.
	Own, Below int
	// ByOrigin is Below for each origin alone. Articles that have the topic by several count
	// for each of these.
	ByOrigin map[corpus.Origin]int
}

// TopicCounter counts topics by what counts of values there are.
type TopicCounter struct {
	wanted int
	counts map[string]*TopicCount
}

// NewTopicCounter returns a counter of topics by some origins.
func NewTopicCounter(origins []corpus.Origin) *TopicCounter {
	return &TopicCounter{wanted: bitsOf(origins), counts: make(map[string]*TopicCount)}
}

// Add adds a count of a value. What is no value is left out.
func (c *TopicCounter) Add(value string, n int) {
	const head = len("d1/")
	if len(value) < head || value[2] != '/' || value[0] != itsOwn && value[0] != below {
		return
	}
	bits := int(value[1]-'0') & c.wanted
	if bits == 0 {
		return
	}
	path := value[head:]
	t := c.counts[path]
	if t == nil {
		t = &TopicCount{Path: path, ByOrigin: make(map[corpus.Origin]int)}
		c.counts[path] = t
	}
	if value[0] == itsOwn {
		t.Own += n
		return
	}
	t.Below += n
	for _, row := range originBits {
		if bits&row.bit != 0 {
			t.ByOrigin[row.origin] += n
		}
	}
}

// Counts returns the topics by path. The first one, of the path "", counts the articles that
// have any; there is none where nothing was added.
func (c *TopicCounter) Counts() []TopicCount {
	list := make([]TopicCount, 0, len(c.counts))
	for _, t := range c.counts {
		list = append(list, *t)
	}
	slices.SortFunc(list, func(a, b TopicCount) int { return compareLevels(a.Path, b.Path) })
	return list
}

// compareLevels orders paths as a tree is read: what lies below a topic follows it.
func compareLevels(a, b string) int {
	return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/"))
}
