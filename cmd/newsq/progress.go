package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// progress paints one line that tells how far a sync has come, over and over,
// on a terminal. On anything else it writes nothing.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	on    bool
	color bool
	start time.Time
	shown bool
}

// newProgress returns a progress on standard error.
func (a *app) newProgress(quiet bool) *progress {
	_, _, onTerminal := terminal(a.stderr)
	return &progress{w: a.stderr, on: onTerminal && !quiet, color: a.display(a.stderr).Color, start: time.Now()}
}

// The control sequences that a line of progress needs.
const (
	toStart   = "\r"
	clearLine = "\r\x1b[K"
)

// paint shows how far it is. The width is asked for each time, as a window
// may change.
func (p *progress) paint(at index.Progress) {
	if !p.on {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	width, _, _ := terminal(p.w)
	// One column stays free, as some terminals begin a new line at the last.
	line := render.Progress(at, time.Since(p.start), max(width-1, 1), p.color)
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
