package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	Articles int    // in the new index
	Lost     []Lost // what could not be read
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
	return remake(ctx, location, "", o)
}

// remake makes an index again. The old one is kept beside, under a name with
// why in it; without why it is removed, and losses are an error.
func remake(ctx context.Context, dir, why string, o *RebuildOptions) (_ Rebuilt, err error) {
	if o == nil {
		o = &RebuildOptions{}
	}
	start := time.Now()
	release, err := local.Lock(ctx, dir, lockWait(o.LockWait))
	if err != nil {
		return Rebuilt{}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	s, err := local.NewSalvage(dir)
	if err != nil {
		return Rebuilt{}, fmt.Errorf("rebuild index: %w", err)
	}
	next, err := local.NextDir(dir)
	if err != nil {
		return Rebuilt{}, fmt.Errorf("rebuild index: %w", err)
	}
	defer os.RemoveAll(next) // when it was not put in place
	topics, err := keptTopics(filepath.Join(dir, "topics.yaml"))
	if err != nil && why == "" {
		return Rebuilt{}, fmt.Errorf("rebuild index: %w", err)
	}
	if err != nil {
		topics = StarterTopics()
	}
	r := Rebuilt{}
	if r.Articles, err = refill(ctx, next, s, topics, o.Progress); err != nil {
		return Rebuilt{}, fmt.Errorf("rebuild index: %w", err)
	}
	for _, l := range s.Losses {
		r.Lost = append(r.Lost, Lost(l))
	}
	r.Unsure = s.Unsure
	if why == "" && (len(r.Lost) > 0 || r.Unsure) {
		return r, fmt.Errorf("rebuild index: %w: not all of its articles can be read", ErrDamaged)
	}
	r.Kept = local.Aside(dir, "damaged")
	if why == "" {
		r.Kept = local.Aside(dir, "old")
	}
	err = local.KeepSettings(dir, next)
	if err == nil {
		err = local.Swap(dir, r.Kept)
	}
	if err != nil {
		return Rebuilt{}, fmt.Errorf("rebuild index: %w", err)
	}
	if why == "" {
		if err := os.RemoveAll(r.Kept); err == nil {
			r.Kept = ""
		}
	}
	r.Took = time.Since(start)
	return r, nil
}

func lockWait(d time.Duration) time.Duration {
	if d == 0 {
		return defaultLockWait
	}
	return d
}

// refill writes what is salvaged to a new index.
func refill(ctx context.Context, dir string, s *local.Salvage, topics *TopicRules, progress func(int)) (n int, err error) {
	e, err := local.Open(ctx, dir, local.Options{})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	var docs []local.Salvaged
	size := 0
	flush := func() error {
		b, err := analyseAll(docs, topics)
		if err != nil {
			return err
		}
		n += len(docs)
		if progress != nil {
			progress(n)
		}
		docs, size = docs[:0], 0
		return e.Write(ctx, b)
	}
	for a, err := range s.All(ctx) {
		if err != nil {
			return n, err
		}
		docs = append(docs, a)
		if size += len(a.Article.Body); len(docs) >= batchDocs || size >= batchBytes {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	if len(docs) > 0 {
		if err := flush(); err != nil {
			return n, err
		}
	}
	return n, e.Publish(ctx)
}

// analyseAll makes a batch of articles.
func analyseAll(articles []local.Salvaged, topics *TopicRules) (*engine.Batch, error) {
	b := &engine.Batch{Put: make([]engine.Doc, len(articles))}
	errs := make([]error, len(articles))
	var wg sync.WaitGroup
	next := make(chan int)
	for range writers {
		wg.Go(func() {
			an := analysis{topics: topics}
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
