// Package engine says what an engine must do: keep articles durably, match
// plans, rank, count. It returns ids, scores and counts; what a person sees is
// made of them by package index, so that every engine shows the same.
//
// # Who calls what, and when
//
// A [Driver] opens the index at a location and returns an [Engine]. An engine is
// a [Reader] and a [Writer]. Its user calls Write any number of times and then
// Publish, which makes what was written visible as one new generation. Whoever
// reads takes a [Snapshot] of the last generation, asks it as often as needed,
// and closes it. A snapshot never changes. All of these are safe for concurrent
// use. After Close, Write, Publish and Snapshot return ErrClosed; snapshots taken
// before stay good until they are closed.
//
// What not every engine can do has an interface of its own: [Maintainer], [Advisor] and
// [OptimisticReader] for an open engine, [Totaler] and [Reranker] for a snapshot, [OfflineMaintainer] and
// [Operator] for a driver. The caller asks with a type assertion.
//
// # Contexts
//
// Every method that may wait takes a context. When the context ends, the method
// returns an error that wraps ctx.Err(), and never a part of an answer. A stream
// yields that error last. Snapshot may return what it has at hand all the same.
// Close takes a context to bound the time that it may take; it lets go also when
// the context has ended before.
//
// # Answers
//
// An answer is exact, or it says that it isn't: Response.Exact is about the
// total, Response.Inexact names the rest. What an engine cannot answer at all is
// ErrUnsupported, what would take too long is ErrTooBroad. An engine never
// returns a part of the answer as if it were all of it.
//
// # Streams
//
// IDs, Articles, Entries, EntryIDs, Notes and EntryNotes yield values as they are read. An engine reads in
// pages or goes along its dictionaries; it never holds all values at once. When
// the caller's loop ends, nothing more is read. An error is the last thing that a
// stream yields.
package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// The errors that callers tell apart.
var (
	ErrNotFound = errors.New("not found")
	ErrLocked   = errors.New("index is locked by another writer")
	ErrDamaged  = errors.New("index is damaged")
	ErrClosed   = errors.New("index is closed")
	// ErrReadOnly: the engine was opened for reading.
	ErrReadOnly = errors.New("index is open read-only")
	// ErrOutdated: the index is of an older schema; its articles can be read
	// and indexed anew.
	ErrOutdated = errors.New("index is of an older version")
	// ErrNewer: the index is of a schema that a newer version writes. Nothing
	// is known to be wrong with it.
	ErrNewer = errors.New("index is of a newer version")
	// ErrNoIndex: there is no index where one was to be read.
	ErrNoIndex = errors.New("no index")
	// ErrTooBroad: answering the query would take too much.
	ErrTooBroad = errors.New("the query is too broad")
	// ErrTooManyWords is ErrTooBroad with what to do.
	ErrTooManyWords = fmt.Errorf("%w: it asks for too many words in too many places; "+
		"write more letters beside each * or ~, or fewer terms", ErrTooBroad)
	// ErrStatistics: Request.Statistics are not of the request's plan.
	ErrStatistics = errors.New("statistics of another search")
	// ErrSnapshotGone: the generation that a snapshot is of can no longer be asked;
	// another snapshot can be taken.
	ErrSnapshotGone = errors.New("snapshot gone")
	// ErrServer: a server that the index lies on failed, refused, or gave no answer.
	ErrServer = errors.New("server failed")
	// ErrUnsupported: this kind of index cannot do it.
	ErrUnsupported = errors.New("not supported")
)

// ArticleTooLargeError is what Write returns for an article that is larger than an engine
// takes. The batch can be written again without it.
type ArticleTooLargeError struct {
	ID  string
	Err error // says how large it is, and what bounds it
}

func (e *ArticleTooLargeError) Error() string { return fmt.Sprintf("article %q: %v", e.ID, e.Err) }
func (e *ArticleTooLargeError) Unwrap() error { return e.Err }

// Options says how to open an index.
type Options struct {
	// ReadOnly opens for reading beside any writer, and never creates anything.
	ReadOnly bool
	// LockWait is how long to wait for another writer to finish.
	LockWait time.Duration
	// Analyzer analyses the patterns of queries; nil is that of a language which
	// isn't known.
	Analyzer analysis.Analyzer
}

