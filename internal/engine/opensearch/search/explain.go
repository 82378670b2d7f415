package search

import (
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/match"
)

// explain returns what the leaves of a node give to an article, and their sum: the
// score, computed from the words of the article.
func (q *search) explain(n *node, d *match.Doc, length float64) (parts []engine.Part, sum float64) {
	switch {
	case !n.scores:
		return nil, 0
	case n.kind == nodeLeaf:
		return q.explainLeaf(n.leaf, d, length)
	case !match.Match(n.plan, d):
		return nil, 0
	}
	for _, k := range n.kids {
		of, score := q.explain(k, d, length)
		switch {
		case n.kind != nodeBest:
			parts, sum = append(parts, of...), sum+score
		case score > sum:
			parts, sum = of, score
		}
	}
	return parts, sum
}

// explainLeaf is explain for a leaf.
func (q *search) explainLeaf(l *leaf, d *match.Doc, length float64) ([]engine.Part, float64) {
	freq := countFrequency(l.plan, d)
	// In a field without weight a leaf that puts articles first still does.
	if freq == 0 && (l.first == nil || !match.Match(l.plan, d)) {
		return nil, 0
	}
	score := l.bonus() + q.bm25.score(l, float64(freq), length)
	return []engine.Part{{
		Label:     match.Leaf{Plan: l.plan, Boost: l.boost}.Label(),
		Frequency: float64(freq) / bm25f.WeightUnit,
		DocFreq:   l.docFreq,
		Boost:     l.boost,
		Score:     score,
	}}, score
}

// countFrequency returns the weighted occurrences of a leaf, doubled.
func countFrequency(leaf match.Plan, d *match.Doc) int {
	title, heading, body := match.Occurrences(leaf, d)
	variantTitle, variantHeading, variantBody := match.VariantOccurrences(leaf, d)
	return bm25f.WeightTitle*title + bm25f.WeightHeading*heading + bm25f.WeightBody*body -
		bm25f.VariantDiscount*(variantTitle+variantHeading+variantBody)
}

// lengthOf returns the weighted number of tokens that aren't stop words, doubled.
func lengthOf(d *match.Doc) float64 {
	n := 0
	for _, f := range []match.Field{match.Title, match.Heading, match.Body} {
		for _, run := range d.Texts[f] {
			for _, t := range run {
				if t.Stem != "" {
					n += bm25f.Weight(f)
				}
			}
		}
	}
	return float64(n)
}
