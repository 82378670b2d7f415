package corpus

import (
	"slices"
	"strings"
)

// Entity is a person, an organization or a place that an article names.
type Entity struct {
	// Name is what it is called: the usual name where that is known, else the fullest one
	// in the article.
	Name string     `json:"name"`
	Kind EntityKind `json:"kind"`
	// Mentions are where the article names it, in order: the title, the summary, the body.
	Mentions []Mention `json:"mentions"`
}

// EntityKind says what an entity is.
type EntityKind string

// The kinds of entities.
const (
	Person       EntityKind = "person"
	Organization EntityKind = "org"
	Place        EntityKind = "place"
)

// Mention is a place where an article names an entity.
type Mention struct {
	Field string `json:"field,omitempty"` // MentionTitle or MentionSummary; empty for the body
	Text  string `json:"text"`            // what stands there, from Start up to End
	Start int    `json:"start"`           // byte offsets into the field
	End   int    `json:"end"`
}

// The fields of a Mention beside the body.
const (
	MentionTitle   = "title"
	MentionSummary = "summary"
)

// Quotation is what an article quotes somebody as saying, in the speaker's own words.
type Quotation struct {
	// Text is what stands in Body from the byte at Start up to that at End, without the
	// quotation marks around it.
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	// Speaker is who said it: the name of an Entity where that is known, else what the
	// article calls the speaker. Empty where it is not known.
	Speaker string `json:"speaker,omitempty"`
	// SpeakerText is how the article names the speaker there, as in "he" or "Mr. Kim": what
	// stands in Body from SpeakerStart up to SpeakerEnd. Empty where it is not known.
	SpeakerText  string `json:"speaker_text,omitempty"`
	SpeakerStart int    `json:"speaker_start,omitempty"`
	SpeakerEnd   int    `json:"speaker_end,omitempty"`
}

// Claim is a sentence that says what will be, what should be done, or how far something
// else holds.
type Claim struct {
	Kind ClaimKind `json:"kind"`
	// The sentence stands in Body from the byte at Start up to that at End.
	Start int `json:"start"`
	End   int `json:"end"`
}

// ClaimKind says what a sentence claims.
type ClaimKind string

// The kinds of claims.
const (
	Forecast       ClaimKind = "forecast"       // what will or may happen
	Recommendation ClaimKind = "recommendation" // what somebody should do
	Caveat         ClaimKind = "caveat"         // how far a claim holds, or what is not known
)

// Found returns the names of a kind that were found in the texts of the article and that it
// did not come with, those that it mentions most first.
func (a *Article) Found(kind EntityKind) []string {
	stated := *a
	stated.Entities = nil
	return slices.Clip(a.Names(kind)[len(stated.Names(kind)):])
}

// Names returns the names of a kind that the article came with and those of its
// Entities, each once, whatever the case of its letters. The result shares memory with
// the article.
func (a *Article) Names(kind EntityKind) []string {
	var names []string
	switch kind {
	case Person:
		names = a.People
	case Organization:
		names = a.Organizations
	case Place:
		names = a.Places
	}
	names = slices.Clip(names)
	for i := range a.Entities {
		e := &a.Entities[i]
		if e.Kind == kind && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, e.Name) }) {
			names = append(names, e.Name)
		}
	}
	return names
}
