package local

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
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
		set, err := seg.set(fieldID, id)
		if err != nil {
			return nil, 0, false, err
		}
		if !set.IsEmpty() {
			return seg, set.Minimum(), true, nil
		}
	}
	return nil, 0, false, nil
}

// load reads what is stored of an article.
func (s *segView) load(doc uint32) (*stored, error) {
	var out *stored
	var err error
	verr := s.seg.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != fieldStored {
			return true
		}
		out = &stored{}
		err = json.Unmarshal(value, out)
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
		err := seg.eachTerm(field, from, to, func(d segment.TermDictionary, term string) error {
			p, err := d.PostingsList([]byte(term), seg.deleted, nil)
			if err != nil {
				return err
			}
			if n := int(p.Count()); n > 0 {
				terms[term] += n
			}
			return nil
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
			l, ok, err := seg.stemList(fieldStem, stem)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			if seg.deleted == nil {
				freqs[i] += l.list.Count()
				continue
			}
			live, err := l.set(seg)
			if err != nil {
				return nil, err
			}
			freqs[i] += int(live.GetCardinality())
		}
	}
	return freqs, nil
}

// Has implements engine.Snapshot.
func (s *snapshot) Has(_ context.Context, id, version string) (bool, error) {
	for _, seg := range s.generation.view.segs {
		list, ok, err := seg.own.Postings(fieldVersion, id+"\x00"+version)
		if err != nil {
			return false, err
		}
		if !ok {
			continue
		}
		if n, err := seg.liveCount(list); err != nil || n > 0 {
			return err == nil, err
		}
	}
	return false, nil
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
			for it := set.Iterator(); it.HasNext(); {
				id, err := seg.seg.DocID(uint64(it.Next()))
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

func label(l *leaf) string { return match.Leaf{Plan: l.plan, Boost: l.boost}.Label() }
