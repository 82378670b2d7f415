// Package enginetest is the suite that every engine passes: it holds an engine
// to the slow evaluation of package match and to a Go map, over random
// articles, batches, updates, deletions and queries.
package enginetest

import (
	"context"
	"testing"

	"github.com/newsq/newsq/internal/engine"
)

// Opener opens the engine of a folder for writing.
type Opener func(ctx context.Context, dir string) (engine.Engine, error)

// Run runs the suite.
func Run(t *testing.T, open Opener) {
	t.Run("RanksLikeTheOracle", func(t *testing.T) { ranksLikeTheOracle(t, open) })
	t.Run("PassesOverLikeTheOracle", func(t *testing.T) { passesOverLikeTheOracle(t, open) })
	t.Run("KeepsWhatWasWritten", func(t *testing.T) { keepsWhatWasWritten(t, open) })
	t.Run("PagesAddUp", func(t *testing.T) { pagesAddUp(t, open) })
	t.Run("ShowsWholeGenerations", func(t *testing.T) { showsWholeGenerations(t, open) })
	t.Run("RemembersEntries", func(t *testing.T) { remembersEntries(t, open) })
	t.Run("PlacesAreOfOneSnapshot", func(t *testing.T) { placesAreOfOneSnapshot(t, open) })
	t.Run("StreamsStop", func(t *testing.T) { streamsStop(t, open) })
	t.Run("Cancelled", func(t *testing.T) { cancelled(t, open) })
	t.Run("EmptyIndex", func(t *testing.T) { emptyIndex(t, open) })
}
