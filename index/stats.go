package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// Stats are figures about an index, as of its last generation.
type Stats struct {
	Schema      int
	Articles    int
	Stories     int   // that Articles come to, copies of one text being one
	Tokens      int64 // words of titles, headings and bodies
	Segments    []SegmentStats
	Sections    map[string]int64 // bytes of the last generation by kind of section; on servers none are told
	Files       map[string]int64 // bytes on the disk by kind of file, each file once
	Generations []GenerationStats
	Written     time.Time // when the last generation was published
	// The articles by what is known of their date: the day and the time of day,
	// the day alone, or nothing.
	WithTime, WithDay, Undated int
	// OutOfRange is the number of those with a date that are before 1900, or more
	// than a day ahead.
	OutOfRange int
	// Oldest and Newest are the first and the last date of publication that is not
	// out of range; zero where no article has one.
	Oldest, Newest time.Time
	// Embargoed is the number of articles that wait for the end of their embargo, and
	// are in no other number of articles here. Withdrawn are those that their senders
	// took back, and Versions what is kept of versions that don't stand.
	Embargoed, Withdrawn, Versions int
	// Outlets, Languages and Topics are the commonest values, statsValues of each.
	Outlets, Languages, Topics FacetCounts
	// Learned is what is learned of what words mean; nil for nothing.
	Learned *Learned
}

// statsValues is the number of values of a facet in Stats.
const statsValues = 5

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

// Stats counts what the index holds and what it takes where it is kept. In a folder it
// reads every list of words, which takes a second or so for a million articles.
func (ix *Index) Stats(ctx context.Context) (*Stats, error) {
	m, ok := able[engine.Maintainer](ix.engine)
	if !ok {
		return nil, fmt.Errorf("stats: %w by this kind of index", ErrUnsupported)
	}
	l, err := m.Stats(ctx)
	if err != nil {
		return nil, err
	}
	embargoed := l.Articles - l.Released.Articles
	if ix.embargoed {
		embargoed = 0
	} else {
		l.Articles, l.Tokens, l.Dates = l.Released.Articles, l.Released.Tokens, l.Released.Dates
	}
	s := &Stats{
		Schema: l.Schema, Articles: l.Articles, Tokens: l.Tokens, Sections: orEmpty(l.Sections), Files: orEmpty(l.Files),
		Written: l.Written, Embargoed: embargoed,
		WithTime: l.Dates.Time, WithDay: l.Dates.Day, Undated: l.Dates.None, OutOfRange: l.Dates.Strange,
	}
	for _, seg := range l.Segments {
		s.Segments = append(s.Segments, SegmentStats(seg))
	}
	for _, g := range l.Generations {
		s.Generations = append(s.Generations, GenerationStats(g))
	}
	if err := ix.addHandling(ctx, s); err != nil {
		return nil, err
	}
	if s.Learned, err = ix.learned(ctx); err != nil {
		return nil, err
	}
	return s, ix.addCoverage(ctx, s)
}

// orEmpty returns a map that is there.
func orEmpty(m map[string]int64) map[string]int64 {
	if m == nil {
		return map[string]int64{}
	}
	return m
}

// addHandling adds what became of articles that their senders took back or replaced.
func (ix *Index) addHandling(ctx context.Context, s *Stats) (err error) {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	for n, err := range snap.Notes(ctx, "", true) {
		if err != nil {
			return err
		}
		switch kind, _ := splitNoteKey(n.Key); kind {
		case notedTombstone:
			s.Withdrawn++
		case notedVersion:
			s.Versions++
		}
	}
	return nil
}

// addCoverage adds what the articles are about, and from when.
func (ix *Index) addCoverage(ctx context.Context, s *Stats) error {
	res, err := ix.Search(ctx, Query{Limit: -1, FacetLimit: statsValues, Facets: []string{FacetSource, FacetLang, FacetTopic}})
	if err != nil {
		return err
	}
	s.Stories = res.Stories
	s.Outlets, s.Languages, s.Topics = res.Facets[0], res.Facets[1], res.Facets[2]
	from, to := engine.PlausibleDates(time.Now())
	for _, end := range []struct {
		sort Sort
		date *time.Time
	}{{Oldest, &s.Oldest}, {Newest, &s.Newest}} {
		res, err := ix.Search(ctx, Query{Limit: 1, Passages: -1, Copies: AllCopies, Sort: end.sort, Since: from, Until: to})
		if err != nil {
			return err
		}
		if len(res.Hits) > 0 {
			*end.date = res.Hits[0].Article.Published
		}
	}
	return nil
}
