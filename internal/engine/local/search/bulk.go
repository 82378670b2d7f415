package search

import (
	"slices"

	"github.com/newsq/newsq/internal/engine"
)

// Where many hits are wanted, each comparison in a heap costs more than the document.
// Then a collector takes documents as they come, and when it holds twice its limit, it
// drops all but the best: that is linear in their number.

// minBulk is the limit from which on a collector by relevance keeps no heap.
const minBulk = 64

// bulk reports whether c keeps no heap.
func (c *collector) bulk() bool { return c.limit >= minBulk && c.order == engine.Relevance }

// offerBulk is offer without a heap.
func (c *collector) offerBulk(d candidate) {
	if c.heap = append(c.heap, d); len(c.heap) == 2*c.limit {
		c.prune()
	}
}

// prune drops all but the best limit candidates. These stay in the order in which they
// were offered, but for those with the least score.
func (c *collector) prune() {
	if len(c.heap) <= c.limit {
		return
	}
	c.scores = c.scores[:0]
	for i := range c.heap {
		c.scores = append(c.scores, c.heap[i].score)
	}
	c.minScore = nthLargest(c.scores, c.limit)
	var ties []candidate
	kept := c.heap[:0]
	for _, d := range c.heap {
		switch {
		case d.score > c.minScore:
			kept = append(kept, d)
		case d.score == c.minScore:
			ties = append(ties, d)
		}
	}
	if room := c.limit - len(kept); len(ties) > room {
		slices.SortFunc(ties, func(a, b candidate) int { return c.compare(&a, &b) })
		ties = ties[:room]
	}
	c.heap = append(kept, ties...)
}

// nthLargest returns the n-th largest of scores, n from 1 on, and changes their order:
// Hoare's FIND (Communications of the ACM, 1961), which sorts what is left when it took
// too many rounds.
func nthLargest(scores []int64, n int) int64 {
	at, low, high := len(scores)-n, 0, len(scores)-1
	for round := 0; low < high; round++ {
		if round == 64 {
			slices.Sort(scores[low : high+1])
			break
		}
		// The median of three: what comes in order is cut in half.
		a, b, c := scores[low], scores[(low+high)/2], scores[high]
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := low, high
		for i <= j {
			for scores[i] < pivot {
				i++
			}
			for scores[j] > pivot {
				j--
			}
			if i <= j {
				scores[i], scores[j] = scores[j], scores[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case at <= j:
			high = j
		case at >= i:
			low = i
		default:
			return scores[at]
		}
	}
	return scores[at]
}
