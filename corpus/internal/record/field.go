package record

import "math"

// Field is a field of an article that a source may state.
type Field uint8

// The fields of an article.
const (
	NoField Field = iota
	ID
	Title
	Summary
	Body
	Authors
	Source
	Published
	Updated
	Language
	Topics
	Places
	People
	Organizations
	URL
	// Lead is a first paragraph that stands apart from the text. An article
	// has no such field: it is searched with the text.
	Lead
	NumFields
)

// String returns the name of a field as an article has it in JSON.
func (f Field) String() string {
	if f == NoField || f >= NumFields {
		return ""
	}
	return fieldNames[f][0]
}

// Bounds of the values of one record. No honest record comes near.
const (
	MaxValues = 256     // of one field, such as topics
	MaxParts  = 100_000 // paragraphs, of a body that is a list
)

// Bounds of single values, in bytes.
const (
	MaxLabel  = 1 << 10 // such as a name
	MaxStated = 4 << 10 // titles, addresses and ids
	// MaxSummary is that of a paragraph that somebody put all of the text in.
	MaxSummary = 64 << 10
)

// Gathers reports whether a field takes the values of all its names. Any
// other field takes those of its best name.
func (f Field) Gathers() bool {
	switch f {
	case Topics, Places, People, Organizations:
		return true
	}
	return false
}

// IsText reports whether f is text in a language.
func (f Field) IsText() bool { return f == Title || f == Summary || f == Lead || f == Body }

// IsDate reports whether f is a day or a moment.
func (f Field) IsDate() bool { return f == Published || f == Updated }

// TakesNumbers reports whether a number can be a value of f. A number among
// topics or authors is the key of a row in somebody's database.
func (f Field) TakesNumbers() bool {
	switch f {
	case ID, Published, Updated, Title:
		return true
	}
	return false
}

// maxBytes returns the most bytes of a value that are kept.
func (f Field) maxBytes() int {
	switch f {
	case Body:
		return math.MaxInt
	case Summary, Lead:
		return MaxSummary
	case ID, Title, URL:
		return MaxStated
	}
	return MaxLabel
}

// holdsList reports whether one value of f may be a list, written with commas
// or semicolons.
func (f Field) holdsList() bool { return f.Gathers() || f == Authors }
