package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// TagChange is which tags to give articles, and which to take from them, in any form that
// ParseTag reads.
type TagChange struct {
	Add, Remove []string
	By          string // who gives them; may be empty
}

// TagReport is what tagging did.
type TagReport struct {
	Articles int // that were asked for
	Changed  int // of these
	// Similar are tags that were given, that no article had before, and that are nearly
	// those of others: slips of the pen, perhaps.
	Similar []SimilarTag
	Took    time.Duration
}

// SimilarTag is a tag that is nearly another one.
type SimilarTag struct{ Tag, Like string }

// parsed returns the change in canonical form.
func (c TagChange) parsed() (TagChange, error) {
	out := TagChange{By: c.By}
	for _, list := range [...]struct {
		from []string
		to   *[]string
	}{{c.Add, &out.Add}, {c.Remove, &out.Remove}} {
		for _, s := range list.from {
			t, err := ParseTag(s)
			if err != nil {
				return out, err
			}
			if !slices.Contains(*list.to, t) {
				*list.to = append(*list.to, t)
			}
		}
	}
	for _, t := range out.Add {
		if slices.Contains(out.Remove, t) {
			return out, fmt.Errorf("tag %q is to be given and taken at once", t)
		}
	}
	if len(out.Add)+len(out.Remove) == 0 {
		return out, errors.New("no tag was named")
	}
	return out, checkAuthor(out.By)
}

// apply changes the tags of an article, and reports whether that changed anything.
func (c *TagChange) apply(a *Annotated, now time.Time) (bool, error) {
	before := len(a.Tags)
	a.Tags = slices.DeleteFunc(slices.Clone(a.Tags), func(t corpus.Tag) bool { return slices.Contains(c.Remove, t.Path) })
	changed := len(a.Tags) != before
	for _, path := range c.Add {
		if slices.ContainsFunc(a.Tags, func(t corpus.Tag) bool { return t.Path == path }) {
			continue
		}
		a.Tags, changed = append(a.Tags, corpus.Tag{Path: path, Added: now, By: c.By}), true
	}
	if len(a.Tags) > maxTags {
		return false, fmt.Errorf("article %q would have %d tags; at most %d are kept", a.ID, len(a.Tags), maxTags)
	}
	slices.SortFunc(a.Tags, func(a, b corpus.Tag) int { return strings.Compare(a.Path, b.Path) })
	return changed, nil
}

// Tag gives the articles of these ids tags of a person's own, and takes others. An id that
// has neither an article nor annotations is ErrNotFound, and nothing is changed. The tags
// are durable and visible on return. They stay with the id through whatever becomes of the
// article. Who else changes the index through ix waits meanwhile.
func (ix *Index) Tag(ctx context.Context, c TagChange, ids ...string) (TagReport, error) {
	return ix.tag(ctx, c, func(context.Context, engine.Snapshot) ([]string, error) { return ids, nil })
}

// TagMatching is Tag for all articles that match a query. Every word of it must match: it is
// as with MatchStrict unless MatchAny is asked for. Of q, what says how hits are shown is
// not used. The tags become visible at once, at the end. When ctx ends before, some articles
// may have theirs.
func (ix *Index) TagMatching(ctx context.Context, c TagChange, q Query) (TagReport, error) {
	if q.Match == MatchAll {
		q.Match = MatchStrict
	}
	q.Passages, q.Explain, q.Sort, q.IDsOnly = -1, false, Newest, true // an order that needs no scores
	return ix.tag(ctx, c, func(ctx context.Context, all engine.Snapshot) ([]string, error) {
		snap := all
		if !q.IncludeEmbargoed && !ix.embargoed {
			var err error
			if snap, err = all.Released(ctx, time.Now()); err != nil {
				return nil, err
			}
		}
		var ids []string
		for hit, err := range ix.allFrom(ctx, snap, q, nil) {
			if err != nil {
				return nil, err
			}
			ids = append(ids, hit.ID)
		}
		return ids, nil
	})
}

