package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// Index is an open index. It is safe for concurrent use.
type Index struct {
	engine    engine.Engine
	readOnly  bool
	memory    int64     // that a sync may hold
	embargoed bool      // see Options.IncludeEmbargoed
	noLearn   bool      // see Options.NoLearn
	provider  *provider // of Options.Embeddings; nil for none
	noCopies  bool      // see Options.NoCopies
	// topics reads the rules when they are needed first, which a search
	// doesn't. See rules.
	topics  func() (*TopicRules, error)
	applied atomic.Pointer[TopicRules] // by ApplyTopics; nil before
	model   topicModel
	aliases func() (*Aliases, error)
	// sought says what is found in texts.
	sought  func() (*sought, error)
	removed removedArticles
	known   knownLanguages
	// stories is held by who finds out which stories articles belong to and writes it.
	stories sync.Mutex
	// saving is held by who changes the saved searches.
	saving sync.Mutex
	// changes is held for writing while articles are derived anew: they are read
	// from a snapshot, and nobody may change them meanwhile. All who change
	// articles hold it for reading.
	changes sync.RWMutex
}

// Options says how to open an index; nil means the zero Options.
type Options struct {
	// ReadOnly opens for reading beside any writer, and never creates
	// anything.
	ReadOnly bool
	// Topics are the rules that give articles topics; they are kept with the
	// index. Nil means those that the index was last written with, and the
	// starter rules for a new index. When they differ from the last ones,
	// the next Sync gives all articles their topics anew, see ApplyTopics.
	Topics *TopicRules
	// Aliases are the other names that words of queries have. Nil means those
	// of the file aliases.yaml in the index's folder, and the starter aliases
	// where there is none.
	Aliases *Aliases
	// Entities says whether the people, organizations and places that articles name are
	// found, which takes about as long as the rest of indexing; the index keeps it. When it is
	// another choice than the last one, the next Sync derives the entities of all articles.
	Entities Switch
	// Quotations says whether it is found what articles quote, and which of their sentences
	// are forecasts, recommendations and caveats; the index keeps it, and finds them by
	// default. An archive that nobody asks for these is indexed in three quarters of the time.
	// When it is another choice than the last one, the next Sync derives those of all articles.
	Quotations Switch
	// IncludeEmbargoed shows what is under embargo as if it were not, in whatever
	// is asked of the Index. Query.IncludeEmbargoed does it for a search.
	IncludeEmbargoed bool
	// LockWait is how long to wait for another writer; 0 means 2 s. Waiting, when not
	// nil, is called once if that is longer and 2 s have passed, with an error that says
	// who holds the index.
	LockWait time.Duration
	Waiting  func(err error)
	// NoLearn keeps Sync and Add from learning by themselves what words mean; see Learn.
	NoLearn bool
	// Embeddings say who makes the vectors of articles and queries; nil for what is learned
	// from the corpus.
	Embeddings *Embeddings
	// NoCopies keeps Sync and Add from finding out which articles are copies of one story.
	// What they write is noted, so that the next Sync without it does.
	NoCopies bool
	// Memory is how many bytes a Sync may hold at a time in articles and in
	// the segments made of them; 0 means 256 MB, and less than 16 MB is taken
	// as 16 MB. The process takes up to twice as much, since Go collects
	// garbage when there is as much of it as of what is held.
	Memory int64
}

// The errors that callers tell apart, with errors.Is.
var (
	ErrNotFound = engine.ErrNotFound // no article of that id
	ErrLocked   = engine.ErrLocked   // another process writes
	ErrDamaged  = engine.ErrDamaged  // the index cannot be trusted
	ErrClosed   = engine.ErrClosed   // the Index was closed
	ErrNoIndex  = engine.ErrNoIndex  // nothing there to open read-only
	ErrReadOnly = engine.ErrReadOnly // the Index was opened read-only
	ErrTooBroad = engine.ErrTooBroad // answering the query would take too much
	ErrOutdated = engine.ErrOutdated // of an older schema: Rebuild makes it readable
	// ErrNewer: a newer version of newsq wrote the index. It is not damaged, and
	// can only be used with that version.
	ErrNewer = engine.ErrNewer
	// ErrSnapshotGone: servers lost what was being read of the index, as when one of them
	// ends. Search asks once more by itself; what else is asked can be asked again.
	ErrSnapshotGone = engine.ErrSnapshotGone
	// ErrServer: a server that the index lies on failed, refused, or gave no answer.
	ErrServer = engine.ErrServer
	// ErrUnsupported: this kind of index cannot do it.
	ErrUnsupported = engine.ErrUnsupported
)

// defaultLockWait leaves a short write time to end, and keeps the answer to a
// person who waits within 3 s.
const defaultLockWait = 2 * time.Second

