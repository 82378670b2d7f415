package reader

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
)

// find returns where the article of an id is kept.
func (v *View) find(id string) (*Segment, uint32, bool, error) {
	if strings.HasPrefix(id, "\x00") {
		return nil, 0, false, nil
	}
	for _, seg := range v.Segments {
		doc, ok, err := seg.Document(id)
		if err != nil || ok {
			return seg, doc, ok, err
		}
	}
	return nil, 0, false, nil
}

// Load implements the method of engine.Snapshot.
func (v *View) Load(ctx context.Context, h *engine.Hit) (corpus.Article, error) {
	if err := ctx.Err(); err != nil {
		return corpus.Article{}, err
	}
	seg, doc, ok := v.locate(h.Place)
	if !ok {
		return corpus.Article{}, fmt.Errorf("article %q: %w", h.ID, engine.ErrNotFound)
	}
	st, err := seg.Load(doc)
	if err != nil {
		return corpus.Article{}, fmt.Errorf("article %q: %w", h.ID, err)
	}
	return st.Article, nil
}

// Get implements the method of engine.Snapshot.
func (v *View) Get(ctx context.Context, ids ...string) ([]corpus.Article, error) {
	articles := make([]corpus.Article, 0, len(ids))
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		seg, doc, ok, err := v.find(id)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("article %q: %w", id, engine.ErrNotFound)
		}
		st, err := seg.Load(doc)
		if err != nil {
			return nil, fmt.Errorf("article %q: %w", id, err)
		}
		articles = append(articles, st.Article)
	}
	return articles, nil
}

// dropEvery is how many articles are read before it is looked whether their memory should
// be given back.
const dropEvery = 256

// StoredArticles is the method Articles of engine.Snapshot. It goes along what is
// stored, so that each block is decompressed once, and holds little of it.
func (v *View) StoredArticles(ctx context.Context) iter.Seq2[engine.StoredArticle, error] {
	return func(yield func(engine.StoredArticle, error) bool) {
		for _, seg := range v.Segments {
			if !seg.eachStored(ctx, yield) {
				return
			}
		}
	}
}

// eachStored yields the articles of a segment; false when the loop has ended.
func (s *Segment) eachStored(ctx context.Context, yield func(engine.StoredArticle, error) bool) bool {
	docs, err := s.Articles()
	if err != nil {
		yield(engine.StoredArticle{}, err)
		return false
	}
	pass := s.Raw.PassStored()
	defer pass.End()
	for i, doc := range docs.AppendTo(nil) {
		if i%dropEvery == 0 {
			pass.Passed(doc)
		}
		a, err := s.storedArticle(ctx, doc)
		if !yield(a, err) || err != nil {
			return false
		}
	}
	return true
}

func (s *Segment) storedArticle(ctx context.Context, doc uint32) (engine.StoredArticle, error) {
	if err := ctx.Err(); err != nil {
		return engine.StoredArticle{}, err
	}
	st, err := s.Load(doc)
	if err != nil {
		return engine.StoredArticle{}, err
	}
	return engine.StoredArticle{Article: st.Article, Entry: st.Entry, Story: st.Story}, nil
}

// IDs implements the method of engine.Snapshot.
func (v *View) IDs(ctx context.Context, prefix string) iter.Seq2[string, error] {
	from := []byte(prefix)
	if prefix == "" {
		from = []byte{1} // behind the records of entries, which start with a NUL
	}
	return func(yield func(string, error) bool) {
		if strings.HasPrefix(prefix, "\x00") {
			return
		}
		ids, err := v.mergeTerms(schema.FieldID, from, PrefixEnd([]byte(prefix)))
		if err != nil {
			yield("", err)
			return
		}
		for {
			id, _, err := ids.next(ctx)
			if err != nil {
				yield("", err)
				return
			}
			if id == nil || !yield(string(id), nil) {
				return
			}
		}
	}
}

// DocFreq implements the method of engine.Snapshot.
func (v *View) DocFreq(ctx context.Context, stems ...string) ([]int, error) {
	freqs := make([]int, len(stems))
	for i, stem := range stems {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, seg := range v.Segments {
			list, ok, err := seg.Postings(schema.FieldStem, stem)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			n, err := seg.CachedDocFreq(schema.FieldStem, stem, list)
			if err != nil {
				return nil, err
			}
			freqs[i] += n
		}
	}
	return freqs, nil
}

// Lookup implements the method of engine.Snapshot. It goes from segment to
// segment, and in each one in the order of the ids, so that those that stand
// together in the dictionary are looked for one after the other.
func (v *View) Lookup(ctx context.Context, refs []engine.Ref) ([]engine.Known, error) {
	known := make([]engine.Known, len(refs))
	missing := make([]int, 0, len(refs)) // places in refs, in the order of ids
	for i := range refs {
		if !strings.HasPrefix(refs[i].ID, "\x00") {
			missing = append(missing, i)
		}
	}
	slices.SortFunc(missing, func(a, b int) int { return strings.Compare(refs[a].ID, refs[b].ID) })
	for _, seg := range v.Segments {
		rest := missing[:0]
		for _, i := range missing {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			found, err := seg.lookup(&refs[i])
			if err != nil {
				return nil, err
			}
			if known[i] = found; !found.Exists {
				rest = append(rest, i)
			}
		}
		missing = rest
	}
	return known, nil
}

// lookup says what a segment has of an article.
func (s *Segment) lookup(ref *engine.Ref) (engine.Known, error) {
	doc, ok, err := s.Document(ref.ID)
	if err != nil || !ok {
		return engine.Known{}, err
	}
	known := engine.Known{Exists: true, Same: true}
	if at := s.AddedAt(doc); at != NoTime {
		known.Added = schema.TimeOf(at)
	}
	if ref.Version == "" {
		return known, nil
	}
	versions := s.Raw.NumericValues(schema.FieldVersion)
	if int(doc) < len(versions) && versions[doc] == schema.VersionNumber(ref.Version) {
		return known, nil
	}
	st, err := s.Load(doc)
	if err != nil {
		return engine.Known{}, fmt.Errorf("article %q: %w", ref.ID, err)
	}
	known.Same, known.Entry = false, st.Entry
	return known, nil
}

// Entries implements the method of engine.Snapshot.
func (v *View) Entries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	return func(yield func(engine.Entry, error) bool) {
		m, err := v.mergeEntries()
		if err != nil {
			yield(engine.Entry{}, err)
			return
		}
		for {
			e, ok, err := m.next(ctx)
			if err != nil {
				yield(engine.Entry{}, err)
				return
			}
			if !ok || !yield(e, nil) {
				return
			}
		}
	}
}

// EntryIDs implements the method of engine.Snapshot.
func (v *View) EntryIDs(ctx context.Context, key string) iter.Seq2[string, error] {
	return v.idsWith(ctx, schema.FieldEntry, key)
}

// idsWith yields the ids of the documents that have a term.
func (v *View) idsWith(ctx context.Context, field, key string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var docs []uint32
		for _, seg := range v.Segments {
			err := ctx.Err()
			if err == nil {
				docs, err = seg.AppendWith(docs[:0], field, key)
			}
			if err != nil {
				yield("", err)
				return
			}
			for _, doc := range docs {
				id, err := seg.Raw.DocID(uint64(doc))
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					yield("", err)
					return
				}
				if !yield(string(id), nil) {
					return
				}
			}
		}
	}
}
