package index

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
)

// order is the stage between the engine, which matches and scores, and the presentation:
// it lists what a search finds in its final order. It never changes what is found.
//
// search has the contract of [engine.Snapshot.Search]. Request.After is the position of a
// hit that it returned before, and Request.Statistics what it returned with it, so that
// whoever needs more hits than a page asks again behind the last one:
//
//   - The hits of a request that goes on are those behind After, in the same order, none
//     left out and none repeated.
//   - Position.Score falls from hit to hit; ties are as the engine has them.
//   - Statistics are all that the order depends on beside the articles themselves.
type order struct {
	snap engine.Snapshot
}

// newOrder returns the order in which q lists what is found in snap.
func newOrder(snap engine.Snapshot) *order { return &order{snap: snap} }

// search answers req with the hits in their final order.
func (o *order) search(ctx context.Context, req *engine.Request) (*engine.Response, error) {
	return o.snap.Search(ctx, req)
}
