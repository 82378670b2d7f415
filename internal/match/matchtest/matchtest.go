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

	// Where there are several languages, each has so many articles more, without any stem.
	unseenArticles = 30
)

// Scored is a document that matches, by its index in the slice given.
type Scored struct {
	Doc   int
	Score float64
}

// Rank returns the documents that match p, best first; ties go to the newer,
// then to the smaller id. A Stem, Phrase, Near or Spans adds, where it matches,
//
//	idf * tf / (tf + k1*(1-b+b*len/avglen)),  idf = ln(1 + (N-df+0.5)/(df+0.5))
//
// with tf its occurrences in title, headings and body, weighted, variants of words
// a little less, len the
// tokens of these that aren't stop words, weighted alike, avglen its mean over
// docs, and df the number of documents in which the leaf occurs. This is BM25F
// as in Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25
// and Beyond (2009), section 3.6, with one b for all fields, and without the
// constant factor k1+1, which changes no order. What a Should puts first adds,
// beside its own score, the sum of idf, times boost, of the leaves below its operand.
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
	docs   []*match.Doc
	norms  []float64
	floors []match.Plan // no leaf is rarer than these, see match.Floor
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
		if p.Best || p.Forms {
			return c.best(p.Operands, p.Forms)
		}
		add(p.Operands)
	case match.Boost:
		add([]match.Plan{p.Operand})
		for i := range sum {
			sum[i] *= p.Factor
		}
	case match.Should:
		add(append([]match.Plan{p.Operand}, p.Optional...))
		for _, q := range p.First {
			add([]match.Plan{q})
			for i, d := range c.docs {
				if match.Match(p, d) && match.Match(q, d) {
					sum[i] += c.most(p.Operand)
				}
			}
		}
	case match.Stem, match.Phrase, match.Near, match.Spans:
		return c.bm25(p)
	}
	return sum
}

// most returns the sum of idf times boost over the leaves of p.
func (c collection) most(p match.Plan) float64 {
	sum := 0.0
	switch p := p.(type) {
	case match.And:
		for _, q := range p.Operands {
			sum += c.most(q)
		}
	case match.Or:
		for i, q := range p.Operands {
			if i == 1 && p.Best {
				c.floors = append(slices.Clip(c.floors), p.Operands[0])
			}
			sum += c.most(q)
		}
	case match.Should:
		for _, q := range append([]match.Plan{p.Operand}, p.Optional...) {
			sum += c.most(q)
		}
	case match.Boost:
		return p.Factor * c.most(p.Operand)
	case match.Stem:
		return c.mostIn(p.Field, p)
	case match.Phrase:
		return c.mostIn(p.Field, p)
	case match.Near:
		return c.mostIn(p.Field, p)
	case match.Spans:
		return c.mostIn(p.Field, p)
	}
	return sum
}

// mostIn is most for a leaf that looks at f.
func (c collection) mostIn(f match.Field, leaf match.Plan) float64 {
	if f > match.Body {
		return 0 // it has no weight
	}
	return c.idf(leaf)
}

// matching returns the number of documents that p matches.
func (c collection) matching(p match.Plan) (n float64) {
	for _, d := range c.docs {
		if match.Match(p, d) {
			n++
		}
	}
	return n
}

// best returns the highest of what plans add to each document's score, unless they are
// forms of a word from the second on with document frequencies of at least the first
// one's.
func (c collection) best(of []match.Plan, forms bool) []float64 {
	highest := make([]float64, len(c.docs))
	for i, q := range of {
		if i == 1 && !forms {
			c.floors = append(slices.Clip(c.floors), of[0])
		}
		for i, s := range c.scores(q) {
			highest[i] = max(highest[i], s)
		}
	}
	return highest
}

func (c collection) bm25(leaf match.Plan) []float64 {
	scores, idf := make([]float64, len(c.docs)), c.idf(leaf)
	for i, d := range c.docs {
		if tf := frequency(leaf, d); tf > 0 {
			scores[i] = idf * tf / (tf + c.norms[i])
		}
	}
	return scores
}

// idf is how much it tells that a leaf occurs.
func (c collection) idf(leaf match.Plan) float64 {
	df := 0.0
	for _, d := range c.docs {
		if frequency(leaf, d) > 0 {
			df++
		}
	}
	for _, first := range c.floors {
		if p, ok := match.Floor(first, leaf); ok {
			df = max(df, c.matching(p))
		}
	}
	n := c.among(leaf, df)
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// among returns the number of documents that a leaf may occur in: for a stem, where there
// are several languages, those in its language, and some that there may be.
func (c collection) among(leaf match.Plan, df float64) (n float64) {
	s, ok := leaf.(match.Stem)
	if !ok || !slices.ContainsFunc(c.docs, func(d *match.Doc) bool { return d.StemTag != "" }) {
		return float64(len(c.docs))
	}
	for _, d := range c.docs {
		if d.StemTag == s.Tag() {
			n++
		}
	}
	return max(n, df) + unseenArticles
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
