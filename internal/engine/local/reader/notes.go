package reader

import (
	"context"
	"fmt"
	"iter"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// Notes implements the method of engine.Snapshot.
func (v *View) Notes(ctx context.Context, prefix string, keysOnly bool) iter.Seq2[engine.Note, error] {
	return func(yield func(engine.Note, error) bool) {
		from := []byte(schema.NoteID(prefix))
		ids, err := v.mergeTerms(schema.FieldID, from, PrefixEnd(from))
		for err == nil {
			var id []byte
			if id, _, err = ids.next(ctx); err != nil || id == nil {
				break
			}
			var n engine.Note
			n.Key, _ = schema.NoteKey(string(id))
			if !keysOnly {
				var ok bool
				if ok, err = v.loadNote(string(id), &n); err == nil && !ok {
					err = fmt.Errorf("%w: note %q is not there", engine.ErrDamaged, n.Key)
				}
			}
			if err == nil && !yield(n, nil) {
				return
			}
		}
		if err != nil {
			yield(engine.Note{}, err)
		}
	}
}

// NotesOf implements the method of engine.Snapshot.
func (v *View) NotesOf(ctx context.Context, keys ...string) ([]engine.Note, error) {
	var notes []engine.Note
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := engine.Note{Key: key}
		ok, err := v.loadNote(schema.NoteID(key), &n)
		if err != nil {
			return nil, err
		}
		if ok {
			notes = append(notes, n)
		}
	}
	return notes, nil
}

// loadNote reads what is stored of the note of an id; false when there is none.
func (v *View) loadNote(id string, n *engine.Note) (bool, error) {
	for _, seg := range v.Segments {
		doc, ok, err := seg.Document(id)
		if err != nil {
			return false, err
		}
		if !ok {
			continue
		}
		verr := seg.Raw.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
			if field != schema.FieldNote {
				return true
			}
			n.Entry, n.Value, err = schema.DecodeNote(value)
			return false
		})
		switch {
		case verr != nil:
			return false, fmt.Errorf("read note: %w", verr)
		case err != nil:
			return false, fmt.Errorf("%w: note %q: %v", engine.ErrDamaged, n.Key, err)
		case n.Value == nil:
			return false, fmt.Errorf("%w: note %q is not stored", engine.ErrDamaged, n.Key)
		}
		return true, nil
	}
	return false, nil
}

// EntryNotes implements the method of engine.Snapshot.
func (v *View) EntryNotes(ctx context.Context, key string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for id, err := range v.idsWith(ctx, schema.FieldAbout, key) {
			noteKey, _ := schema.NoteKey(id)
			if !yield(noteKey, err) || err != nil {
				return
			}
		}
	}
}
