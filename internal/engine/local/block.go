package local

import "github.com/newsq/newsq/internal/segment"

// firstFrom returns the place of the first of docs[:n] that is at least doc; n
// when there is none.
func firstFrom(docs *[segment.BlockSize]uint32, n int, doc uint32) int {
	if n < segment.BlockSize {
		return firstOf(docs[:n], doc)
	}
	if docs[segment.BlockSize-1] < doc {
		return n
	}
	return segment.FirstOf(docs, doc)
}

// firstOf is firstFrom for any number of documents.
func firstOf(docs []uint32, doc uint32) int {
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
