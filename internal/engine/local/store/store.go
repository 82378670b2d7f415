// Package store keeps an index in a folder: it writes batches by bleve's scorch,
// publishes generations, holds off other writers, and finds, names and repairs
// damage. What a generation holds is read through package reader.
package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/fsutil"
)

// formatName marks a folder as an index of ours.
const formatName = "newsq"

// Store keeps one index in a folder: it writes batches, publishes generations and
// hands them out. Write, Publish and Close are those of engine.Engine.
type Store struct {
	dir      string
	readOnly bool
	lock     *writerLock // nil when read-only

	// publishMu is held for reading by Write and for writing by Publish, so
	// that a generation never holds half of a batch's neighbours.
	publishMu   sync.RWMutex
	scorch      *scorch.Scorch // nil when read-only
	failStop    *failStop      // of scorch
	queue       *index.AnalysisQueue
	unpublished bool // scorch is ahead of the current generation; under publishMu

	mu           sync.Mutex
	current      *Generation
	pointerState fsutil.FileState // CURRENT when it was read last; see refreshIfChanged
	closed       bool
}

// header is the content of newsq.json.
type header struct {
	Format  string    `json:"format"`
	Schema  int       `json:"schema"`
	Created time.Time `json:"created"`
	// Program is the version of newsq that made it, for the message of one
	// that is too old to read it.
	Program string `json:"program,omitempty"`
}

// Open opens the index in dir. For writing it is created when absent; read
// only it must be there.
func Open(ctx context.Context, dir string, o engine.Options) (_ *Store, err error) {
	e := &Store{dir: dir, readOnly: o.ReadOnly}
	if o.ReadOnly {
		if err := readHeader(dir); err != nil {
			return nil, err
		}
		if err := e.refreshIfChanged(); err != nil {
			return nil, err
		}
		return e, nil
	}
	if err := fsutil.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	if err := checkNewFolder(dir); err != nil {
		return nil, err
	}
	if e.lock, err = lockWriter(ctx, dir, o.LockWait); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			e.lock.release()
		}
	}()
	if err := ensureHeader(dir); err != nil {
		return nil, err
	}
	// Before scorch tidies up the store: what is damaged is left as it is.
	if _, err := readPointer(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open index: %w", err)
	}
	if err := e.openWriterStore(); err != nil {
		return nil, err
	}
	if err := e.publishPending(ctx); err != nil {
		return nil, errors.Join(err, e.closeWriterStore())
	}
	return e, nil
}

// publishPending makes a generation of what an earlier writer acknowledged and did
// not come to publish, or that readers can't open any more, and opens the
// current one.
func (s *Store) publishPending(ctx context.Context) error {
	// Without CURRENT, nothing was published yet, or it was lost. Either way
	// the store has all there is.
	if _, err := readPointer(s.dir); !errors.Is(err, fs.ErrNotExist) {
		if err := s.refresh(); err != nil {
			return err
		}
	}
	r, err := s.scorch.Reader()
	if err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	batchID := batchID(r)
	if err := r.Close(); err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	if s.current != nil && s.current.batchID == batchID && s.checkPublished() == nil {
		return nil
	}
	s.unpublished = true
	return s.Publish(ctx)
}

