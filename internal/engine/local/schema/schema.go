// Package schema says how an article lies in the index: the fields of its bleve
// document, what is stored of it, and the names by which the other rooms ask
// for them. Whoever writes documents and whoever reads segments agree here and
// nowhere else.
//
// A bleve document is an article, the record of a corpus entry (its id starts with a
// NUL), or a note (its id starts with two). Ranking reads one field, FieldStem, with a posting for each stem:
// its frequency is 5 x title + 3 x headings + 2 x body, its length is the
// article's counted likewise, so that the weights 2.5, 1.5 and 1 of BM25F are
// kept as whole numbers. A variant of a word has a posting of its own stem there,
// with one less. It adds nothing to the length. Words as written have positions,
// in a field for each part of the article, and so have variants, in another. There all
// stems of languages other than English have positions, too: a word alone doesn't tell
// in which language it stands. What names, quotations and capitals are marked with has
// positions in a further field, where each of them starts and ends, and one more has those
// of the first words of sentences and paragraphs.
package schema

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// Version is the number of this schema. It counts up whenever documents are laid
// out differently, and stands in newsq.json. An index of an older schema isn't
// searched: it is made again from the articles that it stores, see DecodeStored.
const Version = 9

// FirstWithManifests is the schema since which generations have manifests.
const FirstWithManifests = 2

// The fields of a bleve document beside the word fields of wordFields.
const (
	FieldID      = "_id"          // the id of the document, which bleve asks for
	FieldKind    = "=kind"        // KindArticle for an article; nothing for a record
	FieldStored  = "article"      // stored: the bytes of a Stored
	FieldStem    = "text"         // stems of title, headings and body, weighted frequency
	FieldTitle   = "title.stem"   // stems of the title, to tell the parts of text apart, weighted likewise
	FieldHeading = "heading.stem" // stems of the headings, likewise
	FieldVersion = "=version"     // a number, see VersionNumber
	FieldEntry   = "=entry"       // the key of the entry an article came from
	FieldRecord  = "=record"      // in records: key, NUL, stamp
	FieldNote    = "note"         // stored, in notes: see NewNote
	FieldAbout   = "=about"       // in notes: the key of the entry that they are about
	FieldEmbargo = "=embargo"     // see EmbargoTerm; nothing where there is no embargo
	FieldTime    = "=time"        // time of publication, a number, see Micros
	FieldAdded   = "=added"       // when the article came into the index, likewise; nothing where that is not known
	FieldTopic   = "=topic"
	FieldSource  = "=source"
	FieldAuthor  = "=author"
	FieldPlace   = "=place"
	FieldPerson  = "=person"
	FieldOrg     = "=org"
	FieldLang    = "=lang"
	FieldRights  = "=rights"  // see match.RightsStated; few articles have any
	FieldStory   = "=story"   // see engine.Doc
	FieldMyTag   = "=mytag"   // readers' own tags
	FieldTopicBy = "=topicby" // topics with their origins, see enrich.TopicValues
	FieldWords   = "=words"   // words of title, headings and body, a number; see match.Length
)

// KindArticle is the term of FieldKind that all articles have.
const KindArticle = "article"

// wordFields are the fields of words as written, with positions.
var wordFields = [...]struct {
	field match.Field
	name  string
}{
	{match.Title, "title"},
	{match.Heading, "heading"},
	{match.Body, "body"},
	{match.Summary, "summary"},
	{match.Note, "annotation"}, // "note" is another field
	{match.Author, "author"},
	{match.Source, "source"},
	{match.Place, "place"},
	{match.Person, "person"},
	{match.Org, "org"},
	{match.Path, "path"},
	{match.URL, "url"},
}

// WordField returns the name of the field with the words of f.
func WordField(f match.Field) string {
	for _, w := range wordFields {
		if w.field == f {
			return w.name
		}
	}
	return ""
}

// VariantField returns the name of the field with the stems of the variants of the
// words that WordField names, at the positions of these, and with the tagged stems of
// the words themselves.
func VariantField(wordField string) string { return wordField + ".variant" }

// MarkField returns the name of the field with the marks of the words that WordField
// names. A mark is on all tokens of a stretch, so that its positions are where its
// stretches start, and behind each of these where it ends: the position behind the last
// token. No two stretches touch.
func MarkField(wordField string) string { return wordField + ".mark" }

// positionGap is the gap of positions between one run of tokens and the next. It is
// larger than any distance that a query may ask for, so that no phrase matches
// across runs.
const positionGap = 1 << 12

// MaxDistance is the greatest slop and distance that a query may ask for.
const MaxDistance = positionGap / 2

