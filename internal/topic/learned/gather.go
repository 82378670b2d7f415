package learned

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/match"
)

// What a Trainer takes at most: some 250 MB.
const (
	maxArticles = 50_000
	maxEntries  = 20_000_000 // terms of articles, of 8 bytes
	maxTerms    = 2_000_000  // different ones
)

// Trainer gathers articles whose topics are known, and learns from them. It serves one
// goroutine at a time.
type Trainer struct {
	counter *counter
	terms   map[string]int32
	rows    []row
	columns []uint32
	values  []float32
	labels  map[string][]int32 // the rows that have a topic or one below it, ascending
	direct  map[string]bool    // the topics that articles have themselves
	leftOut int
}

// row is an article.
type row struct {
	id, group  uint64 // hashes
	start, end int32  // of its terms
	weight     float32
}

// NewTrainer returns a Trainer without articles.
func NewTrainer() *Trainer {
	t := &Trainer{terms: make(map[string]int32), labels: make(map[string][]int32), direct: make(map[string]bool)}
	t.counter = newCounter(t.term)
	return t
}

// term returns the number of a term, new or not.
func (t *Trainer) term(term string) int32 {
	n, ok := t.terms[term]
	switch {
	case ok:
	case len(t.terms) == maxTerms:
		return -1
	default:
		n = int32(len(t.terms))
		t.terms[strings.Clone(term)] = n
	}
	return n
}

// Example is an article whose topics are known.
type Example struct {
	ID string
	// Story is what articles have in common that are copies of each other, so that none is
	// held out while a copy of it is learned from; empty for an article without.
	Story  string
	Text   *match.Encoded
	Topics []string // may be none
	// Weight is how many articles this one stands for, where they are a sample; 1 else.
	Weight float64
}

// Sampled reports whether an article is in a sample of a rate from 0 to 1. It depends on the
// id alone, and one that is in a sample is in every larger one.
func Sampled(id string, rate float64) bool {
	const salt = 0x5a3d // so that folds are drawn by other bits
	r := random(hashOf(id) ^ salt)
	return float64(r.next()>>11)/(1<<53) < rate
}

// Add adds an article. What is more than a Trainer takes is left out, and counted.
func (t *Trainer) Add(e *Example) {
	if len(t.rows) == maxArticles || len(t.columns) > maxEntries {
		t.leftOut++
		return
	}
	at := int32(len(t.rows))
	start := int32(len(t.columns))
	for _, o := range t.counter.count(e.Text) {
		t.columns = append(t.columns, o.column)
		t.values = append(t.values, frequency(o.count))
	}
	group := e.ID
	if e.Story != "" {
		group = e.Story
	}
	t.rows = append(t.rows, row{hashOf(e.ID), hashOf(group), start, int32(len(t.columns)), float32(e.Weight)})
	for _, topic := range e.Topics {
		t.direct[topic] = true
	}
	for _, topic := range withAncestors(e.Topics) {
		t.labels[topic] = append(t.labels[topic], at)
	}
}

// frequency is what occurrences count.
func frequency(count int32) float32 { return float32(1 + math.Log(float64(count))) }

