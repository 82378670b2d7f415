package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// Delete removes articles by id. An id that is not there is ErrNotFound, and
// nothing is removed.
//
// An article that a Sync read stays out from then on: its file is left as it is, and
// a Sync that reads it anew passes over the article, and counts it in
// SyncReport.Withheld. SyncOptions.BringBack and Add put it in again.
func (ix *Index) Delete(ctx context.Context, ids ...string) error {
	if err := ix.checkWritable("delete articles"); err != nil {
		return err
	}
	ix.changes.RLock()
	defer ix.changes.RUnlock()
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	_, err = ix.deleteArticles(ctx, snap, slices.Compact(ids))
	if err = errors.Join(err, snap.Close(ctx)); err != nil {
		return fmt.Errorf("delete: %w", err)
	}
	return nil
}

// DeleteMatching removes all articles that match a query, as Delete does, and returns
// how many. Every word of the query must match: it is as with MatchStrict unless
// MatchAny is asked for, so that nothing is removed of a search that was relaxed.
// Of q, what says how hits are shown is not used. The articles are gone all at once,
// for whoever searches; when ctx ends before that, none is.
func (ix *Index) DeleteMatching(ctx context.Context, q Query) (int, error) {
	if err := ix.checkWritable("delete articles"); err != nil {
		return 0, err
	}
	if q.Match == MatchAll {
		q.Match = MatchStrict
	}
	q.Passages, q.Explain, q.Sort = -1, false, Newest // an order that needs no scores
	ix.changes.RLock()
	defer ix.changes.RUnlock()
	snap, err := ix.snapshot(ctx, time.Now(), q.IncludeEmbargoed)
	if err != nil {
		return 0, err
	}
	var ids []string
	for hit, err := range ix.allFrom(ctx, snap, q, nil) {
		if err != nil {
			return 0, errors.Join(fmt.Errorf("delete: %w", err), snap.Close(ctx))
		}
		ids = append(ids, hit.ID)
	}
	n, err := ix.deleteArticles(ctx, snap, ids)
	if err = errors.Join(err, snap.Close(ctx)); err != nil {
		return 0, fmt.Errorf("delete: %w", err)
	}
	return n, nil
}

// deleteArticles removes the articles of these ids, each given once, and notes which
// are to stay out.
func (ix *Index) deleteArticles(ctx context.Context, snap engine.Snapshot, ids []string) (int, error) {
	if err := ix.removed.load(ctx, ix.engine); err != nil {
		return 0, err
	}
	var keepOut []removedArticle
	for group := range slices.Chunk(ids, maxGroup) {
		list, err := sourced(ctx, snap, group)
		if err != nil {
			return 0, err
		}
		keepOut = append(keepOut, list...)
	}
	notes, others, err := versionKeys(ctx, snap, ids)
	if err != nil {
		return 0, err
	}
	for i := range keepOut {
		keepOut[i].Also = others[keepOut[i].ID]
	}
	if len(keepOut) > 0 {
		if err := ix.removed.add(keepOut); err != nil {
			return 0, err
		}
		if err := ix.removed.save(ctx, ix.engine); err != nil {
			return 0, err
		}
	}
	b := &engine.Batch{Delete: ids, DeleteNotes: notes}
	// Who else tells the story of an article that led one is settled by the next sync.
	if led, err := collectIDs(ctx, snap, ids); err != nil {
		return 0, err
	} else if len(led) > 0 {
		noteWritten(b)
	}
	return len(ids), ix.write(ctx, b)
}

// noVersion is the version of no article: asked for it, an engine tells the entry.
const noVersion = "none"

// sourced returns a line for each of these articles that came from a source. The error
// names the first id that is not there.
func sourced(ctx context.Context, snap engine.Snapshot, ids []string) ([]removedArticle, error) {
	refs := make([]engine.Ref, len(ids))
	for i, id := range ids {
		refs[i] = engine.Ref{ID: id, Version: noVersion}
	}
	known, err := snap.Lookup(ctx, refs)
	if err != nil {
		return nil, err
	}
	for i := range known {
		if !known[i].Exists {
			return nil, fmt.Errorf("article %q: %w", ids[i], ErrNotFound)
		}
	}
	articles, err := snap.Get(ctx, ids...)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC().Truncate(time.Second)
	var list []removedArticle
	for i := range articles {
		if entry := known[i].Entry; entry != "" {
			list = append(list, removedArticle{ID: ids[i], Entry: entry, Content: contentOf(&articles[i]).String(), Removed: now})
		}
	}
	return list, nil
}
