package index

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// RebuildReport is what came of making an index again from its articles.
type RebuildReport struct {
	Articles int // in the new index
	// Whole says that a whole state of the index was found and copied; else it
	// was made again article by article, and the next sync reads all entries
	// anew.
	Whole bool
	Lost  []Damage // what could not be read
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

// Rebuild makes the index in the folder location again from the articles that it
// stores, so that this version can read one of an older schema. The new index is
// made beside the old one and takes its place when it is whole. Readers are not
// blocked. An index with damage is an error: see Repair.
func Rebuild(ctx context.Context, location string, o *RebuildOptions) (RebuildReport, error) {
	return runRebuild(ctx, location, "rebuild", o, engine.OfflineMaintainer.Rebuild)
}

// runRebuild rebuilds an index in one of two ways, and reports what came of it. what
// names the operation in errors.
func runRebuild(
	ctx context.Context, location, what string, o *RebuildOptions,
	how func(engine.OfflineMaintainer, context.Context, string, engine.RebuildOptions) (engine.RebuildReport, error),
) (RebuildReport, error) {
	start := time.Now()
	if o == nil {
		o = &RebuildOptions{}
	}
	m, at, err := maintainerOf(location)
	if err != nil {
		return RebuildReport{}, fmt.Errorf("%s index: %w", what, err)
	}
	r, err := how(m, ctx, at, engine.RebuildOptions{LockWait: lockWait(o.LockWait), Reindex: reindex(o.Progress)})
	out := RebuildReport{Articles: r.Articles, Whole: r.Whole, Unsure: r.Unsure, Kept: r.Kept, Took: time.Since(start)}
	for _, l := range r.Lost {
		out.Lost = append(out.Lost, Damage{Path: l.File, ID: l.ID, Err: l.Err})
	}
	return out, err
}

func lockWait(d time.Duration) time.Duration {
	if d == 0 {
		return defaultLockWait
	}
	return d
}

// reindex analyses the articles of an index that is made again with the rules that
// it had. Rules that can't be read any more are an error, or those to begin with
// where the index is damaged anyhow.
func reindex(progress func(articles int)) engine.Reindex {
	return func(ctx context.Context, from engine.Salvage, to engine.Writer) error {
		topics, err := loadTopics(ctx, from)
		if err != nil && !from.Damaged() {
			return err
		}
		if err != nil {
			topics = StarterTopics()
		}
		stages, err := stagesOf(ctx, from, topics)
		if err != nil && !from.Damaged() {
			return err
		}
		if err != nil {
			stages = newStages(topics, nil, soughtByDefault())
		}
		if err := writeSalvaged(ctx, from, noting{to}, stages, progress); err != nil {
			return err
		}
		return to.Write(ctx, &engine.Batch{PutEntries: []engine.Entry{derivedRecord(stages.Version())}})
	}
}

// writeSalvaged writes all that can still be read of an index to another one. It
// calls progress, if not nil, with the number of articles written.
func writeSalvaged(ctx context.Context, from engine.Salvage, to engine.Writer, stages *enrich.Pipeline, progress func(int)) error {
	const budget = defaultMemory / batchShare
	if from.Damaged() {
		to = annotationSaver{to}
	}
	if err := writeArticles(ctx, from.Articles(ctx), to, stages, budget, progress); err != nil {
		return err
	}
	return writeNotes(ctx, from.Notes(ctx), to, budget)
}

// annotationSaver is a writer that makes the notes of annotations again of what documents
// have of them, for an index whose notes may be lost. Those that can be read come later, and
// take their place.
type annotationSaver struct{ engine.Writer }

func (w annotationSaver) Write(ctx context.Context, b *engine.Batch) error {
	for i := range b.Put {
		a := &b.Put[i].Article
		if a.Annotations == nil {
			continue
		}
		n, err := (&Annotated{ID: a.ID, Title: a.Title, URL: a.URL, Annotations: *a.Annotations}).encode()
		if err != nil {
			return err
		}
		b.PutNotes = append(b.PutNotes, n)
	}
	return w.Writer.Write(ctx, b)
}

// writeArticles analyses articles and writes them, in batches of a size, of which one is
// written while the next is read and analysed. It calls progress, if not nil, with the
// number of articles written.
func writeArticles(ctx context.Context, articles iter.Seq2[engine.StoredArticle, error], to engine.Writer, stages *enrich.Pipeline, budget int, progress func(int)) (err error) {
	var docs []engine.StoredArticle
	size, n := 0, 0
	var writing chan error // nil while nothing is written
	wait := func() error {
		if writing == nil {
			return nil
		}
		err := <-writing
		if writing = nil; err == nil && progress != nil {
			progress(n)
		}
		return err
	}
	defer func() { err = errors.Join(err, wait()) }()
	flush := func() error {
		b, err := newBatch(docs, stages)
		if err = errors.Join(err, wait()); err != nil || len(docs) == 0 {
			return err
		}
		n += len(docs)
		docs, size = docs[:0], 0
		done := make(chan error, 1)
		go func() { done <- to.Write(ctx, b) }()
		writing = done
		return nil
	}
	for a, err := range articles {
		if err != nil {
			return err
		}
		docs = append(docs, a)
		if size += cost(&a.Article); size >= budget {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// writeNotes writes notes to an index, in batches of a size.
func writeNotes(ctx context.Context, notes iter.Seq2[engine.Note, error], to engine.Writer, budget int) error {
	var b engine.Batch
	size := 0
	for n, err := range notes {
		if err != nil {
			return err
		}
		b.PutNotes = append(b.PutNotes, n)
		if size += docCost + len(n.Value); size >= budget {
			if err := to.Write(ctx, &b); err != nil {
				return err
			}
			b, size = engine.Batch{}, 0
		}
	}
	if len(b.PutNotes) == 0 {
		return nil
	}
	return to.Write(ctx, &b)
}

// newBatch analyses articles, on some goroutines, and makes a batch of them.
func newBatch(articles []engine.StoredArticle, stages *enrich.Pipeline) (*engine.Batch, error) {
	b := &engine.Batch{Put: make([]engine.Doc, len(articles))}
	errs := make([]error, len(articles))
	var wg sync.WaitGroup
	next := make(chan int)
	for range writers {
		wg.Go(func() {
			an := newDocBuilder(stages)
			for i := range next {
				a := articles[i].Article
				v, err := an.version(&a, articles[i].Entry)
				if err == nil {
					err = checkArticle(&a)
				}
				errs[i] = err
				if err == nil {
					b.Put[i] = an.doc(a, articles[i].Entry, v)
					b.Put[i].Story = articles[i].Story
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
