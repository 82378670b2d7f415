package maintain

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Compact leaves out words that no article has any more, gives back the space of what
// was deleted or replaced, publishes the result, and removes indexes that are not read
// any more. Points in time keep the files that they need.
func (a Archive) Compact(ctx context.Context, w *store.Writer) (r engine.CompactReport, err error) {
	i, err := a.current(ctx)
	if err != nil {
		return r, fmt.Errorf("compact index: %w", err)
	}
	if r.Before, err = a.size(ctx, i.Name); err == nil {
		err = a.compact(ctx, w, i.Name)
	}
	if err == nil {
		err = a.Sweep(ctx)
	}
	if err == nil {
		r.After, err = a.size(ctx, i.Name)
	}
	if err != nil {
		return r, fmt.Errorf("compact index: %w", err)
	}
	return r, nil
}

// compact makes one segment of each shard, without what was deleted or replaced.
func (a Archive) compact(ctx context.Context, w *store.Writer, index string) error {
	if err := w.RenewWords(ctx); err != nil {
		return err
	}
	if err := a.awaitHistory(ctx, index); err != nil {
		return err
	}
	// A merge keeps what was deleted after the last flush.
	if err := a.Client.Do(ctx, &transport.Request{Method: http.MethodPost, Path: transport.Path(index, "_flush"), Timeout: mergeTimeout}, nil); err != nil {
		return fmt.Errorf("flush %s: %w", index, err)
	}
	if err := a.merge(ctx, index); err != nil {
		return err
	}
	// Until a refresh, the segments before are what is read.
	return w.Refresh(ctx)
}

const (
	// worthwhile is the number of deleted bytes that are waited for.
	worthwhile = 16 << 20
	// maxHistoryWait bounds that: copies say every 30 seconds what they have.
	maxHistoryWait = 45 * time.Second
)

// awaitHistory waits until the copies of an index have told each other that they have
// all that was written. Up to then, what was deleted is kept, also by a merge: as
// history, from which a copy that was away can catch up. A copy that is away longer is
// not waited for, nor are all where there is little to give back.
func (a Archive) awaitHistory(ctx context.Context, index string) error {
	segments, err := a.segments(ctx, index)
	if err != nil {
		return err
	}
	bytes := int64(0)
	for _, s := range segments {
		if s.Documents > 0 {
			bytes += s.Bytes / int64(s.Documents) * int64(s.Deleted)
		}
	}
	if bytes < worthwhile {
		return nil
	}
	written, _, err := a.history(ctx, index)
	if err != nil {
		return err
	}
	within, cancel := context.WithTimeout(ctx, maxHistoryWait)
	defer cancel()
	err = poll(within, func() (bool, error) {
		_, kept, err := a.history(within, index)
		for shard, last := range written {
			if from, ok := kept[shard]; ok && from <= last {
				return false, err
			}
		}
		return true, err
	})
	if within.Err() != nil {
		return ctx.Err()
	}
	return err
}

// history returns for each shard the number of the last operation, and that from which
// on deletions are kept, where the servers tell.
func (a Archive) history(ctx context.Context, index string) (last, kept map[string]int64, err error) {
	type shard struct {
		Routing struct{ Primary bool }
		Seq     struct {
			Last int64 `json:"max_seq_no"`
		} `json:"seq_no"`
		Retention struct {
			Leases []struct {
				From int64 `json:"retaining_seq_no"`
			}
		} `json:"retention_leases"`
	}
	var answer struct {
		Indices map[string]struct{ Shards map[string][]shard }
	}
	err = a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(index, "_stats", "store"), Query: url.Values{
		"level":       {"shards"},
		"filter_path": {"indices.*.shards.*.seq_no.max_seq_no,indices.*.shards.*.retention_leases.leases.retaining_seq_no,indices.*.shards.*.routing.primary"},
	}}, &answer)
	last, kept = make(map[string]int64), make(map[string]int64)
	for number, copies := range answer.Indices[index].Shards {
		for _, c := range copies {
			if !c.Routing.Primary {
				continue
			}
			last[number] = c.Seq.Last
			for i, l := range c.Retention.Leases {
				if i == 0 || l.From < kept[number] {
					kept[number] = l.From
				}
			}
		}
	}
	return last, kept, err
}

// size returns the bytes of the segments of an index, in all copies. The size of the
// store, which the servers tell as well, may be ten seconds old.
func (a Archive) size(ctx context.Context, index string) (total int64, err error) {
	type copyOf struct {
		Segments map[string]struct {
			Bytes int64 `json:"size_in_bytes"`
		}
	}
	var answer struct {
		Indices map[string]struct{ Shards map[string][]copyOf }
	}
	err = a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(index, "_segments"), Query: url.Values{
		"filter_path": {"indices.*.shards.*.segments.*.size_in_bytes"},
	}}, &answer)
	for _, copies := range answer.Indices[index].Shards {
		for _, c := range copies {
			for _, s := range c.Segments {
				total += s.Bytes
			}
		}
	}
	return total, err
}
