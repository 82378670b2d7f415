package local

import (
	"context"
	"iter"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/search"
	"github.com/newsq/newsq/internal/engine/local/store"
	"github.com/newsq/newsq/internal/match"
)

// snapshot is a generation held for one caller: whatever is wrong with the files
// below it comes out as engine.ErrDamaged, a file that was cut short while it
// is mapped included.
type snapshot struct {
	g        *store.Generation
	analyzer analysis.Analyzer // of queries
}

var _ engine.Snapshot = snapshot{}

// tell is deferred before guard by what reads columns, whose damage comes out
// as no error of its own.
func (s snapshot) tell(err *error) {
	if *err == nil {
		*err = reader.Damage(s.g.View.Damaged())
	}
}

func (s snapshot) Generation() uint64          { return s.g.Number }
func (s snapshot) Len() int                    { return s.g.View.Articles }
func (s snapshot) Close(context.Context) error { return s.g.Release() }

func (s snapshot) Search(ctx context.Context, r *engine.Request) (_ *engine.Response, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return search.Run(ctx, s.g.View, s.analyzer, r)
}

func (s snapshot) Load(ctx context.Context, h *engine.Hit) (_ corpus.Article, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.g.View.Load(ctx, h)
}

func (s snapshot) Get(ctx context.Context, ids ...string) (_ []corpus.Article, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.g.View.Get(ctx, ids...)
}

func (s snapshot) Articles(ctx context.Context) iter.Seq2[engine.StoredArticle, error] {
	return guardSeq(s.g.View.StoredArticles(ctx))
}

func (s snapshot) IDs(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return guardSeq(s.g.View.IDs(ctx, prefix))
}

func (s snapshot) DocFreq(ctx context.Context, stems ...string) (_ []int, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.g.View.DocFreq(ctx, stems...)
}

func (s snapshot) Terms(ctx context.Context, f match.Field, slot match.TermPattern, limit int) (list []engine.Count, more int, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return search.Terms(ctx, s.g.View, s.analyzer, f, slot, limit)
}

func (s snapshot) Lookup(ctx context.Context, refs []engine.Ref) (_ []engine.Known, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.g.View.Lookup(ctx, refs)
}

func (s snapshot) Entries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	return guardSeq(s.g.View.Entries(ctx))
}

func (s snapshot) EntryIDs(ctx context.Context, key string) iter.Seq2[string, error] {
	return guardSeq(s.g.View.EntryIDs(ctx, key))
}

// guardSeq guards a sequence. What the caller's loop does is none of its
// business, but for a fault, which ends the sequence like one of its own.
func guardSeq[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		ended := false
		err := func() (err error) {
			defer reader.Guard(&err)()
			for v, err := range seq {
				if !yield(v, reader.Damage(err)) {
					ended = true
					return nil
				}
			}
			return nil
		}()
		if err != nil && !ended {
			yield(zero, err)
		}
	}
}
