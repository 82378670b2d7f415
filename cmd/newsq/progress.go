package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// progress paints one line that tells how far some work has come, over and
// over, on a terminal. On anything else it writes nothing.
type progress struct {
	what  string // the work, such as "indexing"
	mu    sync.Mutex
	w     io.Writer
	on    bool
	color bool
	start time.Time
	shown bool
	last  time.Time // when it was painted
}

// newProgress returns a progress on standard error.
func (a *app) newProgress(what string, quiet bool) *progress {
	_, _, onTerminal := terminal(a.stderr)
	return &progress{what: what, w: a.stderr, on: onTerminal && !quiet, color: a.display(a.stderr).Color, start: time.Now()}
}

// The control sequences that a line of progress needs.
const (
	toStart   = "\r"
	clearLine = "\r\x1b[K"
)

// paintInterval is short enough for an eye, and long enough to cost nothing.
const paintInterval = 100 * time.Millisecond

// paint shows how far it is, when the last time was some while ago. The width is asked for each time, as a window
// may change.
func (p *progress) paint(at index.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.on || time.Since(p.last) < paintInterval {
		return
	}
	p.last = time.Now()
	width, _, _ := terminal(p.w)
	// One column stays free, as some terminals begin a new line at the last.
	line := render.Progress(p.what, at, time.Since(p.start), max(width-1, 1), p.color)
	fmt.Fprint(p.w, toStart, line, "\x1b[K")
	p.shown = true
}

// say writes a line of its own above what is painted next.
func (p *progress) say(say func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, clearLine)
		p.shown = false
	}
	say()
}

// done takes the line away.
func (p *progress) done() { p.say(func() {}) }
