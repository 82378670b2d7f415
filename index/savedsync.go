package index

import (
	"context"
	"errors"

	"github.com/newsq/newsq/internal/engine"
)

// savedBefore is called before a sync, with the index as it is then. It returns a function
// that reports, after the sync, what came in for the saved searches. What is wrong with them
// or their file is reported and ends no sync.
func (ix *Index) savedBefore(ctx context.Context, snap engine.Snapshot, report *SyncReport) (tell func(context.Context), _ error) {
	warn := func(err error) {
		report.Warnings = append(report.Warnings, "saved searches are not told of: "+err.Error())
	}
	f, err := readSaved(ctx, ix.engine)
	if _, malformed := errors.AsType[*savedFileError](err); malformed {
		return func(context.Context) { warn(err) }, nil
	}
	if err != nil || len(f.Searches) == 0 {
		return func(context.Context) {}, err
	}
	before, err := lastAddedIn(ctx, snap)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) {
		// Who looked at what is new meanwhile has marked it as seen.
		f, err := readSaved(ctx, ix.engine)
		if err == nil {
			report.Saved, err = ix.tellSaved(ctx, f.Searches, before)
		}
		if err != nil {
			warn(err)
		}
	}, nil
}
