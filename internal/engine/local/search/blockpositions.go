package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// blockPositions is what a phraseReader needs to read positions a block of postings at a
// time, and the memory that it reads them into.
type blockPositions struct {
	reader      segment.PositionReader
	docs, freqs [segment.BlockSize]uint32
	// Some postings of the block, by their indexes, and the articles of the batch that
	// they are of.
	postings [segment.BlockSize]uint8
	articles [segment.BlockSize]int32
	ends     [segment.BlockSize]uint32
	// positions has those of the batch, as far as there is room.
	positions []uint32
}

// positionsRoom is for how many positions memory is taken at a time: those of a word in a
// batch of articles are mostly fewer.
const positionsRoom = 1 << 14

// readTermPositions appends the positions of one term to those of its pattern. Its
// postings and the articles of the batch are both in order, and are gone through
// side by side. Articles of without, which may be nil, are left out.
func (k *phraseReader) readTermPositions(ctx context.Context, w *patternTerms, field, term string, batch []uint32, without reader.Bitset) error {
	list, _, err := k.Raw.Postings(field, term)
	if err != nil {
		return err
	}
	if err := k.res.spend(ctx, stepsPerTerm); err != nil {
		return err
	}
	b := &k.block
	b.reader = segment.PositionReader{}
	for next := 0; next < len(batch); {
		list.Seek(batch[next])
		n := list.NextBlock(&b.docs, &b.freqs)
		if n == 0 {
			break
		}
		found := 0
		for i := 0; i < n && next < len(batch); {
			switch {
			case b.docs[i] < batch[next]:
				i++
				continue
			case b.docs[i] > batch[next]:
				skip, _ := slices.BinarySearch(batch[next:], b.docs[i])
				next += skip
				continue
			case without == nil || !without.Has(b.docs[i]):
				b.postings[found], b.articles[found] = uint8(i), int32(next)
				found++
			}
			i, next = i+1, next+1
		}
		if found == 0 {
			continue
		}
		steps, err := k.readBlock(w, &list, found)
		if err != nil {
			return err
		}
		if err := k.res.spend(ctx, steps); err != nil {
			return err
		}
	}
	return list.Err()
}

// readBlock reads the positions of the first found postings of the block.
func (k *phraseReader) readBlock(w *patternTerms, list *segment.PostingList, found int) (steps int, err error) {
	b, count := &k.block, 0
	for _, posting := range b.postings[:found] {
		count += int(b.freqs[posting])
	}
	if cap(b.positions)-len(b.positions) < count {
		b.positions = k.res.docBuffer(max(count, positionsRoom))
	}
	start := len(b.positions)
	b.positions, err = list.BlockPositions(&b.reader, &b.freqs, b.postings[:found], b.positions, b.ends[:found])
	if err != nil {
		return 0, err
	}
	for i, article := range b.articles[:found] {
		end := int(b.ends[i])
		// Who appends to what lies here copies it, as there is no room behind it.
		if at := b.positions[start:end:end]; len(w.positions[article]) == 0 {
			w.positions[article] = at
		} else {
			w.positions[article] = append(w.positions[article], at...)
		}
		start = end
	}
	return stepsPerPositions*found + stepsPerPosition*count, nil
}
