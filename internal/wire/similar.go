package wire

import "github.com/newsq/newsq/index"

// Similar are articles that are similar to one: newsq similar --json.
type Similar struct {
	Format int     `json:"format"`
	ID     string  `json:"id,omitempty"` // of the article that was asked about; one of a file may have none
	Title  string  `json:"title,omitempty"`
	TookMS float64 `json:"took_ms"`
	// RankedBy is words or blend.
	RankedBy string        `json:"ranked_by"`
	Terms    []SimilarTerm `json:"terms"` // of the article, by which others were found, the strongest first
	Hits     []Hit         `json:"hits"`
	Copies   []SimilarCopy `json:"copies"` // left out
	Warnings []string      `json:"warnings,omitempty"`
}

// SimilarTerm is a word of an article by which others are found.
type SimilarTerm struct {
	Stem     string  `json:"stem"`
	Articles int     `json:"articles"` // that have it
	Weight   float64 `json:"weight"`   // 0 to 1, by how often the article has it
}

// SimilarCopy is an article that is a copy of the one that was asked about, or of a hit.
type SimilarCopy struct {
	ID string `json:"id"`
	Of string `json:"of,omitempty"` // the id of which; none where the article that was asked about has none
}

// NewSimilar returns the form of similar articles.
func NewSimilar(res *index.SimilarResults) Similar {
	return Similar{
		Format: Format, ID: res.Article.ID, Title: res.Article.Title, TookMS: milliseconds(res.Took), RankedBy: res.RankedBy.String(),
		Terms:  each(res.Terms, func(t index.SimilarTerm) SimilarTerm { return SimilarTerm(t) }),
		Hits:   each(res.Hits, newHit),
		Copies: each(res.Copies, func(c index.SimilarCopy) SimilarCopy { return SimilarCopy(c) }), Warnings: res.Warnings,
	}
}
