package search

import (
	"math"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// bm25 computes scores: it holds what they depend on beside the posting and the
// weight of its leaf.
//
// A score is a fixed-point number: a whole number of 1/scale, and scale is a
// power of two so large that all leaves of the query together give less than
// 2^52. What a leaf gives is rounded down to such a number first. Sums of scores
// are exact then, and do not depend on the order in which they are made. That
// order is another one for each segment and for each window of documents.
type bm25 struct {
	count         int     // articles
	scale         float64 // a score of 1
	normBase      float64 // see bm25f.NormParts
	normPerLength float64
}

// newBM25 computes the weights of the leaves, whose document frequencies are
// known. languages are those of the request.
func newBM25(count int, languages map[string]int, meanLength float64, leaves []*leaf) bm25 {
	sim := bm25{count: count}
	sim.normBase, sim.normPerLength = bm25f.NormParts(meanLength)
	sum := 0.0
	for _, l := range leaves {
		l.idf = bm25f.StemIDF(count, languages, l.plan, l.df)
		sum += l.most()
	}
	// Scores stay below 2^52 and are whole in a float64, which has 52 bits
	// beside the first one.
	const scoreBits = 52
	_, exp := math.Frexp(max(sum, math.SmallestNonzeroFloat64))
	sim.scale = math.Ldexp(1, min(scoreBits-exp, 1000))
	for _, l := range leaves {
		l.weight = l.boost * l.idf * sim.scale
		if l.first != nil {
			l.firstScore = int64((l.most() - l.boost*l.idf) * sim.scale)
		}
	}
	return sim
}

// most is a score that no article has more of by the leaf. What it sums up must
// have its idf already: the leaves that an article comes first among were
// compiled before.
func (l *leaf) most() float64 {
	sum := l.boost * l.idf
	for _, under := range l.first {
		sum += under.boost * under.idf
	}
	return sum
}

// leafScore is what a leaf gives to a document in which it occurs.
func (sim *bm25) leafScore(l *leaf, freq, length uint32) int64 {
	if freq == 0 { // the field has no weight
		return l.firstScore
	}
	return l.firstScore + sim.score(l.weight, freq, length)
}

// score is BM25F, in which the weighted frequency of all fields is saturated at
// once (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009,
// 3.6), times the boost:
//
//	idf * tf / (tf + k1*(1 - b + b*length/mean)),  idf = ln(1 + (N - df + 0.5)/(df + 0.5))
//
// weight is boost*idf*scale. freq and length come doubled, as bm25f.WeightUnit
// says, and so does the norm. What a bound is computed from must grow with freq
// and fall with length, as this does.
func (sim *bm25) score(weight float64, freq, length uint32) int64 {
	tf := float64(freq)
	return int64(weight * (tf / (tf + sim.normBase + sim.normPerLength*float64(length))))
}

// normEpsilon is by how much a length limit is raised, relative to what it is
// computed from: some ten roundings of 2^-53 each lie far below it. The limit
// may be too high, which costs a score, and never too low.
const normEpsilon = 1e-9

// maxNorm returns a length beyond which a frequency has a score less than
// minScore, which is more than 0. It is negative when the frequency never has
// that score.
func (sim *bm25) maxNorm(weight float64, freq uint32, minScore int64) int64 {
	tf := float64(freq)
	length := (tf*weight/float64(minScore)*(1+normEpsilon) - tf - sim.normBase) / sim.normPerLength
	return int64(min(max(length, -2), math.MaxUint32)) + 1
}

// competitiveNorms returns the two parts of a length beyond which a posting has a score
// less than minScore, which is more than 0: slope times its frequency and offset. It is
// maxNorm without the roundings of each frequency, which the 1 in offset makes up for.
func (sim *bm25) competitiveNorms(weight float64, minScore int64) (slope, offset float64) {
	slope = (weight/float64(minScore)*(1+normEpsilon) - 1) / sim.normPerLength
	return slope, 1 - sim.normBase/sim.normPerLength
}

// maxThresholdSaturation is up to which saturation a threshold is used. Closer to 1,
// rounding would count in the threshold, and hardly any score is as high.
const maxThresholdSaturation = .999

// freqThreshold returns what a frequency must come to for a score of at least
// minScore: tf / (tf + norm) >= minScore / weight, solved for tf. ok is false where
// that is too close to 1.
func (sim *bm25) freqThreshold(weight float64, minScore int64) (t freqThreshold, ok bool) {
	if minScore <= 0 {
		return t, true
	}
	saturation := float64(minScore) / weight
	if !(saturation <= maxThresholdSaturation) { // it is none where the weight is 0
		return t, false
	}
	ratio := saturation / (1 - saturation)
	return freqThreshold{ratio * sim.normBase, ratio * sim.normPerLength}, true
}

// boundEpsilon is by how much a bound is raised, relative to itself. A score is
// rounded some three times by 2^-53 each, so that a lower frequency may come to
// slightly more than a higher one.
const boundEpsilon = 1e-12

// maxScore returns a score, at least 1, that no posting within the impacts has
// more than.
func (sim *bm25) maxScore(weight float64, impacts []segment.Impact) int64 {
	by := segment.Saturation{Base: sim.normBase, PerLength: sim.normPerLength}
	return boundOf(weight, by.Max(impacts))
}

// boundOf returns a score, at least 1, that no posting of a saturation or a lower
// one has more than.
func boundOf(weight, saturation float64) int64 {
	return int64(weight*saturation*(1+boundEpsilon)) + 1
}

// toFloat returns a score as callers see it.
func (sim *bm25) toFloat(score int64) float64 { return float64(score) / sim.scale }
