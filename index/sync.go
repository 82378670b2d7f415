package index

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// SyncOptions says how to sync; nil means the zero SyncOptions.
type SyncOptions struct {
	// Prune removes articles that src covers and no longer yields.
	Prune bool
	// Progress, when not nil, is called a few times a second and once at the
	// end, from one goroutine at a time.
	Progress func(Progress)
}

// Progress is how far a sync has come.
type Progress struct {
	Report     SyncReport
	BytesDone  int64 // of the entries looked at, as stored
	BytesTotal int64 // of all entries whose size is known
	Path       string
}

// SyncReport is what a sync did.
type SyncReport struct {
	Added, Updated, Unchanged, Removed int // articles
	// Retagged is the number of articles whose topics changed because the rules
	// did, from whatever source. Those of this source are among Updated.
	Retagged int
	// Vanished is the number of articles that are gone from the source and
	// were kept, as Prune was not set.
	Vanished int
	// Unreadable are the places that could not be read. What came from them
	// before is kept, and they are tried again the next time.
	Unreadable []*corpus.ReadError
	// Partial are the places of articles that were read, with something cut,
	// repaired, or left out as it was not understood: text that nothing says to
	// be the article's, a date or an author that none can be read from. Each
	// names the field and the beginning of what stands there.
	Partial  []*corpus.ReadError
	Skipped  int // files in no form that corpus reads
	Warnings []string
	Bytes    int64 // read, as stored
	Took     time.Duration
}

// Sync brings the index in step with src. Entries whose stamp is known are not
// opened. Of the other entries, articles that are kept in the same version are
// not written again. Batches are durable as they are written, and all of them
// become visible at the end, at once. When ctx ends, what was read so far is kept
// and made visible, and reported beside ctx.Err(); the next Sync goes on from
// there.
//
// Where the rules of topics have changed since, all articles of the index are
// given their topics anew first, as ApplyTopics does. No source is read for it.
//
// An article whose id is already that of an article from elsewhere gets an id
// of its own, derived from its key; SyncReport.Warnings says so.
func (ix *Index) Sync(ctx context.Context, src corpus.Source, opts *SyncOptions) (SyncReport, error) {
	start := time.Now()
	if err := ix.checkWritable("sync"); err != nil {
		return SyncReport{}, err
	}
	var o SyncOptions
	if opts != nil {
		o = *opts
	}
	changed, records, err := ix.deriveIfStale(ctx, o.Progress)
	if err != nil {
		return SyncReport{}, err
	}
	ix.changes.RLock()
	defer ix.changes.RUnlock()
	rules, err := ix.rules()
	if err != nil {
		return SyncReport{}, err
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return SyncReport{}, err
	}
	s := newSyncer(ix, rules.stages, snap, src, o)
	s.rederived, s.report.Retagged, s.records = changed, len(changed.ids), records
	err = s.run(ctx)
	// What is durable is made visible, whatever ended the sync.
	err = errors.Join(err, ix.engine.Publish(context.WithoutCancel(ctx)), snap.Close(ctx))
	s.report.Took = time.Since(start)
	s.reportProgress()
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = ctx.Err()
	}
	return s.report, err
}

// syncer is one sync under way. Its methods run on the goroutine of Sync
// but for those of pipeline.
type syncer struct {
	writer engine.Writer
	memory int64
	stages *enrich.Pipeline
	snap   engine.Snapshot // the index as it was before
	src    corpus.Source
	o      SyncOptions
	report SyncReport

	entries    []corpus.Entry          // of the source
	known      map[string]engine.Entry // of the index, by key
	present    map[string]bool         // keys of entries
	claims     map[string]uint64       // ids given in this run, with a digest of the text
	seed       maphash.Seed            // of the digests
	collisions int
	rederived  rederived      // before the sync
	records    []engine.Entry // to be written with the first articles
	example    string         // an id that was given because of a collision
	duplicates int            // articles that stand more than once under one id, word for word

	bytesDone, bytesTotal int64
	entryBytes            func() int64 // bytes done of the entry that is being read; may be nil
	path                  string
	reported              time.Time
}

func newSyncer(ix *Index, stages *enrich.Pipeline, snap engine.Snapshot, src corpus.Source, o SyncOptions) *syncer {
	return &syncer{
		writer: ix.engine, memory: ix.memory, stages: stages, snap: snap, src: src, o: o,
		known: map[string]engine.Entry{}, present: map[string]bool{}, claims: map[string]uint64{},
		seed: maphash.MakeSeed(),
	}
}

func (s *syncer) run(ctx context.Context) error {
	for e, err := range s.snap.Entries(ctx) {
		if err != nil {
			return err
		}
		if e.Key != derivedKey {
			s.known[e.Key] = e
		}
	}
	if err := s.listEntries(ctx); err != nil {
		return err
	}
	p := newPipeline(s)
	err := s.readEntries(ctx, p)
	err = errors.Join(err, p.finish(context.WithoutCancel(ctx)))
	s.warn()
	if err != nil {
		return err
	}
	if err := s.dropEntries(ctx); err != nil {
		return err
	}
	return ctx.Err()
}

