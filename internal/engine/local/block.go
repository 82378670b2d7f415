package local

import "github.com/newsq/newsq/internal/segment"

// firstFrom returns the place of the first of docs[:n] that is at least doc; n
// when there is none. The steps are the same whatever is looked for, so that a
// processor has no branch to guess.
func firstFrom(docs *[segment.BlockSize]uint32, n int, doc uint32) int {
	if n < segment.BlockSize {
		return firstOf(docs[:n], doc)
	}
	if docs[segment.BlockSize-1] < doc {
		return n
	}
	return firstOfBlock(docs, doc)
}

// firstOfBlock is firstFrom for a whole block, whose last document is doc or
// beyond.
func firstOfBlock(docs *[segment.BlockSize]uint32, doc uint32) int {
	i := 0
	if docs[63] < doc {
		i = 64
	}
	if docs[(i+31)&127] < doc {
		i += 32
	}
	if docs[(i+15)&127] < doc {
		i += 16
	}
	if docs[(i+7)&127] < doc {
		i += 8
	}
	if docs[(i+3)&127] < doc {
		i += 4
	}
	if docs[(i+1)&127] < doc {
		i += 2
	}
	if docs[i&127] < doc {
		i++
	}
	return i & 127
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
