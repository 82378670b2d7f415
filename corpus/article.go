package corpus

import (
	"encoding/json"
	"slices"
	"time"
)

// Article is one piece of a corpus: what a person reads, and what is known
// about it. Every string is valid UTF-8 without control characters other than
// newline and tab. The zero value of a field means that it is not known.
type Article struct {
	// ID names the article within an index: the one its source states, such
	// as the id of a JSON line, else twelve hex digits derived from Key.
	ID string `json:"id"`
	// Key says where the article stands in its source, stable over runs: the
	// path of its file, with "#" and the record's number or id where a file
	// holds several. Empty for an article made by a program.
	Key string `json:"key,omitempty"`
	// GlobalID says that ID names the article wherever it stands, as the Message-ID
	// of a mail does: two articles that state it are versions of one, and the later
	// by date stands. So it is anyhow where Handling states a version. It is for
	// the index that the article is brought into, and not kept.
	GlobalID bool `json:"-"`

	Title   string `json:"title,omitempty"`
	Summary string `json:"summary,omitempty"`
	// Body is plain text, paragraphs parted by one blank line. Headings are
	// not part of it; they stand in Sections.
	Body string `json:"body,omitempty"`
	// Sections tile Body in order: the first starts at 0, the last ends at
	// len(Body). Empty when the body is one section without a heading.
	Sections []Section `json:"sections,omitempty"`
	// Pages say where in Body the pages of a print begin, in order, for citing; empty
	// for what has none.
	Pages []Page `json:"pages,omitempty"`

	Authors   []string  `json:"authors,omitempty"`
	Source    string    `json:"source,omitempty"` // the outlet
	Published time.Time `json:"published,omitzero"`
	// PublishedAs is Published with the precision and the zone that the source
	// gave, in the forms of ISO 8601: "2014", "2014-05", "2014-05-30",
	// "2014-05-30T09:20+02:00". Empty when Published is zero, or was given by a
	// program.
	PublishedAs string    `json:"published_as,omitempty"`
	Updated     time.Time `json:"updated,omitzero"`
	// Added is when the article came into the index that it was read from, whatever
	// its date; an update keeps it. Zero for an article that is in no index, and where
	// the index was written before such times were kept. What a source or a program
	// states here is not taken.
	Added    time.Time `json:"added,omitzero"`
	Language string    `json:"language,omitempty"` // BCP 47, "en", "pt-BR"

	Topics []Topic `json:"topics,omitempty"`
	// What the source states. Names has those found in the text as well.
	Places        []string `json:"places,omitempty"`
	People        []string `json:"people,omitempty"`
	Organizations []string `json:"organizations,omitempty"`

	// Entities, Quotations and Claims are what an index found in the text; it takes them
	// neither from a Source nor from a program that adds articles.
	Entities   []Entity    `json:"entities,omitempty"`
	Quotations []Quotation `json:"quotations,omitempty"`
	// Claims are in order of Start, and those of one sentence in the order of the kinds
	// above. An index finds 5,000 in an article at most.
	Claims []Claim `json:"claims,omitempty"`

	// Form is the name of the format that the article was read from, such as
	// "Nexis, Word": one of those that Formats lists, or a program's own.
	Form string `json:"form,omitempty"`
	// Handling is what the sender said of the article's use; nil when nothing.
	Handling *Handling `json:"handling,omitempty"`

	URL  string `json:"url,omitempty"`
	Path string `json:"path,omitempty"` // of the file it was read from, as a person would open it

	// Annotations are what readers of an index wrote about the article by hand; nil when
	// nothing. No source states them: the index keeps them by the article's ID, and takes
	// them neither from a Source nor from a program that adds articles.
	Annotations *Annotations `json:"annotations,omitempty"`
}

// Annotations are the tags and notes that readers gave an article.
type Annotations struct {
	Tags  []Tag  `json:"tags,omitempty"`  // in the order of their paths, each once
	Notes []Note `json:"notes,omitempty"` // the oldest first
}

// Tag is a reader's own tag of an article.
type Tag struct {
	// Path is the tag in canonical form, see [TopicPath]: a tag may stand below another.
	Path  string    `json:"tag"`
	Added time.Time `json:"added,omitzero"`
	By    string    `json:"by,omitempty"` // who gave it, as they call themselves
}

