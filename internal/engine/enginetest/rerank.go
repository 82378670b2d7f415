package enginetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/engine"
)

// reranks holds Rerank to Search: the candidates are its hits, and the hits are those of the
// candidates that were chosen.
func reranks(t *testing.T, target Target) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		w.write(t, 20)
		w.write(t, 10)
		snap := w.snapshot(t)
		defer snap.Close(ctx)
		r := &engine.Request{Plan: genPlan(t, 1), Limit: rapid.SampledFrom([]int{1, 3, 100}).Draw(t, "limit"), Explain: rapid.Bool().Draw(t, "explain")}
		want, err := snap.Search(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		refused := errors.New("refused")
		called, refuse := false, rapid.IntRange(0, 3).Draw(t, "refuse") == 0
		got, err := engine.Rerank(ctx, snap, r, func(c engine.Candidates) ([]int, error) {
			called = true
			if c.Len() != len(want.Hits) || len(c.Places()) != c.Len() {
				t.Errorf("%d candidates at %d places for %d hits", c.Len(), len(c.Places()), len(want.Hits))
			}
			chosen := []engine.Hit{}
			var indexes []int
			for i, place := range c.Places() {
				at := slices.IndexFunc(want.Hits, func(h engine.Hit) bool { return h.Place == place })
				if at < 0 {
					t.Fatalf("%s is a candidate and no hit", c.ID(i))
				}
				h := want.Hits[at]
				p := engine.Position{Score: c.Score(i), Published: c.Published(i), ID: c.ID(i)}
				if diff := cmp.Diff(h.Position, p, cmp.Comparer(target.same)); diff != "" {
					t.Errorf("a candidate (-want +got):\n%s", diff)
				}
				if rapid.Bool().Draw(t, "keep") {
					chosen, indexes = append(chosen, h), append(indexes, i)
				}
			}
			slices.Reverse(chosen)
			slices.Reverse(indexes)
			want.Hits = chosen
			if refuse {
				return nil, refused
			}
			return indexes, nil
		})
		if called != (want.Statistics != "") {
			t.Fatalf("choose was called: %v, with statistics %q", called, want.Statistics)
		}
		if called && refuse {
			if !errors.Is(err, refused) {
				t.Fatalf("%v, want the error of choose", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.Comparer(target.same), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%#v (-want +got):\n%s", r.Plan, diff)
		}
	})
}
