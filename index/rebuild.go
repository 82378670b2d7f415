package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local"
)

// Lost is an article that could not be read any more, or, where ID is empty and
// not even its id could, one of File, or all of it.
type Lost struct {
	File string
	ID   string
	Err  error
}

// Rebuilt is what came of making an index again from its articles.
type Rebuilt struct {
	Articles int // in the new index
	// Whole says that a whole state of the index was found and copied; else it
	// was made again article by article, and the next sync reads all entries
	// anew.
	Whole bool
	Lost  []Lost // what could not be read
	// Unsure says that the deletions of the old index could not be read, so
	// that articles may be there again that were deleted.
	Unsure bool
	// Kept is the folder where the old index is; empty when it was removed.
	Kept string
	Took time.Duration
}

// RebuildOptions says how to rebuild; nil means the zero RebuildOptions.
type RebuildOptions struct {
	// LockWait is how long to wait for another writer; 0 means 2 s.
	LockWait time.Duration
	// Progress, when not nil, is called a few times a second with the number
	// of articles done.
	Progress func(articles int)
}

// Rebuild makes the index in the folder location again from the articles that
// it stores: one of an older schema, to be read by this version. The new index
// is made beside and takes the place of the old one when it is whole; readers
// are not blocked. An index with damage is an error: see Repair.
func Rebuild(ctx context.Context, location string, o *RebuildOptions) (Rebuilt, error) {
	r, err := remake(ctx, location, "", "", o)
	if err != nil {
		return r, fmt.Errorf("rebuild index: %w", err)
	}
	return r, nil
}

// remake makes an index again. The old one is kept beside, under a name with
// why in it; without why it is removed, and losses are an error. from is the
// folder of a whole state to copy; empty to read what is stored article by
// article.
func remake(ctx context.Context, dir, why, from string, o *RebuildOptions) (_ Rebuilt, err error) {
	if o == nil {
		o = &RebuildOptions{}
	}
	start := time.Now()
	release, err := local.Lock(ctx, dir, lockWait(o.LockWait))
	if err != nil {
		return Rebuilt{}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	next, err := local.NextDir(dir)
	if err != nil {
		return Rebuilt{}, err
	}
	defer os.RemoveAll(next) // when it was not put in place
	r := Rebuilt{Whole: from != ""}
	if r.Whole {
		err = local.Restore(ctx, from, next, true)
	} else {
		err = r.refill(ctx, dir, next, why != "", o)
	}
	if err == nil && why == "" && (len(r.Lost) > 0 || r.Unsure) {
		err = fmt.Errorf("%w: not all of its articles can be read", ErrDamaged)
	}
	if err == nil {
		r.Articles, err = checkNew(ctx, next)
	}
	if err != nil {
		return r, err
	}
	r.Kept = local.Aside(dir, cmp.Or(why, "old"))
	if err = local.KeepSettings(dir, next); err == nil {
		err = local.Swap(dir, r.Kept)
	}
	if err != nil {
		return Rebuilt{}, err
	}
	if why == "" && os.RemoveAll(r.Kept) == nil {
		r.Kept = ""
	}
	r.Took = time.Since(start)
	return r, nil
}

// checkNew checks an index that was just made, before it takes the place of
// another, and returns the number of its articles.
func checkNew(ctx context.Context, dir string) (articles int, err error) {
	report, err := local.Check(ctx, dir)
	if err != nil {
		return 0, err
	}
	if len(report.Damage) > 0 {
		return 0, fmt.Errorf("what was written does not come back: %w", report.Damage[0].Err)
	}
	return report.Articles, nil
}

func lockWait(d time.Duration) time.Duration {
	if d == 0 {
		return defaultLockWait
	}
	return d
}

// refill fills a new index with what can be read of another. Topic rules that
// can't be read any more are an error, or those to begin with when anyhow is
// set.
func (r *Rebuilt) refill(ctx context.Context, dir, next string, anyhow bool, o *RebuildOptions) (err error) {
	s, err := local.NewSalvage(dir)
	if err != nil {
		return err
	}
	topics, err := keptTopics(ctx, local.Folder(dir))
	if err != nil && !anyhow {
		return err
	}
	if err != nil {
		topics = StarterTopics()
	}
	e, err := local.Open(ctx, next, engine.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close(ctx)) }()
	if err := pour(ctx, s, e, topics, o.Progress); err != nil {
		return err
	}
	for _, l := range s.Losses {
		r.Lost = append(r.Lost, Lost(l))
	}
	r.Unsure = s.Unsure
	return nil
}

// pour writes all that is salvaged to an engine.
func pour(ctx context.Context, s *local.Salvage, e *local.Engine, topics *TopicRules, progress func(int)) error {
	var docs []local.Salvaged
	size, n := 0, 0
	flush := func() error {
		b, err := analyseAll(docs, topics)
		if err != nil || len(docs) == 0 {
			return err
		}
		n += len(docs)
		docs, size = docs[:0], 0
		if progress != nil {
			progress(n)
		}
		return e.Write(ctx, b)
	}
	for a, err := range s.All(ctx) {
		if err != nil {
			return err
		}
		docs = append(docs, a)
		if size += cost(&a.Article); size >= defaultMemory/batchShare {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	return e.Publish(ctx)
}

// analyseAll makes a batch of articles.
func analyseAll(articles []local.Salvaged, topics *TopicRules) (*engine.Batch, error) {
	b := &engine.Batch{Put: make([]engine.Doc, len(articles))}
	errs := make([]error, len(articles))
	var wg sync.WaitGroup
	next := make(chan int)
	for range writers {
		wg.Go(func() {
			an := newDocBuilder(topics)
			for i := range next {
				a := articles[i].Article
				a.Topics = statedTopics(a.Topics)
				v, err := an.version(&a, articles[i].Entry)
				if err == nil {
					err = checkArticle(&a)
				}
				errs[i] = err
				if err == nil {
					b.Put[i] = an.doc(a, articles[i].Entry, v)
				}
			}
		})
	}
	for i := range articles {
		next <- i
	}
	close(next)
	wg.Wait()
	return b, errors.Join(errs...)
}
