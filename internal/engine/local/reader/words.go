package reader

import (
	"math"

	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// WithWords returns the live articles that are as long as p says. It goes over the numbers
// of all documents, some millions in a millisecond.
func (s *Segment) WithWords(p match.Length) (Bitset, error) {
	set := s.NewBitset()
	words := s.Raw.NumericValues(schema.FieldWords)
	if err := s.Raw.VerifyNumericValues(words); err != nil {
		return nil, err
	}
	least, most := max(int64(p.Min), 0), int64(p.Max) // a document that is no article has less
	if p.Max < 0 {
		most = math.MaxInt64
	}
	for doc, n := range words {
		if least <= n && n <= most {
			set.Add(uint32(doc))
		}
	}
	if s.Deleted != nil {
		set.AndNot(s.Deleted)
	}
	return set, nil
}