// listEntries walks the source, so that progress can be measured.
func (s *syncer) listEntries(ctx context.Context) error {
	for e, err := range s.src.Entries(ctx) {
		if err != nil {
			if _, err := s.note(err); err != nil {
				return fmt.Errorf("walk the source: %w", err)
			}
			continue
		}
		if s.present[e.Key] {
			continue // given twice, as by overlapping paths
		}
		s.present[e.Key] = true
		s.entries = append(s.entries, e)
		s.bytesTotal += max(e.Size, 0)
	}
	return nil
}

// note notes an error that concerns one place, and reports whether something
// could not be read there. It returns any other error.
func (s *syncer) note(err error) (unread bool, _ error) {
	var re *corpus.ReadError
	switch {
	case !errors.As(err, &re):
		return true, err
	case errors.Is(re, corpus.ErrUnknownFormat):
		s.report.Skipped++
	case errors.Is(re, corpus.ErrPartial):
		s.report.Partial = append(s.report.Partial, re)
	default:
		s.report.Unreadable = append(s.report.Unreadable, re)
		return true, nil
	}
	return false, nil
}

// isUnchanged reports whether an entry need not be opened.
func (s *syncer) isUnchanged(e corpus.Entry) bool {
	k, ok := s.known[e.Key]
	return ok && e.Stamp != "" && sourceStamp(k.Stamp, e.Stamp) == e.Stamp
}

// readEntries reads what changed, some entries ahead, and hands the articles
// on in the order of the source.
func (s *syncer) readEntries(ctx context.Context, p *pipeline) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // for the entries read ahead, when one fails
	for r := range s.readAhead(ctx) {
		s.path, s.entryBytes = r.entry.Key, r.entry.Done
		if r.groups == nil {
			n := s.rederived.byEntry[r.entry.Key]
			s.report.Unchanged += s.known[r.entry.Key].Articles - n
			s.report.Updated += n
		} else if err := s.readEntry(ctx, p, r); err != nil {
			return err
		} else {
			s.report.Bytes += max(r.entry.Size, 0)
		}
		s.entryBytes = nil
		s.bytesDone += max(r.entry.Size, 0)
		s.tick()
	}
	return ctx.Err()
}

// readEntry takes in the articles of one entry.
func (s *syncer) readEntry(ctx context.Context, p *pipeline, r *entryReader) error {
	state := &entryState{record: engine.Entry{Key: r.entry.Key, Stamp: r.entry.Stamp}}
	ids := map[string]bool{}
	whole := true
	for g := range r.drain() {
		if g.err != nil {
			return g.err
		}
		if err := s.assignIDs(ctx, g.items, r.entry.Key); err != nil {
			return err
		}
		for i := range g.items {
			it := &g.items[i]
			if it.err != nil {
				whole = s.noteItem(ctx, r.entry.Key, it.err) && whole
				continue
			}
			ids[it.article.ID] = true
			if it.needsWrite() {
				if err := p.put(ctx, it, state); err != nil {
					return err
				}
			}
			*s.counter(it)++
			s.tick()
		}
	}
	if err := ctx.Err(); err != nil || !whole {
		return err
	}
	if err := s.dropVanished(ctx, r.entry.Key, ids); err != nil {
		return err
	}
	p.complete(state)
	return nil
}

// noteItem notes an error of reading an entry. It reports whether everything
// was read all the same: what could not be read has not vanished, and is tried
// again.
func (s *syncer) noteItem(ctx context.Context, entry string, err error) (whole bool) {
	unread, err := s.note(err)
	if err != nil && ctx.Err() == nil {
		// The rest of the entry is lost, not the rest of the source.
		s.report.Unreadable = append(s.report.Unreadable, &corpus.ReadError{Path: entry, Err: err})
	}
	return !unread
}

