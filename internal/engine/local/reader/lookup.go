package reader

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
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

// IDs implements the method of engine.Snapshot.
func (v *View) IDs(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var from []byte
		if prefix != "" {
			from = []byte(prefix)
		}
		terms, err := v.termCounts(ctx, schema.FieldID, from, PrefixEnd(from))
		if err != nil {
			yield("", err)
			return
		}
		for _, id := range slices.Sorted(maps.Keys(terms)) {
			if !strings.HasPrefix(id, "\x00") && !yield(id, nil) {
				return
			}
		}
	}
}

// termCounts returns the terms of a field within [from, to) that live
// documents have, with their number.
func (v *View) termCounts(ctx context.Context, field string, from, to []byte) (map[string]int, error) {
	terms := map[string]int{}
	for _, seg := range v.Segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := seg.EachTerm(field, nil, from, to, func(t *segment.Term) error {
			list, err := t.Postings()
			if err != nil {
				return err
			}
			n, err := seg.LiveCount(list)
			if n > 0 {
				terms[string(t.Bytes)] += n
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return terms, nil
}

// DocFreq implements the method of engine.Snapshot.
func (v *View) DocFreq(_ context.Context, stems ...string) ([]int, error) {
	freqs := make([]int, len(stems))
	for i, stem := range stems {
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
	versions := s.Raw.NumericValues(schema.FieldVersion)
	if int(doc) < len(versions) && versions[doc] == schema.VersionNumber(ref.Version) {
		return engine.Known{Exists: true, Same: true}, nil
	}
	st, err := s.Load(doc)
	if err != nil {
		return engine.Known{}, fmt.Errorf("article %q: %w", ref.ID, err)
	}
	return engine.Known{Exists: true, Entry: st.Entry}, nil
}

// Entries implements the method of engine.Snapshot.
func (v *View) Entries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	return func(yield func(engine.Entry, error) bool) {
		articles, err := v.termCounts(ctx, schema.FieldEntry, nil, nil)
		if err != nil {
			yield(engine.Entry{}, err)
			return
		}
		records, err := v.termCounts(ctx, schema.FieldRecord, nil, nil)
		if err != nil {
			yield(engine.Entry{}, err)
			return
		}
		stamps := make(map[string]string, len(records))
		for t := range records {
			key, stamp, _ := strings.Cut(t, "\x00")
			stamps[key] = stamp
			if _, ok := articles[key]; !ok {
				articles[key] = 0
			}
		}
		for _, key := range slices.Sorted(maps.Keys(articles)) {
			if !yield(engine.Entry{Key: key, Stamp: stamps[key], Articles: articles[key]}, nil) {
				return
			}
		}
	}
}

// EntryIDs implements the method of engine.Snapshot.
func (v *View) EntryIDs(ctx context.Context, key string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, seg := range v.Segments {
			set, err := seg.TermSet(schema.FieldEntry, key)
			if err != nil {
				yield("", err)
				return
			}
			for _, doc := range set.AppendTo(nil) {
				id, err := seg.Raw.DocID(uint64(doc))
				if err == nil {
					err = ctx.Err()
				}
				if !yield(string(id), err) || err != nil {
					return
				}
			}
		}
	}
}
