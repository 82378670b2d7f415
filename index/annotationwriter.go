package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// annotationWriter writes annotations, and the documents that have copies of them.
type annotationWriter struct {
	writer engine.Writer
	snap   engine.Snapshot // all that is written
	stages *enrich.Pipeline
	budget int // bytes of a batch

	notes    []engine.Note
	deleted  []string
	ids      []string
	articles []engine.StoredArticle
	size     int
}

// change changes annotations, and returns of how many articles. f changes one, and reports
// whether it did. An id that has neither an article nor annotations is an error before
// anything is written, unless any id will do.
func (w *annotationWriter) change(ctx context.Context, ids []string, anyID bool, f func(a *Annotated) (bool, error)) (changed int, err error) {
	if !anyID {
		if err := w.checkIDs(ctx, ids); err != nil {
			return 0, err
		}
	}
	for group := range slices.Chunk(ids, maxGroup) {
		if err := ctx.Err(); err != nil {
			return changed, err
		}
		n, err := w.changeGroup(ctx, group, f)
		if changed += n; err != nil {
			return changed, err
		}
		if w.size >= w.budget {
			if err := w.flush(ctx); err != nil {
				return changed, err
			}
		}
	}
	return changed, w.flush(ctx)
}

// checkIDs returns an error that names the first id of which nothing is known.
func (w *annotationWriter) checkIDs(ctx context.Context, ids []string) error {
	for group := range slices.Chunk(ids, maxGroup) {
		refs := make([]engine.Ref, len(group))
		for i, id := range group {
			refs[i].ID = id
		}
		known, err := lookupIn(ctx, w.snap, refs)
		if err != nil {
			return err
		}
		for i, id := range group {
			if known[i].Exists {
				continue
			}
			notes, err := w.snap.NotesOf(ctx, annotationKey(id))
			if err != nil {
				return err
			}
			if len(notes) == 0 {
				return fmt.Errorf("article %q: %w", id, ErrNotFound)
			}
		}
	}
	return nil
}

// changeGroup changes some annotations, and collects what is to be written.
func (w *annotationWriter) changeGroup(ctx context.Context, ids []string, f func(a *Annotated) (bool, error)) (changed int, err error) {
	before, err := loadAnnotated(ctx, w.snap, ids)
	if err != nil {
		return 0, err
	}
	stored, err := w.snap.Stored(ctx, ids...)
	if err != nil {
		return 0, err
	}
	at := make(map[string]*engine.StoredArticle, len(stored))
	for i := range stored {
		at[stored[i].Article.ID] = &stored[i]
	}
	for _, id := range ids {
		a := cmp.Or(before[id], &Annotated{ID: id})
		article := at[id]
		if article != nil {
			a.Title, a.URL = article.Article.Title, article.Article.URL
		}
		did, err := f(a)
		if err != nil {
			return changed, err
		}
		if !did {
			continue
		}
		changed++
		if err := w.add(a, article); err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// add collects the annotations of an article, which is nil where there is none.
func (w *annotationWriter) add(a *Annotated, article *engine.StoredArticle) error {
	w.ids = append(w.ids, a.ID)
	w.size += docCost
	if a.isEmpty() {
		w.deleted = append(w.deleted, annotationKey(a.ID))
	} else {
		n, err := a.encode()
		if err != nil {
			return err
		}
		w.notes = append(w.notes, n)
		w.size += len(n.Value)
	}
	if article != nil {
		article.Article.Annotations = a.of()
		w.articles = append(w.articles, *article)
		w.size += cost(&article.Article)
	}
	return nil
}

// flush writes what was collected: first the annotations, with a note that the documents
// are to follow.
func (w *annotationWriter) flush(ctx context.Context) error {
	if len(w.ids) == 0 {
		return nil
	}
	ctx = context.WithoutCancel(ctx) // nothing ends it half way
	value := strings.Join(w.ids, "\x00") + "\x00"
	mark := engine.Note{Key: noteKey(notedAnnotated, digestOf(value)), Value: []byte(value)}
	if err := w.writer.Write(ctx, &engine.Batch{DeleteNotes: w.deleted, PutNotes: append(w.notes, mark)}); err != nil {
		return err
	}
	if err := w.writeDocuments(ctx, mark.Key); err != nil {
		return err
	}
	w.notes, w.deleted, w.ids, w.size = nil, nil, nil, 0
	return nil
}

// writeDocuments writes the articles that were collected, and then that they are.
func (w *annotationWriter) writeDocuments(ctx context.Context, marks ...string) error {
	if len(w.articles) > 0 {
		b, err := newBatch(w.articles, w.stages)
		if err != nil {
			return err
		}
		w.articles = nil
		if err := w.writer.Write(ctx, b); err != nil {
			return err
		}
	}
	return w.writer.Write(ctx, &engine.Batch{DeleteNotes: marks})
}

// settle writes the documents that a writer which was cut short has left, and reports
// whether there were any.
func (w *annotationWriter) settle(ctx context.Context) (settled bool, err error) {
	for n, err := range w.snap.Notes(ctx, notedAnnotated, false) {
		if err != nil {
			return settled, err
		}
		ids := strings.Split(strings.TrimSuffix(string(n.Value), "\x00"), "\x00")
		annotations, err := loadAnnotated(ctx, w.snap, ids)
		if err != nil {
			return settled, err
		}
		for group := range slices.Chunk(ids, maxGroup) {
			stored, err := w.snap.Stored(ctx, group...)
			if err != nil {
				return settled, err
			}
			for i := range stored {
				stored[i].Article.Annotations = annotations[stored[i].Article.ID].of()
			}
			w.articles = append(w.articles, stored...)
		}
		settled = true
		if err := w.writeDocuments(ctx, n.Key); err != nil {
			return settled, err
		}
	}
	return settled, nil
}
