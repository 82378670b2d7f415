package local

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// schemaVersion counts up whenever documents are laid out differently; it is
// kept in newsq.json.
const schemaVersion = 2

// The fields of a bleve document beside the word fields of wordFields.
const (
	fieldID      = "_id"          // bleve's own
	fieldKind    = "=kind"        // kindArticle for an article; nothing for a record
	fieldStored  = "article"      // stored: the article as JSON
	fieldStem    = "text"         // stems of title, headings and body, weighted frequency
	fieldTitle   = "title.stem"   // stems of the title, to tell the parts of text apart
	fieldHeading = "heading.stem" // stems of the headings, likewise
	fieldVersion = "=version"     // a number, see versionNumber
	fieldEntry   = "=entry"       // the key of the entry an article came from
	fieldRecord  = "=record"      // in records: key, NUL, stamp
	fieldTime    = "=time"        // time of publication, a number, see nanos
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

// facetField says which field of values counts a facet; the dates are counted
// by fieldTime.
func facetField(f engine.Facet) (field string, ok bool) {
	switch f {
	case engine.FacetTopic:
		return fieldTopic, true
	case engine.FacetSource:
		return fieldSource, true
	case engine.FacetAuthor:
		return fieldAuthor, true
	}
	return "", false
}

// dateLayout is the form of a date facet's values; ok is false for the others.
func dateLayout(f engine.Facet) (layout string, ok bool) {
	switch f {
	case engine.FacetYear:
		return "2006", true
	case engine.FacetMonth:
		return "2006-01", true
	case engine.FacetDay:
		return time.DateOnly, true
	}
	return "", false
}

// nanos is t in nanoseconds since 1970, as fieldTime holds it. It holds the
// years 1678 to 2261; what lies outside is clamped.
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

// versionNumber is a version as fieldVersion holds it: two of an article are
// taken for each other once in 2^63.
func versionNumber(version string) int64 {
	sum := sha256.Sum256([]byte(version))
	return int64(binary.LittleEndian.Uint64(sum[:]) >> 1) // never NoNumber
}

// recordID is the document id of an entry's record. Ids of articles never
// start with a NUL.
func recordID(key string) string { return "\x00" + key }
