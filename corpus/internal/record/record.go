// Package record holds what a reader found of an article before it is made
// one: the values of its fields, each with the place where it stood, its text,
// and what could not be read of it.
//
// A record is neutral: JSON, front matter, lines of a header and the metadata
// of a web page all become the same. A reader says what it found and where.
// What a value means (how a date is parsed, names are parted, the layout of a
// plain text is found) is decided in one place, where package corpus makes an
// article of the record.
//
// The package also knows the names under which sources write the fields of an
// article, see [Lookup], and what a person says of other names, see [Mapping].
package record

import (
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/extract"
)

// Record is what a reader found of one article. The zero Record is empty. It
// can be used again after [Record.Reset], so it belongs to whoever filled it,
// and is good for others only until the call returns that handed it on.
type Record struct {
	fields [NumFields]found

	// Form says how the values of Body are to be read. Together they are one
	// text, with a blank line between two of them.
	Form Form
	// Blocks are the text where a reader knows its paragraphs and headings.
	// Then Body has no values. With the form Either, a block may be HTML.
	Blocks []extract.Block
	// HeadingIsTitle says that a heading at the start of Blocks is the title,
	// where no field states one.
	HeadingIsTitle bool
	// Published and Updated are set by a reader that has a time rather than a
	// text. They go before the values of the fields of their names.
	Published, Updated Time

	// Exact is the article itself, where newsq has made it before and written it
	// whole. Then no other field of the article counts, and nothing is derived.
	Exact *Exact

	// Handling is what the sender says of the article's use; nil when nothing.
	Handling *Handling
	// GlobalID says that the id is the article's wherever it stands: a Message-ID, a
	// guid of a feed that is a URI.
	GlobalID bool
	// IsLink says that the record names an article and holds no text of it, as
	// bookmarks do. It is counted, and made an article only where links are
	// asked for.
	IsLink bool

	// Place tells the record from the others of its file, and is part of the
	// article's key: a line or a number. It is empty for the record of a file
	// that holds but one.
	Place string
	// Line is where the record starts, from 1; 0 when lines don't tell.
	Line int
	// Number counts the records of a file, from 1, for errors; 0 where a file
	// holds but one, or where Line tells.
	Number int
	// IsFile says that the file is this one article by its format, so that
	// the name of the file may tell title and date.
	IsFile bool

	// Problems are what could not be read, or not whole.
	Problems []Problem
	// Names returns the names of all fields in the source, for the error that
	// a record without a text gives. It may be nil.
	Names func() []string
}

// found are the values of a field.
type found struct {
	values []Value
	ranks  []int // of the values of a date, each of which has its own
	rank   int   // of the name that they stood under, plus rankOffset; 0 for none
	final  bool  // see SetFinal
}

// Value is one value of a field as it stood in the source.
type Value struct {
	Text string
	// From says where it stood, in the words of the source: the name of a
	// JSON field or of a meta tag, a line.
	From string
	// Element says that it stood in a list, or as an object of its own, and is
	// one value whatever separators are in it.
	Element bool
}

// Time is the value of a field that its reader knows as a time.
type Time struct {
	Time time.Time // zero when it is not known
	// As is the time with the precision and the zone of the source, as
	// extract.Date.String has it; empty where the reader doesn't tell.
	As   string
	From string // as in Value
}

// Form says how a text is to be read.
type Form uint8

// The forms of a text.
const (
	Plain  Form = iota // plain text, whose layout is to be found
	Either             // plain text or HTML: the text itself tells
	HTML               // all of it is the article's text, marked up in HTML
)

// Reset empties a record.
func (r *Record) Reset() { *r = Record{Names: r.Names} }

// Ranks apart from those of [Name]: the lower goes before the higher.
const (
	Mapped  = -1   // of a name that a [Mapping] maps
	Wrapped = 1000 // to be added for each object around a field
)

// Wants reports whether [Record.Set] would take values of this rank.
func (r *Record) Wants(f Field, rank int) bool {
	return f.Gathers() || f.IsDate() || r.fields[f].rank == 0 || rank < r.fields[f].rank-rankOffset
}

// rankOffset keeps the ranks of what was found apart from 0, which is nothing.
const rankOffset = 1 - Mapped

// Set takes the values that were found for a field under a name of this rank,
// and reports whether it did. It doesn't when all of them are empty. They take
// the place of others, or join them where f gathers. A date is kept under all
// its names, the best first, as the best may hold none. Whether they are wanted
// is for the caller to ask, before it makes them.
func (r *Record) Set(f Field, rank int, values []Value) bool {
	if !slices.ContainsFunc(values, func(v Value) bool { return strings.TrimSpace(v.Text) != "" }) {
		return false
	}
	switch {
	case f.IsDate():
		r.setDate(f, rank, values)
		return true
	case f.Gathers():
		values = append(r.fields[f].values, values...)
	case f == Source:
		if rank, values = r.outlet(rank, values); !r.Wants(f, rank) {
			return false
		}
	case f == Body:
		r.Blocks = nil
	}
	limit := MaxValues
	if f == Body {
		limit = MaxParts
	}
	if len(values) > limit {
		r.cut(f, values[limit])
		values = values[:limit]
	}
	for i := range values {
		if s := values[i].Text; len(s) > f.maxBytes() ||
			f.holdsList() && !values[i].Element && strings.Count(s, ",")+strings.Count(s, ";") >= MaxValues {
			r.cut(f, values[i])
		}
	}
	r.fields[f] = found{values: values, rank: rank + rankOffset}
	return true
}

// SetBlocks is Set for a text whose paragraphs and headings are known.
func (r *Record) SetBlocks(rank int, blocks []extract.Block) {
	r.fields[Body] = found{rank: rank + rankOffset}
	r.Blocks, r.Form = blocks, Either
}

// SetFinal sets a field to those of the values that are not empty, which its
// reader has brought into the form that an article has: no escapes are undone
// in them, none is parted at commas, and no bounds are checked. Without any
// such value the record stays as it is.
func (r *Record) SetFinal(f Field, values ...Value) {
	values = slices.DeleteFunc(values, func(v Value) bool { return v.Text == "" })
	if len(values) > 0 {
		r.fields[f] = found{values: values, rank: Mapped + rankOffset, final: true}
	}
}

// AddFinal adds a value to those that [Record.SetFinal] has set.
func (r *Record) AddFinal(f Field, v Value) { r.SetFinal(f, append(r.fields[f].values, v)...) }

// Drop takes away what was found for a field.
func (r *Record) Drop(f Field) {
	r.fields[f] = found{}
	if f == Body {
		r.Blocks, r.Form = nil, Plain
	}
}

// Values returns what was found for a field.
func (r *Record) Values(f Field) []Value { return r.fields[f].values }

// IsFinal reports whether the values of a field are in the form that an
// article has.
func (r *Record) IsFinal(f Field) bool { return r.fields[f].final }

// Has reports whether anything was found for a field.
func (r *Record) Has(f Field) bool {
	return len(r.fields[f].values) > 0 || f == Body && len(r.Blocks) > 0
}

// First returns the first value of a field that is not empty, without white
// space around it.
func (r *Record) First(f Field) string {
	for i := range r.fields[f].values {
		if s := strings.TrimSpace(r.fields[f].values[i].Text); s != "" {
			return s
		}
	}
	return ""
}

// Text returns the values of Body as one text.
func (r *Record) Text() string {
	values := r.fields[Body].values
	if len(values) == 1 {
		return values[0].Text
	}
	parts := make([]string, len(values))
	for i := range values {
		parts[i] = values[i].Text
	}
	return strings.Join(parts, "\n\n")
}
