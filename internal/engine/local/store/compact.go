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

// compactRecord is the key of a record that is written and removed again.
const compactRecord = "\x00compact"

// Compact merges all segments into one without deletions, and publishes it.
// The space of what was before is free once no reader holds it.
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
	// The last batch makes the merge durable before it returns, and is what
	// makes this a new state to publish.
	if err := s.Write(ctx, &engine.Batch{DeleteEntries: []string{compactRecord}}); err != nil {
		return err
	}
	if err := s.Publish(ctx); err != nil {
		return err
	}
	return s.purge(ctx)
}

// purgeRounds is how often scorch is given the occasion to remove what it
// doesn't need any more. One is enough, or two, unless a snapshot holds a file;
// then it goes after a later batch.
const purgeRounds = 20

// purge makes scorch remove the files that its root doesn't name. It does so
// after it has written, so it is given something to write that changes nothing.
func (s *Store) purge(ctx context.Context) error {
	scorchDir := filepath.Join(s.dir, writerFolder, scorchFolder)
	stats, ok := s.scorch.Stats().(*scorch.Stats)
	if !ok {
		return fmt.Errorf("unexpected statistics of type %T", s.scorch.Stats())
	}
	// How often scorch has written all there was, and then removed what it
	// doesn't need.
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

// maxCompactRounds bounds the rounds of merging; one is enough unless scorch merges
// something itself meanwhile.
const maxCompactRounds = 4

// compactOptions make scorch's planner take all segments at once.
var compactOptions = func() mergeplan.MergePlanOptions {
	o := mergeplan.SingleSegmentMergePlanOptions
	o.SegmentsPerMergeTask = math.MaxInt32
	o.MaxSegmentSize = mergeplan.MaxSegmentSizeLimit
	return o
}()

// countSegments counts the segments of the store and the documents deleted in them.
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