// FacetField is a facet and where its values are kept.
type FacetField struct {
	engine.FacetType
	// Name is the field of whole values; empty for periods, which FieldTime has.
	Name string
	// Ordinals says that the field has doc values, to count by. Without them the
	// posting lists of its values are counted, which is for few values.
	Ordinals bool
}

// facetFields is the table of fields by facet.
var facetFields = [...]struct {
	facet    engine.Facet
	name     string
	ordinals bool
}{
	{engine.FacetTopic, FieldTopic, true},
	{engine.FacetSource, FieldSource, true},
	{engine.FacetAuthor, FieldAuthor, true},
	{engine.FacetPlace, FieldPlace, true},
	{engine.FacetPerson, FieldPerson, true},
	{engine.FacetOrg, FieldOrg, true},
	{engine.FacetLang, FieldLang, false},
	{engine.FacetRights, FieldRights, false},
	{engine.FacetStory, FieldStory, true},
	{engine.FacetMyTag, FieldMyTag, true},
	{engine.FacetTopicBy, FieldTopicBy, true},
}

// FacetFieldOf returns where the values of a facet are kept; false where they
// aren't.
func FacetFieldOf(f engine.Facet) (field FacetField, ok bool) {
	if field.FacetType, ok = f.Type(); !ok || field.IsPeriod() {
		return field, ok
	}
	for _, row := range facetFields {
		if row.facet == f {
			field.Name, field.Ordinals = row.name, row.ordinals
			return field, true
		}
	}
	return field, false
}

// Micros returns t in microseconds since 1970, as FieldTime holds it. An int64 of
// these reaches beyond all years that can be written; one of nanoseconds begins
// in 1678, and newspapers began before. What is less than a microsecond is dropped.
func Micros(t time.Time) int64 { return t.UnixMicro() }

// TimeOf returns the time, in UTC, of which Micros is n.
func TimeOf(n int64) time.Time { return time.UnixMicro(n).UTC() }

// VersionNumber returns the number by which FieldVersion holds a version: 63 bits of
// its hash. Two versions have the same number by chance once in 2^63.
func VersionNumber(version string) int64 {
	sum := sha256.Sum256([]byte(version))
	return int64(binary.LittleEndian.Uint64(sum[:]) >> 1) // never MissingValue
}

// sharedFields are the fields of numbers that have the keys of engine.Doc, two in each.
// They are columns that are gone through and not terms that are looked up: nearly every
// key is of one article alone, and a dictionary of them would take as long to build as all
// the rest of a segment.
var sharedFields = func() (names [maxKeys / 2]string) {
	for i := range names {
		names[i] = fmt.Sprintf("=shared.%02d", i)
	}
	return names
}()

// maxKeys is how many keys of an article are kept.
const maxKeys = 48

// SharedFields returns the fields that have the keys of engine.Doc. A number of them is
// two keys, see SharedKeys.
func SharedFields() []string { return sharedFields[:] }

// SharedKeys returns the two keys that a number of SharedFields is.
func SharedKeys(n int64) (a, b uint32) { return uint32(n), uint32(uint64(n) >> 32) }

// sharedNumber is the inverse of SharedKeys.
func sharedNumber(a, b uint32) int64 { return int64(uint64(a) | uint64(b)<<32) }

// RecordID is the document id of an entry's record. Ids of articles never
// start with a NUL.
func RecordID(key string) string { return "\x00" + key }

// NoteID is the document id of a note. Keys of entries never start with a NUL.
func NoteID(key string) string { return notePrefix + key }

const notePrefix = "\x00\x00"

// NoteKey is the inverse of NoteID; false for the id of another document.
func NoteKey(id string) (key string, ok bool) { return strings.CutPrefix(id, notePrefix) }

// EmbargoTerm is the term of FieldEmbargo of an article under an embargo that ends at
// a time, or nobody knows when, for the zero time. Terms are in the order of time.
func EmbargoTerm(until time.Time) string {
	if until.IsZero() {
		return endUnknown
	}
	return fmt.Sprintf("%016x", uint64(Micros(until))^(1<<63))
}

// endUnknown is behind all other terms.
const endUnknown = "unknown"

// EmbargoEnd is the inverse of EmbargoTerm, in Micros; math.MaxInt64 for an end that is
// not known.
func EmbargoEnd(term string) (int64, error) {
	if term == endUnknown {
		return math.MaxInt64, nil
	}
	n, err := strconv.ParseUint(term, 16, 64)
	return int64(n ^ (1 << 63)), err
}
