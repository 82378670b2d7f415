package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// progress shows on a terminal how far some work has come, on one line that it
// writes again and again. On anything else it writes nothing. It is safe for
// concurrent use.
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

// newProgress returns the progress of some work, on standard error.
func (a *app) newProgress(what string, quiet bool) *progress {
	_, _, onTerminal := terminalSize(a.stderr)
	return &progress{what: what, w: a.stderr, enabled: onTerminal && !quiet, color: a.renderOptions(a.stderr).Color, start: time.Now()}
}

// The control sequences that a line of progress needs.
const (
	toStart   = "\r"
	clearLine = "\r\x1b[K"
)

// updateInterval is short enough to look steady, and long enough to cost
// nothing.
const updateInterval = 100 * time.Millisecond

// update shows how far the work is, unless it did so a moment ago.
func (p *progress) update(at index.Progress) {
	p.paint(func(width int) string { return render.Progress(p.what, at, time.Since(p.start), width, p.color) })
}

// updateCopy is update for a copy.
func (p *progress) updateCopy(done, total int) {
	p.paint(func(width int) string { return render.CopyProgress(done, total, time.Since(p.start), width, p.color) })
}

// paint shows a line, unless it did so a moment ago. It asks for the width each time,
// since a window may have changed.
func (p *progress) paint(line func(width int) string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.enabled || time.Since(p.updated) < updateInterval {
		return
	}
	p.updated = time.Now()
	width, _, _ := terminalSize(p.w)
	// One column stays free, since some terminals begin a new line at the last.
	fmt.Fprint(p.w, toStart, line(max(width-1, 1)), "\x1b[K")
	p.visible = true
}

// printAbove takes the line away and calls print, whose lines then stand above
// the next progress.
func (p *progress) printAbove(print func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.visible {
		fmt.Fprint(p.w, clearLine)
		p.visible = false
	}
	print()
}

// clear takes the line away. It may be called more than once.
func (p *progress) clear() { p.printAbove(func() {}) }
