package engine

import (
	"context"
	"iter"
	"time"
)

// Maintainer is an Engine that can be measured and compacted while it is open.
type Maintainer interface {
	// Stats returns figures about the last generation, and about what the index
	// takes where it is kept.
	Stats(ctx context.Context) (*Stats, error)
	// Compact gives back the space of what was deleted or replaced, and publishes
	// the result. Snapshots stay good meanwhile.
	Compact(ctx context.Context) (CompactReport, error)
}

// OfflineMaintainer is a Driver that takes care of indexes which are not open,
// or cannot be opened.
type OfflineMaintainer interface {
	// Check reads all of an index and names what is not as it was written. It
	// changes nothing. Others may read and write meanwhile. What is damaged is in
	// the report; an error means that the check could not be done.
	Check(ctx context.Context, location string) (*CheckReport, error)
	// Rebuild makes an index again from the articles that it stores, one of an
	// older schema too. The new index takes the place of the old one when it is
	// whole. Readers are not blocked. Damage is an error.
	Rebuild(ctx context.Context, location string, o RebuildOptions) (RebuildReport, error)
	// Repair does the same for an index with damage: from the newest whole state,
	// if nothing later is known, else from every article that can be read. The
	// damaged index is kept under another name. An index without damage is left
	// as it is.
	Repair(ctx context.Context, location string, o RebuildOptions) (RebuildReport, error)
	// Backup copies the last generation to a place that is not there yet. What was
	// written since may be in it too. Others may read and write meanwhile.
	Backup(ctx context.Context, location, to string) (BackupReport, error)
	// Restore makes the index at location from a backup, which is checked first.
	// A location that is taken is fs.ErrExist, unless o.Force is set.
	Restore(ctx context.Context, from, location string, o RestoreOptions) (BackupReport, error)
}

// CheckReport is what a check found.
type CheckReport struct {
	Schema   int
	Articles int // of the last generation, counted by what is stored
	Files    int
	Bytes    int64
	Damage   []Damage
	Notes    []string // what is no damage and yet worth knowing
}

// Damage is a file that is not as it was written.
type Damage struct {
	Path string
	Err  error
}

// RebuildOptions says how to make an index again.
type RebuildOptions struct {
	LockWait time.Duration // for another writer to finish
	// Reindex analyses the articles that are read of the old index and writes
	// them to the new one, which is published afterwards. It may be called not at
	// all, where a whole state is copied.
	Reindex Reindex
}

// Reindex writes the articles of an index that is made again. An engine doesn't
// analyse articles, so the caller of Rebuild does.
type Reindex func(ctx context.Context, from Salvage, to Writer) error

// Salvage is what can still be read of an index.
type Salvage interface {
	// Articles yields the articles, each id once. Those that can't be read are
	// left out, and in the report. An error is the last thing yielded.
	Articles(ctx context.Context) iter.Seq2[StoredArticle, error]
	// Notes yields the notes, each key once, when Articles has ended. Those that
	// can't be read are left out, and in the report.
	Notes(ctx context.Context) iter.Seq2[Note, error]
	// Damaged says that the index is known to have damage, so that what can't be
	// read is to be done without.
	Damaged() bool
	// ReadSetting is that of Settings.
	ReadSetting(ctx context.Context, name string) (content []byte, where string, err error)
}

// RebuildReport is what came of making an index again.
type RebuildReport struct {
	Articles int // in the new index
	// Whole says that a whole state of the index was copied, and not made again
	// article by article.
	Whole bool
	Lost  []Loss // what could not be read
	// Unsure says that the deletions of the old index could not be read, so
	// that articles may be there again that were deleted.
	Unsure bool
	// Kept is where the old index is; empty when it was removed.
	Kept string
}

// Loss is an article, or all of a file, that could not be read.
type Loss struct {
	File string
	ID   string // of the article; empty when not even that can be read
	Err  error
}

// RestoreOptions says how to restore a backup.
type RestoreOptions struct {
	// Force lets the backup take the place of what is there, which is kept under
	// another name.
	Force    bool
	LockWait time.Duration // for another writer to finish
	Reindex  Reindex       // for a backup of an older schema; see RebuildOptions
}

// BackupReport is what a backup or its restoration came to.
type BackupReport struct {
	Articles int
	Bytes    int64  // of what was backed up, before compression
	Kept     string // by Restore: where the index before is
}

// CompactReport is what compacting came to.
type CompactReport struct {
	Before, After int64 // bytes that the index takes
}

// Stats are figures about an index. What an engine doesn't have is left out.
type Stats struct {
	Schema      int
	Articles    int
	Tokens      int64 // words of titles, headings and bodies
	Segments    []SegmentStats
	Sections    map[string]int64 // bytes of the last generation by kind of section
	Files       map[string]int64 // bytes on the disk by kind of file, each file once
	Generations []GenerationStats
	Written     time.Time // when the last generation was published
	Dates       DateStats
	// Released are articles, tokens and dates without what is under embargo now.
	Released struct {
		Articles int
		Tokens   int64
		Dates    DateStats
	}
}

// SegmentStats are figures about a segment of the last generation.
type SegmentStats struct {
	Name               string
	Documents, Deleted int
	Bytes              int64
}

// GenerationStats are figures about a generation.
type GenerationStats struct {
	Number   uint64
	Current  bool
	Articles int
	// Held says that a process reads it, and By which ones, where the system
	// tells.
	Held bool
	By   []string
}

// DateStats tell what is known of the dates of articles.
type DateStats struct {
	Time    int // day and time of day
	Day     int // the day alone
	None    int
	Strange int // of those with a date: outside of PlausibleDates
}

// PlausibleDates returns the period outside of which the date of an article is
// likely a mistake: it begins with 1900 and ends a day ahead of now.
func PlausibleDates(now time.Time) (from, to time.Time) {
	const firstYear = 1900
	return time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC), now.AddDate(0, 0, 1)
}
