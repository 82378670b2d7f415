package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/newsq/newsq/internal/engine/opensearch/transport"
	"github.com/newsq/newsq/internal/match"
)

// Settings are what can be chosen of an index.
type Settings struct {
	// Shards is the number of primary shards; 0 is one. With more than one, a point
	// in time shows each of them as it was at a moment of its own.
	Shards int
	// Replicas is the number of copies beside the primary; nil is one where there are
	// nodes for it, and none on a single node.
	Replicas *int
	// Unfinished is for an index that is filled before its alias stands for it, see Meta.
	Unfinished bool
}

// The limits of an index.
const (
	maxResultWindow = 100_000
	maxTokenLength  = 8192 // a word, its stem and the stems of its variants
	// The parameters of BM25 on FieldRank, whose frequencies and lengths are doubled.
	rankK1 = 2.4
	rankB  = 0.75
)

// The analyzers of an index.
const (
	analyzerWords = "words"
	analyzerStems = "stems"
	analyzerMarks = "marks"
	analyzerFreqs = "freqs"
)

// ThreadsSetting is the setting of an index that says by how many threads each of its
// shards is searched: one. With several, 3.8.0 gives articles the scores of others now and
// then; a scripted similarity seems not to be safe for them.
const (
	ThreadsSetting = "search.concurrent_segment_search.mode"
	OneThread      = "none"
)

// Index returns the body of the request that creates an index.
func Index(s Settings) transport.Object {
	index := transport.Object{
		"number_of_shards":  max(s.Shards, 1),
		"refresh_interval":  -1,
		"gc_deletes":        "1h",
		"max_result_window": maxResultWindow,
		ThreadsSetting:      OneThread,
		"similarity": transport.Object{
			"tf":    transport.Object{"type": "scripted", "script": transport.Object{"source": "return query.boost * doc.freq;"}},
			"freqs": transport.Object{"type": "BM25", "k1": rankK1, "b": rankB},
		},
		"analysis": analyzers(),
	}
	if s.Replicas == nil {
		index["auto_expand_replicas"] = "0-1"
	} else {
		index["number_of_replicas"] = *s.Replicas
	}
	mapping := mapping()
	mapping["_meta"] = transport.Object{"newsq": Meta{Schema: Version, Hash: Hash(), Unfinished: s.Unfinished}}
	return transport.Object{"settings": transport.Object{"index": index}, "mappings": mapping}
}

// Meta is what the _meta of a mapping says, under "newsq".
type Meta struct {
	Schema int    `json:"schema"`
	Hash   string `json:"hash"`
	// Unfinished says that the index is being filled, and not yet to be found by its
	// alias.
	Unfinished bool `json:"unfinished,omitempty"`
	// Retired is when another index took its place, in milliseconds; it is removed
	// when nobody reads it any more.
	Retired int64 `json:"retired,omitempty"`
	// Kept says why it is kept nevertheless.
	Kept string `json:"kept,omitempty"`
	// Blocked says that a check has stopped writing for its time.
	Blocked bool `json:"blocked,omitempty"`
}