// dropVanished removes, or counts, the articles that came from an entry
// before and don't any more.
func (s *syncer) dropVanished(ctx context.Context, key string, ids map[string]bool) error {
	if _, ok := s.known[key]; !ok || !s.src.Covers(key) {
		return nil
	}
	var gone []string
	for id, err := range s.snap.EntryIDs(ctx, key) {
		if err != nil {
			return err
		}
		if _, taken := s.claims[id]; !ids[id] && !taken {
			gone = append(gone, id)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	if !s.o.Prune {
		s.report.Vanished += len(gone)
		return nil
	}
	s.report.Removed += len(gone)
	return s.writer.Write(ctx, &engine.Batch{Delete: gone})
}

// dropEntries removes, or counts, the articles of entries that are gone from the
// source.
func (s *syncer) dropEntries(ctx context.Context) error {
	var batch engine.Batch
	for key := range s.known {
		if s.present[key] || !s.src.Covers(key) {
			continue
		}
		batch.DeleteEntries = append(batch.DeleteEntries, key)
		for id, err := range s.snap.EntryIDs(ctx, key) {
			if err != nil {
				return err
			}
			if _, moved := s.claims[id]; !moved {
				batch.Delete = append(batch.Delete, id)
			}
		}
	}
	if !s.o.Prune {
		s.report.Vanished += len(batch.Delete)
		return nil
	}
	s.report.Removed += len(batch.Delete)
	if len(batch.DeleteEntries) == 0 {
		return nil
	}
	return s.writer.Write(ctx, &batch)
}

// assignIDs gives the articles of an entry their ids, in order, after they were
// looked up under the ids that they state. The ids depend on the articles before.
// So one goroutine assigns them. It asks the engine once, and only when an id is
// taken.
func (s *syncer) assignIDs(ctx context.Context, items []item, entry string) error {
	var renamed []*item
	for i := range items {
		it := &items[i]
		if it.err != nil {
			continue
		}
		digest := s.textDigest(&it.article)
		first, claimed := s.claims[it.article.ID]
		if it.duplicate = claimed && first == digest; it.duplicate {
			continue
		}
		if claimed || s.isForeign(&it.known, entry) {
			if err := s.rename(it, entry); err != nil {
				return err
			}
			renamed = append(renamed, it)
		}
		s.claims[it.article.ID] = digest
	}
	if len(renamed) == 0 {
		return nil
	}
	return lookUp(ctx, s.snap, renamed)
}

// isForeign reports whether an id belongs to another article. An owner that is
// gone from the source has moved to entry; one that the source doesn't cover is
// somebody else's.
func (s *syncer) isForeign(k *engine.Known, entry string) bool {
	return k.Exists && !k.Same && k.Entry != entry && (s.present[k.Entry] || !s.src.Covers(k.Entry))
}

// lookUp asks a snapshot what it knows of articles.
func lookUp(ctx context.Context, snap engine.Snapshot, items []*item) error {
	refs := make([]engine.Ref, len(items))
	for i, it := range items {
		refs[i] = engine.Ref{ID: it.article.ID, Version: it.version}
	}
	known, err := snap.Lookup(ctx, refs)
	if err != nil {
		return err
	}
	for i, it := range items {
		it.known = known[i]
	}
	return nil
}

// counter returns the number that an article adds to, once its id is assigned.
func (s *syncer) counter(it *item) *int {
	switch {
	case it.duplicate:
		return &s.duplicates
	case it.known.Same && !s.rederived.ids[it.article.ID]:
		return &s.report.Unchanged
	case it.known.Exists:
		return &s.report.Updated
	}
	return &s.report.Added
}

// rename gives an article an id of its own.
func (s *syncer) rename(it *item, entry string) (err error) {
	it.article.ID = ownID(&it.article)
	s.collisions++
	s.example = it.article.ID
	it.version, err = newDocBuilder(s.stages).version(&it.article, entry)
	return err
}

// textDigest tells articles that state the same id apart by their text.
func (s *syncer) textDigest(a *corpus.Article) uint64 {
	var h maphash.Hash
	h.SetSeed(s.seed)
	for _, part := range [...]string{a.Title, a.Summary, a.Body} {
		_, _ = h.WriteString(part)
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// ownID is the id of an article whose stated id is taken: that id with six hex
// digits of the article's key.
func ownID(a *corpus.Article) string {
	return a.ID + "~" + corpus.DeriveID(a.Key)[:6]
}

// warn adds the warnings for what was counted, and sorts the places.
func (s *syncer) warn() {
	switch n := s.collisions; {
	case n == 1:
		s.report.Warnings = append(s.report.Warnings, "one article states an id that another one has; it was given one of its own, "+s.example)
	case n > 1:
		s.report.Warnings = append(s.report.Warnings, fmt.Sprintf(
			"%d articles state an id that another one has; each was given one of its own, such as %s", n, s.example))
	}
	switch n := s.duplicates; {
	case n == 1:
		s.report.Warnings = append(s.report.Warnings, "one article stands in the corpus more than once, with the same id and text; it is kept once")
	case n > 1:
		s.report.Warnings = append(s.report.Warnings, fmt.Sprintf(
			"%d articles stand in the corpus more than once, with the same id and text; each is kept once", n))
	}
	byPath := func(a, b *corpus.ReadError) int { return strings.Compare(a.Path, b.Path) }
	slices.SortStableFunc(s.report.Unreadable, byPath)
	slices.SortStableFunc(s.report.Partial, byPath)
}

// progressEvery is often enough for a bar to move smoothly.
const progressEvery = 100 * time.Millisecond

// tick reports progress when it is time.
func (s *syncer) tick() {
	if s.o.Progress != nil && time.Since(s.reported) >= progressEvery {
		s.reportProgress()
	}
}

func (s *syncer) reportProgress() {
	if s.o.Progress == nil {
		return
	}
	s.reported = time.Now()
	done := s.bytesDone
	if s.entryBytes != nil {
		done += s.entryBytes()
	}
	s.o.Progress(Progress{Report: s.report, BytesDone: done, BytesTotal: s.bytesTotal, Path: s.path})
}
