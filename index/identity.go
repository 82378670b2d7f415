package index

import (
	"context"
	"hash/maphash"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// assignIDs gives the articles of an entry their ids, in order, after they were
// looked up under the ids that they came with. The ids depend on the articles before.
// So one goroutine assigns them. It asks the engine once, and only when an id is
// taken, or an article was moved.
func (s *syncer) assignIDs(ctx context.Context, items []item, entry string) error {
	var renamed []*item
	for i := range items {
		it := &items[i]
		if it.err != nil {
			continue
		}
		var isRenamed bool
		var err error
		if it.noted, err = s.takeVersion(ctx, it, entry); err == nil && !it.noted && !isVersioned(&it.article) {
			isRenamed, err = s.assignID(ctx, it, entry)
		}
		if err == nil {
			err = s.takeDirectives(ctx, it, entry)
		}
		if err != nil {
			return err
		}
		if isRenamed {
			renamed = append(renamed, it)
		}
	}
	if len(renamed) > 0 {
		if err := lookUp(ctx, s.snap, renamed); err != nil {
			return err
		}
	}
	for i := range items {
		if it := &items[i]; it.err == nil && !it.duplicate && !it.noted {
			it.withheld = s.withholds(it, entry)
		}
	}
	return nil
}

// assignID gives an article its id, and reports whether it is another one than that
// under which the article was looked up.
func (s *syncer) assignID(ctx context.Context, it *item, entry string) (renamed bool, err error) {
	if renamed, err = s.keepID(ctx, it, entry); err != nil {
		return false, err
	}
	digest := s.textDigest(&it.article)
	first, claimed := s.claims[it.article.ID]
	if it.duplicate = claimed && first == digest; it.duplicate {
		return false, nil
	}
	foreign, err := s.isForeign(ctx, it, entry)
	if err != nil {
		return false, err
	}
	if claimed || foreign {
		if err := s.rename(ctx, it, entry); err != nil {
			return false, err
		}
		renamed = true
	}
	s.claims[it.article.ID] = digest
	return renamed, nil
}

// isForeign reports whether an id belongs to another article, which is there or was
// removed from there. An owner that was moved to entry is the same article.
func (s *syncer) isForeign(ctx context.Context, it *item, entry string) (bool, error) {
	k := &it.known
	if !k.Exists {
		return s.isOfRemoved(it, entry), nil
	}
	if k.Same || k.Entry == entry {
		return false, nil
	}
	moved, err := s.hasMoved(ctx, it)
	if moved {
		s.moveFrom(it, k.Entry)
	}
	return !moved, err
}

// lookUp asks a snapshot what it knows of articles.
func lookUp(ctx context.Context, snap engine.Snapshot, items []*item) error {
	refs := make([]engine.Ref, len(items))
	for i, it := range items {
		refs[i] = engine.Ref{ID: it.article.ID, Version: it.version}
	}
	known, err := snap.Lookup(ctx, refs)
	if err != nil {
		return err
	}
	for i, it := range items {
		it.known = known[i]
	}
	return nil
}

// counter returns the number that an article adds to, once its id is assigned.
func (s *syncer) counter(it *item) *int {
	switch {
	case it.duplicate && isVersioned(&it.article):
		return nil // a copy of a version: its source says that both are one
	case it.duplicate:
		return &s.duplicates
	case it.known.Same && !s.rederived.ids[it.article.ID]:
		return &s.report.Unchanged
	case it.noted:
		return nil // counted when it is settled
	case it.known.Exists:
		return &s.report.Updated
	}
	return &s.report.Added
}

// rename gives an article whose id is taken an id of its own: the one that it has had,
// here or before it was moved, if there is one.
func (s *syncer) rename(ctx context.Context, it *item, entry string) error {
	taken, own := it.article.ID, ownID(&it.article)
	isStated := !hasDerivedID(&it.article)
	if len(s.known) > 0 {
		had, err := s.ownIDAt(ctx, &it.article)
		if err != nil {
			return err
		}
		isOwn := func(id string) bool { return len(id) == len(own) && strings.HasPrefix(id, taken+"~") }
		if had != "" {
			own = had
		} else if took, err := s.takeGoneID(ctx, it, entry, isOwn); err != nil {
			return err
		} else if took {
			own = it.article.ID
		}
	}
	if it.article.ID = own; isStated {
		s.collisions++
		s.example = own
	}
	return s.setVersion(it, entry)
}

// setVersion gives an article whose id was changed its version.
func (s *syncer) setVersion(it *item, entry string) (err error) {
	if s.versions == nil {
		s.versions = newDocBuilder(s.stages)
	}
	it.version, err = s.versions.version(&it.article, entry)
	return err
}

// textDigest tells articles that state the same id apart by their text.
func (s *syncer) textDigest(a *corpus.Article) uint64 {
	var h maphash.Hash
	h.SetSeed(s.seed)
	for _, part := range [...]string{a.Title, a.Summary, a.Body} {
		_, _ = h.WriteString(part)
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// ownID is the id of an article whose stated id is taken: that id with six hex
// digits of the article's key.
func ownID(a *corpus.Article) string {
	return a.ID + "~" + corpus.DeriveID(a.Key)[:6]
}
