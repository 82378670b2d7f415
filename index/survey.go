package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/corpus"
)

// SurveyedFile is what a file would be read as.
type SurveyedFile struct {
	Key   string   // of the entry
	Size  int64    // in bytes as stored; -1 when not known
	Forms []string // of what is in it, in the order in which they were met
	// Articles is the number of articles, and Titles are those of the first three.
	Articles int
	Titles   []string
	Links    int // without text, see SyncReport.Links
	// Errors are what could not be read, or not whole: the first twenty, and More
	// beyond these. An error that ended the reading is the last.
	Errors []*corpus.ReadError
	More   int
}

// SurveyReport is what a source would be read as.
type SurveyReport struct {
	Files, Articles int
	Links           int          // without text, see SyncReport.Links
	Forms           []FormReport // see SyncReport.Forms
	Skipped         int
	SkippedAs       []SkippedFiles
	// Unreadable are places that could not be looked at, such as a folder that may
	// not be entered; those within files are told with the file.
	Unreadable []*corpus.ReadError
	Bytes      int64
	Took       time.Duration
}

// Bounds of what is told of one file.
const (
	surveyTitles = 3
	surveyErrors = 20
)

// Survey reads all of src, as a first sync would, keeps nothing of it, and tells
// each of its files. When each returns an error, that ends the survey and is
// returned.
func Survey(ctx context.Context, src corpus.Source, each func(*SurveyedFile) error) (SurveyReport, error) {
	start := time.Now()
	s := &surveyor{counts: newFormCounter()}
	err := s.run(ctx, src, each)
	s.report.Forms, s.report.SkippedAs = s.counts.reports()
	s.report.Took = time.Since(start)
	return s.report, err
}

// surveyor is a survey under way.
type surveyor struct {
	report SurveyReport
	counts *formCounter
}

func (s *surveyor) run(ctx context.Context, src corpus.Source, each func(*SurveyedFile) error) error {
	seen := map[string]bool{}
	for e, err := range src.Entries(ctx) {
		if err != nil {
			if err := s.note(err); err != nil {
				return fmt.Errorf("walk the source: %w", err)
			}
			continue
		}
		if seen[e.Key] {
			continue
		}
		seen[e.Key] = true
		file := s.entry(ctx, &e)
		if err := ctx.Err(); err != nil {
			return err
		}
		if file == nil {
			continue
		}
		s.report.Files++
		s.report.Articles += file.Articles
		s.report.Bytes += max(e.Size, 0)
		if err := each(file); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// note notes an error of walking the source, and returns one that ends it.
func (s *surveyor) note(err error) error {
	place, ok := errors.AsType[*corpus.ReadError](err)
	switch {
	case !ok:
		return err
	case errors.Is(err, corpus.ErrUnknownFormat):
		s.skip(place)
	default:
		s.report.Unreadable = append(s.report.Unreadable, place)
	}
	return nil
}

func (s *surveyor) skip(place *corpus.ReadError) {
	s.report.Skipped++
	s.counts.skip(place.Path)
}

// entry reads an entry. It returns nil for a file in no form that is known.
func (s *surveyor) entry(ctx context.Context, e *corpus.Entry) *SurveyedFile {
	s.counts.begin()
	file := &SurveyedFile{Key: e.Key, Size: e.Size}
	unknown := false
	for a, err := range e.Articles(ctx) {
		if err == nil {
			file.addForm(a.Form)
			s.counts.article(a.Form)
			if file.Articles++; len(file.Titles) < surveyTitles {
				file.Titles = append(file.Titles, a.Title)
			}
			continue
		}
		place, ok := errors.AsType[*corpus.ReadError](err)
		if !ok {
			place = &corpus.ReadError{Path: e.Key, Err: err}
		}
		if errors.Is(err, corpus.ErrUnknownFormat) {
			unknown = true
			s.skip(place)
			continue
		}
		if links, ok := errors.AsType[*corpus.LinksError](err); ok {
			s.report.Links += links.Links
			file.Links += links.Links
			file.addForm(place.Form)
			continue
		}
		s.counts.fault(place, errors.Is(err, corpus.ErrPartial))
		file.addForm(place.Form)
		file.addError(place)
	}
	if unknown && file.Articles == 0 && len(file.Errors) == 0 {
		return nil
	}
	return file
}

func (f *SurveyedFile) addForm(name string) {
	if name != "" && !slices.Contains(f.Forms, name) {
		f.Forms = append(f.Forms, name)
	}
}

func (f *SurveyedFile) addError(e *corpus.ReadError) {
	if len(f.Errors) < surveyErrors {
		f.Errors = append(f.Errors, e)
	} else {
		f.More++
	}
}
