package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine"
)

// Blend is how a score was made of one by words, among the candidates: the best 1,000
// hits by words. Score is
//
//	WordsMin + ((1-Weight)*(Words-WordsMin) + Weight*(Meaning-WordsMin)) * Decay
type Blend struct {
	Words      float64 // the score by words, to which Hit.Explanation sums
	Meaning    float64 // nearness in meaning, brought to the range of scores by words
	Weight     float64 // of Meaning, 0 to 1; 0 for words alone
	Decay      float64 // by age, 0 to 1; 1 without Query.Recency
	Candidates int
	// WordsMin and WordsMax are the least and the greatest score by words among the
	// candidates.
	WordsMin, WordsMax float64
	// Cosine is that of the angle between the vectors of the article and of the query, -1
	// to 1; 0 where an article has none. CosineMin and CosineMax are those of the
	// candidates.
	Cosine, CosineMin, CosineMax float64
	// Terms are what the words of the query, by their stems, add to Cosine, the greatest
	// first. Words that the index knows no meaning of are not among them. With vectors by
	// an endpoint there are none, and Feedback is 0: a query has one vector as a whole.
	Terms []BlendTerm
	// Feedback is what the best five hits by words add to Cosine.
	Feedback float64
	Model    string // id of what was learned; empty for words alone
}

// BlendTerm is what a word adds to a cosine.
type BlendTerm struct {
	Stem   string
	Cosine float64
}

// explain fills in how the scores of hits were made, as far as these are candidates.
func (o *order) explain(ctx context.Context, hits []Hit) error {
	if o.listing == nil {
		return nil
	}
	page := make(map[string]*ordered, len(o.page))
	for i := range o.page {
		page[o.page[i].ID] = &o.page[i]
	}
	var vectors []embed.Vector
	var shares []embed.QueryVector
	if o.listing.model != "" {
		places := make([]engine.Place, len(o.page))
		for i := range o.page {
			places[i] = o.page[i].Place
		}
		vectors = make([]embed.Vector, len(places))
		if err := o.meaning.vectors.Vectors(ctx, places, vectors); err != nil {
			return err
		}
		if o.meaning.words != nil {
			shares = o.meaning.words.Shares()
		}
	}
	blends := make(map[string]*Blend, len(o.page))
	for i := range o.page {
		c := &o.page[i]
		b := o.listing.explained(c, o.recency.decay(c.Published))
		if shares != nil {
			b.Terms, b.Feedback = o.cosineParts(vectors[i], shares, b.Cosine)
		}
		blends[c.ID] = b
	}
	for i := range hits {
		hits[i].Blend = blends[hits[i].ID]
	}
	return nil
}

// explained is the score of a candidate as its readers see it.
func (l *listing) explained(c *ordered, decay float64) *Blend {
	b := &Blend{
		Words: c.words, Decay: decay, Candidates: l.candidates, WordsMin: l.last.Score, WordsMax: l.max,
	}
	if l.model != "" {
		b.Model, b.Weight, b.CosineMin, b.CosineMax = l.model, l.weight, l.cosMin, l.cosMax
		b.Meaning = l.last.Score + l.span()*l.nearness(c.cosine)
		if c.cosine != noCosine {
			b.Cosine = c.cosine
		}
	}
	return b
}

// cosineParts splits the cosine of an article between the words of the query, which have
// these shares of its meaning, and the best hits.
func (o *order) cosineParts(v embed.Vector, shares []embed.QueryVector, cosine float64) (terms []BlendTerm, feedback float64) {
	at := map[string]int{} // a word that stands twice is one
	feedback = cosine
	for i := range shares {
		stem := o.meaning.terms[i].Stem
		if shares[i].IsZero() {
			continue
		}
		part := shares[i].Along(v) / o.listing.length
		feedback -= part
		if j, ok := at[stem]; ok {
			terms[j].Cosine += part
			continue
		}
		at[stem] = len(terms)
		terms = append(terms, BlendTerm{stem, part})
	}
	slices.SortStableFunc(terms, func(a, b BlendTerm) int { return cmp.Compare(b.Cosine, a.Cosine) })
	return terms, feedback
}