// Open opens the index at location, creating it if absent: a folder, the file URL of
// one, or the URL of an index on an OpenSearch cluster. A URL that no kind of index
// serves is ErrUnsupported. An index of an
// older schema is rebuilt first; read-only it is ErrOutdated. ctx is for the
// opening alone. The caller closes the Index.
func Open(ctx context.Context, location string, opts *Options) (*Index, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	if location == "" {
		return nil, errors.New("open index: no folder given")
	}
	p, err := newProvider(o.Embeddings)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	e, err := openEngine(ctx, location, &o)
	if err != nil {
		return nil, err
	}
	if !o.ReadOnly {
		e = &stampingEngine{Engine: e}
	}
	ix := &Index{engine: e, readOnly: o.ReadOnly, memory: memoryOf(o.Memory), embargoed: o.IncludeEmbargoed, noLearn: o.NoLearn, noCopies: o.NoCopies, provider: p}
	// Settings are read when they are needed first, and then for all calls.
	later := context.WithoutCancel(ctx)
	ix.topics = func() (*TopicRules, error) { return o.Topics, nil }
	if o.Topics == nil {
		ix.topics = onceRead(func() (*TopicRules, error) { return loadTopics(later, e) })
	}
	ix.aliases = func() (*Aliases, error) { return o.Aliases, nil }
	if o.Aliases == nil {
		ix.aliases = onceRead(func() (*Aliases, error) { return loadAliases(later, e) })
	}
	ix.sought = onceRead(func() (*sought, error) {
		s, err := loadSought(later, e)
		return &s, err
	})
	if !o.ReadOnly {
		if err := keepChoices(ctx, e, &o); err != nil {
			return nil, errors.Join(err, e.Close(ctx))
		}
	}
	return ix, nil
}

// keepChoices keeps with an index what the options choose of its settings.
func keepChoices(ctx context.Context, e engine.Engine, o *Options) error {
	if err := entitiesChoice.change(ctx, e, o.Entities); err != nil {
		return err
	}
	if err := quotationsChoice.change(ctx, e, o.Quotations); err != nil {
		return err
	}
	if o.Topics == nil {
		return nil
	}
	return changeTopics(ctx, e, o.Topics)
}

// onceRead returns a function that reads a value when it is called first, and returns it
// from then on. An error is not kept: it may be of a server that is back the next time.
func onceRead[T any](read func() (*T, error)) func() (*T, error) {
	var mu sync.Mutex
	var kept *T
	return func() (*T, error) {
		mu.Lock()
		defer mu.Unlock()
		if kept != nil {
			return kept, nil
		}
		value, err := read()
		if err == nil {
			kept = value
		}
		return value, err
	}
}

// openEngine opens the engine of an index, of which one of an older schema is
// rebuilt first.
func openEngine(ctx context.Context, location string, o *Options) (engine.Engine, error) {
	d, at, err := driverOf(location)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	eo := engine.Options{ReadOnly: o.ReadOnly, LockWait: lockWait(o.LockWait), Analyzer: analyzerOf("")}
	if o.Waiting != nil {
		eo.LockWait = min(eo.LockWait, defaultLockWait)
	}
	e, err := d.Open(ctx, at, eo)
	if more := o.LockWait - eo.LockWait; o.Waiting != nil && more > 0 && errors.Is(err, ErrLocked) {
		o.Waiting(err)
		eo.LockWait = more
		e, err = d.Open(ctx, at, eo)
	}
	if errors.Is(err, ErrOutdated) && !o.ReadOnly {
		if _, err := Rebuild(ctx, location, &RebuildOptions{LockWait: o.LockWait}); err != nil {
			return nil, err
		}
		e, err = d.Open(ctx, at, eo)
	}
	return e, err
}

// memoryOf returns what Options.Memory stands for.
func memoryOf(memory int64) int64 {
	if memory == 0 {
		return defaultMemory
	}
	return max(memory, minMemory)
}

// settingsReader reads what people keep with an index; see engine.Settings.
type settingsReader interface {
	ReadSetting(ctx context.Context, name string) (content []byte, where string, err error)
}

// loadTopics reads the rules that the index was last written with.
func loadTopics(ctx context.Context, from settingsReader) (*TopicRules, error) {
	b, where, err := from.ReadSetting(ctx, engine.TopicsSetting)
	if errors.Is(err, fs.ErrNotExist) {
		return StarterTopics(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read topic rules: %w", err)
	}
	return parseTopics(b, where)
}

// saveTopics writes the rules that the index is written with from now on.
func saveTopics(ctx context.Context, in engine.Settings, t *TopicRules) error {
	if err := in.WriteSetting(ctx, engine.TopicsSetting, t.YAML()); err != nil {
		return fmt.Errorf("keep topic rules: %w", err)
	}
	return nil
}

// Close releases the index. Results stay valid.
func (ix *Index) Close() error {
	if ix.provider != nil {
		ix.provider.client.Close()
	}
	return ix.engine.Close(context.Background())
}

// Topics returns the rules that the index gives topics by.
func (ix *Index) Topics() (*TopicRules, error) { return ix.rules() }

// Notices says, for a person who is about to write, where the index promises less than
// one may expect, as without a copy on another server. An index in a folder has none.
func (ix *Index) Notices() []string {
	if a, ok := able[engine.Advisor](ix.engine); ok {
		return a.Notices()
	}
	return nil
}

// Len returns the number of articles, but for those under embargo.
func (ix *Index) Len(ctx context.Context) (int, error) {
	snap, err := ix.snapshot(ctx, time.Now(), false)
	if err != nil {
		return 0, err
	}
	return snap.Len(), snap.Close(ctx)
}
