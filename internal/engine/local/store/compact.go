package store

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
)

// compactRecord is the key of an entry that Compact writes and deletes again.
const compactRecord = "\x00compact"

// Compact merges all segments into one without deletions, and publishes it. The space
// of the old segments is free when no reader holds a generation with them.
func (s *Store) Compact(ctx context.Context) error {
	if s.readOnly {
		return fmt.Errorf("compact: %w", engine.ErrReadOnly)
	}
	segments, deleted, err := s.countSegments()
	if err != nil {
		return err
	}
	if segments == 1 && deleted > 1 {
		// Scorch leaves a segment alone that is the only one, so it gets a
		// companion, of which a deletion is left over.
		b := &engine.Batch{PutEntries: []engine.Entry{{Key: compactRecord}}}
		if err := s.Write(ctx, b); err != nil {
			return err
		}
	}
	for round := 0; round < maxCompactRounds; round++ {
		before := segments
		if segments, deleted, err = s.countSegments(); err != nil {
			return err
		}
		if segments <= 1 && deleted <= 1 || round > 1 && segments == before {
			break
		}
		err := s.failStop.run(func() error { return s.scorch.ForceMerge(ctx, &compactOptions) })
		if err == nil {
			err = ctx.Err() // ForceMerge says nothing of it
		}
		if err != nil {
			return fmt.Errorf("compact: %w", reader.Damage(err))
		}
	}
	// A batch after the merge makes that durable before Write returns. It also
	// makes a new state, which Publish publishes.
	if err := s.Write(ctx, &engine.Batch{DeleteEntries: []string{compactRecord}}); err != nil {
		return err
	}
	if err := s.Publish(ctx); err != nil {
		return err
	}
	return s.purge(ctx)
}

// purgeRounds bounds how often purge gives scorch an occasion to remove files. One or
// two are enough, unless a snapshot holds a file: that is removed after a later
// batch.
const purgeRounds = 20

// purge makes scorch remove the files that its root doesn't name. Scorch does that after
// it has written something, so purge lets it write a value that is there already.
func (s *Store) purge(ctx context.Context) error {
	scorchDir := filepath.Join(s.dir, writerFolder, scorchFolder)
	stats, ok := s.scorch.Stats().(*scorch.Stats)
	if !ok {
		return fmt.Errorf("unexpected statistics of type %T", s.scorch.Stats())
	}
	// The count of times that scorch had written all there was, and had then
	// removed the files that it doesn't need.
	persistLoops := func() uint64 { return atomic.LoadUint64(&stats.TotPersistLoopWait) }
	for range purgeRounds {
		done := persistLoops()
		err := s.failStop.run(func() error { return s.scorch.SetInternal([]byte(mappingKey), []byte(bleveMapping)) })
		if err != nil {
			return err
		}
		for persistLoops() == done && ctx.Err() == nil && s.failStop.failure() == nil && !s.isClosed() {
			time.Sleep(purgePoll)
		}
		if ctx.Err() != nil || s.isClosed() {
			return nil
		}
		root, err := readRoot(scorchDir)
		if err != nil || root == nil {
			continue // it is being written
		}
		names, err := filepath.Glob(filepath.Join(scorchDir, "*"+segmentExt))
		if err != nil || len(names) <= len(root.segments) {
			return err
		}
	}
	return nil
}

// purgePoll is how often purge looks whether scorch has come to rest.
const purgePoll = 2 * time.Millisecond

// maxCompactRounds bounds how often Compact merges. Once is enough, unless scorch merges
// something itself at the same time.
const maxCompactRounds = 4

// compactOptions make scorch's planner take all segments at once.
var compactOptions = func() mergeplan.MergePlanOptions {
	o := mergeplan.SingleSegmentMergePlanOptions
	o.SegmentsPerMergeTask = math.MaxInt32
	o.MaxSegmentSize = mergeplan.MaxSegmentSizeLimit
	return o
}()

// countSegments counts the segments of the writer store, and the deleted documents.
func (s *Store) countSegments() (segments, deleted int, err error) {
	if s.isClosed() {
		return 0, 0, engine.ErrClosed
	}
	r, err := s.writerSnapshot()
	if err != nil {
		return 0, 0, err
	}
	defer r.Close()
	for _, seg := range r.Segments() {
		segments++
		if d := seg.Deleted(); d != nil {
			deleted += int(d.GetCardinality())
		}
	}
	return segments, deleted, nil
}
