package search

import (
	"github.com/newsq/newsq/internal/engine/bm25f"
)

// bm25 has what scores depend on beside articles and leaves. A score is BM25F, see
// package bm25f, times the boost. The norm is normBase + normPerLength*length.
type bm25 struct{ normBase, normPerLength float64 }

// weigh computes the weights of leaves, whose document frequencies are known. languages
// are those of the request.
func weigh(s *bm25f.Statistics, languages map[string]int, leaves []*leaf) (b bm25) {
	b.normBase, b.normPerLength = bm25f.NormParts(bm25f.MeanLength(s.Length, s.Articles))
	for i, l := range leaves {
		l.docFreq = s.DocFreqs[i]
		l.idf = bm25f.StemIDF(s.Articles, languages, l.plan, l.docFreq)
	}
	return b
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
