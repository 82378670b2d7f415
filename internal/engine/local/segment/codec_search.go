package segment

// SearchBlock returns the place in a whole block of documents, whose last is doc or
// beyond, of the first that is at least doc. The steps are the same whatever is
// looked for, so that a processor has no branch to guess.
func SearchBlock(block *[BlockSize]uint32, doc uint32) int {
	i := 0
	if block[63] < doc {
		i = 64
	}
	if block[(i+31)&127] < doc {
		i += 32
	}
	if block[(i+15)&127] < doc {
		i += 16
	}
	if block[(i+7)&127] < doc {
		i += 8
	}
	if block[(i+3)&127] < doc {
		i += 4
	}
	if block[(i+1)&127] < doc {
		i += 2
	}
	if block[i&127] < doc {
		i++
	}
	return i & 127
}

// IntersectBlock looks up docs, which are in order and none of them beyond the last
// document of a whole block. Of those that the block has, which gets their
// places in docs, counted from first on, and place those in the block. It
// returns how many there are. Both have room for all.
func IntersectBlock(block *[BlockSize]uint32, docs []uint32, firstIndex int, docIndexes []uint16, blockIndexes []uint8) int {
	if n, ok := intersectBlock(block, docs, firstIndex, docIndexes, blockIndexes); ok {
		return n
	}
	n := 0
	for i, doc := range docs {
		at := SearchBlock(block, doc)
		docIndexes[n], blockIndexes[n] = uint16(firstIndex+i), uint8(at)
		if block[at] == doc {
			n++
		}
	}
	return n
}
