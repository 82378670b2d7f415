package opensearch

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/search"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/match"
)

// snapshot is a generation held for one caller, or what of it is released.
type snapshot struct {
	*held
	view     *reader.View
	analyzer analysis.Analyzer // of queries
}

var (
	_ engine.Snapshot = (*snapshot)(nil)
	_ engine.Totaler  = (*snapshot)(nil)
)

// held is a generation that is let go once.
type held struct {
	g    *store.Generation
	once sync.Once
	err  error
}

// Close implements engine.Snapshot.
func (h *held) Close(ctx context.Context) error {
	h.once.Do(func() { h.err = h.g.Release(ctx) })
	return h.err
}

func (s *snapshot) Generation() uint64 { return s.view.Generation }
func (s *snapshot) Len() int           { return s.view.Articles }

func (s *snapshot) Search(ctx context.Context, r *engine.Request) (*engine.Response, error) {
	return search.Run(ctx, s.view, s.analyzer, r)
}

func (s *snapshot) Totals(ctx context.Context, r *engine.Request, plans []match.Plan) ([]int, error) {
	return search.Totals(ctx, s.view, s.analyzer, r, plans)
}

func (s *snapshot) Load(ctx context.Context, h *engine.Hit) (corpus.Article, error) {
	return s.view.Load(ctx, h)
}

func (s *snapshot) Get(ctx context.Context, ids ...string) ([]corpus.Article, error) {
	return s.view.Get(ctx, ids...)
}

func (s *snapshot) Articles(ctx context.Context) iter.Seq2[engine.StoredArticle, error] {
	return s.view.StoredArticles(ctx)
}

func (s *snapshot) Lookup(ctx context.Context, refs []engine.Ref) ([]engine.Known, error) {
	return s.view.Lookup(ctx, refs)
}

func (s *snapshot) IDs(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return s.view.IDs(ctx, prefix)
}

func (s *snapshot) DocFreq(ctx context.Context, stems ...string) ([]int, error) {
	return search.DocFreq(ctx, s.view, stems...)
}

func (s *snapshot) Terms(ctx context.Context, f match.Field, term match.TermPattern, limit int) (list []engine.Count, more int, err error) {
	return search.Terms(ctx, s.view, s.analyzer, f, term, limit)
}

func (s *snapshot) Stored(ctx context.Context, ids ...string) ([]engine.StoredArticle, error) {
	return s.view.Stored(ctx, ids...)
}

func (s *snapshot) Keys(ctx context.Context, ids ...string) ([][]uint32, error) {
	return s.view.Keys(ctx, ids...)
}

func (s *snapshot) Sharing(ctx context.Context, lists [][]uint32, least int) iter.Seq2[engine.Sharer, error] {
	return s.view.Sharing(ctx, lists, least)
}

func (s *snapshot) StoryIDs(ctx context.Context, stories ...string) iter.Seq2[string, error] {
	return s.view.StoryIDs(ctx, stories...)
}

func (s *snapshot) Entries(ctx context.Context) iter.Seq2[engine.Entry, error] {
	return s.view.Entries(ctx)
}

func (s *snapshot) EntryIDs(ctx context.Context, key string) iter.Seq2[string, error] {
	return s.view.EntryIDs(ctx, key)
}

func (s *snapshot) Notes(ctx context.Context, prefix string, keysOnly bool) iter.Seq2[engine.Note, error] {
	return s.view.Notes(ctx, prefix, keysOnly)
}

func (s *snapshot) NotesOf(ctx context.Context, keys ...string) ([]engine.Note, error) {
	return s.view.NotesOf(ctx, keys...)
}

func (s *snapshot) EntryNotes(ctx context.Context, key string) iter.Seq2[string, error] {
	return s.view.EntryNotes(ctx, key)
}

func (s *snapshot) Released(ctx context.Context, at time.Time) (engine.Snapshot, error) {
	view, err := s.view.Released(ctx, at)
	if err != nil {
		return nil, err
	}
	return &snapshot{s.held, view, s.analyzer}, nil
}