// Driver opens the indexes of one kind of location.
type Driver interface {
	// Open opens the index at location. For writing it is created when absent.
	// Read-only, one that is absent is ErrNoIndex, and nothing is created.
	// ErrLocked: another writer holds it. ErrOutdated and ErrDamaged: it is
	// there, and cannot be opened as it is. ctx is for the opening alone.
	Open(ctx context.Context, location string, o Options) (Engine, error)
}

// Engine is an open index. A read-only engine sees what other processes publish.
type Engine interface {
	Reader
	Writer
	Settings
	// Close lets go of the index. What was written and not published is kept, and
	// is published by the next writer to open the index. Closing twice is no
	// error.
	Close(ctx context.Context) error
}

// Reader gives access to generations.
type Reader interface {
	// Snapshot returns the last generation. A read-only engine looks each time
	// whether there is a newer one. The caller closes it.
	Snapshot(ctx context.Context) (Snapshot, error)
}

// OptimisticReader is a Reader for which looking for a newer generation is a trip to a
// server. It can be read while it looks.
type OptimisticReader interface {
	// Recent returns the generation that was the last one when it was looked at, and
	// looks again meanwhile. confirm waits for that, and reports whether the generation
	// was still the last one when Recent was called or later: if it was not, what it
	// answered is dropped, and Snapshot is asked instead. confirm is called once. The
	// caller closes the snapshot.
	Recent(ctx context.Context) (snap Snapshot, confirm func(ctx context.Context) (bool, error), err error)
}

// Writer changes an index.
type Writer interface {
	// Write applies a batch. When it returns nil, the batch survives a crash of
	// the machine. Snapshots see it after Publish. ErrReadOnly: the engine was
	// opened for reading. ErrLocked: another writer has taken the index over. An
	// *ArticleTooLargeError: one of the articles is too large.
	Write(ctx context.Context, b *Batch) error
	// Publish makes everything written a new generation, which Snapshot and
	// readers in other processes get from then on. Its number is greater than
	// those of all generations before, by whichever writer. When nothing was
	// written, there is no new generation.
	Publish(ctx context.Context) error
}

// The settings, by name.
const (
	TopicsSetting = "topics.yaml" // the rules of topics
	// TopicModelSetting is the model of learned topics, which newsq makes by itself.
	TopicModelSetting = "topics.model"
	AliasesSetting    = "aliases.yaml"    // other names of what queries ask for
	EntitiesSetting   = "entities.json"   // whether entities are found
	QuotationsSetting = "quotations.json" // whether quotations and claims are
	// RemovedSetting is a list of articles that were removed and that syncs leave
	// out, one a line.
	RemovedSetting = "removed.jsonl"
	// SavedSetting has the saved searches.
	SavedSetting = "saved.json"
)

// Settings are small files that people keep with an index, by name.
type Settings interface {
	// ReadSetting returns a file, and where it is, for messages about it. An
	// error that wraps fs.ErrNotExist says that there is none.
	ReadSetting(ctx context.Context, name string) (content []byte, where string, err error)
	// WriteSetting writes a file, whole or not at all.
	WriteSetting(ctx context.Context, name string, content []byte) error
}

// Doc is an article as an engine keeps it.
type Doc struct {
	// Article is what the source states, with what newsq found out about it: topics behind
	// those stated, entities, quotations and claims.
	Article corpus.Article
	// New says that the index has no article of this id yet. It is for package index,
	// which gives such articles the time at which they were added; engines don't look
	// at it. They keep Article.Added like all else of the article, to the microsecond.
	New bool
	// Entry is the key of the corpus entry that the article came from, empty
	// when a program added it.
	Entry string
	// EmbargoedUntil is when the article may be found first, to the microsecond;
	// Embargoed without it, that nobody knows. Until then [Snapshot.Released] is
	// without it.
	Embargoed      bool
	EmbargoedUntil time.Time
	// Version is a digest of what the source states; equal versions need no
	// rewriting. Derived values are no part of it.
	Version string
	// Text is the article analysed: what is matched and ranked, derived values
	// among it. It belongs to no engine.
	Text *match.Encoded
	// Keys are what copies of the article have some of, see Snapshot.Sharing: each once.
	Keys []uint32
	// Story is the name of the story that the article is a copy of, which all copies have;
	// empty for an article of which there is none. It is derived of all articles that
	// there are, and so neither among Derived nor part of the article.
	Story string
}

// Entry is the record of a corpus entry that has been read to its end.
type Entry struct {
	Key, Stamp string
	// Articles is the number of articles that came from the entry. Snapshots
	// fill it in; batches don't.
	Articles int
}

