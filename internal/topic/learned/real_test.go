package learned_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/topic/learned"
)

// wireStory is an article of Reuters-21578.
type wireStory struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Text   string   `json:"text"`
	Topics []string `json:"topics"`
	Split  string   `json:"split_modapte"`
}

// reuters returns the articles of the ModApte split, for training and for testing.
func reuters(t *testing.T) (train, test []wireStory) {
	t.Helper()
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		t.Skip("NEWSQ_DATA names no folder of real articles")
	}
	f, err := os.Open(filepath.Join(data, "reuters", "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var s wireStory
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		slices.Sort(s.Topics)
		s.Topics = slices.Compact(s.Topics)
		switch s.Split {
		case "train":
			train = append(train, s)
		case "test":
			test = append(test, s)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return train, test
}

// byTopic counts the articles with each topic.
func byTopic(stories []wireStory) map[string]int {
	counts := map[string]int{}
	for i := range stories {
		for _, t := range stories[i].Topics {
			counts[t]++
		}
	}
	return counts
}

// measure is how decisions agree with what is stated.
type measure struct{ both, only, missed int }

func (m measure) f1() float64 {
	if m.both == 0 {
		return 0
	}
	return 2 * float64(m.both) / float64(2*m.both+m.only+m.missed)
}

func (m *measure) add(o measure) {
	m.both, m.only, m.missed = m.both+o.both, m.only+o.only, m.missed+o.missed
}

// processorTime is what the process has used.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestRealDataModApte holds F1 on Reuters-21578, in the ModApte split: trained on its 9,603
// articles, of which those without a topic are examples of none; tested on its 3,299
// articles, on the 90 topics that have one of each at least. Nothing of the test part is
// learned from, thresholds neither.
func TestRealDataModApte(t *testing.T) {
	train, test := reuters(t)
	encoder := match.NewEncoder(analysis.Of)
	encode := func(s *wireStory) *match.Encoded {
		return encoder.Encode(match.Input{Title: s.Title, Body: []string{s.Text}, Lang: "en"})
	}
	texts := make([]*match.Encoded, len(train))
	for i := range train {
		texts[i] = encode(&train[i])
	}
	before := processorTime(t)
	trainer := learned.NewTrainer()
	for i := range train {
		trainer.Add(&learned.Example{ID: train[i].ID, Text: texts[i], Topics: train[i].Topics, Weight: 1})
	}
	model, report, err := trainer.Train(t.Context(), learned.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("learned %d topics from %d articles and %d terms in %.1f s of processor time; the model has %d bytes",
		len(report.Topics), report.Articles, report.Terms, (processorTime(t) - before).Seconds(), len(model.Bytes()))
	inTrain, inTest := byTopic(train), byTopic(test)
	topics := slices.DeleteFunc(slices.Sorted(maps.Keys(inTrain)), func(topic string) bool { return inTest[topic] == 0 })
	if len(train) != 9603 || len(test) != 3299 || len(topics) != 90 {
		t.Fatalf("%d articles to train, %d to test, %d topics; the split has 9603, 3299, 90", len(train), len(test), len(topics))
	}
	measures := map[string]*measure{}
	for _, topic := range topics {
		measures[topic] = new(measure)
	}
	var r reliability
	classifier := model.Classifier()
	before = processorTime(t)
	for i := range test {
		given := classifier.Given(encode(&test[i]))
		count(measures, given, test[i].Topics)
		r.add(given, test[i].Topics)
	}
	t.Logf("%d articles in %.2f s of processor time, with their analysis", len(test), (processorTime(t) - before).Seconds())
	slices.SortFunc(topics, func(a, b string) int { return cmp.Or(cmp.Compare(inTrain[b], inTrain[a]), cmp.Compare(a, b)) })
	var all, ten measure
	macro := 0.0
	for i, topic := range topics {
		all.add(*measures[topic])
		macro += measures[topic].f1() / float64(len(topics))
		if i < 10 {
			ten.add(*measures[topic])
		}
	}
	t.Logf("F1: micro %.4f, macro %.4f, the ten largest %.4f", all.f1(), macro, ten.f1())
	r.log(t)
	if all.f1() < .88 || macro < .58 || ten.f1() < .925 {
		t.Error("F1 is to be .88, .58 and .925 at least")
	}
}

// count adds the decisions on an article.
func count(measures map[string]*measure, given []learned.Score, stated []string) {
	has := map[string]bool{}
	for _, s := range given {
		has[s.Path] = true
		if m := measures[s.Path]; m != nil && slices.Contains(stated, s.Path) {
			m.both++
		} else if m != nil {
			m.only++
		}
	}
	for _, topic := range stated {
		if m := measures[topic]; m != nil && !has[topic] {
			m.missed++
		}
	}
}

// reliability says of the topics given with a probability how many were right.
type reliability [10]struct {
	given, right int
	sum          float64
}

func (r *reliability) add(given []learned.Score, stated []string) {
	for _, s := range given {
		b := &r[min(int(math.Floor(s.Probability*10)), 9)]
		b.given++
		b.sum += s.Probability
		if slices.Contains(stated, s.Path) {
			b.right++
		}
	}
}

func (r *reliability) log(t *testing.T) {
	t.Helper()
	for i, b := range r {
		if b.given > 0 {
			t.Logf("probability %.1f to %.1f: %5d topics given, %.3f in the mean, %.3f right", float64(i)/10, float64(i+1)/10,
				b.given, b.sum/float64(b.given), float64(b.right)/float64(b.given))
		}
	}
}
