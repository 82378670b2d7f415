package local

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// guarded is a snapshot as it is handed out: whatever is wrong with the files
// below it comes out as engine.ErrDamaged, a file that was cut short while it
// is mapped included.
type guarded struct{ s *snapshot }

var _ engine.Snapshot = guarded{}

// damage makes an error about a damaged segment one about a damaged index.
func damage(err error) error {
	if errors.Is(err, segment.ErrDamaged) && !errors.Is(err, engine.ErrDamaged) {
		return fmt.Errorf("%w: %w", engine.ErrDamaged, err)
	}
	return err
}

// tell is deferred before guard by what reads columns, whose damage comes out
// as no error of its own.
func (g guarded) tell(err *error) {
	if *err == nil {
		*err = damage(g.s.generation.view.damaged())
	}
}

// guard is deferred around what reads mapped files, as defer guard(&err)(). A
// read beyond the end of a file ends the process unless it is asked for as a
// panic; other panics are mistakes of ours and go on.
func guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if r := recover(); r != nil {
			if !isFault(r) {
				panic(r) //house:allow it is someone else's
			}
			*err = fmt.Errorf("%w: a file of it can't be read any more: %v", engine.ErrDamaged, r)
			return
		}
		*err = damage(*err)
	}
}

// isFault reports whether a panic is that of a memory that isn't there. The
// first page never is: a nil pointer leads to it.
func isFault(r any) bool {
	const firstPage = 4 << 10
	err, ok := r.(runtime.Error)
	at, known := r.(interface{ Addr() uintptr })
	return ok && err != nil && known && at.Addr() >= firstPage
}

func (g guarded) Generation() uint64 { return g.s.Generation() }
func (g guarded) Len() int           { return g.s.Len() }
func (g guarded) Close() error       { return g.s.Close() }

func (g guarded) Search(ctx context.Context, r *engine.Request) (_ *engine.Response, err error) {
	defer guard(&err)()
	defer g.tell(&err)
	return g.s.Search(ctx, r)
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
	return g.s.Terms(ctx, f, slot, limit)
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
