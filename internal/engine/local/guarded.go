package local

import (
	"context"
	"iter"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// guarded is a snapshot as it is handed out: whatever is wrong with the files
// below it comes out as engine.ErrDamaged, a file that was cut short while it
// is mapped included.
type guarded struct{ s *snapshot }

var _ engine.Snapshot = guarded{}

// tell is deferred before guard by what reads columns, whose damage comes out
// as no error of its own.
func (g guarded) tell(err *error) {
	if *err == nil {
		*err = damage(g.s.generation.view.damaged())
	}
}

func (g guarded) Generation() uint64 { return g.s.Generation() }
func (g guarded) Len() int           { return g.s.Len() }
func (g guarded) Close() error       { return g.s.Close() }

func (g guarded) Search(ctx context.Context, r *engine.Request) (_ *engine.Response, err error) {
	defer guard(&err)()
	defer g.tell(&err)
	return run(ctx, g.s.generation.view, r)
}

func (g guarded) Load(ctx context.Context, h *engine.Hit) (_ corpus.Article, err error) {
	defer guard(&err)()
	defer g.tell(&err)
	return g.s.Load(ctx, h)
}

func (g guarded) Get(ctx context.Context, ids ...string) (_ []corpus.Article, err error) {
	defer guard(&err)()
	defer g.tell(&err)
	return g.s.Get(ctx, ids...)
}

func (g guarded) IDs(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return guardSeq(g.s.IDs(ctx, prefix))
}

func (g guarded) DocFreq(ctx context.Context, stems ...string) (_ []int, err error) {
	defer guard(&err)()
	defer g.tell(&err)
	return g.s.DocFreq(ctx, stems...)
}

func (g guarded) Terms(ctx context.Context, f match.Field, slot match.Slot, limit int) (list []engine.Count, more int, err error) {
	defer guard(&err)()
	defer g.tell(&err)
	return terms(ctx, g.s.generation.view, f, slot, limit)
}

func (g guarded) Has(ctx context.Context, id, version string) (has bool, err error) {
	defer guard(&err)()
	defer g.tell(&err)
	return g.s.Has(ctx, id, version)
}

func (g guarded) Owner(ctx context.Context, id string) (key string, known bool, err error) {
	defer guard(&err)()
	defer g.tell(&err)
	return g.s.Owner(ctx, id)
}

func (g guarded) Entries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	return guardSeq(g.s.Entries(ctx))
}

func (g guarded) EntryIDs(ctx context.Context, key string) iter.Seq2[string, error] {
	return guardSeq(g.s.EntryIDs(ctx, key))
}

// guardSeq guards a sequence. What the caller's loop does is none of its
// business, but for a fault, which ends the sequence like one of its own.
func guardSeq[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		ended := false
		err := func() (err error) {
			defer guard(&err)()
			for v, err := range seq {
				if !yield(v, damage(err)) {
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
