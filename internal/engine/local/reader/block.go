package reader

import "github.com/newsq/newsq/internal/engine/local/segment"

// SearchBlock returns the index of the first of docs[:n] that is at least doc; n
// when there is none. docs[:n] are a block of a posting list.
func SearchBlock(docs *[segment.BlockSize]uint32, n int, doc uint32) int {
	if n < segment.BlockSize {
		return searchDocs(docs[:n], doc)
	}
	if docs[segment.BlockSize-1] < doc {
		return n
	}
	return segment.SearchBlock(docs, doc)
}

// searchDocs is SearchBlock for any number of documents.
func searchDocs(docs []uint32, doc uint32) int {
	from, to := 0, len(docs)
	for from < to {
		if half := int(uint(from+to) / 2); docs[half] < doc {
			from = half + 1
		} else {
			to = half
		}
	}
	return from
}

// IntersectBlock is segment.IntersectBlock for a block of n documents, which need
// not be full.
func IntersectBlock(block *[segment.BlockSize]uint32, n int, docs []uint32, firstIndex int, docIndexes []uint16, blockIndexes []uint8) (found int) {
	if n == segment.BlockSize {
		return segment.IntersectBlock(block, docs, firstIndex, docIndexes, blockIndexes)
	}
	for i, doc := range docs {
		at := searchDocs(block[:n], doc)
		docIndexes[found], blockIndexes[found] = uint16(firstIndex+i), uint8(at)
		if block[at] == doc {
			found++
		}
	}
	return found
}
