package local

import (
	"context"
	"iter"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/embed"
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
	view     *reader.View      // of g, or of a part of it; see Released
	analyzer analysis.Analyzer // of queries
}

var (
	_ engine.Snapshot     = (*snapshot)(nil)
	_ engine.VectorReader = (*snapshot)(nil)
	_ engine.Reranker     = (*snapshot)(nil)
	_ engine.Identified   = (*snapshot)(nil)
)

// tell is deferred before guard by what reads columns, whose damage comes out
// as no error of its own.
func (s *snapshot) tell(err *error) {
	if *err == nil {
		*err = reader.Damage(s.view.Damaged())
	}
}

func (s *snapshot) Generation() uint64          { return s.g.Number }
func (s *snapshot) Identity() string            { return s.g.Identity() }
func (s *snapshot) Len() int                    { return s.view.Articles }
func (s *snapshot) Close(context.Context) error { return s.g.Release() }

func (s *snapshot) Search(ctx context.Context, r *engine.Request) (_ *engine.Response, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return search.Run(ctx, s.view, s.analyzer, r)
}

func (s *snapshot) Rerank(ctx context.Context, r *engine.Request, choose func(engine.Candidates) ([]int, error)) (_ *engine.Response, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return search.Rerank(ctx, s.view, s.analyzer, r, choose)
}

func (s *snapshot) Load(ctx context.Context, h *engine.Hit) (_ corpus.Article, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.view.Load(ctx, h)
}

func (s *snapshot) Get(ctx context.Context, ids ...string) (_ []corpus.Article, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.view.Get(ctx, ids...)
}

func (s *snapshot) Articles(ctx context.Context) iter.Seq2[engine.StoredArticle, error] {
	return guardSeq(s.view.StoredArticles(ctx))
}

func (s *snapshot) IDs(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return guardSeq(s.view.IDs(ctx, prefix))
}

func (s *snapshot) DocFreq(ctx context.Context, stems ...string) (_ []int, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.view.DocFreq(ctx, stems...)
}

func (s *snapshot) Terms(ctx context.Context, f match.Field, slot match.TermPattern, limit int) (list []engine.Count, more int, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return search.Terms(ctx, s.view, s.analyzer, f, slot, limit)
}

func (s *snapshot) Lookup(ctx context.Context, refs []engine.Ref) (_ []engine.Known, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.view.Lookup(ctx, refs)
}

func (s *snapshot) Stored(ctx context.Context, ids ...string) (_ []engine.StoredArticle, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.view.Stored(ctx, ids...)
}

func (s *snapshot) Keys(ctx context.Context, ids ...string) (_ [][]uint32, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.view.Keys(ctx, ids...)
}

func (s *snapshot) Sharing(ctx context.Context, lists [][]uint32, least int) iter.Seq2[engine.Sharer, error] {
	return guardSeq(s.view.Sharing(ctx, lists, least))
}

func (s *snapshot) StoryIDs(ctx context.Context, stories ...string) iter.Seq2[string, error] {
	return guardSeq(s.view.StoryIDs(ctx, stories...))
}

func (s *snapshot) Entries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	return guardSeq(s.view.Entries(ctx))
}

func (s *snapshot) EntryIDs(ctx context.Context, key string) iter.Seq2[string, error] {
	return guardSeq(s.view.EntryIDs(ctx, key))
}

func (s *snapshot) Notes(ctx context.Context, prefix string, keysOnly bool) iter.Seq2[engine.Note, error] {
	return guardSeq(s.view.Notes(ctx, prefix, keysOnly))
}

func (s *snapshot) NotesOf(ctx context.Context, keys ...string) (_ []engine.Note, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return s.view.NotesOf(ctx, keys...)
}

func (s *snapshot) EntryNotes(ctx context.Context, key string) iter.Seq2[string, error] {
	return guardSeq(s.view.EntryNotes(ctx, key))
}

func (s *snapshot) Model(ctx context.Context) (_ *embed.Model, err error) {
	defer reader.Guard(&err)()
	return s.view.Model(ctx)
}

func (s *snapshot) Outside(ctx context.Context) (_ *embed.Outside, err error) {
	defer reader.Guard(&err)()
	return s.view.Outside(ctx)
}

func (s *snapshot) Words(ctx context.Context, terms []embed.WeightedTerm) (_ *embed.Words, err error) {
	defer reader.Guard(&err)()
	return s.view.Words(ctx, terms)
}

func (s *snapshot) Vectors(ctx context.Context, places []engine.Place, out []embed.Vector) (err error) {
	defer reader.Guard(&err)()
	return s.view.VectorsAt(ctx, places, out)
}

func (s *snapshot) Nearest(ctx context.Context, q embed.Vector, r *engine.NearestRequest) (_ []engine.NearHit, err error) {
	defer reader.Guard(&err)()
	defer s.tell(&err)
	return search.Nearest(ctx, s.view, s.analyzer, q, r)
}

func (s *snapshot) Released(ctx context.Context, at time.Time) (_ engine.Snapshot, err error) {
	defer reader.Guard(&err)()
	view, err := s.view.Released(ctx, at)
	if err != nil {
		return nil, err
	}
	if view == s.view {
		return s, nil
	}
	return &snapshot{s.g, view, s.analyzer}, nil
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
