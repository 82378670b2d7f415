package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// noteVersions makes notes of those articles that are versions of one, and of what
// articles say of others, and returns the articles that are left.
func (ix *Index) noteVersions(ctx context.Context, articles []corpus.Article) (notes []engine.Note, rest []corpus.Article, err error) {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	noted, err := anyNotes(ctx, snap)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	add := func(n engine.Note) {
		_, id := splitNoteKey(n.Key)
		for _, n := range [...]engine.Note{n, pendingNote(id)} {
			if !seen[n.Key] {
				seen[n.Key] = true
				notes = append(notes, n)
			}
		}
	}
	for i := range articles {
		a := &articles[i]
		directives, err := directivesOf(a, "")
		if err != nil {
			return nil, nil, err
		}
		for _, d := range directives {
			add(d)
		}
		about := false
		if noted {
			versions, directives, err := versionsOf(ctx, snap, a.ID)
			if err != nil {
				return nil, nil, err
			}
			about = len(directives) > 0 || len(versions) > 1 || len(versions) == 1 && !versions[0].stands
		}
		if a.ID == "" || !about && !isVersioned(a) {
			rest = append(rest, *a)
			continue
		}
		if err := checkArticle(a); err != nil {
			return nil, nil, fmt.Errorf("add article %d: %w", i+1, err)
		}
		kept := *a
		kept.Added, kept.Annotations = time.Time{}, nil
		b, err := engine.AppendJSON(nil, &kept)
		if err != nil {
			return nil, nil, fmt.Errorf("add article %q: %w", a.ID, err)
		}
		add(engine.Note{Key: versionKey(a), Value: b})
		ix.removed.drop(a.ID) // whoever adds it wants it back
	}
	return notes, rest, nil
}

// settleAdded settles what was added.
func (ix *Index) settleAdded(ctx context.Context, stages *enrich.Pipeline) error {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	t := &settling{writer: ix.engine, stages: stages, snap: snap, report: &SyncReport{}, budget: int(ix.memory / batchShare)}
	return errors.Join(t.run(ctx), snap.Close(ctx), ix.engine.Publish(ctx))
}
