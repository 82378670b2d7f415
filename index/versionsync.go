package index

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// versionSync is what a sync knows of versions; see versions.go.
type versionSync struct {
	known   map[string]int // ids that the index has notes of, with the number of versions among these
	pending bool           // whether there are ids to be settled
	stories bool           // whether there are stories to be settled
	// annotated says that there are articles about which people wrote something.
	annotated bool
	noted     map[string]bool // ids of which the sync has written notes
	// written are keys of the notes that the sync has written.
	written map[string]bool
	// entry are the keys of the notes that the entry at hand gave, and stale the ids of
	// articles that stand, came from it, and have not been met in it so far.
	entry map[string]bool
	stale map[string]bool
	// vanished are, by id, the entries in which articles stood and were not met, by this
	// sync or by one before that was cut short.
	vanished map[string]string
}

// load reads of which ids the index has notes.
func (v *versionSync) load(ctx context.Context, snap engine.Snapshot) error {
	*v = versionSync{
		known: map[string]int{}, noted: map[string]bool{}, written: map[string]bool{}, vanished: map[string]string{},
	}
	for n, err := range snap.Notes(ctx, notedGone, false) {
		if err != nil {
			return err
		}
		_, id := splitNoteKey(n.Key)
		v.vanished[id] = string(n.Value)
	}
	for n, err := range snap.Notes(ctx, "", true) {
		if err != nil {
			return err
		}
		kind, id := splitNoteKey(n.Key)
		switch kind { // those that are of no version
		case notedWritten:
			v.stories = true
			continue
		case notedAnnotations, notedAnnotated:
			v.annotated = true
			continue
		}
		versions := v.known[id]
		switch kind {
		case notedPending:
			v.pending = true
		case notedVersion:
			versions++
		}
		v.known[id] = versions
	}
	return nil
}

func (v *versionSync) hasNotes(id string) bool {
	_, known := v.known[id]
	return known || v.noted[id]
}

// begin begins an entry.
func (v *versionSync) begin() { v.entry, v.stale = map[string]bool{}, map[string]bool{} }

// takeVersion takes in an article that is a version of one. It is true for one that
// must not be written as it comes: it is a note, or known, or stays out.
func (s *syncer) takeVersion(ctx context.Context, it *item, entry string) (bool, error) {
	a, v := &it.article, &s.versionSync
	if !isVersioned(a) && !v.hasNotes(a.ID) {
		return false, nil
	}
	again := s.inEntry(it, entry)
	if _, removed := s.removed.find(a.ID); removed && !it.known.Exists {
		if !s.o.BringBack {
			s.removed.addEntry(a.ID, entry)
			it.withheld = true
			s.withheld[a.ID] = true
			return true, nil
		}
		s.broughtBack = append(s.broughtBack, a.ID)
	}
	before, claimed := s.claims[a.ID]
	s.claims[a.ID] = s.textDigest(a)
	switch {
	case again && claimed && before == s.claims[a.ID]:
		it.duplicate = true
		return true, nil
	case it.known.Same:
		return true, nil
	case !claimed && !it.known.Exists && !v.hasNotes(a.ID) && statusOf(a) != corpus.Canceled && statusOf(a) != corpus.Withdrawn:
		return false, nil // the first version, which most likely stays the only one
	}
	return true, s.noteVersion(ctx, it, entry)
}

// inEntry notes that an article was met in an entry, and reports whether this version
// was met in it before.
func (s *syncer) inEntry(it *item, entry string) (again bool) {
	v := &s.versionSync
	key := versionKey(&it.article)
	again, v.entry[key] = v.entry[key], true
	switch {
	case it.known.Same:
		v.stale[it.article.ID] = false
		delete(v.vanished, it.article.ID)
	case it.known.Exists && it.known.Entry == entry:
		if _, met := v.stale[it.article.ID]; !met {
			v.stale[it.article.ID] = true
		}
	}
	return again
}