func (ix *Index) tag(ctx context.Context, c TagChange, choose func(context.Context, engine.Snapshot) ([]string, error)) (r TagReport, err error) {
	start := time.Now()
	if c, err = c.parsed(); err != nil {
		return r, err
	}
	now := start.UTC().Truncate(time.Second)
	err = ix.changeAnnotations(ctx, "tag articles", func(w *annotationWriter) error {
		ids, err := choose(ctx, w.snap)
		if err != nil {
			return err
		}
		ids = unique(slices.Clone(ids))
		r.Articles = len(ids)
		if r.Similar, err = similarTags(ctx, w.snap, c.Add); err != nil {
			return err
		}
		r.Changed, err = w.change(ctx, ids, false, func(a *Annotated) (bool, error) { return c.apply(a, now) })
		return err
	})
	r.Took = time.Since(start)
	return r, err
}

// similarTags returns those of some tags that no article has, and that are nearly others.
func similarTags(ctx context.Context, snap engine.Snapshot, tags []string) (list []SimilarTag, err error) {
	if len(tags) == 0 {
		return nil, nil
	}
	facet, _ := engine.FacetMyTag.Type()
	known, err := valuesOf(ctx, snap, engine.FacetMyTag, nil)
	if err != nil {
		return nil, err
	}
	known = withLevels(facet, known)
	for _, t := range tags {
		if slices.ContainsFunc(known, func(k engine.Count) bool { return k.Value == t }) {
			continue
		}
		if i := slices.IndexFunc(known, func(k engine.Count) bool { return mayBeSlip(t, k.Value) }); i >= 0 {
			list = append(list, SimilarTag{Tag: t, Like: known[i].Value})
		}
	}
	return list, nil
}

// mayBeSlip reports whether a tag is another one but for a slip of the pen: at each level it
// has nearly the same word, or all together is nearly the same. Numbers differ on purpose.
func mayBeSlip(tag, meant string) bool {
	a, b := strings.Split(tag, "/"), strings.Split(meant, "/")
	for i := range a {
		a[i] = strings.ReplaceAll(foldValue(a[i]), " ", "")
	}
	for i := range b {
		b[i] = strings.ReplaceAll(foldValue(b[i]), " ", "")
	}
	whole, other := strings.Join(a, ""), strings.Join(b, "")
	if digitsOf(whole) != digitsOf(other) {
		return false
	}
	if len(a) != len(b) {
		return slipOf(whole, other) >= 0
	}
	for i := range a {
		if slipOf(a[i], b[i]) < 0 {
			return false
		}
	}
	return true
}

// digitsOf returns the digits of a text, in their order.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// AddNote writes a note about the article of an id. by is who writes it, and may be empty.
func (ix *Index) AddNote(ctx context.Context, id, text, by string) (note corpus.Note, err error) {
	if text, err = parseNote(text); err == nil {
		err = checkAuthor(by)
	}
	if err != nil {
		return note, err
	}
	note = corpus.Note{Text: text, Added: time.Now().UTC().Truncate(time.Millisecond), By: by}
	return note, ix.changeNotes(ctx, id, func(a *Annotated) (bool, error) {
		if len(a.Notes) >= maxNotes {
			return false, fmt.Errorf("article %q has %d notes, and no more are kept; remove one, or write more into one", id, len(a.Notes))
		}
		note.ID = newNoteID(a, &note)
		a.Notes = append(slices.Clone(a.Notes), note)
		sortNotes(a.Notes)
		return true, nil
	})
}

// noteIDLength is the length of a note's id. It is longer where two of an article would have
// the same one.
const noteIDLength = 6

// newNoteID returns an id for a note that no other of the article has. It follows from the
// note alone in nearly all cases, so that two indexes that are given it agree.
func newNoteID(a *Annotated, n *corpus.Note) string {
	digest := digestOf(a.ID, n.Text, n.By, n.Added.Format(time.RFC3339Nano))
	for length := noteIDLength; length < len(digest); length++ {
		if noteAt(a, digest[:length]) < 0 {
			return digest[:length]
		}
	}
	return digest
}

// noteAt returns the index of the note of an id; -1 for none.
func noteAt(a *Annotated, id string) int {
	return slices.IndexFunc(a.Notes, func(n corpus.Note) bool { return n.ID == id })
}

