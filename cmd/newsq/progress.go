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
	what    string // the work, such as "indexing"
	mu      sync.Mutex
	w       io.Writer
	enabled bool
	color   bool
	start   time.Time
	visible bool
	updated time.Time // when it was painted
}

// newProgress returns a progress on standard error.
func (a *app) newProgress(what string, quiet bool) *progress {
	_, _, onTerminal := terminalSize(a.stderr)
	return &progress{what: what, w: a.stderr, enabled: onTerminal && !quiet, color: a.renderOptions(a.stderr).Color, start: time.Now()}
}

// The control sequences that a line of progress needs.
const (
	toStart   = "\r"
	clearLine = "\r\x1b[K"
)

// updateInterval is short enough for an eye, and long enough to cost nothing.
const updateInterval = 100 * time.Millisecond

// update shows how far it is, when the last time was some while ago. The width is asked for each time, as a window
// may change.
func (p *progress) update(at index.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.enabled || time.Since(p.updated) < updateInterval {
		return
	}
	p.updated = time.Now()
	width, _, _ := terminalSize(p.w)
	// One column stays free, as some terminals begin a new line at the last.
	line := render.Progress(p.what, at, time.Since(p.start), max(width-1, 1), p.color)
	fmt.Fprint(p.w, toStart, line, "\x1b[K")
	p.visible = true
}

// printAbove writes a line of its own above what is painted next.
func (p *progress) printAbove(say func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.visible {
		fmt.Fprint(p.w, clearLine)
		p.visible = false
	}
	say()
}

// clear takes the line away.
func (p *progress) clear() { p.printAbove(func() {}) }
