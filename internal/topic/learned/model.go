package learned

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
)

// Model is what was learned of topics: for each of them the weights of terms, a threshold,
// and a way from scores to probabilities. It is immutable, and safe for concurrent use.
type Model struct {
	topics   []modelTopic // by path
	articles int          // that it was learned from
	labelled int          // see Options
	terms    []string     // sorted
	counts   []uint32     // articles by column; 0 for a column that isn't used
	// The weights of column c are those from starts[c] to starts[c+1], by topic.
	starts  []uint32
	weights []topicWeight

	idf     []float32
	encoded []byte
	version string
}

// modelTopic is a topic of a model. Its score is scale · Σ weight · value + bias.
type modelTopic struct {
	path          string
	articles      int // that had it
	scale, bias   float32
	threshold     float32
	slope, offset float32 // of its logistic
	f1, precision float32 // on articles that were held out
}

// topicWeight is the weight of a column for a topic.
type topicWeight struct {
	topic  uint16
	weight int8
}

// weight is that of a column, for one topic.
type weight struct {
	column uint32
	weight int8
}

// maxWeights bounds the weights of a topic: the largest stay.
const maxWeights = 30_000

// round rounds weights to a byte each, so that a model is small. It changes no decision in
// a thousand, as the errors of an article's terms are small and of both signs.
func (m *machine) round(weights []float32, places []uint32) {
	last := len(weights) - 1
	m.bias = weights[last] * constant
	var largest float32
	for _, w := range weights[:last] {
		largest = max(largest, w, -w)
	}
	if largest == 0 {
		return
	}
	m.scale = largest / math.MaxInt8
	for c, at := range places {
		if r := int8(math.Round(float64(weights[at] / m.scale))); r != 0 {
			m.weights = append(m.weights, weight{uint32(c), r})
		}
	}
	if len(m.weights) <= maxWeights {
		return
	}
	slices.SortFunc(m.weights, func(a, b weight) int {
		return cmp.Or(cmp.Compare(magnitude(b.weight), magnitude(a.weight)), cmp.Compare(a.column, b.column))
	})
	m.weights = m.weights[:maxWeights]
	slices.SortFunc(m.weights, func(a, b weight) int { return cmp.Compare(a.column, b.column) })
}

func magnitude(w int8) int { return max(int(w), -int(w)) }

// newModel puts machines together. Without any, the model knows no terms.
func newModel(d *dataset, machines []machine, labelled int) *Model {
	m := &Model{articles: d.matrix.rows(), labelled: labelled}
	if len(machines) > 0 {
		m.terms, m.counts = d.terms, d.counts
	}
	m.starts = make([]uint32, len(m.counts)+1)
	total := 0
	for i := range machines {
		s := &machines[i]
		m.topics = append(m.topics, modelTopic{
			path: s.report.Path, articles: s.report.Articles, scale: s.scale, bias: s.bias, threshold: s.threshold,
			slope: float32(s.logistic.slope), offset: float32(s.logistic.offset), f1: float32(s.report.F1), precision: float32(s.report.Precision),
		})
		for _, w := range s.weights {
			m.starts[w.column+1]++
		}
		total += len(s.weights)
	}
	for c := range m.counts {
		m.starts[c+1] += m.starts[c]
	}
	m.weights = make([]topicWeight, total)
	at := slices.Clone(m.starts)
	for i := range machines {
		for _, w := range machines[i].weights {
			m.weights[at[w.column]] = topicWeight{uint16(i), w.weight}
			at[w.column]++
		}
	}
	m.finish()
	return m
}

// finish sets what follows from the rest.
func (m *Model) finish() {
	m.idf = inverseFrequencies(m.counts, m.articles)
	m.encoded = m.encode()
	sum := sha256.Sum256(m.encoded)
	m.version = hex.EncodeToString(sum[:8])
}

// Version is a digest of the model: the same articles give the same.
func (m *Model) Version() string { return m.version }

// Articles is how many articles the model was learned from.
func (m *Model) Articles() int { return m.articles }

// Labelled is how many articles had topics, of which those may be a sample.
func (m *Model) Labelled() int { return m.labelled }

// Terms is how many terms it knows.
func (m *Model) Terms() int { return len(m.terms) }

// Topic is a topic of a model.
type Topic struct {
	Path     string
	Articles int // that it was learned from
	// F1 and Precision of decisions on articles that were held out.
	F1, Precision float64
}

// Topics returns the topics of the model, by path.
func (m *Model) Topics() []Topic {
	list := make([]Topic, len(m.topics))
	for i := range m.topics {
		t := &m.topics[i]
		list[i] = Topic{t.path, t.articles, float64(t.f1), float64(t.precision)}
	}
	return list
}
