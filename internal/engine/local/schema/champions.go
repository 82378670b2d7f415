package schema

import (
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// Segments of so many documents have champion lists, of prefixes with so many
// postings, and with one for so many documents. A union of fewer postings costs
// about as little as all else that a search does, and a small segment would hold
// little beside its lists. With the share, a large segment has no more lists than a
// smaller one, and what it costs to make them grows with the documents alone.
const (
	championDocs     = 1 << 16
	championPostings = 1 << 13
	championShare    = 1. / 32
	// championTermPostings is from how many postings on a stem has a list. That is eight
	// blocks, of which a search reads most: the hits are spread over them.
	championTermPostings = 1 << 10
)

// Champions is the rule of champion lists: the words of title, headings and body,
// as a pattern in the whole text is scored, and stems.
func Champions() *segment.ChampionRule {
	rule := &segment.ChampionRule{LengthField: FieldStem, MinDocs: championDocs, MinPostings: championPostings, MinShare: championShare}
	rule.TermField, rule.MinTermPostings = FieldStem, championTermPostings
	rule.Base, rule.PerMeanLength = bm25f.NormParts(1)
	for _, f := range []match.Field{match.Title, match.Heading, match.Body} {
		rule.Fields = append(rule.Fields, segment.WeightedField{Name: WordField(f), Weight: uint32(bm25f.Weight(f))})
	}
	return rule
}
