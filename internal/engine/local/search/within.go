package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// disjunctionWithin is disjunction of the documents that the first of the scorers has,
// which is a posting list. The others were materialized, and hold no deleted document.
// No set of its documents is made: those of the others are looked up in the list when
// they are candidates, and few are.
func (t *topk) disjunctionWithin(ctx context.Context, s *reader.Segment, mask reader.Bitset, scorers []*scorer) error {
	if len(scorers) == 1 {
		return t.disjunction(ctx, s, mask, scorers)
	}
	list := scorers[0].postings
	members := newDocsScorer(list)
	t.pooled = append(t.pooled, members)
	t.members = members
	for _, sc := range scorers[1:] {
		sc.computeBlockMax()
		if err := t.raiseFloor(sc, list, mask); err != nil {
			return err
		}
	}
	err := t.disjunction(ctx, s, mask, scorers)
	if err == nil {
		err = members.err
	}
	t.members = nil
	return err
}

// lacksMembers reports whether no document of the window is one of members, where these
// alone are looked for.
func (t *topk) lacksMembers() bool { return t.members != nil && t.windowMax[0] == 0 }

// addScoresOf adds what scorer i gives to the candidates, and drops those that are none of
// members.
func (t *topk) addScoresOf(i int) {
	if t.members != nil && i == 0 {
		t.candidates.intersect(t.scorers[0])
		return
	}
	t.candidates.addScoresOf(t.scorers[i])
}

// keepMembers drops the candidates that are none of members.
func (t *topk) keepMembers() {
	c, s, kept := &t.candidates, t.members, 0
	for i := 0; i < c.n && s.reachBlock(c.docs[i]); {
		end := c.endUpTo(i, s.docs[len(s.docs)-1])
		n := c.lookUp(s, i, end)
		for _, k := range c.indexes[:n] {
			c.docs[kept], c.scores[kept] = c.docs[k], c.scores[k]
			kept++
		}
		i = end
	}
	c.n = kept
}

// maxFloorLimit is up to how many hits a floor is looked for. For each it takes a look
// into the list.
const maxFloorLimit = 32

// raiseFloor finds a score that as many documents have as are looked for, by what one part
// gives to its best ones: those of its best blocks, each the best of its block. They are
// in list, and allowed, and their whole score is no less. If one of them isn't, or nothing
// may be skipped yet, the floor stays.
func (t *topk) raiseFloor(s *scorer, list segment.PostingList, mask reader.Bitset) error {
	c := t.collector
	if t.minCompetitiveScore() != 0 || t.hitCount < t.countLimit || c.after != nil || c.limit > maxFloorLimit || s.numBlocks < c.limit {
		return nil
	}
	bounds := append(c.scores[:0], s.materialized.blockMax...)
	least := nthLargest(bounds, c.limit)
	c.scores = bounds[:0]
	floor, left := least, c.limit
	for block, bound := range s.materialized.blockMax {
		if bound < least || left == 0 {
			continue
		}
		doc, score := s.bestOf(block)
		if mask != nil && !mask.Has(doc) {
			return nil
		}
		list.Seek(doc)
		var docs [segment.BlockSize]uint32
		n := list.NextBlock(&docs, nil)
		if i := reader.SearchBlock(&docs, n, doc); i == n || docs[i] != doc {
			return list.Err()
		}
		floor, left = min(floor, score), left-1
	}
	t.floor = max(t.floor, floor)
	return nil
}

// bestOf returns the document of a block of what was materialized that has the highest
// score, and that score.
func (s *scorer) bestOf(block int) (doc uint32, score int64) {
	from := block * segment.BlockSize
	to := min(from+segment.BlockSize, len(s.materialized.docs))
	best := from
	for i := from; i < to; i++ {
		if s.materialized.scores[i] > s.materialized.scores[best] {
			best = i
		}
	}
	return s.materialized.docs[best], s.materialized.scores[best]
}
