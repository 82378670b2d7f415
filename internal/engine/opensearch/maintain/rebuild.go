package maintain

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Rebuild makes the index again from the articles that it stores, beside the old one,
// and then has the alias stand for it. Who reads the old index goes on reading it; it is
// removed when nobody does any more. The lease is held meanwhile.
func (a Archive) Rebuild(ctx context.Context, o engine.RebuildOptions) (engine.RebuildReport, error) {
	r, err := a.rebuild(ctx, o, "")
	if err != nil {
		return r, fmt.Errorf("rebuild index: %w", err)
	}
	return r, nil
}

// Repair makes an index with damage again from the articles that can be read. The
// damaged one is kept beside. What the cluster itself has lost, only a backup has.
func (a Archive) Repair(ctx context.Context, o engine.RebuildOptions) (engine.RebuildReport, error) {
	found, err := a.Check(ctx)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	if len(found.Damage) == 0 {
		return engine.RebuildReport{Articles: found.Articles, Whole: true}, nil
	}
	i, err := a.current(ctx)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	shards, err := a.shards(ctx, i.Name)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	for _, s := range shards {
		if s.State == "UNASSIGNED" {
			return engine.RebuildReport{}, fmt.Errorf("repair index: %w: shard %s of %s is on no server (%s): "+
				"start the server that has it, or restore a backup with newsq restore --force", engine.ErrUnsupported, s.Shard, i.Name, s.Reason)
		}
	}
	r, err := a.rebuild(ctx, o, "damaged")
	if err != nil {
		return r, fmt.Errorf("repair index: %w", err)
	}
	return r, nil
}

// rebuild makes the index again. With why the old one is kept for that reason; without,
// losses are an error.
func (a Archive) rebuild(ctx context.Context, o engine.RebuildOptions, why string) (r engine.RebuildReport, err error) {
	lease, err := store.Acquire(ctx, a.Client, a.Alias, o.LockWait)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, lease.Release(ctx)) }()
	c, err := a.catalog(ctx)
	if err != nil {
		return r, err
	}
	old, err := a.currentOf(c)
	if err != nil {
		return r, err
	}
	if err := old.outdated(); errors.Is(err, engine.ErrNewer) {
		return r, err
	}
	if err := a.sweep(ctx, c); err != nil {
		return r, err
	}
	if err := a.publishRest(ctx, lease, old); err != nil {
		return r, err
	}
	next := &indexInfo{Description: &store.Description{Name: store.NameOf(a.Alias, c.next()), Shards: old.Shards}}
	err = a.fill(ctx, lease, old, next, why != "", o.Reindex, &r)
	if err == nil && why == "" && len(r.Lost) > 0 {
		err = fmt.Errorf("%w: not all of its articles can be read: %w", engine.ErrDamaged, r.Lost[0].Err)
	}
	if err == nil {
		err = a.replace(ctx, lease, old, next, why)
	}
	if err != nil {
		return r, errors.Join(err, a.cleanUp(ctx, func(ctx context.Context) error { return a.removeUnfinished(ctx, next.Name) }))
	}
	if why != "" {
		r.Kept = old.Name
	}
	return r, nil
}

// fill makes a new index from what can be read of another, and publishes it. It is not
// yet to be found by the alias.
func (a Archive) fill(ctx context.Context, lease *store.Lease, old, next *indexInfo, damaged bool, with engine.Reindex, r *engine.RebuildReport) (err error) {
	if err := a.createUnfinished(ctx, next.Name, old); err != nil {
		return err
	}
	g, err := store.Take(ctx, a.Client, old.Name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Release(ctx)) }()
	v := g.View
	f, err := figuresOf(ctx, v)
	if err != nil {
		return err
	}
	w, err := store.NewWriter(ctx, a.Client, next.Name, lease, f.generation+1)
	if err != nil {
		return err
	}
	s := &salvage{Archive: a, view: v, damaged: damaged, index: old.Name}
	if err := with(ctx, s, w); err != nil {
		return err
	}
	if err := w.Publish(ctx); err != nil {
		return err
	}
	r.Lost = s.lost
	got, err := a.figures(ctx, next)
	if err != nil {
		return err
	}
	r.Articles = got.articles
	if got.articles != s.read {
		return fmt.Errorf("what was written does not come back: %d articles of %d", got.articles, s.read)
	}
	if got.generation <= f.generation {
		return fmt.Errorf("the new index has generation %d, behind %d of the old one", got.generation, f.generation)
	}
	return nil
}

