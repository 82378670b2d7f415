package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// maxListed bounds how many names of a folder are compared with a mistyped
// one.
const maxListed = 10_000

// similarName proposes what may have been meant by a path that doesn't exist:
// a name in the same folder that differs by a slip or two. It is empty when
// there is none.
func similarName(path string) string {
	dir, want := filepath.Split(path)
	f, err := os.Open(dir)
	if err != nil {
		return ""
	}
	defer f.Close()                       // nothing was written
	names, _ := f.Readdirnames(maxListed) // fewer names only propose less
	best, bestDistance := "", 1+len(want)/4
	for _, name := range names {
		d := editDistance(strings.ToLower(want), strings.ToLower(name), bestDistance)
		if d < bestDistance || d == bestDistance && name < best {
			best, bestDistance = name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", best)
}

// editDistance returns the number of letters to insert, delete, change or
// swap with their neighbour to get from a to b, or limit+1 when that is more
// than limit.
func editDistance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	before, above, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range above {
		above[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(above[j]+cost, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above, row = above, row, before
	}
	return min(above[len(y)], limit+1)
}
