// Package engine says what an engine must do: keep articles durably, match
// plans, rank, count. It returns ids, scores and counts; what a person sees is
// made of them by package index, so that every engine shows the same.
package engine

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/match"
)

// The errors that callers tell apart.
var (
	ErrNotFound = errors.New("not found")
	ErrLocked   = errors.New("index is locked by another writer")
	ErrDamaged  = errors.New("index is damaged")
	ErrClosed   = errors.New("index is closed")
	// ErrOutdated: the index is of an older schema; its articles can be read
	// and indexed anew.
	ErrOutdated = errors.New("index is of an older version")
	// ErrNoIndex: there is no index where one was to be read.
	ErrNoIndex = errors.New("no index")
	// ErrTooBroad: answering the query would take too much.
	ErrTooBroad = errors.New("the query is too broad")
)

// Doc is an article as an engine keeps it.
type Doc struct {
	Article corpus.Article
	// Entry is the key of the corpus entry that the article came from, empty
	// when a program added it.
	Entry string
	// Version is a digest of the article's content; equal versions need no
	// rewriting.
	Version string
	// Text is the article analysed: what is matched and ranked.
	Text *match.Encoded
}

// Entry is the record of a corpus entry that has been read to its end.
type Entry struct {
	Key, Stamp string
	// Articles is the number of articles that came from the entry. Snapshots
	// fill it in; batches don't.
	Articles int
}

// Batch is a set of changes that become durable together or not at all.
// Deletions come first. An id stands in Put at most once.
type Batch struct {
	Delete        []string // ids
	Put           []Doc
	DeleteEntries []string // keys
	PutEntries    []Entry
}

// Engine keeps one index. One process at a time opens it for writing; a
// read-only Engine serves beside it, in the same process or another.
type Engine interface {
	// Write applies a batch; when it returns nil, the batch survives a crash
	// of the machine. It is not seen by snapshots before Publish. Safe for
	// concurrent use.
	Write(ctx context.Context, b *Batch) error
	// Publish makes everything written a new generation, which Snapshot and
	// readers in other processes get from then on.
	Publish(ctx context.Context) error
	// Snapshot returns the last generation. A read-only engine looks each
	// time whether there is a newer one. The caller closes it.
	Snapshot(ctx context.Context) (Snapshot, error)
	Close() error
}

// Snapshot is one generation: immutable, safe for concurrent use.
type Snapshot interface {
	// Generation counts up with every Publish.
	Generation() uint64
	// Len returns the number of articles.
	Len() int
	Search(ctx context.Context, r *Request) (*Response, error)
	// Load returns the article of a hit of one of its searches. A hit of another
	// snapshot is ErrNotFound.
	Load(ctx context.Context, h *Hit) (corpus.Article, error)
	// Get returns the articles of these ids, in their order; ErrNotFound,
	// naming the id, when one is not there.
	Get(ctx context.Context, ids ...string) ([]corpus.Article, error)
	// Lookup says what is known of each of these articles, in their order. It is
	// for many ids at once: some hundred are one request to a server.
	Lookup(ctx context.Context, refs []Ref) ([]Known, error)
	// IDs yields ids that start with prefix, in order.
	IDs(ctx context.Context, prefix string) iter.Seq2[string, error]
	// DocFreq returns the number of articles with each stem in title,
	// headings or body.
	DocFreq(ctx context.Context, stems ...string) ([]int, error)
	// Terms returns the words as written that a term stands for in a text
	// field, with the number of articles that hold each, most frequent first,
	// then by word; and how many there are beyond limit. Text stands for
	// title, headings and body, an article counting once for each of these
	// that holds the word.
	Terms(ctx context.Context, f match.Field, term match.TermPattern, limit int) (list []Count, more int, err error)
	// Entries yields the entries that articles came from, and the records of
	// those read to their end; the stamp of the others is empty.
	Entries(ctx context.Context) iter.Seq2[Entry, error]
	// EntryIDs yields the ids of the articles that came from an entry.
	EntryIDs(ctx context.Context, key string) iter.Seq2[string, error]
	Close() error
}

// Ref names an article in a version.
type Ref struct{ ID, Version string }

// Known is what a snapshot knows of a [Ref].
type Known struct {
	Exists bool // there is an article of this id
	Same   bool // and in this version
	// Entry is the key of the entry that the article came from. It is given for
	// an article in another version, since to read it costs a look at what is
	// stored.
	Entry string
}

// Order is how hits are sorted.
type Order uint8

// The orders. Ties go to the newer article, then to the smaller id; articles
// without a date come last.
const (
	Relevance Order = iota
	Newest
	Oldest
)

// Facet names a countable property of articles.
type Facet string

// The facets.
const (
	FacetTopic  Facet = "topic"
	FacetSource Facet = "source"
	FacetAuthor Facet = "author"
	FacetYear   Facet = "year"  // "2026"
	FacetMonth  Facet = "month" // "2026-03"
	FacetDay    Facet = "day"   // "2026-03-05"
)

// Filter keeps the articles that hold any of Values in a facet, or none of
// them when Not. Topic values take in what lies below them.
type Filter struct {
	Facet  Facet
	Values []string
	Not    bool
}

// Request is a search.
type Request struct {
	Plan    match.Plan
	Filters []Filter // all must hold
	// Facets are counted over all matches. The filters of a facet that keep
	// values (not Not) don't apply to its own counts, so that the counts of
	// the values not chosen stay what choosing them would give.
	Facets []Facet
	Order  Order
	// Also are plans of which the response tells how many of the articles
	// found match them as well.
	Also []match.Plan
	// ExactTotal counts all matches. Without it a Response.Total beyond 1,000
	// may be a lower bound, which lets the engine pass over what cannot come
	// among the first hits. Facets, Also, an order by date and a Limit of 0
	// count all as well.
	ExactTotal bool
	Limit      int // hits wanted; 0 for none
	After      *Position
	// Explain asks for the parts of each hit's score.
	Explain bool
}

// Position is a place in a result list: that of the last hit seen.
type Position struct {
	Score     float64
	Published time.Time
	ID        string
}

// Response is what was found.
type Response struct {
	Hits   []Hit
	Total  int  // articles that match
	Exact  bool // whether Total is exact
	Counts map[Facet][]Count
	Also   []int // by Request.Also
}

// Hit is an article that matched.
type Hit struct {
	Position
	Place Place  // where the snapshot has the article, for its Load
	Parts []Part // with Request.Explain; Score is their sum
}

// Place is where a snapshot has an article. Only the engine that made it can
// read it, and it means nothing to other snapshots.
type Place string

// Part is what one condition of the plan added to a hit's score.
type Part struct {
	Label     string  // the stem, or the phrase in quotation marks
	Frequency float64 // weighted over title, headings and body
	DocFreq   int     // articles in which it occurs, or that its rarity is taken from
	Boost     float64
	Score     float64
}

// Count is a facet's value and the number of matches that hold it.
type Count struct {
	Value string
	Count int
}
