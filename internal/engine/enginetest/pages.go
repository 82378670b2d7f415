package enginetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// pagesAddUpWhileWritten reads a result list page by page, each page from a later
// generation. With the statistics of the first page, every article that nobody
// touched comes once, with the score and in the order that it had at first.
func pagesAddUpWhileWritten(t *testing.T, target Target) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		w.write(t, 20)
		w.write(t, 10)
		snap := w.snapshot(t)
		r := engine.Request{
			Plan:  genPlan(t, 1),
			Order: rapid.SampledFrom([]engine.Order{engine.Relevance, engine.Relevance, engine.Newest, engine.Oldest, engine.LastAdded}).Draw(t, "order"),
			Limit: 1000,
		}
		whole, err := snap.Search(ctx, &r)
		if err := errors.Join(err, snap.Close(ctx)); err != nil {
			t.Fatal(err)
		}
		if whole.Statistics == "" && slices.ContainsFunc(whole.Hits, func(h engine.Hit) bool { return h.Score > 0 }) && r.Order == engine.Relevance {
			t.Skip("an engine whose scores change with each generation")
		}
		before := maps.Clone(w.docs)
		r.Statistics, r.Limit = whole.Statistics, rapid.IntRange(1, 4).Draw(t, "limit")
		var paged []engine.Hit
		for {
			snap := w.snapshot(t)
			page, err := snap.Search(ctx, &r)
			if err := errors.Join(err, snap.Close(ctx)); err != nil {
				t.Fatal(err)
			}
			if len(page.Hits) == 0 {
				break
			}
			paged = append(paged, page.Hits...)
			r.After = &page.Hits[len(page.Hits)-1].Position
			w.write(t, 3)
			before = w.untouched(before)
		}
		ofThese := func(hits []engine.Hit) []engine.Position {
			var kept []engine.Position
			for _, h := range hits {
				if _, ok := before[h.ID]; ok {
					kept = append(kept, h.Position)
				}
			}
			return kept
		}
		if diff := cmp.Diff(ofThese(whole.Hits), ofThese(paged), cmp.Comparer(target.same)); diff != "" {
			t.Fatalf("%#v (-whole +paged):\n%s", r.Plan, diff)
		}
	})
}

// untouched returns those of docs that w still has.
func (w *world) untouched(docs map[string]engine.Doc) map[string]engine.Doc {
	kept := map[string]engine.Doc{}
	for id, d := range docs {
		if now, ok := w.docs[id]; ok && now.Text == d.Text {
			kept[id] = d
		}
	}
	return kept
}

// refusesOtherStatistics asks with statistics that no such search gave.
func refusesOtherStatistics(t *testing.T, target Target) {
	ctx := context.Background()
	e, snap := openEmpty(ctx, t, target)
	defer func() {
		if err := errors.Join(snap.Close(ctx), e.Close(ctx)); err != nil {
			t.Error(err)
		}
	}()
	for _, s := range []string{"\x00", "\xff", "x", "nothing of the kind", "\x05\x05", "\x05\x05\x06", "\x05\x05\x05\x05", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"} {
		_, err := snap.Search(ctx, &engine.Request{Plan: match.Stem{Stem: "korea"}, Limit: 10, Statistics: s})
		if !errors.Is(err, engine.ErrStatistics) {
			t.Errorf("%q: %v", s, err)
		}
	}
}
