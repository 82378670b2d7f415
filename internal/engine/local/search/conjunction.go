package search

import (
	"context"
	"math"
	"slices"

	"github.com/newsq/newsq/internal/engine/local/reader"
)

// conjunction looks among the documents that all of the scorers have.
func (t *topk) conjunction(ctx context.Context, s *reader.Segment, mask reader.Bitset, scorers []*scorer) error {
	slices.SortFunc(scorers, func(a, b *scorer) int { return a.count - b.count })
	t.startSegment(s, mask, scorers)
	// restMax[i] bounds what the scorers from i on give, in the lead's block.
	restMax := slices.Grow(t.restMax[:0], len(scorers)+1)[:len(scorers)+1]
	t.restMax, restMax[len(scorers)] = restMax, 0
	lead, othersMax := scorers[0], t.sumOfMaxScores()
	t.leadLast = 0
	for doc := uint32(0); ; {
		if doc = t.skipToCompetitive(lead, doc, uint32(s.Docs), t.minCompetitiveScore()-othersMax); int(doc) >= s.Docs {
			return t.err()
		}
		if err := t.res.spend(ctx, stepsPerWindow); err != nil {
			return err
		}
		minCompetitive, to := t.minCompetitiveScore(), lead.lastDocOf(lead.shallowBlock)+1
		for i := len(scorers) - 1; i > 0; i-- {
			bound := scorers[i].maxScore
			if minCompetitive > 0 {
				bound = scorers[i].maxScoreIn(doc, to)
			}
			restMax[i] = restMax[i+1] + bound
		}
		if lead.blockMaxScore(lead.shallowBlock)+restMax[1] < minCompetitive {
			t.skippedAny = true
			doc = to
			continue
		}
		if doc = lead.seek(doc); doc < to {
			t.conjunctionInBlock(lead, restMax)
			doc = lead.docs[len(lead.docs)-1] + 1
		}
		if err := t.err(); err != nil {
			return err
		}
	}
}

// sumOfMaxScores bounds what all scorers but the first give.
func (t *topk) sumOfMaxScores() int64 {
	sum := int64(0)
	for _, s := range t.scorers[1:] {
		sum += s.maxScore
	}
	return sum
}

// conjunctionInBlock looks among the documents of the block of lead, the first
// scorer.
func (t *topk) conjunctionInBlock(lead *scorer, restMax []int64) {
	if t.leadScoresLast(lead) {
		t.conjunctionByDocs(lead, restMax)
		return
	}
	c, minCompetitive, looked := &t.candidates, t.minCompetitiveScore(), len(lead.docs)-lead.pos
	t.selectFromBlock(lead, math.MaxUint32, minCompetitive-restMax[1])
	if minCompetitive > 0 {
		t.skippedAny = true
	}
	if c.n > looked/4*mostlySelected && minCompetitive > 0 && t.scorers[len(t.scorers)-1].numBlocks <= maxSpread*lead.numBlocks {
		t.leadLast = leadLastBlocks
	}
	if t.intersectOthers(minCompetitive, 0, restMax) {
		t.collectCandidates()
	}
}

// intersectOthers drops the candidates that the other scorers don't have, and adds what these
// give. later is the most that is added afterwards. It reports whether any are left.
func (t *topk) intersectOthers(minCompetitive, later int64, restMax []int64) bool {
	c := &t.candidates
	for k, s := range t.scorers[1:] {
		if c.n == 0 {
			return false
		}
		c.intersect(s)
		c.keepCompetitive(minCompetitive - restMax[k+2] - later)
	}
	return c.n > 0
}

const (
	// mostlySelected is of how many in four documents of the lead the score must be competitive,
	// as far as is known, to be computed in vain for most. Of fewer, it keeps more out than it
	// costs.
	mostlySelected = 3
	// leadLastBlocks is in how many blocks that is taken for true before it is looked at
	// again: the minimum competitive score rises.
	leadLastBlocks = 15
	// maxSpread is over how many blocks of any other scorer a block of the lead may reach for
	// that. Of more, each document less is a block less to be read.
	maxSpread = 6
)

// leadScoresLast reports whether the documents of the block of lead, whatever their scores,
// are looked up in the other scorers first, and only those that all have are scored. It
// isn't where scores are known already.
func (t *topk) leadScoresLast(lead *scorer) bool {
	if t.leadLast == 0 || lead.materialized != nil {
		return false
	}
	t.leadLast--
	return true
}

// conjunctionByDocs is conjunctionInBlock in which the lead scores last. Some scores are
// competitive only, so that documents have been skipped.
func (t *topk) conjunctionByDocs(lead *scorer, restMax []int64) {
	c, minCompetitive := &t.candidates, t.minCompetitiveScore()
	t.skippedAny = true
	c.n = copy(c.docs[:], lead.docs[lead.pos:])
	clear(c.scores[:c.n])
	if t.mask != nil {
		c.keepIn(t.mask, 0)
	} else if t.deleted != nil {
		c.keepIn(t.deleted, 1)
	}
	if !t.intersectOthers(minCompetitive, lead.blockMaxScore(lead.nextBlockIndex()-1), restMax) {
		return
	}
	n := c.lookUp(lead, 0, c.n) // all of them
	lead.addScores(c.scores[:], c.indexes[:n], c.blockIndexes[:])
	t.collectCandidates()
}

// keepIn keeps the candidates that are in a set, or, with a flip of 1, those that aren't.
func (c *candidates) keepIn(set reader.Bitset, flip uint64) {
	n := 0
	for i, doc := range c.docs[:c.n] {
		c.docs[n], c.scores[n] = doc, c.scores[i]
		n += int(set[doc/64]>>(doc%64)&1 ^ flip)
	}
	c.n = n
}
