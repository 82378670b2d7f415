// Package figures keeps the figures of an index for as long as nothing is written: to
// count them reads every list of words.
package figures

import (
	"context"
	"sync"

	"github.com/newsq/newsq/index"
)

// Figures are those of one index. They are safe for concurrent use.
type Figures struct {
	Index *index.Index

	mu    sync.Mutex
	state index.State
	stats *index.Stats
}

// Of returns the figures of the state that the index is in. Nobody changes them. One who
// asks counts, and others who ask meanwhile get what was counted.
func (f *Figures) Of(ctx context.Context) (*index.Stats, error) {
	state, err := f.Index.State(ctx)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stats == nil || f.state != state {
		s, err := f.Index.Stats(ctx)
		if err != nil {
			return nil, err
		}
		f.state, f.stats = state, s
	}
	return f.stats, nil
}
