package index

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// SyncOptions says how to sync; nil means the zero SyncOptions.
type SyncOptions struct {
	// Prune removes articles that src covers and no longer yields.
	Prune bool
	// BringBack puts articles in again that Delete removed and that src still
	// yields.
	BringBack bool
	// Progress, when not nil, is called a few times a second and once at the
	// end, from one goroutine at a time.
	Progress func(Progress)
}

// SyncReport is what a sync did.
type SyncReport struct {
	Added, Updated, Unchanged, Removed int // articles
	// Retagged is the number of articles whose topics changed because the rules
	// did, from whatever source. Those of this source are among Updated.
	Retagged int
	// Moved is the number of articles, among those updated, that stood elsewhere
	// before and keep the ids that they had there.
	Moved int
	// Withheld is the number of articles that are in the source and not in the
	// index, since Delete removed them.
	Withheld int
	// Superseded is the number of versions that came and don't stand, or no longer:
	// there is a higher one, or another article that replaces theirs. Withdrawn is
	// the number of articles that are gone since their sender took them back.
	Superseded, Withdrawn int
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
	Partial []*corpus.ReadError
	// Links is the number of links without text in the files that were read, which
	// are no articles unless corpus.Options.Links asks for them.
	Links   int
	Skipped int // files in no form that corpus reads
	// Forms is what was read, by form, the form with the most articles first, and
	// SkippedAs are the files that were skipped, by extension. Files that did not
	// change were not opened and are not among them.
	Forms     []FormReport
	SkippedAs []SkippedFiles
	// IndexFolders are folders that were passed over, as they hold an index of newsq.
	IndexFolders []string
	// Saved are the saved searches for which articles were added, and those that can't be
	// asked any more; see SavedCount.
	Saved []SavedCount
	// Learned is what came of learning at the end; nil when there was no occasion for it.
	Learned *LearnReport
	// Topics is what came of learning topics, likewise.
	Topics   *TrainTopicsReport
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
//
// An article that was moved keeps its id: one in a file that is new to the index and
// whose text, authors and outlet are those of an article whose file is gone, from src
// or from wherever it was. A copy of one that is still there has an id of its own.
//
// What Delete removed stays out, also when its file is read anew, until BringBack.
//
// The report tells for which saved searches articles came in, as they are found then.
//
// In the end the index learns what words mean, and topics, if it is time to; see Learn and
// TrainTopics.
func (ix *Index) Sync(ctx context.Context, src corpus.Source, opts *SyncOptions) (SyncReport, error) {
	start := time.Now()
	if err := ix.checkWritable("sync"); err != nil {
		return SyncReport{}, err
	}
	var o SyncOptions
	if opts != nil {
		o = *opts
	}
	r, err := ix.sync(ctx, src, o)
	if err == nil && !ix.noLearn {
		err = ix.trainIfDue(ctx, &r, o.Progress)
	}
	r.Took = time.Since(start)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = ctx.Err()
	}
	return r, err
}

// sync is Sync without what is learned of topics.
func (ix *Index) sync(ctx context.Context, src corpus.Source, o SyncOptions) (SyncReport, error) {
	changed, records, err := ix.deriveIfStale(ctx, o.Progress)
	if err != nil {
		return SyncReport{}, err
	}
	ix.changes.RLock()
	defer ix.changes.RUnlock()
	stages, err := ix.stages(ctx)
	if err != nil {
		return SyncReport{}, err
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return SyncReport{}, err
	}
	if err := ix.removed.load(ctx, ix.engine); err != nil {
		return SyncReport{}, errors.Join(err, snap.Close(ctx))
	}
	s := newSyncer(ix, stages, snap, src, o)
	s.rederived, s.report.Retagged, s.records = changed, len(changed.ids), records
	tell, err := ix.savedBefore(ctx, snap, &s.report)
	if err != nil {
		return SyncReport{}, errors.Join(err, snap.Close(ctx))
	}
	err = s.run(ctx)
	if !errors.Is(err, ErrLocked) { // or another writer has taken over
		ctx := context.WithoutCancel(ctx)
		// What is durable is made visible, whatever ended the sync.
		err = errors.Join(err, ix.removed.save(ctx, ix.engine), ix.engine.Publish(ctx))
	}
	if !errors.Is(err, ErrLocked) && !errors.Is(err, ErrClosed) {
		tell(context.WithoutCancel(ctx))
	}
	if err = errors.Join(err, snap.Close(ctx)); err == nil && !ix.noLearn {
		err = s.learn(ctx, ix.engine, ix.provider)
	}
	s.report.Forms, s.report.SkippedAs = s.forms.reports()
	s.reportProgress()
	return s.report, err
}

