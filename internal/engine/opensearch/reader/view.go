// Package reader reads one generation of an index: a point in time, and what it
// shows of articles, entries and notes.
package reader

import (
	"context"
	"errors"
	"time"

	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// View is a generation, or what of it is released at a moment. It is safe for
// concurrent use.
type View struct {
	Client     *transport.Client
	PIT        string // the id of the point in time
	Generation uint64
	Articles   int // without those under embargo, if Hidden is set
	Shards     int // of the index
	// Hidden is the moment at which articles are under embargo that the view is
	// without; zero where it has all, or where none are under embargo.
	Hidden time.Time
}

// Search sends a search to the point in time. body must have neither index nor pit.
// Articles that the view is without must be left out by the query, see ArticlesFilter.
// A failed shard, a part of an answer, or a search that timed out is an error;
// engine.ErrSnapshotGone: the point in time is no more. engine.ErrTooBroad: a limit on
// clauses or states was met. The answer is decoded into a pointer.
func (v *View) Search(ctx context.Context, body transport.Object, into any) error {
	return errors.ErrUnsupported
}

// ArticlesFilter returns the queries, to stand in a bool.filter, that keep the articles
// that the view has.
func (v *View) ArticlesFilter() []any {
	return nil
}