// findNote returns the index of the note whose id begins with prefix.
func findNote(a *Annotated, prefix string) (int, error) {
	found := -1
	for i := range a.Notes {
		switch {
		case a.Notes[i].ID == prefix:
			return i, nil
		case prefix == "" || !strings.HasPrefix(a.Notes[i].ID, prefix):
		case found >= 0:
			return 0, fmt.Errorf("several notes of article %q have an id that begins with %q; write more of it", a.ID, prefix)
		default:
			found = i
		}
	}
	if found < 0 {
		return 0, fmt.Errorf("article %q has no note %q: %w", a.ID, prefix, ErrNotFound)
	}
	return found, nil
}

// EditNote gives a note another text. note is its id, or a unique prefix of that.
func (ix *Index) EditNote(ctx context.Context, id, note, text string) (edited corpus.Note, err error) {
	if text, err = parseNote(text); err != nil {
		return edited, err
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	return edited, ix.changeNotes(ctx, id, func(a *Annotated) (bool, error) {
		i, err := findNote(a, note)
		if err != nil {
			return false, err
		}
		a.Notes = slices.Clone(a.Notes)
		changed := a.Notes[i].Text != text
		if changed {
			a.Notes[i].Text, a.Notes[i].Edited = text, now
		}
		edited = a.Notes[i]
		return changed, nil
	})
}

// RemoveNote removes a note, which it returns. note is its id, or a unique prefix of that.
func (ix *Index) RemoveNote(ctx context.Context, id, note string) (removed corpus.Note, err error) {
	return removed, ix.changeNotes(ctx, id, func(a *Annotated) (bool, error) {
		i, err := findNote(a, note)
		if err != nil {
			return false, err
		}
		removed = a.Notes[i]
		a.Notes = slices.Delete(slices.Clone(a.Notes), i, i+1)
		return true, nil
	})
}

// changeNotes changes the notes of an article.
func (ix *Index) changeNotes(ctx context.Context, id string, f func(a *Annotated) (bool, error)) error {
	return ix.changeAnnotations(ctx, "write notes", func(w *annotationWriter) error {
		_, err := w.change(ctx, []string{id}, false, f)
		return err
	})
}

// changeAnnotations has f change annotations, alone among those who change the index.
func (ix *Index) changeAnnotations(ctx context.Context, what string, f func(w *annotationWriter) error) error {
	if err := ix.checkWritable(what); err != nil {
		return err
	}
	stages, err := ix.stages(ctx)
	if err != nil {
		return err
	}
	ix.changes.Lock()
	defer ix.changes.Unlock()
	if err := ix.settleAnnotations(ctx, stages); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	w := &annotationWriter{writer: ix.engine, snap: snap, stages: stages, budget: int(ix.memory / batchShare)}
	err = f(w)
	if !errors.Is(err, ErrLocked) { // or another writer has taken over
		// What is durable is made visible, whatever ended it.
		err = errors.Join(err, ix.engine.Publish(context.WithoutCancel(ctx)))
	}
	if err = errors.Join(err, snap.Close(context.WithoutCancel(ctx))); err == nil {
		return nil
	}
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return ctx.Err()
	}
	return fmt.Errorf("%s: %w", what, err)
}

// settleAnnotations writes the documents anew that a writer of annotations which was cut
// short has left. Nobody else changes the index meanwhile.
func (ix *Index) settleAnnotations(ctx context.Context, stages *enrich.Pipeline) error {
	// What that writer has not published is part of it.
	if err := ix.engine.Publish(ctx); err != nil {
		return err
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	w := &annotationWriter{writer: ix.engine, snap: snap, stages: stages, budget: int(ix.memory / batchShare)}
	settled, err := w.settle(ctx)
	if err = errors.Join(err, snap.Close(context.WithoutCancel(ctx))); err != nil || !settled {
		return err
	}
	return ix.engine.Publish(context.WithoutCancel(ctx))
}

// settleLeftAnnotations is settleAnnotations, where there is anything to be settled.
func (ix *Index) settleLeftAnnotations(ctx context.Context) error {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	left := false
	for _, err = range snap.Notes(ctx, notedAnnotated, true) {
		left = true
		break
	}
	if err = errors.Join(err, snap.Close(context.WithoutCancel(ctx))); err != nil || !left {
		return err
	}
	stages, err := ix.stages(ctx)
	if err != nil {
		return err
	}
	ix.changes.Lock()
	defer ix.changes.Unlock()
	return ix.settleAnnotations(ctx, stages)
}
