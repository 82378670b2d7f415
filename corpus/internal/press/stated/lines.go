package stated

import (
	"fmt"

	"github.com/newsq/newsq/corpus/internal/reader"
)

// MaxLines bounds the lines or paragraphs of an article. A long report has some
// thousand; a file without marks between its articles may seem to have millions,
// which would take many times its size in memory.
const MaxLines = 200_000

// Lines counts those of an article, and tells once when there are too many.
type Lines struct {
	n int
	// Stopped says that the output wants no more.
	Stopped bool
}

// Add counts one more at a line of the file, and reports whether it may be kept.
func (l *Lines) Add(out reader.Sink, line int) bool {
	l.n++
	if l.n == MaxLines+1 {
		l.Stopped = !out.Fail(&reader.Fault{Line: line, Err: fmt.Errorf("%w: an article of more than %d lines", reader.ErrTooLarge, MaxLines), Hint: "the others were left out"})
	}
	return l.n <= MaxLines
}

// Reset begins with another article.
func (l *Lines) Reset() { l.n = 0 }
