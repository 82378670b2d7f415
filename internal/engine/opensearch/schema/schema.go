// Package schema says how an article lies in an index of OpenSearch: the mapping of
// its fields, the JSON of its document, and the names by which the other rooms ask
// for them.
//
// An index holds documents of several kinds, by [FieldKind]: articles, records of
// corpus entries, notes, the words that articles have, and one with the number of
// the generation. All are in one index, so that a point in time shows them as they
// were at one moment.
package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/newsq/newsq/internal/match"
)

// Version is the number of this schema. It counts up whenever documents are laid
// out differently, and stands in the _meta of the mapping.
const Version = 6

// The fields of a document.
const (
	FieldKind = "kind" // keyword: one of the kinds below

	// Of articles.
	FieldID         = "id"          // keyword: the article's
	FieldEntry      = "entry"       // keyword: the Key of the key of the entry that it came from; also of notes
	FieldVersion    = "version"     // keyword, doc values alone: engine.Doc.Version
	FieldEmbargo    = "embargo"     // long: microseconds until which it is hidden; MaxInt64 for unknown; absent without
	FieldTime       = "time"        // long: microseconds of publication; absent without a date
	FieldMidnight   = "midnight"    // boolean: match.IsDayAlone
	FieldAdded      = "added"       // long: microseconds of when it came into the index; absent where that is not known
	FieldMillis     = "millis"      // date: FieldTime floored to milliseconds, to be counted by periods
	FieldLength     = "length"      // integer: weighted length, doubled: 5 x title + 3 x headings + 2 x body, without stop words
	FieldTokenCount = "token_count" // integer: words of title, headings and body, stop words among them
	FieldFirstRun   = "first_run"   // integer: words of the body's first run, absent without
	// FieldRank has the stems of title, headings and body, variants among them, with
	// the weighted frequency, doubled: 5, 3, 2 for a word, one less for a variant.
	FieldRank        = "rank"
	FieldRankTitle   = "rank_title"   // the part of FieldRank that is of the title
	FieldRankHeading = "rank_heading" // and of the headings; the rest is of the body
	// FieldEstimate is a subfield of FieldRank with BM25 as its similarity, k1 2.4, and
	// norms. The three above have tf, and no norms: their score is the frequency.
	FieldEstimate = "rank.bm25"
	FieldTopic    = "topic"    // keywords: the values as they are counted
	FieldTopicUp  = "topic_up" // keywords: they and all that lie above them
	FieldSource   = "source"
	FieldAuthor   = "author"
	FieldPlace    = "place"
	FieldPerson   = "person"
	FieldOrg      = "org"
	FieldLang     = "lang"
	FieldLangUp   = "lang_up"
	FieldRights   = "rights"
	FieldMyTag    = "mytag"    // keywords: readers' own tags
	FieldMyTagUp  = "mytag_up" // keywords: they and all that lie above them
	FieldTopicBy  = "topic_by" // keywords: topics with their origins, see enrich.TopicValues
	FieldStory    = "story"    // keyword: engine.Doc.Story; absent without
	FieldShared   = "shared"   // keywords: engine.Doc.Keys, see SharedKey
	FieldTokens   = "tokens"   // binary, stored: see AppendTokens
	FieldArticle  = "article"  // object, not indexed: what a snapshot returns; beside FieldState the only one that _source keeps

	// Of records and notes.
	FieldKey   = "key"   // keyword: the Key of the key of an entry or of a note
	FieldStamp = "stamp" // keyword, doc values alone: of a record
	FieldValue = "value" // binary: of a note

	// Of words: those that a batch was the first to bring, by field.
	FieldWordsPrefix = "words_" // and the name of the field, such as words_body; keywords

	// Of the generation.
	FieldGeneration = "generation" // long
	FieldState      = "state"      // object, not indexed, kept: see State
)

// SharedKey returns one of engine.Doc.Keys as FieldShared has it: in base 36.
func SharedKey(key uint32) string { return strconv.FormatUint(uint64(key), sharedBase) }

// KeyOfShared is the inverse of SharedKey; false for what is none.
func KeyOfShared(s string) (uint32, bool) {
	n, err := strconv.ParseUint(s, sharedBase, 32)
	return uint32(n), err == nil
}

const sharedBase = 36

// The kinds of documents.
const (
	KindArticle    = "article"
	KindRecord     = "record"
	KindNote       = "note"
	KindWords      = "words"
	KindGeneration = "generation"
)

// WordField returns the field with the words of f as written, such as t_body; its
// subfield StemField has the stems at the same positions, those of variants among them.
// Empty for fields without words and for match.Text.
func WordField(f match.Field) string {
	if f == match.Text || f > match.URL {
		return ""
	}
	return "t_" + f.String()
}

// StemField returns the field with the stems of f.
func StemField(f match.Field) string { return WordField(f) + ".s" }

// MarkField returns the field with the marks of the words of f, at the same positions; empty
// for fields whose words have none. Beside those of match.Encoded, it has those of
// UnitMarks and BreakMark.
func MarkField(f match.Field) string {
	switch f {
	case match.Title, match.Heading, match.Summary, match.Body:
		return WordField(f) + ".m"
	}
	return ""
}

// VocabularyField returns the field of words documents with the words of f.
func VocabularyField(f match.Field) string { return FieldWordsPrefix + f.String() }

// Micros returns t in microseconds since 1970, as FieldTime and FieldEmbargo hold it.
// What is less than a microsecond is dropped.
func Micros(t time.Time) int64 { return t.UnixMicro() }

// TimeOf returns the time, in UTC, of which Micros is n.
func TimeOf(n int64) time.Time { return time.UnixMicro(n).UTC() }

// PositionGap is the gap between one run of tokens and the next.
const PositionGap = 10_000

// maxDocID is the longest id that OpenSearch takes.
const maxDocID = 512

// DocID returns the id of the document of a kind and key: the id of an article, the
// key of a record or note.
func DocID(kind, key string) string {
	id := kind[:1] + ":" + Key(key)
	if len(id) <= maxDocID {
		return id
	}
	sum := sha256.Sum256([]byte(key))
	return kind[:1] + "#" + hex.EncodeToString(sum[:])
}
