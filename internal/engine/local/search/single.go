package search

import (
	"context"
	"errors"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// bestFirstGroups is how many groups are looked at in the order of their bounds. The
// minimum competitive score is close to what it is in the end then, and to find the
// best of all groups each time would cost more than it saves.
const bestFirstGroups = 4

// single looks among the documents of a posting list, the only scorer. The blocks with
// the highest bounds come first, so that the minimum competitive score soon is what it
// is in the end, and few blocks are read that turn out to hold nothing.
func (t *topk) single(ctx context.Context, seg *reader.Segment, mask reader.Bitset, scorers []*scorer) error {
	t.startSegment(seg, mask, scorers)
	s := scorers[0]
	t.groupMax = t.groupMax[:0]
	for first := 0; first < s.numBlocks; first += segment.GroupSize {
		t.groupMax = append(t.groupMax, s.groupMaxScore(first/segment.GroupSize))
	}
	if len(t.groupMax) > 1 && mask == nil && t.hitCount >= t.countLimit && t.collector.limit+spareBlocks <= maxBestBlocks {
		return errors.Join(t.bestBlocks(ctx, s), t.collector.err)
	}
	for range min(bestFirstGroups, len(t.groupMax)) {
		if err := t.collectGroup(ctx, s, t.bestGroup()); err != nil {
			return err
		}
	}
	for g := range t.groupMax {
		if err := t.collectGroup(ctx, s, g); err != nil {
			return err
		}
	}
	return t.err()
}

// collectGroup looks among the documents of a group of blocks, unless it was looked at
// before. Its bound in groupMax is 0 from then on.
func (t *topk) collectGroup(ctx context.Context, s *scorer, group int) error {
	bound := t.groupMax[group]
	if t.groupMax[group] = 0; bound == 0 {
		return nil
	}
	if bound < t.minCompetitiveScore() {
		t.skippedAny = true
		return nil
	}
	first := group * segment.GroupSize
	end := min(first+segment.GroupSize, s.numBlocks)
	if err := t.res.spend(ctx, stepsPerWindow*(end-first)); err != nil {
		return err
	}
	if t.minCompetitiveScore() == 0 {
		t.collectBestBlocks(s, first, end)
		return s.err
	}
	for block := first; ; block++ {
		next := s.firstCompetitive(block, end, t.minCompetitiveScore())
		if next > block {
			t.skippedAny = true
		}
		if block = next; block == end {
			return s.err
		}
		t.collectBlock(s, block)
	}
}

// collectBestBlocks looks among the documents of the blocks of [first, end), at most
// segment.GroupSize, in the order of their bounds.
func (t *topk) collectBestBlocks(s *scorer, first, end int) {
	var bounds [segment.GroupSize]int64
	for block := first; block < end; block++ {
		bounds[block-first] = s.blockMaxScore(block)
	}
	for range end - first {
		best := 0
		for i, bound := range bounds {
			if bound > bounds[best] {
				best = i
			}
		}
		if bounds[best] < t.minCompetitiveScore() {
			t.skippedAny = true
			return
		}
		bounds[best] = 0
		t.collectBlock(s, first+best)
	}
}

// collectBlock looks among the documents of a block.
func (t *topk) collectBlock(s *scorer, block int) {
	if t.maskLacks(s, block) {
		return
	}
	if s.readBlock(block) {
		t.selectFromBlock(s, ^uint32(0), t.minCompetitiveScore())
		t.collectCandidates()
	}
}

// maskLacks reports whether there is a mask, and it holds no document as far as a block
// reaches.
func (t *topk) maskLacks(s *scorer, block int) bool {
	if t.mask == nil {
		return false
	}
	from, to := uint32(0), min(s.lastDocOf(block)+1, uint32(t.seg.Docs))
	if block > 0 {
		from = s.lastDocOf(block-1) + 1
	}
	return t.mask.Next(from, to) == to
}
