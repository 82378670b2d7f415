package tagger

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/marked"

	"github.com/google/go-cmp/cmp"
)

// lessonTexts are texts with names to learn from. A name is in brackets, with its kind before
// it: [PER Ann Lee].
func lessonTexts(t *testing.T) []marked.Article {
	t.Helper()
	people := strings.Fields("Okafor Lindqvist Marino Tanaka Haddad Novak Silva Keller")
	places := strings.Fields("Berlin Lagos Osaka Lima Oslo Turin Cairo Quito")
	var texts []marked.Article
	for i := range 40 {
		p, q, l := people[i%8], people[(i+3)%8], places[(i*5+i/8)%8]
		texts = append(texts, lessonText(t, "Talks go on in [LOC "+l+"].\nMr. [PER "+p+"] said in [LOC "+l+
			"] that the [ORG Ministry of "+q+"] was late.\nThe trade was slow, said [PER Ann "+p+"]."))
	}
	return texts
}

func lessonText(t *testing.T, s string) marked.Article {
	t.Helper()
	var m marked.Article
	for {
		before, rest, found := strings.Cut(s, "[")
		m.Text += before
		if !found {
			return m
		}
		name, after, _ := strings.Cut(rest, "]")
		kind, name, _ := strings.Cut(name, " ")
		m.Marks = append(m.Marks, marked.Mark{Start: len(m.Text), End: len(m.Text) + len(name), Label: kind})
		m.Text += name
		s = after
	}
}

// TestLearn holds that weights find what they were learned from, also in names that were not
// there, and that the same texts give the same bytes.
func TestLearn(t *testing.T) {
	texts := lessonTexts(t)
	weights, err := Learn(texts)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Learn(texts)
	if err != nil || !bytes.Equal(weights, again) {
		t.Errorf("the second time %d bytes, %v; the first %d", len(again), err, len(weights))
	}
	m, err := readModel(weights)
	if err != nil {
		t.Fatal(err)
	}
	const text = "Mr. Abernathy said in Lima that the Ministry of Novak was late."
	var got []string
	for _, s := range newTagger(m).Tag(nil, Field{Text: text}) {
		got = append(got, s.Kind.String()+":"+text[s.Start:s.End])
	}
	if diff := cmp.Diff([]string{"person:Abernathy", "place:Lima", "organization:Ministry of Novak"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLearnUnknownKind(t *testing.T) {
	if _, err := Learn([]marked.Article{{Text: "Oslo", Marks: []marked.Mark{{Start: 0, End: 4, Label: "TOWN"}}}}); err == nil || !strings.Contains(err.Error(), "TOWN") {
		t.Errorf("a name of an unknown kind: %v", err)
	}
}

// TestReadModel holds that weights that are cut short or made longer are no model.
func TestReadModel(t *testing.T) {
	m, err := readModel(weightsData)
	if err != nil || len(m.weights) == 0 {
		t.Fatalf("%d features, %v", len(m.weights), err)
	}
	for _, data := range [][]byte{nil, weightsData[:len(weightsData)/2], weightsData[1:]} {
		if _, err := readModel(data); err == nil {
			t.Errorf("%d bytes are a model", len(data))
		}
	}
}

func TestRecased(t *testing.T) {
	for _, tt := range []struct {
		line string
		to   style
		want string
	}{
		{"Talks go on in Oslo.", titled, "Talks Go on in Oslo."},
		{"Talks go on in Oslo.", capitals, "TALKS GO ON IN OSLO."},
		{"EU TALKS GO ON IN THE U.S.", titled, "EU Talks Go on in the U.S."},
		{"TALKS GO ON.", capitals, ""},
	} {
		got, n := recased(tt.line+"\nTalks go on.", tt.to)
		if tt.want == "" {
			if n != 0 {
				t.Errorf("%q has another style: %q", tt.line, got)
			}
			continue
		}
		if got != tt.want+"\nTalks go on." || n != len(tt.want) {
			t.Errorf("%q: got %q, %d", tt.line, got, n)
		}
	}
}

// TestDecode holds the decoder to trying all labels of short runs, with the margins that
// follow from them.
func TestDecode(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var d decoder
	for range 30 {
		scores := make([]row, 1+random.IntN(3))
		var steps transitions
		for i := range scores {
			for l := range scores[i] {
				scores[i][l] = int32(random.IntN(1000))
			}
		}
		for i := range steps {
			for j := range steps[i] {
				steps[i][j] = int32(random.IntN(300))
			}
		}
		got := make([]label, len(scores))
		best := d.decode(got, scores, &steps)
		d.backward(scores, &steps)
		all := everyLabelling(scores, &steps)
		if best != all.best || sumOf(got, scores, &steps) != best {
			t.Fatalf("labels %v, %d; the best are %v, %d", got, best, all.labels, all.best)
		}
		for i, l := range got {
			if l != outside {
				if m := d.margin(i, l.kind(), best); m != best-all.without[i][l.kind()] {
					t.Errorf("the margin of token %d is %d, want %d", i, m, best-all.without[i][l.kind()])
				}
			}
		}
	}
}

// tried is what trying all labels tells.
type tried struct {
	best    int32
	labels  []label
	without [3][kinds]int32 // of each token, the best sum if it is in no name of the kind
}

func everyLabelling(scores []row, steps *transitions) tried {
	all := tried{best: impossible}
	for i := range all.without {
		for k := range all.without[i] {
			all.without[i][k] = impossible
		}
	}
	now := make([]label, len(scores))
	var try func(i int)
	try = func(i int) {
		if i == len(now) {
			all.add(now, sumOf(now, scores, steps))
			return
		}
		before := outside
		if i > 0 {
			before = now[i-1]
		}
		for l := range label(labels) {
			if now[i] = l; l.follows(before) {
				try(i + 1)
			}
		}
	}
	try(0)
	return all
}

func (a *tried) add(now []label, sum int32) {
	if now[len(now)-1].open() {
		return
	}
	if sum > a.best {
		a.best, a.labels = sum, slices.Clone(now)
	}
	for i, l := range now {
		for k := range Kind(kinds) {
			if l == outside || l.kind() != k {
				a.without[i][k] = max(a.without[i][k], sum)
			}
		}
	}
}

func sumOf(now []label, scores []row, steps *transitions) int32 {
	sum, before := int32(0), outside
	for i, l := range now {
		sum += scores[i][l] + steps[before][l]
		before = l
	}
	return sum + steps[before][outside]
}
