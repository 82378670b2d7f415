package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/query"
)

// What a person writes about articles by hand, tags and notes, is kept by the article's id,
// in notes of the engine:
//
//	a ID      the annotations of an article, as JSON
//	y DIGEST  ids of articles whose annotations were written, each ended by a NUL: their
//	          documents are to be written anew
//
// with a NUL where a blank is here. These notes are what holds. A document has a copy of
// them, by which it is searched and shown. Who changes annotations writes them with a y
// first, then the documents, and then removes the y; what a crash leaves, the next one who
// changes articles ends. Who writes an article from a source looks up its annotations. So
// they stay when an article is updated, replaced or moved; when it is removed, they are
// orphaned, and it has them again when it comes back.

const (
	notedAnnotations = "a\x00"
	notedAnnotated   = "y\x00"
)

// The bounds of what is written by hand.
const (
	maxTag    = 200    // bytes of a tag: a few levels of words in any script
	maxTags   = 200    // of an article
	maxNote   = 10_000 // bytes of a note: some pages
	maxNotes  = 100    // of an article; all of them are a megabyte at most, as a long article is
	maxAuthor = 100    // bytes of who wrote it
)

// Annotated is an article with what was written about it by hand.
type Annotated struct {
	ID string
	// Title and URL are those that the article had when it was annotated last.
	Title, URL string
	corpus.Annotations
	// Orphaned says that no such article is in the index: it was removed, or hasn't come yet.
	Orphaned bool
}

// annotationsForm is the JSON of a note about an article.
type annotationsForm struct {
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
	corpus.Annotations
}

// annotationKey returns the key of the note of an article's annotations.
func annotationKey(id string) string { return noteKey(notedAnnotations, id) }

// encode returns the note of annotations.
func (a *Annotated) encode() (engine.Note, error) {
	b, err := json.Marshal(annotationsForm{a.Title, a.URL, a.Annotations})
	return engine.Note{Key: annotationKey(a.ID), Value: b}, err
}

// decodeAnnotated reads what encode made.
func decodeAnnotated(n engine.Note) (*Annotated, error) {
	_, id := splitNoteKey(n.Key)
	var f annotationsForm
	if err := json.Unmarshal(n.Value, &f); err != nil {
		return nil, fmt.Errorf("%w: tags and notes of article %q: %v", ErrDamaged, id, err)
	}
	return &Annotated{ID: id, Title: f.Title, URL: f.URL, Annotations: f.Annotations}, nil
}

// isEmpty reports whether nothing was written.
func (a *Annotated) isEmpty() bool { return len(a.Tags)+len(a.Notes) == 0 }

// of returns what the document has of annotations; nil for nothing.
func (a *Annotated) of() *corpus.Annotations {
	if a == nil || a.isEmpty() {
		return nil
	}
	return &a.Annotations
}

// loadAnnotated reads the annotations of articles, by id.
func loadAnnotated(ctx context.Context, snap engine.Snapshot, ids []string) (map[string]*Annotated, error) {
	found := map[string]*Annotated{}
	for group := range slices.Chunk(ids, maxGroup) {
		keys := make([]string, len(group))
		for i, id := range group {
			keys[i] = annotationKey(id)
		}
		notes, err := snap.NotesOf(ctx, keys...)
		if err != nil {
			return nil, err
		}
		for _, n := range notes {
			a, err := decodeAnnotated(n)
			if err != nil {
				return nil, err
			}
			found[a.ID] = a
		}
	}
	return found, nil
}

// annotate gives articles that are about to be written what people wrote about them.
func annotate(ctx context.Context, snap engine.Snapshot, articles []*corpus.Article) error {
	ids := make([]string, len(articles))
	for i, a := range articles {
		ids[i] = a.ID
	}
	found, err := loadAnnotated(ctx, snap, ids)
	if err != nil {
		return err
	}
	for _, a := range articles {
		a.Annotations = found[a.ID].of()
	}
	return nil
}

// withAnnotations returns articles that a program adds, with ids, and with what people wrote
// about those.
func (ix *Index) withAnnotations(ctx context.Context, articles []corpus.Article) (list []corpus.Article, err error) {
	list = slices.Clone(articles)
	at := make([]*corpus.Article, len(list))
	for i := range list {
		if list[i].ID == "" {
			list[i].ID = corpus.DeriveID(list[i].Key + list[i].Title + list[i].Body)
		}
		at[i] = &list[i]
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(context.WithoutCancel(ctx))) }()
	return list, annotate(ctx, snap, at)
}

