package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// AnnotationsImport is what importing tags and notes did.
type AnnotationsImport struct {
	Articles int // that were named
	Changed  int // of these, that have something now that they had not
	Orphaned int // of the named ones, that aren't in the index: they have it when they come
}

// maxImported bounds how many articles are named: all are held before any is written.
const maxImported = 1_000_000

// ImportAnnotations adds tags and notes to those that the index has. An article has the tags
// of both; of a tag that both have, the earlier is kept. Notes are told apart by their ids: of
// one that both have, the text that was written or edited later is kept. Nothing is removed.
// So to import the same again changes nothing, and neither does the order matter in which
// two are imported. A note without an id gets one that follows from its text.
//
// All is read and checked before anything is written: an error of list, or one that tells
// which article is wrong, changes nothing.
func (ix *Index) ImportAnnotations(ctx context.Context, list iter.Seq2[Annotated, error]) (r AnnotationsImport, err error) {
	all := map[string]*Annotated{}
	for a, err := range list {
		if err != nil {
			return r, err
		}
		if err := checkAnnotated(&a); err != nil {
			return r, err
		}
		into := all[a.ID]
		if into == nil {
			into = &Annotated{ID: a.ID}
			if all[a.ID] = into; len(all) > maxImported {
				return r, fmt.Errorf("more than %d articles have tags or notes; import them in parts", maxImported)
			}
		}
		if _, err := into.merge(&a); err != nil {
			return r, err
		}
	}
	ids := slices.Sorted(maps.Keys(all))
	r.Articles = len(ids)
	err = ix.changeAnnotations(ctx, "import tags and notes", func(w *annotationWriter) error {
		for group := range slices.Chunk(ids, copyGroup) {
			stored, err := w.snap.Stored(ctx, group...)
			if err != nil {
				return err
			}
			r.Orphaned += len(group) - len(stored)
		}
		var err error
		r.Changed, err = w.change(ctx, ids, true, func(a *Annotated) (bool, error) { return a.merge(all[a.ID]) })
		return err
	})
	return r, err
}

// checkAnnotated brings what is imported to the form in which it is kept, or says what is
// wrong with it.
func checkAnnotated(a *Annotated) error {
	if a.ID == "" {
		return errors.New("tags or notes without the id of an article")
	}
	if err := checkArticle(&corpus.Article{ID: a.ID, Title: a.Title, URL: a.URL}); err != nil {
		return err
	}
	a.Tags, a.Notes = slices.Clone(a.Tags), slices.Clone(a.Notes)
	for i := range a.Tags {
		t := &a.Tags[i]
		var err error
		if t.Path, err = ParseTag(t.Path); err == nil {
			err = checkAuthor(t.By)
		}
		if err != nil {
			return fmt.Errorf("article %q: %w", a.ID, err)
		}
		t.Added = t.Added.UTC()
	}
	for i := range a.Notes {
		n := &a.Notes[i]
		var err error
		if n.Text, err = parseNote(n.Text); err == nil {
			err = checkAuthor(n.By)
		}
		if err == nil && strings.Trim(n.ID, "0123456789abcdefghijklmnopqrstuvwxyz") != "" || len(n.ID) > 2*digestLength {
			err = fmt.Errorf("the id %.40q of a note is not of digits and small letters", n.ID)
		}
		if err != nil {
			return fmt.Errorf("article %q: %w", a.ID, err)
		}
		n.Added, n.Edited = n.Added.UTC(), n.Edited.UTC()
		if n.ID == "" {
			n.ID = newNoteID(&Annotated{ID: a.ID}, n)
		}
	}
	return nil
}

// digestLength is the length of what digestOf returns.
const digestLength = 20

// merge adds what b has to a, and reports whether that changed anything.
func (a *Annotated) merge(b *Annotated) (changed bool, err error) {
	if a.Title == "" && a.URL == "" {
		a.Title, a.URL = b.Title, b.URL // of an article that isn't there
	}
	a.Tags, a.Notes = slices.Clone(a.Tags), slices.Clone(a.Notes)
	for _, t := range b.Tags {
		i := slices.IndexFunc(a.Tags, func(o corpus.Tag) bool { return o.Path == t.Path })
		switch {
		case i < 0:
			a.Tags, changed = append(a.Tags, t), true
		case earlier(t, a.Tags[i]):
			a.Tags[i], changed = t, true
		}
	}
	for _, n := range b.Notes {
		switch i := noteAt(a, n.ID); {
		case i < 0:
			a.Notes, changed = append(a.Notes, n), true
		case later(n, a.Notes[i]):
			a.Notes[i], changed = n, true
		}
	}
	if len(a.Tags) > maxTags || len(a.Notes) > maxNotes {
		return changed, fmt.Errorf("article %q would have %d tags and %d notes; at most %d and %d are kept", a.ID, len(a.Tags), len(a.Notes), maxTags, maxNotes)
	}
	slices.SortFunc(a.Tags, func(a, b corpus.Tag) int { return strings.Compare(a.Path, b.Path) })
	sortNotes(a.Notes)
	return changed, nil
}

// sortNotes puts the oldest first.
func sortNotes(notes []corpus.Note) {
	slices.SortFunc(notes, func(a, b corpus.Note) int {
		return cmp.Or(a.Added.Compare(b.Added), strings.Compare(a.ID, b.ID))
	})
}

// earlier reports whether the tag t takes the place of u, of the same path. A time that is
// not known comes after all others.
func earlier(t, u corpus.Tag) bool {
	if t.Added.IsZero() != u.Added.IsZero() {
		return u.Added.IsZero()
	}
	if c := t.Added.Compare(u.Added); c != 0 {
		return c < 0
	}
	return t.By < u.By
}

// later reports whether the note n takes the place of m, of the same id.
func later(n, m corpus.Note) bool {
	at := func(n corpus.Note) int64 { return max(n.Added.UnixMilli(), n.Edited.UnixMilli()) }
	if at(n) != at(m) {
		return at(n) > at(m)
	}
	return n.Text > m.Text
}
