package wire

import "github.com/newsq/newsq/index"

// Translation is a query of another language in newsq's: newsq translate --json.
type Translation struct {
	Format int    `json:"format"`
	Syntax string `json:"syntax"` // that it was written in
	Query  string `json:"query"`  // as it was typed
	Reading
}

// Reading is what newsq reads a query of another language as.
type Reading struct {
	ReadAs string        `json:"read_as"` // in newsq's language
	Notes  []ReadingNote `json:"notes"`   // on what newsq means otherwise, or cannot say
}

// ReadingNote is a note about a part of a query that was translated.
type ReadingNote struct {
	Start int    `json:"start"` // bytes of the query as it was typed
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// NewTranslation returns the form of a translation of query.
func NewTranslation(s index.Syntax, query string, t *index.Translation) Translation {
	return Translation{Format: Format, Syntax: s.String(), Query: query, Reading: *newReading(t)}
}

// newReading returns the form of a translation within other forms; nil for none.
func newReading(t *index.Translation) *Reading {
	if t == nil {
		return nil
	}
	notes := each(t.Notes, func(n index.TranslationNote) ReadingNote { return ReadingNote(n) })
	if notes == nil {
		notes = []ReadingNote{}
	}
	return &Reading{ReadAs: t.Query, Notes: notes}
}
