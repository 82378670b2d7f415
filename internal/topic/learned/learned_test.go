package learned

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// story is an article of the tests.
type story struct {
	id, title, body string
	topics          []string
}

// stories returns so many articles of each of four topics, of words that the topics have and
// of words that all have.
func stories(n int) []story {
	words := map[string]string{
		"sea/ships":   "ferry harbour captain vessel anchor deck",
		"sea/fish":    "herring trawler quota net catch cod",
		"land/grain":  "wheat barley harvest silo tonnes farm",
		"land/cattle": "cow dairy pasture milk herd farm",
	}
	common := strings.Fields("minister said week report people price region year talks figures")
	r := random(7)
	var list []story
	for _, topic := range []string{"sea/ships", "sea/fish", "land/grain", "land/cattle"} {
		own := strings.Fields(words[topic])
		for i := range n {
			var body []string
			for range 12 {
				body = append(body, common[r.next()%uint64(len(common))])
			}
			for range 5 {
				body = append(body, own[r.next()%uint64(len(own))])
			}
			list = append(list, story{fmt.Sprint(topic, i), own[r.next()%uint64(len(own))] + " report", strings.Join(body, " "), []string{topic}})
		}
	}
	return list
}

func encoded(stories []story) []*match.Encoded {
	e := match.NewEncoder(analysis.Of)
	var list []*match.Encoded
	for _, s := range stories {
		list = append(list, e.Encode(match.Input{Title: s.title, Body: []string{s.body}, Lang: "en"}))
	}
	return list
}

