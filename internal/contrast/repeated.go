package contrast

// The same run of words in two texts is a copy, a headline that is linked to, a credit or a
// quotation: it says once what it says.
const (
	// runLength is how many words in a row are the same, stop words included; what parts words,
	// such as a comma, counts as one.
	runLength = 8
	// minRunWords is how many of them are no stop words. Of "the end of the day and the", two
	// are.
	minRunWords = 4
)

// repetitions are what texts before had.
type repetitions struct {
	paragraphs map[uint64]bool
	runs       map[uint64]int32 // the text that had a run first
	covered    []bool
}

func newRepetitions() *repetitions {
	return &repetitions{paragraphs: make(map[uint64]bool), runs: make(map[uint64]int32)}
}

// without returns the words of text n, with apart in place of those that a text before has
// in the same paragraph or the same run, and how many these are. A paragraph that the text
// itself has twice counts once, too.
func (r *repetitions) without(n int, paragraphs []paragraph) (words []uint32, repeated int) {
	for _, p := range paragraphs {
		if r.paragraphs[p.digest] {
			repeated += countWords(p.words)
			continue
		}
		r.paragraphs[p.digest] = true
		at := len(words)
		words = append(append(words, p.words...), apart)
		for i, again := range r.coveredBy(int32(n), p.words) {
			if again && p.words[i] != apart {
				words[at+i] = apart
				repeated++
			}
		}
	}
	return words, repeated
}

// coveredBy says of each word whether it is in a run that a text before has, and notes the
// runs of this one.
func (r *repetitions) coveredBy(n int32, words []uint32) []bool {
	r.covered = append(r.covered[:0], make([]bool, len(words))...)
	for i := 0; i+runLength <= len(words); i++ {
		run := words[i : i+runLength]
		if countWords(run) < minRunWords {
			continue
		}
		key := runKey(run)
		first, known := r.runs[key]
		switch {
		case !known:
			r.runs[key] = n
		case first != n:
			for j := range runLength {
				r.covered[i+j] = true
			}
		}
	}
	return r.covered
}

// runKey is FNV-1a over the numbers of words. Two runs in a billion have the same.
func runKey(run []uint32) uint64 {
	h := uint64(14695981039346656037)
	for _, w := range run {
		h = (h ^ uint64(w)) * 1099511628211
		h ^= h >> 29
	}
	return h
}

func countWords(words []uint32) (n int) {
	for _, w := range words {
		if w != apart {
			n++
		}
	}
	return n
}
