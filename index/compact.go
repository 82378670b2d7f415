package index

import (
	"context"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// CompactReport is what compacting an index came to.
type CompactReport struct {
	Before, After int64 // bytes on the disk
	Took          time.Duration
}

// Compact writes all of the index into one segment, without what was deleted or
// replaced, and removes what no reader needs any more. Readers go on meanwhile; the
// space of the generations that they hold is given back when they close them. While
// it runs, it takes as much space again as the index has.
func (ix *Index) Compact(ctx context.Context) (c CompactReport, err error) {
	start := time.Now()
	m, ok := able[engine.Maintainer](ix.engine)
	if !ok {
		return c, fmt.Errorf("compact: %w by this kind of index", ErrUnsupported)
	}
	r, err := m.Compact(ctx)
	return CompactReport{Before: r.Before, After: r.After, Took: time.Since(start)}, err
}