// annotateItems gives the articles of a sync that are to be written their annotations.
func (s *syncer) annotateItems(ctx context.Context, items []item) error {
	var list []*corpus.Article
	for i := range items {
		it := &items[i]
		it.article.Annotations = nil
		if s.versionSync.annotated && it.err == nil && !it.noted && it.needsWrite() {
			list = append(list, &it.article)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return annotate(ctx, s.snap, list)
}

// Annotations returns what was written by hand about the article of an id, or of a unique
// prefix of one, orphaned or not. Where nothing was, the result has an ID alone. The errors
// are those of Get.
func (ix *Index) Annotations(ctx context.Context, id string) (a Annotated, err error) {
	_, err = ix.read(ctx, time.Now(), false, func(snap engine.Snapshot) error {
		a, err = annotationsOf(ctx, snap, id)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		if _, getErr := ix.Get(ctx, id); getErr != nil {
			err = getErr
		}
	}
	return a, err
}

// annotationsOf returns the annotations of a full id, or of one that is cut short.
func annotationsOf(ctx context.Context, snap engine.Snapshot, prefix string) (Annotated, error) {
	full, err := resolve(ctx, snap, prefix)
	orphaned := errors.Is(err, ErrNotFound) && prefix != ""
	if orphaned {
		full, err = resolveOrphan(ctx, snap, prefix, err)
	}
	if err != nil {
		return Annotated{}, err
	}
	found, err := loadAnnotated(ctx, snap, []string{full})
	if err != nil || found[full] == nil {
		return Annotated{ID: full}, err
	}
	found[full].Orphaned = orphaned
	return *found[full], nil
}

// resolveOrphan returns the id, of those with annotations, that prefix stands for.
func resolveOrphan(ctx context.Context, snap engine.Snapshot, prefix string, notFound error) (string, error) {
	var ids []string
	for n, err := range snap.Notes(ctx, annotationKey(prefix), true) {
		if err != nil {
			return "", err
		}
		_, id := splitNoteKey(n.Key)
		if id == prefix {
			return id, nil
		}
		if ids = append(ids, id); len(ids) > maxCandidates {
			break
		}
	}
	switch len(ids) {
	case 0:
		return "", notFound
	case 1:
		return ids[0], nil
	}
	return "", &AmbiguousError{Prefix: prefix, IDs: ids[:min(len(ids), maxCandidates)]}
}

// AllAnnotations yields all that was written by hand, in the order of ids, that of articles
// under embargo and that of articles which aren't there among it. An error is the last thing
// yielded.
func (ix *Index) AllAnnotations(ctx context.Context) iter.Seq2[Annotated, error] {
	return func(yield func(Annotated, error) bool) {
		snap, err := ix.engine.Snapshot(ctx)
		if err != nil {
			yield(Annotated{}, err)
			return
		}
		defer func() { _ = snap.Close(context.WithoutCancel(ctx)) }()
		var group []*Annotated
		for n, err := range snap.Notes(ctx, notedAnnotations, false) {
			var a *Annotated
			if err == nil {
				a, err = decodeAnnotated(n)
			}
			if err != nil {
				yield(Annotated{}, err)
				return
			}
			if group = append(group, a); len(group) < copyGroup {
				continue
			}
			if !yieldAnnotated(ctx, snap, group, yield) {
				return
			}
			group = nil
		}
		yieldAnnotated(ctx, snap, group, yield)
	}
}

// yieldAnnotated yields some annotations, once it has found out which of them are orphaned.
func yieldAnnotated(ctx context.Context, snap engine.Snapshot, group []*Annotated, yield func(Annotated, error) bool) bool {
	refs := make([]engine.Ref, len(group))
	for i, a := range group {
		refs[i].ID = a.ID
	}
	known, err := lookupIn(ctx, snap, refs)
	if err != nil {
		yield(Annotated{}, err)
		return false
	}
	for i, a := range group {
		if a.Orphaned = !known[i].Exists; !yield(*a, nil) {
			return false
		}
	}
	return true
}

// TagCount is one of the tags that people gave by hand.
type TagCount struct {
	Tag      string
	Articles int // that have it
	Orphaned int // that have it, and aren't in the index
}

// TagCounts returns all tags that were given by hand, in the order of their paths, and how
// many articles with tags or notes aren't in the index.
func (ix *Index) TagCounts(ctx context.Context) (tags []TagCount, orphaned int, err error) {
	counts := map[string]*TagCount{}
	for a, err := range ix.AllAnnotations(ctx) {
		if err != nil {
			return nil, 0, err
		}
		if a.Orphaned {
			orphaned++
		}
		for _, t := range a.Tags {
			c := counts[t.Path]
			if c == nil {
				c = &TagCount{Tag: t.Path}
				counts[t.Path] = c
			}
			if a.Orphaned {
				c.Orphaned++
			} else {
				c.Articles++
			}
		}
	}
	for _, c := range counts {
		tags = append(tags, *c)
	}
	slices.SortFunc(tags, func(a, b TagCount) int { return strings.Compare(a.Tag, b.Tag) })
	return tags, orphaned, nil
}

// ParseTag returns a tag in canonical form, in which tags are compared and kept: as topics
// are, in lower case, with _ for blanks and / between levels. The error says why it is none.
func ParseTag(s string) (string, error) {
	t := query.TagPath(s)
	switch {
	case !utf8.ValidString(s):
		return "", fmt.Errorf("tag %q is not valid UTF-8", s)
	case t == "":
		return "", fmt.Errorf("tag %q has no letters; write one such as venezuela or trip/lima", s)
	case len(t) > maxTag:
		return "", fmt.Errorf("tag %.40q... has %d bytes; at most %d are kept", t, len(t), maxTag)
	case strings.ContainsFunc(t, unicode.IsControl):
		return "", fmt.Errorf("tag %q holds control characters", t)
	case strings.ContainsAny(t, `",*()`):
		return "", fmt.Errorf(`tag %q holds one of  " , * ( )  which mean something in queries`, t)
	case strings.HasPrefix(t, "+") || strings.HasPrefix(t, "-"):
		return "", fmt.Errorf("tag %q begins with a sign; leave out its first character", t)
	}
	return t, nil
}

// parseNote returns the text of a note as it is kept.
func parseNote(s string) (string, error) {
	text := strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
	switch {
	case !utf8.ValidString(text):
		return "", errors.New("the note is not valid UTF-8")
	case text == "":
		return "", errors.New("the note is empty")
	case len(text) > maxNote:
		return "", fmt.Errorf("the note has %d bytes; at most %d are kept", len(text), maxNote)
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		return "", errors.New("the note holds control characters")
	}
	return text, nil
}

// checkAuthor refuses a name of who writes that can't be kept.
func checkAuthor(by string) error {
	if len(by) > maxAuthor || !utf8.ValidString(by) || strings.ContainsFunc(by, unicode.IsControl) {
		return fmt.Errorf("the name %.40q of who writes is longer than %d bytes, or holds what is no text", by, maxAuthor)
	}
	return nil
}
