package index

import (
	"context"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine/local"
)

// Compacted is what compacting an index came to.
type Compacted struct {
	Before, After int64 // bytes on the disk
	Took          time.Duration
}

// Compact writes all of the index into one segment, without what was deleted
// or replaced, and removes what no reader needs any more. Readers go on
// meanwhile; the space of what they hold is free when they let go. It takes as
// much space as the index has while it runs.
func (ix *Index) Compact(ctx context.Context) (c Compacted, err error) {
	start := time.Now()
	e, ok := ix.engine.(*local.Engine)
	if !ok {
		return c, fmt.Errorf("compact: %w", ErrUnsupported)
	}
	if c.Before, err = local.Size(e.Dir()); err != nil {
		return c, err
	}
	if err = e.Compact(ctx); err != nil {
		return c, err
	}
	c.After, err = local.Size(e.Dir())
	c.Took = time.Since(start)
	return c, err
}
