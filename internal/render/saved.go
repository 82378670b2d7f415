package render

import (
	"io"
	"iter"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// Saved writes the saved searches: the name, what is asked for, and why it can't be, if so.
func Saved(w io.Writer, list []index.SavedSearch, opt Options) error {
	p := newPage(w, opt)
	for i := range list {
		s := &list[i]
		p.writeWrapped("", 2, text{s: Clean(s.Name), base: p.title})
		p.writeWrapped("  ", 2, text{s: Clean(wire.SavedQuery(s)), base: p.plain})
		if s.Err != nil {
			p.writeWrapped("  ", 2, text{s: "can't be asked: " + Clean(s.Err.Error()), base: p.plain})
		}
	}
	return p.err
}

// SavedNews returns the words that tell what a sync brought for a saved search.
func SavedNews(c *index.SavedCount) string {
	s := Clean(c.Search.Name) + ": " + humanize.Comma(int64(c.Added)) + " new"
	if c.New > c.Added {
		s += ", " + humanize.Comma(int64(c.New)) + " since you looked"
	}
	return s
}

// SavedJSON writes the saved searches as JSON.
func SavedJSON(w io.Writer, list []index.SavedSearch) error {
	return wire.Write(w, wire.NewSavedSearches(list))
}

// NewHitsJSONL writes the new articles of a saved search, one JSON object a line.
func NewHitsJSONL(w io.Writer, search string, hits iter.Seq2[index.Hit, error]) error {
	for h, err := range hits {
		if err != nil {
			return err
		}
		if err := wire.Write(w, wire.NewNewHit(search, &h)); err != nil {
			return err
		}
	}
	return nil
}
