package wire

import "github.com/newsq/newsq/index"

// RemoveReport is what was removed by hand: newsq remove --json. With --dry-run it is
// what would be.
type RemoveReport struct {
	Format  int      `json:"format"`
	Removed int      `json:"removed"` // articles; of a dry run, how many it would be
	DryRun  bool     `json:"dry_run,omitempty"`
	IDs     []string `json:"ids"` // of the articles that were named; of a query, the first ones
}

// NewRemoveReport returns the form of what was removed.
func NewRemoveReport(n int, ids []string, dryRun bool) RemoveReport {
	return RemoveReport{Format: Format, Removed: n, DryRun: dryRun, IDs: append([]string{}, ids...)}
}

// GoneReport is what would be pruned: newsq index --prune --dry-run --json.
type GoneReport struct {
	Format   int        `json:"format"`
	DryRun   bool       `json:"dry_run"`
	Articles int        `json:"articles"`
	Gone     []GonePath `json:"gone"`
}

// GonePath is a folder or a file that is no longer there.
type GonePath struct {
	Path     string `json:"path"`
	Files    int    `json:"files"`
	Articles int    `json:"articles"`
}

// NewGoneReport returns the form of what would be pruned.
func NewGoneReport(gone []index.SourcePath) GoneReport {
	r := GoneReport{Format: Format, DryRun: true, Gone: each(gone, func(p index.SourcePath) GonePath { return GonePath(p) })}
	for _, p := range gone {
		r.Articles += p.Articles
	}
	return r
}