// noteVersion makes notes of a version, unless the index has it.
func (s *syncer) noteVersion(ctx context.Context, it *item, entry string) error {
	v := &s.versionSync
	key := versionKey(&it.article)
	if it.duplicate = v.written[key]; it.duplicate {
		return nil
	}
	b, err := engine.AppendJSON(nil, &it.article)
	if err != nil {
		return err
	}
	if v.known[it.article.ID] > 0 {
		for n, err := range s.snap.Notes(ctx, key, false) {
			if err != nil {
				return err
			}
			if n.Key == key && n.Entry == entry && string(n.Value) == string(b) {
				it.known.Same = true
				return nil
			}
		}
	}
	it.notes = append(it.notes, engine.Note{Key: key, Entry: entry, Value: b})
	s.notePending(it, it.article.ID)
	v.written[key] = true
	return nil
}

// notePending has an id settled.
func (s *syncer) notePending(it *item, id string) {
	v := &s.versionSync
	v.pending, v.noted[id] = true, true
	it.notes = append(it.notes, pendingNote(id))
}

func pendingNote(id string) engine.Note {
	return engine.Note{Key: noteKey(notedPending, id), Value: []byte{}}
}

// takeDirectives makes notes of what an article says of others, unless the index has
// them.
func (s *syncer) takeDirectives(ctx context.Context, it *item, entry string) error {
	notes, err := directivesOf(&it.article, entry)
	if err != nil {
		return err
	}
	v := &s.versionSync
	for _, n := range notes {
		v.entry[n.Key] = true
		_, id := splitNoteKey(n.Key)
		if known, err := s.hasNote(ctx, n, id); err != nil || known {
			if err != nil {
				return err
			}
			continue
		}
		v.written[n.Key] = true
		it.notes = append(it.notes, n)
		s.notePending(it, id)
	}
	return nil
}

// hasNote reports whether the index, or what was written to it, has a note.
func (s *syncer) hasNote(ctx context.Context, n engine.Note, id string) (bool, error) {
	if s.versionSync.written[n.Key] {
		return true, nil
	}
	if _, known := s.versionSync.known[id]; !known {
		return false, nil
	}
	for have, err := range s.snap.Notes(ctx, n.Key, false) {
		if err != nil {
			return false, err
		}
		if have.Key == n.Key && have.Entry == n.Entry && string(have.Value) == string(n.Value) {
			return true, nil
		}
	}
	return false, nil
}

// endVersions ends an entry that was read whole: what it had before and has no more
// is removed if that is asked for, and else kept is true.
func (s *syncer) endVersions(ctx context.Context, entry string) (kept bool, err error) {
	v := &s.versionSync
	var b engine.Batch
	for id, stale := range v.stale {
		if stale {
			s.unsettle(&b, id, entry)
			kept = !s.o.Prune
		}
	}
	if err := s.writeUnsettled(ctx, &b); err != nil {
		return false, err
	}
	if len(v.known) == 0 || !s.src.Covers(entry) {
		return kept, nil
	}
	if s.o.Prune {
		return false, s.dropNotes(ctx, entry, v.entry)
	}
	for key, err := range s.snap.EntryNotes(ctx, entry) {
		if err != nil {
			return false, err
		}
		kept = kept || !v.entry[key]
	}
	return kept, nil
}

// dropNotes removes the notes about an entry, but for those to keep.
func (s *syncer) dropNotes(ctx context.Context, entry string, keep map[string]bool) error {
	var b engine.Batch
	for key, err := range s.snap.EntryNotes(ctx, entry) {
		if err != nil {
			return err
		}
		if !keep[key] && !s.versionSync.written[key] {
			b.DeleteNotes = append(b.DeleteNotes, key)
		}
	}
	return s.writeUnsettled(ctx, &b)
}