// Note is what a reader wrote about an article.
type Note struct {
	ID     string    `json:"id"` // six hex digits or more, one note of the article has it
	Text   string    `json:"text"`
	Added  time.Time `json:"added,omitzero"`
	Edited time.Time `json:"edited,omitzero"` // last; zero for never
	By     string    `json:"by,omitempty"`    // who wrote it first
}

// Section is a stretch of an article's body under one heading.
type Section struct {
	Heading string `json:"heading,omitempty"` // empty for what stands before the first heading
	Level   int    `json:"level,omitempty"`   // 1 for the highest; 0 is taken as 1
	Start   int    `json:"start"`             // byte offsets into Body, [Start, End)
	End     int    `json:"end"`
}

// Page is a page of the print that an article was read from.
type Page struct {
	// Label is its number, "7"; "7-8" for a paragraph that goes over both.
	Label string `json:"label"`
	Start int    `json:"start"` // byte offset into Body, of a paragraph
}

// PageAt returns the label of the page that the byte of Body at an offset stands on;
// empty when it is not known.
func (a *Article) PageAt(offset int) string {
	label := ""
	for i := range a.Pages {
		if a.Pages[i].Start > offset {
			break
		}
		label = a.Pages[i].Label
	}
	return label
}

// Origin says where an article's topic came from. An index takes those stated alone, and
// gives articles the others by itself.
type Origin string

// The origins of a topic.
const (
	Stated  Origin = "stated"  // the source says so
	ByRule  Origin = "rule"    // a rule's query matched
	Learned Origin = "learned" // a trained classifier proposed it
)

// Topic is one subject of an article.
type Topic struct {
	// Path is the topic in canonical form, see [TopicPath].
	Path   string `json:"path"`
	Origin Origin `json:"origin"`
	// Reason is the words that met the rule and how often, such as
	// "pyongyang (7), korea (4)", or what the classifier went by. Empty for a
	// stated topic.
	Reason string `json:"reason,omitempty"`
	// Probability is how likely a learned topic is right, as measured on articles that
	// the classifier had not seen; 0 for others.
	Probability float64 `json:"probability,omitempty"`
	// IPTC is the code of a derived topic in the IPTC Media Topics, such as
	// medtop:20000065, where the rules of the index have one. It isn't stored.
	IPTC string `json:"iptc,omitempty"`
}

// MarshalJSON writes the origin twice: as "by" and by its older name, "origin".
func (t Topic) MarshalJSON() ([]byte, error) {
	type plain Topic
	return json.Marshal(struct {
		Path string `json:"path"`
		By   Origin `json:"by"`
		plain
	}{t.Path, t.Origin, plain(t)})
}

// TopicPaths returns the paths of the article's topics in their order, each once: a topic may
// have come from a rule and from the classifier. It is nil where there are none.
func (a *Article) TopicPaths() []string {
	var paths []string
	for i := range a.Topics {
		if path := a.Topics[i].Path; !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// Handling is what the sender of an article said of its use, as agencies do.
type Handling struct {
	// Version is the number of the version, from 1; 0 when none is stated. Of two
	// articles with the same ID the higher one stands.
	Version int `json:"version,omitempty"`
	// Status is what became of the article; empty for one that may be used.
	Status Status `json:"status,omitempty"`
	// Embargoed says that the article must not be shown before EmbargoedUntil; if
	// that is zero, the end is not known.
	Embargoed      bool      `json:"embargoed,omitempty"`
	EmbargoedUntil time.Time `json:"embargoed_until,omitzero"`
	// Replaces are the ids of articles that this one takes the place of, and
	// Withdraws those of articles that it takes back.
	Replaces  []string `json:"replaces,omitempty"`
	Withdraws []string `json:"withdraws,omitempty"`
	// Notice is what the sender says to editors: why an article was corrected or
	// taken back.
	Notice string `json:"notice,omitempty"`
	// Rights are the terms of use, as stated. NoAI says that they forbid the
	// article to be given to programs that learn or generate.
	Rights string `json:"rights,omitempty"`
	NoAI   bool   `json:"no_ai,omitempty"`
}

// Status says what the sender made of an article.
type Status string

// The states of an article that must not be used.
const (
	Canceled  Status = "canceled"  // for good, in all its versions
	Withdrawn Status = "withdrawn" // a higher version may bring it back
	Withheld  Status = "withheld"  // not released yet
)
