package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/fsutil"
)

// openWriterStore opens the writer store, or makes it. It checks the store before scorch
// opens it, and what scorch has opened after that.
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
	if err == nil && checked == nil {
		err = makeRoot(scorchDir)
	}
	if err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	if err := markUnclean(writerDir); err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	// Articles are analysed before they reach scorch. Its queue only hands
	// documents on: one worker for each processor is enough.
	s.queue = index.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	s.failStop = newFailStop()
	failStops.Store(scorchDir, s.failStop)
	if s.scorch, err = openScorch(scorchDir, s.queue, &s.merges); err != nil {
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

// makeRoot makes an empty root, which scorch fills. Scorch itself would make one that
// its owner alone may read, whatever the umask says.
func makeRoot(scorchDir string) error {
	f, err := os.OpenFile(filepath.Join(scorchDir, boltName), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	return f.Close()
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

// checkOpenedRoot checks that scorch has opened the state that was checked. Scorch may have
// merged segments since, which leaves the batch and the documents as they are.
func (s *Store) checkOpenedRoot(want *rootState) error {
	r, err := s.writerSnapshot()
	if err != nil {
		return err
	}
	defer r.Close()
	documents, err := r.DocCount()
	if err != nil {
		return err
	}
	if batchID(r) != want.batchID() || documents != want.documents {
		return fmt.Errorf("%w: %s: its newest state cannot be opened", engine.ErrDamaged, filepath.Join(s.dir, writerFolder, scorchFolder))
	}
	return nil
}

func (s *Store) writerSnapshot() (*scorch.IndexSnapshot, error) { return scorchSnapshot(s.scorch) }

func scorchSnapshot(s *scorch.Scorch) (*scorch.IndexSnapshot, error) {
	r, err := s.Reader()
	if err != nil {
		return nil, err
	}
	snap, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("unexpected reader type %T", r), r.Close())
	}
	return snap, nil
}

// openScorch opens a scorch store for writing.
func openScorch(scorchDir string, q *index.AnalysisQueue, merges *segment.MergeLog) (*scorch.Scorch, error) {
	registerScorch()
	config := map[string]any{
		"forceSegmentType":       segment.Type,
		"forceSegmentVersion":    segment.Version,
		"path":                   scorchDir,
		"bolt_timeout":           "2s",
		"asyncErrorCallbackName": callbackName,
		// One snapshot: generations are our own history.
		"numSnapshotsToKeep": 1,
		"segmentConfig": map[string]any{
			segment.SharedDictKey: new(segment.SharedDict),
			segment.MergeLogKey:   merges,
			segment.ChampionsKey:  schema.Champions(),
		},
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

// bleveMapping tells bleve what it must know of an index to open it: terms are taken as
// they are, and bleve adds no fields of its own.
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