func train(t testing.TB, list []story, o Options) (*Model, Report) {
	t.Helper()
	tr := NewTrainer()
	for i, d := range encoded(list) {
		tr.Add(&Example{ID: list[i].id, Text: d, Topics: list[i].topics, Weight: 1})
	}
	m, r, err := tr.Train(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return m, r
}

func TestGiven(t *testing.T) {
	list := stories(30)
	m, r := train(t, list, Options{MinArticles: 20})
	if len(r.Topics) != 4 || r.Articles != len(list) {
		t.Fatalf("learned %+v", r)
	}
	for _, topic := range r.Topics {
		if !topic.Kept || topic.F1 < .95 || topic.Articles != 30 {
			t.Errorf("what is easy to tell is not told: %+v", topic)
		}
	}
	c := m.Classifier()
	for _, tt := range []struct{ title, body, topic, word string }{
		{"A vessel adrift", "The captain let the anchor down outside the harbour.", "sea/ships", "captain"},
		{"Milk", "The herd stands on the pasture; the dairy waits.", "land/cattle", "milk"},
	} {
		given := c.Given(encoded([]story{{title: tt.title, body: tt.body}})[0])
		if len(given) != 1 || given[0].Path != tt.topic || !given[0].Given() || given[0].Probability < .5 || !strings.Contains(given[0].Reason, tt.word) {
			t.Errorf("%s: given %+v, want %s for %s", tt.title, given, tt.topic, tt.word)
		}
	}
	if given := c.Given(encoded([]story{{title: "Talks", body: "The minister said little."}})[0]); len(given) > 0 {
		t.Errorf("an article of none of the topics is given %+v", given)
	}
}

// A topic takes in those below it, and the lowest one is given.
func TestTopicsAbove(t *testing.T) {
	list := stories(30)
	for i := range 10 {
		list[i].topics = []string{"sea"}
	}
	m, r := train(t, list, Options{MinArticles: 20})
	var paths []string
	for _, topic := range r.Topics {
		paths = append(paths, fmt.Sprintf("%s %d", topic.Path, topic.Articles))
	}
	if got, want := strings.Join(paths, ", "), "land/cattle 30, land/grain 30, sea 60, sea/fish 30, sea/ships 20"; got != want {
		t.Errorf("learned %s, want %s", got, want)
	}
	c := m.Classifier()
	d := encoded([]story{{title: "Herring", body: "The trawler has its quota of cod, and its net is full."}})[0]
	if given := c.Given(d); len(given) != 1 || given[0].Path != "sea/fish" {
		t.Errorf("given %+v, want sea/fish alone", given)
	}
	near := c.Near(d, 2)
	if len(near) != 2 || near[0].Path != "sea/fish" && near[1].Path != "sea/fish" {
		t.Errorf("near are %+v", near)
	}
}

// What is learned depends on the set of articles alone.
func TestTrainIsDeterministic(t *testing.T) {
	list := stories(25)
	m, _ := train(t, list, Options{})
	r := random(3)
	for range 3 {
		for i := range list {
			j := i + int(r.next()%uint64(len(list)-i))
			list[i], list[j] = list[j], list[i]
		}
		o, _ := train(t, list, Options{})
		if !bytes.Equal(o.Bytes(), m.Bytes()) || o.Version() != m.Version() {
			t.Fatal("the same articles in another order give another model")
		}
	}
	if o, _ := train(t, list[1:], Options{}); o.Version() == m.Version() {
		t.Error("other articles give a model of the same version")
	}
}

// Topics that stated labels can't be told by are left out.
func TestJunkTopics(t *testing.T) {
	list := stories(30)
	for i := range list {
		if i%4 == 0 {
			list[i].topics = append(list[i].topics, "misc")
		}
	}
	m, r := train(t, list, Options{MinArticles: 20, MinF1: .5, MinPrecision: .6})
	for _, topic := range r.Topics {
		if topic.Kept == (topic.Path == "misc") {
			t.Errorf("%+v", topic)
		}
	}
	if len(m.Topics()) != 4 {
		t.Errorf("the model has %+v", m.Topics())
	}
}

func TestTooFew(t *testing.T) {
	tr := NewTrainer()
	for i, d := range encoded(stories(4)) {
		tr.Add(&Example{ID: fmt.Sprint(i), Text: d, Topics: []string{"sea"}[:i%2], Weight: 1})
	}
	if _, _, err := tr.Train(t.Context(), Options{MinArticles: 20}); !errors.Is(err, ErrTooFew) {
		t.Errorf("error is %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	tr = NewTrainer()
	for i, d := range encoded(stories(30)) {
		tr.Add(&Example{ID: fmt.Sprint(i), Text: d, Topics: []string{"sea"}[:i%2], Weight: 1})
	}
	if _, _, err := tr.Train(ctx, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

// slowScores is what scores are, by definition.
func slowScores(m *Model, d *match.Encoded) map[string]float64 {
	counts := map[string]float64{}
	start := 0
	for _, run := range d.Runs {
		for _, w := range d.TokenIDs[start:run.End] {
			if s := d.Vocabulary.StemOf[w]; s > 0 && (run.Field == match.Title || run.Field == match.Body) {
				term := termOf(d.Vocabulary.Stems[s-1])
				counts["b"+term]++
				if run.Field == match.Title {
					counts["t"+term]++
				}
			}
		}
		start = run.End
	}
	values, length := map[uint32]float64{}, 0.0
	for i, term := range m.terms {
		for k, kind := range []string{"b", "t"} {
			if n, df := counts[kind+term], m.counts[2*i+k]; n > 0 && df > 0 {
				v := (1 + math.Log(n)) * math.Log(float64(m.articles+1)/float64(df))
				values[uint32(2*i+k)] = v
				length += v * v
			}
		}
	}
	scores := map[string]float64{}
	for i := range m.topics {
		score := float64(m.topics[i].bias)
		for c, v := range values {
			score += v / math.Sqrt(length) * float64(m.topics[i].scale) * float64(m.weightOf(c, uint16(i)))
		}
		scores[m.topics[i].path] = score
	}
	return scores
}

func TestScoresAreSlowScores(t *testing.T) {
	list := stories(20)
	m, _ := train(t, list, Options{})
	c := m.Classifier()
	for _, d := range encoded(stories(30)) {
		want := slowScores(m, d)
		for _, s := range c.list(d, func(*modelTopic, float32) bool { return true }) {
			if math.Abs(s.Score-want[s.Path]) > 1e-4 {
				t.Fatalf("score of %s is %g, want %g", s.Path, s.Score, want[s.Path])
			}
		}
	}
}

func TestModelIsReadBack(t *testing.T) {
	m, _ := train(t, stories(20), Options{})
	got, err := Parse(m.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Topics(), m.Topics()) || got.Version() != m.Version() || !slices.Equal(got.weights, m.weights) || !slices.Equal(got.idf, m.idf) {
		t.Error("a model is not read back as it was")
	}
	for n := range m.Bytes() {
		damaged := bytes.Clone(m.Bytes())
		damaged[n] ^= 1
		if _, err := Parse(damaged); err == nil {
			t.Fatalf("a model is read with byte %d changed", n)
		}
		if _, err := Parse(m.Bytes()[:n]); err == nil {
			t.Fatalf("a model is read of %d bytes of %d", n, len(m.Bytes()))
		}
	}
}

// FuzzParse reads models whose sum is right, and gives topics by those that are taken.
func FuzzParse(f *testing.F) {
	m, _ := train(f, stories(4), Options{})
	f.Add(m.Bytes()[:len(m.Bytes())-4])
	d := encoded(stories(1))[0]
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := Parse(withSum(b)); err == nil {
			m.Classifier().Given(d)
		}
	})
}

// Of all thresholds none has a better F1.
func TestBestThreshold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) heldOut {
			return heldOut{float32(rapid.IntRange(-5, 5).Draw(t, "score")), float32(rapid.IntRange(1, 3).Draw(t, "weight")), rapid.Bool().Draw(t, "positive")}
		}), 1, 20).Draw(t, "held out")
		sortHeldOut(list)
		got := agreementAt(list, bestThreshold(list))
		precise, ok := preciseThreshold(list, -2, .6)
		lowest := float32(math.Inf(1))
		for at := float32(5.5); at >= -6; at-- {
			a := agreementAt(list, at)
			if a.f1() > got.f1()+1e-9 {
				t.Fatalf("F1 is %g, and %g at %g", got.f1(), a.f1(), at)
			}
			if at > -2 && a.precision() >= .6 {
				lowest = at
			}
		}
		if a := agreementAt(list, -2); a.precision() >= .6 {
			lowest = -2
		}
		want, have := agreementAt(list, lowest), agreementAt(list, precise)
		if ok != !math.IsInf(float64(lowest), 1) || ok && have != want {
			t.Fatalf("precise from %g on (%v), want %g", precise, ok, lowest)
		}
	})
}