// Note is something that package index keeps beside the articles, and that no search
// finds, such as a version of an article that another one has replaced. It lives as
// long as nobody deletes it, also when an index is made again from itself.
type Note struct {
	Key   string // one note has it; no NUL at its start
	Entry string // the key of the corpus entry that it is about; may be empty
	Value []byte
}

// Batch is a set of changes. An engine applies its parts in the order of the
// fields. One that can makes them durable together or not at all. One that can't
// has made every part durable before it begins the next, so that after a crash or
// an error an entry is never recorded whose articles are missing. An id stands in
// Put at most once, and so does a key in PutNotes.
type Batch struct {
	Delete        []string // ids
	DeleteNotes   []string // keys
	Put           []Doc
	PutNotes      []Note
	DeleteEntries []string // keys
	PutEntries    []Entry
}

// Snapshot is one generation: immutable, safe for concurrent use. Whatever reads may
// return ErrSnapshotGone.
type Snapshot interface {
	// Generation counts up with every Publish.
	Generation() uint64
	// Len returns the number of articles.
	Len() int
	// Search answers a request. Its errors are ErrTooBroad, ErrUnsupported,
	// ErrDamaged, ErrServer and ctx.Err().
	Search(ctx context.Context, r *Request) (*Response, error)
	// Load returns the article of a hit of one of its searches. A hit of another
	// snapshot is ErrNotFound.
	Load(ctx context.Context, h *Hit) (corpus.Article, error)
	// Get returns the articles of these ids, in their order; ErrNotFound,
	// naming the id, when one is not there.
	Get(ctx context.Context, ids ...string) ([]corpus.Article, error)
	// Articles yields all articles as they are stored, in the order in which they
	// are read soonest.
	Articles(ctx context.Context) iter.Seq2[StoredArticle, error]
	// Lookup says what is known of each of these articles, in their order. It is
	// for many ids at once: some hundred are one request to a server.
	Lookup(ctx context.Context, refs []Ref) ([]Known, error)
	// IDs yields the ids that start with prefix, in the order of their bytes.
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
	// Stored returns the articles of these ids as they are stored, in their order. Ids
	// that are not there are left out.
	Stored(ctx context.Context, ids ...string) ([]StoredArticle, error)
	// Keys returns the keys of the articles of these ids, see Doc.Keys, in their order; nil
	// for what is not there.
	Keys(ctx context.Context, ids ...string) ([][]uint32, error)
	// Sharing yields the articles that have at least so many keys of a list, in any order: one
	// for each such list. Of a key that more than 64 lists have, it may leave some lists out.
	Sharing(ctx context.Context, lists [][]uint32, least int) iter.Seq2[Sharer, error]
	// StoryIDs yields the ids of the articles of some stories, in any order.
	StoryIDs(ctx context.Context, stories ...string) iter.Seq2[string, error]
	// Entries yields the entries that articles came from, and the records of
	// those read to their end; the stamp of the others is empty. They come in
	// the order of the bytes of their keys.
	Entries(ctx context.Context) iter.Seq2[Entry, error]
	// EntryIDs yields the ids of the articles that came from an entry, in any
	// order.
	EntryIDs(ctx context.Context, key string) iter.Seq2[string, error]
	// Notes yields the notes whose keys start with prefix, in the order of the bytes
	// of their keys. With keysOnly they have nothing but their keys, which is cheap.
	Notes(ctx context.Context, prefix string, keysOnly bool) iter.Seq2[Note, error]
	// NotesOf returns the notes of these keys, in their order. Keys that no note has are
	// left out. It is for many keys at once: some hundred are one request to a server.
	NotesOf(ctx context.Context, keys ...string) ([]Note, error)
	// EntryNotes yields the keys of the notes about an entry, in any order.
	EntryNotes(ctx context.Context, key string) iter.Seq2[string, error]
	// Released returns the snapshot without the articles that are under embargo at
	// a moment: for all that it is asked, they are not there. Without such articles
	// it is the snapshot itself. Both are one: one of them is closed, and ends both.
	Released(ctx context.Context, at time.Time) (Snapshot, error)
	// Close lets the generation go. Nothing is asked of it afterwards.
	Close(ctx context.Context) error
}

