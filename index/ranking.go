package index

import (
	"errors"
	"fmt"
	"strings"
)

// Ranking is what hits are ordered by where they are ordered by relevance.
type Ranking uint8

// The rankings.
const (
	// RankDefault is RankBlend in an index that has vectors, else RankWords.
	RankDefault Ranking = iota
	// RankWords orders by BM25F: by the words of the query alone.
	RankWords
	// RankBlend orders the best 1,000 hits by BM25F and by how near they are to the
	// query in meaning, with more weight for meaning; see the package documentation.
	RankBlend
)

// ErrNoVectors: RankBlend or NearMeaning was asked for, and the index has no vectors.
var ErrNoVectors = errors.New("the index has no vectors to rank by meaning with")

// String returns the name of a ranking: "default", "words" or "blend".
func (r Ranking) String() string {
	switch r {
	case RankDefault:
		return "default"
	case RankWords:
		return "words"
	case RankBlend:
		return "blend"
	}
	return fmt.Sprintf("Ranking(%d)", uint8(r))
}

// ParseRanking returns the ranking of a name; the empty one is RankDefault.
func ParseRanking(name string) (Ranking, error) {
	if name == "" {
		return RankDefault, nil
	}
	for r := RankDefault; r <= RankBlend; r++ {
		if strings.EqualFold(name, r.String()) {
			return r, nil
		}
	}
	return 0, fmt.Errorf("unknown ranking %q; there are words, blend and default", name)
}
