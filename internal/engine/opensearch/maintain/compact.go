package maintain

import (
	"context"
	"fmt"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
)

// Compact leaves out words that no article has any more, gives back the space of what
// was deleted or replaced, publishes the result, and removes indexes that are not read
// any more. Points in time keep the files that they need.
func (a Archive) Compact(ctx context.Context, w *store.Writer) (r engine.CompactReport, err error) {
	i, err := a.current(ctx)
	if err != nil {
		return r, fmt.Errorf("compact index: %w", err)
	}
	if r.Before, err = a.size(ctx, i.name); err == nil {
		err = w.RenewWords(ctx)
	}
	if err == nil {
		err = a.merge(ctx, i.name)
	}
	if err == nil {
		err = a.Sweep(ctx)
	}
	if err == nil {
		r.After, err = a.size(ctx, i.name)
	}
	if err != nil {
		return r, fmt.Errorf("compact index: %w", err)
	}
	return r, nil
}
