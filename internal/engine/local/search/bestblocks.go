package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

const (
	// maxBestBlocks is how many blocks are kept in the order of their bounds. To insert
	// one into a longer list would cost more than to read blocks that hold nothing.
	maxBestBlocks = 64
	// spareBlocks is how many blocks are kept beside one for each hit that is looked for. The
	// bound of most blocks is the score of a document in them, so that few more have one
	// that is competitive in the end.
	spareBlocks = 6
)

// boundedBlock is a block of a posting list, and the bound of its scores.
type boundedBlock struct {
	bound int64
	block int
}

// bestBlocks is single where no mask keeps documents out and all that matches is counted
// already. Groups are opened, those with the highest bounds first, as long as they may
// have one of the best blocks of all; these are read then, the best one first. So hardly
// any block is read that has no hit. What else may have one follows.
func (t *topk) bestBlocks(ctx context.Context, s *scorer) error {
	b := &t.best
	b.list, b.most = b.list[:0], t.collector.limit+spareBlocks
	b.bounds = slices.Grow(b.bounds[:0], s.numBlocks)[:s.numBlocks]
	for range min(bestFirstGroups, len(t.groupMax)) {
		t.openGroup(s, t.bestGroup())
	}
	for g, bound := range t.groupMax {
		if bound > 0 && bound >= max(b.least(), t.minCompetitiveScore()) {
			t.openGroup(s, g)
		}
	}
	if err := t.res.spend(ctx, stepsPerWindow*len(b.list)); err != nil {
		return err
	}
	for i, best := range b.list {
		if best.bound < t.minCompetitiveScore() {
			t.skippedAny = true // as all others, which have no higher bounds
			return s.err
		}
		t.collectBlock(s, best.block)
		b.bounds[b.list[i].block] = 0
	}
	return t.collectOtherBlocks(ctx, s)
}

// collectOtherBlocks looks among the documents of what bestBlocks did not read.
func (t *topk) collectOtherBlocks(ctx context.Context, s *scorer) error {
	for g, bound := range t.groupMax {
		if bound > 0 {
			if err := t.collectGroup(ctx, s, g); err != nil {
				return err
			}
			continue
		}
		first := g * segment.GroupSize
		for i, bound := range t.best.bounds[first:min(first+segment.GroupSize, s.numBlocks)] {
			switch {
			case bound == 0: // it was read
			case bound < t.minCompetitiveScore():
				t.skippedAny = true
			default:
				if err := t.res.spend(ctx, stepsPerWindow); err != nil {
					return err
				}
				t.collectBlock(s, first+i)
			}
		}
	}
	return s.err
}

// bestGroup returns the group with the highest bound.
func (t *topk) bestGroup() int {
	best := 0
	for g, bound := range t.groupMax {
		if bound > t.groupMax[best] {
			best = g
		}
	}
	return best
}

// openGroup computes the bounds of the blocks of a group, and keeps the best ones. The bound
// of the group in groupMax is 0 from then on.
func (t *topk) openGroup(s *scorer, group int) {
	if t.groupMax[group] == 0 {
		return
	}
	t.groupMax[group] = 0
	first := group * segment.GroupSize
	end := min(first+segment.GroupSize, s.numBlocks)
	for block := first; block < end; block++ {
		bound := s.blockMaxScore(block)
		t.best.bounds[block] = bound
		if bound > t.best.least() {
			t.best.insert(boundedBlock{bound, block})
		}
	}
}

// bestBlockList are the blocks with the highest bounds, the highest first.
type bestBlockList struct {
	list   []boundedBlock
	most   int     // as many are kept
	bounds []int64 // of all blocks of the groups that were opened; 0 for those that were read
}

// least is the bound beyond which a block is among the best.
func (l *bestBlockList) least() int64 {
	if len(l.list) < l.most {
		return 0
	}
	return l.list[len(l.list)-1].bound
}

// insert takes in a block whose bound is higher than least.
func (l *bestBlockList) insert(b boundedBlock) {
	if len(l.list) < l.most {
		l.list = append(l.list, b)
	}
	i := len(l.list) - 1
	for ; i > 0 && l.list[i-1].bound < b.bound; i-- {
		l.list[i] = l.list[i-1]
	}
	l.list[i] = b
}