// checkNewFolder refuses a folder that holds something else.
func checkNewFolder(dir string) error {
	if err := readHeader(dir); !errors.Is(err, engine.ErrNoIndex) {
		return err
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	for _, n := range names {
		if !mayPrecedeIndex(n.Name()) {
			return fmt.Errorf("open index: %s holds %s and is no newsq index; choose an empty folder", dir, n.Name())
		}
	}
	return nil
}

func ensureHeader(dir string) error {
	err := readHeader(dir)
	if !errors.Is(err, engine.ErrNoIndex) {
		return err
	}
	h, err := json.Marshal(header{Format: formatName, Schema: schema.Version, Created: time.Now().UTC(), Program: program()})
	if err != nil {
		return err
	}
	return fsutil.ReplaceFile(filepath.Join(dir, headerName), appendHeaderChecksum(h))
}

func readHeader(dir string) error {
	path := filepath.Join(dir, headerName)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(dir, pointerName)); err == nil {
			return fmt.Errorf("open index: %w: %s is missing", engine.ErrDamaged, path)
		}
		return fmt.Errorf("open index: %w in %s", engine.ErrNoIndex, dir)
	}
	if err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	var h header
	if err := json.Unmarshal(b, &h); err != nil || h.Format != formatName {
		return fmt.Errorf("open index: %w: %s is not a newsq header", engine.ErrDamaged, path)
	}
	switch {
	case h.Schema < 1:
		return fmt.Errorf("open index: %w: %s has schema %d", engine.ErrDamaged, path, h.Schema)
	case h.Schema < schema.Version:
		return fmt.Errorf("open index: %w: %s has schema %d, and this newsq reads schema %d", engine.ErrOutdated, dir, h.Schema, schema.Version)
	case h.Schema > schema.Version:
		program := h.Program
		if program == "" {
			program = "a later version"
		}
		return fmt.Errorf("open index: %s has schema %d, and this newsq reads schemas up to %d; use newsq %s or newer", dir, h.Schema, schema.Version, program)
	}
	return nil
}

// program is the version of newsq that this is, as far as it is known.
func program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == "github.com/newsq/newsq" && m.Version != "(devel)" {
			return m.Version
		}
	}
	return ""
}

// openWriterStore opens the writer store, creating it when absent.
func (s *Store) openWriterStore() error {
	writerDir := filepath.Join(s.dir, writerFolder)
	scorchDir := filepath.Join(writerDir, scorchFolder)
	if err := fsutil.MakeDir(scorchDir); err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	if err := writeBleveMeta(writerDir); err != nil {
		return err
	}
	checked, err := checkWriterStore(s.dir)
	if errors.Is(err, errRootCutShort) {
		err = os.Remove(filepath.Join(scorchDir, boltName))
	}
	if err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	if err := markUnclean(writerDir); err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	// Analysis is done before a document reaches scorch, so that its queue
	// only hands documents through: one worker for each processor is enough.
	s.queue = index.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	s.failStop = newFailStop()
	failStops.Store(scorchDir, s.failStop)
	if s.scorch, err = openScorch(scorchDir, s.queue); err != nil {
		failStops.Delete(scorchDir)
		s.queue.Close()
		return err
	}
	if checked != nil {
		err = s.checkOpenedRoot(checked)
	}
	if err == nil {
		err = s.failStop.run(func() error { return ensureMapping(s.scorch) })
	}
	if err == nil {
		err = fsutil.SyncDir(scorchDir) // where scorch may just have made its root
	}
	if err != nil {
		return errors.Join(err, s.closeWriterStore())
	}
	return nil
}

// closeWriterStore closes the writer store, and marks it as cleanly closed if
// nothing failed.
func (s *Store) closeWriterStore() error {
	writerDir := filepath.Join(s.dir, writerFolder)
	err := s.failStop.closeScorch(s.scorch, filepath.Join(writerDir, scorchFolder))
	s.queue.Close()
	if err == nil && s.failStop.failure() == nil {
		err = writeCleanMark(writerDir)
	}
	return err
}

// bleveMeta is the content of index_meta.json, by which bleve knows an index.
const bleveMeta = `{"storage":"scorch","index_type":"scorch"}` + "\n"

// writeBleveMeta makes dir a folder that bleve.Open takes.
func writeBleveMeta(dir string) error {
	path := filepath.Join(dir, metaName)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	return fsutil.ReplaceFile(path, []byte(bleveMeta))
}

// bleveMapping is what bleve itself wants to know of an index: terms are taken
// as they are, and nothing is indexed that is not here.
const bleveMapping = `{"default_mapping":{"enabled":true,"dynamic":false},"type_field":"_type","default_type":"_default",` +
	`"default_analyzer":"keyword","default_datetime_parser":"dateTimeOptional","default_field":"body",` +
	`"store_dynamic":false,"index_dynamic":false,"docvalues_dynamic":false,"analysis":{}}`

