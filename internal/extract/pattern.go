package extract

import (
	"regexp"
	"sync"
)

// pattern returns the regular expression expr, which is compiled when it is
// first asked for. All of them together take as long as the rest of a search
// that never reads a page.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
