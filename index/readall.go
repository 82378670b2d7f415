package index

import (
	"context"
	"iter"

	"github.com/newsq/newsq/internal/engine"
)

// Found is all that a query finds in one state of the index.
type Found struct {
	State State
	// Query is the query in canonical form: operators and parentheses as they are
	// understood. It is empty where all articles are asked for.
	Query string
	// Total is the number of hits, exactly. Relaxed says that no article has all the
	// words of the query and these have some.
	Total   int
	Relaxed bool
	// DidYouMean, Aliases and Warnings are those of Results.
	DidYouMean string
	Aliases    []AliasUse
	Warnings   []string
	// Hits yields all hits in order, as All does.
	Hits iter.Seq2[Hit, error]
}

// First leaves only the first n hits, and Total says how many are left; with 0, all.
func (f *Found) First(n int) {
	if n <= 0 || n >= f.Total {
		return
	}
	all := f.Hits
	f.Total, f.Hits = n, func(yield func(Hit, error) bool) {
		left := n
		for h, err := range all {
			if left--; !yield(h, err) || left == 0 {
				return
			}
		}
	}
}

// ReadAll calls f with all that q finds. What f is told and the hits that it goes through
// are of one state of the index, which is there until f returns. Limit, Cursor and Facets
// of q are not used. The error is that of f, or those of Search.
func (ix *Index) ReadAll(ctx context.Context, q Query, f func(*Found) error) error {
	at := q.moment()
	snap, err := ix.snapshot(ctx, at, q.IncludeEmbargoed)
	if err != nil {
		return err
	}
	defer func() { _ = snap.Close(ctx) }()
	found, err := ix.found(ctx, snap, q)
	if err != nil {
		return err
	}
	found.Hits = ix.allFrom(ctx, snap, q, func() (engine.Snapshot, error) {
		next, err := ix.renew(ctx, snap, at, q.IncludeEmbargoed)
		if err == nil {
			_ = snap.Close(ctx) // it is lost
			snap = next
		}
		return next, err
	})
	return f(found)
}

// found says of a query in a snapshot what is known before its hits.
func (ix *Index) found(ctx context.Context, snap engine.Snapshot, q Query) (*Found, error) {
	aliases, err := ix.aliasesFor(&q)
	if err != nil {
		return nil, err
	}
	q.provider = ix.provider
	q.Limit, q.Cursor, q.Facets, q.ExactTotal, q.NoNear, q.NearMeaning = -1, "", nil, true, true, false
	if q, err = q.resolved(); err != nil {
		return nil, err
	}
	if err := q.setLanguages(ctx, snap); err != nil {
		return nil, err
	}
	r, err := q.parse(aliases)
	if err != nil {
		return nil, err
	}
	res, err := search(ctx, snap, &q, aliases)
	if err != nil {
		return nil, err
	}
	found := &Found{
		State: State{Generation: snap.Generation(), Articles: snap.Len()}, Query: r.written.String(),
		Total: res.Total, Relaxed: res.Relaxed, DidYouMean: res.DidYouMean, Aliases: res.Aliases, Warnings: res.Warnings,
	}
	if i, ok := snap.(engine.Identified); ok {
		found.State.Identity = i.Identity()
	}
	return found, nil
}