// mappingKey is where bleve.Open looks for the mapping.
const mappingKey = "_mapping"

// ensureMapping puts the mapping where bleve.Open looks for it.
func ensureMapping(s *scorch.Scorch) error {
	snapshot, err := scorchSnapshot(s)
	if err != nil {
		return err
	}
	present := string(snapshot.Internal()[mappingKey]) == bleveMapping
	if err := snapshot.Close(); err != nil || present {
		return err
	}
	return s.SetInternal([]byte(mappingKey), []byte(bleveMapping))
}

// openScorch opens a scorch store for writing.
func openScorch(scorchDir string, q *index.AnalysisQueue) (*scorch.Scorch, error) {
	registerScorch()
	config := map[string]any{
		"forceSegmentType":       segment.Type,
		"forceSegmentVersion":    segment.Version,
		"path":                   scorchDir,
		"bolt_timeout":           "2s",
		"asyncErrorCallbackName": callbackName,
		// One snapshot: generations are our own history.
		"numSnapshotsToKeep": 1,
		"segmentConfig":      map[string]any{segment.SharedDictKey: new(segment.SharedDict)},
	}
	ix, err := scorch.NewScorch(scorch.Name, config, q)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := ix.Open(); err != nil {
		return nil, fmt.Errorf("open store %s: %w", scorchDir, err)
	}
	s, ok := ix.(*scorch.Scorch)
	if !ok {
		return nil, fmt.Errorf("open store %s: unexpected index type %T", scorchDir, ix)
	}
	return s, nil
}

// Write implements engine.Engine.
func (s *Store) Write(ctx context.Context, b *engine.Batch) error {
	if s.readOnly {
		return fmt.Errorf("write: %w", engine.ErrReadOnly)
	}
	batch, err := newBatch(b)
	if err != nil {
		return err
	}
	// From here on b isn't looked at, so that its articles can go as soon as
	// their documents are released, unless the caller still needs it.
	articles := len(b.Put)
	if err := ctx.Err(); err != nil {
		return err
	}
	s.publishMu.RLock()
	defer s.publishMu.RUnlock()
	if s.isClosed() {
		return engine.ErrClosed
	}
	s.mu.Lock()
	s.unpublished = true
	s.mu.Unlock()
	err = s.failStop.run(func() error { return s.scorch.Batch(batch) })
	if err != nil && !errors.Is(err, segment.ErrDocuments) {
		// Whether the batch is durable is not known, nor what else isn't.
		s.failStop.fail(err)
	}
	if err == nil {
		err = s.failStop.failure()
	}
	if err != nil {
		return fmt.Errorf("write batch of %d articles: %w", articles, reader.Damage(err))
	}
	return nil
}

// newBatch makes the batch that scorch takes, with a batch id of its own.
func newBatch(b *engine.Batch) (*index.Batch, error) {
	batch := index.NewBatch()
	for _, id := range b.Delete {
		batch.Delete(id)
	}
	for _, key := range b.DeleteEntries {
		batch.Delete(schema.RecordID(key))
	}
	s := new(schema.Buffers)
	for i := range b.Put {
		doc := b.Put[i]
		d, err := schema.NewDocument(&doc, i, s)
		if err != nil {
			return nil, err
		}
		batch.Update(d)
	}
	for _, r := range b.PutEntries {
		batch.Update(schema.NewRecord(r, s))
	}
	batch.SetInternal([]byte(batchIDKey), newBatchID())
	return batch, nil
}

// Close implements engine.Engine. Snapshots taken stay good until closed.
func (s *Store) Close() error {
	s.publishMu.Lock()
	defer s.publishMu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var errs []error
	if s.current != nil {
		errs = append(errs, s.current.Release())
		s.current = nil
	}
	if s.scorch != nil {
		errs = append(errs, s.closeWriterStore())
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}

func (s *Store) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// Dir returns the folder of the index.
func (s *Store) Dir() string { return s.dir }