// withAncestors returns topics and those above them, sorted, each once.
func withAncestors(topics []string) []string {
	var all []string
	for _, t := range topics {
		all = append(all, t)
		for i := strings.LastIndexByte(t, '/'); i > 0; i = strings.LastIndexByte(t[:i], '/') {
			all = append(all, t[:i])
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func hashOf(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // a hash never fails
	r := random(h.Sum64())
	return r.next()
}

// dataset is what was gathered, in an order that depends on nothing but the articles.
type dataset struct {
	matrix  *matrix
	weights []float32
	groups  []uint64 // hashes
	terms   []string // sorted
	counts  []uint32 // articles by column; 0 for a column that isn't used
	order   []int32  // the row of each article, by the order in which it was added
	// places are the columns of the matrix, by column here: those that most rows have come
	// first, so that their weights lie close together, in the processor's cache.
	places []uint32
}

// constant is the value of the last column. A smaller one makes the threshold of a machine
// dearer to it than its words: .3 to 1 measure the same.
const constant = .5

// minCount is how many articles must have a term: one that a single article has tells
// nothing about others.
const minCount = 2

// maxColumns bounds the terms of a model. Where there are more, those stay that most
// articles have.
const maxColumns = 200_000

// dataset arranges what was gathered. The trainer can't be used afterwards.
func (t *Trainer) dataset() *dataset {
	d := &dataset{}
	columnOf := t.choose(d)
	byHash := make([]int32, len(t.rows))
	for i := range byHash {
		byHash[i] = int32(i)
	}
	slices.SortFunc(byHash, func(a, b int32) int {
		return cmp.Or(cmp.Compare(t.rows[a].id, t.rows[b].id), cmp.Compare(a, b))
	})
	d.order = make([]int32, len(t.rows))
	d.matrix = &matrix{starts: []int32{0}, width: len(d.counts) + 1}
	idf := inverseFrequencies(d.counts, len(t.rows))
	d.places = placesOf(d.counts)
	type entry struct {
		column uint32
		value  float32
	}
	var entries []entry
	for at, i := range byHash {
		e := &t.rows[i]
		d.order[i] = int32(at)
		d.weights, d.groups = append(d.weights, e.weight), append(d.groups, e.group)
		entries = entries[:0]
		for j := e.start; j < e.end; j++ {
			if c := columnOf[t.columns[j]]; c > 0 {
				entries = append(entries, entry{d.places[c-1], t.values[j] * idf[c-1]})
			}
		}
		slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.column, b.column) })
		first := len(d.matrix.values)
		for _, e := range entries {
			d.matrix.columns, d.matrix.values = append(d.matrix.columns, e.column), append(d.matrix.values, e.value)
		}
		normalize(d.matrix.values[first:])
		d.matrix.columns, d.matrix.values = append(d.matrix.columns, uint32(len(d.counts))), append(d.matrix.values, constant)
		d.matrix.starts = append(d.matrix.starts, int32(len(d.matrix.columns)))
	}
	t.columns, t.values, t.terms = nil, nil, nil
	return d
}

// placesOf returns the place of each column, by how many articles have it.
func placesOf(counts []uint32) []uint32 {
	byCount := make([]uint32, len(counts))
	for c := range byCount {
		byCount[c] = uint32(c)
	}
	slices.SortFunc(byCount, func(a, b uint32) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	places := make([]uint32, len(counts))
	for at, c := range byCount {
		places[c] = uint32(at)
	}
	return places
}

// choose sets the terms and counts of a dataset. It returns the column there, plus one, of
// each column here; 0 for none.
func (t *Trainer) choose(d *dataset) []uint32 {
	counts := make([]uint32, len(t.terms)*columnsPerTerm)
	for _, c := range t.columns {
		counts[c]++
	}
	least := leastCount(counts)
	for term, n := range t.terms {
		if counts[n*columnsPerTerm] >= least || counts[n*columnsPerTerm+1] >= least {
			d.terms = append(d.terms, term)
		}
	}
	slices.Sort(d.terms)
	columnOf := make([]uint32, len(counts))
	d.counts = make([]uint32, len(d.terms)*columnsPerTerm)
	for i, term := range d.terms {
		for k := range columnsPerTerm {
			from, to := int(t.terms[term])*columnsPerTerm+k, i*columnsPerTerm+k
			if counts[from] >= least {
				columnOf[from], d.counts[to] = uint32(to)+1, counts[from]
			}
		}
	}
	return columnOf
}

// leastCount returns how many articles a term must have, so that there are not too many.
func leastCount(counts []uint32) uint32 {
	sorted := slices.DeleteFunc(slices.Clone(counts), func(n uint32) bool { return n < minCount })
	if len(sorted) <= maxColumns {
		return minCount
	}
	slices.Sort(sorted)
	return sorted[len(sorted)-maxColumns] + 1
}

// inverseFrequencies returns ln((N+1)/df) by column; 0 for a column that isn't used.
func inverseFrequencies(counts []uint32, articles int) []float32 {
	idf := make([]float32, len(counts))
	for i, n := range counts {
		if n > 0 {
			idf[i] = float32(math.Log(float64(articles+1) / float64(n)))
		}
	}
	return idf
}

// normalize brings a vector to length 1. One of zeros stays.
func normalize(values []float32) {
	var sum float64
	for _, v := range values {
		sum += float64(v) * float64(v)
	}
	if sum == 0 {
		return
	}
	by := float32(1 / math.Sqrt(sum))
	for i := range values {
		values[i] *= by
	}
}
