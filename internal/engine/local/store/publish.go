package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/gofrs/flock"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/fsutil"
)

// Publish makes a generation of all that was written, and makes it the current one. It
// waits for the batches that are being written. When nothing was written since the
// last time, it does nothing. A failure ends writing.
func (s *Store) Publish(ctx context.Context) error {
	if s.readOnly {
		return fmt.Errorf("publish: %w", engine.ErrReadOnly)
	}
	if err := s.foldWritten(ctx); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	s.publishMu.Lock()
	defer s.publishMu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return engine.ErrClosed
	}
	if err := s.failStop.failure(); err != nil {
		return err
	}
	if !s.unpublished && s.current != nil {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	next, err := s.publishNext(context.WithoutCancel(ctx))
	if err != nil {
		err = fmt.Errorf("publish generation %s: %w", next.name(), reader.Damage(err))
		s.failStop.fail(err)
		return err
	}
	s.unpublished = false
	if err := s.refresh(); err != nil {
		return err
	}
	s.removeUnusedGenerations(next)
	if s.learnMu.TryLock() { // else Learn has made files that belong to no generation yet
		s.removeUnusedVectors(next)
		s.learnMu.Unlock()
	}
	return nil
}

// publishNext writes the next generation and makes it the current one.
func (s *Store) publishNext(ctx context.Context) (pointer, error) {
	next, err := s.nextPointer()
	if err != nil {
		return next, err
	}
	if err := s.writeGeneration(ctx, &next); err != nil {
		return next, err
	}
	return next, fsutil.ReplaceFile(filepath.Join(s.dir, pointerName), []byte(next.encode()))
}

// nextPointer numbers the next generation. Where CURRENT was lost, it goes on
// from the generations that are there.
func (s *Store) nextPointer() (pointer, error) {
	p, err := readPointer(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		var numbers []uint64
		if numbers, err = generationNumbers(s.dir); len(numbers) > 0 {
			p.number = slices.Max(numbers)
		}
	}
	return pointer{number: p.number + 1}, err
}

// writeGeneration makes the folder of generation p from what the writer store holds,
// and sets p's batch id. The folder gets its name when all of it is durable. The
// order of the system calls is part of the contract: tests of faults replay it.
func (s *Store) writeGeneration(ctx context.Context, p *pointer) (err error) {
	parent := filepath.Join(s.dir, generationsFolder)
	tmp := filepath.Join(parent, "tmp-"+p.name())
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(tmp, scorchFolder), 0o777); err != nil {
		return err
	}
	if p.batchID, err = s.copyWriterStore(tmp); err != nil {
		return err
	}
	if err := writeBleveMeta(tmp); err != nil {
		return err
	}
	if err := fsutil.ReplaceFile(filepath.Join(tmp, generationLockName), nil); err != nil {
		return err
	}
	if err := s.writeManifest(ctx, tmp, p.batchID); err != nil {
		return err
	}
	if err := errors.Join(fsutil.SyncDir(filepath.Join(tmp, scorchFolder)), fsutil.SyncDir(tmp)); err != nil {
		return err
	}
	final := filepath.Join(parent, p.name())
	if err := os.RemoveAll(final); err != nil { // left by a publication that was cut short
		return err
	}
	if err := os.Rename(tmp, final); err != nil {
		return err
	}
	return fsutil.SyncDir(parent)
}

// copyWriterStore copies the newest state of the writer store into the folder of a
// generation, and returns the id of its last batch. Segments are linked.
func (s *Store) copyWriterStore(dir string) (id string, err error) {
	if err := s.failStop.failure(); err != nil {
		return "", err
	}
	c, ok := s.scorch.CopyReader().(*scorch.IndexSnapshot)
	if !ok || c == nil {
		return "", errors.New("store is closed")
	}
	if err := checkPersisted(c); err != nil {
		return "", errors.Join(err, c.CloseCopyReader())
	}
	err = c.CopyTo(linkDirectory{from: filepath.Join(s.dir, writerFolder), to: dir})
	return batchID(c), errors.Join(err, c.CloseCopyReader())
}

// writeManifest writes the manifest of the generation in dir, and puts the vectors there
// of which it tells.
func (s *Store) writeManifest(ctx context.Context, dir, batchID string) error {
	root, err := readRoot(filepath.Join(dir, scorchFolder))
	if err != nil || root == nil {
		return errors.Join(err, errors.New("the copy of the root is empty"))
	}
	names := []string{metaName, boltPath}
	for _, seg := range root.segments {
		names = append(names, scorchFolder+"/"+seg.file)
	}
	m := &manifest{Format: manifestFormat, Schema: schema.Version, BatchID: batchID}
	if err := errors.Join(s.countArticles(m), m.add(dir, names)); err != nil {
		return err
	}
	if err := s.linkVectors(ctx, dir, m, root.segments); err != nil {
		return err
	}
	b, err := m.encode()
	if err != nil {
		return err
	}
	return fsutil.ReplaceFile(filepath.Join(dir, manifestName), b)
}

// countArticles sets the number and the total length of the articles in m, as the writer
// store has them. The caller holds publishMu, so that the store still is in the state
// that was copied; the batch id proves it.
func (s *Store) countArticles(m *manifest) error {
	r, err := s.writerSnapshot()
	if err != nil {
		return err
	}
	defer r.Close()
	if batchID(r) != m.BatchID {
		return errors.New("the store changed while it was copied")
	}
	states, err := segmentStates(r)
	if err != nil {
		return err
	}
	v, err := reader.NewView(states)
	if err != nil {
		return err
	}
	m.Articles = v.Articles
	m.Length, err = v.TotalLength()
	return errors.Join(err, v.Damaged())
}

// checkPersisted checks that all segments of a snapshot are files. That holds after
// each Write that succeeded; after one that failed, say on a full disk, a segment
// may still be in memory.
func checkPersisted(r *scorch.IndexSnapshot) error {
	for _, s := range r.Segments() {
		if _, ok := s.Segment().(segment.PersistedSegment); !ok {
			return errors.New("a batch that failed is still in memory; close the index and open it again")
		}
	}
	return nil
}

// removeUnusedGenerations removes the generations that are not current and that no
// reader has locked. It is housekeeping and reports no error: a folder that cannot
// be removed now is removed the next time.
func (s *Store) removeUnusedGenerations(current pointer) {
	parent := filepath.Join(s.dir, generationsFolder)
	names, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, n := range names {
		dir := filepath.Join(parent, n.Name())
		if strings.HasPrefix(n.Name(), "old-") || strings.HasPrefix(n.Name(), "tmp-") {
			_ = os.RemoveAll(dir)
			continue
		}
		if n.Name() == current.name() {
			continue
		}
		l := flock.New(filepath.Join(dir, generationLockName), flock.SetFlag(os.O_RDWR))
		if ok, err := l.TryLock(); err != nil || !ok {
			continue
		}
		// Renamed first, so that a reader finds it whole or not at all.
		renamed := filepath.Join(parent, "old-"+n.Name())
		err := os.Rename(dir, renamed)
		_ = l.Close()
		if err == nil {
			_ = os.RemoveAll(renamed)
		}
	}
}
