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
				err = v.loadNote(string(id), &n)
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

// loadNote reads what is stored of the note of an id.
func (v *View) loadNote(id string, n *engine.Note) error {
	for _, seg := range v.Segments {
		doc, ok, err := seg.Document(id)
		if err != nil {
			return err
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
			return fmt.Errorf("read note: %w", verr)
		case err != nil:
			return fmt.Errorf("%w: note %q: %v", engine.ErrDamaged, n.Key, err)
		case n.Value == nil:
			return fmt.Errorf("%w: note %q is not stored", engine.ErrDamaged, n.Key)
		}
		return nil
	}
	return fmt.Errorf("%w: note %q is not there", engine.ErrDamaged, n.Key)
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
