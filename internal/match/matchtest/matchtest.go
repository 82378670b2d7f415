// Package matchtest ranks articles by brute force. It is what engines are held
// to: an engine must find the same articles, in the same order, with the same
// scores. What matches, package match says; its evaluation is slow and plain as
// well, and lies there because topic rules need it for articles that are read.
package matchtest

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/match"
)

// The weights of the fields and the parameters of BM25F, see [Rank].
const (
	titleWeight   = 2.5
	headingWeight = 1.5
	bodyWeight    = 1

	k1 = 1.2
	b  = 0.75

	// A variant of a word counts so much less than the word itself, in each field:
	// the spelling that was asked for comes first.
	variantDiscount = 0.5
)

// Scored is a document that matches, by its index in the slice given.
type Scored struct {
	Doc   int
	Score float64
}

// Rank returns the documents that match p, best first; ties go to the newer,
// then to the smaller id. A Stem, Phrase or Near adds, where it matches,
//
//	idf * tf / (tf + k1*(1-b+b*len/avglen)),  idf = ln(1 + (N-df+0.5)/(df+0.5))
//
// with tf its occurrences in title, headings and body, weighted, variants of words
// a little less, len the
// tokens of these that aren't stop words, weighted alike, avglen its mean over
// docs, and df the number of documents in which the leaf occurs. This is BM25F
// as in Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25
// and Beyond (2009), section 3.6, with one b for all fields, and without the
// constant factor k1+1, which changes no order.
func Rank(p match.Plan, docs []*match.Doc) []Scored {
	c := collection{docs: docs, norms: make([]float64, len(docs))}
	mean := 0.0
	for _, d := range docs {
		mean += length(d) / float64(len(docs))
	}
	if mean == 0 {
		mean = 1 // only stop words anywhere, so that all lengths are 0
	}
	for i, d := range docs {
		c.norms[i] = k1 * (1 - b + b*length(d)/mean)
	}
	return c.ranked(p, c.scores(p))
}

// collection is a set of documents with, for each, what the length of a
// document does to its scores.
type collection struct {
	docs  []*match.Doc
	norms []float64
	least float64 // document frequency
}

// scores returns what p adds to the score of each document: nothing where p
// doesn't match.
func (c collection) scores(p match.Plan) []float64 {
	sum := make([]float64, len(c.docs))
	add := func(of []match.Plan) {
		for _, q := range of {
			for i, s := range c.scores(q) {
				if match.Match(p, c.docs[i]) {
					sum[i] += s
				}
			}
		}
	}
	switch p := p.(type) {
	case match.And:
		add(p.Operands)
	case match.Or:
		if p.Best {
			return c.best(p.Operands)
		}
		add(p.Operands)
	case match.Boost:
		add([]match.Plan{p.Operand})
		for i := range sum {
			sum[i] *= p.Factor
		}
	case match.Stem, match.Phrase, match.Near:
		return c.bm25(p)
	}
	return sum
}

// best returns the highest of what plans add to each document's score, from
// the second on with document frequencies of at least the first one's.
func (c collection) best(of []match.Plan) []float64 {
	first := 0.0
	highest := make([]float64, len(c.docs))
	for i, q := range of {
		if i == 1 {
			for _, d := range c.docs {
				if match.Match(of[0], d) {
					first++
				}
			}
			c.least = max(c.least, first)
		}
		for i, s := range c.scores(q) {
			highest[i] = max(highest[i], s)
		}
	}
	return highest
}

func (c collection) bm25(leaf match.Plan) []float64 {
	scores := make([]float64, len(c.docs))
	n, df := float64(len(c.docs)), 0.0
	for _, d := range c.docs {
		if frequency(leaf, d) > 0 {
			df++
		}
	}
	df = max(df, c.least)
	idf := math.Log(1 + (n-df+0.5)/(df+0.5))
	for i, d := range c.docs {
		if tf := frequency(leaf, d); tf > 0 {
			scores[i] = idf * tf / (tf + c.norms[i])
		}
	}
	return scores
}

// frequency returns the weighted occurrences of a leaf.
func frequency(leaf match.Plan, d *match.Doc) float64 {
	title, heading, body := match.Occurrences(leaf, d)
	vTitle, vHeading, vBody := match.VariantOccurrences(leaf, d)
	return titleWeight*float64(title) + headingWeight*float64(heading) + bodyWeight*float64(body) -
		variantDiscount*float64(vTitle+vHeading+vBody)
}

// length returns the weighted number of tokens that aren't stop words.
func length(d *match.Doc) float64 {
	tokens := func(f match.Field) (n float64) {
		for _, run := range d.Texts[f] {
			for _, t := range run {
				if t.Stem != "" {
					n++
				}
			}
		}
		return n
	}
	return titleWeight*tokens(match.Title) + headingWeight*tokens(match.Heading) + bodyWeight*tokens(match.Body)
}

func (c collection) ranked(p match.Plan, scores []float64) []Scored {
	var found []Scored
	for i, d := range c.docs {
		if match.Match(p, d) {
			found = append(found, Scored{Doc: i, Score: scores[i]})
		}
	}
	slices.SortStableFunc(found, func(a, b Scored) int {
		return cmp.Or(
			-cmp.Compare(a.Score, b.Score),
			-c.docs[a.Doc].Published.Compare(c.docs[b.Doc].Published),
			strings.Compare(id(c.docs[a.Doc]), id(c.docs[b.Doc])),
		)
	})
	return found
}

func id(d *match.Doc) string {
	if ids := d.Values[match.ID]; len(ids) > 0 {
		return ids[0]
	}
	return ""
}
