package maintain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/store"
)

// Rebuild makes the index in dir again from the articles that it stores. The new
// index is made beside and takes the place of the old one when it is whole. An
// index with damage is an error.
func Rebuild(ctx context.Context, dir string, o engine.RebuildOptions) (engine.RebuildReport, error) {
	r, err := replace(ctx, dir, "", "", o)
	if err != nil {
		return r, fmt.Errorf("rebuild index: %w", err)
	}
	return r, nil
}

// Repair makes a damaged index whole: from the newest state of it that is whole,
// if nothing later is known, else from every article that can still be read. The
// damaged one is kept under another name. An index without damage is left as it
// is.
func Repair(ctx context.Context, dir string, o engine.RebuildOptions) (engine.RebuildReport, error) {
	found, err := store.Check(ctx, dir)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	if len(found.Damage) == 0 {
		return engine.RebuildReport{Articles: found.Articles, Whole: true}, nil
	}
	from := found.RestoreFrom
	if !found.Complete {
		from = ""
	}
	r, err := replace(ctx, dir, "damaged", from, o)
	if err != nil {
		return r, fmt.Errorf("repair index: %w", err)
	}
	return r, nil
}

// replace makes an index again. The old one is kept beside, under a name with
// why in it; without why it is removed, and losses are an error. from is the
// folder of a whole state to copy; empty to read what is stored article by
// article.
func replace(ctx context.Context, dir, why, from string, o engine.RebuildOptions) (_ engine.RebuildReport, err error) {
	if err := store.RefuseNewer(dir); err != nil {
		return engine.RebuildReport{}, err
	}
	release, err := store.Lock(ctx, dir, o.LockWait)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	next, err := store.ReplacementDir(dir)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	defer os.RemoveAll(next) // when it was not put in place
	r := engine.RebuildReport{Whole: from != ""}
	if r.Whole {
		err = store.Restore(ctx, from, next, true)
	} else {
		err = reindex(ctx, dir, next, why != "", o.Reindex, &r)
	}
	if err == nil && why == "" && (len(r.Lost) > 0 || r.Unsure) {
		err = fmt.Errorf("%w: not all of its articles can be read", engine.ErrDamaged)
	}
	if err == nil {
		r.Articles, err = checkNew(ctx, next)
	}
	if err != nil {
		return r, err
	}
	r.Kept = store.ArchivedName(dir, cmp.Or(why, "old"))
	if err = store.KeepSettings(dir, next); err == nil {
		err = store.Replace(dir, r.Kept)
	}
	if err != nil {
		return engine.RebuildReport{}, err
	}
	if why == "" && os.RemoveAll(r.Kept) == nil {
		r.Kept = ""
	}
	return r, nil
}

// checkNew checks an index that was just made, before it takes the place of
// another, and returns the number of its articles.
func checkNew(ctx context.Context, dir string) (articles int, err error) {
	report, err := store.Check(ctx, dir)
	if err != nil {
		return 0, err
	}
	if len(report.Damage) > 0 {
		return 0, fmt.Errorf("what was written does not come back: %w", report.Damage[0].Err)
	}
	return report.Articles, nil
}

// reindex fills a new index with what can be read of another.
func reindex(ctx context.Context, dir, next string, damaged bool, with engine.Reindex, r *engine.RebuildReport) (err error) {
	s, err := store.NewSalvage(dir)
	if err != nil {
		return err
	}
	if err := store.KeepModel(dir, next); err != nil {
		return err
	}
	e, err := store.Open(ctx, next, engine.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	if err := with(ctx, salvage{store.Folder(dir), s, damaged}, e); err != nil {
		return err
	}
	r.Lost, r.Unsure = s.Losses, s.DeletionsUnknown
	return e.Publish(ctx)
}

// salvage is an engine.Salvage.
type salvage struct {
	store.Folder
	of      *store.Salvage
	damaged bool
}

func (s salvage) Articles(ctx context.Context) iter.Seq2[engine.StoredArticle, error] {
	return s.of.All(ctx)
}

func (s salvage) Notes(ctx context.Context) iter.Seq2[engine.Note, error] { return s.of.Notes(ctx) }

func (s salvage) Damaged() bool { return s.damaged }