// syncer is one sync under way. Its methods run on the goroutine of Sync
// but for those of pipeline.
type syncer struct {
	writer engine.Writer
	engine engine.Engine
	memory int64
	// settleStories settles the stories of what the index has noted.
	settleStories func(ctx context.Context) error
	stages        *enrich.Pipeline
	snap          engine.Snapshot // the index as it was before
	src           corpus.Source
	o             SyncOptions
	report        SyncReport

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

	finder    corpus.GoneFinder
	unlisted  []string        // keys of what src couldn't look at
	gone      *goneArticles   // nil until they are needed
	forgotten map[string]bool // entries that articles were moved from
	forget    func(key string)
	versions  *docBuilder       // nil until it is needed
	keptOf    string            // the entry of kept
	kept      map[string]string // see keptIDs
	removed   *removedArticles

	versionSync versionSync
	// withheld and broughtBack are ids of articles that were removed by hand.
	withheld    map[string]bool
	broughtBack []string
	forms       *formCounter

	bytesDone, bytesTotal int64
	entryBytes            func() int64 // bytes done of the entry that is being read; may be nil
	path                  string
	reported              time.Time
}

func newSyncer(ix *Index, stages *enrich.Pipeline, snap engine.Snapshot, src corpus.Source, o SyncOptions) *syncer {
	return &syncer{
		writer: ix.engine, engine: ix.engine, memory: ix.memory,
		settleStories: func(ctx context.Context) error { return ix.settleStories(ctx, stages) },
		stages:        stages, snap: snap, src: src, o: o,
		known: map[string]engine.Entry{}, present: map[string]bool{}, claims: map[string]uint64{},
		seed: maphash.MakeSeed(), forgotten: map[string]bool{}, removed: &ix.removed,
		withheld: map[string]bool{}, forms: newFormCounter(),
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
	if src, ok := s.src.(interface {
		Know(stamp func(key string) (string, bool))
	}); ok {
		src.Know(s.knownStamp)
	}
	if err := s.versionSync.load(ctx, s.snap); err != nil {
		return err
	}
	if err := s.listEntries(ctx); err != nil {
		return err
	}
	p := newPipeline(s)
	s.forget = p.forget
	defer s.warn()
	err := s.readEntries(ctx, p)
	err = errors.Join(err, p.finish(context.WithoutCancel(ctx)))
	if err := errors.Join(err, s.reportLarge(ctx, p.large)); err != nil {
		return err
	}
	s.settleRemoved()
	if err := s.dropEntries(ctx); err != nil {
		return err
	}
	if err := s.settleVersions(ctx); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if v := &s.versionSync; !v.pending && !v.stories && !p.wrote {
		return nil
	}
	return s.settleStories(ctx)
}

// listEntries walks the source, so that progress can be measured.
func (s *syncer) listEntries(ctx context.Context) error {
	for e, err := range s.src.Entries(ctx) {
		if err != nil {
			if _, err := s.note(err); err != nil {
				return fmt.Errorf("walk the source: %w", err)
			}
			if re, ok := errors.AsType[*corpus.ReadError](err); ok && re.Key != "" {
				s.unlisted = append(s.unlisted, re.Key)
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
	var links *corpus.LinksError
	switch {
	case !errors.As(err, &re):
		return true, err
	case errors.As(re, &links):
		s.report.Links += links.Links
	case errors.Is(re, corpus.ErrIndexFolder):
		s.report.IndexFolders = append(s.report.IndexFolders, re.Path)
	case errors.Is(re, corpus.ErrUnknownFormat):
		s.report.Skipped++
		s.forms.skip(re.Path)
	case errors.Is(re, corpus.ErrPartial):
		s.forms.fault(re, true)
		s.report.Partial = append(s.report.Partial, re)
	default:
		s.forms.fault(re, false)
		s.report.Unreadable = append(s.report.Unreadable, re)
		return true, nil
	}
	return false, nil
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
	ids := s.newIDs(r.entry.Key)
	whole := true
	s.forms.begin()
	s.versionSync.begin()
	for g := range r.drain() {
		if g.err != nil {
			return g.err
		}
		if err := s.assignIDs(ctx, g.items, r.entry.Key); err != nil {
			return err
		}
		if err := s.annotateItems(ctx, g.items); err != nil {
			return err
		}
		for i := range g.items {
			it := &g.items[i]
			if it.err != nil {
				whole = s.noteItem(ctx, r.entry.Key, it.err) && whole
				continue
			}
			s.forms.article(it.article.Form)
			if it.withheld {
				continue
			}
			if ids != nil {
				ids[it.article.ID] = true
			}
			if it.needsWrite() {
				if err := p.put(ctx, it, state); err != nil {
					return err
				}
			}
			if counter := s.counter(it); counter != nil {
				*counter++
			}
			if it.moved && it.known.Exists {
				s.report.Moved++
			}
			s.tick()
		}
	}
	if err := ctx.Err(); err != nil || !whole {
		return err
	}
	keptNotes, err := s.endVersions(ctx, r.entry.Key)
	if err != nil {
		return err
	}
	keptArticles, err := s.dropVanished(ctx, r.entry.Key, ids)
	if err != nil {
		return err
	}
	if state.record.Stamp != "" && (keptNotes || keptArticles) {
		state.record.Stamp += keptMark
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

// newIDs returns where the ids of an entry go that dropVanished asks for; nil where it
// asks for none, as those of a large file would take much memory.
func (s *syncer) newIDs(key string) map[string]bool {
	if _, ok := s.known[key]; !ok || !s.src.Covers(key) {
		return nil
	}
	return map[string]bool{}
}

// dropVanished removes, or counts, the articles that came from an entry
// before and don't any more, and reports whether some are kept.
func (s *syncer) dropVanished(ctx context.Context, key string, ids map[string]bool) (kept bool, err error) {
	if _, ok := s.known[key]; !ok || !s.src.Covers(key) {
		return false, nil
	}
	var gone []string
	var batch engine.Batch
	for id, err := range s.snap.EntryIDs(ctx, key) {
		if err != nil {
			return false, err
		}
		if ids[id] {
			continue
		}
		kept = !s.o.Prune
		if _, taken := s.claims[id]; !taken || s.withheld[id] {
			gone = append(gone, id)
		} else {
			s.unsettle(&batch, id, key)
		}
	}
	if s.o.Prune {
		batch.Delete = gone
		s.report.Removed += len(gone)
	} else {
		s.report.Vanished += len(gone)
	}
	return kept, s.writeUnsettled(ctx, &batch)
}

// dropEntries removes, or counts, the articles of entries that are gone from the
// source. Where none are left, the record of the entry goes as well.
func (s *syncer) dropEntries(ctx context.Context) error {
	var batch engine.Batch
	gone := map[string]bool{}
	for key := range s.known {
		if s.present[key] || !s.src.Covers(key) || s.isUnlisted(key) {
			continue
		}
		left := len(batch.Delete)
		for id, err := range s.snap.EntryIDs(ctx, key) {
			if err != nil {
				return err
			}
			if _, moved := s.claims[id]; !moved {
				batch.Delete = append(batch.Delete, id)
			} else {
				s.unsettle(&batch, id, key)
			}
		}
		noted, err := s.hasNotesAbout(ctx, key)
		if err != nil {
			return err
		}
		if s.o.Prune || left == len(batch.Delete) && !noted {
			batch.DeleteEntries = append(batch.DeleteEntries, key)
		}
		gone[key] = s.o.Prune
		if s.o.Prune && len(s.versionSync.known) > 0 {
			if err := s.dropNotes(ctx, key, nil); err != nil {
				return err
			}
		}
	}
	if !s.o.Prune {
		s.report.Vanished += len(batch.Delete)
		batch.Delete = nil
	}
	s.removed.dropEntries(gone)
	s.report.Removed += len(batch.Delete)
	return s.writeUnsettled(ctx, &batch)
}
