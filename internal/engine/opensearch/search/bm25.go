package search

import (
	"math"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
)

// The parameters k1 and b of BM25, with the values that the literature and other
// engines use.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// bm25 has what scores depend on beside articles and leaves. A score is BM25F, in
// which the weighted frequency of all fields is saturated at once (Robertson and
// Zaragoza, The Probabilistic Relevance Framework, 2009, 3.6), times the boost:
//
//	idf * tf / (tf + k1*(1 - b + b*length/mean)),  idf = ln(1 + (N - df + 0.5)/(df + 0.5))
//
// Frequencies and lengths are doubled, as schema.WeightUnit says, and so is the norm,
// which is normBase + normPerLength*length.
type bm25 struct {
	articles                float64
	normBase, normPerLength float64
}

// weigh computes the weights of leaves, whose document frequencies are known.
func weigh(s *statistics, leaves []*leaf) bm25 {
	mean := 1.0 // only stop words anywhere, so that all lengths are 0
	if s.length > 0 && s.articles > 0 {
		mean = float64(s.length) / float64(s.articles)
	}
	b := bm25{
		articles:      float64(s.articles),
		normBase:      schema.WeightUnit * bm25K1 * (1 - bm25B),
		normPerLength: schema.WeightUnit * bm25K1 * bm25B / mean,
	}
	for i, l := range leaves {
		l.docFreq = s.docFreqs[i]
		l.idf = b.idf(l.docFreq)
	}
	return b
}

// idf is how much it tells that a leaf occurs, if it does in df articles.
func (b bm25) idf(df int) float64 {
	f := float64(df)
	return math.Log(1 + (b.articles-f+0.5)/(f+0.5))
}

// score is what a leaf gives for its frequency in an article of a length.
func (b bm25) score(l *leaf, freq, length float64) float64 {
	if freq == 0 {
		return 0 // the field has no weight
	}
	return l.boost * l.idf * freq / (freq + b.normBase + b.normPerLength*length)
}

// bonus is what a leaf that puts articles first gives beside its own score.
func (l *leaf) bonus() float64 {
	sum := 0.0
	for _, under := range l.first {
		sum += under.boost * under.idf
	}
	return sum
}