// hasNotesAbout reports whether the index has versions or directives from an entry.
func (s *syncer) hasNotesAbout(ctx context.Context, entry string) (bool, error) {
	if len(s.versionSync.known) == 0 {
		return false, nil
	}
	for _, err := range s.snap.EntryNotes(ctx, entry) {
		return err == nil, err
	}
	return false, nil
}

// unsettle has an id settled, with a batch, if the index has notes of it: the version
// that stands is gone from an entry, while the sync has met another one.
func (s *syncer) unsettle(b *engine.Batch, id, entry string) {
	v := &s.versionSync
	if !v.hasNotes(id) {
		return
	}
	if s.present[entry] {
		// Noted too: the entry is not read again when the sync is cut short.
		v.vanished[id] = entry
		b.PutNotes = append(b.PutNotes, engine.Note{Key: noteKey(notedGone, id), Value: []byte(entry)})
	}
	v.pending, v.noted[id] = true, true
	b.PutNotes = append(b.PutNotes, pendingNote(id))
}

// writeUnsettled writes a batch that removes articles or notes, and has the ids settled
// of which others are left.
func (s *syncer) writeUnsettled(ctx context.Context, b *engine.Batch) error {
	v := &s.versionSync
	ids := map[string]bool{}
	for _, key := range b.DeleteNotes {
		_, id := splitNoteKey(key)
		ids[id] = true
	}
	for _, id := range b.Delete {
		if v.hasNotes(id) {
			ids[id] = true
		}
	}
	for _, n := range b.PutNotes {
		_, id := splitNoteKey(n.Key)
		delete(ids, id)
	}
	for id := range ids {
		v.pending, v.noted[id] = true, true
		b.PutNotes = append(b.PutNotes, pendingNote(id))
	}
	if len(b.Delete) > 0 {
		v.stories = true
		noteWritten(b)
	}
	if len(b.Delete)+len(b.DeleteNotes)+len(b.DeleteEntries)+len(b.PutNotes) == 0 {
		return nil
	}
	return s.writer.Write(ctx, b)
}

// settleVersions makes the best version of each pending id stand, when all was read and
// is durable. What was written becomes visible before.
func (s *syncer) settleVersions(ctx context.Context) error {
	v := &s.versionSync
	if !v.pending {
		return nil
	}
	if err := s.writer.Publish(ctx); err != nil {
		return err
	}
	snap, err := s.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	t := &settling{
		writer: s.writer, stages: s.stages, snap: snap, before: s.snap, report: &s.report,
		drops: s.dropsVersion, budget: int(s.memory / batchShare),
	}
	err = errors.Join(t.run(ctx), snap.Close(ctx))
	switch {
	case t.conflicts == 1:
		s.report.Warnings = append(s.report.Warnings, "one article came with two texts under the same version; the later one stands, "+t.example)
	case t.conflicts > 1:
		s.report.Warnings = append(s.report.Warnings, fmt.Sprintf(
			"%d articles came with two texts under the same version; the later ones stand, such as %s", t.conflicts, t.example))
	}
	return err
}

// dropsVersion reports whether a version is no longer where it was read, and is to be
// dropped.
func (s *syncer) dropsVersion(of *version, others []*version) bool {
	from, vanished := s.versionSync.vanished[of.article.ID]
	gone := of.stands && vanished && from == of.entry
	if !gone && of.entry != "" && !s.present[of.entry] {
		gone = s.isGone(of.entry)
	}
	if !gone {
		return false
	}
	if s.o.Prune && s.src.Covers(of.entry) {
		return true
	}
	// It was moved, or read again with another date.
	return slices.ContainsFunc(others, func(o *version) bool {
		return o != of && o.content == of.content && numberOf(&o.article) == numberOf(&of.article) && s.present[o.entry]
	})
}

// anyNotes reports whether an index has notes.
func anyNotes(ctx context.Context, snap engine.Snapshot) (bool, error) {
	for _, err := range snap.Notes(ctx, "", true) {
		return err == nil, err
	}
	return false, nil
}
