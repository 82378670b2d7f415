package neardup

import "slices"

// region is words of a shorter text, from a0 to a1, in the place of which a longer one has
// those from b0 to b1. One of both may be empty.
type region struct{ a0, a1, b0, b1 int }

// block is a run of words that both texts have.
type block struct{ a, b, size int }

// Bounds of what is aligned.
const (
	// minBlock is how many words a run has from which on it is a run of both texts wherever
	// it stands.
	minBlock = 3
	// maxPlaces is how many places of three words in a longer text are looked at.
	maxPlaces = 16
	// maxGap is how many words there may be between two runs for which words alone are
	// aligned too.
	maxGap = 64
)

// differences aligns the words of a shorter text with those of a longer one, and returns
// where they differ, in their order. What the longer one has before and behind the other
// is no difference.
func differences(a, b []sequenceWord) []region {
	var list []region
	last := block{}
	gap := func(next block) {
		r := region{last.a + last.size, next.a, last.b + last.size, next.b}
		if r.a0 < r.a1 || r.b0 < r.b1 && last.size > 0 && next.size > 0 {
			list = appendFiner(list, a, b, r)
		}
		last = next
	}
	for _, next := range chain(blocks(a, b)) {
		gap(next)
	}
	gap(block{a: len(a), b: len(b)})
	return list
}

// blocks returns the runs of at least minBlock words that both texts have, in the order
// of their places in a.
func blocks(a, b []sequenceWord) []block {
	three := func(w []sequenceWord, i int) [minBlock]uint32 {
		return [minBlock]uint32{w[i].hash, w[i+1].hash, w[i+2].hash}
	}
	places := make(map[[minBlock]uint32][]int, len(a))
	for i := 0; i+minBlock <= len(a); i++ {
		places[three(a, i)] = nil
	}
	for j := 0; j+minBlock <= len(b); j++ {
		if p, there := places[three(b, j)]; there && len(p) < maxPlaces {
			places[three(b, j)] = append(p, j)
		}
	}
	var list []block
	for i := 0; i+minBlock <= len(a); i++ {
		for _, j := range places[three(a, i)] {
			if i > 0 && j > 0 && a[i-1].hash == b[j-1].hash {
				continue // part of the run before
			}
			size := minBlock
			for i+size < len(a) && j+size < len(b) && a[i+size].hash == b[j+size].hash {
				size++
			}
			list = append(list, block{i, j, size})
		}
	}
	return list
}

// maxBlocks is how many runs are chained.
const maxBlocks = 600

// chain returns the runs that follow each other in both texts and have the most words
// together. Where two overlap, the second one is cut.
func chain(list []block) []block {
	list = list[:min(len(list), maxBlocks)]
	most, from, best := make([]int, len(list)), make([]int, len(list)), -1
	for i, x := range list {
		most[i], from[i] = x.size, -1
		for j, y := range list[:i] {
			if y.a >= x.a || y.b >= x.b {
				continue
			}
			over := max(y.a+y.size-x.a, y.b+y.size-x.b, 0)
			if n := most[j] + x.size - over; over < x.size && n > most[i] {
				most[i], from[i] = n, j
			}
		}
		if best < 0 || most[i] > most[best] {
			best = i
		}
	}
	var chained []block
	for i := best; i >= 0; i = from[i] {
		chained = append(chained, list[i])
	}
	slices.Reverse(chained)
	for i := 1; i < len(chained); i++ {
		x, y := &chained[i], chained[i-1]
		over := max(y.a+y.size-x.a, y.b+y.size-x.b, 0)
		*x = block{x.a + over, x.b + over, x.size - over}
	}
	return chained
}

// appendFiner appends a region, or where most of its words are those of both texts the
// smaller ones within it.
func appendFiner(list []region, a, b []sequenceWord, r region) []region {
	left, right := a[r.a0:r.a1], b[r.b0:r.b1]
	if len(left) == 0 || len(right) == 0 || len(left) > maxGap {
		return append(list, r)
	}
	if len(right) > maxGap { // behind a text that ends here, or between sentences
		right = right[:maxGap]
	}
	pairs := commonWords(left, right)
	shared, content := 0, 0
	for _, p := range pairs {
		if left[p.a].isContent() {
			shared++
		}
	}
	for _, w := range left {
		if w.isContent() {
			content++
		}
	}
	if 2*shared < content || len(pairs) == 0 {
		return append(list, r)
	}
	last := block{r.a0, r.b0, 0}
	for _, p := range append(pairs, block{len(left), r.b1 - r.b0, 0}) {
		next := region{last.a + last.size, r.a0 + p.a, last.b + last.size, r.b0 + p.b}
		if next.a0 < next.a1 || next.b0 < next.b1 {
			list = append(list, next)
		}
		last = block{r.a0 + p.a, r.b0 + p.b, 1}
	}
	return list
}

// commonWords returns a longest common subsequence of words, as runs of one word.
func commonWords(a, b []sequenceWord) []block {
	var length [maxGap + 1][maxGap + 1]uint8
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].hash == b[j].hash {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var list []block
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].hash == b[j].hash:
			list = append(list, block{i, j, 1})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return list
}
