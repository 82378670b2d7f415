package maintain

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// checkingName returns the name of the copy that is made to hold files against their
// checksums.
func checkingName(alias string) string { return alias + "-checking" }

// maxIdle is how long nothing may happen with a shard that is to be started, before it
// counts as one that can't be.
const maxIdle = time.Minute

// readWhole has the server read the files of an index and hold them against their
// checksums. For that the index is cloned: a clone shares its files (on most systems),
// is read whole before it starts, and disturbs no reader, where the index itself would
// have to be closed. Meanwhile nothing can be written, so the lease is held.
func (a Archive) readWhole(ctx context.Context, i *indexInfo) (err error) {
	lease, err := store.Acquire(ctx, a.Client, a.Alias, 0)
	if errors.Is(err, engine.ErrLocked) {
		return fmt.Errorf("checksums are read while nobody writes: %w", err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lease.Release(ctx)) }()
	c, err := a.catalog(ctx)
	if err != nil {
		return err
	}
	clone := checkingName(a.Alias)
	if slices.Contains(c.strangers, clone) {
		return fmt.Errorf("%w: %s, which newsq did not make, has the name of the clone that is read", fs.ErrExist, clone)
	}
	if err := a.sweep(ctx, c); err != nil { // also the clone of a check that was cut short
		return err
	}
	defer func() {
		err = errors.Join(err, a.cleanUp(ctx, func(ctx context.Context) error { return a.unblock(ctx, i) }))
	}()
	if err := a.block(ctx, i); err != nil {
		return fmt.Errorf("stop writing to %s for the time of the check: %w", i.Name, err)
	}
	defer func() {
		err = errors.Join(err, a.cleanUp(ctx, func(ctx context.Context) error { return a.remove(ctx, clone) }))
	}()
	body := transport.Object{"settings": transport.Object{"index": transport.Object{
		"shard.check_on_startup": "checksum", "number_of_replicas": 0, "auto_expand_replicas": false, "blocks.write": nil,
	}}}
	if err := a.post(ctx, transport.Path(i.Name, "_clone", clone), url.Values{"wait_for_active_shards": {"0"}}, body); err != nil {
		return fmt.Errorf("clone %s to read its files: %w", i.Name, err)
	}
	return a.waitForShards(ctx, clone)
}

// block stops writing to an index, which a clone is made of only then. It is noted in the
// index, so that the next writer ends it where a check was cut short, and nobody else's
// block.
func (a Archive) block(ctx context.Context, i *indexInfo) error {
	m := i.ours()
	m.Blocked = true
	if err := a.setMeta(ctx, i.Name, m); err != nil {
		return err
	}
	return a.Client.Do(ctx, &transport.Request{Method: http.MethodPut, Path: transport.Path(i.Name, "_block", "write")}, nil)
}

// unblock lets an index be written again.
func (a Archive) unblock(ctx context.Context, i *indexInfo) error {
	err := a.Client.DoJSON(ctx, http.MethodPut, transport.Path(i.Name, "_settings"), transport.Object{"index.blocks.write": nil}, nil)
	if err != nil {
		return fmt.Errorf("let %s be written again: %w", i.Name, err)
	}
	m := i.ours()
	m.Blocked = false
	return a.setMeta(ctx, i.Name, m)
}

// waitForShards waits until the primary shards of an index that is being made from
// files have started. engine.ErrDamaged: the files of one can't be read.
func (a Archive) waitForShards(ctx context.Context, index string) error {
	idle := time.Now()
	return poll(ctx, func() (bool, error) {
		shards, err := a.shards(ctx, index)
		if err != nil {
			return false, err
		}
		started, working := 0, false
		for _, s := range shards {
			switch {
			case s.isThere():
				started++
			case s.State == "INITIALIZING":
				working = true
			case s.Reason == "ALLOCATION_FAILED" && s.isCorrupt():
				return false, fmt.Errorf("%w: shard %s of %s: %s", engine.ErrDamaged, s.Shard, index, s.why())
			case s.Reason == "ALLOCATION_FAILED":
				return false, fmt.Errorf("shard %s of %s can't be started: %s", s.Shard, index, s.why())
			}
		}
		if working {
			idle = time.Now()
		}
		if started < len(shards) && time.Since(idle) > maxIdle {
			return false, fmt.Errorf("%s: %d of %d shards have not been started for %v: is there room on the servers?", index, len(shards)-started, len(shards), maxIdle)
		}
		return started == len(shards) && started > 0, nil
	})
}

// shard is a copy of a shard, as the cluster lists it.
type shard struct {
	Shard   string
	Primary string `json:"prirep"` // p or r
	State   string
	Reason  string `json:"unassigned.reason"`
	Details string `json:"unassigned.details"`
}

// isThere reports whether the copy can be read.
func (s shard) isThere() bool { return s.State == "STARTED" || s.State == "RELOCATING" }

// isCorrupt reports whether the copy can't be started because its files are not as they
// were written.
func (s shard) isCorrupt() bool {
	return strings.Contains(s.Details, "CorruptIndexException") || strings.Contains(s.Details, "checksum failed")
}

// why returns the cause that the server names last for a copy that can't be started.
func (s shard) why() string {
	const longest = 500
	line, _, _ := strings.Cut(s.Details, "\n")
	line = strings.TrimRight(line, "; ")
	if i := strings.LastIndex(line, "nested: "); i >= 0 {
		line = line[i+len("nested: "):]
	}
	return line[:min(len(line), longest)]
}

// shards lists the primary shards of an index.
func (a Archive) shards(ctx context.Context, index string) ([]shard, error) {
	all, err := a.copies(ctx, index)
	var primaries []shard
	for _, s := range all {
		if s.Primary == "p" {
			primaries = append(primaries, s)
		}
	}
	return primaries, err
}

// copies lists all copies of the shards of an index.
func (a Archive) copies(ctx context.Context, index string) (list []shard, err error) {
	err = a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path("_cat", "shards", index), Query: url.Values{
		"format": {"json"}, "h": {"shard,prirep,state,unassigned.reason,unassigned.details"},
	}}, &list)
	return list, err
}
