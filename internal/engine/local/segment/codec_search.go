package segment

// SearchBlock returns the index of the first document of a block that is doc
// or beyond. The block must be full, and its last document must not be below
// doc. It is a binary search of fixed steps, so that the processor has no
// branch to predict.
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

// IntersectBlock finds which of docs are in a block. docs ascend, and none is
// beyond the last document of the block, which must be full. For the n-th
// document found, docIndexes[n] is its index in docs plus firstIndex, and
// blockIndexes[n] its index in the block. It returns the number of documents
// found. Both slices must be as long as docs, as they are also written to for
// documents that are not found.
func IntersectBlock(block *[BlockSize]uint32, docs []uint32, firstIndex int, docIndexes []uint16, blockIndexes []uint8) int {
	if n, ok := intersectBlock(block, docs, firstIndex, docIndexes, blockIndexes); ok {
		return n
	}
	n := 0
	for i, doc := range docs {
		index := SearchBlock(block, doc)
		docIndexes[n], blockIndexes[n] = uint16(firstIndex+i), uint8(index)
		if block[index] == doc {
			n++
		}
	}
	return n
}