// Hash returns a digest of the fields and analyzers of this schema.
func Hash() string {
	b, err := json.Marshal([]any{analyzers(), mapping()})
	if err != nil {
		panic(fmt.Sprintf("the mapping is no JSON: %v", err)) //house:allow it is made of constants, and a test makes it
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// analyzers returns the analyzers. A token comes as word|stem|variant|variant|=mark|=mark, or
// as word||=mark where it has no stem. Words takes the first part, stems and marks the
// others, at the position of the word. Freqs reads stem|frequency.
func analyzers() transport.Object {
	custom := func(filters ...string) transport.Object {
		return transport.Object{"type": "custom", "tokenizer": "spaces", "filter": filters}
	}
	return transport.Object{
		"tokenizer": transport.Object{
			"spaces": transport.Object{"type": "whitespace", "max_token_length": maxTokenLength},
		},
		"filter": transport.Object{
			"word":  transport.Object{"type": "pattern_replace", "pattern": `\|.*$`, "replacement": ""},
			"stem":  transport.Object{"type": "pattern_capture", "patterns": []string{`\|([^|=][^|]*)`}, "preserve_original": false},
			"mark":  transport.Object{"type": "pattern_capture", "patterns": []string{`\|=([^|]+)`}, "preserve_original": false},
			"whole": transport.Object{"type": "pattern_replace", "pattern": `^.*\|.*$`, "replacement": ""},
			"some":  transport.Object{"type": "length", "min": 1, "max": maxTokenLength},
			"freq":  transport.Object{"type": "delimited_term_freq", "delimiter": "|"},
		},
		"analyzer": transport.Object{
			analyzerWords: custom("word"),
			analyzerStems: custom("stem", "whole", "some"),
			analyzerMarks: custom("mark", "whole", "some"),
			analyzerFreqs: custom("freq"),
		},
	}
}

// mapping returns the fields.
func mapping() transport.Object {
	of := func(kind string, more ...any) transport.Object {
		o := transport.Object{"type": kind}
		for i := 0; i < len(more); i += 2 {
			o[more[i].(string)] = more[i+1] //nolint:forcetypeassert
		}
		return o
	}
	keyword, long := of("keyword"), of("long")
	kept := of("keyword", "index", false)
	freqs := of("text", "analyzer", analyzerFreqs, "index_options", "freqs", "norms", false, "similarity", "tf")
	rank := maps.Clone(freqs)
	rank["fields"] = transport.Object{"bm25": of("text", "analyzer", analyzerFreqs, "index_options", "freqs", "similarity", "freqs")}
	properties := transport.Object{
		FieldKind: keyword, FieldID: keyword, FieldEntry: keyword, FieldVersion: kept,
		FieldEmbargo: long, FieldTime: long, FieldAdded: long, FieldMidnight: of("boolean"), FieldMillis: of("date", "format", "epoch_millis"),
		FieldLength: of("integer"), FieldTokenCount: of("integer"), FieldFirstRun: of("integer"),
		FieldRank: rank, FieldRankTitle: freqs, FieldRankHeading: freqs,
		FieldTopic: keyword, FieldTopicUp: keyword, FieldTopicBy: keyword, FieldSource: keyword, FieldAuthor: keyword, FieldPlace: keyword,
		FieldPerson: keyword, FieldOrg: keyword, FieldLang: keyword, FieldLangUp: keyword, FieldRights: keyword,
		FieldStory: keyword, FieldShared: keyword, FieldMyTag: keyword, FieldMyTagUp: keyword,
		FieldTokens:     of("binary", "store", true),
		FieldArticle:    of("object", "enabled", false),
		FieldKey:        keyword,
		FieldStamp:      kept,
		FieldValue:      of("binary", "store", true),
		FieldGeneration: long,
		FieldState:      of("object", "enabled", false),
	}
	inPlace := func(analyzer string, more ...any) transport.Object {
		return of("text", append([]any{
			"analyzer", analyzer, "norms", false, "similarity", "tf", "position_increment_gap", PositionGap,
		}, more...)...)
	}
	for _, f := range TextFields() {
		subfields := transport.Object{"s": inPlace(analyzerStems)}
		if MarkField(f) != "" {
			subfields["m"] = inPlace(analyzerMarks)
		}
		properties[WordField(f)] = inPlace(analyzerWords, "fields", subfields)
		properties[VocabularyField(f)] = keyword
	}
	return transport.Object{
		"dynamic":    "strict",
		"_source":    transport.Object{"includes": []string{FieldArticle, FieldState}},
		"properties": properties,
	}
}

// TextFields returns the fields that have words.
func TextFields() []match.Field {
	var list []match.Field
	for f := match.Text; f <= match.URL; f++ {
		if WordField(f) != "" {
			list = append(list, f)
		}
	}
	return list
}
