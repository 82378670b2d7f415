package search

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/store"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// viewOf returns a view of a new index of n articles with different words.
func viewOf(t *testing.T, n int) *reader.View {
	t.Helper()
	e, err := store.Open(t.Context(), t.TempDir(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &engine.Batch{}
	for i := range n {
		in := match.Input{ID: fmt.Sprint("id", i), Body: []string{fmt.Sprintf("word%d stands beside word%d", i, i+1)}}
		b.Put = append(b.Put, engine.Doc{
			Article: corpus.Article{ID: in.ID, Body: in.Body[0]},
			Text:    match.NewEncoder(analysis.Of).Encode(in),
		})
	}
	if err := errors.Join(e.Write(t.Context(), b), e.Publish(t.Context())); err != nil {
		t.Fatal(err)
	}
	g, err := e.Hold()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Release(); err != nil {
			t.Error(err)
		}
	})
	return g.View
}

// Whatever a query is made of costs steps, so that it ends soon after its budget is
// spent, or its context has ended.
func TestEverythingCosts(t *testing.T) {
	v := viewOf(t, 300)
	for _, text := range []string{
		"word*", "w*2", "word25~2", "/w.*/", "body:*", `"w* s*"`, `"w* * b*"`, `"stands beside"`, "w* NEAR *d", "stands NEAR beside",
		"id:id*", "(word1 OR word2 OR word3 OR word4) NEAR s*", `-"word1 stands*"`,
	} {
		t.Run(text, func(t *testing.T) {
			node, err := query.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			plan, err := match.Lower(node, match.Context{Analyzer: analysis.Of("en")})
			if err != nil {
				t.Fatal(err)
			}
			run := func(ctx context.Context, most int) (done int, err error) {
				w := newResources(0, analysis.Of("en"))
				w.limit = most
				for _, s := range v.Segments {
					var ids leafIDs
					c := compile(plan, &ids)
					if _, err := c.on(s, w, make([]*leafPostings, len(ids.plans))).bits(ctx, c.root); err != nil {
						return w.spent, err
					}
				}
				return w.spent, nil
			}
			done, err := run(t.Context(), minBudget)
			if err != nil || done < 60 {
				t.Fatalf("%d steps, %v", done, err)
			}
			if _, err := run(t.Context(), done/100); !errors.Is(err, engine.ErrTooBroad) {
				t.Errorf("a hundredth of %d steps: %v", done, err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if _, err := run(ctx, minBudget); !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled: %v", err)
			}
		})
	}
}