// Totaler is a snapshot for which a question is a trip to a server, so that many of them are
// better asked together.
type Totaler interface {
	// Totals returns for each plan how many articles match it, of those that the filters
	// of r keep. Its errors are those of Search; ErrTooBroad may be of any of the plans.
	Totals(ctx context.Context, r *Request, plans []match.Plan) ([]int, error)
}

// Identified is a snapshot that knows one generation from another of the same number, as
// there are where an index was made again or restored.
type Identified interface {
	// Identity is other for each batch that was written last before a generation.
	Identity() string
}

// StoredArticle is an article as an engine keeps it, derived values among it.
type StoredArticle struct {
	Article corpus.Article
	Entry   string // the key of the entry that it came from; may be empty
	Story   string // see Doc
}

// Sharer is an article that has keys of a list.
type Sharer struct {
	List int // its index
	Keys int // how many of them
	ID   string
}

// Ref names an article in a version; an empty one stands for any version.
type Ref struct{ ID, Version string }

// Known is what a snapshot knows of a [Ref].
type Known struct {
	Exists bool // there is an article of this id
	Same   bool // and in this version
	// Entry is the key of the entry that the article came from. It is given for
	// an article in another version, since to read it costs a look at what is
	// stored.
	Entry string
	Added time.Time // when it came into the index; zero if that isn't known
}

// Order is how hits are sorted.
type Order uint8

// The orders. Ties go to the newer article, then to the smaller id; articles
// without a date come last. LastAdded sorts by the time at which articles came into
// the index, the latest first; those of which it isn't known come last.
const (
	Relevance Order = iota
	Newest
	Oldest
	LastAdded
)

// Filter keeps the articles that hold any of Values in a facet, or none of
// them when Not. A value takes in those below it, see FacetType.
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
	// Location is where the days of Facets and Filters are meant; nil is UTC. An
	// article at midnight UTC sharp has that day in every location, as in
	// match.Dates.
	Location *time.Location
	// Languages has the number of articles that have stems with a tag, by tag, for those
	// tags that some articles have; "" stands for stems without one. It is nil where all
	// articles have the same. How rare a stem is tells its frequency among these.
	Languages map[string]int
	Order     Order
	// Also are plans of which the response tells how many of the articles
	// found match them as well.
	Also []match.Plan
	// ExactTotal counts all matches. Without it a Response.Total of CountedTo
	// may be a lower bound, which lets the engine pass over what cannot come
	// among the first hits. Facets, Also, an order by date and a Limit of 0
	// count all as well.
	ExactTotal bool
	// CountTo is how far matches are counted without ExactTotal, see CountedTo; 0 for
	// 1,000. Little can be passed over before as many were counted.
	CountTo int
	// NoStories says that nobody asks for Hit.Story, which then may be empty.
	NoStories bool
	Limit     int // hits wanted; 0 for none
	After     *Position
	// Statistics, from the Response to the same plan, have articles score as they
	// did then, whatever was written since: so the scores of Position and those of
	// the hits that follow are of one measure. Empty for those of the snapshot.
	Statistics string
	// Explain asks for the parts of each hit's score.
	Explain bool
}

// usualCount is CountTo where a request doesn't say it: what a person still reads as a
// number.
const usualCount = 1000

// CountedTo is up to where Response.Total is exact without ExactTotal. No fewer are counted
// than hits are wanted, where CountTo says less.
func (r *Request) CountedTo() int {
	if r.CountTo == 0 {
		return usualCount
	}
	return max(r.CountTo, r.Limit)
}

// Position is a place in a result list: that of the last hit seen.
type Position struct {
	Score     float64
	Published time.Time
	Added     time.Time // set in the order LastAdded alone
	ID        string
}

// Response is what was found.
type Response struct {
	Hits   []Hit
	Total  int  // articles that match
	Exact  bool // whether Total is exact
	Counts map[Facet][]Count
	Also   []int // by Request.Also
	// Inexact names, for a reader, what else of the answer is not exact, such as
	// "the counts of sources". Matches, counts and order that it doesn't name are
	// exact, and scores are up to rounding.
	Inexact []string
	// Statistics are what the scores were computed from beside the articles
	// themselves, for Request.Statistics: how many articles there are, how long,
	// and how many have each word. Only the engine that made them can read them.
	// Empty where there are no hits or nothing scores, and for an engine that can't score so.
	Statistics string
}

// Hit is an article that matched.
type Hit struct {
	Position
	Place Place  // where the snapshot has the article, for its Load
	Story string // see Doc
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
