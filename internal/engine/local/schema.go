package local

import (
	"encoding/binary"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// schemaVersion counts up whenever documents are laid out differently; it is
// kept in newsq.json.
const schemaVersion = 1

// The fields of a bleve document beside the word fields of wordFields.
const (
	fieldID      = "_id"          // bleve's own
	fieldKind    = "=kind"        // kindArticle for an article; nothing for a record
	fieldStored  = "article"      // stored: the article as JSON
	fieldStem    = "text"         // stems of title, headings and body, weighted frequency
	fieldTitle   = "title.stem"   // stems of the title, to tell the parts of text apart
	fieldHeading = "heading.stem" // stems of the headings, likewise
	fieldLength  = "=length"      // the weighted length, as a term
	fieldVersion = "=version"     // id, NUL, version
	fieldEntry   = "=entry"       // the key of the entry an article came from
	fieldRecord  = "=record"      // in records: key, NUL, stamp
	fieldTime    = "=time"        // time of publication, see timeTerm
	fieldDay     = "=day"         // day of publication, UTC, as 2006-01-02
	fieldTopic   = "=topic"
	fieldSource  = "=source"
	fieldAuthor  = "=author"
	fieldLang    = "=lang"
)

const kindArticle = "article"

// wordFields are the fields of words as written, with positions.
var wordFields = [...]struct {
	field match.Field
	name  string
}{
	{match.Title, "title"},
	{match.Heading, "heading"},
	{match.Body, "body"},
	{match.Summary, "summary"},
	{match.Author, "author"},
	{match.Source, "source"},
	{match.Place, "place"},
	{match.Person, "person"},
	{match.Org, "org"},
	{match.Path, "path"},
	{match.URL, "url"},
}

// wordField returns the name of the field with the words of f.
func wordField(f match.Field) string {
	for _, w := range wordFields {
		if w.field == f {
			return w.name
		}
	}
	return ""
}

// The weights of BM25F, doubled to be whole numbers: title 2.5, headings 1.5,
// body 1.
const (
	weightTitle   = 5
	weightHeading = 3
	weightBody    = 2
	weightUnit    = 2
)

// weight returns the doubled weight of f in ranking; 0 for a field that does
// not rank.
func weight(f match.Field) uint64 {
	switch f {
	case match.Title:
		return weightTitle
	case match.Heading:
		return weightHeading
	case match.Body:
		return weightBody
	}
	return 0
}

// runGap parts the positions of one run from those of the next. It is larger
// than any distance that a query may ask for, so that nothing matches across.
const runGap = 1 << 12

// maxDistance bounds slop and distance, below runGap.
const maxDistance = runGap / 2

// facetFields says which field counts a facet; the dates share fieldDay.
func facetField(f engine.Facet) (field string, ok bool) {
	switch f {
	case engine.FacetTopic:
		return fieldTopic, true
	case engine.FacetSource:
		return fieldSource, true
	case engine.FacetAuthor:
		return fieldAuthor, true
	case engine.FacetYear, engine.FacetMonth, engine.FacetDay:
		return fieldDay, true
	}
	return "", false
}

// dayPrefix is the number of bytes of a day that name a date facet's value:
// all ten of 2006-01-02, seven for its month, four for its year.
func dayPrefix(f engine.Facet) int {
	switch f {
	case engine.FacetYear:
		return len("2006")
	case engine.FacetMonth:
		return len("2006-01")
	}
	return len("2006-01-02")
}

// timeTerm is t in nanoseconds since 1970 as eight bytes that sort as the
// times do. It holds the years 1678 to 2261; what lies outside is clamped.
func timeTerm(t time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(nanos(t))^(1<<63))
}

// nanos is t in nanoseconds since 1970, clamped to what fits.
func nanos(t time.Time) int64 {
	const minYear, maxYear = 1678, 2261
	switch y := t.Year(); {
	case y < minYear:
		t = time.Date(minYear, 1, 1, 0, 0, 0, 0, time.UTC)
	case y > maxYear:
		t = time.Date(maxYear, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return t.UnixNano()
}

// parseTimeTerm is timeTerm's inverse.
func parseTimeTerm(b []byte) int64 {
	if len(b) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(b) ^ (1 << 63))
}

// recordID is the document id of an entry's record. Ids of articles never
// start with a NUL.
func recordID(key string) string { return "\x00" + key }
