package index

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// settling makes articles of versions, and versions of articles.
type settling struct {
	writer engine.Writer
	stages *enrich.Pipeline
	snap   engine.Snapshot // with the notes to be settled
	before engine.Snapshot // as the index was when the sync began; nil for none
	report *SyncReport
	drops  func(v *version, others []*version) bool
	budget int // bytes of a batch

	batch     engine.Batch
	put       []engine.StoredArticle
	size      int
	builder   *docBuilder
	conflicts int
	example   string
}

// maxVersions is how many versions of an article are kept beside the one that stands.
const maxVersions = 50

func (t *settling) run(ctx context.Context) error {
	t.builder = newDocBuilder(t.stages)
	for n, err := range t.snap.Notes(ctx, notedPending, true) {
		if err != nil {
			return err
		}
		_, id := splitNoteKey(n.Key)
		if err := t.settle(ctx, id); err != nil {
			return err
		}
		if err := t.end(ctx, id); err != nil {
			return err
		}
		if t.size += docCost; t.size >= t.budget {
			if err := t.flush(ctx); err != nil {
				return err
			}
		}
	}
	return t.flush(ctx)
}

// end removes the notes that an id is to be settled. Where a version is gone from its
// file, they stay for the sync that knows of files.
func (t *settling) end(ctx context.Context, id string) error {
	gone, err := hasNoteOf(ctx, t.snap, notedGone, id)
	if err != nil || gone && t.drops == nil {
		return err
	}
	if t.batch.DeleteNotes = append(t.batch.DeleteNotes, noteKey(notedPending, id)); gone {
		t.batch.DeleteNotes = append(t.batch.DeleteNotes, noteKey(notedGone, id))
	}
	return nil
}

// flush writes what was settled.
func (t *settling) flush(ctx context.Context) error {
	if len(t.batch.DeleteNotes)+len(t.batch.PutNotes)+len(t.batch.Delete)+len(t.put) == 0 {
		return nil
	}
	standing := make([]*corpus.Article, len(t.put))
	for i := range t.put {
		standing[i] = &t.put[i].Article
	}
	if err := annotate(ctx, t.snap, standing); err != nil {
		return err
	}
	b, err := newBatch(t.put, t.stages)
	if err != nil {
		return err
	}
	if err := keepAdded(ctx, t.snap, b.Put); err != nil {
		return err
	}
	t.batch.Put = b.Put
	noteWritten(&t.batch)
	err = t.writer.Write(context.WithoutCancel(ctx), &t.batch)
	t.batch, t.put, t.size = engine.Batch{}, nil, 0
	return err
}

// settle makes the best version of an id stand.
func (t *settling) settle(ctx context.Context, id string) error {
	versions, directives, err := versionsOf(ctx, t.snap, id)
	if err != nil {
		return err
	}
	var stood *version
	if len(versions) > 0 && versions[0].stands { // where versionsOf puts it
		stood = versions[0]
	}
	versions = t.withoutDropped(versions)
	d := decide(versions, directives)
	t.countConflict(id, versions)
	for i, v := range versions {
		switch {
		case v.stands, i < maxVersions || v == d.stands:
			err = t.place(v, v == d.stands)
		default:
			t.batch.DeleteNotes = append(t.batch.DeleteNotes, v.key)
		}
		if err != nil {
			return err
		}
	}
	if err := t.bury(ctx, id, d.grave); err != nil {
		return err
	}
	return t.count(ctx, id, stood, &d, versions)
}

// withoutDropped drops versions that are gone from their files, and a standing one that
// was read again, changed.
func (t *settling) withoutDropped(versions []*version) []*version {
	var kept []*version
	for _, v := range versions {
		drop := t.drops != nil && t.drops(v, versions)
		drop = drop || v.stands && slices.ContainsFunc(versions, func(o *version) bool { return !o.stands && o.key == v.key })
		switch {
		case !drop:
			kept = append(kept, v)
		case v.stands:
			t.batch.Delete = append(t.batch.Delete, v.article.ID)
		default:
			t.batch.DeleteNotes = append(t.batch.DeleteNotes, v.key)
		}
	}
	return kept
}

// place makes a version an article, or a note.
func (t *settling) place(v *version, stands bool) error {
	switch {
	case stands == v.stands:
	case stands:
		// The batch puts after it deletes.
		t.batch.DeleteNotes = append(t.batch.DeleteNotes, v.key)
		t.put = append(t.put, engine.StoredArticle{Article: v.article, Entry: v.entry})
		t.size += cost(&v.article)
	default:
		t.batch.Delete = append(t.batch.Delete, v.article.ID)
		a := v.article
		a.Added = time.Time{} // that of the article which stands
		toGiven(&a)
		a.Annotations = nil
		b, err := engine.AppendJSON(nil, &a)
		if err != nil {
			return err
		}
		t.batch.PutNotes = append(t.batch.PutNotes, engine.Note{Key: v.key, Entry: v.entry, Value: b})
		t.size += len(b)
	}
	return nil
}

// bury writes the tombstone of an id, or removes it.
func (t *settling) bury(ctx context.Context, id string, grave *tombstone) error {
	key := noteKey(notedTombstone, id)
	had, err := hasNoteOf(ctx, t.snap, notedTombstone, id)
	if err != nil {
		return err
	}
	if grave == nil {
		if had {
			t.batch.DeleteNotes = append(t.batch.DeleteNotes, key)
		}
		return nil
	}
	b, err := json.Marshal(grave)
	t.batch.PutNotes = append(t.batch.PutNotes, engine.Note{Key: key, Value: b})
	if !had && grave.Article {
		t.report.Withdrawn++
	}
	return err
}

// hasNoteOf reports whether there is the one note of a kind about an id.
func hasNoteOf(ctx context.Context, snap engine.Snapshot, kind, id string) (bool, error) {
	key := noteKey(kind, id)
	for n, err := range snap.Notes(ctx, key, true) {
		if err != nil || n.Key == key {
			return err == nil, err
		}
	}
	return false, nil
}

// countConflict counts an article with two texts of the same number.
func (t *settling) countConflict(id string, versions []*version) {
	for i := 1; i < len(versions); i++ {
		a, b := versions[i-1], versions[i]
		n := numberOf(&a.article)
		if n > 0 && n == numberOf(&b.article) && a.content != b.content && statusOf(&a.article) == statusOf(&b.article) {
			if t.conflicts++; t.conflicts == 1 {
				t.example = id
			}
			return
		}
	}
}

// count counts what became of an id since the sync began. An article that was added by
// the sync was counted before.
func (t *settling) count(ctx context.Context, id string, stood *version, d *decision, versions []*version) error {
	if t.before == nil {
		return nil
	}
	known, err := t.before.Lookup(ctx, []engine.Ref{{ID: id}})
	if err != nil {
		return err
	}
	existed, added := known[0].Exists, stood != nil && !known[0].Exists
	switch {
	case d.stands != nil && !existed && !added:
		t.report.Added++
	case d.stands != nil && existed && d.stands != stood:
		t.report.Updated++
	case d.stands == nil && added:
		t.report.Added--
	}
	if d.grave != nil {
		return nil
	}
	had := map[string]bool{}
	for n, err := range t.before.Notes(ctx, noteKey(notedVersion, id, ""), true) {
		if err != nil {
			return err
		}
		had[n.Key] = true
	}
	for _, v := range versions {
		switch {
		case v == d.stands, had[v.key]:
		case d.stands != nil && v.isCopyOf(d.stands): // from the other file of the article, or another copy
		default:
			t.report.Superseded++
		}
	}
	return nil
}
