// Package editdist measures how far two words are apart.
//
// The distance is the number of edits that make one word of the other: a
// character is inserted, deleted or replaced, or two neighbours are swapped.
// No place is edited twice (the optimal string alignment distance).
package editdist

// usual is the length of a word whose table fits the stack. Nearly every word
// is shorter; a longer one costs an allocation.
const usual = 48

// Distance returns the distance of a and b, or limit+1 when it is more than
// limit. The edits are those of the elements: of bytes or of runes.
//
// A cell of the usual table that is further than limit from the diagonal holds
// more than limit, so only a band along the diagonal is filled. The time is
// bounded by len(a) * (2*limit + 1).
func Distance[T byte | rune](a, b []T, limit int) int {
	n := len(b)
	if len(a)-n > limit || n-len(a) > limit {
		return limit + 1
	}
	var cells [3 * (usual + 1)]int
	table := cells[:]
	if n > usual {
		table = make([]int, 3*(n+1))
	}
	// Of the table, three rows are kept: that of i, and the two above it.
	two, one, row := table[:n+1], table[n+1:2*(n+1)], table[2*(n+1):3*(n+1)]
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		low, high := max(1, i-limit), min(n, i+limit)
		// The cells beside the band count as too far.
		row[low-1] = limit + 1
		if low == 1 {
			row[0] = i
		}
		if high < n {
			row[high+1] = limit + 1
		}
		nearest := row[low-1]
		for j := low; j <= high; j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(one[j]+1, row[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, two[j-2]+1)
			}
			row[j] = d
			nearest = min(nearest, d)
		}
		if nearest > limit {
			return limit + 1
		}
		two, one, row = one, row, two
	}
	return min(one[n], limit+1)
}