// The weights are those of the lowest cost, but for the tolerance: no weight can be changed to
// make it lower by more than some hundredths.
func TestSolve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := random(rapid.Uint64().Draw(t, "seed"))
		const rows, width = 40, 6
		m := &matrix{starts: []int32{0}, width: width}
		positive := make([]bool, rows)
		all := make([]int32, rows)
		for i := range rows {
			for c := range uint32(width) {
				if r.next()%2 == 0 {
					m.columns, m.values = append(m.columns, c), append(m.values, float32(r.next()%100)/100)
				}
			}
			m.starts = append(m.starts, int32(len(m.columns)))
			positive[i], all[i] = r.next()%3 == 0, int32(i)
		}
		costs := [2]float32{.5, 1.5}
		w := newSolver(m).solve(all, positive, costs)
		best := cost(m, w, positive, costs)
		for c := range w {
			for _, by := range []float32{-.05, .05} {
				changed := slices.Clone(w)
				changed[c] += by
				if other := cost(m, changed, positive, costs); other < best*.97 {
					t.Fatalf("cost is %g, and %g with weight %d changed by %g", best, other, c, by)
				}
			}
		}
	})
}

// cost is what solve minimizes.
func cost(m *matrix, w []float32, positive []bool, costs [2]float32) (sum float64) {
	for _, v := range w {
		sum += float64(v) * float64(v) / 2
	}
	for i := range m.rows() {
		y, c := -1.0, costs[0]
		if positive[i] {
			y, c = 1, costs[1]
		}
		sum += float64(c) * math.Pow(max(0, 1-y*float64(m.dot(int32(i), w))), 2)
	}
	return sum
}

// Scores whose odds follow a logistic function are given these odds.
func TestFitLogistic(t *testing.T) {
	r := random(5)
	var list []heldOut
	for range 20000 {
		score := float32(r.next()%4000)/1000 - 2
		odds := logistic{-3, 1}.probability(score)
		list = append(list, heldOut{score, 1, float64(r.next()%1000)/1000 < odds})
	}
	got := fitLogistic(list)
	if math.Abs(got.slope+3) > .15 || math.Abs(got.offset-1) > .15 {
		t.Errorf("fitted %+v, want -3 and 1", got)
	}
	for _, all := range []bool{false, true} {
		l := fitLogistic([]heldOut{{.5, 1, all}, {-.5, 1, all}})
		if p := l.probability(0); math.IsNaN(p) || (p > .5) != all {
			t.Errorf("where all are %v, the probability is %g", all, p)
		}
	}
}

func TestWithAncestors(t *testing.T) {
	got := withAncestors([]string{"a/b/c", "a/b", "d"})
	slices.SortFunc(got, cmp.Compare[string])
	if want := []string{"a", "a/b", "a/b/c", "d"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
