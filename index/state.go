package index

import (
	"context"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// State is which state of an index is answered from. As long as it stays the same, so do
// the answers, but for those that depend on the time of day: dates such as 2h and monday,
// and [Query.Recency].
type State struct {
	// Generation counts up with whatever becomes visible: articles, and what was learned.
	Generation uint64
	// Identity tells generations of the same number apart, as there are where an index was
	// restored from a backup and written since; empty on servers.
	Identity string
	// Articles is the number of those that may be seen, which grows without a new
	// generation where an embargo ends.
	Articles int
}

// State returns the state of the index now. It costs next to nothing in a folder, and as
// much as a short search on servers.
func (ix *Index) State(ctx context.Context) (State, error) {
	snap, err := ix.snapshot(ctx, time.Now(), false)
	if err != nil {
		return State{}, err
	}
	s := State{Generation: snap.Generation(), Articles: snap.Len()}
	if i, ok := snap.(engine.Identified); ok {
		s.Identity = i.Identity()
	}
	return s, snap.Close(ctx)
}

// Aliases returns the other names that words of queries have.
func (ix *Index) Aliases() (*Aliases, error) { return ix.aliases() }
