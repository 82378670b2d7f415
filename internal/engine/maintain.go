package engine

import (
	"context"
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
	Strange int // of those with a date: before 1900, or more than a day ahead
}
