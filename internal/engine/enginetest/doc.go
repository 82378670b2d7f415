// Package enginetest is the suite that every engine passes: it holds an engine
// to the slow evaluation of package match and to a Go map, over random
// articles, batches, updates, deletions and queries, and goes through every
// method of the contract in package engine. What an engine doesn't offer is
// skipped.
package enginetest

import (
	"context"
	"testing"

	"github.com/newsq/newsq/internal/engine"
)

// Target is the engine under test.
type Target struct {
	Driver engine.Driver
	// Location is the location of an index for which there is a new, empty folder
	// of its own; nil for that folder.
	Location func(dir string) string
	// Tolerance of scores, relative to 1 or to the score where that is more; 0 is
	// that of an engine which may add up in another order.
	Tolerance float64
}

func (target Target) location(dir string) string {
	if target.Location == nil {
		return dir
	}
	return target.Location(dir)
}

// opener opens the index that belongs to a folder for writing.
type opener func(ctx context.Context, dir string) (engine.Engine, error)

// Run runs the suite.
func Run(t *testing.T, target Target) {
	open := func(ctx context.Context, dir string) (engine.Engine, error) {
		return target.Driver.Open(ctx, target.location(dir), engine.Options{})
	}
	t.Run("RanksLikeTheOracle", func(t *testing.T) { ranksLikeTheOracle(t, open) })
	t.Run("PassesOverLikeTheOracle", func(t *testing.T) { passesOverLikeTheOracle(t, open) })
	t.Run("KeepsWhatWasWritten", func(t *testing.T) { keepsWhatWasWritten(t, open) })
	t.Run("HidesWhatIsEmbargoed", func(t *testing.T) { hidesWhatIsEmbargoed(t, open) })
	t.Run("KeepsNotes", func(t *testing.T) { keepsNotes(t, open) })
	t.Run("PagesAddUp", func(t *testing.T) { pagesAddUp(t, open) })
	t.Run("PagesAddUpWhileWritten", func(t *testing.T) { pagesAddUpWhileWritten(t, open) })
	t.Run("RefusesOtherStatistics", func(t *testing.T) { refusesOtherStatistics(t, open) })
	t.Run("ShowsWholeGenerations", func(t *testing.T) { showsWholeGenerations(t, open) })
	t.Run("RemembersEntries", func(t *testing.T) { remembersEntries(t, open) })
	t.Run("PlacesAreOfOneSnapshot", func(t *testing.T) { placesAreOfOneSnapshot(t, open) })
	t.Run("StreamsStop", func(t *testing.T) { streamsStop(t, open) })
	t.Run("Cancelled", func(t *testing.T) { cancelled(t, open) })
	t.Run("ReadsOnly", func(t *testing.T) { readsOnly(t, target) })
	t.Run("KeepsSettings", func(t *testing.T) { keepsSettings(t, target) })
	t.Run("Compacts", func(t *testing.T) { compacts(t, open) })
	t.Run("MaintainsOffline", func(t *testing.T) { maintainsOffline(t, target) })
	t.Run("EmptyIndex", func(t *testing.T) { emptyIndex(t, open) })
}
