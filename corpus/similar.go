package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/newsq/newsq/internal/editdist"
)

// maxListed bounds how many names of a folder are compared with a mistyped
// one.
const maxListed = 10_000

// suggestPath proposes what may have been meant by a path that doesn't exist:
// a name in the same folder that differs by a slip or two. It is empty when
// there is none.
func suggestPath(path string) string {
	dir, want := filepath.Split(path)
	f, err := os.Open(dir)
	if err != nil {
		return ""
	}
	defer f.Close()                       // nothing was written
	names, _ := f.Readdirnames(maxListed) // fewer names only propose less
	letters := []rune(strings.ToLower(want))
	best, bestDistance := "", 1+len(want)/4
	for _, name := range names {
		d := editdist.Distance(letters, []rune(strings.ToLower(name)), bestDistance)
		if d < bestDistance || d == bestDistance && name < best {
			best, bestDistance = name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", best)
}
