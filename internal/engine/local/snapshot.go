package local

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// snapshot holds a generation for one caller.
type snapshot struct{ generation *generation }

var _ engine.Snapshot = (*snapshot)(nil)

// Generation implements engine.Snapshot.
func (s *snapshot) Generation() uint64 { return s.generation.number }

// Len implements engine.Snapshot.
func (s *snapshot) Len() int { return s.generation.view.count }

// Close implements engine.Snapshot.
func (s *snapshot) Close() error { return s.generation.release() }

// find returns where the article of an id is kept.
func (s *snapshot) find(id string) (*segView, uint32, bool, error) {
	if strings.HasPrefix(id, "\x00") {
		return nil, 0, false, nil
	}
	for _, seg := range s.generation.view.segs {
		doc, ok, err := seg.document(id)
		if err != nil || ok {
			return seg, doc, ok, err
		}
	}
	return nil, 0, false, nil
}

// document returns the live document of an id.
func (s *segView) document(id string) (uint32, bool, error) {
	list, ok, err := s.postings(fieldID, id)
	if err != nil || !ok {
		return 0, false, err
	}
	var docs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			if s.deleted == nil || !s.deleted.has(doc) {
				return doc, true, nil
			}
		}
	}
	return 0, false, list.Err()
}

// load reads what is stored of an article.
func (s *segView) load(doc uint32) (*stored, error) {
	var out *stored
	var err error
	verr := s.own.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != fieldStored {
			return true
		}
		out = &stored{}
		err = decodeStored(value, out)
		return false
	})
	switch {
	case verr != nil:
		return nil, fmt.Errorf("read stored article: %w", verr)
	case err != nil:
		return nil, fmt.Errorf("%w: stored article: %v", engine.ErrDamaged, err)
	case out == nil:
		return nil, fmt.Errorf("%w: an article is not stored", engine.ErrDamaged)
	}
	return out, nil
}

// placeOf is the place of a document, as hits have it.
func placeOf(s *segView, doc uint32) uint64 { return uint64(s.number)<<32 | uint64(doc) }

// Load implements engine.Snapshot.
func (s *snapshot) Load(ctx context.Context, h *engine.Hit) (corpus.Article, error) {
	if err := ctx.Err(); err != nil {
		return corpus.Article{}, err
	}
	segs, number, doc := s.generation.view.segs, h.Place>>32, uint32(h.Place)
	if number >= uint64(len(segs)) || int(doc) >= segs[number].docs {
		return corpus.Article{}, fmt.Errorf("article %q: %w", h.ID, engine.ErrNotFound)
	}
	st, err := segs[number].load(doc)
	if err != nil {
		return corpus.Article{}, fmt.Errorf("article %q: %w", h.ID, err)
	}
	return st.Article, nil
}

// Get implements engine.Snapshot.
func (s *snapshot) Get(ctx context.Context, ids ...string) ([]corpus.Article, error) {
	articles := make([]corpus.Article, 0, len(ids))
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		seg, doc, ok, err := s.find(id)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("article %q: %w", id, engine.ErrNotFound)
		}
		st, err := seg.load(doc)
		if err != nil {
			return nil, fmt.Errorf("article %q: %w", id, err)
		}
		articles = append(articles, st.Article)
	}
	return articles, nil
}

// IDs implements engine.Snapshot.
func (s *snapshot) IDs(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var from []byte
		if prefix != "" {
			from = []byte(prefix)
		}
		terms, err := s.termCounts(ctx, fieldID, from, prefixEnd(from))
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
func (s *snapshot) termCounts(ctx context.Context, field string, from, to []byte) (map[string]int, error) {
	terms := map[string]int{}
	for _, seg := range s.generation.view.segs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := seg.eachTerm(field, nil, from, to, func(t *segment.Term) error {
			list, err := t.List()
			if err != nil {
				return err
			}
			n, err := seg.liveCount(list)
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

// DocFreq implements engine.Snapshot.
func (s *snapshot) DocFreq(_ context.Context, stems ...string) ([]int, error) {
	freqs := make([]int, len(stems))
	for i, stem := range stems {
		for _, seg := range s.generation.view.segs {
			list, ok, err := seg.postings(fieldStem, stem)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			n, err := seg.keptFreq(fieldStem, stem, list)
			if err != nil {
				return nil, err
			}
			freqs[i] += n
		}
	}
	return freqs, nil
}

// Has implements engine.Snapshot.
func (s *snapshot) Has(_ context.Context, id, version string) (bool, error) {
	seg, doc, ok, err := s.find(id)
	if err != nil || !ok {
		return false, err
	}
	versions := seg.own.Numbers(fieldVersion)
	return int(doc) < len(versions) && versions[doc] == versionNumber(version), nil
}

// Owner implements engine.Snapshot.
func (s *snapshot) Owner(_ context.Context, id string) (key string, known bool, err error) {
	seg, doc, known, err := s.find(id)
	if err != nil || !known {
		return "", false, err
	}
	st, err := seg.load(doc)
	if err != nil {
		return "", false, fmt.Errorf("article %q: %w", id, err)
	}
	return st.Entry, true, nil
}

// Entries implements engine.Snapshot.
func (s *snapshot) Entries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	return func(yield func(engine.Entry, error) bool) {
		articles, err := s.termCounts(ctx, fieldEntry, nil, nil)
		if err != nil {
			yield(engine.Entry{}, err)
			return
		}
		records, err := s.termCounts(ctx, fieldRecord, nil, nil)
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

// EntryIDs implements engine.Snapshot.
func (s *snapshot) EntryIDs(ctx context.Context, key string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, seg := range s.generation.view.segs {
			set, err := seg.set(fieldEntry, key)
			if err != nil {
				yield("", err)
				return
			}
			for _, doc := range set.appendTo(nil) {
				id, err := seg.own.DocID(uint64(doc))
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