// replace has the alias stand for another index. What the mapping of both says is
// written before, so that a cut leaves neither one that is taken for unfinished while the
// alias stands for it, nor one that nobody knows. Of the index that the alias stands for,
// nobody asks whether another took its place.
func (a Archive) replace(ctx context.Context, lease *store.Lease, old, next *indexInfo, why string) error {
	if err := lease.Check(ctx); err != nil {
		return err
	}
	// A writer that took the lease meanwhile has removed the index.
	if i, err := a.reload(ctx, next.Name); err != nil {
		return err
	} else if !i.ours().Unfinished {
		return fmt.Errorf("%s is not the index that was made: %w", next.Name, engine.ErrLocked)
	}
	if err := a.setMeta(ctx, next.Name, schema.Meta{Schema: schema.Version, Hash: schema.Hash()}); err != nil {
		return err
	}
	if old != nil {
		m := old.ours()
		if m.Kept, m.Retired = why, 0; why == "" {
			m.Retired = time.Now().UnixMilli()
		}
		if err := a.setMeta(ctx, old.Name, m); err != nil {
			return err
		}
	}
	return a.swap(ctx, old, next.Name)
}

// swap has the alias stand for another index, in one step.
func (a Archive) swap(ctx context.Context, old *indexInfo, next string) error {
	add := store.AliasOf()
	add["index"], add["alias"] = next, a.Alias
	actions := []any{transport.Object{"add": add}}
	if old != nil {
		actions = append(actions, transport.Object{"remove": transport.Object{"index": old.Name, "alias": a.Alias}})
	}
	err := a.Client.DoJSON(ctx, http.MethodPost, "/_aliases", transport.Object{"actions": actions}, nil)
	if err != nil {
		// The answer may be lost, and the alias changed all the same.
		if i, cerr := a.current(ctx); cerr == nil && i.Name == next {
			return nil
		}
		return fmt.Errorf("have the alias %s stand for %s: %w", a.Alias, next, err)
	}
	return nil
}

// publishRest publishes what was written to an index and not published, so that it can
// be read of it.
func (a Archive) publishRest(ctx context.Context, lease *store.Lease, i *indexInfo) error {
	w, err := store.NewWriter(ctx, a.Client, i.Name, lease, 0)
	if err != nil {
		return err
	}
	return w.Publish(ctx)
}

// createUnfinished makes an index with the shards and copies of another. It is not yet to
// be found by the alias.
func (a Archive) createUnfinished(ctx context.Context, name string, like *indexInfo) error {
	s := schema.Settings{Shards: like.Shards, Unfinished: true}
	if !like.expands() {
		s.Replicas = &like.Replicas
	}
	return store.Create(ctx, a.Client, a.Alias, name, s)
}

// removeUnfinished removes an index that was made in vain, unless the alias stands for
// it after all.
func (a Archive) removeUnfinished(ctx context.Context, name string) error {
	c, err := a.catalog(ctx)
	if err != nil || c.current != nil && c.current.Name == name {
		return err
	}
	return a.remove(ctx, name)
}

// salvage is an engine.Salvage of a view.
type salvage struct {
	Archive
	view    *reader.View
	index   string
	damaged bool
	read    int // articles that were yielded
	lost    []engine.Loss
}

// Articles implements engine.Salvage.
func (s *salvage) Articles(ctx context.Context) iter.Seq2[engine.StoredArticle, error] {
	return func(yield func(engine.StoredArticle, error) bool) {
		s.read, s.lost = 0, nil
		for d, err := range documents(ctx, s.view) {
			if err != nil {
				yield(engine.StoredArticle{}, err)
				return
			}
			a, entry, err := d.article()
			if err != nil {
				s.lost = append(s.lost, engine.Loss{File: s.index, ID: d.id(), Err: err})
				continue
			}
			s.read++
			if !yield(engine.StoredArticle{Article: a, Entry: entry}, nil) {
				return
			}
		}
	}
}

// Notes implements engine.Salvage.
func (s *salvage) Notes(ctx context.Context) iter.Seq2[engine.Note, error] {
	return s.view.Notes(ctx, "", false)
}

// Damaged implements engine.Salvage.
func (s *salvage) Damaged() bool { return s.damaged }

// ReadSetting implements engine.Salvage.
func (s *salvage) ReadSetting(ctx context.Context, name string) (content []byte, where string, err error) {
	return store.ReadSetting(ctx, s.Client, s.Alias, name)
}
