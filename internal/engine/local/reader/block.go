package reader

import "github.com/newsq/newsq/internal/engine/local/segment"

// FirstFrom returns the place of the first of docs[:n] that is at least doc; n
// when there is none.
func SearchBlock(docs *[segment.BlockSize]uint32, n int, doc uint32) int {
	if n < segment.BlockSize {
		return searchDocs(docs[:n], doc)
	}
	if docs[segment.BlockSize-1] < doc {
		return n
	}
	return segment.SearchBlock(docs, doc)
}

// firstOf is firstFrom for any number of documents.
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

// FindIn is segment.IntersectBlock for a block of n documents.
func IntersectBlock(block *[segment.BlockSize]uint32, n int, docs []uint32, first int, which []uint16, place []uint8) (found int) {
	if n == segment.BlockSize {
		return segment.IntersectBlock(block, docs, first, which, place)
	}
	for i, doc := range docs {
		at := searchDocs(block[:n], doc)
		which[found], place[found] = uint16(first+i), uint8(at)
		if block[at] == doc {
			found++
		}
	}
	return found
}
