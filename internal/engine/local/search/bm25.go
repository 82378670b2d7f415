package search

import (
	"math"

	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// k1 and b of BM25, the values that the literature and its peers use.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// scoring is what scores depend on beside the segment.
//
// A score is a sum of what leaves give. These are rounded down to whole
// numbers of a quantum first, a power of two so small that all leaves together
// give less than 2^52 of it: sums are exact then, and do not depend on the
// order in which they are made, which is another for each segment and for each
// stretch of documents.
type bm25 struct {
	count         int     // articles
	scale         float64 // in a score of 1
	normBase      float64 // of the norm, see of
	normPerLength float64
}

// newScoring computes the weights of the leaves, whose frequencies are known.
func newBM25(count int, meanLength float64, leaves []*leaf) bm25 {
	sc := bm25{count: count}
	sc.normBase, sc.normPerLength = normParts(meanLength)
	sum := 0.0
	for _, l := range leaves {
		l.idf = sc.idf(l.df)
		sum += l.boost * l.idf
	}
	const room = 52 // bits of a float64 beside the first one
	_, exp := math.Frexp(max(sum, math.SmallestNonzeroFloat64))
	sc.scale = math.Ldexp(1, min(room-exp, 1000))
	for _, l := range leaves {
		l.weight = l.boost * l.idf * sc.scale
	}
	return sc
}

// norm is what the frequency is set against, for no length and for each of it.
func normParts(meanLength float64) (base, byLength float64) {
	return schema.WeightUnit * bm25K1 * (1 - bm25B), schema.WeightUnit * bm25K1 * bm25B / meanLength
}

// of is BM25F with the weighted frequency of all fields saturated at once
// (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, 3.6),
// times the boost, in quanta:
//
//	idf * tf / (tf + k1*(1 - b + b*length/mean)),  idf = ln(1 + (N - df + 0.5)/(df + 0.5))
//
// freq and length come doubled, see schema.go; so does the norm.
func (sc *bm25) score(weight float64, freq, length uint32) int64 {
	tf := float64(freq)
	return int64(weight * (tf / (tf + sc.normBase + sc.normPerLength*float64(length))))
}

// longest is a length beyond which a frequency gets less than enough, which is
// more than 0; negative when it always does.
func (sc *bm25) maxNorm(weight float64, freq uint32, enough int64) int64 {
	const hair = 1 + 1e-9 // and 1 more, as what is computed is rounded
	tf := float64(freq)
	l := (tf*weight/float64(enough)*hair - tf - sc.normBase) / sc.normPerLength
	return int64(min(max(l, -2), math.MaxUint32)) + 1
}

// bound returns what no posting within the impacts gets more than, at least 1.
func (sc *bm25) maxScore(weight float64, impacts []segment.Impact) int64 {
	most := 0.0
	for _, p := range impacts {
		tf := float64(p.Freq)
		most = max(most, tf/(tf+sc.normBase+sc.normPerLength*float64(p.Norm)))
	}
	// Rounding may put a lower frequency a hair above a higher one.
	const hair = 1 + 1e-12
	return int64(weight*most*hair) + 1
}

// float is a number of quanta as the score that callers see.
func (sc *bm25) toFloat(quanta int64) float64 { return float64(quanta) / sc.scale }

// idf is how much a leaf that occurs in df articles tells.
func (sc *bm25) idf(df int) float64 {
	n, f := float64(sc.count), float64(df)
	return math.Log(1 + (n-f+0.5)/(f+0.5))
}
