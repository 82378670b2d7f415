// Package enginetest is the suite that every engine passes: it holds an engine
// to the slow evaluation of package match and to a Go map, over random
// articles, batches, updates, deletions and queries, and goes through every
// method of the contract in package engine. What an engine doesn't offer is
// skipped.
package enginetest

import (
	"cmp"
	"context"
	"math"
	"path/filepath"
	"testing"

	"github.com/newsq/newsq/internal/engine"
)

// Target is the engine under test.
type Target struct {
	Driver engine.Driver
	// Location is the location of an index for which there is a new, empty folder
	// of its own; nil for that folder.
	Location func(dir string) string
	// Remove forgets the index at a location, if there is one; nil for an engine
	// that keeps everything in the folder.
	Remove func(location string) error
	// Backup is the place of a backup for which there is a new, empty folder of its
	// own; nil for a folder in that one. It may skip the test.
	Backup func(t *testing.T, dir string) string
	// Tolerance of scores, relative to 1 or to the score where that is more; 0 is
	// that of an engine which may add up in another order.
	Tolerance float64
}

// location is where the index of a folder is.
func (target Target) location(dir string) string {
	if target.Location == nil {
		return dir
	}
	return target.Location(dir)
}

// backup is the place of the backup of a folder.
func (target Target) backup(t *testing.T, dir string) string {
	if target.Backup == nil {
		return filepath.Join(dir, "backup")
	}
	return target.Backup(t, dir)
}

// fresh returns the location of an index that there is not yet, which is removed
// after the test. With a name, not even its folder is there.
func (target Target) fresh(t *testing.T, name string) string {
	location := target.location(filepath.Join(t.TempDir(), name))
	t.Cleanup(func() {
		if err := target.remove(location); err != nil {
			t.Error(err)
		}
	})
	return location
}

func (target Target) remove(location string) error {
	if target.Remove == nil {
		return nil
	}
	return target.Remove(location)
}

// open opens an index for writing.
func (target Target) open(ctx context.Context, location string) (engine.Engine, error) {
	return target.Driver.Open(ctx, location, engine.Options{})
}

// defaultTolerance is that of an engine which may add up in another order.
const defaultTolerance = 1e-9

// same reports whether scores are the same but for the tolerance.
func (target Target) same(a, b float64) bool {
	return math.Abs(a-b) <= cmp.Or(target.Tolerance, defaultTolerance)*max(1, math.Abs(a), math.Abs(b))
}

// Run runs the suite.
func Run(t *testing.T, target Target) {
	t.Run("RanksLikeTheOracle", func(t *testing.T) { ranksLikeTheOracle(t, target) })
	t.Run("FindsCopies", func(t *testing.T) { findsCopies(t, target) })
	t.Run("PassesOverLikeTheOracle", func(t *testing.T) { passesOverLikeTheOracle(t, target) })
	t.Run("KeepsWhatWasWritten", func(t *testing.T) { keepsWhatWasWritten(t, target) })
	t.Run("HidesWhatIsEmbargoed", func(t *testing.T) { hidesWhatIsEmbargoed(t, target) })
	t.Run("Learns", func(t *testing.T) { learns(t, target) })
	t.Run("VectorsOfEmbargoed", func(t *testing.T) { vectorsOfEmbargoed(t, target) })
	t.Run("KeepsNotes", func(t *testing.T) { keepsNotes(t, target) })
	t.Run("PagesAddUp", func(t *testing.T) { pagesAddUp(t, target) })
	t.Run("PagesAddUpWhileWritten", func(t *testing.T) { pagesAddUpWhileWritten(t, target) })
	t.Run("Reranks", func(t *testing.T) { reranks(t, target) })
	t.Run("RefusesOtherStatistics", func(t *testing.T) { refusesOtherStatistics(t, target) })
	t.Run("ShowsWholeGenerations", func(t *testing.T) { showsWholeGenerations(t, target) })
	t.Run("RemembersEntries", func(t *testing.T) { remembersEntries(t, target) })
	t.Run("PlacesAreOfOneSnapshot", func(t *testing.T) { placesAreOfOneSnapshot(t, target) })
	t.Run("StreamsStop", func(t *testing.T) { streamsStop(t, target) })
	t.Run("Cancelled", func(t *testing.T) { cancelled(t, target) })
	t.Run("ReadsOnly", func(t *testing.T) { readsOnly(t, target) })
	t.Run("KeepsSettings", func(t *testing.T) { keepsSettings(t, target) })
	t.Run("Compacts", func(t *testing.T) { compacts(t, target) })
	t.Run("MaintainsOffline", func(t *testing.T) { maintainsOffline(t, target) })
	t.Run("EmptyIndex", func(t *testing.T) { emptyIndex(t, target) })
}
