package index

import (
	"context"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// Stats are figures about an index, as of its last generation.
type Stats struct {
	Schema      int
	Articles    int
	Tokens      int64 // words of titles, headings and bodies
	Segments    []SegmentStats
	Sections    map[string]int64 // bytes of the last generation by kind of section
	Files       map[string]int64 // bytes on the disk by kind of file, each file once
	Generations []GenerationStats
	Written     time.Time // when the last generation was published
	// The articles by what is known of their date: the day and the time of day,
	// the day alone, or nothing.
	WithTime, WithDay, Undated int
	// OutOfRange is the number of those with a date that are before 1900, or more
	// than a day ahead.
	OutOfRange int
}

// SegmentStats are figures about a segment.
type SegmentStats struct {
	Name               string
	Documents, Deleted int
	Bytes              int64
}

// GenerationStats are figures about a generation. Those that readers hold stay
// until they let go.
type GenerationStats struct {
	Number   uint64
	Current  bool
	Articles int
	Held     bool
	By       []string // the processes that hold it, where the system tells
}

// Stats counts what the index holds and what it takes on the disk. It reads
// every list of words, which takes a second or so for a million articles.
func (ix *Index) Stats(ctx context.Context) (*Stats, error) {
	m, ok := ix.engine.(engine.Maintainer)
	if !ok {
		return nil, fmt.Errorf("stats: %w by this kind of index", ErrUnsupported)
	}
	l, err := m.Stats(ctx)
	if err != nil {
		return nil, err
	}
	s := &Stats{
		Schema: l.Schema, Articles: l.Articles, Tokens: l.Tokens, Sections: l.Sections, Files: l.Files,
		Written:  l.Written,
		WithTime: l.Dates.Time, WithDay: l.Dates.Day, Undated: l.Dates.None, OutOfRange: l.Dates.Strange,
	}
	for _, seg := range l.Segments {
		s.Segments = append(s.Segments, SegmentStats(seg))
	}
	for _, g := range l.Generations {
		s.Generations = append(s.Generations, GenerationStats(g))
	}
	return s, nil
}
