package index

import (
	"context"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// CheckReport is what a check of an index found.
type CheckReport struct {
	Articles int // in the current generation
	Files    int
	Bytes    int64
	Damage   []Damage
	Notes    []string // worth knowing, and no damage
	Took     time.Duration
}

// Damage is a file that is not as it was written, or an article of it that
// cannot be read.
type Damage struct {
	Path string // of the file
	ID   string // of the article; empty for a file, and when the id cannot be read
	Err  error
}

// Whole reports whether there is no damage.
func (r *CheckReport) Whole() bool { return len(r.Damage) == 0 }

// Check reads every file of the index in the folder location: it holds them to
// their sums, generations to their manifests, and numbers to the articles that
// are stored. It changes nothing, and others may read and write meanwhile.
// Damage is in the report; an error means that the check could not be done.
func Check(ctx context.Context, location string) (CheckReport, error) {
	start := time.Now()
	m, at, err := maintainerOf(location)
	if err != nil {
		return CheckReport{}, fmt.Errorf("check index: %w", err)
	}
	found, err := m.Check(ctx, at)
	if err != nil {
		return CheckReport{}, err
	}
	r := CheckReport{Articles: found.Articles, Files: found.Files, Bytes: found.Bytes, Notes: found.Notes, Took: time.Since(start)}
	for _, d := range found.Damage {
		r.Damage = append(r.Damage, Damage{Path: d.Path, Err: d.Err})
	}
	return r, nil
}

// Repair makes a damaged index whole again. It takes the newest state that is
// whole, if nothing later is known, else every article that can still be read. The
// new index is made beside the damaged one and takes its place; the damaged one is
// kept under another name. RebuildReport.Lost names what could not be saved. An
// index without damage is left as it is; RebuildReport.Kept is empty then.
func Repair(ctx context.Context, location string, o *RebuildOptions) (RebuildReport, error) {
	return runRebuild(ctx, location, "repair", o, engine.OfflineMaintainer.Repair)
}
